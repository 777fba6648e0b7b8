"""The Terraform mirror of a machine is found, kept, and found again when it moves."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts/find_mirror.py"


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, for a user without settings."""
    spec = importlib.util.spec_from_file_location("find_mirror", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("TF_CLI_CONFIG_FILE", "NEXUS_TERRAFORM_MIRROR"):
        monkeypatch.delenv(name, raising=False)
    return module


def plant(place: Path) -> str:
    (place / "registry.terraform.io/hashicorp/aws").mkdir(parents=True)
    return str(place)


def test_a_mirror_is_found_kept_and_found_anew(mirror: ModuleType, tmp_path: Path) -> None:
    kept, disk = tmp_path / "tools/kept", tmp_path / "disk"
    disk.mkdir()
    assert mirror.find(kept, disk) is None
    first = plant(disk / "opt/share/plugins")
    assert mirror.find(kept, disk) == first
    assert mirror.find(kept, tmp_path / "nowhere") == first
    Path(first).rename(disk / "moved")
    assert mirror.find(kept, disk) == str(disk / "moved")
    kept.write_bytes(b"\xff")
    assert mirror.find(kept, disk) == str(disk / "moved")


@pytest.mark.parametrize("copy", ["work/.terraform/providers", "x/.nexus/check", "plugin-cache"])
def test_copies_that_terraform_made_are_none(mirror: ModuleType, tmp_path: Path, copy: str) -> None:
    plant(tmp_path / "disk" / copy)
    assert mirror.find(tmp_path / "kept", tmp_path / "disk") is None


def test_settings_of_terraform_name_one(
    mirror: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = plant(tmp_path / "elsewhere")
    settings = tmp_path / "terraform.rc"
    settings.write_text(
        "provider_installation {\n  filesystem_mirror {\n"
        f'    include = ["*/*/*"]\n    path = "{place}"\n  }}\n}}\n'
    )
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(settings))
    assert mirror.find(tmp_path / "kept", tmp_path / "nowhere") == place


def test_what_the_variable_names_wins(
    mirror: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEXUS_TERRAFORM_MIRROR", "/wrong")
    mirror.main()
    assert capsys.readouterr().out == "/wrong\n"


def test_a_search_ends_in_time(mirror: ModuleType, tmp_path: Path) -> None:
    plant(tmp_path / "disk/a")
    assert list(mirror.search(tmp_path / "disk", time.monotonic() - 1)) == []
