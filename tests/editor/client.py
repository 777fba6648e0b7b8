"""A small client of a language server: JSON-RPC 2.0 over stdio (LSP 3.17, base protocol)."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any

PATIENCE = 60
"""Seconds to wait for an answer; the server takes one or two, a loaded machine more."""

_SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
}
"""What an editor would set; schemas come from the modeline alone, and nothing from the network."""


class LanguageServer:
    """A running server with documents open in it."""

    def __init__(self, command: list[str], root: Path) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._root = root
        self._answers: dict[int, queue.Queue[Any]] = {}
        self._published: dict[str, queue.Queue[list[dict[str, Any]]]] = {}
        self._writing = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> LanguageServer:
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        uri = self._root.as_uri()
        self.request(
            "initialize", {"processId": None, "rootUri": uri, "capabilities": capabilities}
        )
        self._notify("initialized", {})
        self._notify("workspace/didChangeConfiguration", {"settings": _SETTINGS})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()

    def open(self, beside: Path, text: str) -> str:
        """Show the server a new, unsaved file beside another one; its URI.

        A file of its own each time: what the server publishes about a file has no version, so
        that an answer about older content could not be told from one about newer.
        """
        name = f"{beside.stem}-{len(self._published)}{beside.suffix}"
        uri = beside.with_name(name).as_uri()
        self._published[uri] = queue.Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """What the server finds wrong with a file."""
        return self._published[uri].get(timeout=PATIENCE)

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        """Ask about a place, 0-based: `textDocument/hover`, `textDocument/completion`."""
        position = {"line": line, "character": character}
        return self.request(method, {"textDocument": {"uri": uri}, "position": position})

    def request(self, method: str, parameters: dict[str, Any]) -> Any:
        """The answer to a request. Raises queue.Empty if there is none in time."""
        number = len(self._answers) + 1
        self._answers[number] = queue.Queue()
        self._send({"id": number, "method": method, "params": parameters})
        return self._answers[number].get(timeout=PATIENCE)

    def _notify(self, method: str, parameters: dict[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        stream = self._process.stdin
        assert stream is not None
        with self._writing:
            stream.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            stream.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while (message := _receive(stream)) is not None:
            if "method" not in message:
                self._answers[message["id"]].put(message.get("result"))
            elif "id" in message:
                self._send({"id": message["id"], "result": _answer(message)})
            elif message["method"] == "textDocument/publishDiagnostics":
                found = message["params"]
                self._published.setdefault(found["uri"], queue.Queue()).put(found["diagnostics"])


def _answer(request: dict[str, Any]) -> Any:
    """What an editor answers to the server's own requests."""
    if request["method"] != "workspace/configuration":
        return None
    return [_SETTINGS.get(item.get("section")) for item in request["params"]["items"]]


def _receive(stream: IO[bytes]) -> dict[str, Any] | None:
    length = 0
    while (line := stream.readline().strip()) or not length:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        if not line:
            return None
    message: dict[str, Any] = json.loads(stream.read(length))
    return message
