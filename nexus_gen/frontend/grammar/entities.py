"""`spec/verticals/*.yaml` and `spec/mixins.yaml`."""

from __future__ import annotations

from nexus_gen.frontend.grammar import fields
from nexus_gen.frontend.grammar.parts import (
    ENTITY_NAME,
    FILLED_NAME,
    FILLED_NAME_FORM,
    KEBAB_NAME,
    NOT_YET,
    SNAKE_NAME,
    Schema,
    boolean,
    choice,
    field_names,
    form,
    listing,
    mapping,
    name,
    record,
    reference,
    roles,
    text,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ACTIONS = ("read", "create", "update", "delete")
_MIXED = ("fields", "indexes", "access")


def vertical() -> Schema:
    """The schema of one vertical."""
    whole = record(
        "One vertical: what it holds, and who may do what with it.",
        {
            "vertical": name(
                "Name of the vertical: the first part of its paths, and of its resources' names.",
                SNAKE_NAME,
                examples=["education"],
            ),
            "description": text("What the vertical is for."),
            "table": _table(),
            "entities": mapping(
                "What the vertical holds, by name in Pascal case.",
                ENTITY_NAME,
                reference("entity"),
            ),
            "operations": mapping(
                NOT_YET + "Actions of your own on items.", SNAKE_NAME, reference("operation")
            ),
        },
        required=("vertical", "entities"),
    )
    parts = {"entity": _entity(), "operation": _operation(), **_shared()}
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


def mixins() -> Schema:
    """The schema of `spec/mixins.yaml`."""
    keys = {key: _entity()["properties"][key] for key in ("description", *_MIXED)}
    whole = record(
        NOT_YET + "Groups of fields, indexes and access rules that entities take with `use`.",
        {
            "mixins": mapping(
                "The groups, by name in Pascal case.",
                ENTITY_NAME,
                record("One group.", keys),
            )
        },
        required=("mixins",),
    )
    return {"$schema": DIALECT, "title": "nexus-gen mixins", **whole, "$defs": _shared()}


def _shared() -> dict[str, Schema]:
    return {**fields.definitions(), "index": _index(), "access": _access()}


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
            "use": listing(NOT_YET + "Mixins to take in.", name("A mixin.", ENTITY_NAME), most=20),
            "fields": mapping(
                "What a client writes, by name in snake case. Every item also has id, created_at, "
                "created_by, updated_at, updated_by and version.",
                SNAKE_NAME,
                reference("field"),
            ),
            "rules": _rules(),
            "unique": field_names(
                "Fields whose values no two items of an organization share.", most=10
            ),
            "indexes": mapping(
                "Queries that the list route serves, by name in snake case.",
                SNAKE_NAME,
                reference("index"),
            ),
            "states": _states(),
            "files": _files(),
            "access": reference("access"),
            "delete": _delete(),
            "events": listing(
                NOT_YET + "Changes to publish.",
                choice("A kind of change.", ["created", "updated", "deleted"]),
                most=3,
            ),
            "realtime": boolean(NOT_YET + "Push changes to connected clients.", False),
            "if_match": choice(
                "Whether PATCH and DELETE without `If-Match` are refused with 428.",
                ["required", "optional"],
                default="optional",
            ),
        },
        more={"if": {"required": ["use"]}, "else": {"required": ["fields"]}},
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
                **form("^[1-9][0-9]{0,4}[dh]$", "days or hours, like `30d` or `12h`"),
                "default": "30d",
                "examples": ["30d", "12h"],
            },
        },
        required=("soft",),
    )


def _rules() -> Schema:
    rule = record(
        "One rule.",
        {
            "check": text("A comparison of two fields.", examples=["ends_on >= starts_on"]),
            "message": text("What to tell a client that breaks it."),
        },
        required=("check", "message"),
    )
    return listing(NOT_YET + "Conditions over several fields.", rule, most=50)


def _states() -> Schema:
    state = name("A state.", SNAKE_NAME)
    transition = record(
        "One transition: POST .../{name}.",
        {
            "from": listing("States that it leaves.", state, most=50),
            "to": state,
            "allow": roles("Who may.", owner=True),
            "requires": field_names("Fields that must be set.", most=50),
        },
        required=("from", "to", "allow"),
    )
    return record(
        NOT_YET + "A field that only transitions change.",
        {
            "field": name("The field that holds the state.", SNAKE_NAME),
            "initial": state,
            "values": listing("All states.", state, most=50),
            "transitions": mapping("Transitions by name.", SNAKE_NAME, transition),
        },
        required=("field", "initial", "values", "transitions"),
    )


def _files() -> Schema:
    media_type = text(
        "A media type.",
        length=127,
        **form("^[a-z0-9.+-]+/[a-z0-9.+*-]+$", "a media type like `image/png`"),
        examples=["image/png"],
    )
    slot = record(
        "One file slot.",
        {
            "prefix": name("A prefix of `storage.organization`.", KEBAB_NAME),
            "content_types": listing("Media types that are accepted.", media_type, most=50),
            "max_size": {
                "description": "Largest file.",
                "type": "string",
                **form("^[1-9][0-9]{0,3}(KB|MB|GB)$", "a size like `5MB`"),
                "examples": ["5MB"],
            },
        },
        required=("prefix", "content_types", "max_size"),
    )
    return mapping(NOT_YET + "Files that belong to an item, by name.", SNAKE_NAME, slot)


def _operation() -> Schema:
    return record(
        NOT_YET + "An action of your own: POST on an item or collection.",
        {
            "on": name("The entity whose items it acts on.", ENTITY_NAME),
            "description": text("What it does."),
            "input": mapping("What a client sends.", SNAKE_NAME, reference("field"), least=0),
            "output": name("The entity that it answers with.", ENTITY_NAME),
            "allow": roles("Who may.", owner=True),
            "handler": text(
                "Your Python below `spec/handlers/`: `education.enroll` is "
                "`spec/handlers/education/enroll.py`.",
                length=100,
                **form(
                    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$", "a module like `education.enroll`"
                ),
            ),
        },
        required=("on", "allow", "handler"),
    )
