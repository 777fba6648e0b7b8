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

from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import BotoCoreError, HTTPClientError

from nexus_runtime import aws, telemetry
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import forbidden, unavailable

MAX_TENANTS = 500
"""Tenants whose credentials a container keeps, about 2 KB each; the least recently used leaves."""

DURATION = 3600
"""Seconds; the most that role chaining allows (IAM User Guide, "Role chaining")."""

RENEW_BEFORE = 300
"""Seconds before expiry at which new credentials are fetched."""

RETRY_AFTER = 30
"""Seconds until STS is asked again for a tenant whose credentials it did not renew."""

STS_NAMESPACE = "{https://sts.amazonaws.com/doc/2011-06-15/}"


class _Vended(NamedTuple):
    """Credentials with the times (of `time.time()`) when they end and when to ask for new ones."""

    credentials: ReadOnlyCredentials
    expires: float
    renew: float


_vended: OrderedDict[Tenant, _Vended] = OrderedDict()
_lock = threading.Lock()


def of(tenant: Tenant) -> ReadOnlyCredentials:
    """Credentials of a tenant, from the cache or from STS.

    Raises a 503 problem where STS is away or throttling and a 403 problem where it refuses. There
    is no other source: the function's own credentials are never used for data.
    """
    with _lock:
        known = _vended.get(tenant)
        if known is None or known.renew <= time.time():
            known = _vended[tenant] = _renewed(tenant, known)
        _vended.move_to_end(tenant)
        if len(_vended) > MAX_TENANTS:
            _vended.popitem(last=False)
        return known.credentials


def forget(tenant: Tenant) -> None:
    """Drop the credentials of a tenant that AWS no longer takes."""
    with _lock:
        _vended.pop(tenant, None)


def reset() -> None:
    """Forget all credentials, as a new container would."""
    with _lock:
        _vended.clear()


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
    for _ in range(2):
        try:
            status, answer = aws.signed_call("sts", "AssumeRole", headers, body)
        except (HTTPClientError, BotoCoreError) as error:
            telemetry.note("sts", type(error).__name__)
            continue
        if status == 200:
            return _parse(answer)
        code = _error_code(answer)
        telemetry.note("sts", f"{status} {code}")
        if status < 500 and status != 429 and code not in ("Throttling", "ThrottlingException"):
            raise forbidden()
    return None


def _parse(body: bytes) -> _Vended:
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
    except (ValueError, ElementTree.ParseError):
        return "unknown"
