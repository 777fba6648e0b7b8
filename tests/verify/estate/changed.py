"""The repository's own spec beside a recorded state, each with a few changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from nexus_gen.analysis import analyse_subject, lower
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.frontend import load, validate
from nexus_gen.model import Model
from nexus_gen.verify.estate.doctor import examine
from nexus_gen.verify.estate.estate import Estate
from nexus_gen.verify.estate.state import read_state
from tests import sample

ROOT = Path(__file__).parents[3]
RECORDED = Path(__file__).with_name("recorded")
API = "aws_api_gateway_rest_api.ai_nexus_api"
SPEC = ("spec/nexus.yaml", "spec/verticals/education.yaml")

_SUBJECTS: dict[tuple[bytes, ...], Subject] = {}


@cache
def recorded(name: str) -> str:
    """The text of a recorded state."""
    return (RECORDED / name).read_text(encoding="utf-8")


@dataclass
class Changed:
    """A state file of core, and the spec, both to be changed before they are compared."""

    root: Path
    state: dict[str, Any] = field(default_factory=lambda: json.loads(recorded("core.tfstate.json")))
    environment: str = "dev"

    def __post_init__(self) -> None:
        sample.copy_spec(self.root)

    @staticmethod
    def model() -> Model:
        """The repository's own spec, its Education vertical alone."""
        return lower(load(sample.built()))

    def spec(self, old: str, new: str, file: str = SPEC[0]) -> None:
        """Replace a text of the spec, which must be there once."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8")

    def separate(self) -> None:
        """The other mode, with two of its names written out."""
        names = "{user_pool_arn: cognito_user_pool_arn, vpc_subnet_ids: private_subnet_ids}"
        self.spec("mode: extended", f"mode: separate\n  core_outputs: {names}")

    def instances(self, address: str) -> Iterator[dict[str, Any]]:
        """Attributes of every instance of a resource of core: `aws_vpc.main`."""
        for resource in self.state["resources"]:
            if f"{resource['type']}.{resource['name']}" == address:
                yield from (instance["attributes"] for instance in resource["instances"])

    def attributes(self, address: str) -> dict[str, Any]:
        """Attributes of the first instance."""
        return next(self.instances(address))

    def remove(self, address: str) -> None:
        """Take a resource out of the state."""
        before = len(self.state["resources"])
        self.state["resources"] = [
            one for one in self.state["resources"] if f"{one['type']}.{one['name']}" != address
        ]
        assert len(self.state["resources"]) < before, address

    def add(self, kind: str, label: str, /, **attributes: Any) -> None:
        """Put a resource of core into the state."""
        resource = {
            "mode": "managed",
            "type": kind,
            "name": label,
            "instances": [{"attributes": attributes}],
        }
        self.state["resources"].append(resource)

    def add_path(self, part: str) -> None:
        """Put a path below the root of the REST API into the state."""
        api = self.attributes(API)
        self.add(
            "aws_api_gateway_resource",
            part.strip("{}+"),
            rest_api_id=api["id"],
            parent_id=api["root_resource_id"],
            path_part=part,
        )

    def subject(self) -> Subject:
        """The spec, analysed; once for all tests that leave it as it is."""
        content = tuple((self.root / name).read_bytes() for name in SPEC)
        if content not in _SUBJECTS:
            documents = load(self.root)
            validate(documents)
            _SUBJECTS[content] = analyse_subject(documents)[0]
        return _SUBJECTS[content]

    def problems(self) -> tuple[Diagnostic, ...]:
        """What the checks say."""
        state = read_state(json.dumps(self.state).encode(), "core")
        return examine(Estate(self.subject(), self.environment, state))

    def only(self) -> Diagnostic:
        """The one thing that they say."""
        (problem,) = self.problems()
        return problem

    def marked(self, problem: Diagnostic) -> str:
        """The text of the spec that a problem points at."""
        assert problem.span is not None
        lines = (self.root / problem.span.file).read_text(encoding="utf-8").splitlines()
        return lines[problem.span.line - 1][problem.span.column - 1 : problem.span.end_column - 1]
