"""A plain scalar means the same to readers of YAML 1.1 and 1.2, or it is refused."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.frontend.scalars import Ambiguous, Unrepresentable, resolve
from tests.sizes import examples

_KINDS = {str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}
_OLD_READER = yaml.SafeLoader("")
_WORDS = "yes no y n Yes ON off on ~ null True NaN .inf -.inf .nan +.5 .5 -.5 1e3 1.e+3 0x_1 0b1"


def _read_by_1_1(text: str) -> str:
    """The type that YAML 1.1 finds (PyYAML's resolver)."""
    tag: str = _OLD_READER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag.rpartition(":")[2]


@examples(ci=500, soak=50_000, derandomize=True)
@given(
    st.one_of(
        st.text("0123456789-+.:_exobTZ ", min_size=1, max_size=12),
        st.from_regex(r"[-+]?[0-9_]{1,4}[.:eE-][-+0-9_.:]{0,6}", fullmatch=True),
        st.from_regex(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9:.Z]{0,12})?", fullmatch=True),
        st.sampled_from(_WORDS.split()),
    )
)
def test_what_is_accepted_is_the_same_to_both(text: str) -> None:
    ours = resolve(text)
    if isinstance(ours, Ambiguous | Unrepresentable):
        return
    theirs = _read_by_1_1(text)
    if isinstance(ours, int) and not isinstance(ours, bool) and theirs == "float":
        assert ours == float(text)  # an integral float is its integer
    else:
        assert _KINDS[type(ours)] == theirs


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("NULL", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("0x1F", 31),
        ("1.50", 1.5),
        ("2.0", 2),
        ("1.0e+3", 1000),
        ("9007199254740991", 2**53 - 1),
        ("y", "y"),
        ("nope", "nope"),
        ("30d", "30d"),
        ("localhost:5173", "localhost:5173"),
        ("1.2.3", "1.2.3"),
        ("us-east-1", "us-east-1"),
        ("2026-1-1", "2026-1-1"),
        ("-", "-"),
    ],
)
def test_a_scalar_that_is_clear_has_its_value(text: str, value: object) -> None:
    found = resolve(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("no", "a boolean"),
        ("On", "a boolean"),
        ("010", "an octal number"),
        ("0o10", "an octal number"),
        ("-0b11", "a binary number"),
        ("1_000", "a number"),
        ("0xFF_FF", "a number"),
        ("1e3", "a number"),
        ("12:30", "a number in base 60"),
        ("12:30:45", "a number in base 60"),
        ("2026-01-01", "a date"),
        ("2026-01-01T10:00:00Z", "a date and time"),
        ("2026-01-01 10:00:00.5 +01:00", "a date and time"),
    ],
)
def test_a_scalar_that_is_not_clear_is_ambiguous(text: str, other: str) -> None:
    found = resolve(text)
    assert isinstance(found, Ambiguous)
    assert found.other == other


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("yes", "`true`"),
        ("Off", "`false`"),
        ("010", "`10`, or `8` if it is octal"),
        ("-0_10", "`-10`, or `-8` if it is octal"),
        ("09", "`9`"),
        ("00", "`0`"),
        ("0o17", "`15`"),
        ("0b101", "`5`"),
        ("0x_1F", "`31`"),
        ("1_000", "`1000`"),
        ("1_0.50", "`10.5`"),
        ("1e3", "`1000`"),
        (".5e3", "`500`"),
        ("2.5e3", "`2500`"),
        ("1e-7", "`0.0000001`"),
        ("1e400", ""),
        ("12:30", ""),
        ("2026-01-01", ""),
    ],
)
def test_the_number_that_is_meant_is_named_in_digits(text: str, instead: str) -> None:
    found = resolve(text)
    assert (found.instead if isinstance(found, Ambiguous) else "") == instead


@pytest.mark.parametrize(
    "text",
    ["9007199254740992", "-9007199254740992", "9" * 5000, ".inf", "-.INF", ".nan", "1.0e+999"],
)
def test_a_number_that_json_cannot_carry_is_refused(text: str) -> None:
    assert isinstance(resolve(text), Unrepresentable)
