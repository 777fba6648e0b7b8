"""HCL whose names come from the spec, laid out as `terraform fmt` does."""

from __future__ import annotations

import pytest

from nexus_gen.backends.terraform.layout import anchors, attributes, template
from nexus_gen.diagnostics import Span
from nexus_gen.render import Code

FIRST, SECOND, THIRD = (Span("spec/nexus.yaml", line, 1, 2) for line in (1, 2, 3))


def test_equals_signs_stand_in_one_column() -> None:
    entries = [(Code("a"), Code("1")), (Code('"long name"'), Code("2"))]
    assert attributes(entries) == ("a           = 1", '"long name" = 2')


def test_no_attributes_no_lines() -> None:
    assert attributes([]) == ()


def test_placeholders_become_interpolations() -> None:
    expressions = {"environment": "var.environment"}
    assert template("x-{environment}-y", expressions) == '"x-${var.environment}-y"'


def test_text_that_is_one_placeholder_is_the_bare_expression() -> None:
    assert template("{environment}", {"environment": "var.environment"}) == "var.environment"


def test_what_the_spec_writes_is_not_interpolated() -> None:
    code = template('"${x}%{y}{environment}', {"environment": "var.environment"})
    assert code == '"\\"$${x}%%{y}${var.environment}"'


@pytest.mark.parametrize("before", ["$", "$$", "%", "a$", "}$", "\\$"])
def test_dollar_before_a_placeholder_does_not_escape_it(before: str) -> None:
    code = template(f"{before}{{environment}}", {"environment": "var.environment"})
    assert code.endswith('${var.environment}"')
    literal = code.removesuffix('${var.environment}"')
    assert not literal.endswith("$")


def test_dollars_on_both_sides_of_a_placeholder() -> None:
    code = template("${environment}$", {"environment": "var.environment"})
    assert code == '"\\u0024${var.environment}$"'


def test_anchors_follow_the_lines_that_marks_name() -> None:
    content = b"locals {\n  a = 1\n  b = 2\n}\n"
    marks = [("b", THIRD), ("a", SECOND), ("absent", FIRST)]
    assert anchors(content, FIRST, marks) == ((1, FIRST), (2, SECOND), (3, THIRD))
