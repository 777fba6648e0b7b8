"""`spec/nexus.yaml` to the product of the model, defaults filled in."""

from __future__ import annotations

from typing import Any

from nexus_gen.analysis.place import Place
from nexus_gen.model import (
    CORE_OUTPUTS,
    CORE_RESOURCES,
    DEFAULT_RESOURCE_QUOTA,
    CoreState,
    Cors,
    Environment,
    Integration,
    IntegrationMode,
    LambdaSettings,
    Product,
    Storage,
    Tenancy,
    Throttle,
)
from nexus_gen.model.references import parse

DEFAULT_REST_API = "{project}-{environment}-{product}-api"
DEFAULT_STATE = CoreState(
    "local", (("path", "../../infrastructure/{environment}/terraform.tfstate"),)
)
DEFAULT_FUNCTIONS = LambdaSettings(memory_mb=256, timeout_seconds=15, reserved_concurrency=None)
DEFAULT_THROTTLE = Throttle(rate=100, burst=200)
DEFAULT_LOG_RETENTION = 365
"""Days; a year is what checkov's CKV_AWS_338 asks for."""


def lower_product(nexus: Place) -> Product:
    """Names that every resource carries."""
    return Product(
        name=(nexus / "product").text,
        project=(nexus / "project").text,
        region=(nexus / "region").text,
        span=(nexus / "product").span,
        cors=Cors(
            request_headers=(nexus / "cors" / "request_headers").strings,
            exposed_headers=(nexus / "cors" / "exposed_headers").strings,
        ),
        shared_log_group=(nexus / "logging" / "group").text == "shared",
    )


def lower_tenancy(nexus: Place) -> Tenancy:
    """Where the tenant and its roles come from."""
    tenancy = nexus / "tenancy"
    roles = ((role.name, role.text) for role in (tenancy / "roles").entries())
    return Tenancy(claim=(tenancy / "claim").text, roles=tuple(roles))


def lower_environments(nexus: Place) -> tuple[Environment, ...]:
    """The deployments of the product, in the order of the file."""
    return tuple(_environment(place) for place in (nexus / "environments").entries())


def _environment(place: Place) -> Environment:
    functions, throttle = place / "lambda", place / "throttle"
    return Environment(
        name=place.name,
        span=place.key,
        cors_origins=(place / "cors_origins").strings,
        deletion_protection=place.mapping.get("deletion_protection") is True,
        functions=LambdaSettings(
            memory_mb=_integer(functions, "memory_mb", DEFAULT_FUNCTIONS.memory_mb),
            timeout_seconds=_integer(
                functions, "timeout_seconds", DEFAULT_FUNCTIONS.timeout_seconds
            ),
            # A word, `none`, is no integer; 1 is the least that the schema takes.
            reserved_concurrency=_integer(functions, "reserved_concurrency", 0) or None,
        ),
        throttle=Throttle(
            rate=_integer(throttle, "rate", DEFAULT_THROTTLE.rate),
            burst=_integer(throttle, "burst", DEFAULT_THROTTLE.burst),
        ),
        alarm_topic_arn=(place / "alarms" / "topic_arn").text or None,
        log_retention_days=_integer(place, "log_retention_days", DEFAULT_LOG_RETENTION),
        web_acl_arn=(place / "web_acl_arn").text or None,
    )


def lower_integration(nexus: Place) -> Integration:
    """The estate that is extended."""
    place = nexus / "integration"
    mode = (place / "mode").text
    quota = (place / "resource_quota").value
    return Integration(
        mode=IntegrationMode.SEPARATE if mode == "separate" else IntegrationMode.EXTENDED,
        rest_api=(place / "rest_api").text or DEFAULT_REST_API,
        reserved_paths=(place / "reserved_paths").strings,
        authorizer=(place / "authorizer").text or "reuse",
        core_state=_core_state(place / "core_state"),
        core_outputs=_renamed(CORE_OUTPUTS, place / "core_outputs"),
        core_resources=_core_resources(place / "core_resources"),
        span=place.key,
        names_environment="environment" in place / "core_outputs",
        resource_quota=quota if isinstance(quota, int) else DEFAULT_RESOURCE_QUOTA,
    )


def _core_state(place: Place) -> CoreState:
    backend = (place / "backend").text
    if not backend:
        return DEFAULT_STATE
    settings = ((entry.name, entry.text) for entry in place.entries() if entry.name != "backend")
    return CoreState(backend, tuple(settings))


def _renamed(names: dict[str, str], place: Place) -> tuple[tuple[str, str], ...]:
    return tuple((key, (place / key).text or name) for key, name in names.items())


def _core_resources(place: Place) -> tuple[tuple[str, str], ...]:
    references = dict(_renamed(CORE_RESOURCES, place))
    pool = parse(references["user_pool"])
    if "user_pool_arn" not in place:
        known = pool.type == "aws_cognito_user_pool" and pool.steps in ((), (".id",))
        references["user_pool_arn"] = f"{pool.block}{pool.index}" if known else ""
    return tuple(references.items())


def lower_storage(nexus: Place) -> Storage:
    """Prefixes of the tenant bucket."""
    storage = nexus / "storage"
    return Storage((storage / "organization").strings, (storage / "public").strings)


def _integer(place: Place, key: str, default: int) -> int:
    value: Any = place.mapping.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else default
