"""CPU seconds, measured in pairs."""

from __future__ import annotations

import gc
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Pair:
    """CPU seconds of the rounds of a figure, ours and the baseline's, in order.

    The ratio of a round uses the two measurements that were made next to each other.
    """

    ours: tuple[float, ...]
    baseline: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours divided by the baseline, one a round."""
        return tuple(a / b for a, b in zip(self.ours, self.baseline, strict=True))

    @property
    def ratio(self) -> float:
        """Median of the rounds' ratios."""
        return median(self.ratios)


def paired(ours: Callable[[], float], baseline: Callable[[], float], rounds: int) -> Pair:
    """Measure in the order A B B A A B ..., after one round of each that does not count.

    The order alternates so that a drift of the machine's speed hits both sides alike.
    """
    ours()
    baseline()
    first: list[float] = []
    second: list[float] = []
    for turn in range(rounds):
        if turn % 2:
            second.append(baseline())
            first.append(ours())
        else:
            first.append(ours())
            second.append(baseline())
    return Pair(tuple(first), tuple(second))


def repeated(action: Callable[[], object], times: int) -> float:
    """CPU seconds of one call in this process, averaged over `times` calls.

    Garbage of earlier work is collected first; collections that the calls cause are counted.
    """
    gc.collect()
    gc.freeze()
    start = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - start) / times


def child(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> float:
    """CPU seconds (user and system) of a process and of all that it started and waited for.

    Raises:
        RuntimeError: the command failed; the message ends with what it printed.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")[-4000:]
            raise RuntimeError(f"{' '.join(command)} exited {process.returncode}:\n{said}")
    return usage.ru_utime + usage.ru_stime


def clean_environment(**extra: str) -> dict[str, str]:
    """An environment for measured processes: no AWS settings, no Python or proxy settings.

    Bytecode may be written and read (`PYTHONDONTWRITEBYTECODE` would make every start compile).
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONHASHSEED": "0", **extra}


def pin_to_one_cpu() -> None:
    """Keep this process, and those it starts, on one CPU: migrations cost cache misses."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
