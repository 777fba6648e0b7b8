"""Install what development needs, and do nothing where nothing changed (`make setup`).

Makes `.venv` (the locked requirements and an editable nexus-gen), one environment a tool under
`.tools/`, and the npm packages of the tests; a tool that few commands need is installed when it is
named (`scripts/setup.py chalice`). Each environment carries a stamp of what it was made
from; an environment whose stamp still matches is left alone. Runs at the same time are serialized.
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
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAIN = ROOT / ".venv"
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements"
TOOL_ENVIRONMENTS = ("checkov", "ministack")
NPM_PROJECTS = ("tests/editor", "tests/client", "console")
DEV_TOOLS = ("ministack",)
DEV_NPM_PROJECTS = ("console",)
"""What `make dev` alone needs: somebody who tries it on a fresh clone waits for nothing else."""
STAMP = ".setup-stamp"
SYSTEM_TOOLS = {
    "terraform": "the Terraform checks need terraform 1.9 or newer",
    "npm": "the console and the tests of editor and client need Node.js 20 or newer",
}


def main() -> None:
    """Bring every environment up to date."""
    options = arguments()
    tools = DEV_TOOLS if options.dev else TOOL_ENVIRONMENTS
    projects = DEV_NPM_PROJECTS if options.dev else NPM_PROJECTS
    with one_at_a_time(), ThreadPoolExecutor(1) as aside:
        packages = aside.submit(set_up_npm_projects, projects)
        set_up_main_environment()
        for tool in (*tools, *options.tools):
            set_up_tool(tool)
        packages.result()
        link_tool("client", ROOT / "tests" / "client")
    for tool, why in SYSTEM_TOOLS.items():
        if shutil.which(tool) is None:
            say(f"{tool} is absent: {why}; install it and run `make setup` again")


def arguments() -> argparse.Namespace:
    """`dev`, and `tools` named on the command line, each with a lock file of its own."""
    parser = argparse.ArgumentParser(description="Install what development needs.")
    known = sorted(path.stem for path in REQUIREMENTS.glob("*.in") if path.stem != "bootstrap")
    parser.add_argument("tools", nargs="*", metavar="TOOL", help=f"besides: {', '.join(known)}")
    parser.add_argument("--dev", action="store_true", help="only what `make dev` needs")
    options = parser.parse_args()
    unknown = [tool for tool in options.tools if tool not in known]
    if unknown:
        parser.error(f"no such tool: {', '.join(unknown)} (known: {', '.join(known)})")
    return options


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the checkout's setup lock; the system lets go of it when the process ends."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up_main_environment() -> None:
    """`.venv`: exactly what the lock files name, and nexus-gen itself, editable."""
    locks = [REQUIREMENTS / "bootstrap.txt", REQUIREMENTS / "dev.txt"]
    wanted = stamp(MAIN, *locks, ROOT / "pyproject.toml")
    if is_current(MAIN, wanted):
        return
    python = make_environment(MAIN)
    if not (MAIN / "bin" / "uv").exists():
        run(python, "-m", "pip", "install", "-qq", "--require-hashes", "-r", locks[0])
    uv(python, "sync", "--require-hashes", *locks)
    uv(python, "install", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    (MAIN / STAMP).write_text(wanted)


def set_up_tool(tool: str) -> None:
    """`.tools/<tool>`: a tool whose pins would clash with ours."""
    environment, lock = TOOLS / tool, REQUIREMENTS / f"{tool}.txt"
    wanted = stamp(environment, lock)
    if is_current(environment, wanted):
        return
    uv(make_environment(environment), "sync", "--require-hashes", lock)
    (environment / STAMP).write_text(wanted)


def set_up_npm_projects(projects: Sequence[str]) -> None:
    """Every npm project, beside the environments: npm waits for the network most of the time."""
    for project in projects:
        set_up_npm(ROOT / project)


def set_up_npm(project: Path) -> None:
    """`node_modules` of one test project, where there is one and npm is on this machine."""
    lock = project / "package-lock.json"
    if not lock.exists() or shutil.which("npm") is None:
        return
    modules = project / "node_modules"
    wanted = stamp(modules, lock)
    if is_current(modules, wanted):
        return
    say(f"{project.relative_to(ROOT)}: installing npm packages")
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=project)
    (modules / STAMP).write_text(wanted)


def link_tool(tool: str, folder: Path) -> None:
    """`.tools/<tool>`, where `nexus-gen check` looks for what a folder of ours has installed."""
    link = TOOLS / tool
    if not link.is_symlink() and (folder / "node_modules").is_dir():
        link.symlink_to(Path("..") / folder.relative_to(ROOT), target_is_directory=True)


def stamp(environment: Path, *inputs: Path) -> str:
    """What an environment is made from: interpreter, place (scripts name it) and lock files."""
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{sys.version}\n{environment}\n{digest.hexdigest()}\n"


def is_current(environment: Path, wanted: str) -> bool:
    """Whether `environment` was finished from exactly what is wanted now."""
    path = environment / STAMP
    return path.exists() and path.read_text() == wanted


def make_environment(environment: Path) -> Path:
    """An environment at that place for this interpreter: kept if it fits, made anew if not.

    Returns its interpreter. The stamp is removed first, so that an interrupted run is repeated.
    """
    python = environment / "bin" / "python"
    fits = python.exists() and describe(python) == describe(Path(sys.executable))
    finished = environment / STAMP
    if finished.exists():
        fits = fits and str(environment) in finished.read_text().splitlines()
        finished.unlink()
    say(f"{environment.relative_to(ROOT)}: {'updating' if fits else 'installing'}")
    if not fits:
        run(sys.executable, "-m", "venv", "--clear", environment)
    return python


def describe(python: Path) -> str:
    """Version of an interpreter, or nothing where it does not run."""
    code = "import sys; print(sys.version)"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def uv(python: Path, command: str, *arguments: str | Path) -> None:
    """One `uv pip` command on the environment of `python`."""
    run(MAIN / "bin" / "uv", "pip", command, "--quiet", "--python", python, *arguments)


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command to its end; its failure ends the setup with the command named."""
    defaults = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "UV_HTTP_TIMEOUT": "180"}
    environment = {**defaults, **os.environ}
    done = subprocess.run(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        sys.exit(f"setup: failed ({done.returncode}): {' '.join(map(str, command))}")


def say(message: str) -> None:
    """One line of progress."""
    print(f"setup: {message}", flush=True)


if __name__ == "__main__":
    main()
