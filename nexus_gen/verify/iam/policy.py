"""Policy documents as frozen values, read without mercy.

The reader accepts what this project renders and what the evaluator and the proof give a meaning
to. Everything else raises `UnmodelledError` with the name of the thing: a policy that is half
understood is one about which nothing can be said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from nexus_gen.verify.iam.errors import UnmodelledError
from nexus_gen.verify.iam.patterns import EXPANDING_VERSION, parts

__all__ = [
    "Condition",
    "Effect",
    "Policy",
    "Principal",
    "Qualifier",
    "Statement",
    "UnmodelledError",
    "parse",
    "parse_json",
]

Effect = Literal["Allow", "Deny"]
Qualifier = Literal["ForAllValues", "ForAnyValue"]

OLD_VERSION = "2008-10-17"
"""The version of a policy that names none (IAM User Guide, "IAM JSON policy elements: Version")."""

OPERATORS = frozenset(
    {
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "ArnEquals",
        "ArnNotEquals",
        "ArnLike",
        "ArnNotLike",
        "Bool",
        "Null",
    }
)
"""Base operators with a meaning here, without qualifier and `IfExists`."""

_OPERATOR = re.compile(r"(?:(?P<qualifier>[A-Za-z]+):)?(?P<base>[A-Za-z]+?)(?P<exists>IfExists)?")
_ACTION = re.compile(r"\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+")
_STATEMENT = {
    "Sid",
    "Effect",
    "Principal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of a Condition block under one operator.

    Attributes:
        operator: base operator, a member of `OPERATORS`.
        qualifier: the set operator before it, if any.
        if_exists: whether `IfExists` follows it.
        key: condition key as written; keys do not depend on case.
        values: at least one; one of them has to match (for a negated operator, none may).
    """

    operator: str
    key: str
    values: tuple[str, ...]
    qualifier: Qualifier | None = None
    if_exists: bool = False

    def __str__(self) -> str:
        """As it stands in the policy: `ForAllValues:StringLike dynamodb:LeadingKeys [...]`."""
        qualifier = f"{self.qualifier}:" if self.qualifier else ""
        exists = "IfExists" if self.if_exists else ""
        return f"{qualifier}{self.operator}{exists} {self.key} {json.dumps(list(self.values))}"


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom a trust policy names: an `AWS` ARN (or `*`, everybody) or a `Service`."""

    kind: Literal["AWS", "Service"]
    value: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; exactly one of `actions` and `not_actions` is filled.

    `resources` and `not_resources` are both empty in a trust policy, `principals` in an identity
    policy. `index` is its 0-based place, for statements without a `sid`.
    """

    effect: Effect
    sid: str = ""
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    principals: tuple[Principal, ...] = ()
    conditions: tuple[Condition, ...] = ()
    index: int = 0

    @property
    def label(self) -> str:
        """What a message calls it: its Sid, or its place counted from 1."""
        return self.sid or f"statement {self.index + 1}"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document.

    `version` is `2008-10-17` where the document has none. `source` says where it was read, for
    messages only.
    """

    version: str
    statements: tuple[Statement, ...]
    source: str = field(default="", compare=False)


def parse_json(text: str, source: str = "") -> Policy:
    """A policy from JSON text; raises UnmodelledError, also for a key that stands twice."""
    try:
        document = json.loads(text, object_pairs_hook=lambda pairs: _unique(pairs, source))
    except json.JSONDecodeError as error:
        raise UnmodelledError(f"not JSON: {error}", source) from None
    return parse(document, source)


def _unique(pairs: list[tuple[str, Any]], source: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise UnmodelledError(f"the key `{key}` stands twice", source)
        made[key] = value
    return made


def parse(document: Mapping[str, Any], source: str = "") -> Policy:
    """A policy from its document, a JSON object. Raises UnmodelledError."""
    return _Reader(source).policy(document)


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source

    def _refuse(self, what: str) -> UnmodelledError:
        return UnmodelledError(what, self._source)

    def policy(self, document: Any) -> Policy:
        self._only(document, {"Version", "Id", "Statement"}, "policy")
        version = document.get("Version", OLD_VERSION)
        if version not in (EXPANDING_VERSION, OLD_VERSION):
            raise self._refuse(f"policy Version {version!r}")
        given = document.get("Statement")
        listed = given if isinstance(given, list) else [given]
        if not listed:
            raise self._refuse("a policy without statements")
        statements = tuple(self._statement(one, i, version) for i, one in enumerate(listed))
        labels = [statement.sid for statement in statements if statement.sid]
        if len(labels) != len(set(labels)):
            raise self._refuse("a Sid that stands twice")
        return Policy(version, statements, self._source)

    def _only(self, given: Any, known: Iterable[str], where: str) -> None:
        if not isinstance(given, Mapping):
            raise self._refuse(f"{where} that is not an object")
        for key in given:
            if key not in known:
                raise self._refuse(f"`{key}` in a {where}")

    def _statement(self, given: Any, index: int, version: str) -> Statement:
        self._only(given, _STATEMENT, "statement")
        effect = given.get("Effect")
        if effect not in ("Allow", "Deny"):
            raise self._refuse(f"Effect {effect!r}")
        sid = given.get("Sid", "")
        if not isinstance(sid, str):
            raise self._refuse(f"Sid {sid!r}")
        statement = Statement(
            effect=cast(Effect, effect),
            sid=sid,
            actions=self._actions(given, "Action"),
            not_actions=self._actions(given, "NotAction"),
            resources=self._resources(given, "Resource", version),
            not_resources=self._resources(given, "NotResource", version),
            principals=self._principals(given.get("Principal")),
            conditions=self._conditions(given.get("Condition", {}), version),
            index=index,
        )
        self._check_shape(statement)
        return statement

    def _check_shape(self, statement: Statement) -> None:
        if bool(statement.actions) == bool(statement.not_actions):
            raise self._refuse(f"{statement.label} needs one of Action and NotAction")
        if statement.resources and statement.not_resources:
            raise self._refuse(f"{statement.label} has both Resource and NotResource")
        named = bool(statement.resources or statement.not_resources)
        if named == bool(statement.principals):
            raise self._refuse(
                f"{statement.label} needs either a Resource (identity policy) or a Principal "
                "(trust policy)"
            )

    def _strings(self, given: Any, what: str) -> tuple[str, ...]:
        listed = given if isinstance(given, list) else [given]
        if not listed or not all(isinstance(one, str) and one for one in listed):
            raise self._refuse(f"{what} {given!r}")
        return tuple(listed)

    def _actions(self, given: Mapping[str, Any], key: str) -> tuple[str, ...]:
        if key not in given:
            return ()
        actions = self._strings(given[key], key)
        for action in actions:
            if not _ACTION.fullmatch(action):
                raise self._refuse(f"{key} `{action}`")
        return actions

    def _resources(self, given: Mapping[str, Any], key: str, version: str) -> tuple[str, ...]:
        if key not in given:
            return ()
        resources = self._strings(given[key], key)
        for resource in resources:
            self._check_resource(resource, version)
        return resources

    def _check_resource(self, resource: str, version: str) -> None:
        """Refuse wildcards of which it matters whether they stop at a colon.

        A `*` that ends a segment of an ARN may reach beyond colons, others and `?` stay within
        (IAM User Guide, "IAM JSON policy elements: Resource"). `*` at a segment's end is
        modelled as any text.
        """
        self._parts(resource, version)
        if resource == "*":
            return
        if resource.count(":") < 5 or not resource.startswith("arn:"):
            raise self._refuse(f"Resource `{resource}`")
        text = re.sub(r"\$\{[^{}]*\}", "x", resource)
        if "?" in text or re.search(r"\*[^:]", text):
            raise self._refuse(f"a wildcard inside a segment of Resource `{resource}`")

    def _parts(self, value: str, version: str) -> None:
        try:
            parts(value, version)
        except UnmodelledError as error:
            raise self._refuse(error.what) from None

    def _principals(self, given: Any) -> tuple[Principal, ...]:
        if given is None:
            return ()
        if given == "*":
            return (Principal("AWS", "*"),)
        self._only(given, {"AWS", "Service"}, "Principal")
        found = tuple(
            Principal(cast(Literal["AWS", "Service"], kind), value)
            for kind, values in given.items()
            for value in self._strings(values, "Principal")
        )
        for principal in found:
            if "*" in principal.value and principal != Principal("AWS", "*"):
                raise self._refuse(f"Principal `{principal.value}`")
        return found

    def _conditions(self, given: Any, version: str) -> tuple[Condition, ...]:
        if not isinstance(given, Mapping):
            raise self._refuse("a Condition that is not an object")
        return tuple(
            self._condition(operator, key, values, version)
            for operator, keys in given.items()
            for key, values in self._keys(operator, keys)
        )

    def _keys(self, operator: str, keys: Any) -> list[tuple[str, Any]]:
        if not isinstance(keys, Mapping) or not keys:
            raise self._refuse(f"{operator} {keys!r}")
        if len({key.lower() for key in keys}) != len(keys):
            raise self._refuse(f"{operator} names a condition key twice")
        return list(keys.items())

    def _condition(self, operator: str, key: str, values: Any, version: str) -> Condition:
        found = _OPERATOR.fullmatch(operator)
        if found is None or found["base"] not in OPERATORS:
            raise self._refuse(f"the condition operator `{operator}`")
        qualifier = found["qualifier"]
        if qualifier not in (None, "ForAllValues", "ForAnyValue"):
            raise self._refuse(f"the condition operator `{operator}`")
        base, if_exists = found["base"], found["exists"] is not None
        if base == "Null" and (qualifier or if_exists):
            raise self._refuse(f"the condition operator `{operator}`")
        condition = Condition(
            operator=base,
            key=key,
            values=self._values(base, key, values),
            qualifier=cast("Qualifier | None", qualifier),
            if_exists=if_exists,
        )
        for value in condition.values:
            self._parts(value, version)
        return condition

    def _values(self, operator: str, key: str, given: Any) -> tuple[str, ...]:
        listed = given if isinstance(given, list) else [given]
        if operator not in ("Bool", "Null"):
            return self._texts(f"{operator} {key}", listed)
        words = tuple(str(one).lower() for one in listed if isinstance(one, bool | str))
        if len(listed) != 1 or not set(words) <= {"true", "false"} or not words:
            raise self._refuse(f"{operator} {key} {given!r}")
        return words

    def _texts(self, what: str, listed: list[Any]) -> tuple[str, ...]:
        if not listed or not all(isinstance(one, str) for one in listed):
            raise self._refuse(f"{what} {listed!r}")
        return tuple(listed)
