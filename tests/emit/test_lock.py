"""Several builds of one project at once."""

from __future__ import annotations

import os
import signal
import sys
from io import StringIO
from pathlib import Path

from nexus_gen.emit.writer import check, writing
from tests.emit.conftest import artifacts, build, tree


def version(number: int) -> dict[str, str]:
    """An output of which every file tells which build wrote it, and which files there are."""
    files = {f"folder{n % 3}/file{n}.txt": f"{number}\n" for n in range(12)}
    return files | {f"only{number}/x.txt": f"{number}\n"}


def test_second_build_says_that_it_waits_and_then_builds(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    with writing(tmp_path) as output:
        pid = os.fork()
        if pid == 0:
            sys.stderr = os.fdopen(writer, "w")
            build(tmp_path, version(2))
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as stderr:
            assert stderr.readline() == "waiting for another build of this project to finish\n"
        output.write(artifacts(version(1)))
    assert os.waitpid(pid, 0)[1] == 0
    assert check(tmp_path, artifacts(version(2))) == ()


def test_death_of_a_build_frees_the_lock(tmp_path: Path) -> None:
    pid = os.fork()
    if pid == 0:
        with writing(tmp_path):
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
    build(tmp_path, version(1))


def test_builds_at_once_leave_the_output_of_one_of_them(tmp_path: Path) -> None:
    pids = []
    for number in range(6):
        pid = os.fork()
        if pid == 0:
            sys.stderr = StringIO()
            for _ in range(5):
                build(tmp_path, version(number))
            os._exit(0)
        pids.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0] * 6
    last = int(tree(tmp_path)["folder0/file0.txt"])
    assert check(tmp_path, artifacts(version(last))) == ()
