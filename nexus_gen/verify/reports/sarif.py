"""A report as SARIF 2.1.0: findings as results, skipped checks as notifications."""

from __future__ import annotations

import json
from typing import Any

from nexus_gen import __version__
from nexus_gen.diagnostics import render_sarif
from nexus_gen.verify.finding import Outcome, Report


def render(report: Report) -> str:
    """One SARIF log with one run."""
    diagnostics = [finding.diagnostic() for finding in report.findings]
    log: dict[str, Any] = json.loads(render_sarif.render(diagnostics, __version__))
    run = log["runs"][0]
    run["invocations"] = [
        {
            "executionSuccessful": True,
            "exitCode": 0 if report.ok else 1,
            "toolExecutionNotifications": [
                {
                    "level": "warning",
                    "message": {"text": f"{result.name} was skipped: {result.detail}"},
                }
                for result in report.results
                if result.outcome is Outcome.SKIPPED
            ],
        }
    ]
    for finding, result in zip(report.findings, run["results"], strict=True):
        if finding.rule:
            result["properties"] = {"rule": finding.rule}
    return json.dumps(log, indent=2) + "\n"
