"""Have pip, uv and npm trust the certificates that this machine trusts.

Each of them brings a list of certificate authorities of its own. Where a company reads the traffic
to the registries, or keeps a registry itself, only the machine's list has the authority that signs
for it. What somebody has configured for one of the tools holds: nothing here overrides it.

`scripts/certificates.py COMMAND...` runs a command so.
"""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Gentoo
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine, macOS
)


def bundle() -> str | None:
    """The file with every certificate that the machine trusts; None where it has none."""
    return next((path for path in _candidates() if Path(path).is_file()), None)


def _candidates() -> Iterator[str]:
    if named := os.environ.get("SSL_CERT_FILE"):
        yield named
    yield from BUNDLES
    if known := ssl.get_default_verify_paths().cafile:
        yield known


def variables() -> dict[str, str]:
    """The environment in which uv and npm trust it, for what the environment does not say yet.

    Empty on a machine without a list of its own, such as a bare container: there uv would not
    start with `UV_SYSTEM_CERTS`, and the lists that the tools bring are the only ones.

    https://docs.astral.sh/uv/concepts/authentication/certificates/, and `node --help`: Node.js
    before 22.19 knows `NODE_EXTRA_CA_CERTS` alone.
    """
    found = bundle()
    if found is None:
        return {}
    return {"UV_SYSTEM_CERTS": "true", "NODE_USE_SYSTEM_CA": "1", "NODE_EXTRA_CA_CERTS": found}


def of_pip(python: Path) -> tuple[str, ...]:
    """Arguments with which the pip of an interpreter trusts it; pip trusts it alone from 24.2 on.

    A variable would win over the user's `pip.conf`, so pip is asked first what it has been told.
    """
    found = bundle()
    if found is None or _is_told(python):
        return ()
    return ("--cert", found)


def _is_told(python: Path) -> bool:
    """Whether pip's configuration or environment names certificates."""
    command = [python, "-m", "pip", "config", "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    keys = [line.partition("=")[0] for line in done.stdout.splitlines()]
    return any(key.rpartition(".")[2] == "cert" for key in keys)


if __name__ == "__main__":
    os.execvpe(sys.argv[1], sys.argv[1:], {**variables(), **os.environ})
