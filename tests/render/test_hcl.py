"""Text through Terraform, and through a parser of HCL in Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import hcl2
import pytest

from nexus_gen.render import Code, LiteralError, hcl
from tests.conftest import absent_tool
from tests.render.hostile import hostile_texts, surrogate_texts

TEXTS = hostile_texts()
pytestmark = pytest.mark.sampled


@pytest.fixture(scope="module")
def terraform() -> str:
    found = shutil.which("terraform")
    if found is None:
        absent_tool("terraform", "https://developer.hashicorp.com/terraform/install")
    return str(found)


def run(terraform: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull}
    return subprocess.run(
        [terraform, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def outputs(terraform: str, folder: Path, source: str) -> dict[str, Any]:
    """The values of a root module's outputs, as Terraform evaluates them."""
    (folder / "main.tf").write_text(source, encoding="utf-8")
    apply = run(terraform, folder, "apply", "-auto-approve", "-input=false", "-no-color")
    assert apply.returncode == 0, apply.stderr[-2_000:]
    shown = run(terraform, folder, "output", "-json")
    return {name: output["value"] for name, output in json.loads(shown.stdout).items()}


def nfc(value: Any) -> Any:
    """As Terraform holds it: all its strings are in Unicode's form NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {nfc(key): nfc(entry) for key, entry in value.items()}
    return [nfc(entry) for entry in value] if isinstance(value, list) else value


def test_terraform_gives_the_text_back(terraform: str, tmp_path: Path) -> None:
    entries = "".join(f"    {hcl(text)},\n" for text in TEXTS)
    found = outputs(terraform, tmp_path, f'output "texts" {{\n  value = [\n{entries}  ]\n}}\n')
    wrong = [
        (text, hcl(text), back)
        for text, back in zip(TEXTS, found["texts"], strict=True)
        if back != nfc(text)
    ]
    assert not wrong


def test_terraform_gives_data_back(terraform: str, tmp_path: Path) -> None:
    data = {
        "numbers": [0, 1, -1, 2**53, 0.5, -0.25, 1e21],
        "flags": [True, False, None],
        "empty": [[], {}],
        "nested": {"for": 1, "a-b": {"null": "x", "2": "y", "": "z", "${x}": ["%{y}"]}},
    }
    found = outputs(terraform, tmp_path, f'output "data" {{\n  value = {hcl(data)}\n}}\n')
    assert found["data"] == data


def test_terraform_fmt_would_not_write_it_otherwise(terraform: str, tmp_path: Path) -> None:
    lines = [f"x{n} = {hcl(text)}\n\n" for n, text in enumerate(TEXTS)]
    lines.append(f"data = {hcl({'a': [1, {'b': True}], 'for': {}, 'c': []})}\n")
    (tmp_path / "values.tfvars").write_text("".join(lines), encoding="utf-8")
    shown = run(terraform, tmp_path, "fmt", "-check", "-diff", "values.tfvars")
    assert (shown.returncode, shown.stdout) == (0, "")


def test_python_parser_sees_one_string(tmp_path: Path) -> None:
    plain = [text for text in TEXTS if "\\" not in hcl(text) and "{" not in text]
    assert len(plain) > 300
    for text in plain:
        assert hcl2.loads(f"x = {hcl(text)}\n")["x"].strip('"') == text.strip('"')


def test_literal_is_one_line_of_visible_characters() -> None:
    for text in TEXTS:
        assert len(hcl(text).splitlines()) == 1
        assert "\u202e" not in hcl(text)


def test_text_that_utf8_cannot_carry_is_refused() -> None:
    for text in surrogate_texts():
        with pytest.raises(LiteralError):
            hcl(text)


def test_code_stands_for_itself() -> None:
    assert hcl([Code("aws_lambda_function.api.arn"), "${x}"]) == (
        '[aws_lambda_function.api.arn, "$${x}"]'
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: 2}, {"x"}, object(), b"x"])
def test_what_has_no_literal_is_refused(value: object) -> None:
    with pytest.raises(LiteralError):
        hcl(value)
