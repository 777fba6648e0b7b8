"""`spec/verticals/*.yaml`."""

from __future__ import annotations

from nexus_gen.frontend.grammar import fields
from nexus_gen.frontend.grammar.parts import (
    ENTITY_NAME,
    FILLED_NAME,
    FILLED_NAME_FORM,
    SNAKE_NAME,
    Schema,
    boolean,
    choice,
    field_names,
    form,
    mapping,
    name,
    record,
    reference,
    roles,
    text,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ACTIONS = ("read", "create", "update", "delete")


def vertical() -> Schema:
    """The schema of one vertical."""
    whole = record(
        "One vertical: what it holds, and who may do what with it.",
        {
            "vertical": name(
                "Name of the vertical: the first part of its paths, and of its resources' names.",
                SNAKE_NAME,
                examples=["billing"],
            ),
            "description": text("What the vertical is for."),
            "table": _table(),
            "entities": mapping(
                "What the vertical holds, by name in Pascal case.",
                ENTITY_NAME,
                reference("entity"),
            ),
        },
        required=("vertical", "entities"),
    )
    parts = {
        "entity": _entity(),
        **fields.definitions(),
        "index": _index(),
        "access": _access(),
    }
    return {"$schema": DIALECT, "title": "nexus-gen vertical", **whole, "$defs": parts}


def _table() -> Schema:
    return record(
        "A DynamoDB table that is there already, and shall hold the vertical's items.",
        {
            "adopt": choice(
                "- `import`: take it over; from then on it is ours, with its settings\n"
                "- `reference`: use it as it is; it stays its owner's",
                ["import", "reference"],
            ),
            "name": text(
                "What it is called; `{project}`, `{environment}` and `{product}` are filled in. "
                "Without this, as our own table would be called.",
                length=255,
                **form(FILLED_NAME, FILLED_NAME_FORM),
                examples=["{project}-{environment}-courses"],
            ),
        },
        required=("adopt",),
    )


def _entity() -> Schema:
    return record(
        "One kind of item.",
        {
            "description": text("What one item is."),
            "plural": name(
                "Its plural in Pascal case, where English spelling does not give it.",
                ENTITY_NAME,
                examples=["People"],
            ),
            "parent": name(
                "The entity that its items belong to; they live below the parent's path and are "
                "deleted with it.",
                ENTITY_NAME,
            ),
            "fields": mapping(
                "What a client writes, by name in snake case. Every item also has id, created_at, "
                "created_by, updated_at, updated_by and version.",
                SNAKE_NAME,
                reference("field"),
            ),
            "unique": field_names(
                "Fields whose values no two items of an organization share.", most=10
            ),
            "indexes": mapping(
                "Queries that the list route serves, by name in snake case.",
                SNAKE_NAME,
                reference("index"),
            ),
            "access": reference("access"),
            "delete": _delete(),
            "if_match": choice(
                "Whether PATCH and DELETE without `If-Match` are refused with 428.",
                ["required", "optional"],
                default="optional",
            ),
        },
        required=("fields",),
    )


def _index() -> Schema:
    return record(
        "A query: equality on `match`, in the order of `sort`.",
        {
            "match": field_names(
                "Fields that a request filters by, all of them; may be `created_by`.", most=5
            ),
            "sort": name(
                "The field that orders a page; may be `created_at` or `updated_at`. Order of "
                "creation if absent.",
                SNAKE_NAME,
            ),
        },
        more={"minProperties": 1},
    )


def _access() -> Schema:
    verbs = {"read": "list and get", "create": "create", "update": "change", "delete": "delete"}
    keys: dict[str, Schema] = {
        action: roles(f"Who may {verbs[action]} items; nobody if absent.", owner=action != "create")
        for action in ACTIONS
    }
    keys["inherit"] = name("Take the rules of this entity, the parent.", ENTITY_NAME)
    alone = {"properties": {"inherit": True}, "additionalProperties": False}
    return record(
        "Who may do what. What is not allowed is denied.",
        keys,
        more={"minProperties": 1, "if": {"required": ["inherit"]}, "then": alone},
    )


def _delete() -> Schema:
    return record(
        "What deleting an item means.",
        {
            "soft": boolean("Deleted items go to a trash, and can be restored from it.", False),
            "retain": {
                "description": "How long the trash keeps an item: days or hours.",
                "type": "string",
                **form("^[1-9][0-9]{0,4}[dh]$", "days or hours, like `30d` or `48h`"),
                "default": "30d",
                "examples": ["30d", "48h"],
            },
        },
        required=("soft",),
    )
