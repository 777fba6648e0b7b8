"""Looks at the console in the words of the tutorial."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def look(page: Page, words: str) -> None:
    """Do what the words say, and fail where the screen does not show it."""
    verb, _, rest = words.partition(" ")
    menu = page.get_by_role("navigation", name="Main")
    match verb:
        case "sign":
            page.get_by_role("button", name=rest.removeprefix("in ")).click()
        case "menu":
            expect(menu.get_by_role("link", name=rest, exact=True)).to_be_visible()
        case "open":
            menu.get_by_role("link", name=rest, exact=True).click()
            expect(page.get_by_role("heading", name=rest, level=1)).to_be_visible()
        case "press":
            named = page.get_by_role("link", name=rest).or_(page.get_by_role("button", name=rest))
            named.first.click()
        case "fill":
            label, _, text = rest.partition(" with ")
            _field(page, label).fill(text)
        case "fault":
            expect(_field(page, rest)).to_have_attribute("aria-invalid", "true")
        case "field":
            expect(_field(page, rest)).to_be_visible()
        case "see":
            expect(page.get_by_role("main")).to_contain_text(rest)
        case _:
            raise AssertionError(f"the tutorial says {words!r}, which is not understood")


def _field(page: Page, label: str) -> Locator:
    """The field of a form; a label says, too, where a field is required."""
    return page.get_by_role("textbox", name=re.compile(rf"^{label}\b"))
