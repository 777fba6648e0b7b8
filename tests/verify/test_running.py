"""The runner: outcomes, absent tools, bounds in time, and that nothing outlives a run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from nexus_gen import installation
from nexus_gen.diagnostics import Diagnostic, Severity, Span
from nexus_gen.verify.context import Check, Checked, Context, Subject
from nexus_gen.verify.finding import CheckResult, Finding, Outcome, Report
from nexus_gen.verify.process import Processes, StoppedError, ToolError, ToolTimeoutError
from nexus_gen.verify.runner import verify
from nexus_gen.verify.steps import CHECKS
from nexus_gen.verify.steps.build import check_build
from nexus_gen.verify.tools import (
    ToolAbsentError,
    environment,
    find_node_modules,
    find_tool,
    how_to_get,
)

from .projects import MODEL

ORIGIN = Span("spec/verticals/education.yaml", 7, 3, 9)


class Silent:
    """Progress that only remembers."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def started(self, check: Check) -> None:
        self.names.append(f"{check.name} started")

    def finished(self, result: CheckResult) -> None:
        self.names.append(f"{result.name} {result.outcome}")


def run(
    root: Path, *checks: Check, require_tools: bool = False, progress: Silent | None = None
) -> Report:
    subject = Subject(root, MODEL, lambda: (), lambda path, line: ORIGIN if path else None)
    return verify(subject, checks, progress or Silent(), require_tools=require_tools)


def check_of(run: Callable[[Context], Checked], name: str = "one", seconds: float = 30) -> Check:
    return Check(name, "for a test", run, seconds)


def found(*findings: Finding) -> Check:
    return check_of(lambda context: Checked(findings))


def raising(error: Exception) -> Check:
    def fail(context: Context) -> Checked:
        raise error

    return check_of(fail)


def test_results_keep_the_order_of_the_checks(tmp_path: Path) -> None:
    first_may_end = threading.Event()

    def slow(context: Context) -> Checked:
        assert first_may_end.wait(30)
        return Checked()

    def quick(context: Context) -> Checked:
        first_may_end.set()
        return Checked()

    report = run(tmp_path, check_of(slow, "slow"), check_of(quick, "quick"))
    assert [result.name for result in report.results] == ["slow", "quick"]
    assert report.ok


def test_a_finding_gets_the_lines_of_the_spec_that_it_comes_from(tmp_path: Path) -> None:
    report = run(tmp_path, found(Finding("NX504", "unused", path="generated/a.py", line=2)))
    assert report.findings[0].origin == ORIGIN
    assert not report.ok
    labels = report.findings[0].diagnostic().labels
    assert [(label.span, label.message) for label in labels] == [(ORIGIN, "rendered from here")]


def test_an_origin_that_the_check_knows_is_kept(tmp_path: Path) -> None:
    known = Span("spec/nexus.yaml", 30, 1, 12)
    report = run(tmp_path, found(Finding("NX502", "refused", path="x", origin=known)))
    assert report.findings[0].origin == known


def test_nothing_passes_where_nothing_was_built(tmp_path: Path) -> None:
    report = run(tmp_path, *(check for check in CHECKS if check.name != "build"))
    codes = {finding.code for finding in report.findings}
    assert codes <= {"NX509"}, "and nothing is our bug"
    assert Outcome.PASSED not in {result.outcome for result in report.results}
    assert "generated/terraform is missing" in report.findings[0].message


def test_a_warning_does_not_fail_its_check(tmp_path: Path) -> None:
    report = run(tmp_path, found(Finding("NX502", "deprecated", severity=Severity.WARNING)))
    assert report.ok
    assert report.results[0].outcome is Outcome.PASSED
    assert len(report.findings) == 1


def test_an_absent_tool_is_skipped_with_how_to_get_it(tmp_path: Path) -> None:
    report = run(tmp_path, raising(ToolAbsentError("checkov")))
    assert report.results[0].outcome is Outcome.SKIPPED
    assert how_to_get("checkov") in report.results[0].detail
    assert report.ok


def test_an_absent_tool_fails_where_tools_are_required(tmp_path: Path) -> None:
    report = run(tmp_path, raising(ToolAbsentError("checkov")), require_tools=True)
    assert not report.ok
    (finding,) = report.findings
    assert finding.code == "NX507"
    assert finding.help == how_to_get("checkov")


@pytest.mark.parametrize("error", [ToolError("checkov gave no report"), PermissionError(13, "x")])
def test_a_check_that_does_not_run_to_its_end_fails(tmp_path: Path, error: Exception) -> None:
    report = run(tmp_path, raising(error))
    assert [finding.code for finding in report.findings] == ["NX509"]
    assert not report.ok


