"""Refusals of access rules."""

from __future__ import annotations

from ..documents import Refusal, product, vertical

_ROLES = "roles: {admin: Runs an organization, member: Everybody else}"


def _access(rules: str, more: str = "") -> str:
    return f"  Course:\n    fields: {{title: {{type: string}}}}\n{more}    access: {{{rules}}}\n"


def _lesson(rules: str, parent: str = "    parent: Course\n") -> str:
    return f"  Lesson:\n{parent}    fields: {{text: {{type: text}}}}\n    access: {{{rules}}}\n"


_MINE = "    indexes: {mine: {match: [created_by]}}\n"

ACCESS = (
    Refusal(
        "NX231",
        vertical(_access("read: [member], create: [admin, «owner»]")),
        "name the roles that may create; who creates an item owns it",
    ),
    Refusal(
        "NX232",
        vertical(_access("read: [«owner»], create: [member]")),
        "add the index `mine: {match: [created_by]}`, or take `owner` out",
    ),
    Refusal(
        "NX232",
        vertical(_access("read: [owner]", _MINE) + _lesson("inherit: «Course»")),
        "add the index `mine: {match: [created_by]}`, or take `owner` out",
    ),
    Refusal("NX233", vertical(_access("read: [«membr»]")), "did you mean `member`?"),
    Refusal(
        "NX233",
        vertical(_access("read: [member], delete: [«teacher»]")),
        "legal here: `admin`, `member`, `owner`",
    ),
    Refusal(
        "NX234",
        product(_ROLES, "roles: {admin: Runs, member: Reads, «owner»: Pays}"),
        "give the role another name",
    ),
    Refusal(
        "NX234",
        product(_ROLES, "roles: {admin: Runs, member: Reads, «owner»: Pays}")
        | vertical(_access("read: [owner], create: [owner, member]")),
        "give the role another name",
    ),
    Refusal(
        "NX235",
        vertical(_access("read: [member]") + _lesson("inherit: «Lesson»")),
        "write `inherit: Course`",
    ),
    Refusal(
        "NX235",
        vertical(_access("read: [member]") + _lesson("inherit: «Course»", "")),
        "`Lesson` has no parent: write its own `read`, `create`, `update` and `delete`",
    ),
    Refusal(
        "NX262",
        vertical("  «Course»:\n    fields: {title: {type: string}}\n"),
        "allow some roles under `access`: what is not allowed is denied",
    ),
)
