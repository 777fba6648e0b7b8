"""POST of a collection."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from .api import Client
from .estate import Table
from .samples import COURSES, ENROLLMENTS, SAMPLES, course, enrollment, sample

ULID = re.compile(r"\A[0-7][0-9A-HJKMNP-TV-Z]{25}\Z")
MOMENT = re.compile(r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")


def test_create_answers_201_with_the_item_its_location_and_its_etag(client: Client) -> None:
    answer = client.post(COURSES, course(title="Algebra", slug="algebra"))
    assert answer.status == 201
    item = answer.json
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["location"].endswith(f"{COURSES}/{item['id']}")
    assert re.fullmatch(r'"[^"]+"', answer.headers["etag"])
    assert (item["title"], item["slug"]) == ("Algebra", "algebra")


def test_the_location_and_the_etag_are_those_of_get(client: Client) -> None:
    created = client.post(COURSES, course())
    read = client.get(f"{COURSES}/{created.json['id']}")
    assert read.json == created.json
    assert read.headers["etag"] == created.headers["etag"]


def test_system_fields_are_set_by_the_service(client: Client) -> None:
    item = client.having(user="teacher-7").post(COURSES, course()).json
    assert ULID.match(item["id"])
    assert MOMENT.match(item["created_at"])
    assert item["updated_at"] == item["created_at"]
    assert item["created_by"] == item["updated_by"] == "teacher-7"
    assert item["version"] == 1


def test_defaults_apply_and_unset_fields_are_null(client: Client) -> None:
    item = client.post(COURSES, course()).json
    assert (item["level"], item["language"]) == ("beginner", "en")
    assert [item[name] for name in ("summary", "price", "tags", "instructor")] == [None] * 4


def test_an_answer_has_exactly_the_declared_and_the_system_fields(client: Client) -> None:
    item = client.post(SAMPLES, sample()).json
    system = {"id", "created_at", "created_by", "updated_at", "updated_by", "version"}
    declared = "label batch position reading cost taken_at day flagged code contact"
    structured = "place notes size doses extra grade"
    assert set(item) == system | set(declared.split()) | set(structured.split())


def test_null_at_creation_is_unset_and_a_null_default_field_takes_its_default(
    client: Client,
) -> None:
    answer = client.post(COURSES, course(summary=None, level=None))
    assert answer.status == 201
    assert (answer.json["summary"], answer.json["level"]) == (None, "beginner")


def test_ids_ascend_in_order_of_creation(client: Client) -> None:
    ids = [client.post(SAMPLES, sample(label=str(number))).json["id"] for number in range(20)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 20


def test_a_body_that_is_base64_encoded_is_decoded(client: Client) -> None:
    answer = client.post(SAMPLES, raw='{"label": "Größe"}'.encode())
    assert answer.status == 201
    assert answer.json["label"] == "Größe"


def test_the_media_type_may_carry_a_charset(client: Client) -> None:
    headers = {"content-type": "application/json; charset=utf-8"}
    assert client.post(SAMPLES, sample(), headers=headers).status == 201


# Idempotency-Key


@pytest.mark.parametrize("name", ["Idempotency-Key", "idempotency-key"])
def test_a_retry_with_the_same_key_gets_the_first_answer_and_creates_nothing(
    client: Client, table: Table, name: str
) -> None:
    body, headers = course(), {name: "retry-1"}
    first = client.post(COURSES, body, headers=headers)
    kept = table.primary_keys()
    second = client.post(COURSES, body, headers=headers)
    assert (first.status, second.status) == (201, 201)
    assert second.text == first.text
    for field in ("location", "etag", "content-type"):
        assert second.headers[field] == first.headers[field]
    assert table.primary_keys() == kept
    assert len(client.get(COURSES).json["items"]) == 1


def test_the_first_answer_is_given_again_after_the_item_changed(client: Client) -> None:
    body, headers = sample(), {"Idempotency-Key": "retry-2"}
    first = client.post(SAMPLES, body, headers=headers)
    client.patch(f"{SAMPLES}/{first.json['id']}", {"label": "changed"})
    second = client.post(SAMPLES, body, headers=headers)
    assert (second.status, second.json["id"]) == (201, first.json["id"])


def test_the_same_body_written_differently_is_the_same_request(client: Client) -> None:
    headers = {"Idempotency-Key": "retry-3"}
    first = client.post(SAMPLES, raw='{"label": "x", "position": 1}', headers=headers)
    second = client.post(SAMPLES, raw='{"position":1,"label":"x"}', headers=headers)
    assert second.text == first.text


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [("1.5", '"1.5"', 422), ("1.50", "1.5", 201), ("1e2", "100.0", 201), ("true", "1", 422)],
)
def test_a_number_is_not_the_text_of_it(client: Client, one: str, other: str, status: int) -> None:
    headers = {"Idempotency-Key": "retry-6"}
    body = '{{"label": "x", "extra": {}}}'
    assert client.post(SAMPLES, raw=body.format(one), headers=headers).status == 201
    assert client.post(SAMPLES, raw=body.format(other), headers=headers).status == status


def test_the_key_of_another_request_is_422(client: Client, table: Table) -> None:
    headers = {"Idempotency-Key": "retry-4"}
    client.post(SAMPLES, sample(label="one"), headers=headers)
    kept = table.primary_keys()
    answer = client.post(SAMPLES, sample(label="two"), headers=headers)
    assert answer.status == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert table.primary_keys() == kept


def test_the_key_of_a_request_to_another_collection_is_422(client: Client) -> None:
    course_id = client.post(COURSES, course()).json["id"]
    headers = {"Idempotency-Key": "retry-5"}
    assert client.post(ENROLLMENTS, enrollment(course_id), headers=headers).status == 201
    assert client.post(SAMPLES, sample(), headers=headers).status == 422


def test_keys_of_two_organizations_do_not_meet(client: Client, other: Client) -> None:
    headers = {"Idempotency-Key": "retry-6"}
    first = client.post(SAMPLES, sample(label="mine"), headers=headers)
    second = other.post(SAMPLES, sample(label="theirs"), headers=headers)
    assert (first.status, second.status) == (201, 201)
    assert second.json["label"] == "theirs"


def test_one_user_does_not_read_anothers_answer_by_guessing_the_key(client: Client) -> None:
    body, headers = sample(), {"Idempotency-Key": "retry-7"}
    client.having(user="user-a").post(SAMPLES, body, headers=headers)
    answer = client.having(user="user-b").post(SAMPLES, body, headers=headers)
    assert answer.status == 422 or answer.json["created_by"] == "user-b"


def test_a_refused_request_does_not_use_the_key_up(client: Client) -> None:
    headers = {"Idempotency-Key": "retry-8"}
    assert client.post(SAMPLES, {}, headers=headers).status == 400
    assert client.post(SAMPLES, sample(), headers=headers).status == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 2049])
def test_a_key_that_cannot_be_one_is_400(client: Client, key: str) -> None:
    assert client.post(SAMPLES, sample(), headers={"Idempotency-Key": key}).status == 400


def test_the_record_of_a_key_expires_after_a_day(client: Client, table: Table) -> None:
    created = client.post(SAMPLES, sample(), headers={"Idempotency-Key": "retry-9"}).json
    (record,) = (item for item in table.items() if "!idempotency#" in item["pk"]["S"])
    made = datetime.fromisoformat(created["created_at"]).timestamp()
    assert abs(int(record["ttl"]["N"]) - made - 86_400) < 60
