"""Every fault, at every call to AWS that a request of any route makes.

The routes and their bodies come from the model. One request without a fault says what shall come of
it; then the same request is sent to the same table once for each call that it makes and each kind
of fault. It ends as if nothing had happened, or with 503, and then the request is sent again.
"""

from __future__ import annotations

import copy
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ReadTimeoutError
from moto.dynamodb.models import dynamodb_backends

from nexus_gen.model import Entity, Model, OperationKind
from tests.attacks import estate as estates
from tests.attacks.estate import Estate
from tests.attacks.traffic import Answer, Request
from tests.sizes import chance, parts, size

from .attack_target import Function
from .estate import TABLE
from .test_faults import URL, cancelled
from .wire import Call, Fault, Send, Wire, error, sts_error

pytestmark = [pytest.mark.sampled, pytest.mark.usefixtures("waited")]

TENANT = "org1"
KEY = {"Idempotency-Key": "of-this-request"}
MATCH = {"If-Match": '"1"'}
TIMEOUT = ReadTimeoutError(endpoint_url=URL)
INTERNALS = ("canary-aws", "canary-endpoint", "exception", "botocore", "dynamodb", "amazonaws")


class Case(NamedTuple):
    """One request, and the call of it, by number from 0, that a fault of a kind meets."""

    request: Request
    number: int
    call: Call
    kind: str


class Outcome(NamedTuple):
    """What came of a request: its status, and the table after it."""

    status: int
    table: list[str]


class Kind(NamedTuple):
    """A kind of fault.

    Attributes:
        answer: stands for AWS.
        times: attempts that meet it, one after the other.
        sent: AWS carries each of them out before.
        services: whose calls can meet it.
    """

    answer: Callable[[Call], AWSResponse]
    times: int
    sent: bool = False
    services: tuple[str, ...] = ("dynamodb", "sts", "kms")


FOR_EVER = 10_000
SAMPLE = 100
PARTS = 8


def throttle(call: Call) -> AWSResponse:
    if call.service == "sts":
        return sts_error("Throttling")
    return error("ThrottlingException")


def failure(call: Call) -> AWSResponse:
    if call.service == "sts":
        return sts_error("InternalFailure", 500)
    return error("InternalServerError", 500)


def timeout(call: Call) -> AWSResponse:
    raise TIMEOUT


def conflict(call: Call) -> AWSResponse:
    """What a write says that meets a transaction, or a transaction that meets a write."""
    if call.operation == "TransactWriteItems":
        others = ["None"] * (len(call.parameters["TransactItems"]) - 1)
        return cancelled("TransactionConflict", *others)
    return error("TransactionConflictException")


def throttled_transaction(call: Call) -> AWSResponse:
    others = ["None"] * (len(call.parameters["TransactItems"]) - 1)
    return cancelled(*others, "ThrottlingError")


WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")
KINDS = {
    "throttled twice": Kind(throttle, 2),
    "throttled for ever": Kind(throttle, FOR_EVER),
    "timeout before": Kind(timeout, 1),
    "timeout after": Kind(timeout, 1, sent=True),
    "timeout after, for ever": Kind(timeout, FOR_EVER, sent=True),
    "failed": Kind(failure, 1),
    "failed for ever": Kind(failure, FOR_EVER),
    "failed after": Kind(failure, 1, sent=True),
    "conflict": Kind(conflict, 5, services=WRITES),
    "conflict for ever": Kind(conflict, FOR_EVER, services=WRITES),
    "cancelled": Kind(throttled_transaction, 2, services=("TransactWriteItems",)),
    "cancelled for ever": Kind(throttled_transaction, FOR_EVER, services=("TransactWriteItems",)),
}


def injected(kind: Kind, number: int) -> Fault:
    """A fault that meets one call of a request and the attempts that follow it."""
    calls = 0
    left = kind.times

    def fault(call: Call, send: Send) -> AWSResponse:
        nonlocal calls, left
        calls += 1
        if calls <= number or not left or not meets(kind, call):
            return send()
        left -= 1
        if kind.sent:
            send()
        return kind.answer(call)

    return fault


