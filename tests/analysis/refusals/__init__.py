"""Specs that the rules refuse, by topic: at least one a code."""

from ..documents import Refusal
from .access import ACCESS
from .estate import ESTATE
from .keys import KEYS
from .names import NAMES
from .relations import RELATIONS
from .values import VALUES

REFUSALS: tuple[Refusal, ...] = (*NAMES, *RELATIONS, *KEYS, *ACCESS, *VALUES, *ESTATE)
