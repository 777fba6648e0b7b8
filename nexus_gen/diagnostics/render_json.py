"""Diagnostics for programs: one JSON object.

```json
{
  "version": 1,
  "errors": 1,
  "warnings": 0,
  "diagnostics": [
    {
      "code": "NX104",
      "severity": "error",
      "message": "`strnig` is not a field type",
      "note": "not a type",
      "help": "did you mean `string`?",
      "location": {"file": "spec/verticals/education.yaml", "line": 14, "column": 21,
                   "end_column": 27},
      "labels": [{"message": "first defined here", "location": {}}]
    }
  ]
}
```

Lines and columns are 1-based, columns count Unicode code points, `end_column` is just past the
last one. `location` is null where a problem has no place in a file; its `line`, `column` and
`end_column` are null where the file as a whole is meant. `note` and `help` may be empty. Keys may
be added; a change of meaning raises `version`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from nexus_gen.diagnostics.diagnostic import Diagnostic, Severity
from nexus_gen.diagnostics.span import Span

VERSION = 1


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """One JSON object, pretty-printed, in ASCII, with a line end."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    document = {
        "version": VERSION,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in diagnostics],
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "note": diagnostic.note,
        "help": diagnostic.help,
        "location": _location(diagnostic.span),
        "labels": [
            {"message": label.message, "location": _location(label.span)}
            for label in diagnostic.labels
        ],
    }


def _location(span: Span | None) -> dict[str, str | int | None] | None:
    if span is None:
        return None
    if span.is_whole_file:
        return {"file": span.file, "line": None, "column": None, "end_column": None}
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_column": span.end_column,
    }
