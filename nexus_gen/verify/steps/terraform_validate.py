"""`terraform init` and `terraform validate` of both roots, with the real provider.

Both are validated whatever mode the spec chooses, in a working copy. The extended root stands in
core's root in real life, so a stand-in for core is put beside it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nexus_gen.diagnostics import Severity
from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.core_stub import core_stub
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import Completed, ToolError
from nexus_gen.verify.terraform import terraform_environment
from nexus_gen.verify.tools import ToolAbsentError

_STUB = "core_stand_in.tf"
_NO_PROVIDER = ("Failed to query available provider packages", "Failed to install provider")
_NO_VERSION = "no available releases match"


def check_terraform_validate(context: Context) -> Checked:
    """One finding (NX502) for each diagnostic that Terraform gives, once for both roots."""
    copy = context.scratch / "terraform"
    leftovers = shutil.ignore_patterns(".terraform", ".terraform.lock.hcl", "*.tfstate*")
    shutil.copytree(context.generated / "terraform", copy, ignore=leftovers)
    integration = context.subject.model.integration
    stub = core_stub(address for _, address in integration.core_resources)
    (copy / "roots" / "extended" / _STUB).write_text(stub, encoding="utf-8")
    findings: dict[Finding, None] = {}
    for root in ("separate", "extended"):
        folder = copy / "roots" / root
        findings |= {_finding(context, copy, folder, d): None for d in _validate(context, folder)}
    return Checked(list(findings), _versions(context, copy / "roots" / "separate"))


def _validate(context: Context, folder: Path) -> Iterator[dict[str, Any]]:
    """Terraform's diagnostics of one root; those of `init` where it does not get past that."""
    init = _terraform(context, folder, "init", "-backend=false", "-input=false", "-json")
    if init.returncode != 0:
        yield from _init_diagnostics(init)
        return
    completed = _terraform(context, folder, "validate", "-json")
    try:
        yield from json.loads(completed.stdout)["diagnostics"]
    except (ValueError, KeyError):
        raise ToolError(f"terraform validate gave no report: {completed.last_words}") from None


def _init_diagnostics(init: Completed) -> Iterator[dict[str, Any]]:
    """What `init -json` printed: one JSON message a line, some of which carry a diagnostic."""
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


def _terraform(context: Context, folder: Path, *arguments: str) -> Completed:
    env = terraform_environment(context) | {"TF_DATA_DIR": str(context.scratch / folder.name)}
    return context.run([context.tool("terraform"), *arguments], cwd=folder, env=env)


def _finding(context: Context, copy: Path, folder: Path, diagnostic: dict[str, Any]) -> Finding:
    message = " ".join(f"{diagnostic['summary']}: {diagnostic['detail']}".split()).strip(": ")
    severity = Severity(diagnostic["severity"])
    place = diagnostic.get("range")
    if place is None:
        return Finding("NX502", message, severity=severity)
    file = (folder / place["filename"]).resolve()
    if file.name == _STUB:
        return Finding(
            "NX502",
            f"the stand-in for core is refused: {message}",
            origin=context.subject.model.integration.span,
            help="name resources of these types in `integration.core_resources`",
            severity=severity,
        )
    return Finding(
        "NX502",
        message,
        path=context.locate(context.generated / "terraform" / file.relative_to(copy.resolve())),
        line=place["start"]["line"],
        column=place["start"]["column"],
        severity=severity,
    )


def _versions(context: Context, folder: Path) -> str:
    """`terraform 1.11.4, aws 5.100.0`: what the roots were validated with."""
    completed = _terraform(context, folder, "version", "-json")
    try:
        versions = json.loads(completed.stdout)
    except ValueError:
        return ""
    selections = versions.get("provider_selections", {})
    providers = [f"{name.rsplit('/', 1)[-1]} {selections[name]}" for name in sorted(selections)]
    return ", ".join([f"terraform {versions['terraform_version']}", *providers])
