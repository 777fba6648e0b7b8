"""Text of the spec comes out of Terraform's own parser as it went into the spec."""

from __future__ import annotations

import json
import random
import unicodedata
from dataclasses import replace
from pathlib import Path

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.backends.terraform.verticals import DESCRIPTION_BYTES, shorten
from nexus_gen.model import CoreState, Model, Name, Vertical
from tests.outputs.terraform_cli import Terraform, write

COUNT = 300
PIECES = [
    *("${", "%{", "$$", "%%", "$", "%", "{environment}", "}", "~}", '"', "\\", "\\n", "'", "`"),
    *("\n", "\r\n", "\t", "\x00", "\x1b", "#", "//", "/*", "*/", "<<EOT", "EOT", " ", "a", "Z"),
    *(
        "é",
        "\u202e",
        "\u2028",
        "\U0001f600",
        "checkov:skip=CKV_AWS_119:x",
        "for",
        "null",
        "=",
        "{#",
    ),
]


ESCAPES = [
    "${environment}",
    "$${environment}",
    "%{environment}",
    "{environment}$",
    "a{environment}",
]


def hostile_texts() -> list[str]:
    """Escapes before a placeholder, and mixtures of what means something in HCL."""
    mixture = random.Random(20)
    return [
        *ESCAPES,
        *(
            "".join(mixture.choices(PIECES, k=mixture.randrange(1, 9)))
            for _ in range(COUNT - len(ESCAPES))
        ),
    ]


def with_verticals(model: Model, texts: list[str]) -> Model:
    """A model with one vertical a text, described by it."""
    (first,) = model.verticals
    verticals = tuple(
        Vertical(Name(f"v{number}"), first.file, first.span, text, first.entities)
        for number, text in enumerate(texts)
    )
    return replace(model, verticals=verticals)


def literal_of(model: Model, path: str, attribute: str) -> str:
    """What a rendered file writes for an attribute that stands in it once."""
    (artifact,) = (a for a in TerraformBackend().generate(model) if a.path == f"terraform/{path}")
    return literal_in(artifact.content, attribute)


def literal_in(content: bytes, attribute: str) -> str:
    """The right side of the one line that sets the attribute."""
    lines = content.decode("utf-8").split("\n")
    (line,) = (line.strip() for line in lines if line.strip().split(" ")[0] == attribute)
    return line.partition("=")[2].strip()


def evaluated(terraform: Terraform, folder: Path, literals: list[str]) -> list[str]:
    """The literals as Terraform reads them."""
    folder.mkdir()
    listed = ",\n".join(literals)
    (folder / "main.tf").write_text(f'output "texts" {{\n value = [\n{listed}\n]\n}}\n', "utf-8")
    applied = terraform.run(folder, "apply", "-auto-approve", "-input=false", "-no-color")
    assert applied.returncode == 0, applied.stderr
    texts: list[str] = json.loads(terraform.run(folder, "output", "-json", "texts").stdout)
    return texts


def as_terraform_reads(text: str) -> str:
    """HCL strings are NFC (Terraform language, "Strings and Templates")."""
    return unicodedata.normalize("NFC", text)


def test_descriptions_survive(project_model: Model, terraform: Terraform, tmp_path: Path) -> None:
    texts = hostile_texts()
    model = with_verticals(project_model, texts)
    folder = write(TerraformBackend().generate(model), tmp_path / "generated")
    formatted = terraform.run(folder, "fmt", "-check", "-recursive", "-no-color")
    assert (formatted.returncode, formatted.stdout) == (0, "")
    files = (folder / "modules" / f"v{number}" / "function.tf" for number in range(COUNT))
    read = evaluated(
        terraform, tmp_path / "read", [literal_in(f.read_bytes(), "description") for f in files]
    )
    assert read == [as_terraform_reads(shorten(text, DESCRIPTION_BYTES)) for text in texts]


def test_settings_of_the_state_survive(
    project_model: Model, terraform: Terraform, tmp_path: Path
) -> None:
    texts = hostile_texts()
    literals = []
    for text in texts:
        state = CoreState("local", (("path", text),))
        integration = replace(project_model.integration, core_state=state)
        model = replace(project_model, integration=integration, verticals=())
        literals.append(literal_of(model, "roots/separate/variables.tf", "path"))
    read = evaluated(terraform, tmp_path / "read", literals)
    assert read == [as_terraform_reads(text) for text in texts]


def test_name_of_the_api_survives(
    project_model: Model, terraform: Terraform, tmp_path: Path
) -> None:
    texts = [text for text in hostile_texts() if text != "{environment}"]
    literals = []
    for text in texts:
        integration = replace(project_model.integration, rest_api=text)
        model = replace(project_model, integration=integration, verticals=())
        literal = literal_of(model, "roots/separate/core.tf", "name")
        literals.append(literal.replace("var.nexus.environment", '"dev"'))
    read = evaluated(terraform, tmp_path / "read", literals)
    assert read == [as_terraform_reads(text.replace("{environment}", "dev")) for text in texts]
