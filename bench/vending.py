"""What it costs that each tenant has credentials of its own: 10,000 tenants against one.

`python -m bench.vending ROUNDS` is the measuring process. It writes CPU seconds a warm get and the
bytes that the credentials take to standard error, as JSON.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import requests, wire
from bench.handler import deployed, measured
from bench.measure import Pair, paired, repeated
from bench.table import Row, compared

TENANTS = 10_000
TARGET = 1.05
GETS_A_ROUND = 2_000
MEGABYTE = 2**20


def run(quick: bool) -> Iterator[Row]:
    """Rows of the vending suite; `quick` measures fewer rounds."""
    with tempfile.TemporaryDirectory(prefix="nexus-bench-") as folder:
        packages = deployed(Path(folder) / "deployed")
        figures = json.loads(measured("bench.vending", ("5" if quick else "21",), packages))
    pair = Pair(tuple(figures["many"]), tuple(figures["one"]))
    yield compared(f"warm get, each of {TENANTS:,} tenants in turn", "of one tenant", pair, TARGET)
    yield Row(
        figure=f"memory of {TENANTS:,} tenants' credentials",
        ours="",
        baseline="",
        value=figures["bytes"] / MEGABYTE,
        unit=" MB",
        target=figures["bound"] / MEGABYTE,
    )


def main() -> None:
    """Measure and print the figures."""
    wire.install()
    from bench import warm

    create = warm.request("POST", requests.COURSES, 201, requests.NEW_COURSE)
    wire.ANSWERS["GetItem"] = wire.json_answer({"Item": warm.stored(warm.recorded(create))})
    many = _gets([f"organization-{number}" for number in range(TENANTS)])
    one = _gets([f"organization-{0 * number}" for number in range(TENANTS)])
    taken, bound = _vend_all()
    pair = paired(
        lambda: repeated(many, GETS_A_ROUND), lambda: repeated(one, GETS_A_ROUND), int(sys.argv[1])
    )
    figures = {"many": pair.ours, "one": pair.baseline, "bytes": taken, "bound": bound}
    print(json.dumps(figures), file=sys.stderr)


def _gets(tenants: list[str]) -> Callable[[], None]:
    """A get of the next tenant at each call; both sides have as many events to go through."""
    from education_api.handler import handler  # type: ignore[import-not-found,unused-ignore]

    events = itertools.cycle([_event(tenant) for tenant in tenants])
    context = requests.Context()

    def action() -> None:
        if handler(next(events), context)["statusCode"] != 200:
            raise RuntimeError("the get failed")

    return action


def _event(tenant: str) -> dict[str, Any]:
    event = requests.event("GET", requests.COURSE)
    event["requestContext"]["authorizer"]["claims"]["custom:organization_id"] = tenant
    return event


def _vend_all() -> tuple[int, int]:
    """Vend to every tenant; the bytes that it took, and the bound. STS is asked once for each."""
    from nexus_runtime import aws, credentials, telemetry
    from nexus_runtime.keys import Tenant

    asked = 0
    original = aws.signed_call

    def counted(*arguments: Any) -> tuple[int, bytes]:
        nonlocal asked
        asked += 1
        return original(*arguments)

    aws.signed_call = counted
    telemetry.trace.set(telemetry.Trace(budget=600))
    credentials.of(Tenant("organization-0"))
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(2):
        for number in range(TENANTS):
            credentials.of(Tenant(f"organization-{number}"))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    aws.signed_call = original
    if asked != TENANTS:
        raise RuntimeError(f"STS was asked {asked} times for {TENANTS} tenants")
    return after - before, credentials.MAX_BYTES


if __name__ == "__main__":
    main()
