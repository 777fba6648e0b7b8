"""Verticals at random, as the language allows them: every shape of field, name, index and rule."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nexus_gen.model import Name

ROLES = ("admin", "member")

HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\"'\\\n\r\t #{}$%\x00\x7f\u2028\u202e\ufeff\u0301\u65e5\U0001f600"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)
"""Any text that UTF-8 can carry, with much of what quoting gets wrong."""


def _words(text: str) -> list[str]:
    return text.split()


_ENTITIES = _words(
    """
    Course Item Page Key Request Response Index Property Handler App Json Line2 Line10 Filter
    Collection Attribute Check Record Reference Tenant Literal Any None True List Type Warning
    CourseModule HTTPServer ExtraordinarilyLongishNameOfAnEntityHere AaBbCcDdEeFfGgHhIiJjKkLlMmNn
    """
)
_FIELDS = _words(
    """
    title list dict str int float bool sorting tenant item items keys values get record request x
    attributes checks members extraordinarily_longish_name_of_a_field1 date datetime string json
    """
)

field_names = st.sampled_from(_FIELDS)


def _with(base: dict[str, Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {name: st.just(value) for name, value in base.items()}, optional=optional
    )


_small = st.integers(0, 50)
_text = st.one_of(st.just("a"), HOSTILE)
_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), _text),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_text, inner, max_size=3)),
    max_leaves=5,
)

SCALARS = st.one_of(
    _with({"type": "string"}, max_length=_small, pattern=_text, default=_text),
    _with({"type": "text"}, min_length=_small, default=_text),
    _with({"type": "slug"}, default=st.just("a-b")),
    _with({"type": "email"}, default=st.just("Ada@example.org")),
    _with({"type": "url"}, max_length=st.integers(8, 50)),  # less is refused by NX242
    _with({"type": "uuid"}),
    _with({"type": "integer"}, minimum=st.integers(-9, 9), default=st.integers(0, 9)),
    _with({"type": "number"}, maximum=st.floats(0, 1e20), default=st.floats(-1e30, 1e30)),
    _with({"type": "decimal"}, scale=st.integers(0, 9), default=st.just("-1.5")),
    _with({"type": "boolean"}, default=st.booleans()),
    _with({"type": "date"}, default=st.just("2026-01-31")),
    _with({"type": "datetime"}, default=st.just("2026-01-31T12:00:00.5+02:00")),
    _with({"type": "duration"}),
    st.fixed_dictionaries(
        {"type": st.just("enum"), "values": st.lists(_text, min_size=1, max_size=5, unique=True)}
    ),
    _with({"type": "json"}, max_depth=st.integers(1, 9), default=_json),
)

TYPES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"type": st.just("list"), "of": inner}),
        st.fixed_dictionaries({"type": st.just("map"), "of": inner}),
        st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "fields": st.dictionaries(field_names, inner, min_size=1, max_size=4),
            }
        ),
    ),
    max_leaves=8,
)

_KEYS = frozenset({"string", "slug", "email", "uuid", "integer", "boolean", "date", "enum"})
_SORTS = frozenset({"string", "slug", "email", "uuid", "integer", "number", "decimal", "datetime"})


@st.composite
def entities(draw: st.DrawFn, earlier: tuple[str, ...] = ()) -> dict[str, Any]:
    """One entity; `earlier` are names that it may have as parent, or refer to."""
    fields: dict[str, Any] = draw(st.dictionaries(field_names, TYPES, min_size=1, max_size=6))
    for name, field in fields.items():
        if draw(st.booleans()):
            fields[name] = {**field, "required": True, "immutable": draw(st.booleans())}
    if earlier and draw(st.booleans()):
        fields["target"] = {"type": "ref", "to": draw(st.sampled_from(earlier))}
    entity: dict[str, Any] = {"fields": fields, "access": draw(_access())}
    if draw(st.booleans()):
        entity["description"] = draw(HOSTILE)
    if earlier and draw(st.booleans()):
        entity["parent"] = draw(st.sampled_from(earlier))
    if indexes := draw(_indexes(fields)):
        entity["indexes"] = indexes
    if draw(st.booleans()):
        entity["delete"] = {"soft": True}
        entity["if_match"] = "required"
    return entity


@st.composite
def _access(draw: st.DrawFn) -> dict[str, list[str]]:
    actions = draw(st.sets(st.sampled_from(["read", "create", "update", "delete"]), min_size=1))
    allowed = st.lists(st.sampled_from([*ROLES, "owner"]), min_size=1, unique=True)
    return {action: draw(allowed) for action in sorted(actions)}


@st.composite
def _indexes(draw: st.DrawFn, fields: dict[str, Any]) -> dict[str, Any]:
    keys = [name for name, field in fields.items() if field["type"] in _KEYS]
    sorts = [name for name, field in fields.items() if field["type"] in _SORTS]
    found = {}
    for name in draw(st.sets(field_names, max_size=3)):
        match = draw(st.lists(st.sampled_from([*keys, "created_by"]), max_size=2, unique=True))
        found[name] = {"match": match, "sort": draw(st.sampled_from([*sorts, "created_at"]))}
    return found


@st.composite
def verticals(draw: st.DrawFn, name: str = "random") -> dict[str, Any]:
    """One vertical."""
    chosen = draw(st.lists(st.sampled_from(_ENTITIES), min_size=1, max_size=4, unique_by=_identity))
    found = {}
    for number, entity in enumerate(chosen):
        found[entity] = draw(entities(earlier=tuple(chosen[:number])))
    return {"vertical": name, "description": draw(HOSTILE), "entities": found}


def _identity(entity: str) -> str:
    return Name(entity).snake
