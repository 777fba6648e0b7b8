"""The estate as the checks see it: core's state, and in it the parts that the backend joins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Span
from nexus_gen.model import CORE_RESOURCES, IntegrationMode, Model
from nexus_gen.model.references import Reference, parse
from nexus_gen.model.resource_names import rest_api_name
from nexus_gen.verify.estate.state import Resource, State

OURS = "module.nexus."
"""What addresses of the backend begin with in the root that calls it."""


@dataclass(frozen=True)
class Estate:
    """One environment of the spec beside what core has applied.

    Attributes:
        environment: name of the environment.
    """

    subject: Subject
    environment: str
    state: State

    @property
    def model(self) -> Model:
        """The spec, resolved."""
        return self.subject.model

    @property
    def integration(self) -> Place:
        """The declaration of how the backend joins core."""
        return self.subject.nexus / "integration"

    @property
    def is_extended(self) -> bool:
        """Whether the backend lives in core's root."""
        return self.model.integration.mode is IntegrationMode.EXTENDED

    @property
    def rest_api_name(self) -> str:
        """What the REST API of this environment is called."""
        return rest_api_name(self.model, self.environment)

    @cached_property
    def backend(self) -> tuple[Resource, ...]:
        """The backend's own resources, which are in core's state once the mode is `extended`."""
        return tuple(one for one in self.state.resources if one.address.startswith(OURS))

    @cached_property
    def core(self) -> tuple[Resource, ...]:
        """Everything else that the state holds."""
        return tuple(one for one in self.state.resources if not one.address.startswith(OURS))

    def managed(self, kind: str) -> tuple[Resource, ...]:
        """Core's resources of a type; no data sources."""
        return tuple(one for one in self.core if one.managed and one.type == kind)

    def at(self, address: str) -> tuple[Resource, ...]:
        """Core's resources at an address: one instance, or all of a block."""
        return tuple(one for one in self.core if address in (one.address, one.block))

    @cached_property
    def rest_apis(self) -> tuple[Resource, ...]:
        """Every REST API that core has or looks up."""
        return tuple(one for one in self.core if one.type == "aws_api_gateway_rest_api")

    @cached_property
    def rest_api(self) -> Resource | None:
        """The REST API that the routes go to."""
        named = (one for one in self.rest_apis if one.text("name") == self.rest_api_name)
        return next(named, None)

    @cached_property
    def referred_api(self) -> Resource | None:
        """The REST API that core's root gives the backend, in mode `extended`."""
        return self._joined("rest_api", "") if self.is_extended else None

    @cached_property
    def authorizer(self) -> Resource | None:
        """The authorizer that stands before the routes, where core's is used."""
        return self._joined("authorizer", "authorizer_id")

    @cached_property
    def user_pool(self) -> Resource | None:
        """The user pool."""
        return self._joined("user_pool", "user_pool_id")

    @cached_property
    def client(self) -> Resource | None:
        """The frontend's app client."""
        return self._joined("user_pool_client", "user_pool_client_id")

    @cached_property
    def clients(self) -> tuple[Resource, ...]:
        """Every app client of the user pool: the authorizer takes the tokens of all."""
        return self._of_pool("aws_cognito_user_pool_client")

    @cached_property
    def groups(self) -> tuple[Resource, ...]:
        """The user pool's groups."""
        return self._of_pool("aws_cognito_user_group")

    @cached_property
    def paths(self) -> tuple[Resource, ...]:
        """Core's own resources of the REST API."""
        return self._of_api("aws_api_gateway_resource")

    @cached_property
    def stages(self) -> tuple[Resource, ...]:
        """Core's stages of the REST API."""
        return self._of_api("aws_api_gateway_stage")

    @cached_property
    def gateway_responses(self) -> tuple[Resource, ...]:
        """What core says of the REST API's own refusals."""
        return self._of_api("aws_api_gateway_gateway_response")

    def said(self, *keys: str) -> Span:
        """Where the integration says something, or would say it."""
        place = self.integration
        for key in keys:
            if key not in place:
                return place.key
            place = place / key
        return place.span

    def _joined(self, resource: str, output: str) -> Resource | None:
        """What the backend is told of: by address or, in a root of its own, by an output."""
        integration = self.model.integration
        kind = CORE_RESOURCES[resource].partition(".")[0]
        if self.is_extended:
            return self._referred(parse(dict(integration.core_resources)[resource]), kind)
        return self._with_id(kind, self.state.outputs.get(dict(integration.core_outputs)[output]))

    def _referred(self, reference: Reference, kind: str) -> Resource | None:
        """The resource of a type that a reference leads to, where the state tells.

        What a module outputs does not stand in a state: where a module has one resource of the
        type, that is it. Locals and variables leave no trace at all.
        """
        if reference.type:
            found = self.at(reference.instance)
            if not found or reference.type == kind:
                return next(iter(found), None)
            return self._with_id(kind, found[0].values.get(reference.steps[-1].lstrip(".")))
        inside = [one for one in self.managed(kind) if is_inside(one, reference)]
        return inside[0] if len(inside) == 1 else None

    def _with_id(self, kind: str, identity: object) -> Resource | None:
        matching = (one for one in self.managed(kind) if one.values.get("id") == identity)
        return next(matching, None)

    def _of_pool(self, kind: str) -> tuple[Resource, ...]:
        pool = self.user_pool
        return tuple(
            one
            for one in self.managed(kind)
            if pool is None or one.values.get("user_pool_id") == pool.values.get("id")
        )

    def _of_api(self, kind: str) -> tuple[Resource, ...]:
        api = self.rest_api
        return tuple(
            one
            for one in self.managed(kind)
            if api is not None and one.values.get("rest_api_id") == api.values.get("id")
        )


def is_inside(resource: Resource, reference: Reference) -> bool:
    """Whether a resource is one of the module that a reference leads to."""
    if not reference.block.startswith("module."):
        return False
    beginnings = (f"{reference.block}[", f"{reference.block}.")
    return resource.address.startswith(
        beginnings if reference.is_list else f"{reference.instance}."
    )
