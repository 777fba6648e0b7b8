"""What `nexus-gen check` does, one file a check."""

from __future__ import annotations

from nexus_gen.verify.context import Check
from nexus_gen.verify.steps.build import check_build
from nexus_gen.verify.steps.checkov import check_checkov
from nexus_gen.verify.steps.isolation import check_isolation
from nexus_gen.verify.steps.mypy import check_mypy
from nexus_gen.verify.steps.openapi import check_openapi
from nexus_gen.verify.steps.ruff import check_ruff
from nexus_gen.verify.steps.terraform_format import check_terraform_format
from nexus_gen.verify.steps.terraform_validate import check_terraform_validate
from nexus_gen.verify.steps.typescript import check_typescript

CHECKS = (
    Check("build", "generated/ is what the spec gives", check_build),
    Check("terraform-format", "terraform fmt", check_terraform_format),
    Check("ruff", "ruff on the handlers", check_ruff),
    Check("openapi", "the OpenAPI document against its specification", check_openapi),
    Check("typescript", "tsc on the client", check_typescript),
    Check("isolation", "no tenant reaches another's data, proved", check_isolation, 300),
    Check("terraform-validate", "both roots with the real provider", check_terraform_validate, 600),
    Check("checkov", "checkov on the Terraform", check_checkov, 300),
    Check("mypy", "mypy --strict on the handlers", check_mypy, 300),
)
"""Every check. Quick ones first, so that the first answers come at once."""
