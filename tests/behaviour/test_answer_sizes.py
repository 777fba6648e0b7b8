"""No answer is larger than what Lambda takes, however much a page or an error would like to say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from nexus_gen.analysis.sizes import MAX_ITEM, field_bytes
from nexus_gen.analysis.values import refusal
from nexus_gen.model import FIELD_TYPES
from nexus_runtime.answers import sent_bytes
from nexus_runtime.http import to_json
from nexus_runtime.problems import MAX_POINTERS, Errors, invalid_body
from tests.backends.models import model_of

from .api import Client, Handler
from .conftest import Aws
from .estate import TABLE, Table
from .samples import COURSES, SAMPLES, course, sample
from .test_list import every_page
from .wire import Call, Fault, Send, Wire, dynamodb_answer

LAMBDA = 6_291_556
"""Bytes of JSON that Lambda takes from a function (error Function.ResponseSizeTooLarge)."""

HTML = '<p class="note" lang=\'en\'>\n\t"Ærlig" \u65e5\u672c</p>\n'
TEXTS = {
    "html": HTML * (50_000 // len(HTML.encode())),
    "quotes": '"' * 50_000,
    "backslashes": "\\" * 50_000,
    "controls": "\x01" * 50_000,
    "letters": "x" * 100_000,
    "wide": "\U0001f600" * 25_000,
}
LISTS: dict[str, dict[str, str]] = {
    "table": {},
    "descending": {"sort": "-created_at"},
    "index": {"level": "beginner"},
    "index descending": {"level": "beginner", "sort": "-starts_on"},
    "trash": {"deleted": "true"},
}


def sent(answer: dict[str, Any]) -> int:
    """Bytes that the runtime client of python3.13 sends for an answer (awslambdaric, to_json)."""
    return len(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@pytest.fixture
def sizes(client: Client) -> list[int]:
    """Sizes of all answers of `measured`, in order."""
    return []


@pytest.fixture
def measured(client: Client, sizes: list[int]) -> Client:
    """The client, its answers measured."""
    inner = client.handler

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        answer = inner(event, context)
        sizes.append(sent(answer))
        return answer

    outer: Handler = handler
    return client.having(handler=outer)


def enlarge(aws: Aws, table: Table, attribute: str, text: str) -> None:
    """Give every item of an entity a long text, whatever its bounds are."""
    for item in table.items():
        if "version" in item:
            aws.dynamodb.put_item(TableName=TABLE, Item={**item, attribute: {"S": text}})


def identifiers(pages: list[list[dict[str, Any]]]) -> list[str]:
    """Ids of all items of a list."""
    return [item["id"] for page in pages for item in page]


@pytest.mark.parametrize(
    ("of", "text"),
    [*(("table", text) for text in TEXTS), *((of, "quotes") for of in LISTS if of != "table")],
)
def test_a_page_ends_before_lambdas_limit(
    measured: Client, aws: Aws, table: Table, sizes: list[int], of: str, text: str
) -> None:
    count = 101
    for number in range(count):
        answer = measured.post(COURSES, course(starts_on=f"2026-01-{number % 28 + 1:02}"))
        if of == "trash":
            measured.delete(f"{COURSES}/{answer.json['id']}")
    expected = identifiers(every_page(measured, COURSES, **LISTS[of], limit="100"))
    enlarge(aws, table, "summary", TEXTS[text])
    assert len(expected) == len(set(expected)) == count
    sizes.clear()
    pages = every_page(measured, COURSES, **LISTS[of], limit="100")
    assert identifiers(pages) == expected
    assert max(sizes) <= LAMBDA
    one = sizes[0] / len(pages[0])
    for page, size in list(zip(pages, sizes, strict=True))[:-1]:
        assert len(page) == 100 or size + 2 * one > LAMBDA, "there was room for the next item"


def read_as(name: str, attribute: dict[str, Any]) -> Fault:
    """DynamoDB, with another value of an attribute in every item that it gives."""

    def fault(call: Call, send: Send) -> AWSResponse:
        answer = send()
        if call.operation not in ("GetItem", "Query"):
            return answer
        content = json.loads(answer.content)
        for item in [*content.get("Items", ()), *([content["Item"]] if "Item" in content else ())]:
            item[name] = attribute
        return dynamodb_answer(content)

    return fault


def test_items_as_large_as_dynamodb_stores_are_answered(
    measured: Client, wire: Wire, sizes: list[int]
) -> None:
    paths = [measured.post(SAMPLES, sample()).headers["location"][4:] for _ in range(5)]
    wire.fault = read_as("label", {"S": "\x01" * (MAX_ITEM - 500)})
    sizes.clear()
    for path in paths:
        assert len(measured.get(path).json["label"]) == MAX_ITEM - 500
    assert [len(page) for page in every_page(measured, SAMPLES)] == [2, 2, 1]
    assert max(sizes) <= LAMBDA


def test_an_answer_that_does_not_fit_is_500_and_the_log_says_why(
    measured: Client, wire: Wire, sizes: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    path = measured.post(SAMPLES, sample()).headers["location"][4:]
    wire.fault = read_as("label", {"S": "\x01" * 1_000_000})
    for answer in (measured.get(path), measured.get(SAMPLES)):
        assert (answer.status, answer.json["code"]) == (500, "internal")
    assert capsys.readouterr().out.count("answer: too large") == 2
    assert max(sizes) <= LAMBDA


NAME = "x"
"""The shortest name of a field: what comes besides a value weighs most."""
WORST: dict[str, list[tuple[str, Any]]] = {
    "string": [("max_length: 9", '"' * 9), ("max_length: 1", "\U0001f600")],
    "text": [("max_length: 9", '"' * 9), ("max_length: 9", "\n" * 9)],
    "slug": [("max_length: 1", "a")],
    "email": [("", f"{'`' * 64}@{'a' * 63}.{'b' * 63}.{'c' * 59}")],
    "url": [("max_length: 8", "http://a")],
    "uuid": [("", "0b2f6a54-7f0e-4d8a-9a35-5a1f4c2d7e90")],
    "integer": [("", -(2**53) + 1), ("", 0)],
    "number": [("", -1.23456789012345e-125), ("", 0)],
    "decimal": [("scale: 37", f"-9.{'9' * 37}"), ("scale: 0", f"-{'9' * 38}")],
    "boolean": [("", False)],
    "date": [("", "2026-01-31")],
    "datetime": [("", "2026-01-31T10:00:00.000000Z")],
    "duration": [("", f"P{'1' * 62}W")],
    "enum": [("values: ['\"']", '"'), ("values: [a]", "a")],
    "ref": [("to: Note", "01K00000000000000000000000")],
    "list": [
        ("max_items: 9, of: {type: boolean}", [False] * 9),
        ("max_items: 9, of: {type: enum, values: ['\"']}", ['"'] * 9),
        ("max_items: 3, of: {type: list, max_items: 3, of: {type: boolean}}", [[False] * 3] * 3),
        ("max_items: 9, of: {type: object, fields: {a: {type: boolean}}}", [{"a": None}] * 9),
    ],
    "map": [
        ("max_items: 3, of: {type: boolean}", {'"' * 254 + at: False for at in "abc"}),
        ("max_items: 9, of: {type: boolean}", {str(at): False for at in range(9)}),
    ],
    "object": [
        ("fields: {a: {type: boolean}, b: {type: boolean}}", {"a": None, "b": False}),
        ("fields: {a: {type: object, fields: {b: {type: boolean}}}}", {"a": {"b": None}}),
    ],
    "json": [
        ("max_bytes: 100", {'"' * 47: 1}),
        ("max_bytes: 100", ["\x01" * 16]),
        ("max_bytes: 2", ""),
        ("max_bytes: 100, max_depth: 32", [[[[[["\\" * 42]]]]]]),
    ],
}
"""For each type some narrow bounds, and the values of which most bytes are sent."""


def test_every_type_has_its_worst_values() -> None:
    assert WORST.keys() == FIELD_TYPES.keys()


@pytest.mark.parametrize(
    ("kind", "bounds", "value"),
    [(kind, bounds, value) for kind, worst in WORST.items() for bounds, value in worst],
)
def test_a_value_grows_at_most_fifteenfold_on_its_way_out(
    kind: str, bounds: str, value: Any
) -> None:
    """NX309 counts 400 KB an item at most, so that 15 times as much is less than the limit."""
    assert 15 * MAX_ITEM < LAMBDA
    declared = f"{{type: {kind}{', ' * bool(bounds)}{bounds}}}"
    model = model_of(
        f"vertical: notes\nentities:\n  Note:\n    fields:\n      {NAME}: {declared}\n"
        "    access: {read: [member]}\n"
    )
    (field,) = model.verticals[0].entities[0].fields
    assert kind == "ref" or refusal(field, value) is None
    for sent_value in (value, None):
        written = sent_bytes(to_json({NAME: sent_value})) - len('"{}"') + len(",")
        assert written <= 15 * field_bytes(field), (written, field_bytes(field))


@pytest.mark.parametrize(
    "body",
    [
        {"/" * 900_000: 1},
        {"\n" * 400_000: 1},
        {'"' * 400_000: 1},
        {"label": "x", "place": {f"{'~' * 200}{number}": 1 for number in range(4000)}},
        {f"{'/' * 90}{number}": 1 for number in range(9_000)},
        {"label": "x", "notes": {f"{'~' * 150}{number}": None for number in range(5)}},
    ],
    ids=["slashes", "lines", "quotes", "nested", "many", "map"],
)
def test_an_error_with_the_callers_own_names_fits(
    measured: Client, sizes: list[int], body: Any
) -> None:
    answer = measured.post(SAMPLES, body)
    assert answer.status == 400
    assert 1 <= len(answer.json["errors"]) <= 1000
    assert max(sizes) < 3_000_000


def test_errors_below_long_names_end_where_the_answer_would_be_too_long() -> None:
    errors = Errors()
    for number in range(1000):
        errors.add(f"/{'x' * 8_000}/{number}", "type", "The value is not a string.")
    listed = invalid_body(errors).body("id")["errors"]
    assert MAX_POINTERS * 0.9 < sum(len(error["pointer"]) for error in listed) <= MAX_POINTERS
    errors = Errors()
    errors.add("/" + "x" * 900_000, "unknown", "There is no such field.")
    assert len(invalid_body(errors).body("id")["errors"]) == 1
