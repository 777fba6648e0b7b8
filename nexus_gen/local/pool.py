"""The user pool of the local API, and its ready-made users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt

from nexus_gen.local.tokens import TokenVerifier, fetch_keys
from nexus_gen.model import Model, Tenancy

ORGANIZATIONS = ("acme", "globex")
PASSWORD = "Local-only-password-1!"


@dataclass(frozen=True, slots=True)
class User:
    """A ready-made user; everybody has the same password."""

    email: str
    organization: str
    role: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in gives; `expires_in` is in seconds, `user` is the claim `sub`."""

    id_token: str
    access_token: str
    refresh_token: str
    expires_in: int
    user: str
    username: str
    organization: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """A user pool with its app client.

    Attributes:
        cognito: SDK client of the emulator.
        headers: what the emulator wants of a call that is not signed.
    """

    cognito: Any
    id: str
    client_id: str
    claim: str
    issuer: str
    keys_url: str
    users: tuple[User, ...]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def verifier(self) -> TokenVerifier:
        """What checks tokens of this pool, with the keys that it publishes now."""
        return TokenVerifier(fetch_keys(self.keys_url, self.headers), self.issuer, self.client_id)

    def sign_in(self, username: str, password: str) -> Tokens | None:
        """Tokens of a user, None where the pool refuses."""
        return self._authenticate(
            "USER_PASSWORD_AUTH", {"USERNAME": username, "PASSWORD": password}, ""
        )

    def refresh(self, refresh_token: str) -> Tokens | None:
        """New tokens for an earlier sign-in, None where the pool refuses."""
        return self._authenticate(
            "REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh_token}, refresh_token
        )

    def _authenticate(self, flow: str, parameters: dict[str, str], refresh: str) -> Tokens | None:
        try:
            answer = self.cognito.initiate_auth(
                ClientId=self.client_id, AuthFlow=flow, AuthParameters=parameters
            )
        except self.cognito.exceptions.ClientError:
            return None
        given = answer["AuthenticationResult"]
        claims = jwt.decode(given["IdToken"], options={"verify_signature": False})
        return Tokens(
            id_token=given["IdToken"],
            access_token=given["AccessToken"],
            refresh_token=given.get("RefreshToken", refresh),
            expires_in=given["ExpiresIn"],
            user=claims["sub"],
            username=claims.get("email", claims["sub"]),
            organization=claims.get(self.claim, ""),
            roles=tuple(claims.get("cognito:groups", ())),
        )


def ensure_pool(cognito: Any, model: Model, endpoint: str, headers: Mapping[str, str]) -> Pool:
    """The product's pool with its users; what is missing is made, all else stays.

    Args:
        headers: what the emulator wants of a call that is not signed.
    """
    pool_id, client_id = _pool(cognito, model)
    users = _users(cognito, pool_id, model.tenancy)
    return Pool(
        cognito=cognito,
        id=pool_id,
        client_id=client_id,
        claim=model.tenancy.claim,
        issuer=f"https://cognito-idp.{model.product.region}.amazonaws.com/{pool_id}",
        keys_url=f"{endpoint}/{pool_id}/.well-known/jwks.json",
        users=users,
        headers=headers,
    )


def ready_made(tenancy: Tenancy) -> tuple[User, ...]:
    """One user a role, in each of the organizations."""
    return tuple(
        User(f"{role}@{organization}.example", organization, role)
        for organization in ORGANIZATIONS
        for role, _ in tenancy.roles
    )


def _pool(cognito: Any, model: Model) -> tuple[str, str]:
    # The claim is part of the name, for the attributes of a pool cannot be changed.
    attribute = model.tenancy.claim.removeprefix("custom:")
    name = f"{model.product.name}-local-{attribute}"
    for pool in cognito.list_user_pools(MaxResults=60)["UserPools"]:
        if pool["Name"] == name:
            clients = cognito.list_user_pool_clients(UserPoolId=pool["Id"], MaxResults=60)
            return pool["Id"], clients["UserPoolClients"][0]["ClientId"]
    pool = cognito.create_user_pool(
        PoolName=name,
        Schema=[{"Name": attribute, "AttributeDataType": "String", "Mutable": False}],
    )["UserPool"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool["Id"],
        ClientName="local",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        WriteAttributes=["email"],
    )["UserPoolClient"]
    return pool["Id"], client["ClientId"]


def _users(cognito: Any, pool_id: str, tenancy: Tenancy) -> tuple[User, ...]:
    users = ready_made(tenancy)
    known = {
        user["Username"]
        for page in cognito.get_paginator("list_users").paginate(UserPoolId=pool_id)
        for user in page["Users"]
    }
    for role, description in tenancy.roles:
        with _already_there(cognito, "GroupExistsException"):
            cognito.create_group(UserPoolId=pool_id, GroupName=role, Description=description)
    with ThreadPoolExecutor(4) as workers:
        for done in [
            workers.submit(_user, cognito, pool_id, user, tenancy.claim)
            for user in users
            if user.email not in known
        ]:
            done.result()
    return users


def _user(cognito: Any, pool_id: str, user: User, claim: str) -> None:
    with _already_there(cognito, "UsernameExistsException"):
        cognito.admin_create_user(
            UserPoolId=pool_id,
            Username=user.email,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": user.email},
                {"Name": "email_verified", "Value": "true"},
                {"Name": claim, "Value": user.organization},
            ],
        )
    cognito.admin_set_user_password(
        UserPoolId=pool_id, Username=user.email, Password=PASSWORD, Permanent=True
    )
    cognito.admin_add_user_to_group(UserPoolId=pool_id, Username=user.email, GroupName=user.role)


@contextmanager
def _already_there(client: Any, code: str) -> Iterator[None]:
    try:
        yield
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != code:
            raise
