"""checkov on the generated Terraform, offline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import Completed, ToolError


def check_checkov(context: Context) -> Checked:
    """One finding (NX503) for each rule that a resource breaks; inline skips are counted."""
    completed = context.run(
        [
            context.tool("checkov"),
            *("--directory", context.output("terraform")),
            *("--framework", "terraform"),
            *("--output", "json"),
            "--skip-download",
            "--compact",
        ],
        # a configuration file of the user's own would change what is checked
        env={"HOME": str(context.scratch), "LOG_LEVEL": "ERROR"},
    )
    report = _report(completed)
    results = report["results"]
    findings = {
        (finding.rule, finding.path, finding.line): finding
        for finding in _findings(context, results)
    }
    skipped = {(entry["check_id"], entry["file_abs_path"]) for entry in results["skipped_checks"]}
    counts = report["summary"]
    detail = f"{counts['passed']} passed, {len(skipped)} skipped inline"
    return Checked(sorted(findings.values(), key=lambda f: (f.path, f.line, f.rule)), detail)


def _report(completed: Completed) -> dict[str, Any]:
    """The report. Raises ToolError for none, and for one over nothing at all."""
    try:
        report = json.loads(completed.stdout)
    except ValueError:
        raise ToolError(f"checkov gave no report: {completed.last_words}") from None
    if not isinstance(report, dict) or "results" not in report:
        raise ToolError("checkov found no resource in generated/terraform")
    return report


def _findings(context: Context, results: dict[str, Any]) -> Iterator[Finding]:
    for path in results["parsing_errors"]:
        yield Finding("NX503", "checkov cannot read this file", path=context.locate(path))
    for entry in results["failed_checks"]:
        resource = entry["resource"]
        yield Finding(
            "NX503",
            f"{entry['check_name']} ({resource})",
            rule=entry["check_id"],
            path=context.locate(entry["file_abs_path"]),
            line=entry["file_line_range"][0],
            help=f"see {entry['guideline']}" if entry.get("guideline") else "",
        )
