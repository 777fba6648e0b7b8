"""AssumeRole: what is asked, what STS refuses unseen, what a trust policy says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nexus_gen.testing.call import Call
from nexus_gen.testing.roles import Role
from nexus_gen.verify.iam import Decision, Principal, Request, UnmodelledError, evaluate_trust

_PARAMETERS = re.compile(
    r"Action|Version|RoleArn|RoleSessionName|DurationSeconds|Tags\.member\.\d+\.(Key|Value)"
)
_SESSION_NAME = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_TAG_PUNCTUATION = "_.:/=+-@"
MAX_TAG_VALUE = 256
"""Characters of a session tag's value (AWS STS API Reference, Tag)."""


@dataclass(frozen=True, slots=True)
class AssumeRole:
    """The parameters of a request.

    Attributes:
        problem: what STS says of parameters outside its constraints, empty if nothing.
    """

    role_arn: str
    session_name: str
    tags: Mapping[str, str]

    @property
    def problem(self) -> str:
        if not _SESSION_NAME.fullmatch(self.session_name):
            return _constraint("roleSessionName", self.session_name)
        for value in self.tags.values():
            if len(value) > MAX_TAG_VALUE or not all(map(_legal, value)):
                return _constraint("tags", value)
        return ""

    def requests(self, caller: Mapping[str, str]) -> Iterator[Request]:
        """What IAM is asked; who passes tags needs `sts:TagSession` besides."""
        context: dict[str, str | tuple[str, ...]] = {
            **caller,
            "sts:RoleSessionName": self.session_name,
        }
        if self.tags:
            context["aws:TagKeys"] = tuple(self.tags)
        context |= {f"aws:RequestTag/{key}": value for key, value in self.tags.items()}
        yield Request("sts:AssumeRole", self.role_arn, context)
        if self.tags:
            yield Request("sts:TagSession", self.role_arn, context)


def read(call: Call) -> AssumeRole:
    """The parameters of an AssumeRole; others of STS, and session policies, are not modelled."""
    if call.operation != "AssumeRole":
        raise UnmodelledError(f"sts {call.operation}")
    for name in call.form:
        if not _PARAMETERS.fullmatch(name):
            raise UnmodelledError(f"the parameter `{name}` of AssumeRole")
    form = call.form
    numbers = [name.split(".")[2] for name in form if name.endswith(".Key")]
    tags = {
        form[f"Tags.member.{number}.Key"]: form.get(f"Tags.member.{number}.Value", "")
        for number in numbers
    }
    return AssumeRole(form["RoleArn"], form["RoleSessionName"], tags)


def trusted(role: Role | None, caller: Principal, request: Request) -> Decision:
    """What the role's trust policy says; a role that does not exist is refused alike."""
    if role is None or role.trust is None:
        return Decision("implicit deny")
    return evaluate_trust(role.trust, caller, request)


def _legal(character: str) -> bool:
    """A letter, separator or number, or one of a few signs (AWS STS API Reference, Tag)."""
    return unicodedata.category(character)[0] in "LZN" or character in _TAG_PUNCTUATION


def _constraint(member: str, value: str) -> str:
    return (
        f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint"
    )
