"""Tables that are there already: imported or referenced, and refused where they do not fit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.diagnostics import Span
from nexus_gen.model import AdoptedTable, Adoption, Model
from nexus_gen.verify import mocked_apply
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_mock import MOCKS, apply, variables
from tests.outputs.terraform_roots import place_in_core

NAME = "{project}-{environment}-courses"
BOTH = list(Adoption)
KIND = ("data", "aws_dynamodb_table")
TABLE_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/t"


def adopted(model: Model, adoption: Adoption, name: str | None) -> Model:
    """The model, its one vertical adopting a table."""
    (vertical,) = model.verticals
    table = AdoptedTable(adoption, name, Span(vertical.file, 3, 1, 6))
    return replace(model, verticals=(replace(vertical, table=table),))


@pytest.mark.parametrize("adoption", BOTH)
def test_both_roots_are_valid(
    project_model: Model, terraform: Terraform, tmp_path: Path, adoption: Adoption
) -> None:
    folder = write(
        TerraformBackend().generate(adopted(project_model, adoption, NAME)), tmp_path / "generated"
    )
    assert terraform.validate(folder / "roots" / "separate") == []
    assert terraform.validate(place_in_core(folder, tmp_path / "core")) == []


def test_only_roots_import(project_model: Model) -> None:
    def importing(adoption: Adoption) -> set[str]:
        artifacts = TerraformBackend().generate(adopted(project_model, adoption, NAME))
        return {a.path for a in artifacts if b"\nimport {" in a.content}

    assert importing(Adoption.IMPORT) == {
        "terraform/roots/separate/imports.tf",
        "terraform/roots/extended/nexus.tf",
    }
    assert importing(Adoption.REFERENCE) == set()


@pytest.mark.parametrize("adoption", BOTH)
def test_everything_uses_the_adopted_table(
    project_model: Model,
    terraform: Terraform,
    terraform_packages: Path,
    tmp_path: Path,
    adoption: Adoption,
) -> None:
    model = adopted(project_model, adoption, NAME)
    backend = write(TerraformBackend().generate(model), tmp_path) / "backend"
    runs = [variables(model, one, terraform_packages) for one in model.environments]
    outcome = apply(terraform, backend, *runs)
    assert outcome.errors == ()
    for environment, state in zip(model.environments, outcome.states, strict=True):
        name = f"aws-devops-{environment.name}-courses"
        function = state.only("aws_lambda_function")
        assert function["environment"][0]["variables"]["TABLE_NAME"] == name
        assert state.outputs["table_names"] == {"education": name}
        assert f'"TableName","{name}"' in state.only("aws_cloudwatch_dashboard")["dashboard_body"]
        policy = json.loads(state.only("aws_iam_role_policy", ".tenant")["policy"])
        own = policy["Statement"][0]
        assert own["Resource"] == [TABLE_ARN, f"{TABLE_ARN}/index/*"]
        tables = [values["name"] for values in state.of_type("aws_dynamodb_table").values()]
        assert tables == ([name] if adoption is Adoption.IMPORT else [])


def index(name: str, **changes: Any) -> dict[str, Any]:
    """An index of the mocked table, changed."""
    (first, *_) = MOCKS[KIND]["global_secondary_index"]
    named = {"name": name, "hash_key": f"{name}pk", "range_key": f"{name}sk"}
    return {**first, **named, **changes}


SLOTS = [index(f"gsi{number}") for number in range(1, 4)]
OTHER_KEYS = [index("gsi1", hash_key="owner"), *SLOTS[1:]]
KEYS_ONLY = [index("gsi1", projection_type="KEYS_ONLY"), *SLOTS[1:]]
NUMBER_KEY = [{"name": "pk", "type": "S"}, {"name": "gsi2sk", "type": "N"}]
LOCAL = {"name": "l", "range_key": "x", "projection_type": "ALL", "non_key_attributes": []}
EXPIRES = [{"attribute_name": "expires", "enabled": True}]
OFF = [{"attribute_name": "", "enabled": False}]
BY_OWNER = [*SLOTS, index("by_owner")]

MISFITS = [
    *((one, {"hash_key": "id", "range_key": None}, "the keys id, not pk and sk") for one in BOTH),
    *((one, {"range_key": "at"}, "the keys pk, at, not pk and sk") for one in BOTH),
    *((one, {"attribute": NUMBER_KEY}, "gsi2sk is N") for one in BOTH),
    *((one, {"global_secondary_index": OTHER_KEYS}, "gsiNpk and gsiNsk") for one in BOTH),
    *((one, {"global_secondary_index": KEYS_ONLY}, "all attributes") for one in BOTH),
    *((one, {"ttl": EXPIRES}, "ttl") for one in BOTH),
    (Adoption.REFERENCE, {"global_secondary_index": SLOTS[:1]}, "lacks the indexes gsi2, gsi3"),
    (Adoption.REFERENCE, {"ttl": OFF}, "must expire items by the attribute ttl"),
    (Adoption.IMPORT, {"global_secondary_index": BY_OWNER}, "would drop indexes of the table"),
    (Adoption.IMPORT, {"local_secondary_index": [LOCAL]}, "has local indexes or replicas"),
]
FITS = [
    (Adoption.IMPORT, {"global_secondary_index": SLOTS[:1]}),
    (Adoption.IMPORT, {"global_secondary_index": [], "ttl": OFF}),
    (Adoption.REFERENCE, {"global_secondary_index": BY_OWNER, "local_secondary_index": [LOCAL]}),
]


FOUND = [*((adoption, found) for adoption, found, _ in MISFITS), *FITS]
VARIABLES = {"environment": "dev", "data_key_arn": "arn:aws:kms:us-east-1:123456789012:key/k"}
DECLARED = "".join(f'variable "{name}" {{\n  type = string\n}}\n' for name in VARIABLES)


@pytest.fixture(scope="module")
def refusals(
    project_model: Model, terraform: Terraform, tmp_path_factory: pytest.TempPathFactory
) -> dict[int, list[str]]:
    """Position in `FOUND` -> what Terraform said of a table that looks so."""
    said: dict[int, list[str]] = {}
    for adoption in BOTH:
        folder = tmp_path_factory.mktemp(adoption)
        artifacts = TerraformBackend().generate(adopted(project_model, adoption, NAME))
        described = "table" if adoption is Adoption.REFERENCE else "existing_table"
        for artifact in artifacts:
            if artifact.path == f"terraform/modules/education/{described}.tf":
                (folder / "table.tf").write_bytes(artifact.content)
        (folder / "variables.tf").write_text(DECLARED, encoding="utf-8")
        said |= refused(terraform, folder, adoption)
    return said


def refused(terraform: Terraform, module: Path, adoption: Adoption) -> dict[int, list[str]]:
    """One test file a table, since a run that fails ends its file."""
    (module / "tests").mkdir()
    said: dict[int, list[str]] = {}
    for number, (mode, found) in enumerate(FOUND):
        if mode is adoption:
            mocks = {KIND: {**MOCKS[KIND], "global_secondary_index": SLOTS, **found}}
            text = mocked_apply.runs_file([VARIABLES], mocks)
            (module / f"tests/t{number}.tftest.hcl").write_text(text, encoding="utf-8")
            said[number] = []
    terraform.init(module)
    for line in terraform.run(module, "test", "-json").stdout.splitlines():
        message = json.loads(line)
        if message["type"] == "diagnostic":
            number = int(Path(message["@testfile"]).name.removeprefix("t").partition(".")[0])
            diagnostic = message["diagnostic"]
            said[number].append(f"{diagnostic['summary']}: {diagnostic['detail']}")
    return said


@pytest.mark.parametrize("number", range(len(MISFITS)))
def test_a_table_that_does_not_fit_stops_the_plan(
    refusals: dict[int, list[str]], number: int
) -> None:
    said, expected = refusals[number], MISFITS[number][2]
    assert said
    assert all(one.startswith("Resource postcondition failed: ") for one in said), said
    assert any(expected in one for one in said), said


@pytest.mark.parametrize("number", range(len(MISFITS), len(FOUND)))
def test_a_table_that_fits_in_its_own_way(refusals: dict[int, list[str]], number: int) -> None:
    assert refusals[number] == []
