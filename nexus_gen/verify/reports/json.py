"""A report for programs: one JSON object.

```json
{
  "version": 1,
  "ok": false,
  "checks": [
    {"name": "checkov", "outcome": "failed", "seconds": 8.1, "detail": "104 passed",
     "findings": [{"rule": "CKV_AWS_119", "code": "NX503", "severity": "error", ...}]}
  ]
}
```

`outcome` is `passed`, `failed` or `skipped`; `ok` is whether none failed. A finding is a diagnostic
as `nexus_gen.diagnostics.render_json` describes it, whose labels are the lines of the spec that the
place renders, and the tool's own name of the rule (may be empty).
"""

from __future__ import annotations

import json
from typing import Any

from nexus_gen.diagnostics import render_json
from nexus_gen.verify.finding import CheckResult, Report

VERSION = 1


def render(report: Report) -> str:
    """One JSON object, pretty-printed, in ASCII, with a line end."""
    checks = [_check(result) for result in report.results]
    return json.dumps({"version": VERSION, "ok": report.ok, "checks": checks}, indent=2) + "\n"


def _check(result: CheckResult) -> dict[str, Any]:
    rendered = render_json.render([finding.diagnostic() for finding in result.findings])
    diagnostics = json.loads(rendered)["diagnostics"]
    return {
        "name": result.name,
        "outcome": result.outcome.value,
        "seconds": round(result.seconds, 3),
        "detail": result.detail,
        "findings": [
            {"rule": finding.rule} | diagnostic
            for finding, diagnostic in zip(result.findings, diagnostics, strict=True)
        ],
    }
