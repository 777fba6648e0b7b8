"""NX901 to NX912: parts of the language that are not supported yet, and must not be ignored."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Span

_OF_ENTITIES = {
    "states": ("NX901", "states and transitions", "use an `enum` field for now"),
    "rules": ("NX903", "rules across fields", "check this in the client for now"),
    "files": ("NX905", "files", "keep a `url` for now"),
    "events": ("NX906", "events", "remove it for now"),
    "realtime": ("NX907", "realtime", "remove it for now"),
    "use": ("NX908", "mixins", "write the fields into the entity for now"),
}


def unsupported_parts(subject: Subject) -> Iterator[Diagnostic]:
    """Every use of a part of the language that no output would reflect."""
    for mixins in subject.mixins:
        yield _report(
            "NX908", "mixins", mixins.span, "write their fields into the entities for now"
        )
    for vertical in subject.verticals:
        if (vertical.place / "operations").value:
            yield from _operations(vertical.place / "operations")
        for entity in vertical.entities.values():
            for part in entity.place.mapping:
                if part in _OF_ENTITIES and entity.place.mapping[part]:
                    code, what, help_ = _OF_ENTITIES[part]
                    yield _report(code, what, (entity.place / part).key, help_)
    for key in ("read", "write"):
        for source in subject.fields(key):
            yield _report(
                "NX904",
                f"`{key}` for single fields",
                (source.place / key).key,
                "move the field to an entity with rules of its own, as a child",
            )
    for environment in subject.environments():
        if "per_tenant_rate" in environment / "throttle":
            place = environment / "throttle" / "per_tenant_rate"
            yield _report("NX910", "a rate for each tenant", place.key, "remove it for now")
    for source in subject.nested:
        if source.field.type.name == "ref":
            place = source.place / "type"
            yield _report(
                "NX912",
                "a reference inside a list, a map or an object",
                place.span,
                "make it a field of the entity, or of a child entity",
            )


def _operations(place: Place) -> Iterator[Diagnostic]:
    for operation in place.entries():
        yield _report("NX902", "operations of your own", operation.key, "remove it for now")


def _report(code: str, what: str, span: Span, help_: str) -> Diagnostic:
    verb = "are" if what.endswith("s") else "is"
    return Diagnostic(
        code, f"{what} {verb} not supported yet", span, note="not supported yet", help=help_
    )
