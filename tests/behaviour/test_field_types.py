"""Each field type's values, written and read back: what is accepted, as what, and what is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .api import Answer, Client
from .samples import (
    COURSES,
    ENROLLMENTS,
    INSTRUCTORS,
    SAMPLES,
    course,
    enrollment,
    instructor,
    sample,
)
from .samples import lesson as lesson_body

SAME: Any = object()
UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"

# (collection, field, value sent, value read)
ACCEPTED: list[tuple[str, str, Any, Any]] = [
    ("samples", "label", "x", SAME),
    ("samples", "label", "😀" * 64, SAME),
    ("samples", "label", "\ufeffline\u200bline", SAME),
    ("courses", "summary", "", SAME),
    ("courses", "summary", "\t\r\n\"'\\/\u2028", SAME),
    ("courses", "slug", "a", SAME),
    ("courses", "slug", "a-1-b", SAME),
    ("courses", "language", "de-AT", SAME),
    ("instructors", "email", "Ada@Example.COM", "ada@example.com"),
    ("instructors", "email", "a+b@sub.example.com", SAME),
    ("instructors", "website", "https://example.com/a?b=c#d", SAME),
    ("instructors", "website", "http://localhost:8080", SAME),
    ("samples", "code", UUID.upper(), UUID),
    ("samples", "position", 0, SAME),
    ("samples", "position", 2**53 - 1, SAME),
    ("samples", "position", -(2**53) + 1, SAME),
    ("samples", "position", 5.0, 5),
    ("samples", "reading", 0, SAME),
    ("samples", "reading", -0.5, SAME),
    ("samples", "reading", 1.1, SAME),
    ("samples", "reading", 123456789.012345, SAME),
    ("samples", "reading", 0.1 + 0.2, SAME),
    ("samples", "reading", 1e-30, SAME),
    ("samples", "reading", 1.5e30, SAME),
    ("samples", "cost", "0", "0.000"),
    ("samples", "cost", "1.5", "1.500"),
    ("samples", "cost", "-12345678901234567890.123", SAME),
    ("courses", "price", "19.99", SAME),
    ("courses", "price", "20", "20.00"),
    ("samples", "flagged", True, SAME),
    ("samples", "flagged", False, SAME),
    ("samples", "day", "2024-02-29", SAME),
    ("samples", "taken_at", "2026-11-23T22:27:25Z", "2026-11-23T22:27:25.000000Z"),
    ("samples", "taken_at", "2026-11-23T22:27:25.5+01:30", "2026-11-23T20:57:25.500000Z"),
    ("samples", "taken_at", "2026-11-23T22:27:25.123456Z", SAME),
    ("lessons", "length", "PT1H30M", SAME),
    ("lessons", "length", "P2W", SAME),
    ("lessons", "length", "P1DT12H", SAME),
    ("samples", "grade", "c", SAME),
    ("courses", "tags", [], SAME),
    ("courses", "tags", ["b", "a", "b"], SAME),
    ("lessons", "attachments", [{"label": "a", "url": "https://a.example"}], SAME),
    ("samples", "place", {"room": "A", "rack": 1, "door": {"color": "red"}}, SAME),
    ("samples", "place", {"room": "A"}, {"room": "A", "rack": None, "door": None}),
    ("samples", "notes", {}, SAME),
    ("samples", "notes", {"x": "", "ключ": "значение", "a.b": "x", "#": ":"}, SAME),
    ("samples", "extra", {"a": [1, "x", None, True, {}], "b": 1.5}, SAME),
    ("samples", "extra", [], SAME),
    ("samples", "extra", "", SAME),
    ("samples", "extra", 0, SAME),
    ("samples", "extra", False, SAME),
    ("samples", "extra", "💥", SAME),
    ("enrollments", "progress", 0.25, SAME),
    ("enrollments", "progress", 1, SAME),
    ("enrollments", "settings", {"theme": {"dark": True}}, SAME),
    ("enrollments", "answers", {"q1": "a", "q2": ""}, SAME),
    ("enrollments", "certificate", "00000000-0000-0000-0000-000000000000", SAME),
]  # fmt: skip

REFUSED: list[tuple[str, str, Any]] = [
    ("samples", "label", ""),
    ("samples", "label", "x" * 65),
    ("samples", "label", 1),
    ("samples", "label", True),
    ("samples", "label", ["x"]),
    ("samples", "label", {"S": "x"}),
    ("courses", "summary", "x" * 2001),
    ("courses", "slug", ""),
    ("courses", "slug", "A"),
    ("courses", "slug", "a--b"),
    ("courses", "slug", "-a"),
    ("courses", "slug", "a\n"),
    ("courses", "slug", "ä"),
    ("courses", "slug", "a" * 101),
    ("courses", "language", "de-at"),
    ("courses", "language", "de\n"),
    ("courses", "language", "xde"),
    ("instructors", "email", "nobody"),
    ("instructors", "email", "a@b@c"),
    ("instructors", "email", "a @example.com"),
    ("instructors", "email", "@example.com"),
    ("instructors", "email", "a@example.com\n"),
    ("instructors", "email", "a" * 250 + "@example.com"),
    ("instructors", "website", "javascript:alert(1)"),
    ("instructors", "website", "ftp://example.com"),
    ("instructors", "website", "//example.com"),
    ("instructors", "website", "/path"),
    ("instructors", "website", "https://"),
    ("instructors", "website", "https://exa mple.com"),
    ("instructors", "website", "https://example.com/\n"),
    ("instructors", "active", "true"),
    ("instructors", "active", 1),
    ("samples", "code", "6ba7b810"),
    ("samples", "code", "6ba7b8109dad11d180b400c04fd430c8x"),
    ("samples", "position", "1"),
    ("samples", "position", 1.5),
    ("samples", "position", True),
    ("samples", "position", 2**53),
    ("samples", "position", -(2**53)),
    ("courses", "capacity", 0),
    ("courses", "capacity", 10_001),
    ("samples", "reading", "1"),
    ("samples", "reading", True),
    ("samples", "label", "line\nline"),
    ("courses", "summary", "a\u0000b"),
    ("samples", "reading", 12345678901234567),
    ("enrollments", "progress", 1.0001),
    ("enrollments", "progress", -0.1),
    ("samples", "cost", 1),
    ("samples", "cost", "1.2345"),
    ("samples", "cost", "1e3"),
    ("samples", "cost", "NaN"),
    ("samples", "cost", "Infinity"),
    ("samples", "cost", ""),
    ("samples", "cost", " 1"),
    ("samples", "cost", "1,5"),
    ("samples", "cost", "٣"),
    ("samples", "cost", "9" * 39),
    ("courses", "price", "-0.01"),
    ("samples", "day", "2023-02-29"),
    ("samples", "day", "2026-1-1"),
    ("samples", "day", "20260101"),
    ("samples", "day", "2026-01-01T00:00:00Z"),
    ("samples", "day", "2026-W01-1"),
    ("samples", "day", "0000-01-01"),
    ("samples", "taken_at", "2026-01-01"),
    ("samples", "taken_at", "2026-01-01T00:00:00"),
    ("samples", "taken_at", "2026-01-01T25:00:00Z"),
    ("samples", "taken_at", "2026-01-01T00:00:00+24:00"),
    ("samples", "taken_at", 1767225600),
    ("samples", "taken_at", "9999-12-31T23:59:59-23:59"),
    ("lessons", "length", "P1Y"),
    ("lessons", "length", "PT"),
    ("lessons", "length", "P"),
    ("lessons", "length", "1h"),
    ("samples", "grade", "d"),
    ("samples", "grade", "A"),
    ("samples", "grade", ""),
    ("courses", "tags", "x"),
    ("courses", "tags", {"0": "x"}),
    ("courses", "tags", ["x"] * 21),
    ("courses", "instructor", "x"),
    ("courses", "instructor", "81K00000000000000000000000"),
    ("courses", "instructor", 7),
    ("lessons", "attachments", [{"label": "a"}]),
    ("lessons", "attachments", [{"label": "a", "url": "x"}]),
    ("samples", "place", []),
    ("samples", "place", {}),
    ("samples", "place", {"room": "A", "door": "red"}),
    ("samples", "notes", {str(n): "" for n in range(6)}),
    ("samples", "notes", {"a": "x" * 101}),
    ("samples", "notes", {"": "x"}),
    ("samples", "notes", {"x" * 256: "x"}),
    ("samples", "extra", "x" * 300),
    ("samples", "extra", [[[[]]]]),
]


@pytest.fixture
def course_id(client: Client) -> str:
    """Id of a course that others may refer to."""
    id: str = client.post(COURSES, course()).json["id"]
    return id


def send(client: Client, course_id: str, collection: str, field: str, value: Any) -> Answer:
    """POST an item that is legal but, perhaps, for one field."""
    path, body = {
        "samples": (SAMPLES, sample()),
        "courses": (COURSES, course()),
        "instructors": (INSTRUCTORS, instructor()),
        "enrollments": (ENROLLMENTS, enrollment(course_id)),
        "lessons": (f"{COURSES}/{course_id}/lessons", lesson_body()),
    }[collection]
    return client.post(path, {**body, field: value})


def case(value: Any) -> str:
    """A test's name for a value, the same in every process."""
    return "same" if value is SAME else repr(value)[:40]


