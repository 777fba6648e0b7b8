"""NX233: an access rule names a role that nobody can have."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import OWNER
from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.diagnostics.suggest import did_you_mean
from nexus_gen.model import Action


def unknown_roles(subject: Subject) -> Iterator[Diagnostic]:
    """A rule names a role that nobody can have."""
    roles = {name for name, _ in subject.model.tenancy.roles}
    defined = (subject.nexus / "tenancy" / "roles").key
    for entity in subject.entities():
        access = entity.place.mapping.get("access")
        if not isinstance(access, dict):
            continue
        for action in Action:
            names = access.get(action.value)
            if isinstance(names, list) and not roles.issuperset(filter(_hashable, names)):
                place = entity.place / "access" / action.value
                for name in place.items():
                    if name.text and name.text not in roles and name.text != OWNER:
                        legal = roles if action is Action.CREATE else roles | {OWNER}
                        yield _unknown_role(name, legal, Label(defined, "roles are defined here"))


def _hashable(value: object) -> bool:
    return isinstance(value, str)


def _unknown_role(place: Place, legal: set[str], label: Label) -> Diagnostic:
    return Diagnostic(
        "NX233",
        f"`{place.text}` is not a role",
        place.span,
        note="not in `tenancy.roles`",
        labels=(label,),
        help=did_you_mean(place.text, legal),
    )
