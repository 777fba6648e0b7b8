"""`nexus-gen dev`: what it serves, what a save does, how it ends. The tests run in this order."""

from __future__ import annotations

import json
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest

from tests.local.running import ROOT, Caller, Dev, Stream, call, edit, make_project, processes

ORIGIN = "http://localhost:5173"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def dev(project: Path) -> Iterator[Dev]:
    running = Dev(project, NEXUS_CONSOLE=str(project / "built")).ready()
    yield running
    running.end()


@pytest.fixture(scope="module")
def admin(dev: Dev) -> Caller:
    return Caller(dev.url, "admin@acme.example")


def test_it_says_what_it_waits_for_before_it_serves(dev: Dev) -> None:
    said = "\n".join(dev.seen)
    (ready,) = (at for at, line in enumerate(dev.seen) if line.startswith("API  "))
    for what in (
        "starting the AWS emulator",
        "making tables, users and functions of environment dev",
    ):
        assert what in "\n".join(dev.seen[:ready]), said


def test_two_organizations_cannot_see_each_other(dev: Dev, admin: Caller) -> None:
    globex = Caller(dev.url, "admin@globex.example")
    created = admin.send("POST", "/education/courses", {"title": "Algebra", "slug": "algebra"})
    assert created.status == 201
    path = f"/education/courses/{created.body['id']}"
    assert admin.send("GET", path).body == created.body
    foreign = globex.send("GET", path)
    absent = globex.send("GET", "/education/courses/00000000000000000000000000")
    assert foreign.status == absent.status == 404
    assert {**foreign.body, "request_id": ""} == {**absent.body, "request_id": ""}
    assert globex.send("GET", "/education/courses").body["items"] == []
    assert [item["id"] for item in admin.send("GET", "/education/courses").body["items"]] == [
        created.body["id"]
    ]


def test_a_page_of_an_allowed_origin_may_read_answers_and_errors(dev: Dev, admin: Caller) -> None:
    for headers in (admin.headers, {}, {"Authorization": "x"}):
        answer = call(dev.url, "GET", "/education/courses/x", None, {**headers, "Origin": ORIGIN})
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert answer.headers["vary"] == "Origin"


def test_tokens_are_checked_against_the_pool(dev: Dev, admin: Caller) -> None:
    head, claims, signature = admin.tokens["idToken"].split(".")
    forged = f"{head}.{claims}.{signature[:-8]}{'A' * 8}"
    for given in ("", forged, admin.tokens["accessToken"]):
        answer = call(dev.url, "GET", "/education/courses", None, {"Authorization": given})
        assert (answer.status, answer.body) == (401, {"message": "Unauthorized"})
    bearer = {"Authorization": f"Bearer {admin.tokens['idToken']}"}
    assert call(dev.url, "GET", "/education/courses", None, bearer).status == 200


def test_a_member_may_not_create_a_course(dev: Dev) -> None:
    member = Caller(dev.url, "member@acme.example")
    assert member.send("POST", "/education/courses", {"title": "x", "slug": "x"}).status == 403


def test_a_line_a_request_says_what_dynamodb_did(dev: Dev, admin: Caller) -> None:
    admin.send("GET", "/education/courses?level=beginner&limit=5")
    line = dev.wait_for("GET /education/courses?level=beginner&limit=5 -> 200 (")
    who, _, calls = line.partition(" | ")
    assert who.endswith("acme admin@acme.example")
    assert calls.startswith("Query gsi1 1 item ")
    assert not [line for line in dev.seen if line.startswith("{")]


def test_a_page_hears_of_its_own_requests_with_their_keys(dev: Dev, admin: Caller) -> None:
    stream = Stream(dev.url, "?session=one")
    assert stream.response.headers["content-type"] == "text/event-stream"
    assert stream.next("status")["version"] == 1
    admin.send("GET", "/education/courses?limit=1", headers={"X-Console-Session": "two"})
    answer = admin.send("GET", "/education/courses", headers={"X-Console-Session": "one"})
    told = stream.next("request")
    assert (told["session"], told["id"]) == ("one", answer.headers["x-request-id"])
    assert (told["status"], told["organization"]) == (200, "acme")
    assert told["user"] == "admin@acme.example"
    (query,) = told["calls"]
    assert (query["service"], query["operation"], query["items"]) == ("dynamodb", "Query", 1)
    assert query["keys"] == ["acme#course"]
    stream.close()


def test_a_write_shows_each_key_that_it_touches(dev: Dev, admin: Caller) -> None:
    stream = Stream(dev.url)
    stream.next("status")
    body = {"title": "Geometry", "slug": "geometry"}
    created = admin.send("POST", "/education/courses", body).body
    (call,) = stream.next("request")["calls"]
    assert call["operation"] == "TransactWriteItems"
    assert call["actions"] == ["Put", "Put"]
    assert sorted(call["keys"]) == [
        "acme#course " + created["id"],
        "acme#course#!slug#geometry -",
    ]
    admin.send("DELETE", f"/education/courses/{created['id']}")
    stream.close()


