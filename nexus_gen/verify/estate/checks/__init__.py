"""What may stand in the way of an apply, one subject a file.

A check looks at the whole estate and yields what it finds. Where a part of the estate is missing,
the check of that part speaks, and the others leave it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.verify.estate.checks.authorizer import authorizer
from nexus_gen.verify.estate.checks.endpoint import binary_bodies, shared_api, unreachable_api
from nexus_gen.verify.estate.checks.environment import environment
from nexus_gen.verify.estate.checks.gateway_responses import gateway_responses
from nexus_gen.verify.estate.checks.names import other_mode, taken_names
from nexus_gen.verify.estate.checks.outputs import outputs
from nexus_gen.verify.estate.checks.paths import quota, taken_paths, unreserved_paths
from nexus_gen.verify.estate.checks.references import references
from nexus_gen.verify.estate.checks.region import region
from nexus_gen.verify.estate.checks.rest_api import overwritten_api, rest_api
from nexus_gen.verify.estate.checks.tables import adopted_tables
from nexus_gen.verify.estate.checks.tenants import roles, tenant_claim, writable_claim
from nexus_gen.verify.estate.estate import Estate

Check = Callable[[Estate], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    rest_api,
    overwritten_api,
    other_mode,
    taken_paths,
    taken_names,
    quota,
    unreserved_paths,
    gateway_responses,
    unreachable_api,
    binary_bodies,
    outputs,
    references,
    authorizer,
    writable_claim,
    tenant_claim,
    roles,
    environment,
    region,
    shared_api,
    adopted_tables,
)
"""Every check, in the order of its codes."""
