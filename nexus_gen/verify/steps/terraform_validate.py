"""`terraform init` and `terraform validate` of both roots, with the real provider.

Both are validated whatever mode the spec chooses, in a working copy. The extended root is placed as
its own header says: in core's root (here a stand-in), with the modules beside it as `nexus`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_gen.diagnostics import Severity
from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.core_stub import core_stub
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import Completed, ToolError
from nexus_gen.verify.terraform import init_diagnostics, terraform_environment

_STUB = "core_stand_in.tf"


def check_terraform_validate(context: Context) -> Checked:
    """One finding (NX502) for each diagnostic that Terraform gives, once for both roots."""
    work = _Work.prepare(context)
    findings: dict[Finding, None] = {}
    for root in (work.separate, work.core):
        findings |= {_finding(context, work, root, d): None for d in _validate(context, root)}
    return Checked(list(findings), _versions(context, work.separate))


@dataclass(frozen=True, slots=True)
class _Work:
    """The working copy: `terraform/` of the output, and a core with the extended root in it."""

    terraform: Path
    core: Path

    @property
    def separate(self) -> Path:
        return self.terraform / "roots" / "separate"

    @property
    def extended(self) -> Path:
        return self.terraform / "roots" / "extended"

    @classmethod
    def prepare(cls, context: Context) -> _Work:
        work = cls(context.scratch / "terraform", context.scratch / "core")
        leftovers = shutil.ignore_patterns(".terraform", ".terraform.lock.hcl", "*.tfstate*")
        for root in ("separate", "extended"):
            context.output(f"terraform/roots/{root}")
        shutil.copytree(context.output("terraform"), work.terraform, ignore=leftovers)
        work.core.mkdir()
        for path in work.extended.glob("*.tf"):
            shutil.copy(path, work.core)
        (work.core / "nexus").symlink_to(work.terraform, target_is_directory=True)
        integration = context.subject.model.integration
        for name, text in core_stub(integration.needed_resources.values()).items():
            file = work.core / (name or _STUB)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return work

    def original(self, file: Path) -> Path | None:
        """The file of the output, relative to its `terraform/`, that a file here is a copy of."""
        if file.parent == self.core:
            file = self.extended / file.name
        return file.relative_to(self.terraform) if file.is_relative_to(self.terraform) else None


def _validate(context: Context, folder: Path) -> Iterator[dict[str, Any]]:
    """Terraform's diagnostics of one root; those of `init` where it does not get past that."""
    init = _terraform(context, folder, "init", "-backend=false", "-input=false", "-json")
    if init.returncode != 0:
        yield from init_diagnostics(init)
        return
    completed = _terraform(context, folder, "validate", "-json")
    try:
        yield from json.loads(completed.stdout)["diagnostics"]
    except (ValueError, KeyError):
        raise ToolError(f"terraform validate gave no report: {completed.last_words}") from None


def _terraform(context: Context, folder: Path, *arguments: str) -> Completed:
    env = terraform_environment(context) | {"TF_DATA_DIR": str(context.scratch / folder.name)}
    return context.run([context.tool("terraform"), *arguments], cwd=folder, env=env)


def _finding(context: Context, work: _Work, folder: Path, diagnostic: dict[str, Any]) -> Finding:
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
    original = work.original(file)
    if original is None:
        return Finding("NX502", f"{place['filename']}: {message}", severity=severity)
    return Finding(
        "NX502",
        message,
        path=context.locate(context.generated / "terraform" / original),
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
