"""The OpenAPI document against the OpenAPI 3.1 specification.

The validator runs in a process of its own: it works in pure Python for seconds on a large document,
and so it can be stopped like every other tool.
"""

from __future__ import annotations

import importlib.util
import json
import sys

from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import ToolError
from nexus_gen.verify.tools import ToolAbsentError

_WORKER = "nexus_gen.verify.openapi_worker"


def check_openapi(context: Context) -> Checked:
    """One finding (NX506) for each place where the document breaks the specification."""
    if importlib.util.find_spec("openapi_spec_validator") is None:
        raise ToolAbsentError("openapi-spec-validator")
    document = context.output("openapi/openapi.yaml")
    completed = context.run([sys.executable, "-m", _WORKER, document])
    try:
        entries = json.loads(completed.stdout)
    except ValueError:
        raise ToolError(f"the OpenAPI validator failed: {completed.last_words}") from None
    path = context.locate(document)
    return Checked(
        [
            Finding(
                "NX506",
                entry["message"],
                rule=entry["pointer"],
                path=path,
                line=entry["line"],
                column=entry["column"],
            )
            for entry in entries
        ]
    )
