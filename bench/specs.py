"""Specs of a given size, as a person might write them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENTITIES_A_VERTICAL = 12
RESOURCE_QUOTA = 10_000
"""What AWS would have to raise the REST API's quota to; 2,400 entities have 5,201 resources."""

_SUBJECTS = ("Project", "Customer", "Campaign", "Device", "Dataset", "Agreement")

_SUBJECT = """\
  {name}:
    description: A {lower} that the organization looks after.
    fields:
      title: {{type: string, required: true, min_length: 1, max_length: 200}}
      slug: {{type: slug, required: true, immutable: true}}
      summary: {{type: text, max_length: 2000}}
      stage: {{type: enum, values: [planned, active, closed], default: planned}}
      budget: {{type: decimal, minimum: "0", scale: 2}}
      seats: {{type: integer, minimum: 1, maximum: 10000}}
      tags: {{type: list, of: {{type: string, max_length: 40}}, max_items: 20}}
      website: {{type: url}}
      starts_on: {{type: date}}
    unique: [slug]
    indexes:
      by_stage: {{match: [stage], sort: starts_on}}
      by_start: {{sort: starts_on}}
    access:
      read: [member, instructor, admin]
      create: [instructor, admin]
      update: [owner, admin]
      delete: [admin]
"""

_NOTE = """\
  {name}Note:
    description: A remark on one {lower}.
    parent: {name}
    fields:
      text: {{type: text, required: true, max_length: 5000}}
      position: {{type: integer, minimum: 0, required: true}}
      kind: {{type: enum, values: [remark, question, answer], default: remark}}
      pinned: {{type: boolean, default: false}}
      due_at: {{type: datetime}}
    indexes:
      in_order: {{sort: position}}
    access: {{inherit: {name}}}
"""


def vertical_name(number: int) -> str:
    """`area7`"""
    return f"area{number}"


def vertical(number: int, title_length: int = 200) -> str:
    """One file of `spec/verticals` with twelve entities; `title_length` is there to be changed."""
    parts = [
        f"vertical: {vertical_name(number)}\n",
        f"description: What area {number} of the organization works with.\n",
        "\nentities:\n",
    ]
    for name in _SUBJECTS:
        parts.append(_SUBJECT.format(name=name, lower=name.lower()))
        parts.append(_NOTE.format(name=name, lower=name.lower()))
    return "".join(parts).replace("max_length: 200}", f"max_length: {title_length}}}")


def write_spec(root: Path, entities: int) -> None:
    """Write a project of `entities` entities (a multiple of twelve) below `root`."""
    count, rest = divmod(entities, ENTITIES_A_VERTICAL)
    if rest:
        raise ValueError(f"{entities} is not a multiple of {ENTITIES_A_VERTICAL}")
    (root / "spec" / "verticals").mkdir(parents=True)
    product = (ROOT / "spec" / "nexus.yaml").read_text()
    quota = "\n  mode: extended\n  resource_quota: 100000\n"
    (root / "spec" / "nexus.yaml").write_text(product.replace("\n  mode: extended\n", quota))
    for number in range(count):
        write_vertical(root, number)


def _nexus() -> str:
    """The repository's own product file, with room for as many resources as we need."""
    text = (ROOT / "spec" / "nexus.yaml").read_text()
    before, integration, after = text.partition("\nintegration:\n")
    return f"{before}{integration}  resource_quota: {RESOURCE_QUOTA}\n{after}"


def write_vertical(root: Path, number: int, title_length: int = 200) -> None:
    """Write, or change, one vertical of the project."""
    path = root / "spec" / "verticals" / f"{vertical_name(number)}.yaml"
    path.write_text(vertical(number, title_length))
