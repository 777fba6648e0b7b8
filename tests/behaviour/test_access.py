"""Who may do what: roles, owners, verified claims only."""

from __future__ import annotations

from typing import Any

import pytest

from .api import Client
from .estate import Table
from .samples import (
    ABSENT,
    COURSES,
    DRAFTS,
    ENROLLMENTS,
    INSTRUCTORS,
    course,
    enrollment,
    instructor,
)


@pytest.fixture
def path(client: Client) -> str:
    """Path of a course that the administrator made."""
    return f"{COURSES}/{client.post(COURSES, course()).json['id']}"


ROLES = [
    # groups, list and get, create, update, delete of a course that somebody else made; who may not
    # read it, but might be the owner whom PATCH admits, is told what an absent id is answered
    ("admin", 200, 201, 200, 204),
    ("instructor", 200, 201, 403, 403),
    ("member", 200, 403, 403, 403),
    ("member,instructor", 200, 201, 403, 403),
    ("member,admin", 200, 201, 200, 204),
    ("", 403, 403, 404, 403),
    ("visitor", 403, 403, 404, 403),
    ("Admin", 403, 403, 404, 403),
    ("admins", 403, 403, 404, 403),
    ("admi", 403, 403, 404, 403),
    ("*", 403, 403, 404, 403),
    ("owner", 403, 403, 404, 403),
    ("[admin]", 403, 403, 404, 403),
    ("[x,admin member]", 200, 403, 403, 403),
    ("[member admin]", 200, 201, 200, 204),
]


@pytest.mark.parametrize(("groups", "read", "create", "update", "delete"), ROLES)
def test_a_role_may_do_what_its_rule_says(
    client: Client, path: str, groups: str, read: int, create: int, update: int, delete: int
) -> None:
    caller = client.having(groups=groups, user="somebody")
    assert caller.get(path).status == read
    assert caller.get(COURSES).status == read
    assert caller.post(COURSES, course()).status == create
    assert caller.patch(path, {"title": "New"}).status == update
    assert caller.delete(path).status == delete


def test_a_refusal_changes_nothing(client: Client, path: str, table: Table) -> None:
    kept = table.items()
    caller = client.having(groups="member", user="somebody")
    caller.post(COURSES, course())
    caller.patch(path, {"title": "New"})
    caller.delete(path)
    assert table.items() == kept


@pytest.mark.parametrize("groups", [["x,admin"], ["x", "admi"], {"admin": 1}, 7, None, True])
def test_groups_of_another_shape_give_no_role(client: Client, groups: object) -> None:
    claims = {**client.claims, "cognito:groups": groups}
    assert client.get(COURSES, claims=claims).status == 403


def test_a_body_is_not_read_for_who_may_not_write(client: Client) -> None:
    answer = client.having(groups="member").post(COURSES, raw="{broken")
    assert answer.status == 403


# Owners


def test_the_creator_may_update_where_the_rule_names_the_owner(client: Client) -> None:
    teacher = client.having(groups="instructor", user="teacher-1")
    path = f"{COURSES}/{teacher.post(COURSES, course()).json['id']}"
    assert teacher.patch(path, {"title": "Mine"}).status == 200
    assert teacher.having(user="teacher-2").patch(path, {"title": "Not mine"}).status == 403
    assert client.get(path).json["title"] == "Mine"


def test_the_creator_may_not_do_what_the_rule_leaves_to_others(client: Client) -> None:
    teacher = client.having(groups="instructor", user="teacher-1")
    path = f"{COURSES}/{teacher.post(COURSES, course()).json['id']}"
    assert teacher.delete(path).status == 403


def test_an_owner_who_may_not_read_any_more_changes_nothing(client: Client) -> None:
    teacher = client.having(groups="instructor", user="teacher-1")
    path = f"{COURSES}/{teacher.post(COURSES, course()).json['id']}"
    assert teacher.having(groups="member").patch(path, {"title": "Mine"}).status == 200
    assert teacher.having(groups="").get(path).status == 403
    assert teacher.having(groups="").patch(path, {"title": "Gone"}).status == 404
    assert teacher.get(path).json["title"] == "Mine"


def test_the_same_user_id_in_another_organization_owns_nothing(
    client: Client, other: Client, path: str
) -> None:
    twin = other.having(user=client.user, groups="")
    assert twin.patch(path, {"title": "x"}).status == 404


@pytest.fixture
def enrollments(client: Client) -> dict[str, str]:
    """Path of an enrollment that each of two learners made."""
    id = client.post(COURSES, course()).json["id"]
    made = {}
    for user in ("learner-1", "learner-2"):
        learner = client.having(groups="member", user=user)
        answer = learner.post(ENROLLMENTS, enrollment(id, learner=user))
        assert answer.status == 201, answer.text
        made[user] = f"{ENROLLMENTS}/{answer.json['id']}"
    return made


def test_a_reader_by_ownership_gets_only_own_items(
    client: Client, enrollments: dict[str, str]
) -> None:
    learner = client.having(groups="member", user="learner-1")
    assert learner.get(enrollments["learner-1"]).status == 200
    absent = learner.get(f"{ENROLLMENTS}/{ABSENT}", request_id="same")
    assert learner.get(enrollments["learner-2"], request_id="same") == absent
    assert absent.status == 404


