"""The functions of the generated API, each in child processes of its own.

Everything here runs on the server's event loop, and nothing here waits for a process otherwise.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from nexus_gen.local.frames import PREFIX, frame, header_of, lengths
from nexus_gen.local.wire import Call

MAX_CONTAINERS = 4
"""Events that one function answers at a time; further ones wait."""

START_SECONDS = 20.0
_REFILL_SECONDS = 0.3
"""How long after a start the next spare process is made: the start goes first."""
STOP_SECONDS = 2.0


class FunctionError(Exception):
    """The function could not be loaded, raised, died or ran too long: API Gateway answers 502."""


class HandlerError(FunctionError):
    """The function's code raised; its process is as good as before."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a function answered.

    Attributes:
        headers: names and values in order; a name may come twice.
        calls: what it sent to AWS meanwhile, see `nexus_gen.local.wire`.
    """

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    calls: list[Call]


@dataclass(frozen=True, slots=True)
class Package:
    """Where a function's code lies and what it runs with.

    Attributes:
        folder: the handler package, `generated/lambda/education-api`.
        layer: `generated/lambda/shared/python`.
        variables: environment variables, added to those of this process.
        timeout: seconds after which Lambda would stop it.
        log: file for its structured log lines.
    """

    folder: Path
    layer: Path
    variables: dict[str, str]
    timeout: float
    log: Path

    @property
    def handler(self) -> str:
        """`education_api.handler.handler`"""
        return f"{self.folder.name.replace('-', '_')}.handler.handler"

    def version(self) -> tuple[tuple[str, int, int], ...]:
        """What changes when a file of the code does: paths, sizes and times."""
        return tuple(
            (str(path), status.st_size, status.st_mtime_ns)
            for folder in (self.folder, self.layer)
            for path in sorted(folder.rglob("*.py"))
            for status in [path.stat()]
        )


class _Channel(asyncio.Protocol):
    """One end of a container's socket: a frame out, a frame in."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._wanted = PREFIX
        self._answer: asyncio.Future[tuple[Any, bytes]] | None = None
        self._transport: asyncio.WriteTransport | None = None
        self.closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)  # uvloop's is no subclass

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(FunctionError("its process ended"))

    def data_received(self, data: bytes) -> None:
        self._data += data
        if len(self._data) < self._wanted:
            return
        head, body = lengths(self._data)
        self._wanted = PREFIX + head + body
        if len(self._data) < self._wanted:
            return
        header = header_of(self._data[PREFIX : PREFIX + head])
        content = bytes(self._data[PREFIX + head : self._wanted])
        del self._data[: self._wanted]
        self._wanted = PREFIX
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((header, content))

    def expect(self) -> asyncio.Future[tuple[Any, bytes]]:
        """The next frame, as header and body."""
        self._answer = asyncio.get_running_loop().create_future()
        if self.closed:
            self._answer.set_exception(FunctionError("its process ended"))
        return self._answer

    def send(self, data: bytes) -> None:
        assert self._transport is not None
        self._transport.write(data)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class Container:
    """One warm process of a function."""

    def __init__(self, process: subprocess.Popen[bytes], end: socket.socket) -> None:
        self._process = process
        self._end = end
        self._channel = _Channel()

    @classmethod
    def spawn(cls) -> Container:
        """A process that is told later what to load; it imports the SDK meanwhile."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", "nexus_gen.local.worker", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                # Ctrl-C in a terminal reaches the whole group; we end it, in our order.
                start_new_session=True,
            )
        ours.setblocking(False)
        return cls(process, ours)

    async def load(self, package: Package) -> None:
        """Load a function's code.

        Raises:
            FunctionError: it cannot be loaded; the traceback went to standard error.
        """
        order = {
            "handler": package.handler,
            "paths": [str(package.folder), str(package.layer)],
            "variables": package.variables,
            "log": str(package.log),
        }
        loop = asyncio.get_running_loop()
        await loop.connect_accepted_socket(lambda: self._channel, self._end)
        answer = self._channel.expect()
        self._channel.send(frame(order))
        try:
            async with asyncio.timeout(START_SECONDS):
                header, _ = await answer
        except TimeoutError:
            raise FunctionError(f"it was not loaded within {START_SECONDS:.0f} s") from None
        if "error" in header:
            raise FunctionError(f"it cannot be loaded: {header['error']}")

    async def invoke(self, event: dict[str, Any], timeout: float) -> Result:
        """Answer one event; raises FunctionError, after which the container is of no use."""
        answer = self._channel.expect()
        self._channel.send(frame(event))
        try:
            async with asyncio.timeout(timeout):
                header, body = await answer
        except TimeoutError:
            raise FunctionError(f"it ran longer than its timeout of {timeout:.0f} s") from None
        if "error" in header:
            raise HandlerError(header["error"])
        return Result(header["status"], header["headers"], body, header["calls"])

    def alive(self) -> bool:
        """Whether its process runs."""
        return self._process.poll() is None

    async def stop(self) -> None:
        """End the process: it sees its socket close; one that does not is killed."""
        self._channel.close()
        await asyncio.to_thread(self._wait)

    def _wait(self) -> None:
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the process at once."""
        self._channel.close()
        self._end.close()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


