"""System fields and unknown fields are refused, wherever they come in."""

from __future__ import annotations

from typing import Any

import pytest

from .api import Client
from .estate import Table
from .samples import ABSENT, COURSES, SAMPLES, course, lesson, sample

SYSTEM: dict[str, Any] = {
    "id": ABSENT,
    "created_at": "2020-01-01T00:00:00.000000Z",
    "created_by": "somebody-else",
    "updated_at": "2020-01-01T00:00:00.000000Z",
    "updated_by": "somebody-else",
    "version": 7,
}
HIDDEN = ("pk", "sk", "gsi1pk", "gsi1sk", "refs", "ttl", "tenant", "organization_id", "__proto__")


@pytest.mark.parametrize("name", [*SYSTEM, *HIDDEN])
def test_a_system_field_in_a_new_item_is_400(client: Client, table: Table, name: str) -> None:
    answer = client.post(SAMPLES, sample(**{name: SYSTEM.get(name, "x")}))
    assert (answer.status, list(answer.errors)) == (400, [f"/{name}"])
    assert table.items() == []


@pytest.mark.parametrize("name", [*SYSTEM, *HIDDEN])
def test_a_system_field_in_a_patch_is_400(client: Client, table: Table, name: str) -> None:
    path = f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"
    kept = table.items()
    for value in (SYSTEM.get(name, "x"), None):
        answer = client.patch(path, {name: value, "label": "changed"})
        assert (answer.status, list(answer.errors)) == (400, [f"/{name}"])
    assert table.items() == kept


def test_all_system_fields_at_once_are_all_reported(client: Client) -> None:
    answer = client.post(SAMPLES, sample(**SYSTEM))
    assert set(answer.errors) == {f"/{name}" for name in SYSTEM}


def test_a_childs_parent_comes_from_the_path_only(client: Client) -> None:
    first, second = (client.post(COURSES, course()).json["id"] for _ in range(2))
    answer = client.post(f"{COURSES}/{first}/lessons", lesson(course_id=second))
    assert (answer.status, list(answer.errors)) == (400, ["/course_id"])
    item = client.post(f"{COURSES}/{first}/lessons", lesson()).json
    assert item["course_id"] == first
    patch = {"course_id": second}
    assert client.patch(f"{COURSES}/{first}/lessons/{item['id']}", patch).status == 400


def test_unknown_members_of_objects_are_refused(client: Client) -> None:
    answer = client.post(SAMPLES, sample(place={"room": "A", "secret": 1}))
    assert set(answer.errors) == {"/place/secret"}


def test_answers_show_declared_fields_only(client: Client, table: Table) -> None:
    path = f"{SAMPLES}/{client.post(SAMPLES, sample()).json['id']}"
    table.add_attribute("canary", "canary-value")
    for answer in (
        client.get(path),
        client.get(SAMPLES),
        client.patch(path, {"position": 1}),
    ):
        assert answer.status == 200
        assert "canary" not in answer.text
