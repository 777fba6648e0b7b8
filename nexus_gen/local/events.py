"""What happens, told to whoever listens: server-sent events (HTML Standard, section 9.2)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

QUEUED = 1000
"""Events that wait for a slow listener; past that its stream ends, and it connects again."""

KEEP_ALIVE_SECONDS = 15.0


class Listener:
    """One open stream.

    Attributes:
        session: only requests of this session are told, all where it is empty.
    """

    def __init__(self, session: str) -> None:
        self.session = session
        self.queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUED)


class Hub:
    """Tells every listener; its methods are called on the server's event loop."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._closed = False

    @property
    def heard(self) -> bool:
        """Whether anybody listens; to nobody, events need not be made."""
        return bool(self._listeners)

    def tell(self, name: str, data: Any, session: str = "") -> None:
        """Tell an event; one of a session only those that listen to it or to all."""
        if not self._listeners:
            return
        text = encode(name, data)
        for listener in tuple(self._listeners):
            if session and listener.session not in ("", session):
                continue
            try:
                listener.queue.put_nowait(text)
            except asyncio.QueueFull:
                self._end(listener)

    def close(self) -> None:
        """End every stream; there will be no more."""
        self._closed = True
        for listener in tuple(self._listeners):
            self._end(listener)

    def listen(self, session: str) -> Listener:
        """A new stream; one that is opened while the server stops ends at once."""
        listener = Listener(session)
        self._listeners.add(listener)
        if self._closed:
            self._end(listener)
        return listener

    def forget(self, listener: Listener) -> None:
        """End one stream, whose client went."""
        self._end(listener)

    async def next(self, listener: Listener) -> bytes | None:
        """The next bytes of a stream, a comment where nothing happens for long, None at its end."""
        try:
            async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                return await listener.queue.get()
        except TimeoutError:
            return b":\n\n"

    def _end(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        while not listener.queue.empty():
            listener.queue.get_nowait()
        listener.queue.put_nowait(None)


def encode(name: str, data: Any) -> bytes:
    """One event; JSON has no line ends, so that the data is one line."""
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()
