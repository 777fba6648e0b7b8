"""Options and helpers that every layer of tests shares."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

# A shell that starts a run in the background has it ignore Ctrl-C, and so would every program that
# the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")
"""A machine that does other work too makes no test fail: time is measured by `make bench`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` rewrites expected output instead of comparing with it."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        default=False,
        help="rewrite golden files and catalog messages, then read the diff",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether this run rewrites golden files."""
    return bool(request.config.getoption("--update-golden"))


def absent_tool(tool: str, how_to_get_it: str) -> None:
    """Skip the test with a line that says how to get the tool; in CI fail instead."""
    message = f"{tool} is absent: {how_to_get_it}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
