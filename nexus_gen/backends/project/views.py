"""What the map of the output shows."""

from __future__ import annotations

from urllib.parse import quote

from nexus_gen.diagnostics import Span
from nexus_gen.model import Entity, Environment, IntegrationMode, Model, Vertical
from nexus_gen.render import Code, Identifier, markdown


class ReadmeView:
    """The product, its verticals, and the root that its integration mode means."""

    def __init__(self, model: Model) -> None:
        self.product = Identifier(model.product.name)
        self.source = _link("spec/nexus.yaml", model.product.span)
        self.is_extended = model.integration.mode is IntegrationMode.EXTENDED
        self.mode_source = _link("integration.mode", model.integration.span)
        self.backend_settings = _backend_settings(model)
        self.verticals = tuple(VerticalRow(vertical) for vertical in model.verticals)
        self.environments = tuple(EnvironmentRow(entry) for entry in model.environments)


class BackendSetting:
    """One setting of the backend of our state."""

    def __init__(self, name: str, value: str) -> None:
        self.name = Identifier(name)
        self.value = Identifier(value)


def _backend_settings(model: Model) -> tuple[BackendSetting, ...]:
    """What `terraform init` needs of a state of ours for each environment, beside core's.

    Of core's state, bucket and Region are used; the key is another one, whatever core's is.
    """
    state = model.integration.core_state
    core = state.of("ENVIRONMENT")
    ours = f"{model.product.name}/ENVIRONMENT/nexus.tfstate"
    if state.backend == "local":
        return (BackendSetting("path", ours),)
    key = f"nexus/{ours}" if core["key"] == ours else ours
    settings = {"bucket": core["bucket"], "key": key, "region": core["region"], "encrypt": "true"}
    return tuple(BackendSetting(name, value) for name, value in settings.items())


class VerticalRow:
    """One vertical and where its parts are."""

    def __init__(self, vertical: Vertical) -> None:
        self.title = markdown(vertical.name.text.capitalize())
        self.description = vertical.description
        self.source = _link(vertical.file, vertical.span)
        self.module = Identifier(vertical.name.snake)
        self.package = Identifier(f"{vertical.name.kebab}-api")
        self.python = Identifier(f"{vertical.name.kebab}-api/{vertical.name.snake}_api")
        self.entities = tuple(EntityRow(self.python, entity) for entity in vertical.entities)


class EntityRow:
    """One entity: its lines in the spec, its collection, its module."""

    def __init__(self, package: str, entity: Entity) -> None:
        self.name = Identifier(entity.name.pascal)
        self.source = _link(f"line {entity.span.line}", entity.span)
        self.path = Identifier(entity.key.collection_path)
        self.file = Identifier(f"{entity.name.snake}.py")
        self.module = Identifier(f"lambda/{package}/{entity.name.snake}.py")


class EnvironmentRow:
    """One environment and its variables."""

    def __init__(self, environment: Environment) -> None:
        self.name = Identifier(environment.name)
        self.source = _link(f"line {environment.span.line}", environment.span)


def _link(text: str, span: Span) -> Code:
    """A Markdown link from the output to a line of the spec."""
    return Code(f"[{markdown(text)}](../{quote(span.file)}#L{span.line})")
