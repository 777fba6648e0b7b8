"""The product: what `spec/nexus.yaml` says, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nexus_gen.diagnostics import Span
from nexus_gen.model.entity import Entity
from nexus_gen.model.name import Name


@dataclass(frozen=True, slots=True)
class Tenancy:
    """Where the tenant and its roles come from.

    Attributes:
        claim: token claim that carries the organization id.
        roles: role name -> description, in the order of the spec; matched exactly against
            `cognito:groups`.
    """

    claim: str
    roles: tuple[tuple[str, str], ...]


NO_RESERVATION = "none"
"""How the spec says that no concurrency is set aside for a function."""


@dataclass(frozen=True, slots=True)
class LambdaSettings:
    """Settings of every function in an environment.

    Attributes:
        reserved_concurrency: None where functions share what the account has.
    """

    memory_mb: int
    timeout_seconds: int
    reserved_concurrency: int | None


@dataclass(frozen=True, slots=True)
class Throttle:
    """Requests a second that the stage lets through, and how many at once on top."""

    rate: int
    burst: int


@dataclass(frozen=True, slots=True)
class Environment:
    """One deployment of the product."""

    name: str
    span: Span
    cors_origins: tuple[str, ...]
    deletion_protection: bool
    functions: LambdaSettings
    throttle: Throttle
    alarm_topic_arn: str | None
    log_retention_days: int
    web_acl_arn: str | None = None


DEFAULT_RESOURCE_QUOTA = 300
"""Resources of a REST API (API Gateway quotas, "Resources per API"); AWS raises it on request."""


class IntegrationMode(StrEnum):
    """How the output joins the estate: Option A or Option B of the integration plan."""

    EXTENDED = "extended"
    SEPARATE = "separate"


@dataclass(frozen=True, slots=True)
class CoreState:
    """Where core's Terraform state lies: backend `local` or `s3`, and its settings.

    `{environment}` in a setting stands for the environment.
    """

    backend: str
    settings: tuple[tuple[str, str], ...]

    def of(self, environment: str) -> dict[str, str]:
        """The settings of one environment."""
        return {name: text.replace("{environment}", environment) for name, text in self.settings}


@dataclass(frozen=True, slots=True)
class Integration:
    """The estate that is extended.

    Attributes:
        rest_api: name of core's REST API with `{project}`, `{environment}` and `{product}` as
            placeholders.
        reserved_paths: first path parts that core's own endpoints occupy.
        authorizer: `reuse` core's Cognito authorizer, or `create` one of ours.
        core_outputs: Option B. What we need -> the name of core's output that gives it; complete,
            in the order of `CORE_OUTPUTS`, with its defaults for what the spec does not rename.
            (The REST API itself is found by its name, with a data source.)
        names_environment: whether the spec says which output names core's environment.
        core_resources: Option A. What we need -> the reference to it in core's root; complete, in
            the order of `CORE_RESOURCES`. The address of a resource stands for the resource, all
            else is the value itself. Empty for a `user_pool_arn` that nothing tells.
        resource_quota: resources that the REST API may have.
    """

    mode: IntegrationMode
    rest_api: str
    reserved_paths: tuple[str, ...]
    authorizer: str
    core_state: CoreState
    core_outputs: tuple[tuple[str, str], ...]
    core_resources: tuple[tuple[str, str], ...]
    span: Span
    names_environment: bool = False
    resource_quota: int = DEFAULT_RESOURCE_QUOTA

    @property
    def needed_outputs(self) -> dict[str, str]:
        """Those of `core_outputs` that the separate root cannot do without."""
        needless = {"authorizer_id" if self.authorizer == "create" else "user_pool_arn"}
        needless |= set() if self.names_environment else {"environment"}
        return {need: output for need, output in self.core_outputs if need not in needless}

    @property
    def needed_resources(self) -> dict[str, str]:
        """Those of `core_resources` that the extended root refers to, given how it authorizes."""
        needless = "authorizer" if self.authorizer == "create" else "user_pool_arn"
        return {need: address for need, address in self.core_resources if need != needless}


CORE_OUTPUTS = {
    "environment": "environment",
    "authorizer_id": "authorizer_id",
    "user_pool_id": "cognito_user_pool_id",
    "user_pool_arn": "cognito_user_pool_arn",
    "user_pool_client_id": "cognito_user_pool_client_id",
    "vpc_id": "vpc_id",
    "vpc_subnet_ids": "private_subnet_ids",
}
"""What Option B reads from core's state, and the output names assumed unless the spec renames.

`environment` names the environment that core was applied for. It is compared where core has it, and
must be there only if the spec names it.
"""

CORE_RESOURCES = {
    "rest_api": "aws_api_gateway_rest_api.ai_nexus_api",
    "stage": "aws_api_gateway_stage.main",
    "authorizer": "aws_api_gateway_authorizer.cognito",
    "user_pool": "aws_cognito_user_pool.main",
    "user_pool_arn": "aws_cognito_user_pool.main",
    "user_pool_client": "aws_cognito_user_pool_client.web",
    "vpc": "aws_vpc.main",
    "subnets": "aws_subnet.private",
}
"""What Option A refers to in core's root, and the addresses assumed unless the spec says others.

`user_pool_arn` follows `user_pool` where that is a resource.
"""


@dataclass(frozen=True, slots=True)
class Storage:
    """Prefixes of the tenant bucket: one folder set an organization, and public ones."""

    organization: tuple[str, ...]
    public: tuple[str, ...]


class Adoption(StrEnum):
    """What becomes of a table that is there already."""

    IMPORT = "import"
    """It is taken into our state, and is ours from then on."""
    REFERENCE = "reference"
    """It stays its owner's; we use it as it is."""


@dataclass(frozen=True, slots=True)
class AdoptedTable:
    """A table that is there already.

    Attributes:
        name: with `{project}`, `{environment}` and `{product}` as placeholders; None where it is
            called as our own table would be.
    """

    adoption: Adoption
    name: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Vertical:
    """One file of `spec/verticals`: one table, one function, one path prefix.

    Attributes:
        table: the table that it adopts; None where it makes its own.
    """

    name: Name
    file: str
    span: Span
    description: str
    entities: tuple[Entity, ...]
    table: AdoptedTable | None = None

    @property
    def index_slots(self) -> int:
        """How many overloaded indexes its table has."""
        return max((index.slot for e in self.entities for index in e.indexes), default=0)


@dataclass(frozen=True, slots=True)
class Cors:
    """Headers that pages of other origins may send and read, besides what the API needs."""

    request_headers: tuple[str, ...] = ()
    exposed_headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """Names that every resource carries, and what its pages may send and read.

    Attributes:
        shared_log_group: whether all functions of an environment log to one group.
    """

    name: str
    project: str
    region: str
    span: Span
    cors: Cors = Cors()
    shared_log_group: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """The whole spec, resolved: verticals sorted by name, environments in the spec's order."""

    product: Product
    tenancy: Tenancy
    environments: tuple[Environment, ...]
    integration: Integration
    storage: Storage
    verticals: tuple[Vertical, ...]
