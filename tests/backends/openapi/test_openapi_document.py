"""What the document says of a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

import nexus_runtime
from nexus_gen.backends.openapi import components
from nexus_gen.backends.openapi.backend import OpenApiBackend
from nexus_gen.backends.openapi.patterns import matching
from nexus_gen.model import Model
from nexus_runtime.http import IfMatch
from nexus_runtime.problems import Problem
from tests.backends.models import model_of, model_of_data
from tests.backends.random_specs import HOSTILE, verticals
from tests.sizes import examples

Load = Callable[[Model], dict[str, Any]]

NOTES = """
vertical: notes
entities:
  Note:
    fields:
      title: {type: string, required: true, immutable: true}
      stars: {type: integer, default: 3}
      tags: {type: map, of: {type: string}}
    indexes:
      by_stars: {match: [stars], sort: title}
    access: {read: [member], create: [member], update: [owner], delete: [admin]}
    delete: {soft: true}
"""


def test_every_operation_has_its_path_id_and_roles(document: Load) -> None:
    model = model_of(NOTES)
    paths = document(model)["paths"]
    (note,) = model.verticals[0].entities
    assert sum(len(item.keys() - {"parameters"}) for item in paths.values()) == 6
    for operation in note.operations:
        described = paths[operation.path][operation.method.lower()]
        assert described["operationId"] == operation.name.camel
    assert paths["/notes/notes/{note_id}"]["patch"]["x-allowed-roles"] == ["owner"]
    assert paths["/notes/notes"]["post"]["x-allowed-roles"] == ["member"]


def test_a_conflict_lists_every_code_that_the_runtime_gives() -> None:
    given = [
        re.findall(r'\bconflict\(\s*"([a-z_]+)"', path.read_text("utf-8"))
        for path in Path(nexus_runtime.__file__).parent.glob("*.py")
    ]
    assert set(components.responses()["Conflict"][components.CODES]) == set(chain(*given))


@pytest.mark.parametrize(
    "header", ["*", '"1"', 'W/"1"', '"1", "2"', '"a,b"', "1", "", "W/", '"1', "*, *", '"1" "2"']
)
def test_if_match_is_described_as_the_runtime_takes_it(header: str) -> None:
    pattern = components.PARAMETERS["IfMatch"]["schema"]["pattern"]
    try:
        IfMatch(header)
    except Problem:
        assert not re.search(pattern, header)
    else:
        assert re.search(pattern, header)


def test_lists_take_indexed_filters_orders_and_pages(document: Load) -> None:
    parameters = document(model_of(NOTES))["paths"]["/notes/notes"]["get"]["parameters"]
    named = {one["name"]: one["schema"] for one in parameters if "name" in one}
    assert list(named) == ["stars", "sort", "deleted"]
    assert named["sort"]["enum"] == ["created_at", "-created_at", "title", "-title"]
    references = [one["$ref"].rpartition("/")[2] for one in parameters if "$ref" in one]
    assert references == ["Limit", "Cursor"]


def test_the_list_says_which_filters_and_orders_go_together(document: Load) -> None:
    described = document(model_of(NOTES))["paths"]["/notes/notes"]["get"]["description"]
    assert described.splitlines()[2:] == [
        "- no filter, sort `created_at`",
        "- `stars`, sort `title`",
    ]


@pytest.mark.parametrize(
    ("path", "method", "statuses"),
    [
        ("", "get", "200 400 401 403 405 429 431 500 503"),
        ("", "post", "201 400 401 403 405 409 413 415 422 429 431 500 503"),
        ("/{note_id}", "get", "200 304 400 401 403 404 405 429 431 500 503"),
        ("/{note_id}", "patch", "200 400 401 403 404 405 409 412 413 415 429 431 500 503"),
        ("/{note_id}", "delete", "204 400 401 403 404 405 409 412 429 431 500 503"),
        ("/{note_id}/restore", "post", "200 400 401 403 404 405 409 412 422 429 431 500 503"),
    ],
)
def test_operations_list_every_status(
    document: Load, path: str, method: str, statuses: str
) -> None:
    responses = document(model_of(NOTES))["paths"][f"/notes/notes{path}"][method]["responses"]
    assert list(responses) == statuses.split()


def test_a_demanded_if_match_is_required_and_428_without(document: Load) -> None:
    spec = NOTES.replace("delete: {soft: true}", "if_match: required")
    item = document(model_of(spec))["paths"]["/notes/notes/{note_id}"]
    for method in ("patch", "delete"):
        assert item[method]["parameters"] == [{"$ref": "#/components/parameters/IfMatchRequired"}]
        assert "428" in item[method]["responses"]


def test_bodies_take_what_the_runtime_takes(document: Load) -> None:
    schemas = document(model_of(NOTES))["components"]["schemas"]
    create = Draft202012Validator(schemas["NoteCreate"])
    assert create.is_valid({"title": "a"})
    assert create.is_valid({"title": "a", "stars": None, "tags": {"k": "v"}})
    assert not create.is_valid({"stars": 1})
    assert not create.is_valid({"title": "a", "version": 1})
    assert not create.is_valid({"title": "a", "tags": {"": "v"}})
    patch = Draft202012Validator(schemas["NotePatch"])
    assert patch.is_valid({"stars": None, "tags": {"k": None}})
    assert not patch.is_valid({"title": "immutable"})


def test_answers_have_every_field_and_null_for_what_is_unset_or_unreadable(document: Load) -> None:
    note = document(model_of(NOTES))["components"]["schemas"]["Note"]
    times = {"deleted_at", "restorable_until"}
    assert {*note["required"]} == note["properties"].keys() - times
    assert note["properties"]["stars"]["type"] == ["integer", "null"]
    assert note["properties"]["id"]["type"] == "string"
    assert note["properties"]["tags"]["type"] == ["object", "null"]
    plain = document(model_of(NOTES.replace("delete: {soft: true}", "if_match: required")))
    assert not times & plain["components"]["schemas"]["Note"]["properties"].keys()


def test_names_that_two_verticals_share_carry_the_vertical(document: Load) -> None:
    model = model_of(NOTES, NOTES.replace("vertical: notes", "vertical: archive"))
    described = document(model)
    schemas = described["components"]["schemas"]
    assert {"NotesNote", "ArchiveNote"} < schemas.keys()
    assert "Note" not in schemas
    assert described["paths"]["/archive/notes"]["get"]["operationId"] == "archiveListNotes"


def test_schemas_of_ours_keep_their_names(document: Load) -> None:
    spec = NOTES.replace("Note:", "Problem:")
    schemas = document(model_of(spec))["components"]["schemas"]
    assert "status" in schemas["Problem"]["properties"]
    assert "title" in schemas["NotesProblem"]["properties"]


def test_anchors_name_the_entity_of_each_stretch() -> None:
    model = model_of(NOTES)
    (artifact,) = OpenApiBackend().generate(model)
    lines = artifact.content.decode().splitlines()
    (note,) = model.verticals[0].entities
    assert [lines[line - 1].strip() for line, _ in artifact.anchors] == ["/notes/notes:", "Note:"]
    assert {span for _, span in artifact.anchors} == {note.span}


@examples(ci=100, soak=1_000)
@given(text=HOSTILE)
def test_hostile_descriptions_survive(document: Load, text: str) -> None:
    fields = {"kind": {"type": "enum", "values": [text, "b"], "description": text}}
    note = {"description": text, "fields": fields, "access": {"read": ["member"]}}
    spec = {"vertical": "notes", "description": text, "entities": {"Note": note}}
    described = document(model_of_data(spec))
    kind = described["components"]["schemas"]["Note"]["properties"]["kind"]
    assert kind["enum"] == [text, "b", None]
    assert kind.get("description", "") == text
    assert described["tags"][0].get("description", "") == text


@examples(
    ci=10,
    soak=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(verticals())
def test_documents_are_valid_and_so_are_their_examples(
    document: Load, vertical: dict[str, Any]
) -> None:
    described = document(model_of_data(_portable(vertical)))
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []
    for schema, example in _examples(described):
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(example)


def _portable(value: Any) -> Any:
    """Without patterns and defaults at random, which a real spec's rules would have refused."""
    if isinstance(value, dict):
        return {
            name: _portable(inner)
            for name, inner in value.items()
            if name != "pattern" and not (name == "default" and "type" in value)
        }
    return value


def _examples(described: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    for schema in described["components"]["schemas"].values():
        for example in schema.get("examples", []):
            yield {**schema, "components": described["components"]}, example


@pytest.mark.parametrize(
    ("pattern", "min_length", "expected"),
    [
        (r"^[a-z]{2}(-[A-Z]{2})?$", 0, "aa-AA"),
        (r"^\d{3,}[^a-z]+(foo|bar)$", 0, "111Afoo"),
        (r"^[^\W\d]\w*$", 7, "aaaaaaaa"),
        (r"^.{5,10}$", 7, "aaaaaaa"),
        (r"(?=a)b", 0, None),
        (r"(?:a{5000}){5000}", 0, None),
        (r"[", 0, None),
    ],
)
def test_an_example_is_found_for_ordinary_patterns(
    pattern: str, min_length: int, expected: str | None
) -> None:
    assert matching(pattern, min_length) == expected
