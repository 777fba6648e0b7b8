"""Words of other tools and languages for what this language calls otherwise."""

from __future__ import annotations


def _words(**meanings: str) -> dict[str, str]:
    """Name here -> its synonyms, as synonym -> name here."""
    return {word: name for name, words in meanings.items() for word in words.split()}


TYPES: dict[str, str] = _words(
    string="str varchar char character nvarchar tel phone",
    text="longtext textarea markdown html clob",
    integer="int int32 int64 long bigint smallint short uint serial",
    number="float float32 float64 double real numeric",
    decimal="money currency price bignumeric",
    boolean="bool flag checkbox tinyint bit",
    datetime="timestamp timestamptz instant date-time moment",
    duration="interval timedelta period",
    enum="choice choices select option literal union oneof",
    ref="reference relation foreign_key fk belongs_to link lookup",
    list="array set vector tuple collection repeated sequence slice",
    map="record hash dictionary",
    object="dict struct group embedded nested",
    json="any jsonb blob mixed unknown",
    uuid="guid",
    url="uri href website",
    email="mail e-mail",
)
"""Field types elsewhere -> the type here that holds the same values."""

KEYS: dict[str, tuple[str, ...]] = {
    "min": ("minimum", "min_length", "min_items"),
    "max": ("maximum", "max_length", "max_items"),
    "minlen": ("min_length",),
    "maxlen": ("max_length",),
    "length": ("max_length",),
    "size": ("max_length", "max_items", "max_bytes"),
    "limit": ("max_items", "max_length"),
    "precision": ("scale",),
    "digits": ("scale",),
    "options": ("values",),
    "choices": ("values",),
    "enum": ("values",),
    "items": ("of",),
    "element": ("of",),
    "elements": ("of",),
    "properties": ("fields",),
    "attributes": ("fields",),
    "columns": ("fields",),
    "members": ("fields",),
    "target": ("to",),
    "entity": ("to",),
    "references": ("to",),
    "ref": ("to",),
    "ondelete": ("on_delete",),
    "regex": ("pattern",),
    "regexp": ("pattern",),
    "readonly": ("immutable",),
    "read_only": ("immutable",),
    "mandatory": ("required",),
    "not_null": ("required",),
    "doc": ("description",),
    "docs": ("description",),
    "comment": ("description",),
    "permissions": ("access",),
    "acl": ("access",),
    "allow": ("access",),
    "index": ("indexes",),
    "belongs_to": ("parent",),
    "list": ("read",),
    "get": ("read",),
    "view": ("read",),
    "edit": ("update",),
    "remove": ("delete",),
    "order": ("sort",),
    "order_by": ("sort",),
    "sort_by": ("sort",),
    "by": ("match",),
    "where": ("match",),
    "filter": ("match",),
    "keep": ("retain",),
    "origins": ("cors_origins",),
    "models": ("entities",),
    "tables": ("entities",),
    "resources": ("entities",),
    "name": ("vertical", "product"),
    "version": ("nexus",),
    "memory": ("memory_mb",),
    "timeout": ("timeout_seconds",),
    "allowed_headers": ("request_headers",),
    "allow_headers": ("request_headers",),
    "headers": ("request_headers",),
    "expose_headers": ("exposed_headers",),
    "response_headers": ("exposed_headers",),
}
"""Keys elsewhere -> keys here; the first that a place takes and does not have is meant."""

_OPTIONAL = "remove it: a field is optional unless it has `required: true`"
_KEPT = "remove it: every item has `id`, `created_at`, `updated_at` and `version`"
_ORIGINS = "write the origins as `cors_origins` of each environment"
_METHODS = "remove it: pages may use every method that a path has"
_TOKENS = "remove it: callers send a token in `Authorization`, and there are no cookies"

UNNEEDED: dict[str, str] = {
    "nullable": _OPTIONAL,
    "null": _OPTIONAL,
    "optional": _OPTIONAL,
    "primary_key": _KEPT,
    "timestamps": _KEPT,
    "log_group": "write `logging: {group: shared}`, or `function` for a group each",
    **dict.fromkeys(("allowed_origins", "allow_origins"), _ORIGINS),
    **dict.fromkeys(("allowed_methods", "allow_methods", "methods"), _METHODS),
    **dict.fromkeys(("allow_credentials", "credentials"), _TOKENS),
    "tenant": "remove it: every item belongs to the organization of its creator's token",
    "organization_id": "remove it: every item belongs to the organization of its creator's token",
}
"""Keys elsewhere that stand for what is so here without a key."""

OPTIONS: dict[str, dict[str, str]] = {
    "on_delete": _words(
        cascade="delete remove",
        detach="set_null setnull nullify null unset clear",
        restrict="no_action noaction protect deny prevent block",
    ),
    "backend": {"file": "local", "disk": "local"},
}
"""Key -> words elsewhere -> one of its values here."""
