"""NX901 to NX912: parts of the language that are not supported yet, and must not be ignored."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import EntitySource, Subject
from nexus_gen.diagnostics import Diagnostic, Span

_OF_ENTITIES = {
    "states": ("NX901", "states and transitions are", "use an `enum` field for now"),
    "rules": ("NX903", "rules across fields are", "check this in the client for now"),
    "files": ("NX905", "files are", "keep a `url` for now"),
    "events": ("NX906", "events are", "remove it for now"),
    "realtime": ("NX907", "realtime is", "remove it for now"),
    "use": ("NX908", "mixins are", "write the fields into the entity for now"),
}


def unsupported_parts(subject: Subject) -> Iterator[Diagnostic]:
    """Every use of a part of the language that no output would reflect."""
    for mixins in subject.mixins:
        yield _report("NX908", "mixins are", mixins.span, "write the fields into the entities")
    for vertical in subject.verticals:
        for operation in (vertical.place / "operations").entries():
            yield _report("NX902", "operations of your own are", operation.key, "remove it for now")
        for entity in vertical.entities.values():
            yield from _entity(entity)
    yield from _fields(subject)
    for environment in subject.environments():
        throttle = environment / "throttle"
        if "per_tenant_rate" in throttle:
            span = (throttle / "per_tenant_rate").key
            yield _report("NX910", "a rate for each tenant is", span, "remove it for now")


def _entity(entity: EntitySource) -> Iterator[Diagnostic]:
    for part, value in entity.place.mapping.items():
        if part in _OF_ENTITIES and value:
            code, what, help_ = _OF_ENTITIES[part]
            yield _report(code, what, (entity.place / part).key, help_)


def _fields(subject: Subject) -> Iterator[Diagnostic]:
    for key in ("read", "write"):
        for source in subject.fields(key):
            yield _report(
                "NX904",
                f"`{key}` of a single field is",
                (source.place / key).key,
                "move the field to an entity with rules of its own, as a child",
            )
    for source in subject.nested:
        if source.field.type.name == "ref":
            yield _report(
                "NX912",
                "a reference inside a list, a map or an object is",
                (source.place / "type").span,
                "make it a field of the entity, or of a child entity",
            )


def _report(code: str, what: str, span: Span, help_: str) -> Diagnostic:
    return Diagnostic(code, f"{what} not supported yet", span, note="not yet", help=help_)
