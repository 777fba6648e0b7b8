"""An item that the caller may not read answers as an id that no item has.

Over every route of the model that names an item, and every kind of caller: the same status, headers
and body, after the same calls to DynamoDB.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from nexus_gen.model import AccessRule, Action, Entity, Model, OperationKind
from tests.attacks.estate import ABSENT, Estate, Ids, entities_of, key
from tests.attacks.matrix import Route, routes_of

from .api import Client
from .estate import Table
from .wire import Wire

TENANT = "org1"

BODIES: tuple[dict[str, Any], ...] = (
    {"body": {"text": "x"}},
    {"body": {}},
    {"body": {"text": 7, "none": None}},
    {"raw": "{"},
    {"raw": '"' + "x" * 1_000_001 + '"'},
    {"raw": "{}", "headers": {"Content-Type": "text/plain"}},
    {},
)
HEADERS = (
    {},
    {"If-Match": "*"},
    {"If-Match": '"1"'},
    {"If-Match": '"9"'},
    {"If-Match": "nonsense"},
    {"If-Match": 'W/"1"'},
    {"If-None-Match": "*"},
    {"If-None-Match": '"1"'},
    {"Idempotency-Key": "new"},
    {"Idempotency-Key": "used"},
    {"Idempotency-Key": "no key"},
)

SENT = [
    *itertools.product(HEADERS, BODIES[:1]),
    *itertools.product(({}, {"If-Match": "*"}), BODIES[1:]),
]


class Hidden(NamedTuple):
    """A route below or at an item that a caller may not read.

    Attributes:
        names: the path parameters that may be another id, the hidden item's own.
        roles: the caller's.
    """

    route: Route
    roles: tuple[str, ...]
    names: str


def reads(entity: Entity, roles: tuple[str, ...]) -> bool:
    """Whether somebody with these roles reads what others made."""
    return bool(set(entity.access.get(Action.READ, AccessRule(())).roles) & set(roles))


def hidden(model: Model) -> Iterator[Hidden]:
    """Every route that names an item, for every set of at most two roles that does not read it."""
    names = [name for name, _ in model.tenancy.roles]
    kinds = [roles for size in range(3) for roles in itertools.combinations(names, size)]
    by_key = {entity.key: entity for entity in entities_of(model)}
    for route in routes_of(model):
        for roles in kinds:
            entity = route.entity
            on_item = route.operation.kind not in (OperationKind.LIST, OperationKind.CREATE)
            if on_item and not reads(entity, roles):
                yield Hidden(route, roles, entity.key.id_parameter)
            elif not on_item and entity.parent and not reads(by_key[entity.parent], roles):
                yield Hidden(route, roles, entity.parent.id_parameter)


def ids_of(estate: Estate, route: Route) -> list[Ids]:
    """Of a live item, and of one in the trash."""
    deleted = estate.deleted.get(key(route.entity))
    return [estate.items[key(route.entity)][0], *([deleted] if deleted else [])]


def test_what_a_caller_may_not_read_is_as_what_is_absent(
    estates: dict[str, Estate], client: Client, model: Model, table: Table, wire: Wire
) -> None:
    caller = client.having(tenant=TENANT, user="stranger")
    assert (
        caller.having(groups="member")
        .post("/education/memos", {"text": "x"}, headers={"Idempotency-Key": "used"})
        .status
        == 201
    )
    kept = table.items()
    compared = 0
    for route, roles, name in hidden(model):
        stranger = caller.having(groups=",".join(roles))
        operation = route.operation
        has_body = operation.kind in (OperationKind.CREATE, OperationKind.UPDATE)
        requests = SENT if has_body else [(headers, BODIES[-1]) for headers in HEADERS]
        for ids, (headers, body) in itertools.product(ids_of(estates[TENANT], route), requests):
            answers, calls = [], []
            for given in (ids, {**ids, name: ABSENT}):
                sent = {**body, "headers": {**body.get("headers", {}), **headers}}
                wire.reset()
                path = operation.path.format(**given)
                answers.append(stranger.send(operation.method, path, request_id="same", **sent))
                calls.append(wire.operations())
            told = f"{route.label} {roles} {headers} {str(body)[:60]}"
            assert answers[0] == answers[1], told
            assert calls[0] == calls[1], told
            assert answers[0].status >= 400 or operation.kind is OperationKind.LIST, told
            if operation.access.owner or set(operation.access.roles) & set(roles):
                assert answers[0].status != 403, told
                compared += 1
            else:
                assert (answers[0].status, calls[0]) == (403, []), told
    assert compared > 100
    assert table.items() == kept


def test_what_a_caller_may_read_and_not_change_is_403(client: Client, table: Table) -> None:
    author = client.having(groups="member", user="author")
    memo = f"/education/memos/{author.post('/education/memos', {'text': 'x'}).json['id']}"
    reader = client.having(groups="instructor", user="reader")
    assert reader.get(memo).status == 200
    kept = table.items()
    for answer in (
        reader.patch(memo, {"text": "y"}),
        reader.delete(memo),
        reader.post(f"{memo}/restore"),
    ):
        assert (answer.status, answer.json["code"]) == (403, "not_owner")
    assert table.items() == kept


def test_who_may_change_and_not_read_changes_nothing(client: Client, table: Table) -> None:
    author = client.having(groups="member", user="author")
    memo = f"/education/memos/{author.post('/education/memos', {'text': 'x'}).json['id']}"
    admin = client.having(groups="admin", user="boss")
    kept = table.items()
    assert admin.patch(memo, {"text": "y"}).status == 404
    assert admin.delete(memo).status == 404
    assert table.items() == kept
    assert author.delete(memo).status == 204
    assert admin.post(f"{memo}/restore").status == 404
    assert admin.get("/education/memos", query={"deleted": "true"}).status == 403
    both = client.having(groups="admin,instructor", user="boss")
    assert len(both.get("/education/memos", query={"deleted": "true"}).json["items"]) == 1
    assert both.post(f"{memo}/restore").status == 200


def test_a_replayed_restoration_is_for_who_may_read_yet(client: Client) -> None:
    author = client.having(groups="member", user="author")
    memo = f"/education/memos/{author.post('/education/memos', {'text': 'x'}).json['id']}"
    assert author.delete(memo).status == 204
    restorer = client.having(groups="admin,instructor", user="boss")
    sent = {"headers": {"Idempotency-Key": "k"}}
    first = restorer.post(f"{memo}/restore", **sent)
    assert restorer.post(f"{memo}/restore", **sent).text == first.text
    demoted = restorer.having(groups="admin")
    assert demoted.post(f"{memo}/restore", **sent).status == 404


def test_an_author_alone_makes_children_of_what_only_the_author_sees(client: Client) -> None:
    author, other = (client.having(groups="member", user=user) for user in ("a-1", "a-2"))
    memo = author.post("/education/memos", {"text": "x"}).json["id"]
    replies = f"/education/memos/{memo}/replies"
    assert author.post(replies, {"text": "x"}).status == 201
    assert other.post(replies, {"text": "x"}).status == 404
    assert other.having(groups="instructor").post(replies, {"text": "x"}).status == 201


@pytest.mark.parametrize("tag", ['"1"', "*"])
def test_a_deletion_in_one_call_asks_who_may_read(client: Client, wire: Wire, tag: str) -> None:
    author, other = (client.having(groups="member", user=user) for user in ("a-1", "a-2"))
    path = f"/education/sketches/{author.post('/education/sketches', {'text': 'x'}).json['id']}"
    wire.reset()
    assert other.delete(path, headers={"If-Match": tag}).status == 404
    assert wire.operations() == ["DeleteItem"]
    assert author.delete(path, headers={"If-Match": tag}).status == 204


CITATIONS = "/education/citations"


@pytest.mark.parametrize("field", ["memo", "draft"])
def test_a_reference_to_what_the_caller_may_not_read_leads_nowhere(
    client: Client, table: Table, field: str
) -> None:
    author, other = (client.having(groups="member", user=user) for user in ("a-1", "a-2"))
    id = author.post(f"/education/{field}s", {"text": "x"}).json["id"]
    citation = f"{CITATIONS}/{other.post(CITATIONS, {}).json['id']}"
    kept = table.items()
    for send in (other.post, other.patch):
        path = CITATIONS if send == other.post else citation
        hidden, absent = (send(path, {field: to}, request_id="same") for to in (id, ABSENT))
        assert hidden == absent
        assert hidden.status == 400
    assert table.items() == kept
    assert author.post(CITATIONS, {field: id}).status == 201
    assert author.patch(citation, {field: id}).status == 200
    assert other.patch(citation, {field: None}).status == 200


def test_what_refers_already_may_be_moved_by_who_may_not_read_where_it_led(client: Client) -> None:
    author, other = (client.having(groups="member", user=user) for user in ("a-1", "a-2"))
    memo = author.post("/education/memos", {"text": "x"}).json["id"]
    own = other.post("/education/memos", {"text": "y"}).json["id"]
    made = author.post(CITATIONS, {"memo": memo, "other": memo})
    citation = f"{CITATIONS}/{made.json['id']}"
    assert other.patch(citation, {"memo": own}).status == 200
    assert other.patch(citation, {"memo": memo}).status == 400
    assert other.having(groups="instructor").patch(citation, {"memo": memo}).status == 200
    assert other.patch(citation, {"memo": None, "other": None}).status == 200


def test_what_no_route_reads_is_referred_to_by_anybody(client: Client) -> None:
    author, other = (client.having(groups="member", user=user) for user in ("a-1", "a-2"))
    seal = author.post("/education/seals", {"text": "x"}).json["id"]
    letter = other.post("/education/letters", {"seal": seal})
    assert letter.status == 201
    path = f"/education/letters/{letter.json['id']}"
    assert other.patch(path, {"seal": None}).status == 200
    assert other.patch(path, {"seal": seal}).status == 200
