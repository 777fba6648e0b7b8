"""Text of the spec stays text in HCL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import hcl2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.backends.terraform.verticals import DESCRIPTION_BYTES, shorten
from nexus_gen.model import CoreState, Model
from tests.backends.terraform.small import small_model

HOSTILE = [
    "${var.secret}",
    "%{ if true }x%{ endif }",
    'quote " and \\ backslash',
    "line\nbreak",
    "# comment // and /* more */",
    "$${escaped}",
    "heredoc <<EOT",
    "checkov:skip=CKV_AWS_119: no",
    "\u202ereversed",
]


def rendered(model: Model, path: str) -> str:
    """One file of the output."""
    (artifact,) = (a for a in TerraformBackend().generate(model) if a.path == f"terraform/{path}")
    return artifact.content.decode("utf-8")


def without_description(text: str) -> Any:
    """The parsed function, its description taken out."""
    parsed = hcl2.loads(rendered(small_model(text), "modules/library/function.tf"))
    for block in parsed["resource"]:
        for kind, named in block.items():
            if "aws_lambda_function" in kind:
                for arguments in named.values():
                    del arguments["description"]
    return parsed


@pytest.mark.parametrize("text", HOSTILE)
def test_description_changes_nothing_around_it(text: str) -> None:
    assert without_description(text) == without_description("plain")


@pytest.mark.parametrize("text", HOSTILE)
def test_state_path_is_one_attribute(text: str) -> None:
    model = small_model()
    state = CoreState("local", (("path", text),))
    model = replace(model, integration=replace(model.integration, core_state=state))
    lines = rendered(model, "roots/separate/variables.tf").splitlines()
    (line,) = (line for line in lines if line.startswith("    path = "))
    assert line.count("${") == line.count("$${")
    assert line.count("%{") == line.count("%%{")


@given(st.text(max_size=600))
def test_description_fits_its_bound_at_a_character(text: str) -> None:
    short = shorten(text.replace("\ud800", ""), DESCRIPTION_BYTES)
    assert len(short.encode("utf-8", "surrogatepass")) <= DESCRIPTION_BYTES
    assert " ".join(text.split()).startswith(short)
