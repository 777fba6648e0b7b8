"""Token vending: each tenant's data is reached with credentials that IAM narrows to that tenant.

The function's own role may do nothing but assume the tenant role with the session tag
`organization_id`; the role's policy compares it with the leading key of every DynamoDB call.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections import OrderedDict
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode
from xml.etree import ElementTree
from xml.etree.ElementTree import ParseError

from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import BotoCoreError, HTTPClientError

from nexus_runtime import aws, telemetry
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import Problem, forbidden, unavailable

MAX_BYTES = 32 * 2**20
"""What a container spends on credentials at most; the least recently used tenant leaves first.

A session token has no fixed length (AWS STS API Reference, AssumeRole: "typical size is less than
4096 bytes"), so bytes are counted, not tenants. Tokens of 1,000 characters leave room for 20,000
tenants, tokens of 4,096 for 7,000.
"""

OVERHEAD = 640
"""Bytes that an entry takes besides the characters of its texts, on a 64-bit CPython."""

DURATION = 3600
"""Seconds; the most that role chaining allows (IAM User Guide, "Role chaining")."""

RENEW_BEFORE = 300
"""Seconds before expiry at which new credentials are fetched. It is also how far the container's
clock may be behind that of STS; AWS takes no signature from one that is off by more."""

RETRY_AFTER = 30
"""Seconds until STS is asked again for a tenant whose credentials it did not renew."""

ATTEMPTS = 2
"""Times that STS is asked for one tenant before the caller is told to come back later."""

_PASSING = frozenset(
    {
        "Throttling",
        "ThrottlingException",
        "RequestLimitExceeded",
        # The container's clock is off, or its own credentials ended: no answer about the tenant.
        "RequestExpired",
        "SignatureDoesNotMatch",
        "ExpiredToken",
        "ExpiredTokenException",
    }
)
"""Codes of STS that are no refusal: they pass, or a new container is without them."""

STS_NAMESPACE = "{https://sts.amazonaws.com/doc/2011-06-15/}"


class _Vended(NamedTuple):
    """Credentials with the times (of `time.time()`) when they end and when to ask for new ones."""

    credentials: ReadOnlyCredentials
    expires: float
    renew: float


class _Renewal:
    """One request to STS, and everybody who waits for its answer."""

    __slots__ = ("answered", "credentials", "problem")

    def __init__(self) -> None:
        self.answered = threading.Event()
        self.credentials: ReadOnlyCredentials | None = None
        self.problem: Problem | None = None


class _Cache:
    """Credentials by tenant, within `MAX_BYTES`."""

    def __init__(self) -> None:
        self._entries: OrderedDict[Tenant, _Vended] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, tenant: Tenant) -> _Vended | None:
        """What is known of a tenant, who thereby is the most recently used."""
        known = self._entries.get(tenant)
        if known is not None:
            self._entries.move_to_end(tenant)
        return known

    def put(self, tenant: Tenant, vended: _Vended) -> None:
        """Keep credentials, and drop those of whoever was away for longest."""
        self.drop(tenant)
        self._entries[tenant] = vended
        self.size += _size(tenant, vended)
        while self.size > MAX_BYTES and len(self._entries) > 1:
            self.drop(next(iter(self._entries)))

    def drop(self, tenant: Tenant) -> None:
        """Forget a tenant."""
        known = self._entries.pop(tenant, None)
        if known is not None:
            self.size -= _size(tenant, known)


def _size(tenant: Tenant, vended: _Vended) -> int:
    texts = (tenant, *vended.credentials)
    return OVERHEAD + sum(len(text) for text in texts if text)


_cache = _Cache()
_renewals: dict[Tenant, _Renewal] = {}
_lock = threading.Lock()
"""Guards both; never held while STS is asked, so that no tenant waits for another's."""


def of(tenant: Tenant) -> ReadOnlyCredentials:
    """Credentials of a tenant, from the cache or from STS.

    Threads that want those of one tenant at once share one request, and its refusal; while old
    credentials are being renewed, they serve.

    Raises a 503 problem where STS is away or throttling and a 403 problem where it refuses. There
    is no other source: the function's own credentials are never used for data.
    """
    now = time.time()
    with _lock:
        known = _cache.get(tenant)
        if known is not None and known.renew > now:
            return known.credentials
        begun = _renewals.get(tenant)
        if begun is None:
            renewal = _renewals[tenant] = _Renewal()
        elif known is not None and known.expires > now:
            return known.credentials
    if begun is not None:
        return _awaited(begun)
    return _vend(tenant, known, renewal)


def forget(tenant: Tenant, used: ReadOnlyCredentials) -> None:
    """Drop credentials of a tenant that AWS no longer takes, unless there are newer ones."""
    with _lock:
        known = _cache.get(tenant)
        if known is not None and known.credentials is used:
            _cache.drop(tenant)


def reset() -> None:
    """Forget all credentials, as a new container would."""
    global _cache
    with _lock:
        _cache = _Cache()


def _vend(tenant: Tenant, known: _Vended | None, renewal: _Renewal) -> ReadOnlyCredentials:
    """Ask STS, and tell everybody who waits."""
    try:
        vended = _renewed(tenant, known)
        with _lock:
            _cache.put(tenant, vended)
        renewal.credentials = vended.credentials
        return vended.credentials
    except Problem as problem:
        renewal.problem = problem
        raise
    finally:
        with _lock:
            del _renewals[tenant]
        renewal.answered.set()


def _awaited(renewal: _Renewal) -> ReadOnlyCredentials:
    """What another thread was answered; what went wrong there is a 503 here, or its refusal."""
    renewal.answered.wait(max(0.0, telemetry.current().deadline - time.monotonic()))
    if renewal.credentials is not None:
        return renewal.credentials
    if renewal.problem is not None and renewal.problem.status == 403:
        raise forbidden()
    raise unavailable(retry_after=2)


def _renewed(tenant: Tenant, known: _Vended | None) -> _Vended:
    """New credentials; the known ones for a while longer where STS is away and they still live."""
    fresh = _assume_role(tenant)
    if fresh is not None:
        return fresh
    now = time.time()
    if known is None or known.expires <= now:
        raise unavailable(retry_after=2)
    return known._replace(renew=now + RETRY_AFTER)


def session_name(tenant: Tenant) -> str:
    """Name of the role session in CloudTrail; STS takes 2 to 64 characters, a tenant id has 1."""
    return f"tenant-{tenant}"[:64]


def _assume_role(tenant: Tenant) -> _Vended | None:
    """New credentials; None where STS did not answer, or said to come back later."""
    parameters = {
        "Action": "AssumeRole",
        "Version": "2011-06-15",
        "RoleArn": os.environ["TENANT_ROLE_ARN"],
        "RoleSessionName": session_name(tenant),
        "DurationSeconds": DURATION,
        "Tags.member.1.Key": "organization_id",
        "Tags.member.1.Value": tenant,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    body = urlencode(parameters).encode()
    trace = telemetry.current()
    for _ in range(ATTEMPTS):
        if time.monotonic() > trace.deadline:
            return None
        try:
            status, answer = aws.signed_call("sts", "AssumeRole", headers, body)
            if status == 200:
                return _parse(answer)
        except (HTTPClientError, BotoCoreError, LookupError, ValueError, ParseError) as error:
            telemetry.note("sts", type(error).__name__)
            continue
        code = _error_code(answer)
        telemetry.note("sts", f"{status} {code}")
        if status < 500 and status != 429 and code not in _PASSING:
            raise forbidden()
    return None


def _parse(body: bytes) -> _Vended:
    """Credentials from an answer; ValueError, LookupError or ParseError where it holds none."""
    root = ElementTree.fromstring(body)
    found = root.find(f".//{STS_NAMESPACE}Credentials")
    if found is None:
        raise ValueError("STS answered without credentials")
    values = {element.tag.removeprefix(STS_NAMESPACE): element.text or "" for element in found}
    expires = datetime.fromisoformat(values["Expiration"].replace("Z", "+00:00")).timestamp()
    frozen = ReadOnlyCredentials(
        values["AccessKeyId"], values["SecretAccessKey"], values["SessionToken"]
    )
    return _Vended(frozen, expires, expires - RENEW_BEFORE)


def _error_code(body: bytes) -> str:
    """The error's code, for the log; never its message, which may hold names of roles."""
    try:
        if body.lstrip()[:1] == b"{":
            return str(json.loads(body).get("__type", ""))
        return ElementTree.fromstring(body).findtext(f".//{STS_NAMESPACE}Code") or "unknown"
    except (ValueError, ParseError):
        return "unknown"
