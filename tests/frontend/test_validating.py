"""A wrong shape is told once, at the culprit, with the move."""

from __future__ import annotations

import pytest

from nexus_gen.diagnostics import Diagnostic, SpecError
from nexus_gen.frontend import validate

from .mutations import ROOT
from .reading import document, problems

NEXUS = (ROOT / "spec/nexus.yaml").read_text(encoding="utf-8")


def _entity(body: str) -> str:
    return f"vertical: x\nentities:\n  Course:\n{body}"


def _field(declaration: str) -> str:
    return _entity(f"    fields:\n      title: {declaration}\n")


def _text_at(problem: Diagnostic, text: str) -> str:
    assert problem.span is not None
    line = text.split("\n")[problem.span.line - 1]
    return line[problem.span.column - 1 : problem.span.end_column - 1]


@pytest.mark.parametrize(
    ("declaration", "code", "culprit", "message", "move"),
    [
        ("{type: strnig}", "NX104", "strnig", "not a field type", "`string`"),
        ("{type: String}", "NX104", "String", "not a field type", "`string`"),
        ("{type: 7}", "NX104", "7", "`7` is not a field type", "`string`"),
        ("{type: }", "NX103", "type", "`type` has no value", "write a value"),
        ("{required: true}", "NX102", "title", "`title` lacks the key `type`", "add `type`"),
        ("{tpye: string}", "NX101", "tpye", "`tpye` is not a key of `title`", "`type`"),
        ("{type: string, requird: true}", "NX101", "requird", "not a key", "`required`"),
        ("{type: string, zzz: 1}", "NX101", "zzz", "not a key", "legal here: `default`"),
        ("{type: integer, max_length: 3}", "NX110", "max_length", "`type: integer`", "`maximum`"),
        ("{type: string, max_lenght: 3}", "NX101", "max_lenght", "not a key", "`max_length`"),
        ("string", "NX103", "string", "must be a mapping", "write `{type: string}`"),
        ("[string]", "NX103", "[string]", "must be a mapping, not a list", "pairs"),
        ("", "NX103", "title", "`title` has no value", "write a value"),
        ("{type: string, required: 1}", "NX103", "1", "true or false", "write `true`"),
        ("{type: string, max_length: x}", "NX103", "x", "a whole number", "write a number"),
        (
            "{type: string, max_length: '9'}",
            "NX103",
            "'9'",
            "a whole number",
            "`9`, without quotes",
        ),
        (
            "{type: string, max_length: 5MB}",
            "NX103",
            "5MB",
            "a whole number",
            "`5`, without a unit",
        ),
        ("{type: string, max_length: 1.5}", "NX103", "1.5", "with a fraction", "without a point"),
        ("{type: string, max_length: 0}", "NX107", "0", "at least 1", "from 1 to 2,048"),
        ("{type: string, max_length: 9999}", "NX107", "9999", "at most 2,048", "from 1"),
        ("{type: decimal, default: 1.5}", "NX103", "1.5", "must be text", 'quote it: "1.5"'),
        ("{type: decimal, minimum: '1e3'}", "NX106", "'1e3'", "form", "`12.50`"),
        ("{type: enum}", "NX102", "title", "lacks the key `values`", "add `values`"),
        ("{type: enum, values: x}", "NX103", "x", "must be a list", "write a list: [x]"),
        ("{type: enum, values: [a, 1]}", "NX103", "1", "entry 2 of `values`", 'quote it: "1"'),
        ("{type: enum, values: [a, b, a]}", "NX109", "a", "twice in `values`", "remove"),
        ("{type: enum, values: []}", "NX108", "[]", "`values` is empty", "at least 1 entry"),
        ("{type: ref}", "NX102", "title", "lacks the key `to`", "add `to`"),
        ("{type: ref, to: course}", "NX106", "course", "form", "`Course`"),
        ("{type: ref, to: X, on_delete: cascad}", "NX105", "cascad", "`on_delete`", "`cascade`"),
        ("{type: list}", "NX102", "title", "lacks the key `of`", "add `of`"),
        ("{type: list, of: {type: x}}", "NX104", "x", "not a field type", ""),
        ("{type: list, of: {type: text, default: a}}", "NX111", "default", "no meaning", "remove"),
        ("{type: object, fields: {}}", "NX108", "{}", "`fields` is empty", "at least 1 entry"),
        ("{type: object, fields: {Ab: {type: text}}}", "NX106", "Ab", "form", "`ab`"),
    ],
)
def test_a_field_of_the_wrong_shape_is_told_once(
    declaration: str, code: str, culprit: str, message: str, move: str
) -> None:
    text = _field(declaration)
    (problem,) = problems(text)
    assert (problem.code, _text_at(problem, text)) == (code, culprit)
    assert message in problem.message
    assert move in problem.help


