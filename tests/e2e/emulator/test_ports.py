"""The emulator of the end-to-end tests answers this run's processes, and pages of nowhere.

`tests/local/test_ports.py` does the same to `nexus-gen dev`.
"""

from __future__ import annotations

import http.client
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from nexus_gen.local import guard
from nexus_gen.local.emulator import (
    Emulator,
    EmulatorError,
    find_interpreter,
    free_port,
    start,
)
from tests.e2e.emulator.start import REGION, ROOT
from tests.e2e.http import Api, client, stage_of
from tests.local.foreign import EVIL, METHODS, accepted, listening, tree

CODE = """
import json, os
import botocore.session
def handler(event, context):
    sts = botocore.session.get_session().create_client("sts")
    told = {"account": sts.get_caller_identity()["Account"], "names": sorted(os.environ),
            "headers": [name.lower() for name in event.get("headers") or {}]}
    return {"statusCode": 200, "headers": {}, "body": json.dumps(told)}
"""


@pytest.fixture(scope="module")
def echo(emulator: Emulator) -> Iterator[Api]:
    """A stage with a function that tells what it was called with; its process is warm."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("echo.py", CODE)
    functions, gateway = client(emulator, "lambda"), client(emulator, "apigateway")
    role = client(emulator, "iam").create_role(RoleName="told", AssumeRolePolicyDocument="{}")
    function = functions.create_function(
        FunctionName="told",
        Runtime="python3.12",
        Handler="echo.handler",
        Role=role["Role"]["Arn"],
        Code={"ZipFile": packed.getvalue()},
    )
    api = gateway.create_rest_api(name="echo")
    root = gateway.get_resources(restApiId=api["id"])["items"][0]["id"]
    place = {"restApiId": api["id"], "resourceId": root, "httpMethod": "GET"}
    gateway.put_method(**place, authorizationType="NONE")
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/"
    uri += f"{function['FunctionArn']}/invocations"
    gateway.put_integration(**place, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    made = gateway.create_deployment(restApiId=api["id"])
    gateway.create_stage(restApiId=api["id"], stageName="echo", deploymentId=made["id"])
    yield stage_of(emulator, api["id"], "echo")
    gateway.delete_rest_api(restApiId=api["id"])


def port_of(emulator: Emulator) -> int:
    return int(emulator.endpoint.rpartition(":")[2])


def send(emulator: Emulator, method: str, target: str, headers: dict[str, str]) -> int:
    """The status of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port_of(emulator), timeout=30)
    connection.request(method, target, headers=headers)
    answer = connection.getresponse()
    assert answer.headers["Access-Control-Allow-Origin"] != "*"
    connection.close()
    return answer.status


def test_a_function_s_own_credentials_work_and_it_never_sees_the_header(echo: Api) -> None:
    told = json.loads(echo.send("GET", "/", None, {"Origin": EVIL}).body)
    assert told["account"] == guard.FUNCTION_KEY
    assert "origin" in told["headers"]
    assert guard.HEADER.lower() not in told["headers"]
    assert guard.TOKEN not in told["names"]


def test_no_port_answers_what_a_page_of_elsewhere_sends(emulator: Emulator, echo: Api) -> None:
    found = listening(tree(emulator.process.pid))
    assert found == {("127.0.0.1", port_of(emulator))}
    path = echo.base.removeprefix(emulator.endpoint)
    paths = ("/", f"{path}/", "/_ministack/reset", "/health", "/2015-03-31/functions", "/bucket/a")
    assert accepted(port_of(emulator), paths) == []


def test_nothing_is_answered_without_the_secret(emulator: Emulator, echo: Api) -> None:
    path = echo.base.removeprefix(emulator.endpoint)
    for method in METHODS:
        for target in (
            f"{path}/",
            "/",
            "/health",
            "/_ministack/health",
            "/pool/.well-known/jwks.json",
        ):
            assert send(emulator, method, target, {}) == 403, (method, target)
    for target in ("/health", "/_ministack/health"):
        assert send(emulator, "GET", target, {**emulator.headers, "Origin": EVIL}) == 200
    assert send(emulator, "GET", "/health", {guard.HEADER: "guess"}) == 403
    connection = http.client.HTTPConnection("127.0.0.1", port_of(emulator))
    connection.putrequest("GET", "/health")
    for value in (emulator.credentials.token, "guess"):
        connection.putheader(guard.HEADER, value)
    connection.endheaders()
    assert connection.getresponse().status == 403


