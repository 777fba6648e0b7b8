"""AWS's side of the wire, answered in memory below `http.client`.

Sockets and TLS are replaced and nothing above them: signing, connection pools, `http.client`,
parsing and retries run as they do against AWS. Answers are prepared bytes, so that the other side
costs next to nothing.
"""

from __future__ import annotations

import io
import json
import socket
import ssl
import zlib
from collections.abc import Mapping
from email.utils import formatdate
from typing import Any

import urllib3.util.connection

_ASSUME_ROLE = b"""<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\
<AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA3XFRBF535PLBIFPI4:bench</AssumedRoleId>\
<Arn>arn:aws:sts::123456789012:assumed-role/tenant/bench</Arn></AssumedRoleUser><Credentials>\
<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>\
<SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</SecretAccessKey>\
<SessionToken>%s</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
</AssumeRoleResult><ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId>\
</ResponseMetadata></AssumeRoleResponse>""" % (b"t" * 700)

_GENERATE_MAC = {
    "KeyId": "arn:aws:kms:us-east-1:123456789012:key/mrk-1",
    "Mac": "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
    "MacAlgorithm": "HMAC_SHA_256",
}

ANSWERS: dict[str, bytes] = {}
"""Operation -> whole HTTP response, for every connection of the process."""


def json_answer(body: Mapping[str, Any]) -> bytes:
    """An HTTP response of a JSON service, with the checksum that DynamoDB sends."""
    content = json.dumps(body, separators=(",", ":")).encode()
    return _response(content, "application/x-amz-json-1.0", f"x-amz-crc32: {zlib.crc32(content)}")


def install() -> None:
    """Send this process's HTTPS connections here, with answers for STS, KMS and empty writes."""
    urllib3.util.connection.create_connection = _connect
    ssl.SSLContext.wrap_socket = _wrap  # type: ignore[assignment,method-assign]
    ANSWERS["AssumeRole"] = _response(_ASSUME_ROLE, "text/xml")
    ANSWERS["GenerateMac"] = json_answer(_GENERATE_MAC)
    for operation in ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "GetItem"):
        ANSWERS[operation] = json_answer({})


def _response(content: bytes, content_type: str, *headers: str) -> bytes:
    head = [
        "HTTP/1.1 200 OK",
        "Server: Server",
        f"Date: {formatdate(usegmt=True)}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(content)}",
        "Connection: keep-alive",
        "x-amzn-RequestId: 4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG",
        *headers,
    ]
    return "\r\n".join([*head, "", ""]).encode() + content


def _connect(*_: object, **__: object) -> socket.socket:
    """A connected socket that nobody reads: the pool may poll it."""
    ours, _theirs = socket.socketpair()
    return _AnswerSocket(fileno=ours.detach(), other=_theirs)


def _wrap(
    _context: ssl.SSLContext, sock: _AnswerSocket, *_: object, server_hostname: str, **__: object
) -> socket.socket:
    sock.host = server_hostname
    return sock


class _AnswerSocket(socket.socket):
    """A socket whose far end answers each request the moment it is read."""

    def __init__(self, fileno: int, other: socket.socket) -> None:
        super().__init__(fileno=fileno)
        self._other = other
        self._sent: list[bytes] = []
        self.host = ""

    def getpeercert(self, binary_form: bool = False) -> dict[str, Any]:
        """A certificate of whatever host was asked for."""
        return {"subjectAltName": (("DNS", self.host),)}

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Keep what is sent until the answer is asked for."""
        self._sent.append(bytes(data))

    def makefile(self, *_: Any, **__: Any) -> Any:
        """The answer to what was sent, as `http.client` reads it."""
        request = b"".join(self._sent)
        self._sent.clear()
        return io.BytesIO(ANSWERS[_operation(request)])

    def close(self) -> None:
        """Close both ends."""
        self._other.close()
        super().close()


def _operation(request: bytes) -> str:
    """`GetItem` from the target header of a JSON service, or `AssumeRole` from a query's body."""
    head, _, body = request.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line[:14].lower() == b"x-amz-target: ":
            return line.rpartition(b".")[2].decode()
    return body.partition(b"Action=")[2].partition(b"&")[0].decode()
