"""Broken specs: deterministic mutations of the project's own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.sizes import chance as chance_of
from tests.sizes import size

ROOT = Path(__file__).parents[2]
FILES = ("spec/nexus.yaml", "spec/verticals/education.yaml")
PER_OPERATOR = size(ci=36, soak=120)
"""Mutants of each operator and file."""

SCALARS = (
    *("null", "~", "true", "no", "on", "0", "-1", "1.5", "1e309", ".inf", "0x7fffffffffffffffff"),
    *("9" * 5000, "12:30:45", "2026-01-01", "010", "1_000", '""', '" "', "[]", "{}", "[[[]]]"),
    *("{a: {b: c}}", "string", "*", "*x", "&x y", "!!python/object:os.system x", "!t", "<<"),
    *('"\\u202e\\u0000"', '"${path.module}"', '"%{ if true }"', "'''", "\\", "|", ">-", "é" * 300),
    *('"日本語"', '"a\\nb"', "- x", "? x", "@x", "`x`", "%x", "x: y", "#", "a" * 70000, "[" * 500),
    *('"../../etc/passwd"', "https://*", '"{product}{x}"', "-9007199254740993", "1e-400", "owner"),
)
GARBAGE = (b"\x00", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\x1b[31m", b"\xef\xbb\xbf", b"\t")


@dataclass(frozen=True)
class Mutant:
    """One broken spec: what was done, and the bytes of the file that was changed."""

    name: str
    file: str
    content: bytes

    @property
    def files(self) -> dict[str, bytes]:
        """All files of the spec."""
        return {name: (ROOT / name).read_bytes() for name in FILES} | {self.file: self.content}


def mutants(operator: str) -> Iterator[Mutant]:
    """The mutants that one operator makes of each file; the same ones every time."""
    mutate = OPERATORS[operator]
    for file in FILES:
        original = (ROOT / file).read_bytes()
        for number in range(PER_OPERATOR):
            chance = chance_of(f"{operator} {file} {number}")
            yield Mutant(f"{operator} {number} of {file}", file, mutate(original, chance))


def _on_lines(change: Callable[[list[str], int, random.Random], None]) -> Any:
    def mutate(original: bytes, chance: random.Random) -> bytes:
        lines = original.decode().split("\n")
        with_text = [n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")]
        change(lines, chance.choice(with_text), chance)
        return "\n".join(lines).encode()

    return mutate


def _delete(lines: list[str], at: int, _: random.Random) -> None:
    del lines[at]


def _double(lines: list[str], at: int, _: random.Random) -> None:
    lines.insert(at, lines[at])


def _swap(lines: list[str], at: int, chance: random.Random) -> None:
    other = chance.randrange(1, len(lines) - 1)
    lines[at], lines[other] = lines[other], lines[at]


def _shift(lines: list[str], at: int, chance: random.Random) -> None:
    step = chance.choice((-4, -2, -1, 1, 2, 4))
    lines[at] = lines[at][-step:] if step < 0 else " " * step + lines[at]


def _tab(lines: list[str], at: int, chance: random.Random) -> None:
    text = lines[at].lstrip()
    lines[at] = chance.choice(("\t", "\t\t", " \t", "  \t")) + text


def _misspell(lines: list[str], at: int, chance: random.Random) -> None:
    words = list(re.finditer(r"[A-Za-z_]{3,}", lines[at]))
    if not words:
        lines[at] = "x" + lines[at]
        return
    word = chance.choice(words)
    place = chance.randrange(word.start(), word.end() - 1)
    text = lines[at]
    lines[at] = text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _revalue(lines: list[str], at: int, chance: random.Random) -> None:
    values = list(re.finditer(r"(?<=: )[^,{}\[\]]+|(?<=[\[,] )[^,{}\[\]]+", lines[at]))
    new = chance.choice(SCALARS)
    if not values:
        lines[at] = f"{lines[at]} {new}"
        return
    value = chance.choice(values)
    lines[at] = lines[at][: value.start()] + new + lines[at][value.end() :]


def _rekey(lines: list[str], at: int, chance: random.Random) -> None:
    keys = list(re.finditer(r"[A-Za-z_]+(?=:)", lines[at]))
    if not keys:
        lines[at] += ":"
        return
    key = chance.choice(keys)
    lines[at] = lines[at][: key.start()] + chance.choice(SCALARS) + lines[at][key.end() :]


def _unbalance(lines: list[str], at: int, chance: random.Random) -> None:
    signs = [n for n, c in enumerate(lines[at]) if c in "{}[],:\"'"]
    if not signs:
        lines[at] += chance.choice("{}[]\"'")
        return
    place = chance.choice(signs)
    lines[at] = lines[at][:place] + chance.choice(("", "{", "]", '"', ":")) + lines[at][place + 1 :]


def _truncate(original: bytes, chance: random.Random) -> bytes:
    return original[: chance.randrange(len(original))]


def _corrupt(original: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(original))
    return original[:place] + chance.choice(GARBAGE) + original[place:]


def _random_bytes(_: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(400))


def _noise(_: bytes, chance: random.Random) -> bytes:
    return "".join(chance.choices("ab01:-?[]{},&*#|>'\"%@`! \n", k=chance.randrange(200))).encode()


def _on_tree(change: Callable[[Any, Any, random.Random], None]) -> Any:
    def mutate(original: bytes, chance: random.Random) -> bytes:
        data = yaml.load(original, yaml.CSafeLoader)
        container, key = chance.choice(list(_places(data)))
        change(container, key, chance)
        dumped: bytes = yaml.dump(
            data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, encoding="utf-8"
        )
        return dumped

    return mutate


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container and key or position in a document."""
    members = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in list(members):
        yield data, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _prune(container: Any, key: Any, _: random.Random) -> None:
    del container[key]


def _retype(container: Any, key: Any, chance: random.Random) -> None:
    new: tuple[Any, ...] = (
        None,
        True,
        0,
        -1,
        2**60,
        1.5,
        "",
        "x",
        "a\nb",
        "${x}",
        [],
        {},
        [1],
        {"a": None},
        "Ä" * 50,
    )
    container[key] = chance.choice(new)


def _transplant(container: Any, key: Any, chance: random.Random) -> None:
    other = yaml.load((ROOT / chance.choice(FILES)).read_bytes(), yaml.CSafeLoader)
    donor, at = chance.choice(list(_places(other)))
    container[key] = donor[at]


def _wrap(container: Any, key: Any, chance: random.Random) -> None:
    value = container[key]
    container[key] = chance.choice(([value], {"type": value}, {"of": {"of": value}}, [value] * 500))


OPERATORS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "delete a line": _on_lines(_delete),
    "double a line": _on_lines(_double),
    "swap two lines": _on_lines(_swap),
    "shift a line": _on_lines(_shift),
    "indent by tab": _on_lines(_tab),
    "misspell a word": _on_lines(_misspell),
    "replace a value": _on_lines(_revalue),
    "replace a key": _on_lines(_rekey),
    "unbalance": _on_lines(_unbalance),
    "truncate": _truncate,
    "corrupt": _corrupt,
    "random bytes": _random_bytes,
    "noise": _noise,
    "prune the tree": _on_tree(_prune),
    "retype in the tree": _on_tree(_retype),
    "transplant in the tree": _on_tree(_transplant),
    "wrap in the tree": _on_tree(_wrap),
}
