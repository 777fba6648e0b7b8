"""An STS that refuses, is away, or vends credentials that end soon."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import EndpointConnectionError

from nexus_runtime import credentials

from .wire import Raw, away

DOWN = away(EndpointConnectionError(endpoint_url="https://sts"))


def sts_error(status: int, code: str) -> Callable[[Any], AWSResponse]:
    """An error of STS, as XML."""
    text = f'<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Code>{code}'
    body: Any = Raw(f"{text}</Code><Message>canary</Message></Error></ErrorResponse>".encode())
    return lambda send: AWSResponse("https://sts", status, HTTPHeaders(), body)


def lifetime(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """STS vends credentials that end after some seconds."""
    original = credentials._parse

    def parse(body: bytes) -> Any:
        ends = datetime.now(UTC) + timedelta(seconds=seconds)
        expiration = f"<Expiration>{ends:%Y-%m-%dT%H:%M:%SZ}</Expiration>".encode()
        return original(re.sub(rb"<Expiration>.*</Expiration>", expiration, body))

    monkeypatch.setattr(credentials, "_parse", parse)
