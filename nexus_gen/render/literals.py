"""Literals of the target languages: the only way for text of a spec into an output.

Each function takes plain data (None, bool, int, float, text, lists, tuples, mappings with text as
keys) and gives an expression. `Code` inside the data stands for itself, so that a view can mix
literals and references. Text comes out of the target's own parser as it went in; Terraform alone
normalizes what it reads to NFC.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from nexus_gen.render.text import (
    Code,
    LiteralError,
    escape_hidden,
    escape_utf16,
    one_line,
    refuse_surrogates,
)

_HCL_TEMPLATE = re.compile(r"([$%])(?=\{)")
_HCL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_HCL_KEYWORDS = frozenset({"for", "in", "if", "else", "endif", "endfor", "true", "false", "null"})
_TYPESCRIPT_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_DOCSTRING_QUOTE = re.compile(r'^"|"(?=")|(?<=")"|"$')
_DIRECTIVE = re.compile(
    r"(?i)\b(?:noqa|nosec|nosemgrep)\b|(?<!\w)[\w@-]+[:-]"
    r"(?=\s*(?:skip|ignore|disable|enable|expect-error|nocheck|no cover|noqa|(?:off|on)\b))"
)
_MARKDOWN_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~$]")
_MARKDOWN_START = re.compile(r"^(?:[#+=-]|\d+(?=[.)]))")


def hcl(value: object) -> Code:
    """An HCL expression; text is a quoted string in which `${` and `%{` are text.

    Mappings stand on one line, which `terraform fmt` leaves alone.
    """
    if isinstance(value, Code):
        return value
    if isinstance(value, str):
        return Code(_hcl_string(value))
    if isinstance(value, Mapping):
        entries = ", ".join(f"{_hcl_key(key)} = {hcl(entry)}" for key, entry in value.items())
        return Code(f"{{ {entries} }}" if entries else "{}")
    if isinstance(value, list | tuple):
        return Code(f"[{', '.join(map(hcl, value))}]")
    return Code(_json_scalar(value))


def python(value: object) -> Code:
    """A Python literal as `ruff format` leaves it, on one line."""
    if isinstance(value, Code):
        return value
    if isinstance(value, str):
        return Code(_python_string(value))
    if isinstance(value, Mapping):
        entries = (f"{python(_text_key(key))}: {python(entry)}" for key, entry in value.items())
        return Code(f"{{{', '.join(entries)}}}")
    if isinstance(value, list):
        return Code(f"[{', '.join(map(python, value))}]")
    if isinstance(value, tuple):
        comma = "," if len(value) == 1 else ""
        return Code(f"({', '.join(map(python, value))}{comma})")
    if value is None or isinstance(value, bool):
        return Code(repr(value))
    return Code(_number(value))


def typescript(value: object) -> Code:
    """A TypeScript literal, on one line; keys are bare where the language lets them."""
    if isinstance(value, Code):
        return value
    if isinstance(value, str):
        return Code(_json_string(value))
    if isinstance(value, Mapping):
        entries = ", ".join(
            f"{_typescript_key(key)}: {typescript(entry)}" for key, entry in value.items()
        )
        return Code(f"{{ {entries} }}" if entries else "{}")
    if isinstance(value, list | tuple):
        return Code(f"[{', '.join(map(typescript, value))}]")
    return Code(_json_scalar(value))


def yaml(value: object) -> Code:
    """A YAML 1.1 and 1.2 flow node on one line; text is always in double quotes."""
    if isinstance(value, Code):
        return value
    if isinstance(value, str):
        return Code(_yaml_string(value))
    if isinstance(value, Mapping):
        entries = (f"{yaml(_text_key(key))}: {yaml(entry)}" for key, entry in value.items())
        return Code(f"{{{', '.join(entries)}}}")
    if isinstance(value, list | tuple):
        return Code(f"[{', '.join(map(yaml, value))}]")
    return Code(_json_scalar(value))


def markdown(text: str) -> Code:
    """Inline Markdown (CommonMark with tables) that shows `text`, on one line."""
    line = _MARKDOWN_ANYWHERE.sub(r"\\\g<0>", one_line(text))
    start = _MARKDOWN_START.match(line)
    if start is None:
        return Code(line)
    at = start.end() if line[0].isdigit() else 0
    return Code(f"{line[:at]}\\{line[at:]}")


def docstring(text: str) -> Code:
    """`text` as the inside of a Python docstring in triple double quotes, on one line."""
    line = " ".join(text.split()).replace("\\", "\\\\")
    return Code(escape_hidden(_DOCSTRING_QUOTE.sub(r"\"", line), byte_form=True))


def comment(text: str) -> Code:
    """`text` on one line of a comment, which it cannot leave, nor speak to a linter from there."""
    line = one_line(text).replace("*/", "* /").replace("/*", "/ *")
    return Code(_DIRECTIVE.sub(r"`\g<0>`", line))


def _hcl_string(text: str) -> str:
    refuse_surrogates(text)
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escape_hidden(_HCL_TEMPLATE.sub(_hcl_template, body), byte_form=False)}"'


def _hcl_template(match: re.Match[str]) -> str:
    """`$` doubled; as an escape where the character before it would join the pair."""
    sign = match[1]
    if match.string[: match.start()].endswith(sign):
        return f"\\u{ord(sign):04x}"
    return sign * 2


def _hcl_key(key: object) -> str:
    text = _text_key(key)
    if _HCL_NAME.fullmatch(text) and text not in _HCL_KEYWORDS:
        return text
    return _hcl_string(text)


def _python_string(text: str) -> str:
    quote = "'" if text.count('"') > text.count("'") else '"'
    body = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{escape_hidden(body, byte_form=True)}{quote}"


def _json_string(text: str) -> str:
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escape_utf16(body)}"'


def _yaml_string(text: str) -> str:
    refuse_surrogates(text)
    body = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escape_hidden(body, byte_form=True)}"'


def _typescript_key(key: object) -> str:
    """A key that makes a property: `__proto__` does so in brackets only (ECMA-262, B.3.1)."""
    text = _text_key(key)
    if text == "__proto__":
        return '["__proto__"]'
    return text if _TYPESCRIPT_NAME.fullmatch(text) else _json_string(text)


def _text_key(key: object) -> str:
    if not isinstance(key, str):
        raise LiteralError(f"{key!r} is not text, and keys are")
    return key


def _json_scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(value)


def _number(value: object) -> str:
    """Digits that every target reads as the same number; YAML 1.1 wants a point before `e`."""
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float) and math.isfinite(value):
        digits, exponent, power = repr(value).partition("e")
        return f"{digits}{'' if '.' in digits or not exponent else '.0'}{exponent}{power}"
    raise LiteralError(f"{value!r} has no literal")
