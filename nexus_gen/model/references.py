"""References to core's Terraform, as `integration.core_resources` writes them.

A reference is a traversal of the Terraform language and nothing more: no call, no operator, no
template. It begins with a resource, a data source, an output of a module, a local or a variable;
names and indexes follow. What stands there may be code of Terraform, so the grammar is strict: keys
of `for_each` are printable ASCII without quotes, backslashes, `$` and `%`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_TYPE = r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+"
_INDEX = r'\[(?:\*|0|[1-9][0-9]{0,5}|"[ !#&-\[\]-~]{1,100}")\]'
_STEPS = rf"(?:\.{_NAME}|{_INDEX})*"

REFERENCE = (
    rf"^(?:(?:data\.)?{_TYPE}\.{_NAME}{_STEPS}"
    rf"|module\.{_NAME}(?:{_INDEX})?\.{_NAME}{_STEPS}"
    rf"|(?:local|var)\.{_NAME}{_STEPS})$"
)
"""What a reference looks like: for both Python's `re` and ECMA-262."""

_PARTS = re.compile(
    rf"(?P<block>(?:data\.)?(?P<type>{_TYPE})\.{_NAME}|(?:module|local|var)\.{_NAME})"
    rf"(?P<index>{_INDEX})?(?P<steps>{_STEPS})"
)
_STEP = re.compile(rf"\.{_NAME}|{_INDEX}")
EACH = "[*]"
"""The index that means every instance."""

ATTRIBUTES = {"rest_api": "", "stage": "invoke_url", "user_pool_arn": "arn"}
"""What we need -> the attribute of the resource that gives it, where that is not `id`; the REST API
is needed whole."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in its parts.

    Attributes:
        block: where it begins: `aws_vpc.main`, `data.aws_vpc.main`, `module.net`, `local.net`.
        type: of the resource or data source; empty for all else.
        index: `[0]`, `["spa"]` or `[*]` right behind the block; empty for none.
        steps: what follows, one name or index each: `.id`.
    """

    text: str
    block: str
    type: str
    index: str
    steps: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        """Whether it is the address of a resource, and not a value."""
        return self.type != "" and not self.steps

    @property
    def is_aws(self) -> bool:
        """Whether it begins with a resource or data source of the AWS provider."""
        return self.type.startswith("aws_")

    @property
    def is_list(self) -> bool:
        """Whether it is a list for certain: a splat stands in it."""
        return EACH in (self.index, *self.steps)

    @property
    def instance(self) -> str:
        """The address of the instance that it begins with; of the block, where it means all."""
        return self.block if self.index == EACH else f"{self.block}{self.index}"


def parse(text: str) -> Reference:
    """A reference in its parts; of a text that is none, all is block."""
    match = _PARTS.fullmatch(text)
    if match is None:
        return Reference(text, text, "", "", ())
    steps = tuple(_STEP.findall(match["steps"]))
    return Reference(text, match["block"], match["type"] or "", match["index"] or "", steps)
