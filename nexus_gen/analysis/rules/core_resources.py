"""NX322: a reference that cannot be what we need of core."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model import CORE_RESOURCES
from nexus_gen.model.references import ATTRIBUTES, Reference, parse


def core_resource_types(subject: Subject) -> Iterator[Diagnostic]:
    """References to another type, to another attribute, to one where a list is needed or the
    reverse.

    An output of a module, a local or a variable may be anything, so it is taken at its word.
    """
    integration = subject.nexus / "integration"
    place = integration / "core_resources"
    for entry in place.entries():
        if entry.name in CORE_RESOURCES:
            for message, note, move in _problems(entry.name, parse(entry.text)):
                yield Diagnostic("NX322", message, entry.span, note=note, help=move)
    resources = dict(subject.model.integration.core_resources)
    if (integration / "authorizer").text == "create" and not resources["user_pool_arn"]:
        yield Diagnostic(
            "NX322",
            "an authorizer of ours needs the ARN of the user pool, and this is its id alone",
            (place / "user_pool").span,
            note="no way to the ARN",
            help="say `user_pool_arn` too: a reference whose value is the ARN",
        )


def _problems(need: str, given: Reference) -> Iterator[tuple[str, str, str]]:
    default = CORE_RESOURCES[need]
    wanted, attribute = default.partition(".")[0], ATTRIBUTES.get(need, "id")
    move = f"write an address like `{default}`"
    is_wanted = given.type in (wanted, wanted.replace("aws_", "aws_default_"))
    last = given.steps[-1].lstrip(".") if given.steps else ""
    if need != "subnets" and given.is_list:
        yield (
            f"`{need}` is one, and `{given.text}` is a list",
            "a list",
            "name one instance, with its index: `[0]`, or its key",
        )
    elif (given.is_bare or last in ("id", "arn")) and given.is_aws and not is_wanted:
        yield f"`{need}` is an `{wanted}`, not an `{given.type}`", "another type", move
    elif is_wanted and given.steps and not attribute:
        yield (
            f"`{need}` is the whole `{wanted}`, and this is its `{last}`",
            "a part of it",
            f"write `{given.block}{given.index}`",
        )
    elif is_wanted and given.steps not in ((), (f".{attribute}",)):
        yield (
            f"`{need}` is the `{attribute}` of an `{wanted}`, and this is another attribute",
            "another attribute",
            f"write `{given.block}{given.index}`, which stands for its `{attribute}`",
        )
    elif need == "subnets" and is_wanted and given.steps and not given.is_list:
        yield (
            f"`{need}` is a list, and `{given.text}` is one id",
            "not a list",
            f"write `{given.block}` for all of them, or `{given.block}{given.index}` for a list "
            "of this one",
        )
