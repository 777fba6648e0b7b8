"""What the generated education handlers cost, against bare boto3 calls."""

from __future__ import annotations

import compileall
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from bench.measure import Pair, clean_environment, paired
from bench.requests import FUNCTION_ENVIRONMENT
from bench.table import Row, compared

ROOT = Path(__file__).resolve().parent.parent
TARGET_GET = 1.10
TARGET_COLD = 1.10


def run(quick: bool) -> Iterator[Row]:
    """Rows of the handler suite; `quick` measures fewer rounds."""
    with tempfile.TemporaryDirectory(prefix="nexus-bench-") as folder:
        packages = deployed(Path(folder) / "deployed")
        compiled = Path(folder) / "compiled"
        shutil.copytree(packages, compiled)
        compileall.compile_dir(compiled, quiet=1)
        item_file = Path(folder) / "course.json"
        warm = _warm(compiled, item_file, rounds=5 if quick else 15)
        for case, pair in warm.items():
            baseline = "the same calls by bare boto3"
            yield compared(f"warm {case}", baseline, pair, TARGET_GET if case == "get" else None)
        start = _Start(item_file, rounds=5 if quick else 31)
        yield compared(
            "cold start and first get",
            "import boto3, one client",
            start.against("client", compiled),
            TARGET_COLD,
        )
        yield compared(
            "cold start and first get",
            "import boto3, one client, first get_item",
            start.against("call", compiled),
        )
        yield compared(
            "the same, package as deployed (no bytecode)",
            "import boto3, one client",
            start.against("client", packages),
        )
        for request in ("create", "list", "update"):
            yield compared(
                f"cold start and first {request}",
                "import boto3, one client",
                start.against("client", compiled, request),
            )


def deployed(folder: Path) -> Path:
    """The layer and the education function, unpacked as Lambda does from what `build` packs."""
    project = folder / "project"
    shutil.copytree(ROOT / "spec", project / "spec")
    build = [str(Path(sys.executable).parent / "nexus-gen"), "build"]
    subprocess.run(build, cwd=project, check=True, stdout=subprocess.DEVNULL)
    for package in ("runtime-layer", "education-api"):
        with ZipFile(project / "dist" / f"{package}.zip") as archive:
            archive.extractall(folder / package)
    shutil.rmtree(project)
    return folder


def _environment(packages: Path) -> dict[str, str]:
    """The function's environment. As on Lambda, code cannot write bytecode beside itself."""
    paths = (packages / "education-api", packages / "runtime-layer" / "python", ROOT)
    path = ":".join(map(str, paths))
    return clean_environment(PYTHONPATH=path, PYTHONDONTWRITEBYTECODE="1", **FUNCTION_ENVIRONMENT)


def measured(module: str, arguments: tuple[str, ...], packages: Path) -> str:
    """What a measuring module wrote last to standard error."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=_environment(packages),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{module} exited {done.returncode}:\n{done.stderr[-4000:]}")
    return done.stderr.splitlines()[-1]


def _warm(packages: Path, item_file: Path, rounds: int) -> dict[str, Pair]:
    figures = json.loads(measured("bench.warm", (str(rounds), str(item_file)), packages))
    return {case: Pair(tuple(ours), tuple(theirs)) for case, (ours, theirs) in figures.items()}


@dataclass(frozen=True, slots=True)
class _Start:
    """Fresh processes, measured in turn."""

    item_file: Path
    rounds: int

    def against(self, case: str, packages: Path, request: str = "get") -> Pair:
        """The handler's start and first request, paired with a case of `bench.cold`."""
        return paired(
            lambda: self._cpu("handler", packages, request),
            lambda: self._cpu(case, packages, request),
            self.rounds,
        )

    def _cpu(self, case: str, packages: Path, request: str) -> float:
        return float(measured("bench.cold", (case, str(self.item_file), request), packages))
