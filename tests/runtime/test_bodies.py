"""Bodies: bounded before they are parsed, and strictly JSON."""

from __future__ import annotations

import base64
import time
import tracemalloc
from decimal import Decimal
from typing import Any

import pytest

from nexus_runtime import bodies
from nexus_runtime.problems import Problem


def read(body: str | bytes | None, content_type: str | None = "application/json") -> Any:
    """The value of a body, as an event carries it; bytes in Base64."""
    if isinstance(body, bytes):
        event = {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    else:
        event = {"body": body, "isBase64Encoded": False}
    return bodies.read(event, content_type, bodies.JSON)


def refusal(body: str | bytes | None, content_type: str | None = "application/json") -> Problem:
    """The problem that a body is answered with."""
    with pytest.raises(Problem) as refused:
        read(body, content_type)
    return refused.value


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "application/json; version=1",
        "application/json; charset=utf8",
        "application/json;",
        "application/json ; ; CHARSET=UTF8 ;",
        'application/json; version="1;charset=utf-16"; charset="utf-8"',
        "application/json; charset=utf-8; version=1",
        "application/json; charset*=utf-8''utf-8",
        "application/json; charset*=idna'en'utf%2D8",
    ],
)
def test_json_is_read(content_type: str) -> None:
    assert read('{"a": [1, 2.50, "é", null, true]}', content_type) == {
        "a": [1, Decimal("2.50"), "é", None, True]
    }


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/jsonx",
        "application/json; charset=latin-1",
        "application/json; version=1; charset=utf-16",
        "application/json;Version=1;Charset=UTF-16",
        'application/json; charset="utf-16"',
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; charset*=utf-8''utf-16",
        "application/json; charset*=idna''x",
        "application/json; charset*0*=undefined''ut; charset*1*=f-9",
        "application/json; charset*=utf-8; charset*0=utf-8",
        "application/json; version*=a; version*1=b",
        f"application/json; charset*{'9' * 5000}=utf-8",
        "application/json; charset",
        "application/json, application/json",
        "application/json, text/plain",
        "application",
        ";charset=utf-8",
        "application/merge-patch+json",
        "multipart/form-data; boundary=application/json",
    ],
)
def test_another_media_type_is_415_and_names_the_right_one(content_type: str | None) -> None:
    problem = refusal("{}", content_type)
    assert problem.status == 415
    assert problem.headers == {"Accept-Post": "application/json"}


def test_a_patch_of_another_media_type_names_those_of_a_patch() -> None:
    with pytest.raises(Problem) as refused:
        bodies.read({"body": "{}"}, "text/plain", bodies.MERGE_PATCH)
    assert refused.value.headers == {
        "Accept-Patch": "application/merge-patch+json, application/json"
    }


@pytest.mark.parametrize(
    "body",
    [None, "", " ", "{", "{}x", "{'a': 1}", '{"a": 1,}', "[1 2]", "nul", "\ufeff{}", '{"a": NaN}',
     "[Infinity]", "[-Infinity]", '{"a": 1, "a": 2}', '{"b": [{"a": 1, "\\u0061": 2}]}', "[01]",
     '["\x01"]', '["\\ud800"]', '{"\\uDFFF": 1}', '"\ud800"', "1" * 5000, "1e99999999999999999999"],
)  # fmt: skip
def test_what_is_not_json_is_400(body: str | None) -> None:
    problem = refusal(body)
    assert (problem.status, problem.code) == (400, "malformed")


@pytest.mark.parametrize("body", [b"\xff", b'"\xc3"', b'"\xed\xa0\x80"', b"{"])
def test_what_is_not_utf_8_is_400(body: bytes) -> None:
    assert refusal(body).status == 400


def test_what_is_not_base64_is_400() -> None:
    with pytest.raises(Problem) as refused:
        bodies.read({"body": "*", "isBase64Encoded": True}, "application/json", bodies.JSON)
    assert refused.value.status == 400


def test_pairs_of_surrogates_are_one_character() -> None:
    assert read('["\\ud83d\\ude00"]') == ["😀"]


def test_the_bound_is_in_bytes() -> None:
    inner = bodies.MAX_BYTES - 2
    assert len(read(f'"{"x" * inner}"')) == inner
    assert refusal(f'"{"x" * (inner + 1)}"').status == 413
    assert refusal(f'"{"é" * (inner // 2 + 1)}"').status == 413
    assert len(read(b'"' + b"x" * inner + b'"')) == inner
    assert refusal(b'"' + b"x" * (inner + 1) + b'"').status == 413


def test_base64_is_not_decoded_before_its_length_is_known() -> None:
    event = {"body": "A" * 20_000_000, "isBase64Encoded": True}
    tracemalloc.start()
    with pytest.raises(Problem) as refused:
        bodies.read(event, "application/json", bodies.JSON)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.status == 413
    assert most < 1_000_000


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_depth_is_bounded(opening: str) -> None:
    assert refusal(opening * 100_000).code == "too_deep"


def test_brackets_in_strings_are_not_depth() -> None:
    text = '{"a": "' + "[{" * 500 + '\\"]"}'
    assert read(text)["a"].startswith("[{")
    assert read('["' + "\\\\" * 50 + '"' + ',["x"]' * 40 + "]")[0] == "\\" * 50


def test_depth_counts_what_is_open_and_not_what_was() -> None:
    assert len(read("[" + ",".join(["[[]]"] * 200) + "]")) == 200
    assert read("[" * 32 + "]" * 32)
    assert refusal("[" * 33 + "]" * 33).code == "too_deep"


def test_the_number_of_names_is_bounded() -> None:
    assert len(read("{" + ",".join(f'"{n}":1' for n in range(10_000)) + "}")) == 10_000
    many = "[" + ",".join('{"a":1}' for _ in range(10_001)) + "]"
    assert refusal(many).code == "too_many_names"
    assert read('["' + ":" * 20_000 + '"]')


@pytest.mark.parametrize("tail", ['"' * 500_000, '"' + '\\"' * 300_000, '"\\' * 300_000])
def test_scanning_a_hostile_body_takes_linear_time(tail: str) -> None:
    start = time.process_time()
    assert refusal("[" + "[]," * 40 + tail).status == 400
    assert time.process_time() - start < 2
