"""What policies and roles must not hold, whatever can be proved of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from nexus_gen.verify.finding import Finding
from nexus_gen.verify.iam.evaluator import action_matches
from nexus_gen.verify.iam.patterns import EXPANDING_VERSION
from nexus_gen.verify.iam.policy import Statement
from nexus_gen.verify.iam.rendered import Document, Place, Rendered, Role

TAG_NAME = "organization_id"
TRUSTED_ATTACHMENTS = frozenset(
    {
        "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess",
    }
)
"""Policies of AWS that a function needs (traces, network interfaces); their text is AWS's and holds
no permission on data (AWS Managed Policy Reference Guide)."""

_TAGGED = re.compile(rf'(?<![\w/:.-])"?{TAG_NAME}"?\s*[=:](?!=)', re.IGNORECASE)


def lint(rendered: Rendered) -> Iterator[Finding]:
    """Findings about the roles of an environment and what can give access beside them."""
    for role in rendered.roles:
        yield from _role(role)
        for document in (role.trust, *role.policies):
            yield from _document(document)
    for address, place in rendered.unread:
        message = f"`{address}` may give access, and the proof does not read it"
        yield finding("NX522", message, place)


def finding(
    code: str, message: str, place: Place, *, rule: str = "", note: str = "", help: str = ""
) -> Finding:
    """A finding at a line of the output."""
    return Finding(code, message, path=place.path, line=place.line, rule=rule, note=note, help=help)


def _role(role: Role) -> Iterator[Finding]:
    for tag in role.tags:
        if tag.lower() == TAG_NAME:
            message = f"`{role.address}` is tagged `{tag}`, which every session of it carries"
            yield finding("NX526", message, role.place)
    for arn in role.managed:
        if arn not in TRUSTED_ATTACHMENTS:
            message = f"`{role.address}` has the policy {arn}, whose text is not in the output"
            yield finding("NX522", message, role.place)


def _document(document: Document) -> Iterator[Finding]:
    version = document.policy.version
    if version != EXPANDING_VERSION:
        message = f"policy version {version} takes `${{...}}` for plain text"
        yield finding("NX524", message, document.place, rule="version")
    for statement in document.policy.statements:
        if statement.effect == "Allow":
            for rule, message in _allowing(statement):
                place = document.place_of(statement)
                yield finding("NX524", f"{statement.label} {message}", place, rule=rule)


def _allowing(statement: Statement) -> Iterator[tuple[str, str]]:
    if statement.not_actions or statement.not_resources:
        yield "inverted", "allows everything but what it names"
    for action in statement.actions:
        if "*" in action or "?" in action:
            yield "wildcard-action", f"allows `{action}`, more than can be seen"
        if action_matches(action, "iam:PassRole"):
            yield "pass-role", f"allows `{action}`: who passes roles holds their permissions"
    if "*" in statement.resources:
        yield "wildcard-resource", "allows on every resource"


def lint_text(files: Iterable[Path], root: Path) -> Iterator[Finding]:
    """Places of Terraform where the tenant's tag is set, also by a provider's default tags.

    Tags that a role has of its own become tags of its sessions (IAM User Guide, "Passing session
    tags in AWS STS").
    """
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if _TAGGED.search(line.partition(" #")[0]):
                message = f"sets `{TAG_NAME}`, which only a session's tag may"
                yield finding("NX526", message, Place(path.relative_to(root).as_posix(), number))
