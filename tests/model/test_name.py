"""Names convert once and the same way everywhere."""

from __future__ import annotations

import pytest

from nexus_gen.model import Name
from nexus_gen.model.name import pluralize
from nexus_gen.model.plurals import better_plural


@pytest.mark.parametrize(
    ("raw", "snake", "kebab", "pascal", "camel"),
    [
        ("Course", "course", "course", "Course", "course"),
        ("CourseModule", "course_module", "course-module", "CourseModule", "courseModule"),
        ("starts_on", "starts_on", "starts-on", "StartsOn", "startsOn"),
        ("APIKey", "api_key", "api-key", "ApiKey", "apiKey"),
        ("HTTPServer2", "http_server2", "http-server2", "HttpServer2", "httpServer2"),
        ("line2", "line2", "line2", "Line2", "line2"),
        ("x2y_3", "x2y_3", "x2y-3", "X2y3", "x2y3"),
        ("ai-nexus", "ai_nexus", "ai-nexus", "AiNexus", "aiNexus"),
    ],
)
def test_a_name_has_every_form(raw: str, snake: str, kebab: str, pascal: str, camel: str) -> None:
    name = Name(raw)
    assert (name.snake, name.kebab, name.pascal, name.camel) == (snake, kebab, pascal, camel)


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("course", "courses"),
        ("category", "categories"),
        ("day", "days"),
        ("class", "classes"),
        ("box", "boxes"),
        ("branch", "branches"),
        ("person", "people"),
        ("metadata", "metadata"),
        ("status", "statuses"),
    ],
)
def test_plurals_follow_english_spelling(singular: str, plural: str) -> None:
    assert pluralize(singular) == plural


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("diagnosis", "diagnoses"),
        ("crisis", "crises"),
        ("axis", "axes"),
        ("quiz", "quizzes"),
        ("epoch", "epochs"),
        ("leaf", "leaves"),
        ("species", "species"),
        ("settings", "settings"),
        ("categories", "categories"),
        ("videos", "videos"),
    ],
)
def test_a_word_that_the_rules_of_spelling_miss_has_a_better_plural(word: str, plural: str) -> None:
    assert better_plural(word, pluralize(word)) == plural


@pytest.mark.parametrize(
    "word",
    [
        *("course", "class", "status", "alias", "lens", "analysis", "bus", "news", "series"),
        *("person", "photo", "chaos", "iris", "data", "homework", "branch", "menu", "bonus"),
    ],
)
def test_a_word_with_a_right_plural_has_no_better_one(word: str) -> None:
    assert better_plural(word, pluralize(word)) is None


def test_only_the_last_word_becomes_plural() -> None:
    assert Name("CourseCategory").plural.kebab == "course-categories"


def test_a_plural_that_the_spec_gives_wins() -> None:
    assert Name("Staff", plural_raw="StaffMembers").plural.snake == "staff_members"
