"""What `kill -9` of any part leaves behind: no process, and every write that was acknowledged."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.local.running import Caller, Dev, make_project, processes

DEADLINE = 20.0


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.fixture
def start(project: Path) -> Iterator[Callable[[], Dev]]:
    """Starts `nexus-gen dev`; whatever is left of one is ended."""
    started: list[Dev] = []

    def run() -> Dev:
        started.append(Dev(project))
        return started[-1].ready()

    yield run
    for dev in started:
        dev.end()


def create(dev: Dev, count: int, first: int = 0) -> list[str]:
    """Courses, created one after the other; slugs in order."""
    admin = Caller(dev.url, "admin@acme.example")
    slugs = [f"course-{number}" for number in range(first, first + count)]
    for slug in slugs:
        answer = admin.send("POST", "/education/courses", {"title": slug, "slug": slug})
        assert answer.status == 201
    return slugs


def courses(dev: Dev) -> list[str]:
    """Slugs of all courses."""
    admin = Caller(dev.url, "admin@acme.example")
    items = admin.send("GET", "/education/courses?limit=100").body["items"]
    return sorted(item["slug"] for item in items)


def gone(pids: set[int]) -> bool:
    """Whether all of them end in time."""
    deadline = time.monotonic() + DEADLINE
    while pids & {pid for pid, _, _ in processes()}:
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True


def test_a_killed_emulator_is_noticed_and_comes_back_with_its_data(
    start: Callable[[], Dev],
) -> None:
    dev = start()
    slugs = create(dev, 5)
    os.kill(dev.emulator(), signal.SIGKILL)
    dev.wait_for("the AWS emulator ended (signal 9); starting it again")
    dev.wait_for("writes carried out again")
    dev.wait_for("the AWS emulator is back")
    assert courses(dev) == slugs
    assert create(dev, 1, first=5) == ["course-5"]
    assert dev.stop() == 0


def test_an_emulator_that_keeps_dying_is_given_up(start: Callable[[], Dev]) -> None:
    dev = start()
    for _ in range(3):
        os.kill(dev.emulator(), signal.SIGKILL)
        dev.wait_for("is back")
    os.kill(dev.emulator(), signal.SIGKILL)
    output = dev.output()
    assert "the AWS emulator ended 4 times" in output
    assert dev.process.returncode == 1


def test_after_kill_of_dev_nothing_runs_on_and_the_next_start_has_the_data(
    start: Callable[[], Dev],
) -> None:
    dev = start()
    slugs = create(dev, 3)
    started = dev.children()
    os.kill(dev.process.pid, signal.SIGKILL)
    again = start()  # at once: it waits for the old emulator to save and end
    assert courses(again) == slugs
    assert gone(started)


def test_after_kill_of_everything_at_once_no_acknowledged_write_is_lost(
    start: Callable[[], Dev],
) -> None:
    dev = start()
    slugs = create(dev, 3)
    admin = Caller(dev.url, "admin@acme.example")
    (first, *_) = admin.send("GET", "/education/courses?limit=100").body["items"]
    assert admin.send("DELETE", f"/education/courses/{first['id']}").status == 204
    slugs.remove(first["slug"])
    for pid in (dev.process.pid, *dev.children()):
        os.kill(pid, signal.SIGKILL)
    again = start()
    assert any("writes carried out again" in line for line in again.seen)
    assert courses(again) == slugs
    assert again.stop() == 0
    third = start()
    assert not any("carried out again" in line for line in third.seen)
    assert courses(third) == slugs


def test_a_request_that_was_cut_off_in_the_journal_is_told(
    start: Callable[[], Dev], project: Path
) -> None:
    dev = start()
    slugs = create(dev, 2)
    for pid in (dev.process.pid, *dev.children()):
        os.kill(pid, signal.SIGKILL)
    (journal,) = (project / ".nexus/local/emulator").glob("generation-*/journal")
    with journal.open("ab") as file:
        file.write(b'["DynamoDB_20120810.PutItem", "{\\"Tab')
    again = start()
    assert any("cut off" in line for line in again.seen)
    assert courses(again) == slugs


def test_data_that_cannot_be_read_is_put_aside_and_told(
    start: Callable[[], Dev], project: Path
) -> None:
    dev = start()
    create(dev, 2)
    assert dev.stop() == 0
    (tables,) = (project / ".nexus/local/emulator").glob("generation-*/dynamodb.json")
    damaged = tables.read_bytes()[:-20]
    tables.write_bytes(damaged)
    again = start()
    (told,) = [line for line in again.seen if "cannot be read" in line]
    (aside,) = (project / ".nexus/local/emulator").glob("unreadable-dynamodb-*.json")
    assert str(aside) in told
    assert aside.read_bytes() == damaged
    assert courses(again) == []
