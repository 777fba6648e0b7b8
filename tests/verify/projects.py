"""A project to check, and tools that answer with what the real ones once printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nexus_gen.diagnostics import Span
from nexus_gen.model import (
    CORE_OUTPUTS,
    CORE_RESOURCES,
    CoreState,
    Integration,
    IntegrationMode,
    Model,
    Product,
    Storage,
    Tenancy,
)
from nexus_gen.verify.context import Context, Subject
from nexus_gen.verify.process import Completed, Processes

RECORDED = Path(__file__).parent / "recorded"
SPAN = Span("spec/nexus.yaml", 3, 1, 12)

MODEL = Model(
    product=Product("ai-nexus", "aws-devops", "us-east-1", SPAN),
    tenancy=Tenancy("custom:organization_id", (("admin", "Runs an organization"),)),
    environments=(),
    integration=Integration(
        mode=IntegrationMode.EXTENDED,
        rest_api="{project}-{environment}-{product}-api",
        reserved_paths=(),
        authorizer="reuse",
        core_state=CoreState("local", (("path", "terraform.tfstate"),)),
        core_outputs=tuple(CORE_OUTPUTS.items()),
        core_resources=tuple(CORE_RESOURCES.items()),
        span=Span("spec/nexus.yaml", 30, 1, 12),
    ),
    storage=Storage((), ()),
    verticals=(),
)


class Recorded(Processes):
    """Tools that answer in turn with what was recorded, and note how they were called."""

    def __init__(self, *answers: Completed) -> None:
        super().__init__()
        self.answers = list(answers)
        self.commands: list[list[str]] = []
        self.environments: list[dict[str, str]] = []

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path,
        env: Mapping[str, str],
        seconds: float,
    ) -> Completed:
        self.commands.append([str(part) for part in command])
        self.environments.append(dict(env))
        return self.answers.pop(0)


def recorded(root: Path, file: str) -> str:
    """What a real tool printed about a project at `root`."""
    return (RECORDED / file).read_text(encoding="utf-8").replace("@ROOT@", str(root))


def context_of(root: Path, processes: Processes, mirror: Path | None = None) -> Context:
    """A context whose spec is `MODEL`, with `generated/` as it should be."""
    scratch = root / "scratch"
    scratch.mkdir(exist_ok=True)
    subject = Subject(root, MODEL, lambda: (), lambda path, line: None, mirror)
    return Context(subject, scratch, root / ".nexus" / "check", processes, seconds=60)
