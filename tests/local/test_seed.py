"""Seeded data: within every bound, the same in every run, and written through the handlers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given
from jsonschema import Draft202012Validator, FormatChecker

from nexus_gen import pipeline
from nexus_gen.backends.openapi.document import document
from nexus_gen.local.gateway import Handled
from nexus_gen.local.http import HttpRequest, json_answer
from nexus_gen.local.seed.fill import Filler, in_order
from nexus_gen.local.seed.values import Author
from nexus_gen.model import Entity, EntityKey, Model
from tests.backends.models import model_of, model_of_data
from tests.backends.random_specs import verticals
from tests.local.running import ROOT, Caller, Dev, make_project
from tests.sizes import examples

IDS = [f"01K6JZ3V5W8QH2M4N7P9R1S3T{number}" for number in range(5)]


LAST: list[tuple[Model, dict[str, Any]]] = []
"""The model that was asked for last, and its schemas: one is asked for many times in a row."""


def schemas(model: Model) -> dict[str, Any]:
    if not LAST or LAST[0][0] is not model:
        text = "".join(text for text, _ in document(model))
        described = yaml.load(text, Loader=yaml.CSafeLoader)
        LAST[:] = [(model, described["components"])]
    return LAST[0][1]


def bodies(entity: Entity, organization: str = "acme", count: int = 5) -> list[Any]:
    targets = {each.target: IDS for each in entity.references if each.target is not None}
    author = Author(organization, entity, targets)
    return [author.body(number, number) for number in range(count)]


def fits(model: Model, entity: Entity, body: Any) -> None:
    components = schemas(model)
    schema = components["schemas"][f"{entity.name.pascal}Create"]
    whole = {**schema, "components": components}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(body)


@examples(
    ci=25,
    soak=300,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(verticals())
def test_every_body_fits_its_schema_whatever_the_fields_are(vertical: dict[str, Any]) -> None:
    model = model_of_data(_portable(vertical))
    components = schemas(model)
    for entity in model.verticals[0].entities:
        schema = components["schemas"].get(f"{entity.name.pascal}Create")
        if schema is None:
            continue
        validator = Draft202012Validator(
            {**schema, "components": components}, format_checker=FormatChecker()
        )
        for body in bodies(entity, count=3):
            assert body is not None
            validator.validate(body)


def _portable(value: Any) -> Any:
    """Without patterns and defaults at random, which a real spec's rules would have refused."""
    if isinstance(value, dict):
        return {
            name: _portable(inner)
            for name, inner in value.items()
            if name != "pattern" and not (name == "default" and "type" in value)
        }
    return value


@pytest.mark.parametrize(
    "field",
    [
        "{type: string, required: true, max_length: 3}",
        "{type: string, required: true, min_length: 200, max_length: 210}",
        '{type: string, required: true, pattern: "^[A-Z]{3}-\\\\d{4}$"}',
        '{type: decimal, required: true, minimum: "-3", maximum: "-2.5", scale: 1}',
        f'{{type: decimal, required: true, minimum: "{"12" * 16}.345", scale: 3}}',
        f'{{type: decimal, required: true, maximum: "-{"12" * 16}.345", scale: 3}}',
        "{type: integer, required: true, maximum: -7}",
        "{type: integer, required: true, minimum: 99999}",
        "{type: number, required: true, minimum: 0.001, maximum: 0.002}",
        "{type: slug, required: true, max_length: 4}",
        "{type: url, required: true, max_length: 24}",
        "{type: url, required: true, max_length: 16}",
        "{type: url, required: true, max_length: 8}",
        "{type: list, required: true, min_items: 9, max_items: 9, of: {type: boolean}}",
        "{type: map, required: true, min_items: 7, of: {type: decimal}}",
        "{type: json, required: true, max_bytes: 40}",
    ],
)
def test_narrow_bounds_are_kept(field: str) -> None:
    model = model_of(
        "vertical: notes\nentities:\n  Note:\n    fields:\n"
        f"      title: {field}\n    access: {{read: [member], create: [member]}}\n"
    )
    (note,) = model.verticals[0].entities
    for body in bodies(note, count=20):
        fits(model, note, body)


