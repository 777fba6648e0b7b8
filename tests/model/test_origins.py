"""What is offered for an origin is what a browser sends: Node's URL is that of browsers."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from nexus_gen.model.origins import origin_meant, origin_of
from tests.conftest import absent_tool

ADDRESSES = [
    *(
        "https://my_app.example",
        "https://-a.example",
        "HTTPS://A.Example/x",
        "http://u:p@a.example",
    ),
    *(
        "https://a.example:443",
        "http://a.example:443",
        "https://a.example:",
        "http://a.example:0080",
    ),
    *(
        "https://a.example?x",
        "https://a.example#x",
        "https://a.example\\x",
        "https://a.example:99999",
    ),
    *(
        "https://münchen.example",
        "https://faß.de",
        "https://例え.jp",
        "https://日本。jp",
        "https://Ελλάς.gr",
    ),
    *(
        "https://ＥＸ.com",
        "https://İ.com",
        "https://e\u0301.com",
        "https://\u0301e.com",
        "https://😀.jp",
    ),
    *("https://a_b.münchen.example:8443/x", "https://xn--mnchen-3ya.example", "https://xn--a.jp"),
    *("https://xn--mnchen.example", "https://xn--fa-hia.de", "https://XN--Bcher-kva.example"),
    *("https://192.168.1.300", "https://192.168.1.30", "https://1.2.3", "https://1.2.3.4.5"),
    *(
        "https://0x7f.1",
        "https://1.2.3.04",
        "https://1.2.3.09",
        "https://256",
        "https://4294967296",
    ),
    *("https://1.65536.1", "https://a.0", "https://0x.1", "https://0x7g.1", "https://08"),
    *("https://[::1]", "https://[0:0:0:0:0:0:0:1]", "https://[::FFFF:1.2.3.4]", "https://[::]"),
    *("https://[1:0:0:2:0:0:0:3]", "https://[1:0:0:2:3:0:0:4]", "https://[0:1:0:1:0:1:0:1]"),
    *(
        "https://[10:0:0:0:0:0:0:0]",
        "https://[a0:0:0:b0:0:0:0:c]",
        "https://[1:2]",
        "https://[::g]",
    ),
    *("https://a b.example", "https://%61.example:80a", "https://", "https://a%.example"),
]


def test_an_origin_is_written_as_browsers_write_it() -> None:
    if shutil.which("node") is None:
        absent_tool("node", "Node.js")
    program = (
        "console.log(JSON.stringify(JSON.parse(require('fs').readFileSync(0)).map(one => {"
        "try { return new URL(one).origin } catch { return null } })))"
    )
    done = subprocess.run(
        ["node", "-e", program],
        input=json.dumps(ADDRESSES),
        capture_output=True,
        text=True,
        check=True,
    )
    # Percent-decoding in a host is left out: nobody writes it.
    assert [origin_of(address) for address in ADDRESSES] == json.loads(done.stdout)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("app.example.com", "https://app.example.com"),
        ("localhost:5173", "http://localhost:5173"),
        ("localhost", "http://localhost"),
        ("192.168.1.4:3000", "http://192.168.1.4:3000"),
        ("http:/a.example", "http://a.example"),
        ("https//a.example", "https://a.example"),
        ("//a.example", "https://a.example"),
        ("https://a.example/path?x", "https://a.example"),
        ("www.example.com/", "https://www.example.com"),
        ("https://a.example,https://b.example", None),
        ("https://https://a.example", None),
        ("*.example.com", None),
        ("null", None),
    ],
)
def test_the_origin_that_was_meant(written: str, meant: str | None) -> None:
    assert origin_meant(written) == meant
