"""Install what development needs, and do nothing where nothing changed (`make setup`).

Makes `.venv` (the locked requirements and an editable nexus-gen), one environment a tool under
`.tools/`, and the npm packages of console and tests; a tool that few commands need is installed
when it is named (`scripts/setup.py chalice`). Each of these parts carries a stamp of what it was
made from; a part whose stamp still matches is left alone. Runs at the same time are serialized.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older one
    sys.exit(
        f"nexus-gen needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.\n"
        "Name a newer one: make setup PYTHON=python3.13"
    )

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import certificates
import prerequisites
from progress import Progress

ROOT = Path(__file__).resolve().parent.parent
MAIN = ROOT / ".venv"
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements"
TOOL_ENVIRONMENTS = ("checkov", "ministack")
NPM_PROJECTS = ("tests/editor", "tests/client", "tests/client/compilers", "console")
API_TOOLS = ("ministack",)
DEV_NPM_PROJECTS = ("console",)
"""What `make dev` alone needs: somebody who tries it on a fresh clone waits for nothing else."""
STAMP = ".setup-stamp"
TOOLS_FOR = {
    "checkov": "checkov",
    "chalice": "chalice",
    "ministack": "the AWS emulator",
}
"""Tool -> what people call it."""


@dataclass(frozen=True)
class Part:
    """One thing that is installed.

    Attributes:
        place: the folder that it fills.
        what: what people call it.
        inputs: files that say what belongs there.
        install: fills the place; the stamp is written after it.
    """

    place: Path
    what: str
    inputs: tuple[Path, ...]
    install: Callable[["Part"], None]

    @property
    def name(self) -> str:
        """Its place in the checkout."""
        return self.place.relative_to(ROOT).as_posix()

    def wanted(self) -> str:
        """What it is to be made from: interpreter, place (scripts name it) and lock files."""
        digest = hashlib.sha256()
        for path in self.inputs:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return f"{sys.version}\n{self.place.resolve()}\n{digest.hexdigest()}\n"

    def is_current(self) -> bool:
        """Whether it was finished from exactly what is wanted now."""
        path = self.place / STAMP
        return path.exists() and path.read_text() == self.wanted()


def main() -> None:
    """Bring every part up to date."""
    options = arguments()
    has_node = look_at_the_machine(options)
    with one_at_a_time():
        install([part for part in parts(options, has_node) if not part.is_current()])
        link_tool("client", ROOT / "tests" / "client")


def arguments() -> argparse.Namespace:
    """`dev`, `api`, and `tools` named on the command line, each with a lock file of its own."""
    parser = argparse.ArgumentParser(description="Install what development needs.")
    known = sorted(path.stem for path in REQUIREMENTS.glob("*.in") if path.stem != "bootstrap")
    parser.add_argument("tools", nargs="*", metavar="TOOL", help=f"besides: {', '.join(known)}")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--dev", action="store_true", help="only what `make dev` needs")
    only.add_argument("--api", action="store_true", help="only what `make api` needs")
    options = parser.parse_args()
    unknown = [tool for tool in options.tools if tool not in known]
    if unknown:
        parser.error(f"no such tool: {', '.join(unknown)} (known: {', '.join(known)})")
    return options


def look_at_the_machine(options: argparse.Namespace) -> bool:
    """Whether Node.js can be used; ends the run, before anything is installed, where nothing can.

    Without Node.js, and without Terraform, some tests and checks do not run, and all else does.
    """
    if problem := prerequisites.python_problem():
        fail(problem)
    if options.api:
        return False
    problem = prerequisites.node_problem()
    if problem and options.dev:
        fail(f"the console cannot be built: {problem}\n`make api` serves the API without it")
    if problem:
        say(f"no console, and no tests of editor and client: {problem}")
    if not options.dev and shutil.which("terraform") is None:
        say("no Terraform checks: terraform cannot be found on your PATH\ninstall 1.9 or newer")
    return problem is None


def parts(options: argparse.Namespace, has_node: bool) -> Iterator[Part]:
    """What belongs into this checkout, in the order in which it is installed."""
    some = options.dev or options.api
    # An environment that somebody develops with keeps what it has.
    lock = "run.txt" if some and not (MAIN / "bin" / "pytest").exists() else "dev.txt"
    inputs = (REQUIREMENTS / "bootstrap.txt", REQUIREMENTS / lock, ROOT / "pyproject.toml")
    yield Part(MAIN, "nexus-gen and its Python packages", inputs, install_main)
    for tool in (*(API_TOOLS if some else TOOL_ENVIRONMENTS), *options.tools):
        yield Part(TOOLS / tool, TOOLS_FOR[tool], (REQUIREMENTS / f"{tool}.txt",), install_tool)
    for project in DEV_NPM_PROJECTS if some else NPM_PROJECTS:
        packages = ROOT / project / "package-lock.json"
        if has_node and packages.exists():
            modules = packages.with_name("node_modules")
            yield Part(modules, f"npm packages of {project}", (packages,), install_npm)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the checkout's setup lock; the system lets go of it when the process ends."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another setup of this checkout to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(wanted: Sequence[Part]) -> None:
    """Install some parts, and say what is done and how far it is; nothing is said of none.

    npm packages beside the rest: npm waits for the network most of the time.
    """
    if not wanted:
        return
    listed = ", ".join(f"{part.name} ({part.what})" for part in wanted)
    say(f"{len(wanted)} to install: {listed}")
    npm = [part for part in wanted if part.install is install_npm]
    rest = [part for part in wanted if part.install is not install_npm]
    with Progress("setup", len(wanted)) as progress, ThreadPoolExecutor(1) as aside:
        packages = aside.submit(install_in_turn, npm, progress)
        install_in_turn(rest, progress)
        packages.result()


def install_in_turn(wanted: Sequence[Part], progress: Progress) -> None:
    """One after the other."""
    for part in wanted:
        with progress.step(part.name, "updating" if part.place.exists() else "installing"):
            part.install(part)
            (part.place / STAMP).write_text(part.wanted())


def install_main(part: Part) -> None:
    """`.venv`: exactly what the lock files name, and nexus-gen itself, editable.

    In one go: what no file names is removed, and a shell may run nexus-gen at any time.
    """
    locks = part.inputs[:2]
    python = make_environment(part.place)
    if not (part.place / "bin" / "uv").exists():
        trusted = certificates.of_pip(python)
        run(python, "-m", "pip", "install", "-qq", *trusted, "--require-hashes", "-r", locks[0])
    with tempfile.TemporaryDirectory() as folder:
        uv(python, "sync", "--require-hashes", *locks, lock_of_ours(python, Path(folder)))


def lock_of_ours(python: Path, folder: Path) -> Path:
    """A lock file that names nexus-gen itself, as an editable wheel built in that folder."""
    build = ("build", "--target", "wheel:editable", "--directory", folder)
    run(python, "-m", "hatchling", *build, silent=True)
    lock = folder / "ours.txt"
    digests = {path: hashlib.sha256(path.read_bytes()) for path in folder.glob("*.whl")}
    lines = [f"nexus-gen @ {p.as_uri()} --hash=sha256:{d.hexdigest()}" for p, d in digests.items()]
    lock.write_text("\n".join(lines))
    return lock


def install_tool(part: Part) -> None:
    """`.tools/<tool>`: a tool whose pins would clash with ours. uv needs no pip there."""
    python = make_environment(part.place, "--without-pip")
    uv(python, "sync", "--require-hashes", *part.inputs)


def install_npm(part: Part) -> None:
    """`node_modules` of one npm project."""
    command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    run(*command, cwd=part.place.parent, silent=True)


def link_tool(tool: str, folder: Path) -> None:
    """`.tools/<tool>`, where `nexus-gen check` looks for what a folder of ours has installed."""
    link = TOOLS / tool
    if not link.is_symlink() and (folder / "node_modules").is_dir():
        link.symlink_to(Path("..") / folder.relative_to(ROOT), target_is_directory=True)


def make_environment(environment: Path, *options: str) -> Path:
    """An environment at that place for this interpreter: kept if it fits, made anew if not.

    Returns its interpreter. The stamp is removed first, so that an interrupted run is repeated.
    """
    python = environment / "bin" / "python"
    fits = python.exists() and describe(python) == describe(Path(sys.executable))
    finished = environment / STAMP
    if finished.exists():
        fits = fits and str(environment.resolve()) in finished.read_text().splitlines()
        finished.unlink()
    if not fits:
        run(sys.executable, "-m", "venv", "--clear", *options, environment)
    return python


def describe(python: Path) -> str:
    """Version of an interpreter, or nothing where it does not run."""
    code = "import sys; print(sys.version)"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def uv(python: Path, command: str, *arguments: str | Path) -> None:
    """One `uv pip` command on the environment of `python`."""
    run(MAIN / "bin" / "uv", "pip", command, "--quiet", "--python", python, *arguments)


def run(*command: str | Path, cwd: Path = ROOT, silent: bool = False) -> None:
    """Run a command to its end; its failure ends the setup with the command named.

    Args:
        silent: only what it says of faults is shown.
    """
    defaults = {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_HTTP_TIMEOUT": "180",
        "HATCH_QUIET": "1",
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**defaults, **certificates.variables(), **os.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if silent else None,
        check=False,
    )
    if done.returncode != 0:
        fail(f"failed ({done.returncode}): {' '.join(map(str, command))}")


def say(message: str) -> None:
    """One line of progress, and what follows from it below."""
    print("setup: " + message.replace("\n", "\n       "), flush=True)


def fail(message: str) -> NoReturn:
    """End the run: at once in words, though another thread may have to end first."""
    print("setup: " + message.replace("\n", "\n       "), file=sys.stderr, flush=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
