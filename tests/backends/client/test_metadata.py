"""What generic user interfaces learn of a model."""

from __future__ import annotations

import json
from typing import Any

from nexus_gen.backends.client.metadata import metadata
from tests.backends.models import model_of

SPEC = """
vertical: library
entities:
  Rack:
    fields:
      label: {type: string, required: true}
    access: {read: [member], create: [admin], update: [owner, admin], delete: [admin]}
    delete: {soft: true, retain: 2d}
  Book:
    parent: Rack
    fields:
      title: {type: string, required: true, immutable: true, description: On the cover.}
      kind: {type: enum, values: [novel, atlas], default: novel}
      sizes:
        type: list
        max_items: 3
        of: {type: object, fields: {width: {type: integer, minimum: 1, required: true}}}
    indexes:
      by_kind: {match: [kind], sort: title}
      by_title: {sort: title}
      newest: {match: [kind]}
    access: {inherit: Rack}
  Page:
    parent: Book
    fields: {number: {type: integer}}
    access: {inherit: Rack}
  Loan:
    fields:
      rack: {type: ref, to: Rack, required: true, on_delete: cascade}
    indexes: {by_rack: {match: [rack]}}
    access: {read: [owner], create: [member]}
    if_match: required
  Fine:
    fields:
      loan: {type: ref, to: Loan, on_delete: detach}
    indexes: {by_loan: {match: [loan]}}
    access: {read: [admin]}
  Report:
    fields:
      fine: {type: ref, to: Fine, on_delete: cascade}
      loan: {type: ref, to: Loan}
    indexes: {by_fine: {match: [fine]}}
    access: {read: [admin]}
"""


def entities() -> dict[str, Any]:
    """Entities of the vertical above, as JSON readers see them."""
    described = json.loads(json.dumps(metadata(model_of(SPEC))))
    found: dict[str, Any] = described["verticals"]["library"]["entities"]
    return found


def test_a_field_says_what_a_form_needs() -> None:
    title, kind, sizes = entities()["Book"]["fields"]
    assert title == {
        "name": "title",
        "label": "Title",
        "type": "string",
        "description": "On the cover.",
        "maxLength": 240,
        "required": True,
        "immutable": True,
    }
    assert (kind["values"], kind["default"]) == (["novel", "atlas"], "novel")
    width = sizes["of"]["fields"][0]
    assert sizes["maxItems"] == 3
    assert (width["name"], width["minimum"], width["required"]) == ("width", 1, True)


def test_a_list_says_which_filters_and_orders_go_together() -> None:
    assert entities()["Book"]["queries"] == [
        {"filters": [], "sorts": ["created_at", "title"]},
        {"filters": ["kind"], "sorts": ["title", "created_at"]},
    ]


def test_paths_name_every_parent_outermost_first() -> None:
    page = entities()["Page"]
    assert page["paths"]["item"] == ("/library/racks/{rack_id}/books/{book_id}/pages/{page_id}")
    assert page["parents"] == [
        {"entity": "library.Rack", "parameter": "rack_id"},
        {"entity": "library.Book", "parameter": "book_id"},
    ]


def test_operations_are_those_that_a_rule_opens() -> None:
    found = entities()
    assert found["Rack"]["operations"] == [
        *("list", "create", "get", "update", "delete", "restore")
    ]
    assert found["Rack"]["softDelete"] == {"retainSeconds": 2 * 86400}
    assert found["Loan"]["operations"] == ["list", "create", "get"]
    assert found["Loan"]["access"] == {
        "read": {"roles": [], "owner": True},
        "create": {"roles": ["member"], "owner": False},
    }
    assert found["Loan"]["ifMatchRequired"] is True


def test_related_follows_cascades_and_stops_at_detached_references() -> None:
    found = entities()
    assert found["Rack"]["related"] == [
        "library.Book",
        "library.Fine",
        "library.Loan",
        "library.Page",
    ]
    assert found["Fine"]["related"] == ["library.Report"]
    assert found["Report"]["related"] == []


def test_order_of_the_spec_is_kept() -> None:
    assert list(entities()) == ["Rack", "Book", "Page", "Loan", "Fine", "Report"]
    assert list(metadata(model_of(SPEC))["roles"]) == ["admin", "member"]
