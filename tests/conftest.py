"""Options and helpers that every layer of tests shares."""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from collections.abc import Iterable

import pytest
from hypothesis import settings

from tests import sizes

# A shell that starts a run in the background has it ignore Ctrl-C, and so would every program that
# the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")
"""A machine that does other work too makes no test fail: time is measured by `make bench`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` rewrites expected output; `--soak` chooses full sizes."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        default=False,
        help="rewrite golden files and catalog messages, then read the diff",
    )
    parser.addoption(
        "--soak",
        action="store_true",
        default=False,
        help="only tests at random, at full size; NEXUS_SOAK_SEED repeats a run",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Choose sizes before any test is imported."""
    if config.getoption("--soak"):
        sizes.begin_soak()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A soak runs what has a full size; other runs leave out what has no sample."""

    def wanted(item: pytest.Item) -> bool:
        only_soak = item.get_closest_marker("soak") is not None
        if sizes.seed() is None:
            return not only_soak
        return only_soak or item.get_closest_marker("sampled") is not None

    config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
    items[:] = [item for item in items if wanted(item)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test at random depends on the seed and its name, not on what ran before it."""
    sizes.seed_hypothesis(item.nodeid)


def pytest_report_header() -> str | None:
    """The seed, before any test runs."""
    return None if sizes.seed() is None else f"soak: {sizes.VARIABLE}={sizes.seed()}"


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where the time went, and how to run the same soak again."""
    reports = [one for kind in terminalreporter.stats.values() for one in kind]
    terminalreporter.section("time by package")
    for package, seconds in seconds_by_package(reports):
        terminalreporter.write_line(f"{seconds:8.1f} s  {package}")
    if sizes.seed() is not None:
        terminalreporter.write_line(f"soak again: {sizes.VARIABLE}={sizes.seed()} make soak")


def seconds_by_package(reports: Iterable[object]) -> list[tuple[str, float]]:
    """`tests/<package>` -> what its tests and their fixtures took in all processes, most first."""
    times: dict[str, float] = defaultdict(float)
    for report in reports:
        if isinstance(report, pytest.TestReport):
            parts = report.nodeid.partition("::")[0].split("/")
            times["/".join(parts[:2])] += report.duration
    return sorted(times.items(), key=lambda pair: -pair[1])


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
