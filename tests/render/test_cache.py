"""Compiled templates between builds: never wrong, never in the way."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment

from nexus_gen.render import cache
from nexus_gen.render.cache import TemplateCache, cache_folder
from nexus_gen.render.environment import create_environment


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "t.jinja").write_text("{{ view.x }} old\n")
    return folder


def render(templates: Path, folder: Path) -> str:
    environment = create_environment(templates, TemplateCache(folder))
    return environment.get_template("t.jinja").render(view=SimpleNamespace(x=1))


def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Names of the templates that are compiled from now on."""
    compiled: list[str | None] = []
    original = Environment.compile

    def compile(self: Environment, source: str, name: str | None = None, *rest: object) -> object:
        compiled.append(name)
        return original(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", compile)
    return compiled


def test_second_build_compiles_nothing(
    templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = compiles(monkeypatch)
    assert render(templates, tmp_path / "cache") == "1 old\n"
    assert render(templates, tmp_path / "cache") == "1 old\n"
    assert compiled == ["t.jinja"]


def test_changed_template_is_compiled_again(templates: Path, tmp_path: Path) -> None:
    render(templates, tmp_path / "cache")
    (templates / "t.jinja").write_text("{{ view.x }} new\n")
    assert render(templates, tmp_path / "cache") == "1 new\n"


@pytest.mark.parametrize("what", ["jinja", "python"])
def test_another_version_compiles_again(
    templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    render(templates, tmp_path / "cache")
    compiled = compiles(monkeypatch)
    if what == "jinja":
        monkeypatch.setattr(cache.jinja2, "__version__", "0.0")
    else:
        monkeypatch.setattr(cache.sys, "version", "0.0")
    render(templates, tmp_path / "cache")
    assert compiled == ["t.jinja"]


def test_damaged_file_is_as_good_as_absent(templates: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    render(templates, folder)
    (file,) = folder.iterdir()
    sound = file.read_bytes()
    damaged = [b"", sound[:10], sound[:40], sound[:-1], sound + b"x", os.urandom(len(sound))]
    damaged += [sound[:at] + bytes([sound[at] ^ 255]) + sound[at + 1 :] for at in (0, 33, 50, 200)]
    for content in damaged:
        file.write_bytes(content)
        assert render(templates, folder) == "1 old\n"
        assert file.read_bytes() == sound


@pytest.mark.parametrize("obstacle", ["file", "folder in place of the entry", "no parent"])
def test_folder_that_cannot_be_used_breaks_no_build(
    templates: Path, tmp_path: Path, obstacle: str
) -> None:
    folder = tmp_path / "cache"
    if obstacle == "file":
        folder.write_text("x")
    elif obstacle == "no parent":
        folder = Path("/proc/nexus-gen")
    else:
        render(templates, folder)
        (file,) = folder.iterdir()
        file.unlink()
        file.mkdir()
    assert render(templates, folder) == "1 old\n"


def test_nothing_is_left_beside_the_entries(templates: Path, tmp_path: Path) -> None:
    for number in range(5):
        (templates / "t.jinja").write_text(f"{{{{ view.x }}}} {number}\n")
        render(templates, tmp_path / "cache")
    assert {len(path.name) for path in (tmp_path / "cache").iterdir()} == {64}


def test_old_entries_make_room(
    templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "KEPT", 3)
    for number in range(9):
        (templates / "t.jinja").write_text(f"{{{{ view.x }}}} {number}\n")
        render(templates, tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) <= 4


def test_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert cache_folder() == Path("/somewhere/nexus-gen/templates")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("HOME", "/home/somebody")
    assert cache_folder() == Path("/home/somebody/.cache/nexus-gen/templates")
