"""Which line of a module renders which field, and what each bound of a field becomes in it."""

from __future__ import annotations

import pytest

from nexus_gen.backends.lambda_.backend import LambdaBackend
from nexus_gen.backends.lambda_.names import shortened, variable_name
from nexus_gen.model import Name
from tests.backends.models import model_of

SPEC = """
vertical: notes
entities:
  Note:
    fields:
      title: {type: string, required: true, max_length: 80}
      share: {type: number, minimum: 0.5, maximum: 1.5}
      ratio: {type: number, minimum: -0.25}
      level: {type: number, maximum: 2.75}
      kind: {type: enum, values: [a, b]}
    access: {read: [member], create: [member]}
"""


def test_each_line_of_the_checks_is_traced_to_its_field() -> None:
    model = model_of(SPEC)
    (note,) = model.verticals[0].entities
    (module,) = (a for a in LambdaBackend(layer=dict).generate(model) if a.path.endswith("note.py"))
    lines = module.content.decode().splitlines()
    traced = [(lines[number - 1].strip(), span) for number, span in module.anchors]
    (_, whole), *fields, (end, after) = traced
    assert (whole, end, after) == (note.span, "}", note.span)
    assert [text.partition(":")[0] for text, _ in fields] == [
        f'"{field.name.snake}"' for field in note.fields
    ]
    assert [span for _, span in fields] == [field.span for field in note.fields]


@pytest.mark.parametrize(
    "check",
    [
        '"share": checks.number(minimum="0.5", maximum="1.5")',
        '"ratio": checks.number(minimum="-0.25")',
        '"level": checks.number(maximum="2.75")',
    ],
)
def test_every_bound_of_a_number_is_checked(check: str) -> None:
    generated = LambdaBackend(layer=dict).generate(model_of(SPEC))
    (module,) = (a for a in generated if a.path.endswith("note.py"))
    assert check in module.content.decode()


def test_names_of_exactly_the_longest_length_stay_as_they_are() -> None:
    longest = "a" * 40
    assert variable_name(Name(longest)) == longest
    assert variable_name(Name(f"{longest}a")) == "record"
    assert shortened(Name("a" * 20 + "_" + "b" * 11)) == Name("a" * 20 + "_" + "b" * 11)
    assert shortened(Name("a" * 20 + "_" + "b" * 12)) == Name("a" * 20)
