"""`nexus-gen dev` misses no save, whenever it comes."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.cli import dev
from nexus_gen.cli.watch import signature
from tests import sample
from tests.local.running import edit


def test_a_save_while_it_starts_or_reloads_is_another_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.copy_spec(tmp_path)
    ended = threading.Event()
    reloads: list[int] = []

    def reload(*_: Any) -> None:
        reloads.append(len(reloads))
        if len(reloads) == 1:
            edit(tmp_path, "max_length: 121", "max_length: 1222")
        else:
            ended.set()

    monkeypatch.setattr(dev, "_reload", reload)
    before = signature(tmp_path)
    edit(tmp_path, "max_length: 120", "max_length: 121")
    api: Any = None
    watching = threading.Thread(
        target=dev._serve, args=(api, tmp_path, "dev", ended, before), daemon=True
    )
    watching.start()
    watching.join(timeout=20)
    assert reloads == [0, 1]
