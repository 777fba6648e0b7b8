"""What a condition means in a request (IAM User Guide, "IAM JSON policy elements: Condition
operators" and "Set operators for multivalued context keys")."""

from __future__ import annotations

from collections.abc import Mapping

from nexus_gen.verify.iam.errors import UnmodelledError
from nexus_gen.verify.iam.patterns import Part, Text, matches, parts
from nexus_gen.verify.iam.policy import Condition

Context = Mapping[str, str | tuple[str, ...]]
"""Condition keys of a request. A tuple is the value of a multivalued key, a text that of any other;
a key without a value is absent."""

_WILDCARDS = frozenset({"StringLike", "StringNotLike"})
_ARN_COMPONENTS = 6


def value_of(context: Context, key: str) -> str | tuple[str, ...] | None:
    """Value of a condition key, whose name does not depend on case."""
    wanted = key.lower()
    return next((value for name, value in context.items() if name.lower() == wanted), None)


def variable(context: Context, key: str) -> str | None:
    """What `${key}` stands for, None where the request does not say.

    Raises UnmodelledError for a multivalued key, which has no one value to put in.
    """
    value = value_of(context, key)
    if isinstance(value, tuple):
        raise UnmodelledError(f"the multivalued key `{key}` as a variable")
    return value


def holds(condition: Condition, version: str, context: Context) -> bool:
    """Whether a condition of a policy of this version is true of a request.

    Raises UnmodelledError where AWS documents no answer: a plain operator on a multivalued key, a
    negated operator whose variable has no value, and the like.
    """
    value = value_of(context, condition.key)
    if condition.operator == "Null":
        return _is_null(condition, value) == (condition.values == ("true",))
    if value is None:
        return _holds_of_nothing(condition)
    if condition.qualifier is None:
        if isinstance(value, tuple):
            raise UnmodelledError(f"`{condition}`: a multivalued key without a set operator")
        return _holds_of(condition, version, value, context)
    values = value if isinstance(value, tuple) else (value,)
    answers = [_holds_of(condition, version, one, context) for one in values if one]
    return all(answers) if condition.qualifier == "ForAllValues" else any(answers)


def _is_null(condition: Condition, value: str | tuple[str, ...] | None) -> bool:
    if value is not None and "" in (value, *value):
        raise UnmodelledError(f"`{condition}` of an empty text")
    return value is None or value == ()


def _holds_of_nothing(condition: Condition) -> bool:
    """The answer where the request has no such key."""
    if condition.if_exists or condition.qualifier == "ForAllValues":
        return True
    if condition.qualifier == "ForAnyValue":
        return False
    return _negated(condition)


def _negated(condition: Condition) -> bool:
    return "Not" in condition.operator


def _holds_of(condition: Condition, version: str, value: str, context: Context) -> bool:
    """Whether one value matches one of the condition's; for a negated operator, none of them."""
    answers = [_matches(condition, version, one, value, context) for one in condition.values]
    unresolved = None in answers
    if unresolved and (True in answers or _negated(condition)):
        raise UnmodelledError(f"`{condition}`: a variable that the request has no value for")
    return (True in answers) != _negated(condition)


def _matches(
    condition: Condition, version: str, wanted: str, value: str, context: Context
) -> bool | None:
    operator = condition.operator
    if operator == "Bool":
        return value.lower() == wanted
    if operator.startswith("Arn"):
        return _arn_matches(parts(wanted, version), value, context)
    return matches(
        parts(wanted, version, wildcards=operator in _WILDCARDS),
        value,
        lambda key: variable(context, key),
        ignore_case=operator.endswith("IgnoreCase"),
    )


def _arn_matches(pattern: tuple[Part, ...], value: str, context: Context) -> bool | None:
    """Compare the six components of an ARN one by one; a wildcard stays within its own."""
    components = _components(pattern)
    values = value.split(":", _ARN_COMPONENTS - 1)
    if len(components) != len(values):
        return False
    answers = [
        matches(tuple(component), one, lambda key: variable(context, key))
        for component, one in zip(components, values, strict=True)
    ]
    if False in answers:
        return False
    return None if None in answers else True


def _components(pattern: tuple[Part, ...]) -> list[list[Part]]:
    """The parts of each component of an ARN pattern; the sixth keeps its colons."""
    components: list[list[Part]] = [[]]
    for part in pattern:
        if not isinstance(part, Text):
            components[-1].append(part)
            continue
        first, *others = part.value.split(":", _ARN_COMPONENTS - len(components))
        components[-1].append(Text(first))
        components.extend([Text(other)] for other in others)
    return components