def meets(kind: Kind, call: Call) -> bool:
    return call.service in kind.services or call.operation in kind.services


class World:
    """The function, and a table that is put back before each request."""

    def __init__(self, function: Function, model: Model, wire: Wire, project: Path) -> None:
        self._function, self._wire = function, wire
        self._estate = estates.build(function, model, TENANT)
        self._kept = copy.deepcopy(_table().items)
        self._known = json.dumps(function.dump())
        self.before = self._normal()
        document = project / "generated" / "openapi" / "openapi.yaml"
        self._paths = yaml.load(document.read_text(), Loader=yaml.CSafeLoader)["paths"]
        self.requests = [
            request
            for vertical in model.verticals
            for entity in vertical.entities
            for request in requests_of(entity, self._estate)
        ]

    def reset(self, fault: Fault | None = None) -> None:
        """The table as it was, and a new container of the function."""
        _table().items = copy.deepcopy(self._kept)
        for module in ("credentials", "cursors"):
            sys.modules[f"nexus_runtime.{module}"].reset()  # type: ignore[attr-defined]
        self._wire.reset()
        self._wire.fault = fault

    def send(self, request: Request, fault: Fault | None = None) -> tuple[Answer, Outcome]:
        """Send a request while a fault lasts."""
        self._wire.fault = fault
        answer = self._function.send(TENANT, request)
        self._wire.fault = None
        return answer, Outcome(answer.status, self._normal())

    def calls(self) -> list[Call]:
        """What was sent since the last reset."""
        return list(self._wire.calls)

    def documented(self, request: Request) -> set[int]:
        """Statuses that the API description names for a route."""
        responses = self._paths[request.path][request.method.lower()]["responses"]
        return {int(status) for status in responses}

    def _normal(self) -> list[str]:
        """The table without what differs from run to run: new ids, moments, ends of records."""

        def named(match: re.Match[str]) -> str:
            return match[0] if match[0] in self._known else "NEW"

        rows = []
        for item in self._function.dump():
            text = json.dumps(item, sort_keys=True)
            text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", "MOMENT", text)
            text = re.sub(r'("ttl": \{"N": )"\d+"', r"\1END", text)
            rows.append(re.sub(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", named, text))
        return sorted(rows)


def _table() -> Any:
    (tables,) = (backend.tables for _, _, backend in dynamodb_backends.iter_backends())
    return tables[TABLE]


def requests_of(entity: Entity, estate: Estate) -> Iterator[Request]:
    """What a person does with an entity, each a request that is good."""
    name = estates.key(entity)
    first, second = estate.items[name]
    for operation in entity.operations:
        request = Request(operation.method, operation.path, first)
        match operation.kind:
            case OperationKind.LIST:
                yield request
                for query, cursor in _pages(entity, estate):
                    yield request.having(query={**query, "limit": "1", "cursor": cursor})
            case OperationKind.CREATE:
                unique = {
                    one.name.snake: estates.unique_value(one, TENANT, 9) for one in entity.unique
                }
                body = {**estate.bodies[name], **unique}
                yield request.having(body=body)
                yield request.having(body=body, headers=KEY)
            case OperationKind.GET:
                yield request
            case OperationKind.UPDATE:
                yield request.having(body=_other_values(entity, estate))
                yield request.having(body=_other_values(entity, estate), headers=MATCH)
            case OperationKind.DELETE:
                yield request
                yield request.having(parameters=second)
            case OperationKind.RESTORE:
                yield request.having(parameters=estate.deleted[name])
                yield request.having(parameters=estate.deleted[name], headers=KEY)


def _pages(entity: Entity, estate: Estate) -> Iterator[tuple[dict[str, str], str]]:
    """Query and cursor of one second page; its request asks for the key of cursors."""
    name = estates.key(entity)
    found = [page for (of, _), page in estate.cursors.items() if of == name]
    yield from found[:1]


def _other_values(entity: Entity, estate: Estate) -> dict[str, Any]:
    """Values of its changeable fields that the first item does not have: unique ones, texts and
    references; an entity without any of them has a number, or nothing to change."""
    body = estate.bodies[estates.key(entity)]
    values: dict[str, Any] = {}
    for field in entity.fields:
        name = field.name.snake
        if field.immutable:
            continue
        if field in entity.unique:
            values[name] = estates.unique_value(field, TENANT, 9)
        elif body.get(name) == estate.canary:
            values[name] = f"{estate.canary[:-1]}?"
        elif (target := field.target) is not None:
            second = estate.items[f"{target.vertical.raw}.{target.name.raw}"][1]
            values[name] = second[target.id_parameter]
    numbers = (one.name.snake for one in entity.fields if one.type.name == "integer")
    return values or dict.fromkeys(itertools.islice(numbers, 1), 7)


@pytest.fixture
def world(function: Function, model: Model, wire: Wire, project: Path) -> World:
    return World(function, model, wire, project)


@parts(ci=1, soak=PARTS)
def test_a_fault_anywhere_loses_nothing_doubles_nothing_and_shows_nothing(
    world: World, part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    expected, cases = without_faults(world)
    chosen = chance("faults").sample(cases, size(ci=SAMPLE, soak=len(cases)))[
        part :: size(ci=1, soak=PARTS)
    ]
    problems = [
        f"{case.kind} at {case.call.operation} ({case.number}) of {case.request}: {problem}"
        for case in chosen
        for problem in problems_of(world, case, expected[id(case.request)])
    ]
    printed = capsys.readouterr()
    assert not problems, "\n".join(problems)
    assert not any(text in printed.out + printed.err for text in INTERNALS[:2])
    with capsys.disabled():
        print(f"\ninjected faults: {len(chosen)} of {len(cases)}")


def without_faults(world: World) -> tuple[dict[int, Outcome], list[Case]]:
    """What comes of each request, by its identity, and every case."""
    expected: dict[int, Outcome] = {}
    cases = []
    for request in world.requests:
        world.reset()
        _, expected[id(request)] = world.send(request)
        for number, call in enumerate(world.calls()):
            cases += [
                Case(request, number, call, name)
                for name, kind in KINDS.items()
                if meets(kind, call)
            ]
    return expected, cases


def problems_of(world: World, case: Case, expected: Outcome) -> Iterator[str]:
    """What a fault broke."""
    kind, request = KINDS[case.kind], case.request
    world.reset()
    answer, outcome = world.send(request, injected(kind, case.number))
    if any(text in answer.text.lower() for text in INTERNALS):
        yield f"internals are shown: {answer.text}"
    if answer.status not in world.documented(request):
        yield f"the status {answer.status} is not documented"
    if outcome == expected:
        return
    if answer.status != 503:
        yield f"{answer.status} instead of {expected.status}; {difference(outcome, expected)}"
        return
    if case.call.service == "dynamodb" and kind.times < FOR_EVER:
        yield "503 for a fault that passed"
    if request.method == "POST" and not request.headers:
        # Sent again it would be another creation: nobody can tell.
        if outcome.table not in (world.before, expected.table):
            yield f"half of it was done; {difference(outcome, expected)}"
        return
    _, again = world.send(request)
    if again.table != expected.table:
        yield f"sent again, {again.status}; {difference(again, expected)}"
    done = {204: 404, 200: 412} if "If-Match" in request.headers else {204: 404}
    if again.status not in (expected.status, done.get(expected.status)):
        yield f"sent again, {again.status} instead of {expected.status}"


def difference(found: Outcome, expected: Outcome) -> str:
    """Rows of the table that are too many and too few."""
    more = [row for row in found.table if row not in expected.table]
    fewer = [row for row in expected.table if row not in found.table]
    counts = f"{len(found.table)} rows, {len(expected.table)} expected"
    return f"{counts}\n  too many {more}\n  too few {fewer}"
