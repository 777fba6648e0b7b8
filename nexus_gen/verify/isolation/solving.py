"""cvc5 on a problem: an answer, and a solution where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

MILLISECONDS = 20_000
"""For one problem; the slowest of ours takes about a tenth of a second."""

_NAME = "problem"
_TOKEN = re.compile(r'\(|\)|"(?:[^"]|"")*"|[^\s()"]+')
_CODE_POINT = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver says.

    Attributes:
        verdict: `unsat`: there is no solution. `unknown`: it did not find out in time.
        values: of a solution: name -> text, or `true` and `false`.
        reason: why the verdict is unknown.
    """

    verdict: Literal["sat", "unsat", "unknown"]
    values: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


def is_installed() -> bool:
    """Whether cvc5 can be imported."""
    return find_spec("cvc5") is not None


def solve(script: str, watched: Mapping[str, str], milliseconds: int = MILLISECONDS) -> Answer:
    """Decide a script of declarations and assertions; `watched` names the terms of a solution."""
    cvc5: Any = import_module("cvc5")
    solver: Any = cvc5.Solver(cvc5.TermManager())
    options = {"produce-models": "true", "strings-exp": "true", "tlimit-per": str(milliseconds)}
    for name, value in options.items():
        solver.setOption(name, value)
    parser: Any = cvc5.InputParser(solver)
    parser.setIncrementalStringInput(cvc5.InputLanguage.SMT_LIB_2_6, _NAME)
    verdict = _run(parser, solver, f"{script}\n(check-sat)\n")
    if verdict == "unsat":
        return Answer("unsat")
    if verdict != "sat":
        return Answer("unknown", reason=_reason(verdict, milliseconds))
    if not watched:
        return Answer("sat")
    values = _run(parser, solver, f"(get-value ({' '.join(watched.values())}))\n")
    return Answer("sat", dict(zip(watched, parse_values(values), strict=True)))


def _run(parser: Any, solver: Any, text: str) -> str:
    """Everything that the commands print."""
    parser.appendIncrementalStringInput(text)
    printed = []
    while not (command := parser.nextCommand()).isNull():
        printed.append(str(command.invoke(solver, parser.getSymbolManager())).strip())
    return "\n".join(line for line in printed if line)


def _reason(verdict: str, milliseconds: int) -> str:
    if verdict == "unknown":
        return f"no answer within {milliseconds / 1000:g} seconds"
    return verdict.partition("\n")[0]


def parse_values(text: str) -> Iterator[str]:
    """The values in an answer of `get-value`, `((a "x") (tagged true))`, in its order."""
    tokens = _TOKEN.findall(text)
    depth, last = 0, ""
    for token in tokens:
        if token == "(":
            depth += 1
        elif token == ")":
            if depth == 2:
                yield _value(last)
            depth -= 1
        else:
            last = token


def _value(token: str) -> str:
    if not token.startswith('"'):
        return token
    text = token[1:-1].replace('""', '"')
    return _CODE_POINT.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
