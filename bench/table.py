"""The table that `make bench` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from bench.measure import Pair

HEADINGS = ("figure", "ours", "baseline", "ratio", "min-max", "target", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        figure: what was measured.
        ours: CPU time of ours with its unit, empty where the figure is a ratio only.
        baseline: name and CPU time of what it is compared with.
        value: the number that the target speaks of.
        unit: unit of `value`; a ratio is `x`.
        spread: smallest and largest value of the rounds.
        target: largest value that is ok; None where nothing is demanded.
    """

    figure: str
    ours: str
    baseline: str
    value: float
    unit: str = "x"
    spread: tuple[float, float] | None = None
    target: float | None = None

    @property
    def verdict(self) -> str:
        """`ok`, `MISSED`, or nothing."""
        if self.target is None:
            return ""
        return "ok" if self.value <= self.target else "MISSED"

    def cells(self) -> tuple[str, ...]:
        """The row as text, in the order of `HEADINGS`."""
        spread = f"{self.spread[0]:.2f}-{self.spread[1]:.2f}" if self.spread else ""
        target = "" if self.target is None else f"<= {self.target:.2f}{self.unit}"
        value = f"{self.value:.2f}{self.unit}"
        return (self.figure, self.ours, self.baseline, value, spread, target, self.verdict)


def seconds(value: float) -> str:
    """A time in the unit that reads best: `1.62 s`, `85 ms`, `280 us`."""
    if value >= 1:
        return f"{value:.2f} s"
    if value >= 0.002:
        return f"{value * 1e3:.0f} ms"
    return f"{value * 1e6:.0f} us"


def compared(figure: str, baseline: str, pair: Pair, target: float | None = None) -> Row:
    """A row for a pair: medians of both sides, and the median of the rounds' ratios."""
    return Row(
        figure=figure,
        ours=seconds(median(pair.ours)),
        baseline=f"{seconds(median(pair.baseline))} {baseline}",
        value=pair.ratio,
        spread=(min(pair.ratios), max(pair.ratios)),
        target=target,
    )


def timed(figure: str, rounds: tuple[float, ...], target: float | None = None) -> Row:
    """A row for CPU seconds without a baseline."""
    return Row(
        figure=figure,
        ours=seconds(median(rounds)),
        baseline="",
        value=median(rounds),
        unit="s",
        spread=(min(rounds), max(rounds)),
        target=target,
    )


def text(rows: Iterable[Row]) -> str:
    """The table, columns aligned."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    lines.insert(1, tuple("-" * width for width in widths))
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )
    return "\n".join(line.rstrip() for line in padded) + "\n"
