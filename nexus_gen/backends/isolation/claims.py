"""The claims about isolation, by name: what `generated/ISOLATION.md` states and the proof proves.

Names are stable: they stand in the page, in findings and in reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

OPERATIONS = (
    "GetItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "Query",
    "BatchGetItem",
    "BatchWriteItem",
    "ConditionCheckItem",
)
"""Actions of DynamoDB that name the partition keys of what they touch. A transaction is authorized
as the operations in it (DynamoDB Developer Guide, "Using IAM with DynamoDB transactions")."""

OBJECTS = ("GetObject", "PutObject", "DeleteObject")
"""Actions of S3 on objects that handlers need."""

LISTINGS = ("ListBucket", "ListBucketVersions", "ListBucketMultipartUploads")
"""Actions of S3 on a bucket that show names of objects, all of them with `s3:prefix`."""

TENANT = "`[A-Za-z0-9_-]`, 1 to 64 characters"


class Claim(NamedTuple):
    """One claim.

    Attributes:
        name: `education.key.GetItem`.
        text: what holds, a sentence in Markdown without its full stop.
        possible: whether it says that something can happen, not that nothing ever does.
    """

    name: str
    text: str
    possible: bool = False


def runtime_claims() -> tuple[Claim, ...]:
    """What is claimed of the code that every function shares."""
    return (
        Claim("runtime.keys", "every partition key that the runtime makes begins with `{tenant}#`"),
        Claim("runtime.tenants", f"the runtime takes no other tenant id than {TENANT}"),
    )


def vertical_claims(vertical: str, indexes: Sequence[str]) -> tuple[Claim, ...]:
    """What is claimed of one vertical, whose table has these indexes."""
    made = (*_session(indexes), *_roles(), *_reachable(indexes))
    return tuple(Claim(f"{vertical}.{name}", text, possible) for name, text, possible in made)


def storage_claims(vertical: str) -> tuple[Claim, ...]:
    """What is claimed of a vertical whose sessions keep objects in the bucket of tenants."""
    never = {
        "object": "no object below `organizations/` of another tenant is reached",
        "listing": "no listing shows names of another tenant's objects, not even part of them",
        "bucket": "no other action on the bucket and no other bucket is reached",
    }
    claims = [Claim(f"{vertical}.{name}", text) for name, text in never.items()]
    for action in (*OBJECTS, LISTINGS[0]):
        text = f"a tenant reaches its own objects by `{action}`"
        claims.append(Claim(f"{vertical}.own.{action}", text, possible=True))
    return tuple(claims)


def _session(indexes: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    where = "the table" if not indexes else f"the table and {_listed(indexes)}"
    yield "layout", f"the partition keys of {where} are made by the runtime", False
    for operation in OPERATIONS:
        text = f"`{operation}` on {where}, alone, in a batch or in a transaction"
        yield f"key.{operation}", f"{text}, names no key of another tenant", False
    yield "key.absent", "none of these passes without naming a key", False
    yield "key.any-tag", "all of this holds for every tag value that STS takes", False
    yield "unkeyed", "no other action of DynamoDB passes: no Scan, no PartiQL, no export", False
    yield "elsewhere", "no other table is reached", False
    yield "untagged", "a session without the tag, or with an empty one, reaches nothing", False
    text = "outside DynamoDB it may only decrypt, and only through DynamoDB"
    yield "others", text, False


def _roles() -> Iterator[tuple[str, str, bool]]:
    yield "function.data", "the function's own role reaches no data", False
    yield "function.roles", "it can become the tenant role of its vertical and no other", False
    yield "function.trust", "only the Lambda service assumes the function's role", False
    yield "trust.principal", "only the function's role assumes the tenant role", False
    yield "trust.untagged", "not without the tag, nor with an empty one", False
    yield "trust.other-tags", "not with any tag beside it", False


def _reachable(indexes: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    for operation in OPERATIONS:
        yield f"own.{operation}", f"a tenant reaches its own items by `{operation}`", True
    for index in indexes:
        yield f"own.Query.{index}", f"a tenant queries its own entries of `{index}`", True
    yield "own.session", "the function opens a session for any tenant", True


def _listed(indexes: Sequence[str]) -> str:
    return f"its indexes {', '.join(f'`{index}`' for index in indexes)}"
