"""Names, converted once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"(?:[A-Z]+(?![a-z])|[A-Z]?[a-z]+)[0-9]*|[0-9]+")
_LOWER = re.compile(r"[a-z0-9_-]+")
_IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "datum": "data",
    "medium": "media",
    "analysis": "analyses",
    "criterion": "criteria",
    "index": "indexes",
    "status": "statuses",
}
_UNCOUNTABLE = frozenset({"data", "media", "metadata", "news", "series", "equipment", "feedback"})


def pluralize(word: str) -> str:
    """English plural of one lower-case word, by the usual rules of spelling."""
    if word in _UNCOUNTABLE:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


@dataclass(frozen=True, eq=True)
class Name:
    """A name of the spec in every form that an output needs.

    `Name("CourseModule")` and `Name("course_module")` have the same forms; `raw` keeps what was
    written.
    """

    raw: str
    plural_raw: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Lower-case words: `CourseModule` -> `("course", "module")`."""
        if _LOWER.fullmatch(self.raw):
            return tuple(word for word in re.split("[_-]", self.raw) if word)
        return tuple(word.lower() for word in _WORD.findall(self.raw))

    @cached_property
    def snake(self) -> str:
        """`course_module`"""
        return "_".join(self.words)

    @cached_property
    def kebab(self) -> str:
        """`course-module`"""
        return "-".join(self.words)

    @cached_property
    def pascal(self) -> str:
        """`CourseModule`"""
        return "".join(word.capitalize() for word in self.words)

    @cached_property
    def camel(self) -> str:
        """`courseModule`"""
        return self.pascal[:1].lower() + self.pascal[1:]

    @cached_property
    def upper(self) -> str:
        """`COURSE_MODULE`"""
        return self.snake.upper()

    @cached_property
    def text(self) -> str:
        """`course module`, for prose"""
        return " ".join(self.words)

    @cached_property
    def plural(self) -> Name:
        """The plural, as the spec gives it or by the rules of English."""
        if self.plural_raw:
            return Name(self.plural_raw)
        *head, last = self.words
        return Name("_".join([*head, pluralize(last)]))

    def __str__(self) -> str:
        return self.raw
