"""NX622: what the extended root refers to, and core's state does not have."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic, Label, Severity
from nexus_gen.diagnostics.suggest import closest
from nexus_gen.model.references import EACH, Reference, parse
from nexus_gen.verify.estate.estate import Estate, is_inside


def references(estate: Estate) -> Iterator[Diagnostic]:
    """Resources, instances and modules that are not there.

    Locals, variables and what modules output leave no trace in a state.
    """
    if not estate.is_extended:
        return
    needs: dict[_Problem, list[str]] = {}
    for need, text in estate.model.integration.needed_resources.items():
        reference = parse(text)
        if reference.block.startswith("module."):
            found = _module(estate, need, reference)
        else:
            found = _resource(estate, need, reference) if reference.type else None
        if found is not None:
            needs.setdefault(found, []).append(need)
    for (problem, move, severity), (first, *others) in needs.items():
        yield Diagnostic(
            "NX622",
            problem,
            estate.said("core_resources", first),
            severity=severity,
            note=f"needed as `{first}`",
            labels=tuple(
                Label(estate.said("core_resources", other), f"and as `{other}`") for other in others
            ),
            help=move,
        )


_Problem = tuple[str, str, Severity]
"""What is wrong, the move, and how bad it is: all needs that share it are told at once."""

_Found = _Problem | None


def _resource(estate: Estate, need: str, given: Reference) -> _Found:
    addresses = [one.address for one in estate.core if one.block == given.block]
    if not addresses:
        return f"core has no `{given.block}`", _others(estate, need, given), Severity.ERROR
    several = addresses[0] != given.block
    listed = ", ".join(f"`{address}`" for address in addresses[:5])
    if given.index in ("", EACH):
        return _of_all(need, given, addresses, listed) if several else _of_one(need, given)
    if given.instance not in addresses:
        problem = f"core has no `{given.instance}`"
        return problem, f"core has {listed}: write one of them", Severity.ERROR
    return None


def _of_all(need: str, given: Reference, addresses: list[str], listed: str) -> _Found:
    """The block has `count` or `for_each`, and the reference has no index or a splat."""
    if given.index == "" and (need != "subnets" or given.steps):
        problem = f"`{given.block}` has `count` or `for_each`, and the reference has no index"
        return problem, f"core has {listed}: write one of them", Severity.ERROR
    if given.index == EACH and '["' in addresses[0].removeprefix(given.block):
        problem = f"`{given.block}` has `for_each`, whose instances `[*]` does not list"
        return problem, f"write `{given.block}`: that stands for all of them", Severity.ERROR
    return None


def _of_one(need: str, given: Reference) -> _Found:
    """The block has neither `count` nor `for_each`."""
    if need == "subnets" and given.is_bare and not given.index:
        problem = f"`{given.block}` is one subnet, and a list is needed"
        return problem, f"write `{given.block}[*].id`", Severity.ERROR
    return None


def _others(estate: Estate, need: str, given: Reference) -> str:
    blocks = sorted({one.block for one in estate.core if one.type == given.type})
    listed = ", ".join(f"`{block}`" for block in blocks if "module." not in block)
    if listed:
        return f"core has {listed}: write `core_resources: {{{need}: ...}}`"
    hidden = next(iter(blocks), "")
    if hidden:
        module = hidden.split(".")[1]
        return (
            f"core has `{hidden}`, which only an output of its module leads to: write "
            f"`core_resources: {{{need}: module.{module}.<output>}}`"
        )
    return f"write its address in core as `core_resources: {{{need}: ...}}`"


def _module(estate: Estate, need: str, given: Reference) -> _Found:
    if any(is_inside(one, given) for one in estate.core):
        return None
    of_module = [one.address for one in estate.core if one.address.startswith(f"{given.block}[")]
    if of_module or given.index:
        instances = sorted({f"{given.block}[{a.split('[')[1].split(']')[0]}]" for a in of_module})
        listed = ", ".join(f"`{one}`" for one in instances) or f"`{given.block}` without an index"
        problem = f"core has no `{given.instance}`"
        return problem, f"core's state has {listed}", Severity.ERROR
    modules = {one.address.split(".")[1] for one in estate.core if "module." in one.address[:7]}
    near = closest(given.block.removeprefix("module."), modules)
    hint = f"did you mean `module.{near}`?" if near else "see whether core has it"
    problem = f"core's state has nothing of `{given.block}`"
    return problem, f"{hint}; a module without resources leaves no trace", Severity.WARNING
