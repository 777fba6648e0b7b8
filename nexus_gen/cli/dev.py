"""`nexus-gen dev`: the generated API on this machine."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from nexus_gen.cli.build import build_once
from nexus_gen.cli.exits import ExitCode

if TYPE_CHECKING:
    from nexus_gen.local.estate import Estate
    from nexus_gen.local.server import LocalApi

STATE = Path(".nexus/local")


def dev(root: Path, port: int, environment: str | None, fresh: bool) -> ExitCode:
    """Build, serve, and rebuild on save until Ctrl-C; nothing keeps running afterwards."""
    from nexus_gen import pipeline
    from nexus_gen.local.emulator import EmulatorError
    from nexus_gen.local.server import PortTakenError, local_api

    if build_once(root) is not ExitCode.FINE:
        return ExitCode.FAULT
    if fresh:
        shutil.rmtree(root / STATE, ignore_errors=True)
    model = pipeline.compile(root)
    known = [candidate.name for candidate in model.environments]
    name = environment or known[0]
    if name not in known:
        return _fail(f"`{name}` is no environment of the spec; there are: {', '.join(known)}")
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with local_api(model, root, port, name, _say) as (api, endpoint):
            _serve(api, endpoint, root)
    except PortTakenError as error:
        return _fail(f"{error}; name another: nexus-gen dev --port {port + 1}")
    except EmulatorError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        pass
    print("stopped; data is kept (--fresh starts over)")
    return ExitCode.FINE


def _serve(api: LocalApi, endpoint: str, root: Path) -> None:
    from nexus_gen import pipeline
    from nexus_gen.cli.watch import watch

    first = True

    def rebuild() -> None:
        nonlocal first
        if first:
            first = False
        elif build_once(root) is ExitCode.FINE:
            api.load(pipeline.compile(root), endpoint)
            print("reloaded; data is kept")
        else:
            print("still serving the last good build")

    thread = threading.Thread(target=api.server.serve_forever, daemon=True)
    thread.start()
    if api.estate is not None:
        print(welcome(api.url, api.estate))
    try:
        watch(root, rebuild)
    finally:
        api.server.shutdown()
        thread.join()


def welcome(url: str, estate: Estate) -> str:
    """What a person needs to make the first request."""
    from nexus_gen.local.estate import PASSWORD
    from nexus_gen.local.server import SIGN_IN_PATH

    first = estate.users[0].email
    rows = [f"  {user.email:<28} {user.organization:<10} {user.role}" for user in estate.users]
    return "\n".join(
        [
            "",
            f"API      {url}",
            f"users    password of all: {PASSWORD}",
            *rows,
            "",
            "sign in:",
            f'  TOKEN=$(curl -s {url}{SIGN_IN_PATH} -d \'{{"email": "{first}"}}\' |',
            "    python3 -c 'import json, sys; print(json.load(sys.stdin)[\"id_token\"])')",
            f'  curl -H "Authorization: $TOKEN" {url}/...',
            "",
        ]
    )


def _say(line: str) -> None:
    print(line, flush=True)


def _fail(message: str) -> ExitCode:
    print(f"nexus-gen dev: {message}", file=sys.stderr)
    return ExitCode.FAULT


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
