"""NX305: the REST API would have more resources than its quota."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic

DEFAULT_QUOTA = 300
"""Resources of a REST API (API Gateway quotas, "Resources per API"); AWS raises it on request."""


def api_resources(subject: Subject) -> Iterator[Diagnostic]:
    """Counts every node of every path, and one for each endpoint of core."""
    integration = subject.nexus / "integration"
    quota = integration.mapping.get("resource_quota", DEFAULT_QUOTA)
    count = resource_count(subject)
    if isinstance(quota, int) and count > quota:
        stated = "resource_quota" in integration
        yield Diagnostic(
            "NX305",
            f"the REST API would have {count:,} resources, and its quota is {quota:,}",
            (integration / "resource_quota").span if stated else integration.key,
            note="too few" if stated else f"{quota:,} unless AWS has raised it",
            help="have AWS raise the quota and write the new one as `resource_quota`, "
            "or put verticals on an API of their own",
        )


def resource_count(subject: Subject) -> int:
    """Resources of the REST API, as far as the spec knows them."""
    nodes: set[str] = set()
    for _, entity in subject.lowered():
        for operation in entity.operations:
            path = operation.path
            while path and path not in nodes:
                nodes.add(path)
                path = path.rpartition("/")[0]
    return len(nodes) + len(subject.model.integration.reserved_paths)
