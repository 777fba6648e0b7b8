"""Every port that `nexus-gen dev` opens, under requests that a web page can send."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local.foreign import EVIL, METHODS, accepted, listening, tree
from tests.local.running import Caller, Dev, call, make_project

LOOPBACK = {"127.0.0.1", "::1"}
CORS_ORIGIN = "http://localhost:5173"
REMOTE_ORIGIN = "https://dev.diatonic.ai"
PATHS = (
    "/",
    "/education/courses",
    "/_local/users",
    "/_local/sign-in",
    "/_local/events",
    "/_ministack/reset",
    "/2015-03-31/functions",
    "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=test/20260101/us-east-1/s3/aws4_request",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose data folder an earlier version has made."""
    folder = make_project(tmp_path_factory.mktemp("project"))
    old = folder / ".nexus/local/emulator"
    old.mkdir(parents=True)
    (old / "cognito.json.old").write_text("{}")
    for path in (old, old.parent, old.parent.parent):
        path.chmod(0o777)
    (old / "cognito.json.old").chmod(0o666)
    return folder


@pytest.fixture(scope="module")
def dev(project: Path) -> Iterator[Dev]:
    running = Dev(project).ready()
    assert Caller(running.url, "admin@acme.example").send("GET", "/education/courses").status == 200
    yield running
    running.end()


@pytest.fixture(scope="module")
def ports(dev: Dev) -> dict[str, int]:
    """The ports that its processes listen on: its own, and the emulator's."""
    found = listening(tree(dev.process.pid))
    assert {address for address, _ in found} <= LOOPBACK
    own = int(dev.url.rpartition(":")[2])
    (other,) = {port for _, port in found} - {own}
    return {"own": own, "emulator": other}


@pytest.mark.parametrize("which", ["own", "emulator"])
def test_no_port_answers_what_a_page_of_elsewhere_sends(ports: dict[str, int], which: str) -> None:
    assert accepted(ports[which], PATHS) == []


def test_the_emulator_answers_nobody_without_this_run_s_secret(ports: dict[str, int]) -> None:
    url = f"http://127.0.0.1:{ports['emulator']}"
    key = "Credential={}/20260101/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"
    for method in METHODS:
        for path in ("/", "/_ministack/health", "/_ministack/ready", "/health", "/a/b"):
            assert call(url, method, path).status == 403, (method, path)
    for name in ("test", "000000000000"):
        for service in ("dynamodb", "lambda"):
            signed = {"Authorization": f"AWS4-HMAC-SHA256 {key.format(name, service)}"}
            signed |= {"X-Amz-Date": "20260101T000000Z"}
            assert call(url, "POST", "/", {}, signed).status == 403
    assert call(url, "GET", "/", None, {"X-Nexus-Emulator": "guess"}).status == 403


def test_our_own_pages_and_those_of_the_environment_may_use_it(dev: Dev) -> None:
    own = dev.url
    same = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    port = own.rpartition(":")[2]
    for headers in (
        {},
        {"Origin": own},
        {"Origin": own, "Host": f"localhost:{port}"},
        {"Origin": f"http://localhost:{port}", "Host": f"localhost:{port}", **same},
        {"Referer": f"{own}/", **same},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Origin": CORS_ORIGIN, "Sec-Fetch-Site": "same-site"},
    ):
        assert call(own, "GET", "/_local/users", None, headers).status == 200, headers
    remote = {"Origin": REMOTE_ORIGIN, "Sec-Fetch-Site": "cross-site"}
    assert call(own, "GET", "/education/courses", None, remote).status == 401
    assert call(own, "OPTIONS", "/education/courses", None, remote).status == 204
    assert call(own, "GET", "/_local/users", None, remote).status == 403


def test_a_link_on_any_site_may_lead_to_the_console_and_nowhere_else(dev: Dev) -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    visit |= {"Sec-Fetch-Dest": "document", "Referer": f"{EVIL}/", "Accept": "text/html"}
    old_browser = {"Referer": f"{EVIL}/", "Accept": "text/html"}
    for headers in (visit, old_browser):
        page = call(dev.url, "GET", "/", None, headers)
        assert "The console is not built" in page.body
        for path in ("/_local/users", "/_local/model.json", "/education/courses"):
            assert call(dev.url, "GET", path, None, headers).status == 403
        assert call(dev.url, "POST", "/", None, headers).status == 403
    assert call(dev.url, "GET", "/", None, {**visit, "Origin": EVIL}).status == 403


def test_what_it_keeps_is_its_owner_s_alone_after_a_rebuild_too(dev: Dev, project: Path) -> None:
    (project / "dist/education-api.zip").unlink()
    with (project / "spec/nexus.yaml").open("a") as spec:
        spec.write("# saved\n")
    dev.wait_for("watching")
    modes = {}
    for name, folders, files in os.walk(project / ".nexus"):
        for path in [Path(name) / part for part in (*folders, *files)] + [Path(name)]:
            modes[path] = oct(path.lstat().st_mode & 0o777)
    assert any(path.suffix == ".pem" for path in modes)
    assert any(path.suffix == ".log" for path in modes)
    wrong = {
        path: mode for path, mode in modes.items() if mode != oct(0o700 if path.is_dir() else 0o600)
    }
    assert wrong == {}


def test_no_command_line_and_no_log_shows_the_secret(dev: Dev, project: Path) -> None:
    environment = Path(f"/proc/{dev.emulator()}/environ").read_bytes().decode()
    found = re.findall(r"(?:SECRET_ACCESS_KEY|EMULATOR_TOKEN)=([^\0]+)", environment)
    assert len(found) == 2
    assert len(set(found)) == 2
    shown = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in tree(dev.process.pid)]
    shown += [path.read_bytes() for path in (project / ".nexus").rglob("*") if path.is_file()]
    assert not [secret for secret in found for text in shown if secret.encode() in text]
