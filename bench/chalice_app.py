"""The baseline of a build: a Chalice app with CRUD routes, packaged as Terraform."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.measure import child, clean_environment

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".tools" / "chalice"

_ROUTES = (
    ("list", "GET", ""),
    ("create", "POST", ""),
    ("get", "GET", "/{item_id}"),
    ("update", "PATCH", "/{item_id}"),
    ("delete", "DELETE", "/{item_id}"),
)


def ensure_installed() -> None:
    """Make Chalice's own environment where it is absent (its pins would clash with ours)."""
    if not (ENVIRONMENT / "bin" / "chalice").exists():
        subprocess.run([sys.executable, str(ROOT / "scripts" / "setup.py"), "chalice"], check=True)


def write_app(folder: Path, entities: int) -> None:
    """Write an app with five routes an entity.

    Policy generation is off: it would read the source for boto3 calls, which costs Chalice time
    that we do not want to hold against it.
    """
    lines = ["from chalice import Chalice", "", 'app = Chalice(app_name="bench")']
    for number in range(entities):
        for verb, method, suffix in _ROUTES:
            argument = "item_id" if suffix else ""
            lines += [
                "",
                "",
                f'@app.route("/things{number}{suffix}", methods=["{method}"], cors=True)',
                f"def {verb}_thing{number}({argument}):",
                "    return {}",
            ]
    (folder / ".chalice").mkdir(parents=True)
    (folder / "app.py").write_text("\n".join(lines) + "\n")
    (folder / "requirements.txt").write_text("")
    config = {
        "version": "2.0",
        "app_name": "bench",
        "autogen_policy": False,
        "iam_policy_file": "policy.json",
        "stages": {"dev": {"api_gateway_stage": "api"}},
    }
    (folder / ".chalice" / "config.json").write_text(json.dumps(config))
    policy = {"Version": "2012-10-17", "Statement": []}
    (folder / ".chalice" / "policy.json").write_text(json.dumps(policy))


def package(folder: Path) -> float:
    """CPU seconds of `chalice package --pkg-format terraform`."""
    command = [str(ENVIRONMENT / "bin" / "chalice"), "package", "--pkg-format", "terraform", "out"]
    return child(command, folder, clean_environment(AWS_DEFAULT_REGION="us-east-1"))
