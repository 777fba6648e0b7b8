"""A token that is wrong in any way is refused; none of them breaks the server."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from nexus_gen.local.gateway import Gateway
from nexus_gen.local.http import HttpRequest
from nexus_gen.local.routes import Route
from nexus_gen.local.tokens import TokenError, TokenVerifier

ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc"
NOW = int(time.time())
GOOD = {
    "sub": "user-1",
    "iss": ISSUER,
    "aud": "app",
    "token_use": "id",
    "exp": NOW + 3600,
    "iat": NOW,
    "nbf": NOW,
    "auth_time": NOW,
    "email_verified": True,
    "cognito:groups": ["admin", "member"],
}
ODD = ("text", str(NOW + 3600), "", None, True, [], [NOW], {}, {"a": 1}, 1e300, -1, 10**30, 10**400)
Sign = Callable[..., str]


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def verifier(key: rsa.RSAPrivateKey) -> TokenVerifier:
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    keys = {"k": jwt.PyJWK(public | {"kid": "k", "alg": "RS256"})}
    return TokenVerifier(keys, ISSUER, "app")


@pytest.fixture(scope="module")
def sign(key: rsa.RSAPrivateKey) -> Sign:
    def signed(payload: bytes, header: dict[str, Any] | None = None) -> str:
        head = {"kid": "k"} if header is None else header
        return jwt.PyJWS().encode(payload, key, algorithm="RS256", headers=head)

    return signed


def test_a_good_token_is_handed_on_as_text(verifier: TokenVerifier, sign: Sign) -> None:
    handed = verifier.claims("Bearer " + sign(json.dumps(GOOD).encode()))
    assert handed["cognito:groups"] == "admin,member"
    assert (handed["email_verified"], handed["auth_time"]) == ("true", str(NOW))


@pytest.mark.parametrize("name", ["exp", "iat", "nbf", "auth_time"])
@pytest.mark.parametrize(
    "value", ODD, ids=lambda value: re.sub(r"\d{10}", "TIME", repr(value))[:20]
)
def test_a_time_that_is_none_is_refused(
    verifier: TokenVerifier, sign: Sign, name: str, value: object
) -> None:
    with pytest.raises(TokenError):
        verifier.claims(sign(json.dumps(GOOD | {name: value}).encode()))


@pytest.mark.parametrize("name", [*GOOD, "custom:organization_id", "email", "x"])
def test_a_null_is_refused(verifier: TokenVerifier, sign: Sign, name: str) -> None:
    with pytest.raises(TokenError):
        verifier.claims(sign(json.dumps(GOOD | {name: None}).encode()))


@pytest.mark.parametrize("name", ["sub", "iss", "aud", "token_use"])
@pytest.mark.parametrize("value", [1, True, [], {}, [1], [{}], 1e300], ids=repr)
def test_a_name_that_is_no_text_is_refused(
    verifier: TokenVerifier, sign: Sign, name: str, value: object
) -> None:
    with pytest.raises(TokenError):
        verifier.claims(sign(json.dumps(GOOD | {name: value}).encode()))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"x",
        b"[]",
        b"null",
        b"1",
        b'{"exp": Infinity}',
        b'{"exp": NaN}',
        b'{"exp": 1' + b"0" * 5000 + b"}",
        b"[" * 100_000,
        b'{"auth_time": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b"\xff\xfe",
    ],
    ids=lambda payload: repr(payload[:20]),
)
def test_what_is_no_set_of_claims_is_refused(
    verifier: TokenVerifier, sign: Sign, payload: bytes
) -> None:
    with pytest.raises(TokenError):
        verifier.claims(sign(payload))


@pytest.mark.parametrize("kid", [None, 1, [], {}, "other", ""], ids=repr)
def test_a_key_of_nobody_is_refused(verifier: TokenVerifier, sign: Sign, kid: object) -> None:
    header = json.dumps({"alg": "RS256", "kid": kid}).encode()
    token = sign(json.dumps(GOOD).encode()).split(".")
    token[0] = jwt.utils.base64url_encode(header).decode()
    with pytest.raises(TokenError):
        verifier.claims(".".join(token))


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "é", "\x00", "Bearer", "." * 1000])
def test_what_is_no_token_is_refused(verifier: TokenVerifier, text: str) -> None:
    with pytest.raises(TokenError):
        verifier.claims(text)


def test_the_gateway_answers_401(verifier: TokenVerifier, sign: Sign) -> None:
    gateway = Gateway()
    gateway.verifier = verifier
    found = (Route("/a/b", ("GET",), None), {})  # type: ignore[arg-type]
    token = sign(json.dumps(GOOD | {"exp": str(NOW + 3600)}).encode())
    request = HttpRequest("GET", "/a/b", "", {"authorization": token}, [], b"")
    assert asyncio.run(gateway.handle(request, found)).answer.status == 401
