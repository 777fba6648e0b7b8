"""How the server and a function's process speak: length-prefixed frames over a socket.

A frame is its header's length, its body's length (each 32 bits, big endian), a JSON header and a
body of bytes. Bodies travel as they are: the server never decodes what a function answers.
"""

from __future__ import annotations

import json
import struct
from typing import Any

_LENGTHS = struct.Struct(">II")
PREFIX = _LENGTHS.size
"""Bytes before the header."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def frame(header: Any, body: bytes = b"") -> bytes:
    """The bytes of one frame."""
    head = _encode(header).encode("utf-8", "surrogatepass")
    return b"".join((_LENGTHS.pack(len(head), len(body)), head, body))


def lengths(prefix: bytes | bytearray | memoryview) -> tuple[int, int]:
    """Lengths of header and body, from the first `PREFIX` bytes of a frame."""
    head, body = _LENGTHS.unpack_from(prefix)
    return head, body


def header_of(data: bytes | bytearray | memoryview) -> Any:
    """The header of a frame whose bytes these are."""
    return json.loads(bytes(data).decode("utf-8", "surrogatepass"))
