"""Texts that look as if people had written them, chosen by what a field is called."""

from __future__ import annotations

from collections.abc import Callable

from faker import Faker

Write = Callable[[Faker], str]

_SUBJECTS = (
    *("Algebra", "Statistics", "Botany", "Chemistry", "Drawing", "Economics", "Film", "Geometry"),
    *("History", "Italian", "Journalism", "Logic", "Music", "Negotiation", "Optics", "Pottery"),
    *("Rhetoric", "Sociology", "Thermodynamics", "Urban Planning", "Photography", "Accounting"),
    *("Data Ethics", "Web Design", "Public Speaking", "Machine Learning", "Bookkeeping"),
)
_FRAMES = (
    *("{} for Beginners", "Introduction to {}", "{} in Practice", "Foundations of {}"),
    *("Advanced {}", "{}: A Workshop", "{} Step by Step", "Everyday {}", "{} at Work"),
)
_TOPICS = (
    *("design", "data", "writing", "research", "teaching", "coding", "finance", "leadership"),
    *("history", "languages", "science", "marketing", "health", "law", "art", "engineering"),
)
_SENTENCES = (
    "No earlier knowledge is needed.",
    "Bring a notebook and an open mind.",
    "Every week ends with a short exercise.",
    "The examples come from real projects.",
    "Questions are welcome at any time.",
    "We meet twice a week, in the late afternoon.",
    "Places are limited, and the waiting list is long.",
    "You will work in pairs and show your results to the group.",
    "All materials are shared a day before.",
    "The second half is devoted to projects of your own.",
    "Feedback comes within three days.",
    "A quiet corner and a stable connection are enough.",
    "It builds on what we did last spring.",
    "Guests from the field join us once a month.",
    "There is more reading for those who want it.",
    "The pace is gentle, and nobody is left behind.",
    "Please check the dates before you plan your holidays.",
    "Two of the sessions take place outdoors.",
)
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "en-GB", "pt-BR")


def title(faker: Faker) -> str:
    """`Introduction to Logic`"""
    frame: str = faker.random_element(_FRAMES)
    return frame.format(faker.random_element(_SUBJECTS))


def topic(faker: Faker) -> str:
    """`design`"""
    return str(faker.random_element(_TOPICS))


def sentence(faker: Faker) -> str:
    """One sentence."""
    return str(faker.random_element(_SENTENCES))


def paragraph(faker: Faker) -> str:
    """A few sentences."""
    return " ".join(faker.random_elements(_SENTENCES, length=4, unique=True))


_BY_WORD: tuple[tuple[frozenset[str], Write], ...] = (
    (frozenset({"first"}), lambda faker: faker.first_name()),
    (frozenset({"last", "surname"}), lambda faker: faker.last_name()),
    (frozenset({"company", "employer", "organization"}), lambda faker: faker.company()),
    (frozenset({"headline", "job", "profession", "occupation"}), lambda faker: faker.job()),
    (frozenset({"learner", "author", "owner", "person", "student"}), lambda faker: faker.name()),
    (frozenset({"title", "subject", "topic"}), title),
    (frozenset({"language", "locale"}), lambda faker: str(faker.random_element(_LANGUAGES))),
    (frozenset({"city", "town", "place", "location"}), lambda faker: faker.city()),
    (frozenset({"country"}), lambda faker: faker.country()),
    (frozenset({"street", "address"}), lambda faker: faker.street_address()),
    (frozenset({"postcode", "zip"}), lambda faker: faker.postcode()),
    (frozenset({"phone", "telephone", "mobile"}), lambda faker: faker.phone_number()),
    (frozenset({"currency"}), lambda faker: faker.currency_code()),
    (frozenset({"color", "colour"}), lambda faker: faker.color_name()),
    (frozenset({"tag", "tags", "specialty", "specialties", "category", "keyword"}), topic),
    (frozenset({"room"}), lambda faker: faker.bothify("?##", letters="ABCD")),
    (frozenset({"code", "sku", "number"}), lambda faker: faker.bothify("??-####").upper()),
    (frozenset({"version"}), lambda faker: faker.numerify("#.#.#")),
    (frozenset({"label"}), lambda faker: faker.catch_phrase()),
)
_PEOPLE = frozenset({"instructor", "teacher", "person", "user", "author", "learner", "student"})
_PEOPLE |= {"customer", "contact", "employee", "member", "patient", "speaker"}


def writers(entity: tuple[str, ...], field: tuple[str, ...], *, long: bool) -> list[Write]:
    """What may write a text field, the best first.

    Args:
        entity: words of the entity's name.
        field: words of the field's name.
        long: whether paragraphs are wanted.
    """
    found = [write for words, write in _BY_WORD if words & set(field)]
    if "name" in field:
        found.append(lambda faker: faker.name() if _PEOPLE & set(entity) else title(faker))
    found.append(paragraph if long else sentence)
    return found
