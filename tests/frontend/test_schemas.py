"""The schemas as shipped: in step with the language, and understood alike by two validators."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from jsonschema.protocols import Validator

from nexus_gen.frontend import Document, DocumentKind, schemas
from nexus_gen.frontend.grammar import SCHEMAS, as_file
from nexus_gen.frontend.schema_problems import KEYWORDS
from nexus_gen.frontend.validating import failures
from nexus_gen.model import CORE_OUTPUTS, CORE_RESOURCES, FIELD_TYPES

from .mutations import OPERATORS, ROOT, mutants
from .reading import document, read

_ANNOTATIONS = {"$schema", "title", "description", "default", "examples", "patternErrorMessage"}
_STRUCTURE = {
    "$defs",
    "$ref",
    "properties",
    "propertyNames",
    "items",
    "allOf",
    "if",
    "then",
    "else",
}


def _subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all schemas inside it."""
    if not isinstance(schema, dict):
        return
    yield schema
    for keyword in ("properties", "$defs"):
        for inner in schema.get(keyword, {}).values():
            yield from _subschemas(inner)
    for keyword in ("propertyNames", "items", "additionalProperties", "if", "then", "else"):
        yield from _subschemas(schema.get(keyword))
    for branch in schema.get("allOf", ()):
        yield from _subschemas(branch)


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_shipped_schema_is_in_step_with_the_language(
    kind: DocumentKind, update_golden: bool
) -> None:
    if update_golden:
        schemas.path_of(kind).write_text(as_file(SCHEMAS[kind]), encoding="utf-8")
    assert schemas.path_of(kind).read_text(encoding="utf-8") == as_file(SCHEMAS[kind])


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_schema_is_valid_2020_12(kind: DocumentKind) -> None:
    assert schemas.schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schemas.schema(kind))


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_keyword_that_can_fail_has_an_explanation(kind: DocumentKind) -> None:
    used = {key for schema in _subschemas(schemas.schema(kind)) for key in schema}
    assert used - KEYWORDS - _ANNOTATIONS - _STRUCTURE == set()


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_key_is_described_for_editors(kind: DocumentKind) -> None:
    for schema in _subschemas(schemas.schema(kind)):
        if set(schema) <= {"properties", "required"}:  # the condition of a branch
            continue
        for key, value in schema.get("properties", {}).items():
            if isinstance(value, dict):
                target = schemas.schema(kind)
                for part in value.get("$ref", "#").split("/")[1:]:
                    target = target[part]
                assert value.get("description") or target.get("description"), key


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_pattern_says_in_words_what_it_wants(kind: DocumentKind) -> None:
    patterned = [s for s in _subschemas(schemas.schema(kind)) if "pattern" in s]
    assert patterned
    assert all(schema.get("patternErrorMessage") for schema in patterned)


def _keys_by_type() -> dict[str, set[str]]:
    branches = schemas.schema(DocumentKind.VERTICAL)["$defs"]["typed"]["allOf"][1:]
    return {
        branch["if"]["properties"]["type"]["const"]: set(branch["then"]["properties"])
        for branch in branches
    }


def test_the_schema_knows_each_field_type_and_its_constraints() -> None:
    common = {"type", "description", "required", "immutable", "default"}
    expected = {name: common | set(entry.constraints) for name, entry in FIELD_TYPES.items()}
    assert _keys_by_type() == expected
    for place in ("field", "member", "element"):
        listed = schemas.schema(DocumentKind.VERTICAL)["$defs"][place]["properties"]["type"]
        assert listed["enum"] == list(FIELD_TYPES)


def test_the_schema_knows_what_can_be_renamed_in_core() -> None:
    integration = schemas.schema(DocumentKind.NEXUS)["properties"]["integration"]["properties"]
    assert set(integration["core_outputs"]["properties"]) == set(CORE_OUTPUTS)
    assert set(integration["core_resources"]["properties"]) == set(CORE_RESOURCES)


def _reference(kind: DocumentKind) -> Validator:
    """`jsonschema`, with `$` as JSON Schema means it: the very end (ECMA-262), which in Python's
    `re` also matches before a last line end."""

    def pattern(
        _: Any, wanted: str, instance: Any, __: Any
    ) -> Iterator[jsonschema.ValidationError]:
        strict = re.sub(r"\$$", r"\\Z", wanted)
        if isinstance(instance, str) and not re.search(strict, instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {wanted!r}")

    make: Callable[..., type[Validator]] = jsonschema.validators.extend
    return make(jsonschema.Draft202012Validator, {"pattern": pattern})(schemas.schema(kind))


def _assert_agree(found: Document, reference: Validator, name: str) -> None:
    fast = {(failure.path, failure.keyword) for failure in failures(found)}
    slow = {
        (tuple(e.absolute_path), e.validator or "falseSchema")
        for e in reference.iter_errors(found.data)
    }
    assert fast == slow, name


@pytest.mark.parametrize("operator", OPERATORS)
def test_both_validators_find_the_same_failures_in_the_corpus(operator: str) -> None:
    references = {kind: _reference(kind) for kind in DocumentKind}
    for mutant in mutants(operator):
        found = read(mutant.content, mutant.file)
        if isinstance(found, Document):
            _assert_agree(found, references[found.kind], mutant.name)


@pytest.mark.parametrize("file", ["spec/nexus.yaml", "spec/verticals/education.yaml"])
def test_both_validators_accept_the_spec(file: str) -> None:
    found = document((ROOT / file).read_text(encoding="utf-8"), file)
    assert list(failures(found)) == []
    assert list(_reference(found.kind).iter_errors(found.data)) == []


def test_the_front_end_imports_no_slow_validator() -> None:
    script = "import sys, nexus_gen.frontend; print('jsonschema' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
