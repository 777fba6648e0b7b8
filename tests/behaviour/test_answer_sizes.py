"""No answer is larger than what Lambda takes, however much a page or an error would like to say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from nexus_gen.analysis.sizes import MAX_ITEM, value_bytes
from nexus_gen.model import Field, Model
from nexus_runtime.answers import sent_bytes
from nexus_runtime.http import to_json
from nexus_runtime.problems import MAX_POINTERS, Errors, invalid_body

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


@pytest.mark.parametrize("kind", ["string", "integer", "number", "decimal", "boolean", "enum"])
def test_a_value_grows_at_most_fifteenfold_on_its_way_out(model: Model, kind: str) -> None:
    """An item takes 400 KB at most by NX309, so that 15 times as much is less than the limit."""
    assert 15 * MAX_ITEM < LAMBDA
    fields = [
        field
        for vertical in model.verticals
        for entity in vertical.entities
        for field in entity.fields
        if field.type.name == kind
    ]
    assert fields
    for field in fields:
        written = sent_bytes(to_json({field.name.snake: largest(field)})) - len('"{}"')
        assert written <= 15 * (len(field.name.raw) + value_bytes(field)), field.name
        unset = sent_bytes(to_json({field.name.snake: None})) - len('"{}"')
        assert unset <= 15 * (len(field.name.raw) + value_bytes(field)), field.name


def largest(field: Field) -> Any:
    """The value of a field that takes most bytes in an answer."""
    match field.type.name:
        case "string":
            return "\x01" * (field.constraints.max_length or 0)
        case "integer":
            return -(2**53) + 1
        case "number":
            return -1.23456789012345e-125
        case "decimal":
            return f"-{'9' * 60}.{'9' * (field.constraints.scale or 0)}"
        case "enum":
            return max(field.constraints.values, key=len)
    return False


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
