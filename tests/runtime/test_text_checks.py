"""Checks of text."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_runtime import checks
from nexus_runtime.problems import Errors
from nexus_runtime.text_checks import compile_pattern


def run(check: checks.Check, value: Any) -> tuple[Any, list[tuple[str, str]]]:
    """The normal form, and pointers and codes of the errors."""
    errors = Errors()
    normal = check(value, "/x", errors)
    return normal, [(error["pointer"], error["code"]) for error in errors]


def code(check: checks.Check, value: Any) -> str | None:
    """The code of the one error, None where there is none."""
    normal, errors = run(check, value)
    assert not errors or (normal is None and len(errors) == 1)
    return errors[0][1] if errors else None


@pytest.mark.parametrize("value", [1, True, [], {}, 1.5])
@pytest.mark.parametrize("name", ["string", "slug", "email", "url", "uuid", "date", "datetime"])
def test_another_type_is_a_type_error(name: str, value: Any) -> None:
    assert code(getattr(checks, name)(), value) == "type"


def test_lengths_count_code_points() -> None:
    check = checks.string(min_length=2, max_length=3)
    assert [code(check, text) for text in ("😀", "😀😀", "😀😀😀", "😀😀😀😀")] == [
        "min_length",
        None,
        None,
        "max_length",
    ]


LINE_ENDS = ["\n", "\r", "\r\n", "\u2028", "\u2029"]
CONTROLS = ["\0", "\x07", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9f"]
PLAIN = ["", " ", "\u00a0", "\u200b", "\ufeff", "\u202e", "e\u0301", "\U0001f600", "\uffff"]


@pytest.mark.parametrize("part", [*LINE_ENDS, *CONTROLS, "\t"], ids=ascii)
@pytest.mark.parametrize("frame", ["{}", "a{}", "{}a", "a{}b", "a\u2027{}"])
def test_a_string_is_one_line(part: str, frame: str) -> None:
    assert code(checks.string(), frame.format(part)) == "pattern"
    assert code(checks.string(pattern="^"), frame.format(part)) == "pattern"


@pytest.mark.parametrize("part", CONTROLS, ids=ascii)
def test_a_text_holds_no_control_character(part: str) -> None:
    assert code(checks.text(), f"a{part}b") == "pattern"


@pytest.mark.parametrize("part", [*PLAIN, *LINE_ENDS, "\t"], ids=ascii)
def test_a_text_has_lines_and_tabs(part: str) -> None:
    assert run(checks.text(), f"a{part}b") == (f"a{part}b", [])


@pytest.mark.parametrize("part", PLAIN, ids=ascii)
def test_what_is_no_control_character_is_data(part: str) -> None:
    assert run(checks.string(), f"a{part}b") == (f"a{part}b", [])


def test_a_filter_is_one_line_too() -> None:
    errors = Errors()
    assert checks.string().read_query("a\0", errors) is None
    assert [error["code"] for error in errors] == ["pattern"]


def test_a_pattern_is_searched_for() -> None:
    check = checks.string(pattern="b+")
    assert code(check, "abbc") is None
    assert code(check, "ac") == "pattern"


@pytest.mark.parametrize("text", ["en", "en-US"])
def test_dollar_is_the_end_of_the_text_and_nothing_else(text: str) -> None:
    check = checks.string(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    assert code(check, text) is None
    assert code(check, text + "\n") == "pattern"


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (r"^[$]$", "$", "$\n"),
        (r"^\$$", "$", "a"),
        (r"^a[^\]$]b$", "axb", "a$b"),
        (r"^\\$", "\\", "\\\n"),
        (r"^(a|b$)", "b", "b\n"),
        (r"^\d$", "7", "٧"),
        (r"^\w+$", "abc", "é"),
    ],
)
def test_patterns_mean_what_they_mean_in_ecmascript(pattern: str, yes: str, no: str) -> None:
    search = compile_pattern(pattern)
    assert search(yes)
    assert not search(no)


def test_length_is_checked_before_a_slow_pattern_runs() -> None:
    check = checks.string(max_length=20, pattern="^(a+)+$")
    start = time.process_time()
    assert code(check, "a" * 100_000 + "b") == "max_length"
    assert time.process_time() - start < 1


@pytest.mark.parametrize("text", ["a", "a-b", "2024-in-review", "x" * 100])
def test_slugs(text: str) -> None:
    assert run(checks.slug(), text) == (text, [])


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "a_b", "a\n", "é"])
def test_what_is_no_slug(text: str) -> None:
    assert code(checks.slug(), text) == "format"


def test_slugs_are_bounded() -> None:
    assert code(checks.slug(), "x" * 101) == "max_length"
    assert code(checks.slug(min_length=3), "x") == "min_length"


@pytest.mark.parametrize(
    ("text", "normal"),
    [("Ada@Example.COM", "ada@example.com"), ("a.b+c@x-y.example", "a.b+c@x-y.example")],
)
def test_emails_are_lower_case(text: str, normal: str) -> None:
    assert run(checks.email(), text) == (normal, [])


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a@b",
        "@b.c",
        "\u212a@b.c",
        "a@",
        "a b@c.d",
        "a@-b.c",
        "a@b..c",
        f"{'x' * 65}@b.c",
        "a@b.c\n",
    ],
)
def test_what_is_no_email(text: str) -> None:
    assert code(checks.email(), text) == "format"


@pytest.mark.parametrize(
    "text",
    ["https://a", "HTTP://A.example:8080/x?y=1#z", "https://a.b/%20(x)", "http://127.0.0.1"],
)
def test_urls(text: str) -> None:
    assert run(checks.url(), text) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "ftp://a",
        "//a",
        "https://",
        "https://a b",
        "https://a/\n",
        "https://u:p@a",
        "https://a/%zz",
        "https://a/<b>",
        "https://é",
        "https://a:999999",
    ],
)
def test_what_is_no_url(text: str) -> None:
    assert code(checks.url(), text) == "format"


def test_uuids_are_lower_case_with_hyphens() -> None:
    upper = "6F9619FF-8B86-D011-B42D-00CF4FC964FF"
    assert run(checks.uuid(), upper) == (upper.lower(), [])
    for text in (upper.replace("-", ""), f"{{{upper}}}", upper[:-1], upper + "\n"):
        assert code(checks.uuid(), text) in ("format", "max_length")


@pytest.mark.parametrize("text", ["2026-02-28", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_dates(text: str) -> None:
    assert run(checks.date(), text) == (text, [])


@pytest.mark.parametrize(
    "text", ["2026-02-29", "2026-13-01", "0000-01-01", "20260101", "2026-1-1", "2026-W01-1", "٢٠٢٦"]
)
def test_what_is_no_date(text: str) -> None:
    assert code(checks.date(), text) == "format"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("2026-11-23T22:27:25Z", "2026-11-23T22:27:25.000000Z"),
        ("2026-11-23t22:27:25.5z", "2026-11-23T22:27:25.500000Z"),
        ("2026-11-24T00:27:25.123456789+02:00", "2026-11-23T22:27:25.123456Z"),
        ("2026-11-23T16:57:25-05:30", "2026-11-23T22:27:25.000000Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
    ],
)
def test_moments_are_in_utc_with_a_fixed_width(text: str, normal: str) -> None:
    assert run(checks.datetime(), text) == (normal, [])


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026-11-23T22:27:25",
        "2026-11-23 22:27:25Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T22:27:60Z",
        "2026-11-23T22:27:25+24:00",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "2026-11-23T22:27:25Z\n",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert code(checks.datetime(), text) == "format"


@given(st.datetimes(), st.datetimes())
def test_moments_sort_as_text(one: datetime, other: datetime) -> None:
    first, second = (run(checks.datetime(), f"{moment.isoformat()}Z")[0] for moment in (one, other))
    assert (first < second) == (one < other)


@pytest.mark.parametrize("text", ["P1D", "PT1H30M", "P2W", "P1DT12H", "PT0S", "PT36H"])
def test_durations(text: str) -> None:
    assert run(checks.duration(), text) == (text, [])


@pytest.mark.parametrize("text", ["P", "PT", "P1Y", "P1M", "P1DT", "1H", "PT1.5H", "P1W1D", "P-1D"])
def test_what_is_no_duration(text: str) -> None:
    assert code(checks.duration(), text) == "format"


def test_enums_and_references() -> None:
    assert run(checks.enum("a", "b"), "b") == ("b", [])
    assert code(checks.enum("a", "b"), "c") == "enum"
    assert code(checks.enum("a"), 1) == "type"
    assert code(checks.reference(), "01K00000000000000000000000") is None
    assert code(checks.reference(), "01k00000000000000000000000") == "format"


def test_a_query_parameter_is_read_as_its_field_is() -> None:
    errors = Errors()
    assert checks.email().read_query("A@B.example", errors) == "a@b.example"
    assert checks.enum("a").read_query("b", errors) is None
    assert [error["code"] for error in errors] == ["enum"]
