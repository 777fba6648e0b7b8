"""What IAM is asked when a request reaches S3.

An operation of S3 is not always the action of its name: HeadObject needs `s3:GetObject`,
ListObjectsV2 `s3:ListBucket` (Amazon S3 User Guide, "Required permissions for Amazon S3 API
operations"). An operation that is not in the table below raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree

from nexus_gen.testing.call import Call
from nexus_gen.verify.iam import Request, UnmodelledError

CONDITION_KEYS = frozenset({"s3:prefix", "s3:delimiter"})
"""Keys of S3 that requests carry here, in lower case."""

_ON_OBJECTS = {
    "GetObject": "GetObject",
    "HeadObject": "GetObject",
    "GetObjectAttributes": "GetObjectAttributes",
    "GetObjectTagging": "GetObjectTagging",
    "PutObject": "PutObject",
    "PutObjectTagging": "PutObjectTagging",
    "DeleteObject": "DeleteObject",
    "CreateMultipartUpload": "PutObject",
    "UploadPart": "PutObject",
    "CompleteMultipartUpload": "PutObject",
    "AbortMultipartUpload": "AbortMultipartUpload",
    "ListParts": "ListMultipartUploadParts",
}
_ON_BUCKETS = {
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "HeadBucket": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "GetBucketLocation": "GetBucketLocation",
}
_VERSIONED = {"GetObject", "DeleteObject", "GetObjectTagging", "GetObjectAttributes"}
_COPIES = {"CopyObject", "UploadPartCopy"}


def requests(call: Call) -> Iterator[Request]:
    """What IAM is asked about a call, one request for each action and resource."""
    bucket, key = _place(call)
    operation = call.operation
    if operation in _ON_OBJECTS:
        action = _ON_OBJECTS[operation]
        versioned = "versionId" in call.query and action in _VERSIONED
        name = f"{action}Version".replace("TaggingVersion", "VersionTagging").replace(
            "AttributesVersion", "VersionAttributes"
        )
        yield Request(f"s3:{name if versioned else action}", _object(bucket, key))
    elif operation in _ON_BUCKETS:
        yield Request(f"s3:{_ON_BUCKETS[operation]}", f"arn:aws:s3:::{bucket}", _listed(call))
    elif operation in _COPIES:
        source_bucket, source_key, version = _source(call)
        read = "GetObjectVersion" if version else "GetObject"
        yield Request(f"s3:{read}", _object(source_bucket, source_key))
        yield Request("s3:PutObject", _object(bucket, key))
    elif operation == "DeleteObjects":
        yield from _deletions(call, bucket)
    else:
        raise UnmodelledError(f"s3 {operation}")


def _object(bucket: str, key: str) -> str:
    return f"arn:aws:s3:::{bucket}/{key}"


def _place(call: Call) -> tuple[str, str]:
    """Bucket and key, of a virtual-hosted or a path-style URL."""
    before, found, _ = call.host.partition(".s3.")
    if found:
        return before, call.path.removeprefix("/")
    bucket, _, key = call.path.removeprefix("/").partition("/")
    return bucket, key


def _listed(call: Call) -> dict[str, str | tuple[str, ...]]:
    """`s3:prefix` and `s3:delimiter`, present where the request has the parameter."""
    return {
        f"s3:{name}": call.query[name] for name in ("prefix", "delimiter") if call.query.get(name)
    }


def _source(call: Call) -> tuple[str, str, bool]:
    given = call.header("x-amz-copy-source") or ""
    if given.startswith("arn:"):
        raise UnmodelledError(f"the copy source `{given}`")
    path, version, _ = given.partition("?versionId=")
    bucket, _, key = unquote(path).removeprefix("/").partition("/")
    return bucket, key, bool(version)


def _deletions(call: Call, bucket: str) -> Iterator[Request]:
    for element in ElementTree.fromstring(call.body).iter():
        if element.tag.rpartition("}")[2] != "Object":
            continue
        parts = {child.tag.rpartition("}")[2]: child.text or "" for child in element}
        action = "DeleteObjectVersion" if "VersionId" in parts else "DeleteObject"
        yield Request(f"s3:{action}", _object(bucket, parts["Key"]))