def education() -> Iterator[tuple[Model, Entity]]:
    model = pipeline.compile(ROOT)
    for vertical in model.verticals:
        for entity in vertical.entities:
            yield model, entity


def test_items_of_one_entity_differ_where_they_must_and_are_the_same_next_time() -> None:
    for model, entity in education():
        made = bodies(entity, count=60)
        assert made == bodies(entity, count=60)
        assert made != bodies(entity, "globex", count=60)
        for unique in entity.unique:
            values = [body[unique.name.snake] for body in made]
            assert len(set(values)) == len(values)
        for body in made:
            fits(model, entity, body)
            if body.get("starts_on") and body.get("ends_on"):
                assert body["starts_on"] < body["ends_on"]


def test_what_is_referred_to_comes_first() -> None:
    for vertical in pipeline.compile(ROOT).verticals:
        seen: set[EntityKey] = set()
        for entity in in_order(vertical.entities):
            needed = {each.target for each in entity.references} | {entity.parent}
            assert needed - {None, entity.key} <= seen
            seen.add(entity.key)


def items(caller: Caller, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    query = "?limit=100"
    while True:
        page = caller.send("GET", f"{path}{query}").body
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        query = f"?limit=100&cursor={page['next_cursor']}"


def test_seed_fills_both_organizations_through_the_api_and_fills_up_what_is_there(
    tmp_path: Path,
) -> None:
    project = make_project(tmp_path)
    dev = Dev(project, "--seed", "4").ready()
    try:
        assert any("seeded acme: 4 instructors, 4 courses" in line for line in dev.seen), dev.seen
        assert any("seeded globex: 4 instructors, 4 courses" in line for line in dev.seen)
        acme, globex = (Caller(dev.url, f"admin@{name}.example") for name in ("acme", "globex"))
        courses = items(acme, "/education/courses")
        assert len(courses) == len(items(globex, "/education/courses")) == 4
        teachers = {item["id"] for item in items(acme, "/education/instructors")}
        assert {course["instructor"] for course in courses} - {None} <= teachers
        lessons = [items(acme, f"/education/courses/{course['id']}/lessons") for course in courses]
        assert all(2 <= len(found) <= 6 for found in lessons)
        assert len({item["created_by"] for item in courses}) == 2  # whoever may create them
    finally:
        dev.end()
    more = Dev(project, "--seed=6").ready()
    try:
        assert any("seeded acme: 2 instructors, 2 courses" in line for line in more.seen), more.seen
        assert len(items(Caller(more.url, "admin@acme.example"), "/education/courses")) == 6
    finally:
        more.end()


def test_children_are_made_by_roles_that_see_their_parents() -> None:
    model = model_of(
        "vertical: notes\nentities:\n"
        "  Diary:\n    fields: {title: {type: string}}\n"
        "    indexes: {mine: {match: [created_by]}}\n"
        "    access: {read: [owner, admin], create: [member, admin], update: [owner]}\n"
        "  Entry:\n    parent: Diary\n    fields: {text: {type: string}}\n"
        "    indexes: {mine: {match: [created_by]}}\n"
        "    access: {read: [owner, admin], create: [member, admin], update: [owner]}\n"
    )
    sent: list[tuple[str, str]] = []

    async def handle(request: HttpRequest) -> Handled:
        sent.append((request.path, request.headers["authorization"]))
        if request.method == "POST":
            return Handled("1", json_answer(201, {"id": f"id-{len(sent)}"}), 0)
        return Handled("1", json_answer(200, {"items": [], "next_cursor": None}), 0)

    tokens = {"admin": "admin", "member": "member"}
    filled = asyncio.run(Filler(handle, "acme", tokens, 4).fill(model))
    assert filled.problems == {}
    diaries = {role for path, role in sent if path.endswith("/diaries")}
    entries = {role for path, role in sent if path.endswith("/entries")}
    assert (diaries, entries) == ({"admin", "member"}, {"admin"})
