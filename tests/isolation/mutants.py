"""All mutants of policies, roles and keys."""

from __future__ import annotations

from tests.isolation.key_mutants import KEY_CODE
from tests.isolation.policy_mutants import POLICIES
from tests.isolation.role_mutants import ROLES

MUTANTS = (*POLICIES, *ROLES, *KEY_CODE)
