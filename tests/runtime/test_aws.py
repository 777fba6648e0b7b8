"""The one client: how it is made, and what it does not do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nexus_runtime import aws, parsing

ROOT = Path(__file__).resolve().parent.parent.parent


def python(code: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PYTHONPATH": str(ROOT),
            "AWS_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "AKIAFUNCTION",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_EC2_METADATA_DISABLED": "true",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_there_is_one_client(cloud: object) -> None:
    assert aws.client() is aws.client()
    before = aws.client()
    aws.reset()
    assert aws.client() is not before


def test_the_client_is_bounded_in_time_and_leaves_retries_to_us(cloud: object) -> None:
    config: Any = aws.client().meta.config
    assert config.retries["total_max_attempts"] == 1
    assert config.connect_timeout + config.read_timeout <= 7


def test_the_client_holds_no_credentials_of_the_function() -> None:
    code = (
        "from nexus_runtime import aws\n"
        "try:\n"
        "    aws.client().get_item(TableName='t', Key={})\n"
        "except LookupError as error:\n"
        "    print(type(error).__name__)\n"
    )
    assert python(code) == "LookupError"


def test_endpoints_follow_region_partition_and_override() -> None:
    code = "from nexus_runtime import aws; print(aws._endpoint('sts'), aws._endpoint('kms'))"
    assert python(code) == (
        "https://sts.eu-central-1.amazonaws.com/ https://kms.eu-central-1.amazonaws.com/"
    )
    assert python(code, AWS_REGION="cn-north-1").startswith(
        "https://sts.cn-north-1.amazonaws.com.cn/ "
    )
    local = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_KMS": "http://kms:2"}
    assert python(code, **local) == "http://127.0.0.1:1 http://kms:2"
    client = "from nexus_runtime import aws; print(aws.client().meta.endpoint_url)"
    assert python(client) == "https://dynamodb.eu-central-1.amazonaws.com"
    assert python(client, **local) == "http://127.0.0.1:1"


def test_authorities_are_loaded_once_for_all_connections() -> None:
    code = (
        "import ssl\n"
        "loads = []\n"
        "original = ssl.SSLContext.load_verify_locations\n"
        "def count(self, *a, **k):\n"
        "    loads.append(a)\n"
        "    return original(self, *a, **k)\n"
        "ssl.SSLContext.load_verify_locations = count\n"
        "from nexus_runtime import aws\n"
        "http = aws.client()._endpoint.http_session\n"
        "context = http._manager.connection_pool_kw['ssl_context']\n"
        "import certifi\n"
        "for _ in range(3): context.load_verify_locations(certifi.where(), None, None)\n"
        "print(len(loads), len(context.get_ca_certs()) > 50)\n"
    )
    assert python(code) == "1 True"


def test_a_botocore_that_keeps_its_context_elsewhere_still_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aws._trust_once(object())


def test_importing_the_entry_point_imports_neither_boto3_nor_what_writes() -> None:
    code = (
        "import sys\n"
        "import nexus_runtime.app\n"
        "print([name for name in ('boto3', 'nexus_runtime.writes', 'nexus_runtime.dependents', "
        "'nexus_gen', 'mypy_boto3_dynamodb') if name in sys.modules])\n"
    )
    assert python(code) == "[]"


def test_answers_are_decoded_and_errors_parsed() -> None:
    parser = parsing.PlainParserFactory().create_parser("json")
    item = {"Item": {"pk": {"S": "a"}}}
    fine = {"status_code": 200, "headers": {}, "body": b'{"Item":{"pk":{"S":"a"}}}'}
    assert parser.parse(fine, None) == {**item, "ResponseMetadata": {"HTTPStatusCode": 200}}
    empty = parser.parse({"status_code": 200, "headers": {}, "body": b""}, None)
    assert empty == {"ResponseMetadata": {"HTTPStatusCode": 200}}
    body = b'{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"m"}'
    error = parser.parse({"status_code": 400, "headers": {}, "body": body}, None)
    assert error["Error"] == {"Message": "m", "Code": "ThrottlingException"}


def test_another_protocol_keeps_botocores_parser() -> None:
    parser = parsing.PlainParserFactory().create_parser("query")
    assert not isinstance(parser, parsing._PlainParser)
