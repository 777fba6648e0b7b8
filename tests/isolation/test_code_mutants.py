"""Each way to break the runtime is noticed by the layer that is responsible for it.

The attack matrix runs in a copy of the project, on the entities of the spec. The drill runs on a
copy of the output, with the rendered policies enforced.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.isolation.code_mutants import ATTACKED, CODE_MUTANTS, DENIED, RUNTIME, CodeMutant
from tests.isolation.conftest import WHOLE, Corpus
from tests.isolation.corpus import ROOT, Change, copy_output

PARTS = ("nexus_gen", "nexus_runtime", "templates", "spec", "tests", "pyproject.toml")
NOT_NEEDED = shutil.ignore_patterns("node_modules", "__pycache__", "golden", "e2e", "editor")
MATRIX = "tests/behaviour/test_attack_matrix.py"
ONE_PAIR = "org1-on-org10"
"""Who attacks whom; one organization's id begins with the other's. `MATRIX` itself has more."""
MORE_ENTITIES = "tests/behaviour/more_entities.yaml"
LAYER = "generated/lambda/shared/python/nexus_runtime"


@pytest.fixture(scope="module")
def project_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiler, the runtime and the tests."""
    folder = tmp_path_factory.mktemp("project").resolve()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=NOT_NEEDED)
        else:
            shutil.copy(source, folder)
    (folder / MORE_ENTITIES).write_text("")  # the spec's own entities have every kind of place
    return folder


@pytest.fixture(scope="module")
def output_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output; the folder that holds `generated/`."""
    folder = tmp_path_factory.mktemp("output").resolve()
    copy_output(folder, ())
    return folder


@pytest.fixture(scope="module")
def rendered(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The policies as Terraform renders them."""
    path = tmp_path_factory.mktemp("rendered") / "rendered.pickle"
    path.write_bytes(pickle.dumps(corpus.rendered(WHOLE)))
    return path


@contextmanager
def broken(folder: Path, change: Change) -> Iterator[None]:
    """The change in a folder, for a while."""
    path = folder / change.path
    text = path.read_text(encoding="utf-8")
    change.apply(folder)
    try:
        yield
    finally:
        path.write_text(text, encoding="utf-8")


def attack(project: Path) -> subprocess.CompletedProcess[str]:
    """Run a pair of the matrix of a copy of the project, in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        MATRIX,
        "-k",
        ONE_PAIR,
    ]
    env = {**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, check=False
    )


def drill(output: Path, rendered: Path) -> subprocess.CompletedProcess[str]:
    """Run the drill on a copy of the output."""
    handlers = output / "generated" / "lambda"
    paths = (handlers / "shared" / "python", handlers / "education-api", ROOT)
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "tests.isolation.drill", rendered, output / "generated"]
    return subprocess.run(command, cwd=output, env=env, capture_output=True, text=True, check=False)


def test_unbroken_code_withstands_the_attacks(project_copy: Path) -> None:
    done = attack(project_copy)
    assert done.returncode == 0, done.stdout
    assert "attacks on 22 of 22 routes" in done.stdout


@pytest.mark.parametrize("mutant", ATTACKED, ids=lambda mutant: mutant.name)
def test_an_attack_notices(project_copy: Path, mutant: CodeMutant) -> None:
    with broken(project_copy / RUNTIME, mutant.change):
        done = attack(project_copy)
    assert done.returncode == 1, done.stdout + done.stderr
    succeeded = set(re.findall(r"org\d+ on org\d+, [A-Z]+ \S+, (\w+): ", done.stdout))
    assert mutant.says in succeeded, done.stdout


def test_unbroken_code_is_never_refused_by_the_policies(output_copy: Path, rendered: Path) -> None:
    done = drill(output_copy, rendered)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("mutant", DENIED, ids=lambda mutant: mutant.name)
def test_the_policies_refuse(output_copy: Path, rendered: Path, mutant: CodeMutant) -> None:
    with broken(output_copy / LAYER, mutant.change):
        done = drill(output_copy, rendered)
    assert done.returncode == 1, done.stderr
    assert mutant.says in done.stderr


def test_names_are_unique() -> None:
    names = [mutant.name for mutant in CODE_MUTANTS]
    assert len(names) == len(set(names))