@pytest.mark.parametrize(("collection", "field", "value", "read"), ACCEPTED, ids=case)
def test_an_accepted_value_comes_back(
    client: Client, course_id: str, collection: str, field: str, value: Any, read: Any
) -> None:
    answer = send(client, course_id, collection, field, value)
    assert answer.status == 201, answer.text
    expected = value if read is SAME else read
    path = answer.headers["location"].removeprefix("/dev")
    for item in (answer.json, client.get(path).json):
        assert item[field] == expected
        assert type(item[field]) is type(expected)


@pytest.mark.parametrize(("collection", "field", "value"), REFUSED, ids=case)
def test_a_refused_value_is_400_at_its_pointer(
    client: Client, course_id: str, collection: str, field: str, value: Any
) -> None:
    answer = send(client, course_id, collection, field, value)
    assert answer.status == 400, answer.text
    assert all(p == f"/{field}" or p.startswith(f"/{field}/") for p in answer.errors)


@pytest.mark.parametrize("text", ["1e400", "-1e400", "1e-400", "1" * 400, "0.1e-200"])
def test_numbers_past_dynamodbs_range_are_400(client: Client, text: str) -> None:
    for field in ("position", "reading"):
        raw = f'{{"label": "x", "{field}": {text}}}'
        assert client.post(SAMPLES, raw=raw).status == 400, (field, text)


def test_a_number_keeps_its_digits(client: Client) -> None:
    answer = client.post(SAMPLES, raw='{"label": "x", "reading": 0.1, "position": 1e3}')
    item = json.loads(client.get(f"{SAMPLES}/{answer.json['id']}").text, parse_float=str)
    assert (item["reading"], item["position"]) == ("0.1", 1000)


def test_json_numbers_keep_their_digits(client: Client) -> None:
    raw = '{"label": "x", "extra": [0.1, 1e2, 12345678901234567890]}'
    answer = client.post(SAMPLES, raw=raw)
    assert answer.status in (201, 400)
    if answer.status == 201:
        item = client.get(f"{SAMPLES}/{answer.json['id']}").json
        assert item["extra"] == [0.1, 100, 12345678901234567890]
