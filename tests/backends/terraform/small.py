"""A model by hand: one vertical, a parent and its child, one index."""

from __future__ import annotations

from nexus_gen.diagnostics import Span
from nexus_gen.model import (
    CORE_OUTPUTS,
    CORE_RESOURCES,
    FIELD_TYPES,
    AccessRule,
    Constraints,
    CoreState,
    Entity,
    EntityKey,
    Environment,
    Field,
    Index,
    Integration,
    IntegrationMode,
    LambdaSettings,
    Model,
    Name,
    Operation,
    OperationKind,
    Product,
    Storage,
    Tenancy,
    Throttle,
    Vertical,
)

LIBRARY = Name("library")
READERS = AccessRule(roles=("reader",))
METHODS = {
    OperationKind.LIST: "GET",
    OperationKind.CREATE: "POST",
    OperationKind.GET: "GET",
}


def at(line: int) -> Span:
    """A place in the vertical's file."""
    return Span("spec/verticals/library.yaml", line, 1, 2)


def entity(name: str, line: int, *parents: Name, indexes: tuple[Index, ...] = ()) -> Entity:
    """An entity that is listed, created and read."""
    key = EntityKey(LIBRARY, Name(name), parents)
    return Entity(
        key=key,
        span=at(line),
        description="",
        fields=(),
        parent=EntityKey(LIBRARY, parents[-1]) if parents else None,
        indexes=indexes,
        unique=(),
        access={},
        operations=tuple(
            Operation(
                kind=kind,
                name=Name(f"{kind}_{key.name.snake}"),
                method=method,
                path=key.item_path if kind is OperationKind.GET else key.collection_path,
                access=READERS,
            )
            for kind, method in METHODS.items()
        ),
        dependents=(),
        soft_delete=None,
        require_if_match=False,
    )


def small_model(description: str = "Books to lend.") -> Model:
    """A library with books and their pages, in one environment."""
    title = Field(Name("title"), FIELD_TYPES["string"], at(6), constraints=Constraints())
    by_title = Index(Name("by_title"), slot=1, span=at(8), match=(title,), sort=None)
    entities = (
        entity("Book", 4, indexes=(by_title,)),
        entity("Page", 10, Name("Book")),
    )
    nexus = Span("spec/nexus.yaml", 1, 1, 2)
    return Model(
        product=Product("shelf", "acme", "eu-central-1", nexus),
        tenancy=Tenancy("custom:tenant", (("reader", "Reads"),)),
        environments=(
            Environment(
                name="dev",
                span=nexus,
                cors_origins=("https://dev.example",),
                deletion_protection=False,
                functions=LambdaSettings(256, 15, 20),
                throttle=Throttle(100, 200),
                alarm_topic_arn=None,
                log_retention_days=365,
            ),
        ),
        integration=Integration(
            mode=IntegrationMode.EXTENDED,
            rest_api="{project}-{environment}-{product}-api",
            reserved_paths=(),
            authorizer="reuse",
            core_state=CoreState("local", (("path", "../core/terraform.tfstate"),)),
            core_outputs=tuple(CORE_OUTPUTS.items()),
            core_resources=tuple(CORE_RESOURCES.items()),
            span=nexus,
        ),
        storage=Storage((), ()),
        verticals=(Vertical(LIBRARY, at(1).file, at(1), description, entities),),
    )
