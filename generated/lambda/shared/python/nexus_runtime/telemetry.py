"""One JSON line a request: a log record that is also a CloudWatch metric.

Format: Amazon CloudWatch User Guide, "Embedded metric format specification". A line carries ids,
never bodies, header values, tokens or texts of exceptions.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

_LEVELS = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "WARN": 30, "ERROR": 40, "CRITICAL": 50}

_METRICS = [
    {"Name": "latency", "Unit": "Milliseconds"},
    {"Name": "errors", "Unit": "Count"},
    {"Name": "dynamodb_calls", "Unit": "Count"},
    {"Name": "unreadable", "Unit": "Count"},
]
NAMESPACE = "Nexus"

_LISTED = 20
"""Unreadable attributes that a line names; it counts all."""

_to_json = json.JSONEncoder(separators=(",", ":")).encode


class Trace:
    """What one request did.

    Attributes:
        calls: requests to DynamoDB, retries included.
        deadline: `time.monotonic()` after which no further call is begun.
        notes: short facts for the log, each a service and the code of its error.
        unreadable: stored attributes that could not be read, each once: `course 01J...: title`.
    """

    __slots__ = ("calls", "deadline", "notes", "started", "unreadable")

    def __init__(self, budget: float = 20.0) -> None:
        self.started = time.monotonic()
        self.deadline = self.started + budget
        self.calls = 0
        self.notes: list[str] = []
        self.unreadable: dict[str, None] = {}


trace: ContextVar[Trace] = ContextVar("trace")
"""The request at hand; a call outside of a request gets one of its own."""


def current() -> Trace:
    """The trace of this context."""
    return trace.get(None) or Trace()


def note(service: str, fact: str) -> None:
    """Keep a fact for the request's line."""
    current().notes.append(f"{service}: {fact}")


def unreadable(entity: str, id: str, attributes: Iterable[str]) -> None:
    """Keep for the request's line which attributes of an item could not be read."""
    current().unreadable.update({f"{entity} {id}: {name}": None for name in sorted(attributes)})


def stack_of(error: BaseException) -> list[str]:
    """Where an exception came from: file, line and function, without its text or values."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


class Log:
    """Lines of one function; what all of them share is rendered once."""

    __slots__ = ("_levels", "_suffix")

    def __init__(self, vertical: str) -> None:
        directive = {
            "Namespace": NAMESPACE,
            "Dimensions": [["vertical"], ["vertical", "route"]],
            "Metrics": _METRICS,
        }
        environment = _to_json(os.environ.get("ENVIRONMENT", ""))
        self._suffix = (
            f',"environment":{environment},"vertical":{_to_json(vertical)}'
            f',"_aws":{{"CloudWatchMetrics":[{_to_json(directive)}],"Timestamp":'
        )
        self._levels = _LEVELS.get(os.environ.get("LOG_LEVEL", "INFO").upper(), 20)

    def request(
        self,
        *,
        trace: Trace,
        request_id: str,
        route: str,
        status: int,
        tenant: str | None,
        error: BaseException | None = None,
    ) -> None:
        """Write the line of one request, if LOG_LEVEL lets its level through."""
        level = "INFO" if status < 400 else "WARNING" if status < 500 else "ERROR"
        if trace.unreadable and level == "INFO":
            level = "WARNING"
        if _LEVELS[level] < self._levels:
            return
        fields: dict[str, Any] = {
            "level": level,
            "request_id": request_id,
            "route": route,
            "status": status,
            "tenant": tenant,
            "latency": round((time.monotonic() - trace.started) * 1000, 3),
            "errors": int(status >= 500),
            "dynamodb_calls": trace.calls,
            "unreadable": len(trace.unreadable),
            "access_denied": sum("AccessDenied" in note for note in trace.notes),
        }
        if trace.notes:
            fields["notes"] = trace.notes
        if trace.unreadable:
            fields["unreadable_attributes"] = list(trace.unreadable)[:_LISTED]
        if error is not None:
            fields["exception"] = type(error).__name__
            fields["stack"] = stack_of(error)
        line = f"{_to_json(fields)[:-1]}{self._suffix}{int(time.time() * 1000)}}}}}\n"
        sys.stdout.write(line)
        sys.stdout.flush()
