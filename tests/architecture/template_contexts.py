"""Where in the target language a template's prints land: in code, a string, a comment."""

from __future__ import annotations

import re
from dataclasses import dataclass

State = tuple[str, ...]
"""What is open, outermost first: `("string", "code")` is an interpolation inside a string."""

CODE: State = ("code",)


@dataclass(frozen=True)
class Language:
    """How one context gives way to another.

    Attributes:
        opens: context -> pairs of a pattern and the context that begins there, None for text to
            skip; the first match wins.
        closes: context -> pattern that ends it.
        filters: context -> filters that may print there.
    """

    opens: dict[str, tuple[tuple[str, str | None], ...]]
    closes: dict[str, str]
    filters: dict[str, frozenset[str]]

    def walk(self, state: State, text: str) -> State:
        """The state after the text."""
        at = 0
        while at < len(text):
            length, state = self._step(state, text, at)
            at += length
        return state

    def _step(self, state: State, text: str, at: int) -> tuple[int, State]:
        here = state[-1]
        closing = re.compile(self.closes[here]).match(text, at) if here in self.closes else None
        if closing and len(state) > 1:
            return len(closing[0]) or 1, state[:-1]
        for pattern, opened in self.opens.get(here, ()):
            match = re.compile(pattern, re.MULTILINE).match(text, at)
            if match:
                return len(match[0]), state if opened is None else (*state, opened)
        return 1, state


_ESCAPE = (r"\\.", None)
_NOTHING = frozenset[str]()
_COMMENT = frozenset({"comment"})

HCL = Language(
    opens={
        "code": (
            (r'"', "string"),
            (r"#|//", "comment"),
            (r"/\*", "block comment"),
            (r"<<-?\w+\n", "heredoc"),
            (r"\{", "braces"),
        ),
        "braces": (
            (r'"', "string"),
            (r"#|//", "comment"),
            (r"/\*", "block comment"),
            (r"<<-?\w+\n", "heredoc"),
            (r"\{", "braces"),
        ),
        "string": (_ESCAPE, (r"\$\$\{|%%\{", None), (r"[$%]\{", "braces")),
    },
    closes={
        "string": '"',
        "comment": r"\n",
        "block comment": r"\*/",
        "heredoc": r"[A-Z]+\n",
        "braces": r"\}",
    },
    filters={
        "code": frozenset({"hcl"}),
        "braces": frozenset({"hcl"}),
        "string": _NOTHING,
        "comment": _COMMENT,
        "block comment": _NOTHING,
        "heredoc": _NOTHING,
    },
)

PYTHON = Language(
    opens={
        "code": (
            (r'"""', "docstring"),
            (r"'''", "long string"),
            (r'"', "string"),
            (r"'", "quoted"),
            (r"#", "comment"),
        ),
        "docstring": (_ESCAPE,),
        "long string": (_ESCAPE,),
        "string": (_ESCAPE,),
        "quoted": (_ESCAPE,),
    },
    closes={
        "docstring": '"""',
        "long string": "'''",
        "string": '"',
        "quoted": "'",
        "comment": r"\n",
    },
    filters={
        "code": frozenset({"python"}),
        "docstring": frozenset({"docstring"}),
        "long string": _NOTHING,
        "string": _NOTHING,
        "quoted": _NOTHING,
        "comment": _COMMENT,
    },
)

YAML = Language(
    opens={
        "code": ((r'"', "string"), (r"(?<=\s)'", "quoted"), (r"(?:(?<=\s)|^)#", "comment")),
        "string": (_ESCAPE,),
        "quoted": ((r"''", None),),
    },
    closes={"string": '"', "quoted": "'", "comment": r"\n"},
    filters={
        "code": frozenset({"yaml"}),
        "string": _NOTHING,
        "quoted": _NOTHING,
        "comment": _COMMENT,
    },
)

TYPESCRIPT = Language(
    opens={
        "code": (
            (r'"', "string"),
            (r"'", "quoted"),
            (r"`", "template"),
            (r"//", "comment"),
            (r"/\*", "block comment"),
        ),
        "string": (_ESCAPE,),
        "quoted": (_ESCAPE,),
        "template": (_ESCAPE,),
    },
    closes={
        "string": '"',
        "quoted": "'",
        "template": "`",
        "comment": r"\n",
        "block comment": r"\*/",
    },
    filters={
        "code": frozenset({"typescript"}),
        "string": _NOTHING,
        "quoted": _NOTHING,
        "template": _NOTHING,
        "comment": _COMMENT,
        "block comment": _COMMENT,
    },
)

MARKDOWN = Language(
    opens={"code": ((r"```", "fence"), (r"`", "span"))},
    closes={"fence": r"```", "span": r"`"},
    filters={"code": frozenset({"markdown"}), "fence": _NOTHING, "span": _NOTHING},
)

LANGUAGES = {
    ".tf": HCL,
    ".tfvars": HCL,
    ".hcl": HCL,
    ".py": PYTHON,
    ".yaml": YAML,
    ".ts": TYPESCRIPT,
    ".tsx": TYPESCRIPT,
    ".md": MARKDOWN,
}
"""Suffix of the output -> its language."""

BARE_CODE = frozenset({"code", "braces"})
"""Contexts in which `Code` may be printed; an `Identifier` or a number may be anywhere."""
