"""Values, types, keys and places that are nearly right."""

from __future__ import annotations

from .scoring import Mistake

_HEADLINE = "headline: {type: string, max_length: 160}"
_TITLE = "title: {type: string, required: true, max_length: 200}"
_RETAIN = "retain: 30d"
_ACTIVE = "active: {type: boolean, default: true}"
_TAGS = "tags: {type: list, of:"
_VALUES = "values: [beginner, advanced], default: beginner"


def _type(name: str, old: str, new: str) -> Mistake:
    return Mistake(f"type {name}", old, new)


VALUES = (
    Mistake("a time without unit", _RETAIN, "retain: «30»"),
    Mistake("a time without unit, quoted", _RETAIN, 'retain: «"30"»'),
    Mistake("a time in words", _RETAIN, "retain: «30 days»"),
    Mistake("a time in capitals", _RETAIN, "retain: «30D»"),
    Mistake("a time in hours, in words", _RETAIN, "retain: «48 hours»", "retain: 48h"),
    Mistake("a time in weeks", _RETAIN, "retain: «2w»", "retain: 14d"),
    _type("int", "capacity: {type: integer", "capacity: {type: «int»"),
    _type("bool", "active: {type: boolean", "active: {type: «bool»"),
    Mistake("type float", _HEADLINE, "headline: {type: «float»}", "headline: {type: number}"),
    _type("array", _TAGS, "tags: {type: «array», of:"),
    _type("str", "headline: {type: string", "headline: {type: «str»"),
    _type("varchar", "headline: {type: string", "headline: {type: «varchar»"),
    _type("timestamp", "opens_at: {type: datetime", "opens_at: {type: «timestamp»"),
    _type("money", "price: {type: decimal", "price: {type: «money»"),
    _type("reference", "instructor: {type: ref", "instructor: {type: «reference»"),
    _type("dict", "        type: object\n", "        type: «dict»\n"),
    _type("choice", "level: {type: enum", "level: {type: «choice»"),
    _type("int inside a list", "of: {type: string, max_length: 40}", "of: {type: «int»}")._replace(
        meant="of: {type: integer}"
    ),
    _type("int without a mapping", _HEADLINE, "headline: «int»")._replace(
        meant="headline: {type: integer}"
    ),
    Mistake(
        "key min", "capacity: {type: integer, minimum: 1", "capacity: {type: integer, «min»: 1"
    ),
    Mistake("key options", _VALUES, "«options»: [beginner, advanced], default: beginner"),
    Mistake("key items", _TAGS, "tags: {type: list, «items»:"),
    Mistake("key maxLength", _HEADLINE, "headline: {type: string, «maxLength»: 160}"),
    Mistake(
        "nullable",
        _HEADLINE,
        "headline: {type: string, max_length: 160, «nullable»: true}",
        says="remove",
    ),
    Mistake(
        "unique on a field",
        "slug: {type: slug, required: true, immutable: true}",
        "slug: {type: slug, required: true, immutable: true, «unique»: true}",
        says="a key of the entity",
    ),
    Mistake(
        "entities in the product",
        "integration:\n",
        "«entities»:\n  Course: {fields: {title: {type: string}}}\nintegration:\n",
        says="spec/verticals/",
    ),
    Mistake(
        "vertical in the product",
        "integration:\n",
        "«vertical»: education\nintegration:\n",
        says="spec/verticals/",
    ),
    Mistake(
        "environments in a vertical",
        "description: Courses and the lessons in them.\n",
        "description: Courses and the lessons in them.\n«environments»: {dev: }\n",
        "description: Courses and the lessons in them.\n",
        says="spec/nexus.yaml",
    ),
    Mistake(
        "a key one level too high",
        "    throttle: {rate: 500, burst: 1000}\n    lambda: {memory_mb: 512}\n",
        "    throttle: {rate: 500, burst: 1000}\n    «memory_mb»: 512\n",
        says="a key of `lambda`",
    ),
    Mistake(
        "a key one level too low",
        "          columns: {type: integer, minimum: 1, maximum: 12}\n    unique: [slug]\n",
        "          columns: {type: integer, minimum: 1, maximum: 12, «unique»: [slug]}\n",
        says="a key of the entity",
    ),
    Mistake("region", "region: us-east-1", "region: «us-est-1»"),
    Mistake("region, two letters swapped", "region: us-east-1", "region: «us-eats-1»"),
    Mistake("region with a zone", "region: us-east-1", "region: «us-east-1a»"),
    Mistake("region in capitals", "region: us-east-1", "region: «US-EAST-1»"),
    Mistake("region with underscores", "region: us-east-1", "region: «us_east_1»"),
    Mistake(
        "topic in a region misspelt",
        "arn:aws:sns:us-east-1:123456789012:ops",
        "arn:aws:sns:us-est-1:123456789012:ops",
    )._replace(
        old='topic_arn: "arn:aws:sns:us-east-1:123456789012:ops"',
        new='topic_arn: «"arn:aws:sns:us-est-1:123456789012:ops"»',
        says="us-east-1",
    ),
    Mistake(
        "a number with a last zero",
        'price: {type: decimal, minimum: "0", scale: 2}',
        "price: {type: decimal, minimum: «1.10», scale: 2}",
        'price: {type: decimal, minimum: "1.10", scale: 2}',
    ),
    Mistake(
        "a number in base 16",
        "language: {type: string, max_length: 5, default: en}",
        "language: {type: string, max_length: 5, default: «0x1F»}",
        'language: {type: string, max_length: 5, default: "0x1F"}',
    ),
    Mistake(
        "true as a text",
        "language: {type: string, max_length: 5, default: en}",
        "language: {type: string, max_length: 5, default: «True»}",
        'language: {type: string, max_length: 5, default: "True"}',
    ),
    Mistake(
        "a number as a description",
        "description: A course that the organization offers.",
        "description: «1e+3»",
        'description: "1e+3"',
    ),
    Mistake(
        "a version as a description",
        "description: Courses and the lessons in them.",
        "description: «1.10»",
        'description: "1.10"',
    ),
    Mistake(
        "a name where a list is meant",
        "unique: [slug]",
        "unique: «slug»",
    ),
    Mistake("on_delete of SQL", "on_delete: restrict", "on_delete: «no_action»"),
)
