"""Runs checks side by side, and makes a report of whatever becomes of them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from nexus_gen.diagnostics import Severity
from nexus_gen.verify.context import Check, Checked, Context, Subject
from nexus_gen.verify.finding import CheckResult, Finding, Outcome, Report
from nexus_gen.verify.process import Processes, StoppedError, ToolError, ToolTimeoutError
from nexus_gen.verify.tools import ToolAbsentError, how_to_get


class Progress(Protocol):
    """Who is told while checks run, from any thread."""

    def started(self, check: Check) -> None:
        """The check has begun."""

    def finished(self, result: CheckResult) -> None:
        """The check has ended."""


def verify(
    subject: Subject, checks: Sequence[Check], progress: Progress, *, require_tools: bool
) -> Report:
    """Run the checks on as many threads as there are cores; each waits for tools of its own.

    Args:
        require_tools: whether an absent tool makes its check fail or be skipped.

    Raises:
        KeyboardInterrupt: after everything that ran has been killed.
    """
    processes = Processes()
    cache = subject.root / ".nexus" / "check"
    workers = max(2, os.cpu_count() or 2)
    with (
        tempfile.TemporaryDirectory(prefix="nexus-gen-check-") as scratch,
        ThreadPoolExecutor(workers) as pool,
    ):
        futures: list[Future[CheckResult]] = []
        for check in checks:
            folder = Path(scratch).resolve() / check.name
            folder.mkdir()
            context = Context(subject, folder, cache, processes, check.seconds)
            futures.append(pool.submit(_run, check, context, progress, require_tools))
        try:
            _wait(futures)
        except BaseException:
            processes.stop()
            pool.shutdown(cancel_futures=True)
            raise
        return Report(tuple(future.result() for future in futures))


def _wait(futures: Sequence[Future[CheckResult]]) -> None:
    """Return when all have ended; raise what the first one to fail raised (a bug of ours)."""
    pending = set(futures)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            future.result()


def _run(check: Check, context: Context, progress: Progress, require_tools: bool) -> CheckResult:
    progress.started(check)
    begun = time.monotonic()
    outcome, checked = _outcome(check, context, require_tools)
    findings = tuple(
        replace(
            finding, origin=finding.origin or context.subject.origin(finding.path, finding.line)
        )
        for finding in checked.findings
    )
    seconds = time.monotonic() - begun
    result = CheckResult(check.name, outcome, seconds, findings, checked.detail)
    progress.finished(result)
    return result


def _outcome(check: Check, context: Context, require_tools: bool) -> tuple[Outcome, Checked]:
    try:
        checked = check.run(context)
    except ToolAbsentError as absent:
        if not require_tools:
            return Outcome.SKIPPED, Checked(detail=str(absent))
        message = f"{absent.tool} is absent, so `{check.name}` checked nothing"
        return _failed(Finding("NX507", message, help=how_to_get(absent.tool)))
    except ToolTimeoutError:
        message = f"`{check.name}` did not end within {context.seconds:.0f} seconds"
        return _failed(Finding("NX508", message))
    except (ToolError, OSError) as error:
        return _failed(Finding("NX509", f"`{check.name}` did not run to its end: {error}"))
    except StoppedError:
        return Outcome.SKIPPED, Checked(detail="stopped")
    errors = any(finding.severity is Severity.ERROR for finding in checked.findings)
    return (Outcome.FAILED if errors else Outcome.PASSED), checked


def _failed(finding: Finding) -> tuple[Outcome, Checked]:
    return Outcome.FAILED, Checked([finding])
