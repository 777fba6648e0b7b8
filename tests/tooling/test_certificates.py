"""pip, uv and npm trust what the machine trusts, and what a user configured for them holds."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "certificates.py"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The script, on a machine whose list of certificates is `machine.pem` if that exists."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    found: dict[str, Any] = runpy.run_path(str(SCRIPT))["bundle"].__globals__
    found["BUNDLES"] = (str(tmp_path / "other.pem"), str(tmp_path / "machine.pem"))
    found["ssl"] = type("ssl", (), {"get_default_verify_paths": lambda: _Paths()})
    return found


class _Paths:
    cafile = None


def test_a_machine_s_list_is_trusted_by_uv_and_npm(script: dict[str, Any], tmp_path: Path) -> None:
    bundle = tmp_path / "machine.pem"
    bundle.touch()
    assert script["variables"]() == {
        "UV_SYSTEM_CERTS": "true",
        "NODE_USE_SYSTEM_CA": "1",
        "NODE_EXTRA_CA_CERTS": str(bundle),
    }


def test_a_machine_without_a_list_is_left_to_those_that_the_tools_bring(
    script: dict[str, Any],
) -> None:
    """uv does not even start with the system's certificates where there are none."""
    assert script["variables"]() == {}
    assert script["of_pip"](Path("/nonexistent")) == ()


def test_a_list_that_somebody_named_comes_first(
    script: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "machine.pem").touch()
    named = tmp_path / "named.pem"
    named.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(named))
    assert script["bundle"]() == str(named)


@pytest.mark.parametrize(
    ("configured", "trusts_ours"),
    [
        ("", True),
        ("global.timeout='60'\nglobal.client-cert='/mine.pem'\n", True),
        ("global.cert='/theirs.pem'\n", False),
        ("global.timeout='60'\ninstall.cert='/theirs.pem'\n", False),
        (":env:.cert='/theirs.pem'\n", False),
    ],
)
def test_pip_trusts_it_unless_it_was_told_otherwise(
    script: dict[str, Any], tmp_path: Path, configured: str, trusts_ours: bool
) -> None:
    """`configured` is what `pip config list` prints."""
    bundle = tmp_path / "machine.pem"
    bundle.touch()
    python = tmp_path / "python"
    python.write_text(
        f"#!/bin/sh\n[ \"$*\" = '-m pip config list' ] && printf '%s' \"{configured}\""
    )
    python.chmod(0o755)
    assert script["of_pip"](python) == (("--cert", str(bundle)) if trusts_ours else ())


def test_a_command_runs_so_and_the_environment_wins() -> None:
    code = "import os; print(os.environ['NODE_EXTRA_CA_CERTS'], os.environ.get('UV_SYSTEM_CERTS'))"
    done = subprocess.run(
        [sys.executable, SCRIPT, sys.executable, "-c", code],
        env={**os.environ, "NODE_EXTRA_CA_CERTS": "/mine.pem", "SSL_CERT_FILE": str(SCRIPT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "/mine.pem true\n"
