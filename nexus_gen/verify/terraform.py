"""Running Terraform so that nothing of the user's set-up or of `generated/` is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nexus_gen.verify.context import Context
from nexus_gen.verify.process import Completed, ToolError
from nexus_gen.verify.tools import ToolAbsentError

_NO_PROVIDER = ("Failed to query available provider packages", "Failed to install provider")
_NO_VERSION = "no available releases match"


def terraform_environment(context: Context) -> dict[str, str]:
    """Variables for a Terraform that writes only to the scratch folder and to our cache.

    Providers come from the mirror if the machine has one, otherwise from where the user's own
    Terraform gets them. `TF_CLI_CONFIG_FILE` is always set: the one in the environment may name a
    file that does not exist, which Terraform complains about in each output.
    """
    config, plugins = _cli_config(context), context.cache / "terraform-plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    variables = {
        "CHECKPOINT_DISABLE": "1",
        "TF_CLI_CONFIG_FILE": str(config),
        "TF_DATA_DIR": str(context.scratch / "terraform-data"),
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
    }
    if context.subject.mirror is None:
        variables["TF_PLUGIN_CACHE_DIR"] = str(plugins)
        variables["TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE"] = "true"
    return variables


def _cli_config(context: Context) -> Path:
    own = Path.home() / ".terraformrc"
    if context.subject.mirror is None and own.is_file():
        return own
    config = context.scratch / "terraform.rc"
    config.write_text(_mirror(context.subject.mirror), encoding="utf-8")
    return config


def _mirror(mirror: Path | None) -> str:
    if mirror is None:
        return ""
    path = json.dumps(str(mirror), ensure_ascii=False)
    return f"provider_installation {{\n  filesystem_mirror {{\n    path = {path}\n  }}\n}}\n"


def init_diagnostics(init: Completed) -> Iterator[dict[str, Any]]:
    """What `init -json` printed: one JSON message a line, some of which carry a diagnostic.

    Raises ToolAbsentError where the provider cannot be had, ToolError where nothing was said.
    """
    lines = [json.loads(line) for line in init.stdout.splitlines() if line.startswith("{")]
    diagnostics = [line["diagnostic"] for line in lines if line.get("type") == "diagnostic"]
    errors = [d for d in diagnostics if d["severity"] == "error"]
    if not errors:
        raise ToolError(f"terraform init failed: {init.last_words}")
    for diagnostic in errors:
        unreachable = diagnostic["summary"] in _NO_PROVIDER
        if unreachable and _NO_VERSION not in diagnostic["detail"]:
            raise ToolAbsentError("the AWS provider")
    # the last error sums up the others without a place where there are others
    placed = [d for d in errors if "range" in d]
    yield from placed or errors
