"""A step that fails while the build lives: the old tree is back, whatever was done before it."""

from __future__ import annotations

import errno
import itertools
import os
from pathlib import Path

import pytest

from nexus_gen.emit.problems import OutputError
from tests.emit.conftest import build, tree

BEFORE = {"file": "1", "folder/a": "2", "folder/b/c": "3", "kept": "4", "gone/deep/x": "5"}
AFTER = {"file/a": "6", "file/b/c": "7", "folder": "8", "kept": "9", "new/deep/x": "10"}


def fail_at(monkeypatch: pytest.MonkeyPatch, call: str, wanted: int) -> list[int]:
    """Let one call of a function of `os` fail; the list holds its number once it did."""
    real, numbers, failed = getattr(os, call), itertools.count(), []

    def counted(*arguments: object, **options: object) -> object:
        number = next(numbers)
        if number == wanted:
            failed.append(number)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(*arguments, **options)

    monkeypatch.setattr(os, call, counted)
    return failed


@pytest.mark.parametrize("call", ["rename", "rmdir", "makedirs"])
@pytest.mark.parametrize(("before", "after"), [(BEFORE, AFTER), (AFTER, BEFORE), ({}, AFTER)])
def test_every_step_that_fails_is_undone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    build(tmp_path, before)
    old = tree(tmp_path)
    for number in itertools.count():
        with monkeypatch.context() as patched:
            failed = fail_at(patched, call, number)
            refused = False
            try:
                build(tmp_path, after)
            except OutputError:
                refused = True
        if not failed:
            break
        if refused:
            assert tree(tmp_path) == old
        else:  # the step was no part of the change, such as removing an empty folder at the end
            assert tree(tmp_path).keys() >= after.keys()
            build(tmp_path, before)
            old = tree(tmp_path)
    assert number > 0 or call == "rmdir"
    assert tree(tmp_path).keys() >= after.keys()
