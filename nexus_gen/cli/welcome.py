"""What `nexus-gen dev` says when it is ready."""

from __future__ import annotations

from nexus_gen.local.endpoints import SIGN_IN
from nexus_gen.local.pool import PASSWORD
from nexus_gen.local.server import LocalApi


def text(api: LocalApi) -> str:
    """What a person needs to make the first request."""
    users = () if api.estate is None else api.estate.pool.users
    rows = [f"  {user.email:<28} {user.organization:<10} {user.role}" for user in users]
    first = users[0].email if users else ""
    console = api.no_console or api.url
    return "\n".join(
        [
            "",
            f"console  {console}",
            f"API      {api.url}",
            f"users    password of all: {PASSWORD}",
            *rows,
            "",
            "sign in:",
            f'  TOKEN=$(curl -s {api.url}{SIGN_IN} -d \'{{"username": "{first}"}}\' |',
            "    python3 -c 'import json, sys; print(json.load(sys.stdin)[\"idToken\"])')",
            f'  curl -H "Authorization: $TOKEN" {api.url}/...',
            "",
        ]
    )
