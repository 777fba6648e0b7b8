"""Each mistake that people make is told once, at the culprit, with a help that leads to what they
meant. `python -m tests.diagnostics.mistakes` prints the scores."""

from __future__ import annotations

import pytest

from nexus_gen.diagnostics import catalog
from nexus_gen.frontend import DocumentKind, later, schemas

from .mistakes import GROUPS, MISTAKES, Mistake, score
from .mistakes.scoring import BASE, VERTICAL, data_of, diagnose, mended


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_scores_full(mistake: Mistake) -> None:
    found = score(mistake)
    assert (found.caret, found.help) == (1, 1), found.reason


def test_the_base_is_sound() -> None:
    assert diagnose(BASE) == ()


def test_each_mistake_has_a_name_of_its_own() -> None:
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES)


def test_every_feature_of_later_is_among_the_mistakes() -> None:
    features = {value for value in vars(later).values() if isinstance(value, later.Later)}
    found = {problem.code for m in GROUPS["later features"] for problem in score(m).found}
    assert found == {feature.code for feature in features}
    assert found <= set(catalog.all_codes())


@pytest.mark.parametrize("kind", DocumentKind)
def test_no_schema_lists_what_comes_later(kind: DocumentKind) -> None:
    whole = schemas.schema(kind)
    definitions = whole.get("$defs", {})
    places = {
        (): whole,
        ("entities", "A"): definitions.get("entity", {}),
        ("entities", "A", "fields", "a"): definitions.get("field", {}),
        ("entities", "A", "fields", "a", "of"): definitions.get("element", {}),
        ("entities", "A", "indexes", "a"): definitions.get("index", {}),
    }
    for path, schema in places.items():
        listed = [key for key in schema.get("properties", {}) if later.of_key(path, key)]
        assert listed == [], path
    types = definitions.get("field", {}).get("properties", {}).get("type", {}).get("enum", ())
    assert [name for name in types if later.of_type(name)] == []


def test_a_name_of_the_writers_own_is_read_as_ever() -> None:
    for name in ("events", "files", "states", "key", "limit"):
        fields = BASE[VERTICAL].replace("headline:", f"{name}:")
        assert diagnose(BASE | {VERTICAL: fields}) == ()
        trap = fields.replace(f"{name}: {{type: string, max_length: 160}}", f"{name}: {{type: no}}")
        (problem,) = diagnose(BASE | {VERTICAL: trap})
        assert problem.code == "NX013"


def test_an_escape_is_named_as_it_was_written() -> None:
    wrong = BASE[VERTICAL].replace('"^[A-Z]{3}$"', r'"^[A-Z]\d{3}$"')
    (problem,) = diagnose(BASE | {VERTICAL: wrong})
    assert problem.message == r"`\d` is no escape of a text in double quotes"


def test_a_sign_that_is_left_out_is_put_back() -> None:
    """In most cases; a comma between words makes one value of two, and after `40}` any of the two
    braces may be the one that lacks."""
    text = BASE[VERTICAL]
    start, end = text.index("      level:"), text.index("      instructor:")
    others = []
    for place in (at for at in range(start, end) if text[at] in '{}[],:"'):
        files = BASE | {VERTICAL: text[:place] + text[place + 1 :]}
        found = diagnose(files)
        better = mended(files, found[0]) if found else None
        if better is None or diagnose(better) or data_of(better) != data_of(BASE):
            others.append(text[place - 8 : place + 1])
    assert others == ["beginner,", "ngth: 40}"]
