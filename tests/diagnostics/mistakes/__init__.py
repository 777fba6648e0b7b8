"""Mistakes that people make in a spec, and a score of what they are told."""

from .later import LATER
from .numbers import NUMBERS
from .origins import ORIGINS
from .patterns import PATTERNS
from .roles import ROLES
from .scoring import Mistake, Score, score
from .syntax import SYNTAX
from .values import VALUES

__all__ = ["GROUPS", "MISTAKES", "Mistake", "Score", "score"]

GROUPS: dict[str, tuple[Mistake, ...]] = {
    "later features": LATER,
    "YAML": SYNTAX,
    "values and keys": VALUES,
    "numbers": NUMBERS,
    "roles": ROLES,
    "patterns": PATTERNS,
    "origins": ORIGINS,
}
MISTAKES = tuple(mistake for group in GROUPS.values() for mistake in group)