def test_a_check_that_takes_too_long_fails_and_its_tool_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"

    def hang(context: Context) -> Checked:
        code = (
            f"import os, signal; open({str(mark)!r}, 'w').write(str(os.getpid())); signal.pause()"
        )
        context.run([sys.executable, "-c", code])
        return Checked()

    report = run(tmp_path, check_of(hang, seconds=1.5))
    assert [finding.code for finding in report.findings] == ["NX508"]
    assert not alive(int(mark.read_text()))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_bug_of_ours_is_not_reported_as_a_finding(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        run(tmp_path, raising(ZeroDivisionError()))


def test_nothing_that_runs_outlives_an_interrupt(tmp_path: Path) -> None:
    """What Ctrl-C raises in the main thread, raised here by the progress of another check."""
    started = tmp_path / "started"
    os.mkfifo(started)

    def hang(context: Context) -> Checked:
        code = (
            "import os, signal, subprocess, sys\n"
            "child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
            f"open({str(started)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
            "signal.pause()\n"
        )
        context.run([sys.executable, "-c", code])
        raise AssertionError("it was not stopped")

    pids: list[int] = []

    def interrupt(context: Context) -> Checked:
        pids.extend(int(pid) for pid in started.read_text().split())
        raise KeyboardInterrupt

    progress = Silent()
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, check_of(hang, "hang"), check_of(interrupt, "interrupt"), progress=progress)
    assert "hang skipped" in progress.names, "stopped at once, not when its time was up"
    assert len(pids) == 2
    assert not any(is_running(pid) for pid in pids)


def is_running(pid: int) -> bool:
    """Whether a process is there and not a zombie that waits for somebody to collect it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_nothing_starts_after_a_stop(tmp_path: Path) -> None:
    processes = Processes()
    processes.stop()
    with pytest.raises(StoppedError):
        processes.run([sys.executable, "-c", ""], cwd=tmp_path, env={}, seconds=9)


def test_tools_have_no_standard_input_and_a_group_of_their_own(tmp_path: Path) -> None:
    code = "import os, sys; print(repr(sys.stdin.read()), os.getpgid(0) == os.getpid())"
    done = Processes().run([sys.executable, "-c", code], cwd=tmp_path, env={}, seconds=30)
    assert (done.returncode, done.stdout) == (0, "'' True\n")


def test_a_tool_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/nowhere/python\n")
    broken.chmod(0o755)
    with pytest.raises(ToolError, match="broken does not start"):
        Processes().run([broken], cwd=tmp_path, env={}, seconds=9)


def test_a_timeout_is_raised_after_the_kill(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import signal; signal.pause()"]
    with pytest.raises(ToolTimeoutError):
        Processes().run(command, cwd=tmp_path, env={}, seconds=0.2)


def test_the_projects_own_tools_come_first(root: Path) -> None:
    assert find_tool("ruff", root) == root / ".tools/ruff/bin/ruff"


def test_tools_beside_our_interpreter_come_next(tmp_path: Path) -> None:
    assert find_tool("mypy", tmp_path) == Path(sys.executable).parent / "mypy"


def test_a_tool_on_the_path_is_found_and_an_absent_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolAbsentError, match="terraform is absent: install"):
        find_tool("terraform", tmp_path / "nowhere")
    program = tmp_path / "terraform"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find_tool("terraform", tmp_path / "nowhere") == program


def test_the_compiler_without_node_js_is_an_absent_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiler = tmp_path / "node_modules/.bin/tsc"
    compiler.parent.mkdir(parents=True)
    compiler.write_text("#!/usr/bin/env node\n")
    compiler.chmod(0o755)
    monkeypatch.setattr(installation, "tool_environments", lambda project, tool: ())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolAbsentError, match=r"Node\.js is absent: install Node\.js"):
        find_node_modules(tmp_path)
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\n")
    node.chmod(0o755)
    assert find_node_modules(tmp_path) == tmp_path / "node_modules"


def test_what_would_bend_a_tool_is_taken_from_its_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bending = ("TF_CLI_ARGS", "TF_LOG", "PYTHONPATH", "MYPYPATH", "RUFF_SELECT", "CKV_FRAMEWORK")
    for name in bending:
        monkeypatch.setenv(name, "x")
    given = environment(TF_DATA_DIR="/data")
    assert not set(bending) & set(given)
    assert given["TF_DATA_DIR"] == "/data"
    assert given["PATH"] == os.environ["PATH"]


def test_the_build_check_passes_on_what_build_says(tmp_path: Path) -> None:
    stale = Diagnostic("NX411", "out of date", Span("generated/README.md", 4, 1, 2), help="build")

    def differences() -> Iterable[Diagnostic]:
        return (stale,)

    subject = Subject(tmp_path, MODEL, differences, lambda path, line: None)
    check = Check("build", "", check_build)
    report = verify(subject, [check], Silent(), require_tools=False)
    (finding,) = report.findings
    assert finding.diagnostic() == stale


def test_ctrl_c_on_a_real_run_leaves_nothing_behind(tmp_path: Path) -> None:
    """SIGINT to the process itself, while its only tool is running."""
    script = tmp_path / "interrupted.py"
    started = tmp_path / "started"
    os.mkfifo(started)
    script.write_text(INTERRUPTED.format(root=str(tmp_path), started=str(started)))
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as ours:
        pid = int(started.read_text())
        ours.send_signal(signal.SIGINT)
        out, _ = ours.communicate(timeout=60)
    assert out == "interrupted\n"
    assert not is_running(pid)


INTERRUPTED = """
import sys
from pathlib import Path
from nexus_gen.verify.context import Check, Checked, Subject
from nexus_gen.verify.runner import verify

def hang(context):
    code = "import os, signal; open({started!r}, 'w').write(str(os.getpid())); signal.pause()"
    context.run([sys.executable, "-c", code])
    return Checked()

class Silent:
    def started(self, check): pass
    def finished(self, result): pass

subject = Subject(Path({root!r}), None, lambda: (), lambda path, line: None)
try:
    verify(subject, [Check("hang", "", hang)], Silent(), require_tools=False)
except KeyboardInterrupt:
    print("interrupted")
"""
