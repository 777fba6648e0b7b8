"""A report for people: every finding with its lines, then what was and was not checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nexus_gen.diagnostics.render_text import render as render_diagnostics
from nexus_gen.diagnostics.sources import Sources
from nexus_gen.verify.finding import CheckResult, Outcome, Report


def render(report: Report, root: Path, *, colour: bool = False) -> str:
    """Findings, skipped checks and one line that counts everything."""
    diagnostics = [finding.diagnostic() for finding in report.findings]
    blocks = render_diagnostics(diagnostics, Sources(root), colour=colour, summary=False)
    parts = [blocks] if blocks else []
    if skipped := "".join(f"{line}\n" for line in _skipped(report)):
        parts.append(skipped)
    return "\n".join([*parts, f"{summary(report)}\n"])


def _skipped(report: Report) -> Iterator[str]:
    for result in report.results:
        if result.outcome is Outcome.SKIPPED:
            yield f"SKIPPED {result.name}: {result.detail}"


def summary(report: Report) -> str:
    """`5 checks passed, 1 failed (2 findings), 1 skipped`"""
    passed = report.count(Outcome.PASSED)
    words = [f"{passed} check{'' if passed == 1 else 's'} passed"]
    if failed := report.count(Outcome.FAILED):
        words.append(f"{failed} failed")
    if findings := len(report.findings):
        words[-1] += f" ({findings} finding{'s' if findings > 1 else ''})"
    if skipped := report.count(Outcome.SKIPPED):
        words.append(f"{skipped} SKIPPED")
    return ", ".join(words)


def line(result: CheckResult) -> str:
    """One check on one line: `failed   checkov              8.1 s  2 findings`"""
    words = [result.detail] if result.detail else []
    if result.findings:
        words.insert(0, f"{len(result.findings)} finding{'s' if len(result.findings) > 1 else ''}")
    said = f"{result.outcome:<8} {result.name:<20} {result.seconds:5.1f} s  {'; '.join(words)}"
    return said.rstrip()
