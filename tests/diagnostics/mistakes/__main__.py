"""`python -m tests.diagnostics.mistakes`: the scores as a table."""

from __future__ import annotations

import sys

from . import GROUPS, score

wordy = "-v" in sys.argv
total = 0
for group, mistakes in GROUPS.items():
    points = 0
    for mistake in mistakes:
        try:
            got = score(mistake)
        except Exception as error:  # the score of a compiler that breaks is nothing
            print(f"0 {group}: {mistake.name}: {error!r}")
            continue
        points += got.caret + got.help
        if wordy or got.caret + got.help < 2:
            print(f"{got.caret + got.help} {group}: {mistake.name}: {got.reason}")
    total += points
    print(f"== {group}: {points} of {2 * len(mistakes)}\n")
print(f"== all: {total} of {2 * sum(map(len, GROUPS.values()))}")
