"""Routes are data: what moves the redeploy hash, and what an entity costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import hcl2

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import EntityKey, Model, Name
from tests.outputs.terraform_cli import Terraform, write
from tests.outputs.terraform_mock import apply

COURSES = {"methods": ["GET", "POST"], "invoke_arn": "arn:aws:lambda:::a"}
COURSE = {"methods": ["GET"], "invoke_arn": "arn:aws:lambda:::a"}
BEFORE: dict[str, Any] = {
    "rest_api": {"id": "api", "root_resource_id": "root"},
    "authorizer_id": "authorizer",
    "cors_origins": ["https://a.example"],
    "routes": {"/education/courses": COURSES},
}


def test_hash_moves_with_every_change_of_the_routes_and_with_nothing_else(
    terraform: Terraform, rendered_terraform: Path
) -> None:
    changes: dict[str, dict[str, Any]] = {
        "nothing": {},
        "nothing again": {},
        "a path": {"routes": {"/education/courses": COURSES, "/education/courses/{id}": COURSE}},
        "back": {},
        "a function": {"routes": {"/education/courses": {**COURSES, "invoke_arn": "arn:b"}}},
        "methods": {"routes": {"/education/courses": {**COURSES, "methods": ["GET"]}}},
        "authorizer": {"authorizer_id": "another"},
        "origins": {"cors_origins": ["https://a.example", "https://b.example"]},
    }
    runs = [{**BEFORE, **change} for change in changes.values()]
    outcome = apply(terraform, rendered_terraform / "modules" / "routes", *runs)
    assert outcome.errors == ()
    hashes = [state.outputs["redeploy_hash"] for state in outcome.states]
    assert len(hashes) == len(changes)
    assert hashes[0] == hashes[1] == hashes[3]
    assert len({*hashes[:1], hashes[2], *hashes[4:]}) == 6


def resource_blocks(folder: Path) -> int:
    """How many resource blocks the tree of modules declares."""
    count = 0
    for file in folder.rglob("*.tf"):
        with file.open(encoding="utf-8") as opened:
            count += len(hcl2.load(opened).get("resource", []))
    return count


def with_another_entity(model: Model) -> Model:
    """The project's model with an entity like its first, of another name."""
    (vertical, *others) = model.verticals
    first = vertical.entities[0]
    key = EntityKey(vertical.name, Name("Classroom"))
    operations = tuple(
        replace(
            operation,
            path=key.item_path if operation.path_parameters else key.collection_path,
            name=Name(f"{operation.kind}_classroom"),
        )
        for operation in first.operations
    )
    added = replace(first, key=key, operations=operations)
    return replace(
        model, verticals=(replace(vertical, entities=(*vertical.entities, added)), *others)
    )


def test_an_entity_adds_paths_but_no_resource_block(project_model: Model, tmp_path: Path) -> None:
    before = write(TerraformBackend().generate(project_model), tmp_path / "before")
    after = write(
        TerraformBackend().generate(with_another_entity(project_model)), tmp_path / "after"
    )
    assert resource_blocks(after) == resource_blocks(before)
    changed = {
        str(path.relative_to(after)): path
        for path in after.rglob("*.tf*")
        if path.read_bytes() != (before / path.relative_to(after)).read_bytes()
    }
    assert set(changed) == {"modules/education/routes.tf", "modules/education/table.tf"}
    routes = changed["modules/education/routes.tf"].read_text(encoding="utf-8")
    assert routes.count('"/education/classrooms') == 2
