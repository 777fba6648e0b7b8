"""What the templates of a vertical's module see."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from nexus_gen.backends.terraform.layout import attributes, template
from nexus_gen.diagnostics import Span
from nexus_gen.model import Adoption, Model, Vertical
from nexus_gen.model.resource_names import table_name, throttle_alarms
from nexus_gen.model.table import index_of, table_of
from nexus_gen.render import Code, Identifier, hcl

DESCRIPTION_BYTES = 256
"""Longest description of a function (Lambda API reference, CreateFunction)."""


class IndexView(NamedTuple):
    """One index slot of the table, and the queries that share it: `Course.by_level`."""

    name: str
    hash_key: str
    range_key: str
    queries: str
    span: Span


class VerticalView(NamedTuple):
    """A vertical's module.

    Attributes:
        label: what its resources and its module are called in Terraform.
        kebab: its part of physical names, of paths and of file names.
        description: of the function, within Lambda's bound.
        table: address of the table, a resource or a data source.
        table_name: expression of its physical name.
        indexes_arn: expression of the ARN of all its indexes.
        table_key: expression of the ARN of the key that encrypts it.
        shares_log_group: whether its function logs to the group of all functions.
        owns_log_group: whether its function has a log group of its own.
        log_group: reference to the log group of its function.
        log_streams_arn: expression of the ARN of all streams of that group.
        imports: whether it was there and becomes ours.
        references: whether it was there and stays its owner's.
        key_attributes: attributes that are keys of the table or of an index.
        index_names: names of the index slots.
        throttle_alarms: attributes of the map of alarms on what the table and its indexes refuse.
        routes: attributes of the routes map, path to methods.
        route_spans: the name of each attribute of `routes`, and the entity that it serves.
    """

    label: Identifier
    kebab: Identifier
    vertical: str
    description: str
    handler: str
    table: Code
    table_name: Code
    indexes_arn: Code
    table_key: Code
    shares_log_group: bool
    owns_log_group: bool
    log_group: Code
    log_streams_arn: Code
    imports: bool
    references: bool
    key_attributes: tuple[str, ...]
    index_names: tuple[str, ...]
    throttle_alarms: tuple[Code, ...]
    indexes: tuple[IndexView, ...]
    routes: tuple[Code, ...]
    route_spans: tuple[tuple[str, Span], ...]


def vertical_view(model: Model, vertical: Vertical) -> VerticalView:
    """The view of one vertical."""
    methods: dict[str, list[str]] = {}
    spans: dict[str, Span] = {}
    for entity in vertical.entities:
        for operation in entity.operations:
            methods.setdefault(operation.path, []).append(operation.method)
            spans.setdefault(operation.path, entity.span)
    label = vertical.name.snake
    shares = model.product.shared_log_group
    log_group = "var.log_group" if shares else "aws_cloudwatch_log_group.function"
    references = adoption(vertical) is Adoption.REFERENCE
    table = f"data.aws_dynamodb_table.{label}" if references else f"aws_dynamodb_table.{label}"
    keys = table_of(vertical)
    return VerticalView(
        label=Identifier(label),
        kebab=Identifier(vertical.name.kebab),
        vertical=vertical.name.kebab,
        description=shorten(vertical.description, DESCRIPTION_BYTES),
        handler=f"{vertical.name.snake}_api.handler.handler",
        table=Code(table),
        table_name=_table_name(model, vertical),
        indexes_arn=Code(f'"${{{table}.arn}}/index/*"'),
        table_key=Code("local.table_key_arn" if references else "var.data_key_arn"),
        shares_log_group=shares,
        owns_log_group=not shares,
        log_group=Code(log_group),
        log_streams_arn=Code(f'"${{{log_group}.arn}}:*"'),
        imports=adoption(vertical) is Adoption.IMPORT,
        references=references,
        key_attributes=keys.key_attributes,
        index_names=tuple(index.name for index in keys.indexes),
        throttle_alarms=attributes(
            (
                Code(alarm.name),
                Code(
                    f"{{ kind = {hcl(alarm.kind)}, metric = {hcl(alarm.metric)}, "
                    f"indexes = {hcl(alarm.indexes)} }}"
                ),
            )
            for alarm in throttle_alarms(vertical)
        ),
        indexes=_indexes(vertical),
        routes=attributes((hcl(path), hcl(methods[path])) for path in methods),
        route_spans=tuple((str(hcl(path)), span) for path, span in spans.items()),
    )


def adoption(vertical: Vertical) -> Adoption | None:
    """What becomes of the table that a vertical adopts; None where it makes its own."""
    return vertical.table.adoption if vertical.table else None


def _table_name(model: Model, vertical: Vertical) -> Code:
    if vertical.table is None or vertical.table.name is None:
        return Code("local.name")
    return adopted_name(model, vertical, "var.environment")


def adopted_name(model: Model, vertical: Vertical, environment: str) -> Code:
    """Expression of a table's physical name, given that of the environment's."""
    return template(table_name(model, vertical, "{environment}"), {"environment": environment})


def _indexes(vertical: Vertical) -> tuple[IndexView, ...]:
    declared = sorted(
        (
            (index.slot, f"{entity.name.pascal}.{index.name.snake}", index.span)
            for entity in vertical.entities
            for index in entity.indexes
        ),
        key=lambda entry: entry[0],
    )
    slots = []
    for slot, group in groupby(declared, key=lambda entry: entry[0]):
        entries = tuple(group)
        queries = ", ".join(query for _, query, _ in entries)
        index = index_of(slot)
        slots.append(
            IndexView(
                name=index.name,
                hash_key=index.partition,
                range_key=index.sort,
                queries=queries,
                span=entries[0][2],
            )
        )
    return tuple(slots)


def shorten(text: str, limit: int) -> str:
    """`text` on one line, cut at a character so that its UTF-8 form has at most `limit` bytes."""
    line = " ".join(text.split())
    return line.encode("utf-8")[:limit].decode("utf-8", errors="ignore")
