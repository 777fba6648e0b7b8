"""Keys, types and values of features that come later: one message each, whatever their shape."""

from __future__ import annotations

from .scoring import Mistake

NOW = "for now"
_INSTRUCTOR = "  Instructor:\n"
_ENTITIES = "\nentities:\n"
_SOFT = "    delete: {soft: true, retain: 30d}\n"
_DATE = "starts_on: {type: date}"
_HEADLINE = "headline: {type: string, max_length: 160}"

_SHAPES = (
    ("null", ""),
    ("text", " x"),
    ("a list", " [a, 1, {b: }]"),
    ("a mapping", " {x: {on: 7, from: [], max_size: 5}}"),
    ("false", " false"),
)


def _below(name: str, place: str, indent: str, key: str, shape: str, value: str) -> Mistake:
    """A later key in one shape, before a line of the base."""
    return Mistake(
        f"{key}: {shape} ({name})", place, f"{indent}«{key}»:{value}\n{place}", place, says=NOW
    )


def _at_vertical(key: str) -> list[Mistake]:
    start = "description: Courses and the lessons in them.\n"
    return [_below("vertical", start, "", key, shape, value) for shape, value in _SHAPES]


def _at_entity(key: str) -> list[Mistake]:
    return [_below("entity", _SOFT, "    ", key, shape, value) for shape, value in _SHAPES]


def _field(name: str, new: str, old: str = _HEADLINE) -> Mistake:
    return Mistake(name, old, new, says=NOW)


LATER = (
    *_at_vertical("operations"),
    *_at_vertical("mixins"),
    *_at_vertical("schedules"),
    *_at_vertical("events"),
    *_at_vertical("realtime"),
    *_at_entity("states"),
    *_at_entity("rules"),
    *_at_entity("files"),
    *_at_entity("events"),
    *_at_entity("realtime"),
    *_at_entity("use"),
    *_at_entity("members"),
    *_at_entity("key"),
    *_at_entity("operations"),
    *_at_entity("expires"),
    *_at_entity("limit"),
    *_at_entity("audit"),
    *_at_entity("search"),
    _below("product", "integration:\n", "", "mixins", "a list", " [Audited]"),
    _below("product", "integration:\n", "", "operations", "null", ""),
    _below("product", "integration:\n", "", "realtime", "true", " true"),
    Mistake(
        "mixins.yaml",
        "",
        "«»mixins:\n  Audited: {fields: {reason: {type: text}}}\n",
        "",
        says=NOW,
        file="spec/mixins.yaml",
    ),
    Mistake("mixins.yaml: empty", "", "«»", "", says=NOW, file="spec/mixins.yaml"),
    Mistake("mixins.yaml: no YAML", "", "«»a: [b\n", "", says=NOW, file="spec/mixins.yaml"),
    Mistake(
        "lists: what `indexes` is today",
        "    indexes:\n",
        "    «lists»:\n",
    ),
    _field("type file", "headline: {type: «file»}"),
    _field(
        "type file with its keys",
        "headline: {type: «file», prefix: assets, content_types: [image/png], max_size: 5MB}",
    ),
    _field("type user", "headline: {type: «user», required: true, member_of: course}"),
    _field("type secret", "headline: {type: «secret»}"),
    _field("type position", "headline: {type: «position»}"),
    _field("type image", "headline: {type: «image»}"),
    _field("type user in a list", "headline: {type: list, of: {type: «user»}}"),
    _field(
        "type file in an object",
        "headline: {type: object, fields: {a: {type: «file», max_size: 1}}}",
    ),
    _field("read of a field", "headline: {type: string, max_length: 160, «read»: [admin]}"),
    _field("write of a field", "headline: {type: string, max_length: 160, «write»: none}"),
    _field("computed", 'headline: {type: string, max_length: 160, «computed»: "a * b"}'),
    _field("generate", "headline: {type: string, max_length: 160, «generate»: {token: 32}}"),
    _field("sequence", "headline: {type: string, max_length: 160, «sequence»: {within: x}}"),
    _field("default today", "starts_on: {type: date, default: «today»}", _DATE),
    _field(
        "default now", "opens_at: {type: datetime, default: «now»}", "opens_at: {type: datetime}"
    ),
    _field(
        "default from",
        "headline: {type: string, max_length: 160, default: «{from: course.title}»}",
    ),
    Mistake("compound unique", "unique: [slug]", "unique: [slug, «[title, level]»]", says=NOW),
    Mistake(
        "access of a member",
        "create: [instructor, admin]",
        "create: [«course.lead», instructor, admin]",
        says=NOW,
    ),
    Mistake(
        "access of members, many times",
        "    access:\n      read: [member, instructor, admin]\n      create: [instructor, admin]\n"
        "      update: [instructor, admin]\n",
        "    access:\n      read: [«self.*», member]\n      create: [course.*]\n"
        "      update: [self.lead, {role: admin, when: {level: beginner}}]\n",
        says=NOW,
    ),
    Mistake(
        "access on a condition",
        "create: [instructor, admin]",
        "create: [instructor, «{role: admin, when: {level: beginner}}»]",
        says=NOW,
    ),
    Mistake(
        "access of everyone",
        "create: [instructor, admin]",
        "create: [instructor, «everyone»]",
        says=NOW,
    ),
    Mistake(
        "reference to another vertical",
        "to: Instructor,",
        "to: «people.Person»,",
        says=NOW,
    ),
    Mistake(
        "list with filters",
        "by_level: {match: [level], sort: starts_on}",
        "by_level: {match: [level], sort: starts_on, «filters»: [code]}",
        says=NOW,
    ),
    Mistake(
        "list within the organization",
        "by_level: {match: [level], sort: starts_on}",
        "by_level: {match: [level], sort: starts_on, «within»: organization}",
        says=NOW,
    ),
    Mistake(
        "a rate for each tenant",
        "throttle: {rate: 500, burst: 1000}",
        "throttle: {rate: 500, burst: 1000, «per_tenant_rate»: fast}",
        says=NOW,
    ),
)
