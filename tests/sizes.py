"""How much of a test at random is run: a sample everywhere, the whole with `pytest --soak`.

`make soak` passes the option. Its seed comes from `NEXUS_SOAK_SEED`, or is random; the same seed
makes the same tests, whatever their order and however many processes run them.
"""

from __future__ import annotations

import os
import random
import secrets
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import core, settings

VARIABLE = "NEXUS_SOAK_SEED"

_seed: str | None = None


def begin_soak() -> None:
    """Choose the full sizes from now on. Processes that pytest-xdist starts inherit the seed."""
    global _seed
    _seed = os.environ.setdefault(VARIABLE, str(secrets.randbelow(2**32)))
    settings.register_profile("soak", settings(), derandomize=False, database=None)
    settings.load_profile("soak")


def seed() -> str | None:
    """The seed of a soak, None where samples are run."""
    return _seed


def size(*, ci: int, soak: int) -> int:
    """How many steps, examples or rounds a test makes. Its marker is `sampled`."""
    return ci if _seed is None else soak


def parts(*, ci: int, soak: int) -> pytest.MarkDecorator:
    """Run the test so often, by its argument `part`: progress shows, processes share the work."""
    return pytest.mark.parametrize("part", range(size(ci=ci, soak=soak)))


def chance(label: str) -> random.Random:
    """Chance for what the label names: the same on every run, in a soak by its seed."""
    return random.Random(label if _seed is None else f"{_seed} {label}")


def examples(*, ci: int, soak: int, **options: Any) -> Callable[[Any], Any]:
    """Hypothesis' settings for so many examples, and the marker `sampled`."""
    chosen = settings(deadline=None, max_examples=size(ci=ci, soak=soak), **options)
    if _seed is not None:
        chosen = settings(chosen, derandomize=False)
    return lambda test: pytest.mark.sampled(chosen(test))


def seed_hypothesis(test: str) -> None:
    """In a soak, let Hypothesis draw for this test by the seed and the test's name."""
    if _seed is not None:
        core.global_force_seed = zlib.crc32(f"{_seed} {test}".encode())
