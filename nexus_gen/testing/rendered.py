"""The roles of a vertical as Terraform renders them, by a mocked apply of `generated/`."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nexus_gen.analysis import analyse
from nexus_gen.emit.lock import claim_folder
from nexus_gen.frontend import load, validate
from nexus_gen.testing.roles import Role
from nexus_gen.verify.context import Context, Subject
from nexus_gen.verify.iam import Policy, UnmodelledError, rendered
from nexus_gen.verify.process import Processes
from nexus_gen.verify.steps.isolation import rendered_environments

SECONDS = 120
"""How long each run of Terraform may take."""


@dataclass(frozen=True, slots=True)
class VerticalRoles:
    """The roles of a vertical's function, and the ARNs that their policies name.

    Attributes:
        function: its execution role, without the AWS-managed policies that are attached to it.
        tenant: the role that it assumes for an organization.
        table_arn: the table that the tenant role reads.
        cursor_key_arn: KMS key that authenticates cursors; empty where no policy names one.
    """

    function: Role
    tenant: Role
    table_arn: str
    cursor_key_arn: str

    def at(
        self, *, table_arn: str = "", tenant_role_arn: str = "", cursor_key_arn: str = ""
    ) -> VerticalRoles:
        """The same roles for resources of a test: a mocked apply makes ARNs up.

        Give what the function's environment will name; what is left out stays.
        """
        given = {
            self.table_arn: table_arn,
            self.tenant.arn: tenant_role_arn,
            self.cursor_key_arn: cursor_key_arn,
        }
        actual = {old: new for old, new in given.items() if old and new}
        return VerticalRoles(
            self.function.with_resources(actual),
            self.tenant.with_resources(actual),
            actual.get(self.table_arn, self.table_arn),
            actual.get(self.cursor_key_arn, self.cursor_key_arn),
        )


def roles_of(project: Path | str, vertical: str) -> VerticalRoles:
    """The roles of a vertical in the first environment of a project's spec.

    Needs Terraform, and takes some seconds: keep the result for a whole test session.

    Args:
        project: the folder that holds `spec/` and `generated/`.
        vertical: its name in the spec.

    Raises:
        LookupError: `generated/` has no function of that vertical.
        UnmodelledError: a policy is not understood.
        nexus_gen.verify.process.ToolError: Terraform failed; the message says how.
    """
    environment = _first_environment(Path(project).resolve())
    for function in environment.functions:
        if function.address.startswith(f"module.{vertical}."):
            break
    else:
        raise LookupError(f"generated/ has no function of the vertical `{vertical}`")
    own, assumed = environment.role(function.role), environment.role(function.tenant_role)
    if own is None or assumed is None:
        raise LookupError(f"{function.address} names a role that is not of generated/")
    execution, tenant = _role(own), _role(assumed)
    return VerticalRoles(
        execution,
        tenant,
        table_arn=_resource_of("dynamodb:GetItem", tenant.policies),
        cursor_key_arn=_resource_of("kms:GenerateMac", execution.policies),
    )


def _first_environment(root: Path) -> rendered.Rendered:
    documents = load(root)
    validate(documents)
    model, _ = analyse(documents)
    mirror = os.environ.get("NEXUS_TERRAFORM_MIRROR")
    subject = Subject(root, model, tuple, lambda path, line: None, Path(mirror) if mirror else None)
    claim_folder(root, ".nexus/check")
    cache = root / ".nexus" / "check"
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="nexus-roles-") as scratch:
        context = Context(subject, Path(scratch), cache, Processes(), SECONDS)
        return next(rendered_environments(context))


def _role(role: rendered.Role) -> Role:
    policies = tuple(document.policy for document in role.policies)
    made = Role(role.arn, policies, role.trust.policy)
    for tag in role.tags:
        if any(key.lower() == f"aws:principaltag/{tag.lower()}" for key in made.condition_keys):
            raise UnmodelledError(
                f"the tag `{tag}` of a role, which its policies ask for", role.arn
            )
    return made


def _resource_of(action: str, policies: tuple[Policy, ...]) -> str:
    """What the first statement that names an action is about, empty where none does."""
    for policy in policies:
        for statement in policy.statements:
            if action in statement.actions and statement.resources:
                return statement.resources[0]
    return ""
