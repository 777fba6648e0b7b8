"""Pages that do not follow the format are refused, with the reason."""

from __future__ import annotations

import pytest

from nexus_gen.diagnostics import catalog

GOOD = """\
# NX999: a problem

Because.

## Bad

```yaml spec/nexus.yaml
nexus: é
```

```absent spec/verticals/education.yaml
```

## Message

```text
old
```

## Fixed

```yaml spec/nexus.yaml
nexus: 1
```
"""


def test_a_page_is_read() -> None:
    page = catalog.parse("NX999", GOOD)
    assert (page.title, page.why, page.message) == ("a problem", "Because.", "old\n")
    assert [(file.path, file.content) for file in page.bad] == [
        ("spec/nexus.yaml", "nexus: é\n".encode()),
        ("spec/verticals/education.yaml", None),
    ]


def test_an_example_may_have_another_encoding() -> None:
    page = catalog.parse("NX999", GOOD.replace("nexus.yaml\nn", "nexus.yaml encoding=latin-1\nn"))
    assert page.bad[0].content == b"nexus: \xe9\n"


def test_only_the_message_block_is_rewritten() -> None:
    assert catalog.with_message(GOOD, "new\nlines\n") == GOOD.replace("old\n", "new\nlines\n")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("# NX999", "# NX998", "first line"),
        ("Because.", "", "why"),
        ("## Fixed", "## Good", "sections"),
        ("```yaml spec/nexus.yaml\nnexus: 1", "```yaml\nnexus: 1", "path"),
        ("```yaml spec/nexus.yaml\nnexus: 1\n```", "nothing", "no file"),
        ("```text", "```yaml", "block of text"),
    ],
)
def test_a_page_out_of_format_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(catalog.CatalogError, match=reason):
        catalog.parse("NX999", GOOD.replace(old, new))


def test_an_unknown_code_has_no_page() -> None:
    with pytest.raises(KeyError):
        catalog.page("NX000")