def test_strangers_are_refused(dev: Dev) -> None:
    answer = call(dev.url, "GET", "/_local/users", headers={"Host": "evil.example"})
    assert answer.status == 421
    body = {"username": "admin@acme.example"}
    from_page = {"Origin": "https://evil.example"}
    assert call(dev.url, "POST", "/_local/sign-in", body, from_page).status == 403
    from_here = call(dev.url, "POST", "/_local/sign-in", body, {"Origin": ORIGIN})
    assert from_here.headers["access-control-allow-origin"] == ORIGIN


def test_sign_in_says_what_is_wrong(dev: Dev) -> None:
    for body, status in (
        ({"username": "admin@acme.example", "password": "wrong"}, 401),
        ({"username": "nobody"}, 401),
        ({"email": "admin@acme.example"}, 400),
        (b"{", 400),
        ([], 400),
    ):
        answer = call(dev.url, "POST", "/_local/sign-in", body)
        assert (answer.status, list(answer.body)) == (status, ["message"])
    assert call(dev.url, "GET", "/_local/sign-in").status == 405
    assert call(dev.url, "GET", "/_local/nothing").status == 404


def test_a_frontend_finds_what_a_deployment_would_tell_it_and_where_to_sign_in(dev: Dev) -> None:
    answer = call(dev.url, "GET", "/config.json", headers={"Origin": ORIGIN})
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    config = answer.body
    reader = (ROOT / "templates/client/src/core/config.ts").read_text()
    assert {*re.findall(r'read\("(\w+)"\)', reader), "local"} == set(config)
    assert (config["apiUrl"], config["environment"]) == (dev.url, "dev")
    path = config["local"]["signIn"].removeprefix(dev.url)
    signed_in = call(dev.url, "POST", path, {"username": "admin@acme.example"}).body
    path = config["local"]["refresh"].removeprefix(dev.url)
    renewed = call(dev.url, "POST", path, {"refreshToken": signed_in["refreshToken"]}).body
    claims = jwt.decode(renewed["idToken"], options={"verify_signature": False})
    assert claims["sub"] == signed_in["user"]
    assert claims["aud"] == config["userPoolClientId"]
    assert claims["iss"].endswith(config["userPoolId"])
    elsewhere = {"Origin": "https://evil.example"}
    assert call(dev.url, "GET", "/config.json", headers=elsewhere).status == 403
    assert call(dev.url, "POST", "/config.json").status == 405


def test_a_refresh_token_gives_new_tokens(dev: Dev, admin: Caller) -> None:
    given = {"refreshToken": admin.tokens["refreshToken"]}
    answer = call(dev.url, "POST", "/_local/refresh", given)
    assert (answer.status, answer.body["organization"]) == (200, "acme")
    token = {"Authorization": answer.body["idToken"]}
    assert call(dev.url, "GET", "/education/courses", None, token).status == 200
    refused = call(dev.url, "POST", "/_local/refresh", {"refreshToken": "of another"})
    assert (refused.status, "refresh token" in refused.body["message"]) == (401, True)
    assert "password" not in refused.body["message"]


def test_it_tells_what_it_serves(dev: Dev) -> None:
    users = call(dev.url, "GET", "/_local/users").body["users"]
    assert len(users) == 6
    assert {"username": "member@globex.example", "organization": "globex", "roles": ["member"]} in (
        users
    )
    model = call(dev.url, "GET", "/_local/model.json").body
    assert "course" in json.dumps(model).lower()
    document = call(dev.url, "GET", "/_local/openapi.json").body
    assert "/education/courses" in document["paths"]


def test_the_console_is_served_as_soon_as_it_is_built(dev: Dev, project: Path) -> None:
    built = project / "built"
    page = call(dev.url, "GET", "/")
    assert page.status == 404
    assert "The console is not in &#x27;" in page.body
    assert str(built) in page.body
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<title>Console</title>")
    (built / "assets/main.js").write_text("1")
    (built / "secret").symlink_to(project / "spec/nexus.yaml")
    for path in ("/", "/deep/link"):
        page = call(dev.url, "GET", path, headers={"Accept": "text/html"})
        assert (page.status, page.body) == (200, "<title>Console</title>")
        assert "default-src 'self'" in page.headers["content-security-policy"]
    assert call(dev.url, "GET", "/").body == "<title>Console</title>"
    script = call(dev.url, "GET", "/assets/main.js")
    assert script.headers["content-type"].startswith("text/javascript")
    for path in ("/secret", "/../spec/nexus.yaml", "/assets/%2e%2e/%2e%2e/spec/nexus.yaml"):
        assert call(dev.url, "GET", path).status == 403
    shutil.rmtree(built)


