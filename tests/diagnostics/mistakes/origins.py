"""Origins that are addresses, of another form, or of no host."""

from __future__ import annotations

from .scoring import Mistake

_LIST = "cors_origins: [https://app.example.com]"


def _origin(name: str, written: str, meant: str, says: str = "") -> Mistake:
    return Mistake(name, _LIST, f"cors_origins: [«{written}»]", f"cors_origins: [{meant}]", says)


ORIGINS = (
    _origin("a name beyond ASCII", "https://münchen.example", "https://xn--mnchen-3ya.example"),
    _origin("a name in Japanese", "https://例え.jp:8443", "https://xn--r8jz45g.jp:8443"),
    _origin("a name with ß", "https://faß.de", "https://xn--fa-hia.de"),
    _origin("an underscore, and capitals", "https://My_App.example", "https://my_app.example"),
    _origin("an underscore, and a path", "https://my_app.example/x", "https://my_app.example"),
    _origin("a number too large", "https://192.168.1.300", "https://192.168.1.30", "0 to 255"),
    _origin("five numbers", "http://1.2.3.4.5", "http://1.2.3.4", "0 to 255"),
    _origin("three numbers", "http://10.0.1", "http://10.0.0.1"),
    _origin("a number in base 8", "http://10.0.0.010", "http://10.0.0.8"),
    _origin("IPv6 in full", "'http://[0:0:0:0:0:0:0:1]'", "'http://[::1]'"),
    _origin("IPv6 cut short", "'http://[2001:db8]'", "'http://[2001:db8::1]'", "2001:db8::1"),
    _origin("a slash at the end", "https://app.example.com/", "https://app.example.com"),
    _origin("a path", "https://app.example.com/console/", "https://app.example.com"),
    _origin("a query", "https://app.example.com?x=1", "https://app.example.com"),
    _origin("a user", "https://me:word@app.example.com", "https://app.example.com"),
    _origin("the port of https", "https://app.example.com:443", "https://app.example.com"),
    _origin("a port with a zero first", "http://localhost:05173", "http://localhost:5173"),
    _origin("no scheme", "app.example.com", "https://app.example.com"),
    _origin("no scheme, local", "localhost:5173", "http://localhost:5173"),
    _origin("no scheme, an address", "192.168.1.4:3000", "http://192.168.1.4:3000"),
    _origin("a slash too few", "https:/app.example.com", "https://app.example.com"),
    _origin("a colon too few", "https//app.example.com", "https://app.example.com"),
    _origin("a port too large", "http://localhost:70000", "http://localhost:7000", "1 to 65535"),
    _origin("a dot at the end", "https://app.example.com.", "https://app.example.com"),
    _origin("capitals", "HTTPS://App.Example.com", "https://app.example.com"),
    _origin("a space", "'https://my app.example'", "https://app.example.com", "an origin like"),
    Mistake(
        "origins as one text",
        _LIST,
        "cors_origins: «https://app.example.com, https://b.example/»",
        "cors_origins: [https://app.example.com, https://b.example]",
    ),
    Mistake("an origin without a list", _LIST, "cors_origins: «https://app.example.com/»"),
    Mistake(
        "a local origin without a list",
        _LIST,
        "cors_origins: «localhost:3000»",
        "cors_origins: [http://localhost:3000]",
    ),
)
