"""What `generated/README.md` says initializes the separate root, with any backend."""

from __future__ import annotations

import json
import re
import shlex
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from nexus_gen.backends.project.backend import ProjectBackend
from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import CoreState, IntegrationMode, Model
from tests.outputs.terraform_cli import Terraform, write

EMPTY = b'<?xml version="1.0"?><ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>'
STATES = [
    ("local", {"path": "../core/{environment}.tfstate"}),
    ("s3", {"bucket": "acme", "key": "core/{environment}.tfstate", "region": "us-east-1"}),
    ("s3", {"bucket": "acme-{environment}", "key": "core.tfstate", "region": "eu-west-1"}),
    ("s3", {"bucket": "a-b", "key": "ai-nexus/{environment}/nexus.tfstate", "region": "eu-west-1"}),
    ("s3", {"bucket": "acme", "key": "core", "region": "eu-west-1", "workspace": "{environment}"}),
]
OFFLINE = {
    "local": (),
    "s3": ("skip_credentials_validation", "skip_requesting_account_id", "use_path_style"),
}
"""Backend -> what lets `init` talk to the server below in place of AWS."""


class _Bucket(BaseHTTPRequestHandler):
    """Every bucket is there and empty, and every caller is somebody."""

    def do_GET(self) -> None:
        self.send_response(200 if "list-type" in self.path else 404)
        self.send_header("Content-Length", str(len(EMPTY)))
        self.end_headers()
        self.wfile.write(EMPTY)

    def do_HEAD(self) -> None:
        """No state is there yet."""
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def bucket() -> Iterator[str]:
    """The URL of a server in place of S3."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Bucket) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def told(model: Model, environment: str) -> list[str]:
    """The arguments of `terraform init` in the guide."""
    readme = next(a for a in ProjectBackend().generate(model) if a.path == "README.md")
    text = readme.content.decode("utf-8").replace("\\\n", " ")
    (line,) = re.findall(r"^terraform (init .*?) *$", text, re.M)
    return shlex.split(line.replace("ENVIRONMENT", environment))


@pytest.mark.parametrize(("backend", "settings"), STATES)
def test_the_guide_initializes_a_state_for_each_environment(
    project_model: Model,
    terraform: Terraform,
    tmp_path: Path,
    backend: str,
    settings: dict[str, str],
) -> None:
    state = CoreState(backend, tuple(settings.items()))
    integration = replace(
        project_model.integration, mode=IntegrationMode.SEPARATE, core_state=state
    )
    model = replace(project_model, integration=integration)
    root = write(TerraformBackend().generate(model), tmp_path / "generated") / "roots/separate"
    places = []
    with bucket() as url:
        variables = {
            **terraform.variables,
            "AWS_ENDPOINT_URL_S3": url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "TF_DATA_DIR": str(tmp_path / "data"),
        }
        here = replace(terraform, variables=variables)
        skipped = [f"-backend-config={one}=true" for one in OFFLINE[backend]]
        for environment in ("dev", "prod"):
            arguments = [*told(model, environment), "-input=false", "-no-color", *skipped]
            done = here.run(root, *arguments)
            assert done.returncode == 0, done.stdout + done.stderr
            chosen = json.loads((tmp_path / "data/terraform.tfstate").read_text())["backend"]
            assert chosen["type"] == backend
            given = {name: value for name, value in chosen["config"].items() if value}
            places.append((given.get("bucket"), given.get("key"), given.get("path")))
            core = state.of(environment)
            assert places[-1] != (core.get("bucket"), core.get("key"), core.get("path"))
    assert places[0] != places[1]
