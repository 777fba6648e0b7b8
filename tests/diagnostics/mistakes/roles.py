"""Roles that are not defined, or have a name with a meaning."""

from __future__ import annotations

from .scoring import Mistake

_CREATE = "      create: [admin]\n"
_READ = f"read: [member, instructor, admin]\n{_CREATE}"
_EVERYBODY = f"read: [admin, instructor, member]\n{_CREATE}"

ROLES = (
    Mistake(
        "a role removed",
        "    admin: Runs an organization\n",
        "",
        says="define `admin`",
    )._replace(old="  roles:\n    admin: Runs an organization\n", new="  «roles»:\n"),
    Mistake(
        "a role renamed",
        "  roles:\n    admin: Runs an organization\n    instructor",
        "  «roles»:\n    admin: Runs an organization\n    teacher",
        says="define `instructor`",
    ),
    Mistake("a role misspelt", "delete: [admin]", "delete: [«admn»]"),
    Mistake(
        "a role misspelt twice",
        "      create: [instructor, admin]\n      update: [instructor, admin]\n",
        "      create: [«instuctor», admin]\n      update: [instuctor, admin]\n",
        says="did you mean `instructor`",
    ),
    Mistake("a role that never was", "delete: [admin]", "delete: [«boss»]", says="`admin`"),
    Mistake("roles in words", "delete: [admin]", "delete: «admin»"),
    Mistake("roles with commas", _READ, f"read: «member, instructor, admin»\n{_CREATE}"),
    Mistake("roles with spaces", _READ, f"read: «member instructor admin»\n{_CREATE}"),
    Mistake("roles with bars", _READ, f'read: «"member|instructor|admin"»\n{_CREATE}'),
    Mistake("everybody", _READ, f"read: [«public»]\n{_CREATE}", _EVERYBODY),
    Mistake("any user", _READ, f"read: [«authenticated»]\n{_CREATE}", _EVERYBODY),
    Mistake("everybody beside a role", _READ, f"read: [admin, «all»]\n{_CREATE}", _EVERYBODY),
    Mistake(
        "the author",
        "delete: [admin]",
        "delete: [«author», admin]",
        "delete: [owner, admin]",
    ),
    Mistake("oneself", "delete: [admin]", "delete: [«self», admin]", "delete: [owner, admin]"),
    Mistake("the creator", "delete: [admin]", "delete: [«creator»]", "delete: [owner]"),
    Mistake(
        "an owner without an index",
        "    access: {inherit: Course}\n",
        "    access: {read: [«owner», member]}\n",
        "    access: {read: [owner, member]}\n    indexes: {mine: {match: [created_by]}}\n",
        says="add the index `mine: {match: [created_by]}`",
    ),
    Mistake(
        "an owner that creates",
        "    access: {inherit: Course}\n",
        "    access: {read: [member], create: [«owner»]}\n",
        "    access: {read: [member], create: [member]}\n",
        says="name the roles that may create",
    ),
    Mistake(
        "a role called owner",
        "  roles:\n    admin: Runs an organization\n",
        "  roles:\n    «owner»: Pays\n    admin: Runs an organization\n",
        says="another name",
    ),
)
