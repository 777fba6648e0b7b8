"""NX233: an access rule names a role that nobody can have."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import OWNER
from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.diagnostics.suggest import closest, did_you_mean
from nexus_gen.frontend.later import ROW_ACCESS, ROW_ACCESS_WORDS
from nexus_gen.frontend.schema_failure import descend
from nexus_gen.model import Action

_OWNERS = ("author", "creator", "created_by", "me", "mine", "myself", "own", "self")
_ALL = (
    *("all", "any", "anybody", "anyone", "authenticated", "everybody", "logged_in", "public"),
    *("signed_in", "user", "users", "verified"),
)


def unknown_roles(subject: Subject) -> Iterator[Diagnostic]:
    """Roles that nobody can have: each once, however many rules name it."""
    roles = {name for name, _ in subject.model.tenancy.roles}
    for name, places in _unknown(subject, roles).items():
        if name in ROW_ACCESS_WORDS:
            yield ROW_ACCESS.at(places[0].span)
        elif (
            len(places) == 1
            or name in (*_ALL, *_OWNERS)
            or closest(name, roles | {OWNER}) is not None
        ):
            yield _misspelt(subject, name, places, roles)
        else:
            yield _undefined(subject, name, places, roles)


def _unknown(subject: Subject, roles: set[str]) -> dict[str, list[Place]]:
    """Each name that is no role -> where rules name it, in the order of the files."""
    found: dict[str, list[Place]] = {}
    for entity in subject.entities():
        access = entity.place.mapping.get("access")
        if not isinstance(access, dict):
            continue
        for action in Action:
            names = access.get(action.value)
            if isinstance(names, list) and not roles.issuperset(filter(_hashable, names)):
                for place in (entity.place / "access" / action.value).items():
                    if place.text and place.text not in roles and place.text != OWNER:
                        found.setdefault(place.text, []).append(place)
    return found


def _hashable(value: object) -> bool:
    return isinstance(value, str)


def _misspelt(subject: Subject, name: str, places: list[Place], roles: set[str]) -> Diagnostic:
    """A name that stands once, or is nearly one that is defined."""
    creates = places[0].path[-2] == Action.CREATE.value
    legal = roles if creates else roles | {OWNER}
    more = f", and {len(places) - 1} more access rules name it" if len(places) > 1 else ""
    defined = (subject.nexus / "tenancy" / "roles").key
    return Diagnostic(
        "NX233",
        f"`{name}` is not a role{more}",
        places[0].span,
        note="not in `tenancy.roles`",
        labels=(Label(defined, "roles are defined here"),),
        help=_meant(name, places[0], roles) or did_you_mean(name, legal),
    )


def _meant(name: str, place: Place, roles: set[str]) -> str:
    """Help for what other languages call the owner, or everybody."""
    *above, action, _ = place.path
    if name in _OWNERS and action != Action.CREATE:
        return f"did you mean `{OWNER}`?"
    if name not in _ALL:
        return ""
    listed = descend(place.document.data, (*above, action))
    others = [role for role in sorted(roles) if role not in listed]
    if not others:
        return "remove it: all roles are listed"
    return f"write `{', '.join(others)}`: whoever has a token has one of the roles"


def _undefined(subject: Subject, name: str, places: list[Place], roles: set[str]) -> Diagnostic:
    """A name that several rules agree on: what lacks is its definition."""
    entities = len({(place.document.file, place.path[1]) for place in places})
    what = "entity" if entities == 1 else "entities"
    return Diagnostic(
        "NX233",
        f"`{name}` is not a role, and {len(places)} access rules of {entities} {what} name it",
        (subject.nexus / "tenancy" / "roles").key,
        note=f"lacks `{name}`",
        labels=(Label(places[0].span, "named here first"),),
        help=f"define `{name}` here, or name other roles in its place: "
        + ", ".join(f"`{role}`" for role in sorted(roles - {OWNER})),
    )
