"""Which pages may use the local server's own paths; `test_ports` asks a whole server."""

from __future__ import annotations

import pytest

from nexus_gen.local.http import HttpRequest
from nexus_gen.local.strangers import Strangers

ALLOWED = frozenset(
    {
        "http://localhost:5173",
        "https://127.0.0.1:3000",
        "http://[::1]:3000",
        "https://app.example",
        "tauri://localhost",
        "capacitor://localhost",
    }
)


def status(origin: str, path: str) -> int | None:
    """The status that a page of an origin gets in place of an answer, None where it gets one."""
    fields = [("host", "127.0.0.1:8000"), ("origin", origin)]
    strangers = Strangers(8000, "/_local/")
    strangers.origins = ALLOWED
    refused = strangers.refuse(HttpRequest("POST", path, "", dict(fields), fields, b""), page=False)
    return None if refused is None else refused.status


@pytest.mark.parametrize("origin", sorted(ALLOWED))
def test_an_allowed_origin_may_use_the_api(origin: str) -> None:
    assert status(origin, "/education/courses") is None


@pytest.mark.parametrize(
    ("origin", "refused"),
    [
        ("http://localhost:5173", None),
        ("https://127.0.0.1:3000", None),
        ("http://[::1]:3000", None),
        ("https://app.example", 403),
        ("tauri://localhost", 403),
        ("capacitor://localhost", 403),
        ("http://localhost:5174", 403),
    ],
)
def test_only_pages_of_this_machine_may_use_its_own_paths(origin: str, refused: int | None) -> None:
    """An app's origin names no machine: any app of a phone or a desktop has it."""
    assert status(origin, "/_local/sign-in") == refused
