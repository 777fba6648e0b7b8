"""ULIDs: 48 bits of milliseconds and 80 of randomness, 26 characters of Crockford's Base32."""

from __future__ import annotations

import os
import re
import threading
import time

PATTERN = re.compile(r"\A[0-7][0-9A-HJKMNP-TV-Z]{25}\Z")
"""Canonical upper case only: two spellings of one id would be two keys."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80

_lock = threading.Lock()
_last = 0


def new() -> str:
    """A new id, greater than every id that this process made before.

    Within one millisecond, or after the clock went back, the last id is raised by a random step of
    32 bits, so that an id does not tell its neighbours.
    """
    global _last
    now = int(time.time() * 1000)
    with _lock:
        if now > _last >> _RANDOM_BITS:
            _last = now << _RANDOM_BITS | int.from_bytes(os.urandom(10), "big")
        else:
            _last += 1 + int.from_bytes(os.urandom(4), "big")
        value = _last
    return "".join([_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5)])


def is_valid(text: str) -> bool:
    """Whether a text is a canonical ULID."""
    return PATTERN.match(text) is not None
