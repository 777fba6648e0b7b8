"""Print where this machine has a filesystem mirror of the AWS provider; nothing if nowhere.

A machine may carry one where Terraform does not look by itself. What `NEXUS_TERRAFORM_MIRROR`
names wins, also where it is wrong: whoever uses it says so. Then comes what Terraform's settings
name, then a search of the disk, near places first, for some seconds at most. What was found is
kept in `.tools/terraform-mirror`, and forgotten when it is no mirror any more.

Copies that Terraform made for a working directory or for a cache are not mirrors.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent / ".tools" / "terraform-mirror"
VARIABLE = "NEXUS_TERRAFORM_MIRROR"
PROVIDER = "registry.terraform.io/hashicorp/aws"
SECONDS = 5.0
DEEPEST = 7
"""Folders between the root of the disk and a mirror."""

NOT_SEARCHED = frozenset({"/proc", "/sys", "/dev", "/run", "/tmp", "/var/tmp", "/var/lib/docker"})
NO_MIRRORS = frozenset(
    {".terraform", ".nexus", ".git", ".tools", ".venv", "node_modules", "__pycache__"}
    | {"plugin-cache", "site-packages", "dist-packages"}
)


def main() -> None:
    """Print the path, or nothing."""
    print(os.environ.get(VARIABLE) or find(KEPT, Path("/")) or "")


def find(kept: Path, disk: Path) -> str | None:
    """The mirror that is kept, that Terraform's settings name, or that the disk has."""
    for place in candidates(kept, disk):
        if is_mirror(place):
            keep(kept, place)
            return place
    return None


def candidates(kept: Path, disk: Path) -> Iterator[str]:
    """Places, the likeliest first."""
    if kept.is_file():
        yield kept.read_text(encoding="utf-8", errors="replace").strip()
    yield from configured()
    yield from search(disk, time.monotonic() + SECONDS)


def is_mirror(place: str) -> bool:
    """Whether Terraform finds the provider there."""
    return Path(place).is_absolute() and Path(place, PROVIDER).is_dir()


def configured() -> Iterator[str]:
    """Mirrors that Terraform's settings name, and where Terraform looks by itself."""
    home = Path.home()
    for settings in (os.environ.get("TF_CLI_CONFIG_FILE"), home / ".terraformrc"):
        if settings and Path(settings).is_file():
            text = Path(settings).read_text(encoding="utf-8", errors="replace")
            yield from re.findall(r'filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"', text)
    yield str(home / ".terraform.d" / "plugins")


def search(disk: Path, deadline: float) -> Iterator[str]:
    """Folders below `disk` that hold providers: those at the top first, links not followed."""
    temporary = {os.path.realpath(tempfile.gettempdir())} - {str(disk)}
    level = [str(disk)]
    for _ in range(DEEPEST):
        below: list[str] = []
        for folder in level:
            if time.monotonic() > deadline:
                return
            try:
                with os.scandir(folder) as scan:
                    names = sorted(one.path for one in scan if one.is_dir(follow_symlinks=False))
            except OSError:
                continue
            for path in names:
                name = path.rpartition("/")[2]
                if name == "registry.terraform.io":
                    yield folder
                elif name not in NO_MIRRORS and path not in NOT_SEARCHED | temporary:
                    below.append(path)
        level = below


def keep(kept: Path, place: str) -> None:
    """Remember the place, where that is possible."""
    try:
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(f"{place}\n", encoding="utf-8")
    except OSError:
        return


if __name__ == "__main__":
    main()
