"""What the language will have and this version refuses: keys, types and values by name.

No schema names them, so no editor offers them. They are refused where they appear, once and in any
shape: what stands below such a key has no rules yet. A feature that is built loses its lines here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from nexus_gen.diagnostics import Diagnostic, Span
from nexus_gen.frontend.positions import DocumentPath


class Later(NamedTuple):
    """A feature that is not supported yet.

    Attributes:
        code: its page of the catalog.
        what: what is said not to be supported, with its verb.
        help: what to do meanwhile.
    """

    code: str
    what: str
    help: str = "remove it for now"

    def at(self, span: Span) -> Diagnostic:
        """The refusal at a place."""
        return Diagnostic(
            self.code, f"{self.what} not supported yet", span, note="not yet", help=self.help
        )


_STATES = Later("NX901", "states and transitions are", "use an `enum` field for now")
_OPERATIONS = Later("NX902", "operations of your own are")
_RULES = Later("NX903", "rules across fields are", "check this in the client for now")
_FIELD_ACCESS = Later(
    "NX904",
    "access to a single field is",
    "keep the field in a child entity with rules of its own for now",
)
_FILES = Later("NX905", "files are", "keep the address of the file in a `url` field for now")
_EVENTS = Later("NX906", "events are")
_REALTIME = Later("NX907", "realtime is")
MIXINS = Later("NX908", "mixins are", "write the fields into each entity for now")
_TENANT_RATE = Later("NX910", "a rate for each tenant is")
_OTHER_VERTICAL = Later(
    "NX911",
    "a reference to another vertical is",
    "keep the id in a `string` for now, or move the entity to this vertical",
)
ROW_ACCESS = Later(
    "NX915", "access by membership or on a condition is", "list roles of `tenancy.roles` for now"
)
_MEMBERS = ROW_ACCESS._replace(help="remove it for now")
_KEYS = Later("NX916", "keys of several fields, and keys of your own, are")
_LISTS = Later("NX917", "`lists` is", "write `indexes`, its name for now")
_LIST_KEYS = Later("NX917", "this part of lists is")
_USERS = Later("NX918", "fields of users are", "keep the user's `sub` in a `string` for now")
_SECRETS = Later("NX918", "fields of secrets are", "keep secrets out of items for now")
_POSITIONS = Later("NX918", "fields of positions are", "use an `integer` and an index for now")
GENERATED = Later("NX919", "values that the API sets itself are", "let the client set it for now")
_JOBS = Later("NX920", "jobs and schedules are")
_EXPIRY = Later("NX921", "items that expire are")
_LIMITS = Later("NX922", "limits on the number of items are")
_AUDIT = Later("NX923", "a history of changes is")
_SEARCH = Later("NX924", "search by words is", "add an index for now")

_FEATURES = {
    "operations": _OPERATIONS,
    "states": _STATES,
    "transitions": _STATES,
    "rules": _RULES,
    "files": _FILES,
    "events": _EVENTS,
    "webhooks": _EVENTS,
    "realtime": _REALTIME,
    "streams": _REALTIME,
    "mixins": MIXINS,
    "use": MIXINS,
    "members": _MEMBERS,
    "lists": _LISTS,
    "jobs": _JOBS,
    "schedule": _JOBS,
    "schedules": _JOBS,
    "expires": _EXPIRY,
    "limit": _LIMITS,
    "limits": _LIMITS,
    "audit": _AUDIT,
    "history": _AUDIT,
    "search": _SEARCH,
}
"""Keys of files and entities; a person may try any of them in any of these places."""

_OF_ENTITIES = _FEATURES | {"key": _KEYS}
_OF_FIELDS = {
    "read": _FIELD_ACCESS,
    "write": _FIELD_ACCESS,
    "member_of": _MEMBERS,
    "computed": GENERATED,
    "generate": GENERATED,
    "sequence": GENERATED,
    "expires": _EXPIRY,
    "search": _SEARCH,
    "states": _STATES,
    "transitions": _STATES,
    "rules": _RULES,
}
_OF_INDEXES = dict.fromkeys(("filters", "within", "counted", "in", "absent"), _LIST_KEYS)
_OF_THROTTLES = {"per_tenant_rate": _TENANT_RATE}

_TYPES = {
    "file": _FILES,
    "files": _FILES,
    "image": _FILES,
    "attachment": _FILES,
    "upload": _FILES,
    "user": _USERS,
    "member": _USERS,
    "secret": _SECRETS,
    "password": _SECRETS,
    "position": _POSITIONS,
}
"""Types of fields, and other names under which people look for them."""

_MEMBERSHIP = re.compile(r"[a-z][a-z0-9_]*\.(\*|[A-Za-z][A-Za-z0-9_-]*)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9_]*\.[A-Z][A-Za-z0-9]*")

WORDS = frozenset({*_OF_ENTITIES, *_OF_FIELDS})
"""Keys of files, entities and fields that name features of later."""

ROW_ACCESS_WORDS = frozenset({"everyone", "assignee"})
"""Entries of access rules that are no roles, unless a product has roles of these names."""

MOMENTS = {"today": "date", "now": "datetime"}
"""Defaults that stand for the time of a request, and the type of their fields."""


def is_key(path: DocumentPath, key: str) -> bool:
    """Whether a key of the mapping at a path names a feature of later, and is no name of the
    writer's own."""
    if _is_field(path):
        return key in _OF_FIELDS
    return key in _OF_ENTITIES and (not path or _is_entity(path))


