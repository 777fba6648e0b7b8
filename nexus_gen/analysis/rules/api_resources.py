"""NX305: the REST API would have more resources than its quota."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model import Model


def api_resources(subject: Subject) -> Iterator[Diagnostic]:
    """Counts every node of every path, and one for each endpoint of core."""
    integration = subject.nexus / "integration"
    quota = subject.model.integration.resource_quota
    count = resource_count(subject.model)
    if count > quota:
        stated = "resource_quota" in integration
        yield Diagnostic(
            "NX305",
            f"the REST API would have {count:,} resources, and its quota is {quota:,}",
            (integration / "resource_quota").span if stated else integration.key,
            note="too few" if stated else f"{quota:,} unless AWS has raised it",
            help="have AWS raise the quota and write the new one as `resource_quota`, "
            "or put verticals on an API of their own",
        )


def resource_count(model: Model) -> int:
    """Resources of the REST API, as far as the spec knows them."""
    return len(own_paths(model)) + len(model.integration.reserved_paths)


def own_paths(model: Model) -> set[str]:
    """Paths that are resources of the REST API because of the spec: every node of every path."""
    nodes: set[str] = set()
    for vertical in model.verticals:
        for entity in vertical.entities:
            for operation in entity.operations:
                path = operation.path
                while path and path not in nodes:
                    nodes.add(path)
                    path = path.rpartition("/")[0]
    return nodes
