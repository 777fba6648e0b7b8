"""Ways to break how keys are made: the runtime's functions and the handlers' use of them."""

from __future__ import annotations

from tests.isolation.corpus import Change
from tests.isolation.mutant import Mutant

KEYS = "lambda/shared/python/nexus_runtime/keys.py"
COURSE = "lambda/education-api/education_api/course.py"
PARTITION = 'return "#".join([f"{tenant}#{entity}", *map(escape, ancestors)])'

KEY_CODE = (
    Mutant(
        "key-without-separator",
        "partition keys without `#` after the tenant",
        (
            Change(
                KEYS,
                PARTITION,
                PARTITION.replace("{tenant}#", "{tenant}"),
            ),
        ),
        "proof",
        "NX527",
        "",
        "`partition` makes a partition key without `#`",
        "def partition",
    ),
    Mutant(
        "index-key-without-tenant",
        "index entries of all tenants in one partition",
        (Change(KEYS, 'parts = [f"{tenant}#{index}"]', "parts = [index]"),),
        "proof",
        "NX527",
        "",
        "`index_key` makes a partition key without the tenant",
        "def index_key",
    ),
    Mutant(
        "unique-key-without-tenant",
        "a value that is unique across tenants",
        (Change(KEYS, '_key(f"{tenant}#{entity}#!{field}#', '_key(f"{entity}#!{field}#'),),
        "proof",
        "NX527",
        "",
        "`unique_key` makes a partition key without the tenant",
        "def unique_key",
    ),
    Mutant(
        "tenant-after-entity",
        "the entity in front of the tenant",
        (Change(KEYS, '_key(f"{tenant}#!idempotency#', '_key(f"!idempotency#{tenant}#'),),
        "proof",
        "NX527",
        "",
        "`idempotency_key` makes a partition key without the tenant",
        "def idempotency_key",
    ),
    Mutant(
        "line-end",
        "`$` for `\\Z`: `org1` and a line end is another tenant with the same look",
        (Change(KEYS, "{1,64}\\Z", "{1,64}$"),),
        "proof",
        "NX527",
        "",
        "\\n",
        "TENANT_PATTERN",
    ),
    Mutant(
        "separator-in-tenant",
        "`#` in a tenant id",
        (Change(KEYS, "[A-Za-z0-9_-]{1,64}", "[A-Za-z0-9_#-]{1,64}"),),
        "proof",
        "NX527",
        "",
        "'#' is taken",
        "TENANT_PATTERN",
    ),
    Mutant(
        "slash-in-tenant",
        "`/` in a tenant id, which breaks out of a prefix of objects",
        (Change(KEYS, "[A-Za-z0-9_-]{1,64}", "[A-Za-z0-9_/-]{1,64}"),),
        "proof",
        "NX527",
        "",
        "'/' is taken",
        "TENANT_PATTERN",
    ),
    Mutant(
        "index-key-from-body",
        "a handler takes the tenant of an index entry from the item",
        (
            Change(
                COURSE,
                '**index_key("gsi3", tenant, "course#by_start"',
                '**index_key("gsi3", course["organization"], "course#by_start"',
            ),
        ),
        "proof",
        "NX527",
        "",
        "not made by the runtime for the tenant",
        'course["organization"]',
    ),
    Mutant(
        "index-key-by-hand",
        "a handler fills an index with a field",
        (
            Change(
                COURSE,
                '**index_key("gsi3", tenant, "course#by_start", (), starts_on, course["id"]),',
                '"gsi3pk": attributes.string(course["level"]),',
            ),
        ),
        "proof",
        "NX527",
        "",
        "not made by the runtime for the tenant",
        '"gsi3pk"',
    ),
)
