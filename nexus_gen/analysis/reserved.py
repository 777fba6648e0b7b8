"""Words that a name of the spec may not be, and whose words they are."""

from __future__ import annotations

import keyword


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PYTHON = frozenset(keyword.kwlist)
_JAVASCRIPT = _words(
    """
    arguments await break case catch class const continue debugger default delete do else enum eval
    export extends false finally for function if implements import in instanceof interface let new
    null package private protected public return static super switch this throw true try typeof
    undefined var void while with yield
    """
)
"""Reserved words of ECMA-262 (section 12.7.2), in strict mode, and its two immutable globals."""

_TYPESCRIPT = _words("any bigint boolean never number object string symbol unknown constructor")
"""Predefined types, which no class or interface may be named after."""

_HCL = _words("false for if in null true else endfor endif each self path local")
_TERRAFORM = _words("count depends_on for_each lifecycle locals provider providers source version")
"""Names that Terraform refuses for input variables, and meta-arguments of a module block."""


def languages(word: str, *, type_name: bool = False, module: bool = False) -> tuple[str, ...]:
    """Languages that reserve a word.

    Args:
        word: a name in the form in which it is written there.
        type_name: whether it names a type, and not only a member.
        module: whether it names a Terraform module or variable.
    """
    found = []
    if word in _PYTHON:
        found.append("Python")
    if word in _JAVASCRIPT:
        found.append("JavaScript")
    if type_name and word in _TYPESCRIPT:
        found.append("TypeScript")
    if module and word in _HCL | _TERRAFORM:
        found.append("Terraform")
    return tuple(found)


MODULE_FOLDERS = frozenset({"backend", "realtime", "routes", "shared", "storage"})
"""Modules of `generated/terraform/` that are not a vertical's."""

SYSTEM_ATTRIBUTES = frozenset({"pk", "sk", "refs", "ttl"})
"""Attributes of every stored item that no client sees."""

LIST_PARAMETERS = frozenset({"cursor", "deleted", "limit", "sort"})
"""Query parameters of every list."""

ENTITY_WORDS = _PYTHON | _JAVASCRIPT | _TYPESCRIPT
"""Words that no form of an entity's name may be."""
