"""Start the emulator so that no acknowledged write is lost, however it ends.

Runs under the emulator's own interpreter, as a script. The emulator by itself saves its data when
it is told to stop, and loses all since its start when it is killed. Here each request that changes
a table is written to a journal before it is answered, and carried out again at the next start;
all other services, which change rarely, are saved a moment after a change.

Below `STATE_DIR` the file `CURRENT` names a generation: a folder with the tables as they were when
it began, and the journal since. A new generation is written beside the old one and then named, so
that each moment has one complete state. `recovered.json` says what the last start found.

The process ends when its standard input does, so that it never outlives whoever started it.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import shutil
import signal
import threading
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

TABLES = "dynamodb"
_READS = ("BatchGet", "Describe", "Get", "List", "Query", "Scan", "TransactGet")
_LONGEST_JOURNAL = 8 * 1024 * 1024
_PAUSE = 0.25
"""Seconds after a change of another service until it is saved."""

ministack: Any = import_module("ministack.app")
hypercorn: Any = import_module("hypercorn.config")
persistence: Any = import_module("ministack.core.persistence")


class Journal:
    """The current generation on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = -1
        self.size = 0
        self.number = self._current()

    @property
    def generation(self) -> Path:
        """Folder of the current generation."""
        return self._folder / f"generation-{self.number}"

    def entries(self) -> tuple[list[list[str]], bool]:
        """Requests since the generation began, and whether the last one was cut off."""
        try:
            data = (self.generation / "journal").read_bytes()
        except FileNotFoundError:
            return [], False
        lines = data.split(b"\n")
        return [json.loads(line) for line in lines[:-1]], bool(lines[-1])

    def add(self, target: str, body: bytes) -> None:
        """Keep one request; it is with the system when this returns.

        Raises OSError where it cannot be kept, and leaves no part of it: what follows must be read.
        """
        line = json.dumps([target, body.decode("utf-8", "surrogateescape")]).encode() + b"\n"
        try:
            written = os.write(self._file, line)
            if written < len(line):  # the rest would have failed
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            os.ftruncate(self._file, self.size)
            raise OSError(error.errno, error.strerror, str(self.generation / "journal")) from error
        self.size += len(line)

    def begin(self, state: Any) -> None:
        """Begin a new generation with the tables as they are now; all others are removed."""
        self.number += 1
        shutil.rmtree(self.generation, ignore_errors=True)
        self.generation.mkdir(parents=True)
        save(TABLES, state, self.generation)
        if not (self.generation / f"{TABLES}.json").exists():
            self.number -= 1  # the disk is full, say: the old generation goes on
            return
        file = os.open(self.generation / "journal", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        pointer = self._folder / "CURRENT"
        pointer.with_suffix(".new").write_text(str(self.number))
        pointer.with_suffix(".new").replace(pointer)
        if self._file >= 0:
            os.close(self._file)
        self._file, self.size = file, 0
        for other in self._folder.glob("generation-*"):  # one more after a kill at this place
            if other != self.generation:
                shutil.rmtree(other, ignore_errors=True)

    def _current(self) -> int:
        try:
            return int((self._folder / "CURRENT").read_text())
        except (FileNotFoundError, ValueError):
            return 0


class Durable:
    """The emulator's ASGI application, with its data on disk at each answer."""

    def __init__(self, application: Any, folder: Path, region: str) -> None:
        self._application = application
        self._folder = folder
        self._journal = Journal(folder)
        self._writing = asyncio.Lock()
        self._saving: asyncio.Task[None] | None = None
        self._credential = (
            f"AWS4-HMAC-SHA256 Credential=test/20260101/{region}/dynamodb/aws4_request, "
            "SignedHeaders=host, Signature=0"
        )

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One ASGI connection."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, self._at_start_and_end(send))
        elif scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._application(scope, receive, send)
        else:
            await self._change(scope, receive, send)

    async def _change(self, scope: Message, receive: Receive, send: Send) -> None:
        target = _header(scope, b"x-amz-target")
        service, _, operation = target.partition(".")
        if not service.startswith("DynamoDB_"):
            await self._application(scope, receive, send)
            self._save_soon()
        elif operation.startswith(_READS):
            await self._application(scope, receive, send)
        else:
            body = await _body(receive)
            # One at a time, so that the journal's order is the order of what happened.
            async with self._writing:
                await self._write(scope, target, body, send)

    async def _write(self, scope: Message, target: str, body: bytes, send: Send) -> None:
        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                self._journal.add(target, body)
            await send(message)

        await self._application(scope, _once(body), kept)
        if self._journal.size > _LONGEST_JOURNAL:
            self._begin_generation()

    def _at_start_and_end(self, send: Send) -> Send:
        async def watched(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                await self._restore()
            elif message["type"] == "lifespan.shutdown.complete":
                self._save_others()
                self._begin_generation()
            await send(message)

        return watched

    async def _restore(self) -> None:
        unreadable = self._load()
        entries, cut_off = self._journal.entries()
        failed = 0
        for target, text in entries:
            failed += await self._replay(target, text.encode("utf-8", "surrogateescape"))
        self._begin_generation()
        report = {
            "replayed": len(entries),
            "failed": failed,
            "cut_off": cut_off,
            "unreadable": unreadable,
        }
        (self._folder / "recovered.json").write_text(json.dumps(report))

    def _load(self) -> list[str]:
        """Load what was saved; what cannot be read is put aside, and named."""
        unreadable = []

        def load(service: str) -> Any:
            folder = self._journal.generation if service == TABLES else self._folder
            path = folder / f"{service}.json"
            if not path.exists():
                return None
            persistence.STATE_DIR = str(folder)
            state = persistence.load_state(service)
            if state is None:
                aside = self._folder / f"unreadable-{service}-{os.getpid()}.json"
                path.replace(aside)
                unreadable.append(str(aside))
            return state

        ministack.load_state = load
        ministack._load_persisted_state()
        return unreadable

    async def _replay(self, target: str, body: bytes) -> bool:
        """Carry out a request again; whether it failed."""
        status = 0

        async def answered(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)

        headers = {
            "x-amz-target": target,
            "content-type": "application/x-amz-json-1.0",
            "authorization": self._credential,
            "host": "127.0.0.1",
        }
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/",
            "raw_path": b"/",
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", 0),
        }
        await self._application(scope, _once(body), answered)
        return status != 200

    def _begin_generation(self) -> None:
        get_state = ministack._build_persistence_save_dict().get(TABLES)
        self._journal.begin(get_state() if get_state is not None else {})

    def _save_soon(self) -> None:
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save_later())

    async def _save_later(self) -> None:
        await asyncio.sleep(_PAUSE)
        self._save_others()

    def _save_others(self) -> None:
        states = ministack._build_persistence_save_dict()
        states.pop(TABLES, None)
        persistence.STATE_DIR = str(self._folder)
        persistence.save_all(states)


def save(service: str, state: Any, folder: Path) -> None:
    """Write one service's state into a folder."""
    persistence.STATE_DIR = str(folder)
    persistence.save_state(service, state)


def _header(scope: Message, wanted: bytes) -> str:
    for name, value in scope["headers"]:
        if name == wanted:
            text: str = value.decode("latin-1")
            return text
    return ""


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _once(body: bytes) -> Receive:
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


def _end_with_standard_input() -> None:
    while os.read(0, 1024):  # not sys.stdin, whose lock would hold up the end of the interpreter
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve until standard input ends or a signal comes."""
    folder = Path(os.environ["STATE_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    # Idle connections of functions would hold up its end for 3 s.
    hypercorn.Config.graceful_timeout = 0.2
    ministack.PERSIST_STATE = False  # its own way of saving, for which ours stands in
    ministack.app = Durable(ministack.app, folder, os.environ["MINISTACK_REGION"])
    threading.Thread(target=_end_with_standard_input, daemon=True).start()
    ministack.main()


if __name__ == "__main__":
    main()