@pytest.mark.parametrize(
    ("body", "code", "culprit"),
    [
        ("    access: {read: [a]}\n", "NX102", "Course"),
        ("    fields: {}\n", "NX108", "{}"),
        ("    fields: {a: {type: text}}\n    acces: {read: [b]}\n", "NX101", "acces"),
        ("    fields: {a: {type: text}}\n    access: {}\n", "NX108", "{}"),
        ("    fields: {a: {type: text}}\n    access: {inherit: A, read: [b]}\n", "NX110", "read"),
        ("    fields: {a: {type: text}}\n    access: {inherit: A, foo: [b]}\n", "NX101", "foo"),
        ("    fields: {a: {type: text}}\n    access: {read: [b c]}\n", "NX106", "b c"),
        ("    fields: {a: {type: text}}\n    indexes: {i: {}}\n", "NX108", "{}"),
        ("    fields: {a: {type: text}}\n    delete: {soft: true, retain: 30}\n", "NX103", "30"),
        ("    fields: {a: {type: text}}\n    delete: {retain: 30d}\n", "NX102", "delete"),
        ("    fields: {a: {type: text}}\n    unique: a\n", "NX103", "a"),
    ],
)
def test_an_entity_of_the_wrong_shape_is_told_once(body: str, code: str, culprit: str) -> None:
    text = _entity(body)
    (problem,) = problems(text)
    assert (problem.code, _text_at(problem, text)) == (code, culprit)


@pytest.mark.parametrize(
    ("old", "new", "code", "culprit"),
    [
        ("nexus: 1", "nexus: 2", "NX112", "2"),
        ("nexus: 1", "nexus: '1'", "NX112", "'1'"),
        ("nexus: 1", "nexus: true", "NX112", "true"),
        ("memory_mb: 512", "memory_mb: 64", "NX107", "64"),
        ("log_retention_days: 365", "log_retention_days: 100", "NX105", "100"),
        ("region: us-east-1", "region: Virginia", "NX106", "Virginia"),
        ("backend: local, path", "backend: s3, path", "NX110", "path"),
        ("mode: extended", "mode: extend", "NX105", "extend"),
        ("http://localhost:5173", "http://localhost:5173/", "NX106", "http://localhost:5173/"),
        ("core_state:", "core_stat:", "NX101", "core_stat"),
        ("  staging:", "  stag-ing:", "NX106", "stag-ing"),
    ],
)
def test_a_product_of_the_wrong_shape_points_at_the_culprit(
    old: str, new: str, code: str, culprit: str
) -> None:
    assert old in NEXUS
    text = NEXUS.replace(old, new, 1)
    found = problems(text, "spec/nexus.yaml")
    assert (code, culprit) in {(p.code, _text_at(p, text)) for p in found if p.span}


_STATE = "../../infrastructure/{environment}/terraform.tfstate"
_API = "{project}-{environment}-{product}-api"


