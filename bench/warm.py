"""A warm function: `python -m bench.warm ROUNDS ITEM_FILE`.

Writes CPU seconds a call to standard error as JSON, `{case: [[ours, ...], [baseline, ...]]}`, and
the course that the handler stored to ITEM_FILE. The baseline makes the very calls that the handler
made, with the same parameters, through a bare boto3 client.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from education_api.handler import handler  # type: ignore[import-not-found,unused-ignore]

from bench import requests, wire
from bench.measure import paired, repeated

CALLS_A_ROUND = {"create": 100, "get": 200, "list(50)": 25, "update": 100}

Call = tuple[str, dict[str, Any]]


def main() -> None:
    """Measure each case and print the figures."""
    rounds, item_file = int(sys.argv[1]), Path(sys.argv[2])
    wire.install()
    create = request("POST", requests.COURSES, 201, requests.NEW_COURSE)
    item = stored(recorded(create))
    item_file.write_text(json.dumps(item))
    items = [{**item, "sk": {"S": _id(number)}} for number in range(51)]
    wire.ANSWERS["GetItem"] = wire.json_answer({"Item": items[0]})
    wire.ANSWERS["Query"] = wire.json_answer({"Items": items, "Count": 51, "ScannedCount": 51})
    wire.ANSWERS["UpdateItem"] = wire.json_answer({"Attributes": items[0]})
    cases = {
        "create": create,
        "get": request("GET", requests.COURSE, 200),
        "list(50)": request("GET", requests.COURSES, 200, query={"limit": "50"}),
        "update": request("PATCH", requests.COURSE, 200, {"title": "Statistics, again"}),
    }
    client = boto3.client("dynamodb", config=Config(parameter_validation=True))
    figures = {}
    for name, action in cases.items():
        action()
        bare = _replay(client, recorded(action))
        times = CALLS_A_ROUND[name]
        pair = paired(
            lambda action=action, times=times: repeated(action, times),  # type: ignore[misc]
            lambda bare=bare, times=times: repeated(bare, times),  # type: ignore[misc]
            rounds,
        )
        figures[name] = [pair.ours, pair.baseline]
    print(json.dumps(figures), file=sys.stderr)


def _id(number: int) -> str:
    return f"{requests.COURSE_ID[:-3]}{number:03d}"


def request(
    method: str,
    resource: str,
    status: int,
    body: dict[str, Any] | None = None,
    query: dict[str, str] | None = None,
) -> Callable[[], None]:
    event, context = requests.event(method, resource, body, query), requests.Context()

    def action() -> None:
        answer = handler(event, context)
        if answer["statusCode"] != status:
            raise RuntimeError(f"{method} {resource} answered {answer}")

    return action


def recorded(action: Callable[[], None]) -> list[Call]:
    """The DynamoDB calls that an action makes, with their parameters."""
    calls: list[Call] = []
    every_client: Any = BaseClient
    original = every_client._make_api_call

    def record(client: Any, operation: str, parameters: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name == "dynamodb":
            calls.append((operation, parameters))
        return original(client, operation, parameters)

    every_client._make_api_call = record
    try:
        action()
    finally:
        every_client._make_api_call = original
    return calls


def stored(calls: list[Call]) -> dict[str, Any]:
    """The course that a create put into the table, under the id that requests ask for."""
    for operation, parameters in calls:
        puts = [write["Put"] for write in parameters.get("TransactItems", ()) if "Put" in write]
        for put in [parameters, *puts] if operation == "PutItem" else puts:
            if "title" in put["Item"]:
                item: dict[str, Any] = {**put["Item"], "sk": {"S": requests.COURSE_ID}}
                return item
    raise RuntimeError(f"no course was stored by {[operation for operation, _ in calls]}")


def _replay(client: Any, calls: list[Call]) -> Callable[[], None]:
    methods = {
        operation: getattr(client, name)
        for name, operation in client.meta.method_to_api_mapping.items()
    }
    prepared = [(methods[operation], parameters) for operation, parameters in calls]

    def action() -> None:
        for method, parameters in prepared:
            method(**parameters)

    return action


if __name__ == "__main__":
    main()
