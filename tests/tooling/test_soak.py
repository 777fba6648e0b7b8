"""`make soak`: full sizes, a seed that repeats a run, and none of it in other runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import seconds_by_package

ROOT = Path(__file__).parents[2]
CONFTEST = "from tests.conftest import *\n"
TESTS = """
import random
import pytest
from hypothesis import given, strategies as st
from tests.sizes import chance, examples, parts, size
drawn = []
@pytest.mark.soak
def test_only_in_a_soak(): pass
@pytest.mark.sampled
@parts(ci=1, soak=3)
def test_sampled(part): print("sampled:", part, chance(f"x {part}").random(), size(ci=7, soak=70))
def test_other(): pass
@examples(ci=5, soak=50)
@given(st.integers())
def test_drawn(number): drawn.append(number)
def teardown_module(): print("drawn:", hash(tuple(drawn)), len(drawn) >= 50)
"""


def run(folder: Path, *arguments: str, seed: str | None = None) -> str:
    """What pytest prints about the tests above."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_some.py").write_text(TESTS)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NEXUS", "PYTEST"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-vs", "-p", "no:cacheprovider", *arguments, "."],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT), **({"NEXUS_SOAK_SEED": seed} if seed else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def lines(output: str, word: str) -> list[str]:
    """What the tests drew."""
    return [line.partition(word)[2] for line in output.splitlines() if word in line]


def test_other_runs_take_the_sample(tmp_path: Path) -> None:
    output = run(tmp_path, seed="5")
    assert "test_only_in_a_soak" not in output
    assert "test_other" in output
    (line,) = lines(output, "sampled:")
    assert line.endswith(" 7")
    assert lines(output, "drawn:")[0].endswith("False")
    assert "NEXUS_SOAK_SEED" not in output


def test_a_soak_takes_the_whole_and_its_seed_repeats_it(tmp_path: Path) -> None:
    output = run(tmp_path, "--soak")
    assert "test_only_in_a_soak" in output
    assert "test_other" not in output
    assert [line.split()[0::2] for line in lines(output, "sampled:")] == [
        [part, "70"] for part in "012"
    ]
    assert lines(output, "drawn:")[0].endswith("True")
    seed = lines(output, "soak: NEXUS_SOAK_SEED=")[0]
    assert output.splitlines()[-2] == f"soak again: NEXUS_SOAK_SEED={seed} make soak"
    again = run(tmp_path, "--soak", seed=seed)
    for word in ("sampled:", "drawn:"):
        assert lines(again, word) == lines(output, word)
        assert lines(run(tmp_path, "--soak", seed=f"{seed}0"), word) != lines(output, word)


def test_processes_share_one_seed(tmp_path: Path) -> None:
    output = run(tmp_path, "--soak", "-n", "2")
    assert len(lines(output, "soak: NEXUS_SOAK_SEED=")) == 1
    assert "6 passed" not in output
    assert "5 passed" in output


def test_time_is_summed_by_package() -> None:
    def report(nodeid: str, duration: float) -> pytest.TestReport:
        return pytest.TestReport(nodeid, ("", None, ""), {}, "passed", None, "call", (), duration)

    reports = [
        report("tests/cli/test_a.py::test_x", 1.0),
        report("tests/cli/deeper/test_b.py::test_y[a/b::c]", 2.0),
        report("tests/emit/test_c.py::test_z", 5.0),
        object(),
    ]
    assert seconds_by_package(reports) == [("tests/emit", 5.0), ("tests/cli", 3.0)]
