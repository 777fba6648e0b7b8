"""Checks of ID tokens as API Gateway's Cognito authorizer makes them."""

from __future__ import annotations

import json
import time
import urllib.request
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import jwt

_REMEMBERED = 256
"""Tokens whose signature is not checked again before they expire."""

_LEEWAY = 5
"""Seconds by which the clocks of pool and gateway may differ."""

_TIMES = ("exp", "iat", "nbf", "auth_time")
"""Claims that are a NumericDate (RFC 7519, section 2; OpenID Connect Core 1.0, section 2)."""

_LATEST = 253402300799
"""The last second of the year 9999."""


class TokenError(Exception):
    """The token is missing, malformed, expired, or not signed by the pool."""


class TokenVerifier:
    """Verifies ID tokens of one user pool against its published keys.

    Args:
        keys: the pool's JSON Web Key Set (RFC 7517), by key id.
        issuer: `https://cognito-idp.REGION.amazonaws.com/POOL`.
        audience: the app client's id.
    """

    def __init__(self, keys: Mapping[str, jwt.PyJWK], issuer: str, audience: str) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._seen: OrderedDict[str, tuple[float, dict[str, str]]] = OrderedDict()

    def claims(self, authorization: str) -> dict[str, str]:
        """Claims of a valid token, as API Gateway hands them to a function.

        `cognito:groups` arrives joined with commas, and numbers arrive as text.

        Raises:
            TokenError: anything is wrong with the token.
        """
        token = authorization.removeprefix("Bearer ").strip()
        known = self._seen.get(token)
        if known is not None and time.time() < known[0]:
            return known[1]
        claims = self._verify(token)
        handed = {name: _as_gateway(value) for name, value in claims.items()}
        self._seen[token] = (claims["exp"] + _LEEWAY, handed)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return handed

    def _verify(self, token: str) -> dict[str, Any]:
        try:
            key = self._keys[jwt.get_unverified_header(token).get("kid", "")]
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=self._issuer,
                leeway=_LEEWAY,
                options={"require": ["exp", "iat", "sub"]},
            )
        except KeyError:
            raise TokenError("signed with a key that is not the pool's") from None
        except (jwt.PyJWTError, TypeError, ValueError, OverflowError, RecursionError) as error:
            # PyJWT takes for granted that claims and headers are of their types.
            raise TokenError(str(error)) from error
        for name, value in claims.items():
            if value is None:
                raise TokenError(f"the claim {name} is null")
            if name in _TIMES and not _is_time(value):
                raise TokenError(f"the claim {name} is no time")
        if claims.get("token_use") != "id":
            raise TokenError("not an ID token")
        return claims


def fetch_keys(url: str, headers: Mapping[str, str]) -> dict[str, jwt.PyJWK]:
    """The key set that a pool publishes at `url`; the emulator wants its `headers`."""
    request = urllib.request.Request(url, headers=dict(headers))
    with urllib.request.urlopen(request, timeout=5) as answer:
        return {key["kid"]: jwt.PyJWK(key) for key in json.load(answer)["keys"]}


def _is_time(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= _LATEST


def _as_gateway(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
