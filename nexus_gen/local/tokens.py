"""Checks of ID tokens as API Gateway's Cognito authorizer makes them."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import jwt


class TokenError(Exception):
    """The token is missing, malformed, expired, or not signed by the pool."""


class TokenVerifier:
    """Verifies ID tokens of one user pool against its published keys.

    Args:
        issuer_url: where the pool's `/.well-known/jwks.json` is served.
        audience: the app client's id.
    """

    def __init__(self, issuer_url: str, audience: str) -> None:
        self._jwks_url = f"{issuer_url}/.well-known/jwks.json"
        self._audience = audience
        self._keys: dict[str, jwt.PyJWK] = {}

    def claims(self, authorization: str) -> dict[str, Any]:
        """Claims of a valid token, as API Gateway hands them to a function.

        `cognito:groups` arrives joined with commas, and numbers arrive as text.

        Raises:
            TokenError: anything is wrong with the token.
        """
        token = authorization.removeprefix("Bearer ").strip()
        try:
            key = self._key(jwt.get_unverified_header(token).get("kid", ""))
            claims: dict[str, Any] = jwt.decode(
                token, key, algorithms=["RS256"], audience=self._audience, leeway=5
            )
        except jwt.PyJWTError as error:
            raise TokenError(str(error)) from error
        if claims.get("token_use") != "id":
            raise TokenError("not an ID token")
        return {name: _as_gateway(value) for name, value in claims.items()}

    def _key(self, key_id: str) -> jwt.PyJWK:
        if key_id not in self._keys:
            with urllib.request.urlopen(self._jwks_url, timeout=5) as answer:
                keys = json.load(answer)["keys"]
            self._keys = {key["kid"]: jwt.PyJWK(key) for key in keys}
        try:
            return self._keys[key_id]
        except KeyError:
            raise TokenError("unknown signing key") from None


def _as_gateway(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
