"""What every check gets to work with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nexus_gen.diagnostics import Diagnostic, Span
from nexus_gen.model import Model
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import Completed, Processes, ToolError
from nexus_gen.verify.tools import environment, find_tool


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked.

    Attributes:
        root: the project root, absolute; it holds `spec/` and `generated/`.
        model: what the spec says.
        differences: what `nexus-gen build --check` says about it.
        origin: the part of the spec behind a line of a file, both as a finding gives them; None for
            a file that is not rendered.
        mirror: Terraform provider mirror on this machine (`NEXUS_TERRAFORM_MIRROR`).
    """

    root: Path
    model: Model
    differences: Callable[[], Iterable[Diagnostic]]
    origin: Callable[[str, int], Span | None]
    mirror: Path | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """One run's subject, its own folder, and the ways to run tools.

    Attributes:
        scratch: a folder of this check alone, empty at first, removed after the run.
        cache: a folder that outlives runs (mypy's cache, downloaded providers).
        seconds: how long each tool that this check starts may take.
    """

    subject: Subject
    scratch: Path
    cache: Path
    processes: Processes
    seconds: float

    @property
    def generated(self) -> Path:
        """`generated/`, absolute. Checks read it and never write there."""
        return self.subject.root / "generated"

    def output(self, path: str) -> Path:
        """A file or folder of the output. Raises ToolError where it is missing."""
        if not (self.generated / path).exists():
            raise ToolError(f"generated/{path} is missing; run `nexus-gen build`")
        return self.generated / path

    def tool(self, name: str) -> Path:
        """The program; raises ToolAbsentError."""
        return find_tool(name, self.subject.root)

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Completed:
        """Run a tool in the scratch folder (or `cwd`), with `env` on top of a clean environment."""
        return self.processes.run(
            command, cwd=cwd or self.scratch, env=environment(**(env or {})), seconds=self.seconds
        )

    def run_until(
        self,
        enough: Callable[[str], bool],
        command: Sequence[str | Path],
        *,
        cwd: Path,
        env: Mapping[str, str],
    ) -> Completed:
        """Run a tool as `run` does, but only up to the first line of output that is enough."""
        return self.processes.run_until(
            enough, command, cwd=cwd, env=environment(**env), seconds=self.seconds
        )

    def locate(self, path: str | Path) -> str:
        """An absolute path, as findings give it: relative to the project root."""
        return Path(path).relative_to(self.subject.root).as_posix()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check that ran to its end has to say."""

    findings: Sequence[Finding] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name for `--only`, what it does, and the time for each tool that it starts."""

    name: str
    summary: str
    run: Callable[[Context], Checked] = field(repr=False)
    seconds: float = 120
