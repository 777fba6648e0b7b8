"""What the page of claims shows, and how to read claims from it again."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from nexus_gen.backends.isolation.claims import Claim, runtime_claims, vertical_claims
from nexus_gen.model import Model, Vertical
from nexus_gen.render import Code, Identifier, markdown

PAGE = "ISOLATION.md"
"""Path in the output."""

_ROW = re.compile(r"\| `(?P<name>[\w.-]+)` \| (?P<text>.+) \|")


class ClaimRow(NamedTuple):
    """One claim of a table."""

    name: Identifier
    text: Code

    @classmethod
    def of(cls, claim: Claim) -> ClaimRow:
        """The row of a claim; its text is ours and Markdown already."""
        return cls(Identifier(claim.name), Code(claim.text))


class PageView:
    """Claims of the runtime and of every vertical."""

    def __init__(self, model: Model) -> None:
        self.runtime = tuple(map(ClaimRow.of, runtime_claims()))
        self.verticals = tuple(map(VerticalSection, model.verticals))


class VerticalSection:
    """Claims of one vertical."""

    def __init__(self, vertical: Vertical) -> None:
        indexes = [f"gsi{slot}" for slot in range(1, vertical.index_slots + 1)]
        claims = vertical_claims(vertical.name.kebab, indexes)
        link = f"[{markdown(vertical.file)}](../{quote(vertical.file)}#L{vertical.span.line})"
        self.title = markdown(vertical.name.text.capitalize())
        self.source = Code(link)
        self.module = Identifier(vertical.name.kebab)
        self.never = tuple(ClaimRow.of(claim) for claim in claims if not claim.possible)
        self.possible = tuple(ClaimRow.of(claim) for claim in claims if claim.possible)


def claims_in(page: str) -> dict[str, tuple[int, str]]:
    """Claims that a page states: name -> its 1-based line and its text."""
    rows = ((number, _ROW.fullmatch(line)) for number, line in enumerate(page.splitlines(), 1))
    return {row["name"]: (number, row["text"]) for number, row in rows if row}
