"""Containers of a function: what they answer, how they fail, when they are replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.local.functions import Function, FunctionError, HandlerError, Package, Spares

CODE = """
import os, time

def handler(event, context):
    print("said by the function")
    match event["do"]:
        case "answer":
            return {
                "statusCode": 201,
                "headers": {"ETag": "1"},
                "multiValueHeaders": {"Set-Cookie": ["a", "b"]},
                "body": "é" + os.environ["NAME"] + str(os.getpid()),
            }
        case "binary":
            return {"statusCode": 200, "body": "/w==", "isBase64Encoded": True}
        case "large":
            return {"statusCode": 200, "body": '"' * event["quotes"] + "x" * event["letters"]}
        case "raise":
            raise ValueError("no such thing")
        case "die":
            os._exit(3)
        case "sleep":
            time.sleep(float(event["for"]))
            return {"statusCode": 200, "body": str(os.getpid())}
"""


@pytest.fixture
def package(tmp_path: Path) -> Package:
    code = tmp_path / "sample-api" / "sample_api"
    code.mkdir(parents=True)
    (code / "__init__.py").touch()
    (code / "handler.py").write_text(CODE)
    layer = tmp_path / "layer"
    layer.mkdir()
    return Package(code.parent, layer, {"NAME": "x"}, 1.0, tmp_path / "log")


def event(do: str, **more: Any) -> dict[str, Any]:
    return {"do": do, "requestContext": {"requestId": "1"}, **more}


def run(package: Package, work: Callable[[Function], Awaitable[None]]) -> None:
    async def main() -> None:
        spares = Spares()
        function = Function(package, spares)
        try:
            await function.warm_up()
            await work(function)
        finally:
            function.kill()
            spares.close()

    asyncio.run(main())


def test_an_answer_keeps_its_headers_and_bytes(package: Package) -> None:
    async def work(function: Function) -> None:
        answer = await function.invoke(event("answer"))
        assert (answer.status, answer.calls) == (201, [])
        assert answer.headers == [["ETag", "1"], ["Set-Cookie", "a"], ["Set-Cookie", "b"]]
        assert answer.body.decode().startswith("éx")
        assert (await function.invoke(event("binary"))).body == b"\xff"

    run(package, work)


LARGEST = 6_291_556 - len('{"statusCode": 200, "body": ""}')


def test_an_answer_past_lambda_s_limit_is_an_error_of_the_function(package: Package) -> None:
    """Measured as the runtime client sends it: a quote is two bytes there."""

    async def work(function: Function) -> None:
        for quotes in (0, 1, 1_000_000, LARGEST // 2):
            letters = LARGEST - 2 * quotes
            fits = await function.invoke(event("large", quotes=quotes, letters=letters))
            assert len(fits.body) == quotes + letters
            with pytest.raises(HandlerError, match="ResponseSizeTooLarge"):
                await function.invoke(event("large", quotes=quotes, letters=letters + 1))

    run(package, work)


def test_code_that_raises_keeps_its_process_and_one_that_dies_is_replaced(
    package: Package,
) -> None:
    async def work(function: Function) -> None:
        first = (await function.invoke(event("answer"))).body
        with pytest.raises(HandlerError, match="ValueError: no such thing"):
            await function.invoke(event("raise"))
        assert (await function.invoke(event("answer"))).body == first
        with pytest.raises(FunctionError, match="its process ended"):
            await function.invoke(event("die"))
        assert (await function.invoke(event("answer"))).body != first

    run(package, work)


def test_a_function_past_its_timeout_is_ended(package: Package) -> None:
    async def work(function: Function) -> None:
        with pytest.raises(FunctionError, match="longer than its timeout of 1 s"):
            await function.invoke(event("sleep", **{"for": 60}))
        assert (await function.invoke(event("answer"))).status == 201

    run(package, work)


def test_events_at_the_same_time_get_processes_of_their_own(package: Package) -> None:
    async def work(function: Function) -> None:
        answers = await asyncio.gather(
            *(function.invoke(event("sleep", **{"for": 0.3})) for _ in range(2))
        )
        assert len({answer.body for answer in answers}) == 2

    run(package, work)


def test_a_retired_function_ends_what_it_began(package: Package) -> None:
    async def work(function: Function) -> None:
        busy = asyncio.ensure_future(function.invoke(event("sleep", **{"for": 0.3})))
        await asyncio.sleep(0)
        await function.retire()
        assert (await busy).status == 200

    run(package, work)


def test_code_that_cannot_be_loaded_says_why(package: Package) -> None:
    (package.folder / "sample_api" / "handler.py").write_text("import nothing_of_that_name")

    async def main() -> None:
        spares = Spares()
        try:
            await Function(package, spares).warm_up()
        finally:
            spares.close()

    with pytest.raises(FunctionError, match="ModuleNotFoundError"):
        asyncio.run(main())


def test_only_code_or_settings_that_changed_need_new_processes(package: Package) -> None:
    async def main() -> None:
        function = Function(package, Spares())
        assert function.serves(package)
        other = Package(package.folder, package.layer, {"NAME": "y"}, 1.0, package.log)
        assert not function.serves(other)
        (package.layer / "more.py").touch()
        assert not function.serves(package)

    asyncio.run(main())