@pytest.mark.parametrize(
    ("old", "new", "help_"),
    [
        (_API, "{project}-{enviroment}-api", 'write "{project}-{environment}-api"'),
        (_API, "${project}-{{env}}-api", 'write "{project}-{environment}-api"'),
        (
            _API,
            "my/api",
            "write letters, digits, `_.-`, `{project}`, `{environment}` and `{product}`",
        ),
        (_STATE, "../x/{env}/a.tfstate", 'write "../x/{environment}/a.tfstate"'),
        (_STATE, "../{enviroment}/a", 'write "../{environment}/a"'),
        (
            _STATE,
            "../{workspace}/a",
            "write a path in which `{environment}` alone stands in braces",
        ),
        (
            f'backend: local, path: "{_STATE}"',
            "backend: s3, bucket: abc, region: us-east-1, key: 'core/${env}/a'",
            'write "core/{environment}/a"',
        ),
        *(
            ("tenancy:", f"cors: {{{key}: [a]}}\ntenancy:", help_)
            for key, help_ in (
                ("allowed_headers", "did you mean `request_headers`?"),
                ("allow_headers", "did you mean `request_headers`?"),
                ("expose_headers", "did you mean `exposed_headers`?"),
                ("allowed_origins", "write the origins as `cors_origins` of each environment"),
                ("allowed_methods", "remove it: pages may use every method that a path has"),
                (
                    "allow_credentials",
                    "remove it: callers send a token in `Authorization`, and there are no cookies",
                ),
            )
        ),
        (
            "tenancy:",
            "log_group: shared\ntenancy:",
            "write `logging: {group: shared}`, or `function` for a group each",
        ),
    ],
)
def test_what_was_meant_in_the_product_is_named(old: str, new: str, help_: str) -> None:
    assert NEXUS.count(old) == 1
    (problem,) = problems(NEXUS.replace(old, new), "spec/nexus.yaml")
    assert problem.help == help_


def test_a_number_that_is_not_on_the_list_gets_its_neighbours() -> None:
    text = NEXUS.replace("log_retention_days: 365", "log_retention_days: 100")
    (problem,) = problems(text, "spec/nexus.yaml")
    assert problem.help == "the nearest are `90` and `120`"


def test_a_missing_key_of_the_file_is_a_problem_of_the_file() -> None:
    (problem,) = problems("vertical: x\n")
    assert (problem.code, problem.message) == ("NX102", "this file lacks the key `entities`")
    assert problem.span is not None
    assert problem.span.is_whole_file


def test_each_missing_key_is_told_once() -> None:
    found = problems("nexus: 1\nproduct: a\nproject: b\n", "spec/nexus.yaml")
    assert [problem.help for problem in found] == [
        "add `region`: AWS region",
        "add `tenancy`: where the tenant and its roles come from",
        "add `environments`: deployments of the product, by name",
        "add `integration`: the estate that is extended",
    ]


def test_a_key_that_does_not_go_with_another_names_it() -> None:
    (problem,) = problems(_field("{type: integer, max_length: 3}"))
    assert [label.message for label in problem.labels] == ["because of `type: integer`"]
    assert problem.help == (
        "remove `max_length`, or change `type`; `type: integer` takes `minimum`, `maximum`"
    )


def test_all_problems_of_all_documents_are_told_in_order() -> None:
    first = document(_field("{type: strnig, required: 3}"), "spec/verticals/a.yaml")
    second = document(_field("{}"), "spec/verticals/b.yaml")
    with pytest.raises(SpecError) as raised:
        validate([first, second])
    assert [(p.code, p.span.file if p.span else "") for p in raised.value.diagnostics] == [
        ("NX104", "spec/verticals/a.yaml"),
        ("NX103", "spec/verticals/a.yaml"),
        ("NX102", "spec/verticals/b.yaml"),
    ]


@pytest.mark.parametrize(
    ("written", "move"), [("Café", "did you mean `Cafe`?"), ("Straßen-Netz", "write a name like")]
)
def test_a_suggested_name_loses_no_letter(written: str, move: str) -> None:
    (problem,) = problems(
        f"vertical: x\nentities:\n  {written}:\n    fields: {{a: {{type: text}}}}\n"
    )
    assert problem.help.startswith(move)


def test_a_name_with_placeholders_is_not_mended_like_a_plain_name() -> None:
    text = NEXUS.replace("{product}-api", "{produkt}-api")
    (problem,) = problems(text, "spec/nexus.yaml")
    assert (problem.code, "did you mean" in problem.help) == ("NX106", False)