def test_a_payload_past_the_gateway_s_limit_is_refused(dev: Dev, admin: Caller) -> None:
    large = b"x" * (10 * 1024 * 1024 + 1)
    for headers, allowed in (({"Origin": ORIGIN}, ORIGIN), ({}, None)):
        answer = admin.send("POST", "/education/courses", large, headers)
        assert (answer.status, answer.headers["vary"]) == (413, "Origin")
        assert answer.headers.get("access-control-allow-origin") == allowed
    stranger = {"Origin": "https://elsewhere.example"}
    assert admin.send("POST", "/education/courses", large, stranger).status == 403


def test_a_saved_field_is_served_without_a_restart_and_data_stays(
    dev: Dev, project: Path, admin: Caller
) -> None:
    body = {"name": "Ada", "email": "ada@acme.example"}
    assert admin.send("POST", "/education/instructors", {**body, "room": "B2"}).status == 400
    assert admin.send("POST", "/education/instructors", body).status == 201
    stream = Stream(dev.url)
    stream.next("status")
    edit(project, "      headline:", "      room: {type: string}\n      headline:")
    dev.wait_for("reloaded")
    assert stream.next("reload") == {"version": 2}
    stream.close()
    items = admin.send("GET", "/education/instructors").body["items"]
    assert [(item["name"], item["room"]) for item in items] == [("Ada", None)]
    assert "room" in json.dumps(call(dev.url, "GET", "/_local/model.json").body)


def test_a_saved_index_is_served_without_a_restart(dev: Dev, project: Path, admin: Caller) -> None:
    refused = admin.send("GET", "/education/courses?sort=title")
    assert refused.status == 400
    edit(
        project,
        "      by_start: {sort: starts_on}\n",
        "      by_start: {sort: starts_on}\n      by_title: {sort: title}\n",
    )
    dev.wait_for("indexes of education: +gsi4")
    dev.wait_for("items of before are listed by education.Course.by_title once they are saved")
    dev.wait_for("reloaded")
    body = {"title": "Calculus", "slug": "calculus"}
    assert admin.send("POST", "/education/courses", body).status == 201
    titles = [
        item["title"] for item in admin.send("GET", "/education/courses?sort=title").body["items"]
    ]
    assert "Calculus" in titles


def test_a_bad_spec_is_told_and_the_last_good_api_stays(
    dev: Dev, project: Path, admin: Caller
) -> None:
    stream = Stream(dev.url)
    assert stream.next("status")["diagnostics"] == []
    edit(project, "type: slug", "type: slog")
    dev.wait_for("NX104")
    dev.wait_for("still serving the last good build")
    (problem,) = stream.next("diagnostics")["diagnostics"]
    assert (problem["code"], problem["severity"]) == ("NX104", "error")
    assert problem["file"] == "spec/verticals/education.yaml"
    assert "^^^^ not a type" in problem["rendered"]
    assert call(dev.url, "GET", "/_local/status").body["diagnostics"] == [problem]
    assert admin.send("GET", "/education/courses").status == 200
    edit(project, "type: slog", "type: slug")
    assert stream.next("cleared") == {}
    assert call(dev.url, "GET", "/_local/status").body["diagnostics"] == []
    stream.close()


def test_a_second_dev_of_the_same_project_is_refused(dev: Dev, project: Path) -> None:
    second = Dev(project)
    assert second.process.wait(60) == 1
    assert f"process {dev.process.pid} serves this project already" in second.output()


def test_ctrl_c_ends_it_and_everything_it_started_and_the_data_is_there_next_time(
    dev: Dev, project: Path
) -> None:
    started = dev.children()
    assert len(started) >= 2
    assert dev.stop() == 0
    assert not started & {pid for pid, _, _ in processes()}
    port = int(dev.url.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    again = Dev(project, port=port).ready()
    try:
        caller = Caller(again.url, "admin@acme.example")
        items = caller.send("GET", "/education/courses").body["items"]
        assert [item["slug"] for item in items] == ["algebra", "calculus"]
    finally:
        again.end()
    fresh = Dev(project, "--fresh").ready()
    try:
        caller = Caller(fresh.url, "admin@acme.example")
        assert caller.send("GET", "/education/courses").body["items"] == []
    finally:
        fresh.end()


def test_a_taken_port_is_an_error_with_a_move(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = Dev(project, port=port)
        output = running.output()
    assert running.process.returncode == 1
    assert f"port {port} of 127.0.0.1 is taken" in output
    assert "--port" in output


def test_an_unknown_environment_is_an_error_that_names_the_known_ones(project: Path) -> None:
    running = Dev(project, "--environment", "prd")
    assert "there are: dev, staging, prod" in running.output()
    assert running.process.returncode == 2


def test_a_missing_spec_and_a_missing_emulator_are_errors_with_a_move(
    project: Path, tmp_path: Path
) -> None:
    empty = Dev(tmp_path)
    assert "spec" in empty.output()
    assert empty.process.returncode == 1
    absent = Dev(project, NEXUS_MINISTACK="/nonexistent")
    assert "NEXUS_MINISTACK names '/nonexistent', which is not a program" in absent.output()
    assert absent.process.returncode == 1


def test_the_repository_ignores_the_data() -> None:
    assert ".nexus/" in (ROOT / ".gitignore").read_text()
