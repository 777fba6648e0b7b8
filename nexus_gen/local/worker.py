"""One function container: a child process that answers events one at a time.

Run as `python -m nexus_gen.local.worker DESCRIPTOR`. What to load, events and answers are frames on
the inherited socket DESCRIPTOR; the process ends when its other end does, however the server ended.
The SDK, whose import is most of a start, is imported before the process is told what to load.

What the function prints goes to standard error, but for its structured log lines, which go to a
file as they would go to CloudWatch.
"""

from __future__ import annotations

import base64
import contextlib
import importlib
import json
import os
import socket
import sys
import traceback
from typing import Any, BinaryIO, TextIO

from nexus_gen.local.frames import PREFIX, frame, header_of, lengths
from nexus_gen.local.http import MAX_RESULT
from nexus_gen.local.state import private
from nexus_gen.local.wire import Recorder

PRELOADED = ("boto3", "botocore.auth", "botocore.awsrequest", "botocore.httpsession")


class Context:
    """The part of Lambda's context object that handlers read."""

    def __init__(self, request_id: str, function_name: str) -> None:
        self.aws_request_id = request_id
        self.function_name = function_name
        self.memory_limit_in_mb = 256

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would stop the function."""
        return 15_000


class Output:
    """Standard output of a function: log lines to a file, all else to the terminal.

    A log line that tells of an error is told in the terminal as well, in words.
    """

    def __init__(self, log: TextIO, terminal: TextIO, name: str) -> None:
        self._log, self._terminal, self._name = log, terminal, name

    def write(self, text: str) -> int:
        """Write a piece of text, a whole line as a rule."""
        if not text.startswith('{"level":'):
            return self._terminal.write(text)
        self._log.write(text)
        if text.startswith('{"level":"ERROR"'):
            self._terminal.write(self._told(text))
        return len(text)

    def flush(self) -> None:
        """Flush both."""
        self._log.flush()
        self._terminal.flush()

    def isatty(self) -> bool:
        """It is no terminal, as on Lambda."""
        return False

    def _told(self, line: str) -> str:
        try:
            record = json.loads(line)
        except ValueError:
            return line
        told = [f"{self._name}: {record.get('exception', 'error')} in {record.get('route')}"]
        told += [f"    {place}" for place in record.get("stack", [])]
        told += [f"    {note}" for note in record.get("notes", [])]
        return "\n".join(told) + "\n"


def main() -> None:
    """Load what the first frame says, then answer events until the socket is closed."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    for module in PRELOADED:
        importlib.import_module(module)
    stream = channel.makefile("rb")
    with contextlib.suppress(ConnectionError):  # the server ended in the middle of an event
        order = read(stream)
        if order is None:
            return
        recorder = Recorder()
        try:
            handler = load(order, recorder)
        except Exception as error:
            traceback.print_exc()
            channel.sendall(frame({"error": f"{type(error).__name__}: {error}"}))
            return
        channel.sendall(frame({"ready": True}))
        name = order["handler"].partition(".")[0]
        while (event := read(stream)) is not None:
            channel.sendall(answer(handler, event, name, recorder))


def load(order: dict[str, Any], recorder: Recorder) -> Any:
    """The handler that an order names, in the environment that it gives."""
    os.environ.update(order["variables"])
    sys.path[:0] = order["paths"]
    module, _, attribute = order["handler"].rpartition(".")
    log = open(order["log"], "a", encoding="utf-8", opener=private)  # noqa: SIM115 - stays open
    sys.stdout = Output(log, sys.stderr, module.partition(".")[0])
    handler = getattr(importlib.import_module(module), attribute)
    recorder.install()
    return handler


def read(stream: BinaryIO) -> dict[str, Any] | None:
    """The header of the next frame, None at the end of the stream."""
    prefix = stream.read(PREFIX)
    if len(prefix) < PREFIX:
        return None
    head, body = lengths(prefix)
    header: dict[str, Any] = header_of(stream.read(head))
    stream.read(body)
    return header


def answer(handler: Any, event: dict[str, Any], name: str, recorder: Recorder) -> bytes:
    """The frame that answers one event."""
    try:
        result = handler(event, Context(event["requestContext"]["requestId"], name))
        header, body = (_TOO_LARGE, b"") if _is_too_large(result) else _split(result)
    except Exception as error:
        traceback.print_exc()
        header, body = {"error": f"{type(error).__name__}: {error}"}, b""
    sys.stdout.flush()
    return frame({**header, "calls": recorder.take()}, body)


_TOO_LARGE = {
    "error": "Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed "
    f"payload size ({MAX_RESULT} bytes)."
}


def _is_too_large(result: dict[str, Any]) -> bool:
    """Whether Lambda would not take the result, as the runtime client of python3.13 sends it.

    Only a large body is measured: a character of it takes at most six bytes.
    """
    if len(result.get("body") or "") <= MAX_RESULT // 8:
        return False
    return len(json.dumps(result, ensure_ascii=False).encode("utf-8", "surrogatepass")) > MAX_RESULT


def _split(result: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """A proxy answer as header and body, as API Gateway takes it apart."""
    header = {
        "status": int(result["statusCode"]),
        "headers": [
            *((name, str(value)) for name, value in (result.get("headers") or {}).items()),
            *(
                (name, str(value))
                for name, values in (result.get("multiValueHeaders") or {}).items()
                for value in values
            ),
        ],
    }
    text = result.get("body") or ""
    body = base64.b64decode(text) if result.get("isBase64Encoded") else text.encode("utf-8")
    return header, body


if __name__ == "__main__":
    main()
