"""NX631, NX632: tables that are there already, and that the spec adopts.

What is not in this state cannot be compared here; the plan compares it (`existing_table.tf`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nexus_gen.diagnostics import Diagnostic, Span
from nexus_gen.model import Adoption, Vertical
from nexus_gen.model.resource_names import table_name
from nexus_gen.model.table import table_of
from nexus_gen.verify.estate.estate import Estate
from nexus_gen.verify.estate.state import Resource

TYPE = "aws_dynamodb_table"


def adopted_tables(estate: Estate) -> Iterator[Diagnostic]:
    """Tables that do not fit, and tables that would have two owners."""
    for source, vertical in estate.subject.vertical_pairs():
        if vertical.table is None:
            continue
        name = table_name(estate.model, vertical, estate.environment)
        span = (source.place / "table" / "adopt").span
        for found in (one for one in estate.core if one.type == TYPE):
            if found.text("name") == name:
                yield from _two_owners(estate, vertical, found, span)
                for problem in misfits(vertical, found):
                    yield Diagnostic(
                        "NX631",
                        f"the table `{name}` (`{found.address}`) does not fit: {problem}",
                        span,
                        note="cannot be adopted",
                        help=_move(vertical.table.adoption),
                    )
                break


def _two_owners(
    estate: Estate, vertical: Vertical, found: Resource, span: Span
) -> Iterator[Diagnostic]:
    if not found.managed or vertical.table is None:
        return
    if vertical.table.adoption is Adoption.IMPORT:
        label = vertical.name.snake
        ours = f"module.nexus.module.{label}.{TYPE}.{label}"
        yield Diagnostic(
            "NX632",
            f"core owns the table `{found.text('name')}` (`{found.address}`), and an import would "
            "give it a second owner",
            span,
            note="two owners",
            help=f"replace it in core by `moved {{ from = {found.block}, to = {ours} }}`"
            if estate.is_extended
            else f"replace it in core by `removed {{ from = {found.block}, lifecycle {{ destroy = "
            "false } }` and apply core first",
        )


def misfits(vertical: Vertical, table: Resource) -> Iterator[str]:
    """Why a table cannot hold the items of a vertical as the handlers keep them."""
    wanted = table_of(vertical)
    indexes = {str(one.get("name")): one for one in table.blocks("global_secondary_index")}
    given = [key for key in (table.text("hash_key"), table.text("range_key")) if key]
    if given != [wanted.partition, wanted.sort]:
        fit = f"{wanted.partition} and {wanted.sort}"
        yield f"its keys are {', '.join(given) or 'unknown'}, not {fit}"
    for attribute in table.blocks("attribute"):
        if attribute.get("name") in wanted.key_attributes and attribute.get("type") != "S":
            yield f"{attribute.get('name')} is of type {attribute.get('type')}, not S"
    for slot in (slot for slot in wanted.indexes if slot.name in indexes):
        index = indexes[slot.name]
        if (index.get("hash_key"), index.get("range_key")) != (slot.partition, slot.sort):
            yield f"{slot.name} has not the keys {slot.partition} and {slot.sort}"
        elif index.get("projection_type") != wanted.projection:
            yield f"{slot.name} does not project all attributes"
    ttl = [one.get("attribute_name") for one in table.blocks("ttl") if one.get("enabled")]
    if vertical.table is not None and vertical.table.adoption is Adoption.REFERENCE:
        yield from (f"it lacks {slot.name}" for slot in wanted.indexes if slot.name not in indexes)
        if ttl != [wanted.ttl]:
            yield f"it does not expire items by the attribute {wanted.ttl}"
    else:
        yield from _losses(table, indexes, ttl)


def _losses(table: Resource, indexes: Iterable[str], ttl: list[Any]) -> Iterator[str]:
    """What an import would take away from a table."""
    foreign = [name for name in sorted(indexes) if not name.removeprefix("gsi").isdecimal()]
    yield from (f"an apply would drop its index {name}" for name in foreign)
    if table.blocks("local_secondary_index"):
        yield "it has local indexes, so an apply would replace it"
    if table.blocks("replica"):
        yield "an apply would drop its replicas"
    if table.values.get("stream_enabled") is True:
        yield "an apply would switch off its stream"
    if ttl not in ([], ["ttl"]):
        yield "it expires items by another attribute than ttl"


def _move(adoption: Adoption) -> str:
    if adoption is Adoption.IMPORT:
        return "use the table as it is (`adopt: reference`), or let the vertical make its own"
    return "let its owner mend that, or let the vertical make a table of its own: remove `table`"
