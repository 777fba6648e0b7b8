"""What browsers send in `Origin` (RFC 6454, section 6.2; WHATWG URL, "host parsing")."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv6Address

DEFAULT_PORTS = {"http": "80", "https": "443"}
MAX_PORT = 65535

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?:[^/?#\\]*@)?(?P<host>\[[^\]]*\]|[^/?#\\:@\[\]]+)"
    r"(?::(?P<port>[0-9]*))?(?:[/?#\\].*)?",
    re.IGNORECASE | re.DOTALL,
)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^`{|}*]")
_NUMBER = re.compile(r"(?P<octal>0[0-7]*)|(?P<decimal>[1-9][0-9]*)|0x(?P<hexadecimal>[0-9a-f]*)")
_KEPT = "ßς"
"""Letters that `casefold` writes otherwise, and browsers do not (UTS 46, deviation characters)."""
_MAX_LABEL = 63
_MAX_NAME = 253


def origin_of(address: str) -> str | None:
    """The origin of a page at an address of http or https, as browsers write it.

    None where no browser opens the address.
    """
    match = _ADDRESS.fullmatch(address.strip())
    host = host_of(match["host"]) if match else None
    if match is None or host is None:
        return None
    scheme, port = match["scheme"].lower(), (match["port"] or "").lstrip("0")
    if match["port"] and not (port and int(port) <= MAX_PORT):
        return None
    return f"{scheme}://{host}" + (f":{port}" if port and port != DEFAULT_PORTS[scheme] else "")


def origin_meant(text: str) -> str | None:
    """The origin of what somebody may have written for an address: without a scheme, with a slash
    or a colon too few, or of one page."""
    bare = re.sub(r"^(?:(https?)?:?/+)?", "", text.strip(), flags=re.IGNORECASE)
    if "://" in bare or "," in bare:
        return None
    scheme = re.match("https?(?=[:/])", text.strip(), re.IGNORECASE)
    host = re.split(r"[:/?#]", bare, maxsplit=1)[0]
    if scheme is None and not re.search(r"[.:]|^localhost$", bare):
        return None
    is_local = "." not in host or is_number(host.rpartition(".")[2])
    return origin_of(f"{scheme[0] if scheme else 'http' if is_local else 'https'}://{bare}")


def host_of(text: str) -> str | None:
    """A host as browsers write it, without a last dot; None if it is none."""
    if text.startswith("["):
        return _ipv6(text[1:-1])
    name = _folded(text).removesuffix(".")
    if _FORBIDDEN.search(name) or any(unicodedata.category(one) == "Cf" for one in name):
        return None
    labels = name.split(".")
    if is_number(labels[-1]):
        return _ipv4(labels)
    written = [_label(label) for label in labels]
    if not all(written) or len(host := ".".join(map(str, written))) > _MAX_NAME:
        return None
    return host


def _folded(text: str) -> str:
    lower = "".join(one if one in _KEPT else one.casefold() for one in text)
    return unicodedata.normalize("NFKC", lower).replace("。", ".")


def is_number(label: str) -> bool:
    """Whether a last label makes an address of IPv4 of the host."""
    return label.isascii() and (label.isdigit() or re.fullmatch("0x[0-9a-f]*", label) is not None)


def _label(text: str) -> str | None:
    """A part of a name, in its `xn--` form if it needs one."""
    if text.startswith("xn--"):
        try:
            decoded = text[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError):
            return None
        unprintable = any(unicodedata.category(one).startswith("C") for one in decoded)
        if unprintable or decoded.isascii() or _label(_folded(decoded)) != text:
            return None
    elif not text.isascii():
        if unicodedata.category(text[0]).startswith("M"):
            return None
        text = "xn--" + text.encode("punycode").decode("ascii")
    return text if 0 < len(text) <= _MAX_LABEL else None


def _ipv4(labels: list[str]) -> str | None:
    """Four numbers from 0 to 255 of one to four that may be octal or hexadecimal."""
    numbers = []
    for match in map(_NUMBER.fullmatch, labels):
        if match is None or len(match[0]) > _MAX_LABEL:
            return None
        if match["hexadecimal"] is not None:
            numbers.append(int(match["hexadecimal"] or "0", 16))
        else:
            numbers.append(int(match[0], 10 if match["decimal"] else 8))
    *head, last = numbers
    if len(head) > 3 or any(number > 255 for number in head) or last >= 256 ** (4 - len(head)):
        return None
    value = last + sum(number << (24 - 8 * at) for at, number in enumerate(head))
    return ".".join(str(byte) for byte in value.to_bytes(4, "big"))


def _ipv6(text: str) -> str | None:
    """The address in brackets, with its longest run of zeros as `::` and no part in decimal."""
    try:
        value = int(IPv6Address(text if "%" not in text else ""))
    except AddressValueError:
        return None
    groups = ":".join(f"{value >> shift & 0xFFFF:x}" for shift in range(112, -1, -16))
    runs = re.findall(r"(?<![0-9a-f:])0(?::0)+(?![0-9a-f])|(?<=:)0(?::0)+(?![0-9a-f])", groups)
    longest = max(runs, key=len, default=None)
    if longest is None:
        return f"[{groups}]"
    head, _, tail = f":{groups}:".partition(f":{longest}:")
    return f"[{head.lstrip(':')}::{tail.rstrip(':')}]"
