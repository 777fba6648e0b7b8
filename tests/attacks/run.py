"""Carries attacks out and judges the answers; counts what was tried on which route."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nexus_gen.model import Model

from .estate import Estate
from .matrix import KINDS, OF_THE_CALLER, Attack, Attacks, Route, routes_of
from .traffic import Target


@dataclass
class Result:
    """What came of the attacks.

    Attributes:
        tried: (route, kind) -> how many attacks.
        failures: what went wrong, one line each; empty where isolation held.
    """

    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def uncovered(self, model: Model) -> list[str]:
        """Kinds of attack that a route has a place for and that were not tried on it."""
        return [
            f"{route.label}: {kind}"
            for route in routes_of(model)
            for kind in route.kinds
            if not self.tried[route.label, kind]
        ]

    def table(self, model: Model) -> str:
        """Attacks by route and kind; a dash where the route has no place for the kind."""
        routes = routes_of(model)
        rows = [("route", *KINDS)]
        for route in routes:
            tried = [str(self.tried[route.label, kind] or "-") for kind in KINDS]
            rows.append((route.label, *tried))
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = [
            "  ".join(
                cell.rjust(width) if column else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            for row in rows
        ]
        attacked = {label for label, _ in self.tried}
        total = sum(self.tried.values())
        lines.append(f"{total} attacks on {len(attacked)} of {len(routes)} routes")
        return "\n".join(lines)


def attack_everything(
    target: Target, model: Model, pairs: Iterable[tuple[Estate, Estate]]
) -> Result:
    """Run the attacks of each pair (attacker, victim).

    Attacks that do not depend on what the two are called are run with the first pair only.
    """
    result = Result()
    skipped: frozenset[str] = frozenset()
    for own, theirs in pairs:
        if theirs.canary not in "".join(_stored(target, own.tenant)):
            raise AssertionError(f"what {theirs.tenant} has is not in what is compared")
        attacks = Attacks(target, model, own, theirs)
        for route in routes_of(model):
            chosen = [attack for attack in attacks.on(route) if attack.kind not in skipped]
            _attack(target, route, chosen, own, theirs, result)
        skipped = OF_THE_CALLER
    return result


def _attack(
    target: Target,
    route: Route,
    attacks: Sequence[Attack],
    own: Estate,
    theirs: Estate,
    result: Result,
) -> None:
    """Those that must change nothing first, with everything that is stored compared."""
    without_effect = [attack for attack in attacks if not attack.own_effect]
    with_effect = [attack for attack in attacks if attack.own_effect]
    for group, tenant in ((without_effect, None), (with_effect, own.tenant)):
        before = _stored(target, tenant)
        for attack in group:
            result.tried[route.label, attack.kind] += 1
            where = f"{own.tenant} on {theirs.tenant}, {route.label}, {attack.kind}: {attack.name}"
            result.failures += [
                f"{where}: {fault}" for fault in _faults(target, attack, own, theirs)
            ]
        if group and _stored(target, tenant) != before:
            names = ", ".join(attack.name for attack in group)
            result.failures.append(f"{route.label}: one of these changed something: {names}")


def _faults(target: Target, attack: Attack, own: Estate, theirs: Estate) -> Iterable[str]:
    answer = target.send(own.tenant, attack.request)
    if answer.status not in attack.statuses:
        yield f"answered {answer.status} {answer.text[:300]}"
    shown = f"{json.dumps(dict(answer.headers))}\n{answer.text}"
    leaked = sorted(secret for secret in theirs.secrets if secret in shown)
    if leaked:
        yield f"shows {leaked}"
    if attack.like is not None:
        like = target.send(own.tenant, attack.like)
        if like.comparable != answer.comparable:
            yield f"differs from what is absent: {answer.comparable} {like.comparable}"


def _stored(target: Target, but_for: str | None) -> list[str]:
    """Everything that is stored, or everything but one organization's."""

    def belongs(item: Mapping[str, Any]) -> bool:
        return but_for is not None and item["pk"]["S"].startswith(f"{but_for}#")

    return sorted(json.dumps(item, sort_keys=True) for item in target.dump() if not belongs(item))