class Spares:
    """A process in stock, so that a reload waits for no import of the SDK."""

    def __init__(self) -> None:
        self._spare: Container | None = None
        self._closed = False

    async def start(self, package: Package) -> Container:
        """A container with a function's code loaded; raises FunctionError."""
        spare, self._spare = self._spare, None
        container = spare if spare is not None and spare.alive() else Container.spawn()
        try:
            await container.load(package)
        except BaseException:
            container.kill()
            raise
        asyncio.get_running_loop().call_later(_REFILL_SECONDS, self._refill)
        return container

    def _refill(self) -> None:
        if self._spare is None and not self._closed:
            self._spare = Container.spawn()

    def close(self) -> None:
        """End the spare; there will be no other."""
        self._closed = True
        if self._spare is not None:
            self._spare.kill()


class Function:
    """A function with up to `MAX_CONTAINERS` warm processes, started on demand."""

    def __init__(self, package: Package, spares: Spares) -> None:
        self.package = package
        self._version = package.version()
        self._spares = spares
        self._idle: list[Container] = []
        self._all: set[Container] = set()
        self._slots = asyncio.Semaphore(MAX_CONTAINERS)
        self._retired = False

    def serves(self, package: Package) -> bool:
        """Whether this is what that package would be, so that its processes can stay."""
        return self.package == package and self._version == package.version()

    async def warm_up(self) -> None:
        """Have one process ready; raises FunctionError where the code cannot be loaded."""
        if not self._all:
            self._idle.append(await self._start())

    async def invoke(self, event: dict[str, Any]) -> Result:
        """Answer one event on an idle container, or on a new one.

        Raises:
            FunctionError: the container could not start, raised, died or ran too long; it is
                replaced at the next event.
        """
        async with self._slots:
            container = self._idle.pop() if self._idle else await self._start()
            try:
                result = await container.invoke(event, self.package.timeout)
            except HandlerError:
                await self._release(container)
                raise
            except BaseException:
                self._all.discard(container)
                container.kill()
                raise
            await self._release(container)
            return result

    async def _release(self, container: Container) -> None:
        if self._retired:
            self._all.discard(container)
            await container.stop()
        else:
            self._idle.append(container)

    async def retire(self) -> None:
        """End the idle containers; the busy ones end with their answer."""
        self._retired = True
        while self._idle:
            container = self._idle.pop()
            self._all.discard(container)
            await container.stop()

    def kill(self) -> None:
        """End every container at once."""
        self._retired = True
        while self._all:
            self._all.pop().kill()

    async def _start(self) -> Container:
        container = await self._spares.start(self.package)
        self._all.add(container)
        return container
