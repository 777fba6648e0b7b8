"""What the templates of the backend module, of the roots and of the environments see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nexus_gen.backends.terraform.layout import attributes, template
from nexus_gen.backends.terraform.references import expression
from nexus_gen.backends.terraform.verticals import VerticalView, adopted_name, adoption
from nexus_gen.model import Adoption, Environment, Model
from nexus_gen.model.resource_names import prefix, rest_api_name
from nexus_gen.render import Code, Identifier, hcl


class BackendView(NamedTuple):
    """The module that a root calls."""

    prefix: Code
    rest_api_name: Code
    environments: tuple[str, ...]
    environment_error: str
    claim: str
    claim_error: str
    reuses_authorizer: bool
    creates_authorizer: bool
    authorizer_id: Code
    request_headers: tuple[str, ...]
    shares_log_group: bool
    verticals: tuple[VerticalView, ...]
    function_names: tuple[Code, ...]
    table_names: tuple[Code, ...]


class DepthView(NamedTuple):
    """One level of the tree of paths, and the level that it hangs from."""

    number: int
    above: int


class RoutesView(NamedTuple):
    """The module of routes: `depths` are the levels below the first."""

    depths: tuple[DepthView, ...]


class ResourcesView(NamedTuple):
    """Expressions of what core's root has (Option A); `rest_api` is the whole resource."""

    rest_api: Code
    stage: Code
    authorizer: Code
    user_pool: Code
    user_pool_arn: Code
    user_pool_client: Code
    vpc: Code
    subnets: Code


class OutputsView(NamedTuple):
    """Names of core's outputs (Option B)."""

    environment: Identifier
    authorizer_id: Code
    user_pool_id: Code
    user_pool_arn: Code
    user_pool_client_id: Code
    vpc_id: Code
    vpc_subnet_ids: Code


class ImportView(NamedTuple):
    """A table that becomes ours: the vertical that it is of, and the expression of its name."""

    vertical: Identifier
    name: Code


@dataclass(frozen=True, slots=True)
class ImportsView:
    """What a root takes into its state. Only roots may do that, so both roots say it."""

    imports: tuple[ImportView, ...]

    @property
    def has_imports(self) -> bool:
        """Whether there is anything to take."""
        return bool(self.imports)


@dataclass(frozen=True, slots=True)
class ExtendedView(ImportsView):
    """Option A: the file that is placed in core's root."""

    core: ResourcesView
    reuses_authorizer: bool
    creates_authorizer: bool


@dataclass(frozen=True, slots=True)
class SeparateView(ImportsView):
    """Option B: a root of its own over core's outputs.

    Attributes:
        core_outputs: what core's state must offer.
        core_state: attributes of the settings that find core's state.
    """

    core: OutputsView
    reuses_authorizer: bool
    creates_authorizer: bool
    project: str
    product: str
    region: str
    rest_api_name: Code
    backend: Identifier
    core_outputs: tuple[str, ...]
    core_state: tuple[Code, ...]


class EnvironmentView(NamedTuple):
    """Settings of one environment; times in seconds and days, memory in MB, rates a second."""

    name: str
    cors_origins: tuple[str, ...]
    deletion_protection: bool
    log_retention_days: int
    alarm_topic_arn: str | None
    memory_mb: int
    timeout_seconds: int
    reserved_concurrency: int | None
    rate: int
    burst: int
    web_acl_arn: str | None


def backend_view(model: Model, verticals: Sequence[VerticalView]) -> BackendView:
    """The view of the backend module."""
    names = tuple(environment.name for environment in model.environments)
    claim = model.tenancy.claim
    creates = model.integration.authorizer == "create"
    return BackendView(
        prefix=template(prefix(model, "{environment}"), {"environment": "var.environment"}),
        rest_api_name=_rest_api_name(model, "var.environment"),
        environments=names,
        environment_error=f"The spec has the environments {', '.join(names)}.",
        claim=claim,
        claim_error=f"Users could change their organization: remove {claim} from the "
        "write_attributes of the app client.",
        reuses_authorizer=not creates,
        creates_authorizer=creates,
        authorizer_id=Code(
            "aws_api_gateway_authorizer.nexus.id" if creates else "var.authorizer_id"
        ),
        request_headers=model.product.cors.request_headers,
        shares_log_group=model.product.shared_log_group,
        verticals=tuple(verticals),
        function_names=_outputs_of(verticals, "function_name"),
        table_names=_outputs_of(verticals, "table_name"),
    )


def routes_view(model: Model) -> RoutesView:
    """The view of the routes module: as many levels as the longest path has parts."""
    deepest = max(
        (
            operation.path.count("/")
            for vertical in model.verticals
            for entity in vertical.entities
            for operation in entity.operations
        ),
        default=1,
    )
    return RoutesView(
        depths=tuple(DepthView(number=depth, above=depth - 1) for depth in range(2, deepest + 1))
    )


def extended_view(model: Model) -> ExtendedView:
    """The view of the root of Option A."""
    integration = model.integration
    creates = integration.authorizer == "create"
    expressions = {need: expression(need, text) for need, text in integration.core_resources}
    return ExtendedView(
        imports=_imports(model),
        core=ResourcesView(**expressions),
        reuses_authorizer=not creates,
        creates_authorizer=creates,
    )


def separate_view(model: Model) -> SeparateView:
    """The view of the root of Option B."""
    integration = model.integration
    creates = integration.authorizer == "create"
    outputs = {need: Code(output) for need, output in integration.core_outputs}
    environment = Identifier(outputs.pop("environment"))
    return SeparateView(
        imports=_imports(model),
        core=OutputsView(environment=environment, **outputs),
        reuses_authorizer=not creates,
        creates_authorizer=creates,
        project=model.product.project,
        product=model.product.name,
        region=model.product.region,
        rest_api_name=_rest_api_name(model, "var.nexus.environment"),
        backend=Identifier(integration.core_state.backend),
        core_outputs=tuple(integration.needed_outputs.values()),
        core_state=attributes(
            (Code(name), hcl(setting)) for name, setting in integration.core_state.settings
        ),
    )


def _imports(model: Model) -> tuple[ImportView, ...]:
    return tuple(
        ImportView(
            Identifier(vertical.name.snake),
            adopted_name(model, vertical, "var.nexus.environment"),
        )
        for vertical in model.verticals
        if adoption(vertical) is Adoption.IMPORT
    )


def environment_view(environment: Environment) -> EnvironmentView:
    """The view of one environment's settings."""
    return EnvironmentView(
        name=environment.name,
        cors_origins=environment.cors_origins,
        deletion_protection=environment.deletion_protection,
        log_retention_days=environment.log_retention_days,
        alarm_topic_arn=environment.alarm_topic_arn,
        memory_mb=environment.functions.memory_mb,
        timeout_seconds=environment.functions.timeout_seconds,
        reserved_concurrency=environment.functions.reserved_concurrency,
        rate=environment.throttle.rate,
        burst=environment.throttle.burst,
        web_acl_arn=environment.web_acl_arn,
    )


def _rest_api_name(model: Model, environment: str) -> Code:
    return template(rest_api_name(model, "{environment}"), {"environment": environment})


def _outputs_of(verticals: Sequence[VerticalView], output: str) -> tuple[Code, ...]:
    return attributes(
        (Code(vertical.label), Code(f"module.{vertical.label}.{output}")) for vertical in verticals
    )
