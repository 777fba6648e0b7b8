"""Any sequence of requests leaves what a plain dict would hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.sizes import parts

from .api import Client
from .estate import Table
from .samples import COURSES

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]),
    min_size=1,
    max_size=8,
) | st.sampled_from(["#", "a#b", " ", "$23", "zz", "Z"])
DATES = st.sampled_from(["1999-12-31", "2000-01-01", "2026-11-23", "9999-12-31"])
LEVELS = st.sampled_from(["beginner", "intermediate", "advanced"])
SLUGS = st.sampled_from([f"slug-{number}" for number in range(6)])
OPTIONAL = {
    "summary": st.none() | TEXT,
    "level": st.none() | LEVELS,
    "capacity": st.none() | st.integers(1, 10_000),
    "price": st.none() | st.sampled_from(["0.00", "0.01", "9.99", "10.00", "123456.78"]),
    "tags": st.none() | st.lists(TEXT, max_size=3),
    "starts_on": st.none() | DATES,
}
NEW = st.fixed_dictionaries({"title": TEXT, "slug": SLUGS}, optional=OPTIONAL)
PATCH = st.fixed_dictionaries({}, optional={"title": TEXT, **OPTIONAL})
TENANTS = st.integers(0, 1)
LISTS: list[tuple[str | None, str | None]] = [
    (None, None),
    (None, "created_at"),
    (None, "starts_on"),
    ("level", None),
    ("level", "starts_on"),
]
DEFAULTS = {"level": "beginner", "language": "en"}
FIELDS = (
    "title",
    "slug",
    "summary",
    "level",
    "language",
    "price",
    "capacity",
    "tags",
    "instructor",
    "starts_on",
    "ends_on",
)

Item = dict[str, Any]


class Model:
    """One organization's courses, as a dict holds them; ids ascend with creation."""

    def __init__(self) -> None:
        self.live: dict[str, Item] = {}
        self.trash: dict[str, Item] = {}

    def taken(self, slug: str) -> bool:
        """Whether a live item has the slug."""
        return any(item["slug"] == slug for item in self.live.values())

    def listed(self, field: str | None, value: Any, sort: str | None, down: bool) -> list[str]:
        """Ids in the order of a list."""
        items = [item for item in self.live.values() if field is None or item[field] == value]
        key = sort or ("starts_on" if field else "id")
        key = "id" if key == "created_at" else key
        ordered = sorted(items, key=lambda item: (item[key] or "", item["id"]), reverse=down)
        return [item["id"] for item in ordered]


def merged(item: Item, patch: Item) -> Item:
    """An item after a merge patch of flat fields."""
    values = {**item, **patch}
    return {name: DEFAULTS.get(name) if value is None else value for name, value in values.items()}


