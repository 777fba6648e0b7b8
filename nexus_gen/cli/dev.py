"""`nexus-gen dev`: the generated API on this machine."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from nexus_gen.cli.exits import ExitCode

if TYPE_CHECKING:
    from nexus_gen.local.server import LocalApi
    from nexus_gen.pipeline import Build

INTERVAL = 0.1
"""Seconds between two looks at the spec: a reload is waited for."""


def dev(root: Path, port: int, environment: str | None, fresh: bool, seed: int) -> ExitCode:
    """Build, serve, and rebuild on save until Ctrl-C; nothing keeps running afterwards.

    Args:
        seed: items of each entity to fill in, 0 for none.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)  # a shell's background job inherits it ignored
    try:
        return _dev(root, port, environment, fresh, seed)
    except KeyboardInterrupt:
        # A second Ctrl-C must not keep anything running.
        print("stopped; data is kept (--fresh starts over)")
        return ExitCode.FINE


def _dev(root: Path, port: int, environment: str | None, fresh: bool, seed: int) -> ExitCode:
    from nexus_gen.cli import welcome
    from nexus_gen.cli.watch import signature
    from nexus_gen.local.emulator import EmulatorError
    from nexus_gen.local.functions import FunctionError
    from nexus_gen.local.server import (
        PortTakenError,
        SeedError,
        UnknownEnvironmentError,
        local_api,
    )
    from nexus_gen.local.state import InUseError, UnusableError

    seen = signature(root)
    built = _build(root)
    if built is None or not _is_plain(root):
        return ExitCode.FAULT
    name = environment or built.model.environments[0].name
    try:
        with local_api(built.model, root, port=port, environment=name, fresh=fresh, say=_say) as (
            api,
            emulator,
        ):
            api.report(built.warnings)
            ended = threading.Event()
            emulator.on_end = ended.set
            if seed:
                _seed(api, built, seed)
            print(welcome.text(api))
            return _serve(api, root, name, ended, seen)
    except PortTakenError as error:
        another = port % 65535 + 1
        return _fail(f"{error}; name another: nexus-gen dev --port {another}, or 0 for any")
    except UnknownEnvironmentError as error:
        return _fail(str(error), ExitCode.USAGE)
    except InUseError as error:
        return _fail(f"{error}; stop it, or serve a copy of the project")
    except FunctionError as error:
        return _fail(f"the functions cannot be loaded: {error}")
    except (EmulatorError, SeedError, UnusableError) as error:
        return _fail(str(error))


def _serve(
    api: LocalApi, root: Path, environment: str, ended: threading.Event, seen: object
) -> ExitCode:
    """Load anew on each save; `seen` is the spec's signature from before it was built."""
    while True:
        _say("watching spec/ for changes, Ctrl-C to end")
        while (now := _changed(root, seen)) is None:
            if ended.wait(INTERVAL):
                return _fail("the AWS emulator is gone; its data is kept: start again")
        seen = now  # from before the reload, so that a save during it is another change
        _reload(api, root, environment)


def _changed(root: Path, seen: object) -> object | None:
    """The spec's signature if it differs from `seen` and the save is complete: two looks agree."""
    from nexus_gen.cli.watch import signature

    now = signature(root)
    if now == seen:
        return None
    while True:
        time.sleep(INTERVAL)
        again = signature(root)
        if again == now:
            return now
        now = again


def _reload(api: LocalApi, root: Path, environment: str) -> None:
    from nexus_gen.local.functions import FunctionError
    from nexus_gen.local.server import UnknownEnvironmentError

    started = time.monotonic()
    built = _build(root, api.report)
    if built is None:
        _say("still serving the last good build")
        return
    api.report(built.warnings)
    if not built.plan.changes and not built.packages:
        return  # the summary said so
    try:
        estate = api.load(built.model, environment)
    except (FunctionError, UnknownEnvironmentError) as error:
        _say(f"still serving the last good build: {error}")
        return
    for vertical, changes in estate.indexes_changed.items():
        if changes:
            _say(f"indexes of {vertical}: {' '.join(changes)}")
    if api.reindexed:
        _say(
            f"items of before are listed by {', '.join(api.reindexed)} once they are saved again; "
            "--fresh --seed starts over"
        )
    _say(f"reloaded in {time.monotonic() - started:.2f} s; data is kept")


def _is_plain(root: Path) -> bool:
    """Whether nothing leads out of the data folder; what does is shown."""
    from nexus_gen.cli.output import show
    from nexus_gen.diagnostics import SpecError
    from nexus_gen.diagnostics.formats import Format
    from nexus_gen.emit.lock import require_plain
    from nexus_gen.local.state import STATE

    try:
        require_plain(root, STATE.as_posix())
    except SpecError as error:
        show(error.diagnostics, Format.TEXT, root)
        return False
    return True


def _build(root: Path, report: Callable[..., None] | None = None) -> Build | None:
    """Build and show what changed; None, with the diagnostics shown, where the spec is bad."""
    from nexus_gen import pipeline
    from nexus_gen.cli.build import summary
    from nexus_gen.cli.output import show
    from nexus_gen.diagnostics import SpecError
    from nexus_gen.diagnostics.formats import Format

    try:
        built = pipeline.build(root)
    except SpecError as error:
        show(error.diagnostics, Format.TEXT, root)
        if report is not None:
            report(error.diagnostics)
        return None
    show(built.warnings, Format.TEXT, root)
    print(summary(built), end="", flush=True)
    return built


def _seed(api: LocalApi, built: Build, count: int) -> None:
    _say(f"seeding up to {count} items of each entity, 2 to 6 below each parent")
    for filled in api.seed(count):
        for line in filled.told(built.model):
            _say(line)


def _say(line: str) -> None:
    print(line, flush=True)


def _fail(message: str, code: ExitCode = ExitCode.FAULT) -> ExitCode:
    print(f"nexus-gen dev: {message}", file=sys.stderr)
    return code


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the rest must be taken down, once
    raise KeyboardInterrupt
