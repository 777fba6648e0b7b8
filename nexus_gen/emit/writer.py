"""The only part of the compiler that writes to `generated/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nexus_gen.backends.base import Artifact
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.emit import journal
from nexus_gen.emit import manifest as manifests
from nexus_gen.emit.folder import Folder, Obstacle
from nexus_gen.emit.lock import exclusive
from nexus_gen.emit.manifest import Manifest
from nexus_gen.emit.packages import DIST, Packages, packages, write_packages
from nexus_gen.emit.packages import obstacles as package_obstacles
from nexus_gen.emit.plan import Plan, compare, outdated
from nexus_gen.emit.problems import OUTPUT, OutputError, interrupted, unusable


class Writer:
    """The right to write the output of one project; `writing` gives it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._output = root / OUTPUT
        self._files: dict[str, str | None] = {}
        self._packages: Packages = {}

    def write(self, artifacts: Iterable[Artifact]) -> Plan:
        """Make `generated/` hold the artifacts and their manifest, all or nothing.

        Files that are as they should be are not touched. Raises OutputError where something would
        be lost; the tree is then as it was.
        """
        folder = Folder(self._output)
        artifacts = list(artifacts)
        self._packages = packages(artifacts)
        manifest = manifests.manifest_of(artifacts)
        content = manifests.to_bytes(manifest)
        plan = compare(folder, [*artifacts, _manifest_artifact(content)], read_manifest(folder))
        if obstacles := (*plan.problems, *package_obstacles(self._root, self._packages)):
            raise OutputError(obstacles)
        if plan.changes:
            journal.commit(self._output, plan.changes)
        digests = {path: entry.sha256 for path, entry in manifest.files.items()}
        digests[manifests.NAME] = manifests.sha256(content)
        self._files = {f"{OUTPUT}/{path}": digest for path, digest in digests.items()}
        return plan

    def package(self) -> tuple[str, ...]:
        """Bring `dist/` up to date with what was written; the packages written, below the root."""
        return write_packages(self._root, self._packages)

    def files(self) -> dict[str, str | None]:
        """Everything that was written or kept: path below the root -> digest, if it is known."""
        return self._files | {f"{DIST}/{name}": None for name in sorted(self._packages)}


@contextmanager
def writing(root: Path) -> Iterator[Writer]:
    """Hold the right to write, after finishing what a killed build left behind.

    Waits for another build of the project. Raises OutputError (NX404, NX406, NX407).
    """
    output = root / OUTPUT
    with _os_errors(root), exclusive(root, output):
        journal.recover(output)
        yield Writer(root)


def check(root: Path, artifacts: Iterable[Artifact]) -> tuple[Diagnostic, ...]:
    """Every way in which `generated/` is not what `write` would leave. Writes nothing."""
    output = root / OUTPUT
    with _os_errors(root):
        if journal.is_interrupted(output):
            return (interrupted(),)
        folder = Folder(output)
        manifest = read_manifest(folder)
        artifacts = list(artifacts)
        content = manifests.to_bytes(manifests.manifest_of(artifacts))
        plan = compare(folder, [*artifacts, _manifest_artifact(content)], manifest)
        return OutputError(outdated(folder, plan, manifest)).diagnostics


def read_manifest(folder: Folder) -> Manifest | None:
    """The manifest on disk, None where there is none. Raises OutputError (NX405) and OSError."""
    content = folder.read(manifests.NAME)
    if isinstance(content, Obstacle):
        return None
    return None if content is None else manifests.parse(content)


def _manifest_artifact(content: bytes) -> Artifact:
    return Artifact(manifests.NAME, content, template="")


@contextmanager
def _os_errors(root: Path) -> Iterator[None]:
    """What the operating system refuses, as a diagnostic on the file."""
    try:
        yield
    except OSError as error:
        path = Path(str(error.filename or root / OUTPUT))
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        raise OutputError([unusable(name, error)]) from error