def of_key(path: DocumentPath, key: str) -> Later | None:
    """The feature that a key names which is unknown in the mapping at a path."""
    if _is_field(path):
        return _OF_FIELDS.get(key)
    if path[2:3] == ("indexes",):
        return _OF_INDEXES.get(key)
    if path[-1:] == ("throttle",):
        return _OF_THROTTLES.get(key)
    return (_OF_ENTITIES if _is_entity(path) else _FEATURES).get(key)


def of_type(name: object) -> Later | None:
    """The feature that a field type belongs to."""
    return _TYPES.get(name) if isinstance(name, str) else None


def of_value(path: DocumentPath, value: object) -> Later | None:
    """The feature that a value belongs to which is wrong at its path."""
    if _is_access_entry(path):
        return ROW_ACCESS if _is_of_rows(value) else None
    if path[-2:-1] == ("unique",):
        return _KEYS if isinstance(value, list) else None
    if path[-1:] == ("to",):
        is_elsewhere = isinstance(value, str) and _ELSEWHERE.fullmatch(value)
        return _OTHER_VERTICAL if is_elsewhere else None
    if path[-1:] == ("default",):
        return GENERATED if isinstance(value, dict) and set(value) == {"from"} else None
    return None


def others_of_rows(path: DocumentPath, access: Mapping[str, object]) -> tuple[bool, int]:
    """Whether an earlier entry of the same access rules is of rows too, and how many there are."""
    places = [
        (action, position)
        for action, entries in access.items()
        for position, entry in enumerate(entries if isinstance(entries, list) else ())
        if _is_of_rows(entry)
    ]
    return places[:1] != [path[-2:]], len(places)


def _is_of_rows(entry: object) -> bool:
    if isinstance(entry, str):
        return _MEMBERSHIP.fullmatch(entry) is not None
    return isinstance(entry, dict) and "role" in entry


def _is_access_entry(path: DocumentPath) -> bool:
    return path[2:3] == ("access",) and len(path) == 5


def _is_entity(path: DocumentPath) -> bool:
    return len(path) == 2 and path[0] == "entities"


def _is_field(path: DocumentPath) -> bool:
    """Whether a path leads to a field, a member or an element, and not into a default."""
    if len(path) < 4 or path[2] != "fields" or "default" in path:
        return False
    return path[-2] == "fields" or path[-1] == "of"
