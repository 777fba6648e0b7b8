"""NX323: the organization would come from a claim that users write themselves, or that is not one
of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic

_CUSTOM = re.compile(r"custom:[A-Za-z0-9_.-]{1,20}")
"""A custom attribute of a user pool (Cognito API reference, `SchemaAttributeType`)."""

_SAFE = frozenset({"sub"})
"""Claims that Cognito sets and no user can change."""

_STANDARD = frozenset(
    {
        *("address", "birthdate", "email", "family_name", "gender", "given_name", "locale"),
        *("middle_name", "name", "nickname", "phone_number", "picture", "preferred_username"),
        *("profile", "updated_at", "website", "zoneinfo"),
    }
)
"""Standard attributes (OpenID Connect Core, section 5.1), which users may change."""


def tenancy_claim(subject: Subject) -> Iterator[Diagnostic]:
    """Claims that do not tell organizations apart safely."""
    place = subject.nexus / "tenancy" / "claim"
    claim = place.text
    if not claim or claim in _SAFE or _CUSTOM.fullmatch(claim):
        return
    if claim in _STANDARD:
        fact = f"users may change their own `{claim}`, so it cannot say whose data they see"
    elif claim.startswith("custom:"):
        fact = f"`{claim}` is not a custom attribute: its name has 1 to 20 letters, digits or `_.-`"
    else:
        fact = f"`{claim}` is not a claim that a user pool sets to an organization"
    yield Diagnostic(
        "NX323",
        fact,
        place.span,
        note="not safe" if claim in _STANDARD else "not a custom claim",
        help="use a custom attribute that the app client may not write: `custom:organization_id`",
    )
