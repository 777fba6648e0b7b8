"""A value for a field: the same for the same item in every run, and within the field's bounds."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR, Decimal, localcontext
from typing import Any

from faker import Faker

from nexus_gen.backends.openapi.examples import NoExampleError, value
from nexus_gen.local.seed.words import topic, writers
from nexus_gen.model import Constraints, Entity, EntityKey, Field

_ANCHOR = datetime.date(2026, 9, 1)
_DAYS = 300
_PRESENT = 0.85
"""How many of the items have an optional field."""
_LIST_ITEMS = 4
_NUMBERS = {"integer": Decimal(100), "number": Decimal(100), "decimal": Decimal(500)}
"""How far above its minimum a value without a maximum lies at most."""
_SHORT_URLS = ("https://acme.example", "http://a.example", "http://a.io", "http://a")
"""For fields that hold no longer one, longest first."""

Ids = Mapping[EntityKey, Sequence[str]]


@dataclass(slots=True)
class Author:
    """Writes the items of one entity in one organization.

    Attributes:
        ids: items that references may point to.
    """

    organization: str
    entity: Entity
    ids: Ids
    faker: Faker = field(default_factory=lambda: Faker("en_US"))

    def body(self, number: int, position: int, *, bare: bool = False) -> dict[str, Any] | None:
        """A body that creates item `number`; None where a required field has no value.

        Args:
            position: place among its siblings, from 0.
            bare: only what is required, for bounds that no realistic value fits.
        """
        made: dict[str, Any] = {}
        for each in self.entity.fields:
            self.faker.seed_instance(
                f"{self.organization}/{self.entity.name.snake}/{number}/{each.name.snake}"
            )
            if not each.required and (bare or self.faker.random.random() > _PRESENT):
                continue
            try:
                made[each.name.snake] = self._top(each, number, position, made)
            except NoExampleError:
                if each.required:
                    return None
        return made

    def _top(self, each: Field, number: int, position: int, made: dict[str, Any]) -> Any:
        kind = each.type.name
        distinct = each in self.entity.unique
        words = each.name.words
        if kind == "slug":
            return self._slug(each, made, number)
        if kind == "email":
            person = _plain(made.get("name") or self.faker.name()).replace("-", ".")
            return f"{person}.{number + 1}@{self.organization}.example"
        if kind == "integer" and {"position", "order", "rank", "index"} & set(words):
            return int(_clamp(Decimal(position + 1), each.constraints))
        if kind in ("date", "datetime") and (start := _start_of(words, made)) is not None:
            return self._after(start, kind)
        if distinct and kind in ("string", "text") and each.constraints.pattern is None:
            text = str(self._value(each))
            return _fit(text, each.constraints, suffix=f" {number + 1}")
        return self._value(each)

    def _value(self, each: Field) -> Any:
        bounds, random = each.constraints, self.faker.random
        match each.type.name:
            case "string" | "text":
                return self._text(each)
            case "slug":
                return _plain(topic(self.faker))[: bounds.max_length or 100]
            case "email":
                return f"{_plain(self.faker.name())}@{self.organization}.example"
            case "url":
                return self._url(each)
            case "uuid":
                return str(uuid.UUID(int=random.getrandbits(128), version=4))
            case "integer" | "number" | "decimal":
                return self._number(each)
            case "boolean":
                return random.random() < 0.8
            case "date":
                return self._day().isoformat()
            case "datetime":
                return self._moment(self._day())
            case "duration":
                return f"PT{random.randrange(5, 95, 5)}M"
            case "enum":
                return random.choice(bounds.values)
            case "ref":
                return self._reference(each)
            case "json":
                return {"theme": random.choice(["light", "dark"])}
            case _:
                return self._nested(each)

    def _nested(self, each: Field) -> Any:
        bounds = each.constraints
        if each.type.name == "object":
            members = [part for part in each.fields if part.required or self._often()]
            return {part.name.snake: self._value(part) for part in members}
        if each.of is None:
            raise NoExampleError(each.name.snake)
        low = bounds.min_items or 0
        high = max(low, min(_LIST_ITEMS, bounds.max_items or _LIST_ITEMS))
        count = self.faker.random.randint(min(max(low, 1), high), high)
        element = replace(each.of, name=each.name)  # `tags` says what a tag is, `of` says nothing
        values = [self._value(element) for _ in range(count)]
        if each.type.name == "map":
            return {f"{topic(self.faker)}-{at + 1}": entry for at, entry in enumerate(values)}
        distinct = [entry for at, entry in enumerate(values) if entry not in values[:at]]
        return distinct if len(distinct) >= low else values

    def _often(self) -> bool:
        return bool(self.faker.random.random() < _PRESENT)

    def _text(self, each: Field) -> str:
        bounds = each.constraints
        long = each.type.name == "text" or (bounds.max_length or 0) > 1000
        for write in writers(self.entity.name.words, each.name.words, long=long):
            for _ in range(5):
                text = _fit(write(self.faker), bounds)
                if bounds.pattern is None or re.search(bounds.pattern, text):
                    return text
        return str(value(each))

    def _url(self, each: Field) -> str:
        path = f"{each.name.kebab}/{_plain(topic(self.faker))}-{self.faker.random.randrange(1000)}"
        for text in (f"https://{self.organization}.example/{path}", *_SHORT_URLS):
            if len(text) <= (each.constraints.max_length or len(text)):
                return text
        raise NoExampleError(each.name.snake)

    def _number(self, each: Field) -> Any:
        with localcontext(prec=500):  # a bound has any number of digits
            return self._exact_number(each)

    def _exact_number(self, each: Field) -> Any:
        kind, bounds = each.type.name, each.constraints
        reach = _NUMBERS[kind]
        low = Decimal(0 if bounds.minimum is None else bounds.minimum)
        if bounds.minimum is None and bounds.maximum is not None:
            low = min(low, Decimal(bounds.maximum) - reach)
        high = low + reach if bounds.maximum is None else min(low + reach, Decimal(bounds.maximum))
        exact = low + (high - low) * Decimal(str(round(self.faker.random.random(), 4)))
        if kind == "integer":
            return int(_clamp(exact.to_integral_value(ROUND_FLOOR), bounds))
        if kind == "number":
            return float(_clamp(round(exact, 2), bounds))
        unit = Decimal(1).scaleb(-(bounds.scale or 0))
        return f"{_clamp(exact.quantize(unit, ROUND_FLOOR), bounds):f}"

    def _reference(self, each: Field) -> str:
        known = self.ids.get(each.target, ()) if each.target is not None else ()
        if not known:
            raise NoExampleError(each.name.snake)
        return str(self.faker.random.choice(known))

    def _slug(self, each: Field, made: dict[str, Any], number: int) -> str:
        stem = made.get("title") or made.get("name") or topic(self.faker)
        suffix = f"-{number + 1}"
        room = (each.constraints.max_length or 100) - len(suffix)
        text = f"{_plain(str(stem))[:room].strip('-')}{suffix}".strip("-")
        return text.ljust(each.constraints.min_length or 0, "0")

    def _day(self) -> datetime.date:
        return _ANCHOR + datetime.timedelta(days=self.faker.random.randint(-_DAYS, _DAYS))

    def _moment(self, day: datetime.date) -> str:
        minutes = self.faker.random.randrange(8 * 60, 20 * 60, 5)
        return f"{day.isoformat()}T{minutes // 60:02}:{minutes % 60:02}:00.000000Z"

    def _after(self, start: str, kind: str) -> str:
        days = datetime.timedelta(days=self.faker.random.randint(14, 120))
        day = datetime.date.fromisoformat(start[:10]) + days
        return day.isoformat() if kind == "date" else self._moment(day)


def _start_of(words: tuple[str, ...], made: dict[str, Any]) -> str | None:
    """The value of the start that belongs to an end: `starts_on` for `ends_on`."""
    for end, start in (("ends", "starts"), ("end", "start"), ("until", "from"), ("due", "starts")):
        if end in words:
            name = "_".join(start if word == end else word for word in words)
            found = made.get(name)
            return found if isinstance(found, str) else None
    return None


def _clamp(number: Decimal, bounds: Constraints) -> Decimal:
    if bounds.minimum is not None:
        number = max(number, Decimal(bounds.minimum))
    if bounds.maximum is not None:
        number = min(number, Decimal(bounds.maximum))
    return number


def _plain(text: str) -> str:
    """`Ada Lovelace, PhD` as `ada-lovelace-phd`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "item"


def _fit(text: str, bounds: Constraints, suffix: str = "") -> str:
    """`text` and `suffix` within the bounds of length, cut between words where that is possible."""
    limit = bounds.max_length
    if limit is not None and len(text) + len(suffix) > limit:
        room = max(limit - len(suffix), 0)
        cut = text[:room].rpartition(" ")[0] or text[:room]
        text = cut.rstrip(" .,;:-")
    return f"{text}{suffix}".ljust(bounds.min_length or 0, ".")
