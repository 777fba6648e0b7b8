"""Any attribute of any item replaced by any type of attribute: no request answers 500."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .api import Client
from .samples import (
    COURSES,
    ENROLLMENTS,
    INSTRUCTORS,
    RACKS,
    REMARKS,
    TOPICS,
    course,
    enrollment,
    instructor,
    lesson,
)
from .stored import GONE, Item, Store, made
from .test_list import every_page

HOSTILE: list[dict[str, Any] | None] = [
    {"S": "x"},
    {"N": "1.5"},
    {"BOOL": True},
    {"NULL": True},
    {"B": b"\x00"},
    {"L": [{"M": {"label": {"N": "1"}}}, {"NULL": True}]},
    {"M": {"a": {"SS": ["b"]}}},
    {"NS": ["1"]},
    GONE,
]

Maker = Callable[[Client], tuple[str, str]]
"""Makes an item; the path of its list, and its id."""


def _lessons(client: Client) -> tuple[str, str]:
    path = f"{COURSES}/{made(client.post(COURSES, course()))}/lessons"
    attachment = {"label": "a", "url": "https://example.com"}
    body = lesson(attachments=[attachment], length="PT1H", body="b")
    return path, made(client.post(path, body))


def _courses(client: Client) -> tuple[str, str]:
    teacher = made(client.post(INSTRUCTORS, instructor()))
    body = course(instructor=teacher, price="1.00", capacity=1, tags=["a"], starts_on="2026-01-31")
    return COURSES, made(client.post(COURSES, body))


def _enrollments(client: Client) -> tuple[str, str]:
    target = made(client.post(COURSES, course()))
    body = enrollment(target, answers={"a": "b"}, settings={"a": 1}, note="n")
    return ENROLLMENTS, made(client.post(ENROLLMENTS, body))


def _slots(client: Client) -> tuple[str, str]:
    rack = made(client.post(RACKS, {"name": "r"}))
    box = made(client.post(f"{RACKS}/{rack}/boxes", {"barcode": "b"}))
    path = f"{RACKS}/{rack}/boxes/{box}/slots"
    return path, made(client.post(path, {"position": 1}))


def _remarks(client: Client) -> tuple[str, str]:
    topic = made(client.post(TOPICS, {"name": "t"}))
    return REMARKS, made(client.post(REMARKS, {"text": "x", "topic": topic}))


def _variants(item: Item) -> Iterator[Item]:
    for name in item:
        if name in ("pk", "sk") or name.startswith("gsi"):
            continue
        for attribute in HOSTILE:
            yield {**item, name: attribute}


@pytest.mark.parametrize("make", [_courses, _lessons, _enrollments, _slots, _remarks])
def test_no_attribute_of_any_type_fails_any_request(
    client: Client, store: Store, make: Maker
) -> None:
    path, id = make(client)
    one = f"{path}/{id}"
    everything = {"If-Match": "*"}
    before = store.item(id)
    for item in _variants(before):
        store.write(item)
        spoiled = {name for name in before if item[name] != before[name]}
        found = client.get(one)
        assert found.status == 200, spoiled
        listed = [each for page in every_page(client, path) for each in page]
        assert listed == [found.json], spoiled
        patched = client.patch(one, {}, headers=everything)
        assert patched.status == 200, spoiled
        deleted = client.delete(one, headers=everything)
        assert deleted.status in (204, 409), (spoiled, deleted.text)
        if deleted.status == 204 and path == COURSES:
            trash = client.get(path, query={"deleted": "true"})
            assert [each["id"] for each in trash.json["items"]] == [id]
            assert client.post(f"{one}/restore").status in (200, 409)
