"""What a page of elsewhere can send to a port of this machine, and which ports a process opened."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.local.running import processes

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")
EVIL = "https://evil.example"
REFUSED = (400, 403, 421)
LISTENING = "0A"
"""State of a socket in /proc/net/tcp (include/net/tcp_states.h: TCP_LISTEN)."""
H2_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
H2_403 = b"\x48\x83\x68\x0c\xff"
"""`:status: 403` in HPACK (RFC 7541): name 8 of the static table, the value by Huffman."""


def tree(root: int) -> set[int]:
    """A process and every process that it started, directly or not."""
    found, parents = {root}, {pid: parent for pid, parent, _ in processes()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def listening(pids: Iterable[int]) -> set[tuple[str, int]]:
    """Address and port of every TCP socket that these processes listen on."""
    inodes = set()
    for pid in pids:
        for descriptor in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                target = str(descriptor.readlink())
            except OSError:  # closed meanwhile
                continue
            if target.startswith("socket:["):
                inodes.add(target[len("socket:[") : -1])
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            row = line.split()
            if row[3] == LISTENING and row[9] in inodes:
                address, _, port = row[1].partition(":")
                found.add((_address(address), int(port, 16)))
    return found


def _address(text: str) -> str:
    """An address as the kernel prints it: words of 32 bits, each in the machine's byte order."""
    data = b"".join(struct.pack("=I", int(text[at : at + 8], 16)) for at in range(0, len(text), 8))
    return socket.inet_ntop(socket.AF_INET if len(data) == 4 else socket.AF_INET6, data)


@dataclass(frozen=True, slots=True)
class Foreign:
    """One request as bytes, and what it stands for."""

    name: str
    data: bytes


def marks(port: int) -> dict[str, list[str]]:
    """What makes a request foreign -> its header lines, `Host` among them."""
    right = f"Host: 127.0.0.1:{port}"
    other = port - 1
    return {
        "an origin": [right, f"Origin: {EVIL}"],
        "no origin that is told": [right, "Origin: null"],
        "a page of another port": [right, f"Origin: http://127.0.0.1:{other}"],
        "an origin that begins with ours": [right, f"Origin: http://127.0.0.1:{port}.evil.example"],
        "the origin with TLS": [right, f"Origin: https://127.0.0.1:{port}"],
        "two origins": [right, f"Origin: http://127.0.0.1:{port}", f"Origin: {EVIL}"],
        "a page that it comes from": [right, f"Referer: {EVIL}/page"],
        "another site": [right, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"],
        "another port of the site": [right, "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"],
        "a frame": [
            right,
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Dest: iframe",
        ],
        "another name": [f"Host: evil.example:{port}"],
        "a name that begins with ours": [f"Host: localhost.evil.example:{port}"],
        "another port": [f"Host: 127.0.0.1:{other}"],
        "no port": ["Host: 127.0.0.1"],
        "a user before the host": [f"Host: 127.0.0.1:{port}@evil.example"],
        "no host": [],
        "two hosts": [right, "Host: evil.example"],
        "two hosts, ours last": ["Host: evil.example", right],
        "an empty host": ["Host:"],
    }


def requests(port: int, paths: Iterable[str]) -> Iterator[Foreign]:
    """Every foreign request: each method, mark and path, and the odd ways to write one."""
    right, evil = f"Host: 127.0.0.1:{port}", f"Origin: {EVIL}"
    body = ["Content-Type: text/plain", "Content-Length: 2"]
    for path in paths:
        for method in METHODS:
            for name, lines in marks(port).items():
                sent = [*lines, *body] if method in ("POST", "PUT", "PATCH") else lines
                yield _request(f"{method} {path}: {name}", f"{method} {path}", sent)
        for name, lines in marks(port).items():
            upgrade = [*lines, "Connection: Upgrade", "Upgrade: websocket"]
            upgrade += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]
            yield _request(f"WebSocket {path}: {name}", f"GET {path}", upgrade)
            if "Host" in str(lines):
                yield _request(f"HTTP/1.0 {path}: {name}", f"GET {path}", lines, "HTTP/1.0")
        yield _request(f"HTTP/1.0 {path} without a host", f"GET {path}", [], "HTTP/1.0")
        for target, lines in (
            (f"{EVIL}{path}", [right]),
            (f"http://127.0.0.1:{port}{path}", [right, evil]),
            (f"http://evil.example{path}", ["Host: evil.example"]),
        ):
            yield _request(f"absolute: {target}", f"GET {target}", lines)
        yield Foreign(f"HTTP/2 {path}", _http2(path, f"127.0.0.1:{port}"))


def _request(name: str, start: str, lines: list[str], version: str = "HTTP/1.1") -> Foreign:
    head = "\r\n".join([f"{start} {version}", "Connection: close", *lines])
    if "Connection: Upgrade" in lines:
        head = head.replace("Connection: close\r\n", "")
    body = "{}" if "Content-Length: 2" in lines else ""
    return Foreign(name, f"{head}\r\n\r\n{body}".encode())


def _http2(path: str, authority: str) -> bytes:
    """A GET with a foreign origin that does not ask for HTTP/2 first (RFC 9113, 3.3)."""

    def literal(name: str, value: str) -> bytes:
        parts = (part.encode() for part in (name, value))
        return b"\0" + b"".join(bytes([len(part)]) + part for part in parts)

    fields = {
        ":method": "GET",
        ":scheme": "http",
        ":path": path,
        ":authority": authority,
        "origin": EVIL,
    }
    block = b"".join(literal(name, value) for name, value in fields.items())
    ended = 0x5  # END_STREAM and END_HEADERS
    settings = _frame(4, 0, 0, b"")
    return H2_PREFACE + settings + _frame(1, ended, 1, block)


def _frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return (
        struct.pack(">I", len(payload))[1:]
        + bytes([kind, flags])
        + struct.pack(">I", stream)
        + payload
    )


def answered(port: int, request: Foreign) -> bytes:
    """The head of the answer; of HTTP/2 all that comes at once, for the connection stays open."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request.data)
        try:
            while b"\r\n\r\n" not in received and H2_403 not in received:
                part = connection.recv(65536)
                if not part:
                    break
                received += part
                if request.data.startswith(H2_PREFACE):
                    connection.settimeout(1)
        except (TimeoutError, ConnectionResetError):
            pass
    return received


def is_refusal(request: Foreign, answer: bytes) -> bool:
    """Whether an answer gives nothing away: a refusal, or none at all."""
    if not answer:
        return True
    head = answer.partition(b"\r\n\r\n")[0].lower()
    if b"access-control-allow-origin" in head:
        return False
    if request.data.startswith(H2_PREFACE) and not answer.startswith(b"HTTP/"):
        return all(H2_403 in block for block in _h2_answers(answer))
    return int(answer.split(b" ", 2)[1]) in REFUSED


def _h2_answers(data: bytes) -> Iterator[bytes]:
    """The payload of every HEADERS frame; there is none where the server goes away at once."""
    while len(data) >= 9:
        length = int.from_bytes(data[:3], "big")
        if data[3] == 1:
            yield data[9 : 9 + length]
        data = data[9 + length :]


def accepted(port: int, paths: Iterable[str]) -> list[str]:
    """Which foreign requests a port answers otherwise than with a refusal."""
    found = []
    for request in requests(port, paths):
        answer = answered(port, request)
        if not is_refusal(request, answer):
            found.append(f"{port}: {request.name} -> {answer[:80]!r}")
    return found
