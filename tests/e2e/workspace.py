"""Core and the backend, applied by real Terraform with the real provider to an emulator."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nexus_gen import pipeline
from nexus_gen.local.emulator import Emulator
from tests import sample
from tests.outputs.terraform_cli import Terraform

ROOT = Path(__file__).parents[2]
REGION = "us-east-1"
TRIGGERS = "  triggers = {\n"
SECONDS = 900
"""Longest that one Terraform command may take."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one Terraform command cost: wall seconds, and its largest process in MiB."""

    name: str
    seconds: float
    megabytes: float


@dataclass(slots=True)
class Workspace:
    """One folder with `spec/`, `generated/`, `dist/` and a copy of core, on one emulator.

    Attributes:
        mode: `extended` (Option A) or `separate` (Option B).
        copy_spec: writes the spec below a folder.
        steps: what was run, for the figures that the run prints.
        notes: what else the run prints.
        before: core's own plan right before the backend joined.
        first: the plan of the first apply.
    """

    mode: str
    folder: Path
    emulator: Emulator
    terraform: Terraform
    copy_spec: Callable[[Path], object] = sample.copy_spec
    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    first: dict[str, Any] = field(default_factory=dict)

    @property
    def core(self) -> Path:
        """Core's root."""
        return self.folder / "core"

    @property
    def root(self) -> Path:
        """The root that applies the backend: core's own, or the separate one."""
        separate = self.folder / "generated/terraform/roots/separate"
        return self.core if self.mode == "extended" else separate

    def prepare(self) -> None:
        """Copy core and the spec, build, and apply core as it stands."""
        shutil.copytree(ROOT / "examples/core", self.core)
        self.copy_spec(self.folder)
        pipeline.build(self.folder)
        self.terraform = replace(
            self.terraform,
            variables={**self.terraform.variables, **self.emulator.environment(REGION)},
        )
        self.run("init core", self.core, "init", "-input=false")
        self.run("apply core", self.core, "apply", "-auto-approve", "-input=false")
        self.before = self.core_plan()

    def join(self) -> None:
        """Do what the generated root tells a person to do before the first apply."""
        if self.mode == "extended":
            generated = self.folder / "generated/terraform"
            (self.core / "nexus.tf").symlink_to(generated / "roots/extended/nexus.tf")
            (self.core / "nexus").symlink_to(generated)
            (self.core / "nexus-packages").symlink_to(self.folder / "dist")
            api = self.core / "api.tf"
            line = f"{TRIGGERS}    nexus = module.nexus.redeploy_hash\n"
            api.write_text(api.read_text().replace(TRIGGERS, line))
        self.run("init", self.root, "init", "-input=false", *self._backend())

    def leave(self) -> None:
        """Take the backend away again."""
        if self.mode == "extended":
            (self.core / "nexus.tf").unlink()
            api = self.core / "api.tf"
            api.write_text(api.read_text().replace("    nexus = module.nexus.redeploy_hash\n", ""))
            self.run("destroy", self.core, "apply", "-auto-approve", "-input=false")
        else:
            self.run("destroy", self.root, "destroy", "-auto-approve", *self.variables())

    def variables(self) -> list[str]:
        """Arguments of plan and apply."""
        if self.mode == "extended":
            return ["-input=false", "-var-file=nexus/environments/dev.tfvars"]
        state = json.dumps({"path": str(self.core / "terraform.tfstate")})
        return [
            "-input=false",
            "-var-file=../../environments/dev.tfvars",
            f"-var=core_state={state}",
        ]

    def apply_first(self) -> None:
        """Plan the first apply, keep the plan, and carry it out."""
        self.first = self.plan()
        self.run("apply", self.root, "apply", "-input=false", str(self.folder / "plan"))

    def apply(self) -> None:
        """Apply the backend."""
        self.run("apply again", self.root, "apply", "-auto-approve", *self.variables())

    def plan(self) -> dict[str, Any]:
        """The plan of the backend's root, in Terraform's JSON form."""
        file = self.folder / "plan"
        self.run("plan", self.root, "plan", f"-out={file}", *self.variables())
        shown = self.run("show", self.root, "show", "-json", str(file))
        plan: dict[str, Any] = json.loads(shown)
        return plan

    def core_plan(self) -> dict[str, Any]:
        """The plan of core's root alone; for Option B it must never hold a change."""
        file = self.folder / "core-plan"
        self.run("plan core", self.core, "plan", f"-out={file}", "-input=false")
        plan: dict[str, Any] = json.loads(self.run("show", self.core, "show", "-json", str(file)))
        return plan

    def outputs(self, root: Path) -> dict[str, Any]:
        """Output name -> value."""
        outputs = json.loads(self.run("output", root, "output", "-json"))
        return {name: output["value"] for name, output in outputs.items()}

    def edit_spec(self, old: str, new: str) -> None:
        """Change the Education vertical and build."""
        path = self.folder / "spec/verticals/education.yaml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        pipeline.build(self.folder)

    def run(self, name: str, folder: Path, *arguments: str) -> str:
        """Standard output of a Terraform command that must succeed."""
        started = time.monotonic()
        done, megabytes = measured(self.terraform, folder, *arguments)
        self.steps.append(Step(name, time.monotonic() - started, megabytes))
        assert done.returncode == 0, (
            f"`terraform {' '.join(arguments[:1])}` failed in the step `{name}`, {self.mode} mode, "
            f"in {folder}\n{done.stdout[-4000:]}\n{done.stderr}"
        )
        return done.stdout

    def _backend(self) -> list[str]:
        path = self.folder / "nexus.tfstate"
        return [] if self.mode == "extended" else [f"-backend-config=path={path}"]


def measured(
    terraform: Terraform, folder: Path, *arguments: str
) -> tuple[subprocess.CompletedProcess[str], float]:
    """A Terraform command run to its end, and the largest resident set of its processes in MiB.

    Whatever ends the wait ends Terraform and its providers too: they share a process group.
    """
    command = [terraform.program, *arguments]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=terraform.variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        overdue = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
        overdue.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            overdue.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = [(file.seek(0), file.read().decode())[1] for file in (output, errors)]
    done = subprocess.CompletedProcess(command, process.returncode, *texts)
    return done, usage.ru_maxrss / 1024


def changes(plan: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Address -> actions of every managed resource that a plan would touch."""
    return {
        change["address"]: tuple(change["change"]["actions"])
        for change in plan.get("resource_changes", [])
        if change["mode"] == "managed" and change["change"]["actions"] != ["no-op"]
    }


def below_module(address: str) -> str:
    """An address without its index keys: how resources are counted."""
    return re.sub(r"\[[^\]]*\]", "", address)


def modules_of(plan: dict[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    """Address and configuration of every module that a plan calls, the root's address empty."""
    waiting = [("", plan["configuration"]["root_module"])]
    while waiting:
        address, module = waiting.pop()
        yield address, module
        for name, call in module.get("module_calls", {}).items():
            waiting.append((f"{address}.module.{name}".lstrip("."), call["module"]))