def test_a_list_by_ownership_holds_only_own_items(
    client: Client, enrollments: dict[str, str]
) -> None:
    learner = client.having(groups="member", user="learner-1")
    items = learner.get(ENROLLMENTS).json["items"]
    assert [f"{ENROLLMENTS}/{item['id']}" for item in items] == [enrollments["learner-1"]]
    everything = client.get(ENROLLMENTS).json["items"]
    assert len(everything) == 2


@pytest.mark.parametrize(
    "query",
    [{"learner": "learner-2"}, {"created_by": "learner-2"}, {"learner": "learner-2", "limit": "1"}],
    ids=str,
)
def test_a_filter_does_not_reach_past_ownership(
    client: Client, enrollments: dict[str, str], query: dict[str, str]
) -> None:
    answer = client.having(groups="member", user="learner-1").get(ENROLLMENTS, query=query)
    assert answer.status in (200, 400, 403)
    if answer.status == 200:
        assert all(item["created_by"] == "learner-1" for item in answer.json["items"])


def test_an_owner_updates_with_if_match_and_others_are_refused(
    client: Client, enrollments: dict[str, str]
) -> None:
    tag = {"If-Match": '"1"'}
    learner = client.having(groups="member", user="learner-1")
    assert learner.patch(enrollments["learner-1"], {"note": "x"}, headers=tag).status == 200
    answer = learner.patch(enrollments["learner-2"], {"note": "x"}, headers=tag)
    assert answer.status in (403, 404)
    assert client.get(enrollments["learner-2"]).json["note"] is None


def test_drafts_are_their_authors_alone(client: Client) -> None:
    author, reader = (client.having(groups="member", user=user) for user in ("a-1", "a-2"))
    path = f"{DRAFTS}/{author.post(DRAFTS, {'text': 'x'}).json['id']}"
    assert author.get(path).status == 200
    for caller in (reader, client.having(user="boss")):
        assert caller.get(path).status == 404
        assert caller.get(DRAFTS).json["items"] == []
        assert caller.patch(path, {"text": "y"}).status in (403, 404)
        assert caller.delete(path).status in (403, 404)
    assert author.patch(path, {"text": "y"}).status == 200
    assert author.delete(path).status == 204


# Claims


def test_without_an_authorizer_the_answer_is_401(client: Client, table: Table) -> None:
    event = client.event("GET", COURSES)
    del event["requestContext"]["authorizer"]
    response = client.handler(event, None)
    assert response["statusCode"] == 401


BAD_TENANTS: list[Any] = [
    None, "", "*", "a/b", "a#b", "org1\n", "\norg1", "org 1", "ö", "x" * 65, ["org1"], {"a": 1}, 7,
    True, "${aws:PrincipalTag/organization_id}", "org1\x00", "..", "a.b", "%2a",
]  # fmt: skip


@pytest.mark.parametrize("tenant", BAD_TENANTS, ids=repr)
def test_a_claim_that_is_no_organization_is_403(
    client: Client, table: Table, tenant: object
) -> None:
    claims = {**client.claims, "custom:organization_id": tenant}
    if tenant is None:
        del claims["custom:organization_id"]
    kept = table.items()
    for method, path, body in (
        ("GET", COURSES, None),
        ("POST", COURSES, course()),
        ("GET", f"{COURSES}/{ABSENT}", None),
        ("PATCH", f"{COURSES}/{ABSENT}", {"title": "x"}),
        ("DELETE", f"{COURSES}/{ABSENT}", None),
    ):
        answer = client.send(method, path, body=body, claims=claims)
        assert answer.status == 403, (method, path)
    assert table.items() == kept


@pytest.mark.parametrize("tenant", ["a", "x" * 64, "A-b_9", "-", "_"])
def test_every_organization_id_of_the_charset_works(client: Client, tenant: str) -> None:
    caller = client.having(tenant=tenant)
    path = f"{INSTRUCTORS}/{caller.post(INSTRUCTORS, instructor()).json['id']}"
    assert caller.get(path).status == 200
    assert caller.get(INSTRUCTORS).status == 200


@pytest.mark.parametrize("subject", [None, "", 7, ["user-1"], "a\nb", "x" * 2000], ids=repr)
def test_a_caller_without_a_usable_subject_is_refused(client: Client, subject: object) -> None:
    claims = {**client.claims, "sub": subject}
    assert client.post(COURSES, course(), claims=claims).status in (401, 403)


def test_a_tenant_in_headers_query_or_body_means_nothing(
    client: Client, other: Client, path: str
) -> None:
    spoofed = {
        "custom:organization_id": client.tenant,
        "X-Organization-Id": client.tenant,
        "organization_id": client.tenant,
        "X-Amz-Security-Token": client.tenant,
    }
    assert other.get(path, headers=spoofed).status == 404
    assert other.get(path, query={"organization_id": client.tenant}).status in (400, 404)
    assert other.get(COURSES, query={"organization_id": client.tenant}).status == 400
    assert other.post(COURSES, course(organization_id=client.tenant)).status == 400
    # a body that no handler of the route reads, so that nothing else can refuse it
    assert other.delete(path, body={"organization_id": client.tenant}).status == 404
    without = {k: v for k, v in other.claims.items() if k != "custom:organization_id"}
    assert other.get(COURSES, headers=spoofed, claims=without).status == 403