class Courses(RuleBasedStateMachine):
    """Requests of two organizations to the function, and the same to two models."""

    client: Client
    table: Table
    run = 0
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        Courses.run += 1
        self.table.empty()
        self.clients = [
            self.client.having(tenant=f"{self.client.tenant}-{Courses.run}{suffix}")
            for suffix in ("", "0")
        ]
        self.models = [Model(), Model()]
        self.keys_used = 0

    courses = Bundle("courses")

    @invariant()
    def is_counted(self) -> None:
        """Called after each step."""
        Courses.steps += 1

    @rule(target=courses, tenant=TENANTS, body=NEW)
    def create(self, tenant: int, body: Item) -> Any:
        """POST."""
        model = self.models[tenant]
        answer = self.clients[tenant].post(COURSES, body)
        if model.taken(body["slug"]):
            assert answer.status == 409
            return multiple()
        assert answer.status == 201, answer.text
        item = answer.json
        expected = merged(dict.fromkeys(FIELDS), body)
        assert {name: item[name] for name in FIELDS} == expected
        assert item["version"] == 1
        model.live[item["id"]] = item
        return item["id"]

    @rule(target=courses, tenant=TENANTS, body=NEW)
    def create_once(self, tenant: int, body: Item) -> Any:
        """POST with an Idempotency-Key, and its retry."""
        self.keys_used += 1
        headers = {"Idempotency-Key": f"key-{self.keys_used}"}
        model, client = self.models[tenant], self.clients[tenant]
        taken = model.taken(body["slug"])
        first, second = (client.post(COURSES, body, headers=headers) for _ in range(2))
        assert first.status == second.status == (409 if taken else 201)
        if taken:
            return multiple()
        assert first.text == second.text
        model.live[first.json["id"]] = first.json
        return first.json["id"]

    @rule(id=courses, tenant=TENANTS)
    def get(self, id: str, tenant: int) -> None:
        """GET, by the owner and by the other organization."""
        answer = self.clients[tenant].get(f"{COURSES}/{id}")
        item = self.models[tenant].live.get(id)
        assert answer.status == (200 if item else 404)
        if item:
            assert answer.json == item
            assert answer.headers["etag"] == f'"{item["version"]}"'

    @rule(id=courses, tenant=TENANTS, patch=PATCH, stale=st.none() | st.booleans())
    def update(self, id: str, tenant: int, patch: Item, stale: bool | None) -> None:
        """PATCH without If-Match, with the present and with a stale one."""
        model = self.models[tenant]
        item = model.live.get(id)
        headers = {}
        if stale is not None and item:
            headers["If-Match"] = f'"{item["version"] + stale}"'
        answer = self.clients[tenant].patch(f"{COURSES}/{id}", patch, headers=headers)
        if item is None:
            assert answer.status == (400 if patch.get("title", "") is None else 404)
            return
        if stale:
            assert answer.status == 412
            return
        assert answer.status == 200, answer.text
        expected = merged(item, patch)
        if expected != item:
            expected["version"] += 1
            expected["updated_at"] = answer.json["updated_at"]
            assert expected["updated_at"] > item["updated_at"]
        assert answer.json == expected
        model.live[id] = expected

    @rule(id=courses, tenant=TENANTS)
    def delete(self, id: str, tenant: int) -> None:
        """DELETE."""
        model = self.models[tenant]
        answer = self.clients[tenant].delete(f"{COURSES}/{id}")
        assert answer.status == (204 if id in model.live else 404)
        if id in model.live:
            model.trash[id] = model.live.pop(id)

    @rule(id=courses, tenant=TENANTS)
    def restore(self, id: str, tenant: int) -> None:
        """POST restore."""
        model = self.models[tenant]
        answer = self.clients[tenant].post(f"{COURSES}/{id}/restore")
        if id not in model.trash:
            assert answer.status == (409 if id in model.live else 404)
            return
        item = model.trash[id]
        if model.taken(item["slug"]):
            assert answer.status == 409
            return
        assert answer.status == 200, answer.text
        stamps = {name: answer.json[name] for name in ("version", "updated_at", "updated_by")}
        assert stamps["version"] > item["version"]
        assert answer.json == {**item, **stamps}
        model.live[id] = answer.json
        del model.trash[id]

    @rule(
        tenant=TENANTS,
        shape=st.sampled_from(LISTS),
        level=LEVELS,
        down=st.booleans(),
        limit=st.integers(1, 5),
    )
    def list(
        self, tenant: int, shape: tuple[str | None, str | None], level: str, down: bool, limit: int
    ) -> None:
        """GET of all pages of a query."""
        field, sort = shape
        query = {"limit": str(limit)}
        if field:
            query[field] = level
        if sort:
            query["sort"] = f"-{sort}" if down else sort
        pages = list_pages(self.clients[tenant], query)
        expected = self.models[tenant].listed(field, level, sort, down and sort is not None)
        found = [item for page in pages for item in page]
        assert [item["id"] for item in found] == expected
        assert found == [self.models[tenant].live[id] for id in expected]
        assert all(len(page) == limit for page in pages[:-1])

    @rule(tenant=TENANTS, limit=st.integers(1, 5))
    def list_trash(self, tenant: int, limit: int) -> None:
        """GET of all pages of the trash."""
        pages = list_pages(self.clients[tenant], {"deleted": "true", "limit": str(limit)})
        found = [item["id"] for page in pages for item in page]
        assert found == sorted(self.models[tenant].trash)

    def teardown(self) -> None:
        """Nothing is left behind: items, unique markers, trash, and idempotency records only."""
        live = sum(len(model.live) for model in self.models)
        trash = sum(len(model.trash) for model in self.models)
        keys = [pk for pk, _ in self.table.primary_keys() if "!idempotency" not in pk]
        assert len(keys) == 2 * live + trash


def list_pages(client: Client, query: dict[str, str]) -> list[list[Item]]:
    """Items of all pages of a list."""
    pages: list[list[Item]] = []
    cursor = None
    while True:
        answer = client.get(COURSES, query={**query, **({"cursor": cursor} if cursor else {})})
        assert answer.status == 200, answer.text
        pages.append(answer.json["items"])
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return pages


@pytest.mark.sampled
@parts(ci=1, soak=20)
def test_courses_behave_as_a_dict(client: Client, table: Table, part: int) -> None:
    Courses.client, Courses.table, Courses.steps = client, table, 0
    run_state_machine_as_test(
        Courses,
        settings=settings(
            max_examples=50,
            stateful_step_count=40,
            deadline=None,
            derandomize=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Courses.steps >= 350  # of which one an example precedes its first request
