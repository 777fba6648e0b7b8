"""Ten lines in a vertical are an entity, with routes, handler and contract, and no other edit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import sample

ROOT = Path(__file__).parents[2]

TEN_LINES = """
  Room:
    description: A room in which courses are held.
    fields:
      name: {type: string, required: true, max_length: 80}
      seats: {type: integer, minimum: 1}
    indexes:
      by_seats: {sort: seats}
    access:
      read: [member, admin]
      create: [admin]
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project like ours, with ten lines more, built by the command."""
    project = tmp_path_factory.mktemp("project")
    sample.copy_spec(project)
    vertical = project / "spec" / "verticals" / "education.yaml"
    vertical.write_text(vertical.read_text(encoding="utf-8") + TEN_LINES, encoding="utf-8")
    command = [sys.executable, "-c", "from nexus_gen.cli.app import main; main()", "build"]
    done = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "generated"


def test_it_took_ten_lines() -> None:
    assert len(TEN_LINES.strip().splitlines()) == 10


def test_its_module_is_there_and_routed(grown: Path) -> None:
    package = grown / "lambda" / "education-api" / "education_api"
    module = (package / "room.py").read_text(encoding="utf-8")
    handler = (package / "handler.py").read_text(encoding="utf-8")
    for route in ("list_rooms", "create_room", "get_room"):
        assert f"def {route}(" in module
        assert f"room.{route}" in handler
    assert "room.rooms" in handler
    assert "delete_room" not in module


def test_its_contract_is_there(grown: Path) -> None:
    text = (grown / "openapi" / "openapi.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    assert document["paths"]["/education/rooms"].keys() == {"get", "post"}
    assert "RoomCreate" in document["components"]["schemas"]


def test_its_paths_reach_api_gateway(grown: Path) -> None:
    module = grown / "terraform" / "modules" / "education"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(module.glob("*.tf")))
    assert "rooms" in text
    assert "{room_id}" in text
