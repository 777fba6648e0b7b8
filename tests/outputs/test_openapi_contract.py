"""The OpenAPI document of `spec/`."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from nexus_gen.backends.openapi.backend import OpenApiBackend
from nexus_gen.model import Model


@pytest.fixture(scope="module")
def openapi(project_model: Model) -> dict[str, Any]:
    """The document, as data."""
    (artifact,) = OpenApiBackend().generate(project_model)
    document: dict[str, Any] = yaml.load(artifact.content, Loader=yaml.CSafeLoader)
    return document


def test_the_validator_finds_nothing(openapi: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(openapi).iter_errors()) == []


def test_every_operation_of_the_model_is_described_and_no_other(
    openapi: dict[str, Any], project_model: Model
) -> None:
    expected = {
        (operation.path, operation.method.lower())
        for vertical in project_model.verticals
        for entity in vertical.entities
        for operation in entity.operations
    }
    described = {
        (path, method)
        for path, item in openapi["paths"].items()
        for method in item.keys() - {"parameters"}
    }
    assert described == expected


def test_every_entity_has_examples_and_they_fit_their_schemas(
    openapi: dict[str, Any], project_model: Model
) -> None:
    schemas = openapi["components"]["schemas"]
    for vertical in project_model.verticals:
        for entity in vertical.entities:
            for suffix in ("", "Create", "Patch"):
                schema = schemas[f"{entity.name.pascal}{suffix}"]
                (example,) = schema["examples"]
                complete = {**schema, "components": openapi["components"]}
                checker = FormatChecker()
                Draft202012Validator(complete, format_checker=checker).validate(example)


def test_examples_of_bodies_pass_the_runtime_too(
    openapi: dict[str, Any], project_model: Model
) -> None:
    """What the document shows must be what the function accepts: the rendered checks say so."""
    from nexus_gen.backends.lambda_.backend import LambdaBackend
    from nexus_runtime.problems import Errors

    for artifact in LambdaBackend(layer=dict).generate(project_model):
        module: dict[str, Any] = {"__name__": "rendered"}
        if b"CHECKS = {" in artifact.content:
            exec(compile(artifact.content, artifact.path, "exec"), module)
            name = next(entity for entity in _pascal_names(project_model) if entity in module)
            schema = openapi["components"]["schemas"][f"{name}Create"]
            errors = Errors()
            for field, value in schema["examples"][0].items():
                module["CHECKS"][field](value, f"/{field}", errors)
            assert errors == [], artifact.path


def _pascal_names(model: Model) -> list[str]:
    return [entity.name.pascal for vertical in model.verticals for entity in vertical.entities]


def test_every_reference_points_at_something_and_every_component_is_used(
    openapi: dict[str, Any],
) -> None:
    used = set(_references(openapi))
    components = {
        f"#/components/{kind}/{name}"
        for kind, entries in openapi["components"].items()
        if kind != "securitySchemes"
        for name in entries
    }
    assert used <= components
    assert components - used == set()


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for item in value for one in _references(item)]
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [one for item in value.values() for one in _references(item)]
    return []