def test_the_secret_counts_with_the_emulator_s_own_address_only(emulator: Emulator) -> None:
    """It may have been read from a page's own server under a name that leads here."""
    port = port_of(emulator)
    for target, host in (
        ("/health", "127.0.0.1"),
        ("/health", f"localhost:{port}"),
        ("/health", f"evil.example:{port}"),
        ("/health", f"127.0.0.1:{port - 1}"),
        (f"http://evil.example:{port}/health", f"127.0.0.1:{port}"),
    ):
        assert send(emulator, "GET", target, {**emulator.headers, "Host": host}) == 403, host


def test_a_signature_is_computed_anew(emulator: Emulator) -> None:
    """The right access key id and another secret; the functions' id, and the usual one."""
    known = emulator.credentials
    for key, secret in (
        (known.access_key_id, "test"),
        (guard.FUNCTION_KEY, "test"),
        ("test", "test"),
        ("test", known.secret_access_key),
    ):
        with pytest.raises(ClientError, match="none: "):
            client(emulator, "lambda", key=key, secret=secret).list_functions()


def test_a_body_that_was_exchanged_is_refused(emulator: Emulator) -> None:
    dynamodb = client(emulator, "dynamodb")

    def exchange(request: Any, **_: Any) -> None:
        request.body = b'{"Limit": 1}'
        request.headers["Content-Length"] = str(len(request.body))

    dynamodb.list_tables()
    dynamodb.meta.events.register("before-send", exchange)
    with pytest.raises(ClientError, match="its signature does not fit it"):
        dynamodb.list_tables()


def test_a_signature_of_any_text_is_refused(emulator: Emulator) -> None:
    """The emulator compares signatures as text, and fails on one outside ASCII."""
    key, date = emulator.credentials.access_key_id, "20261128T000000Z"
    scope = f"{key}/20261128/{REGION}/s3/aws4_request"
    signed = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature="
    query = f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={scope}&X-Amz-Date={date}"
    query += "&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature="
    for text in ("", "x", "\u00e9" * 64, "\u0660" * 64):
        raw = text.encode().decode("latin-1")
        assert (
            send(emulator, "GET", "/b/k", {"Authorization": signed + raw, "X-Amz-Date": date})
            == 403
        )
        assert send(emulator, "GET", f"/b/k?{query}{quote(text)}", {}) == 403


def test_a_session_counts_with_its_token_and_its_secret(emulator: Emulator, echo: Api) -> None:
    role = client(emulator, "iam").get_role(RoleName="told")["Role"]["Arn"]
    given = client(emulator, "sts").assume_role(RoleArn=role, RoleSessionName="session")[
        "Credentials"
    ]
    key, secret, token = (
        given[name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")
    )
    client(emulator, "dynamodb", key=key, secret=secret, token=token).list_tables()
    for wrong in (
        (key, secret, None),
        (key, secret, "x"),
        (key, "x", token),
        ("ASIAX", secret, token),
    ):
        with pytest.raises(ClientError, match="none: "):
            client(
                emulator, "dynamodb", key=wrong[0], secret=wrong[1], token=wrong[2]
            ).list_tables()


def test_a_service_that_nobody_uses_is_refused(emulator: Emulator) -> None:
    with pytest.raises(ClientError, match="not signed with a key of this run"):
        client(emulator, "events").list_event_buses()


def test_a_presigned_url_is_good_for_our_processes_and_not_for_pages(emulator: Emulator) -> None:
    s3 = client(emulator, "s3")
    s3.create_bucket(Bucket="presigned")
    s3.put_object(Bucket="presigned", Key="a b/c", Body=b"1" * 100_000)
    place = {"Bucket": "presigned", "Key": "a b/c"}
    signer = client(emulator, "s3", config=Config(signature_version="s3v4"))
    for operation, method in (("get_object", "GET"), ("head_object", "HEAD")):
        url = signer.generate_presigned_url(operation, Params=place)
        target = url.removeprefix(emulator.endpoint)
        assert send(emulator, method, target, {}) == 200
        for mark in ({"Origin": EVIL}, {"Referer": EVIL}, {"Sec-Fetch-Site": "none"}):
            assert send(emulator, method, target, mark) == 403
        assert send(emulator, method, target.replace("a%20b", "a%20c"), {}) == 403


def test_a_launcher_that_serves_without_the_guard_does_not_start(
    tmp_path: Path,
) -> None:
    bare = tmp_path / "bare.py"
    bare.write_text(
        "import importlib, hypercorn.asyncio.run as run, hypercorn.asyncio as server\n"
        "importlib.reload(server)\n"
        "from ministack import app\n"
        "app.main()\n"
    )
    with pytest.raises(EmulatorError, match="answers every process and page"):
        start((find_interpreter(ROOT), bare), tmp_path / "state", REGION, free_port())
