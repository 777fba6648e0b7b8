"""References to core's Terraform as expressions of it."""

from __future__ import annotations

from nexus_gen.model.references import ATTRIBUTES, parse
from nexus_gen.render import Code


def expression(need: str, text: str) -> Code:
    """The expression of what is needed of core.

    The bare address of a resource gives its attribute; what is a value already stands as it is.
    """
    reference = parse(text)
    if need == "rest_api" or not reference.is_bare:
        return Code(text)
    if need == "subnets" and not reference.index:
        return Code(f"[for subnet in {text} : subnet.id]")
    if need == "subnets" and not reference.is_list:
        return Code(f"[{text}.id]")
    return Code(f"{text}.{ATTRIBUTES.get(need, 'id')}")
