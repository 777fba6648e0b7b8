"""Running Terraform so that nothing of the user's set-up or of `generated/` is touched."""

from __future__ import annotations

import json
from pathlib import Path

from nexus_gen.verify.context import Context


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
