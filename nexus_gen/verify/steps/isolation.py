"""The isolation proof on the output: mocked apply, policies and keys, cvc5."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from nexus_gen.backends.isolation.page import PAGE, claims_in
from nexus_gen.verify import mocked_apply
from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.iam import rendered
from nexus_gen.verify.iam.policy import UnmodelledError
from nexus_gen.verify.iam.rendered import Place, Rendered
from nexus_gen.verify.isolation.layout import read_layout
from nexus_gen.verify.isolation.lints import finding, lint_text
from nexus_gen.verify.isolation.problems import Problem
from nexus_gen.verify.isolation.proving import Proof, prove
from nexus_gen.verify.isolation.solving import Answer, is_installed
from nexus_gen.verify.process import ToolError
from nexus_gen.verify.terraform import init_diagnostics, terraform_environment
from nexus_gen.verify.terraform_blocks import Block, resource_blocks
from nexus_gen.verify.tools import ToolAbsentError

_ZIP = re.compile(r"/([\w-]+\.zip)\"")
_LEFTOVERS = shutil.ignore_patterns(".terraform", ".terraform.lock.hcl", "*.tfstate*")


def check_isolation(context: Context) -> Checked:
    """Findings (NX521 to NX529) for all that is not as `generated/ISOLATION.md` promises."""
    context.tool("terraform")
    if not is_installed():
        raise ToolAbsentError("cvc5")
    root = context.subject.root
    terraform = context.output("terraform")
    try:
        environments = list(rendered_environments(context))
        layout = read_layout(context.generated, root)
    except UnmodelledError as error:
        return Checked([_unmodelled(context, error)])
    except SyntaxError as error:
        raise ToolError(f"{error.filename or 'a handler'} is not Python: {error.msg}") from None
    proof = prove(environments, layout, lambda problems: _solve(context, problems))
    files = sorted([*terraform.rglob("*.tf"), *terraform.rglob("*.tfvars")])
    findings = [*proof.findings, *lint_text(files, root), *_page(context, proof)]
    possible = sum(claim.possible for claim in proof.claims)
    return Checked(findings, f"{len(proof.claims) - possible} claims, {possible} ways in")


def rendered_environments(context: Context) -> Iterator[Rendered]:
    """Every environment as Terraform renders it. Raises UnmodelledError."""
    work = context.scratch / "terraform"
    shutil.copytree(context.output("terraform"), work, ignore=_LEFTOVERS)
    blocks = _blocks(context)
    state = _applied(context, work, blocks)
    for number, _ in enumerate(context.subject.model.environments):
        yield rendered.read(state, _module(number), blocks, f"{context.subject.root}{os.sep}")


def _blocks(context: Context) -> dict[str, Block]:
    """Resource blocks of the backend, by address."""
    return {block.address: block for block in resource_blocks(context.output("terraform/backend"))}


def _module(number: int) -> str:
    return f"module.environment_{number}"


def _applied(context: Context, work: Path, blocks: dict[str, Block]) -> mocked_apply.Applied:
    """One apply of all environments, each as a module of one root."""
    packages = context.scratch / "packages"
    _stand_in_packages(work, packages)
    folder = work / "environments-together"
    (folder / mocked_apply.TEST_FILE).parent.mkdir(parents=True)
    shutil.copy(work / "backend" / "versions.tf", folder)
    modules: list[str] = []
    overrides: dict[str, dict[str, Any]] = {}
    for number, environment in enumerate(context.subject.model.environments):
        arguments: dict[str, Any] = {"source": "../backend"}
        arguments |= mocked_apply.arguments(context.subject.model, environment, packages)
        name = _module(number).removeprefix("module.")
        modules.append(f'module "{name}" {{\n{mocked_apply.assignments(arguments)}}}\n')
        overrides |= rendered.overrides(blocks.values(), _module(number))
    overrides |= _existing_tables(context, overrides)
    (folder / "main.tf").write_text("\n".join(modules), encoding="utf-8")
    test = mocked_apply.runs_file([{}], overrides=overrides)
    (folder / mocked_apply.TEST_FILE).write_text(test, encoding="utf-8")
    return _state(context, folder)


def _existing_tables(
    context: Context, overrides: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Tables that are looked up, with the keys and indexes that postconditions demand of them."""
    fitting = mocked_apply.MOCKS["data", "aws_dynamodb_table"]
    slots = {v.name.snake: v.index_slots for v in context.subject.model.verticals}
    return {
        address: {
            **fitting,
            **values,
            "global_secondary_index": fitting["global_secondary_index"][
                : slots.get(address.rpartition(".")[2], 0)
            ],
        }
        for address, values in overrides.items()
        if ".data.aws_dynamodb_table." in address
    }


def _stand_in_packages(work: Path, folder: Path) -> None:
    """Empty zips of the names that Terraform hashes."""
    folder.mkdir()
    for path in work.rglob("*.tf"):
        for name in _ZIP.findall(path.read_text(encoding="utf-8")):
            with zipfile.ZipFile(folder / name, "w"):
                pass


def _state(context: Context, folder: Path) -> mocked_apply.Applied:
    program = context.tool("terraform")
    # what both Terraform and the provider allocate most is schemas, which live until the end
    env = terraform_environment(context) | {"GOGC": "400"}
    init = context.run(
        [program, "init", "-backend=false", "-input=false", "-json"], cwd=folder, env=env
    )
    if init.returncode != 0:
        first = next(init_diagnostics(init))
        raise ToolError(f"terraform init failed: {first['summary']}: {first['detail']}")
    done = context.run_until(
        mocked_apply.shows_state, [program, *mocked_apply.ARGUMENTS], cwd=folder, env=env
    )
    lines = done.stdout.splitlines()
    states = mocked_apply.states(lines)
    if not states:
        reason = "; ".join(mocked_apply.errors(lines)) or done.last_words
        raise ToolError(f"a mocked apply failed: {reason}")
    return states[0]


def _solve(context: Context, problems: Sequence[Problem]) -> list[Answer]:
    """Answers of as many processes as there are cores, each with its share."""
    workers = max(1, min(os.cpu_count() or 1, len(problems)))
    shares = [list(range(first, len(problems), workers)) for first in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        found = pool.map(
            lambda share: _solve_share(context, share[0], [problems[n] for n in share]),
            [share for share in shares if share],
        )
        by_number = {
            number: answer
            for share, answers in zip(shares, found, strict=False)
            for number, answer in zip(share, answers, strict=True)
        }
    return [by_number[number] for number in range(len(problems))]


def _solve_share(context: Context, name: int, problems: Sequence[Problem]) -> list[Answer]:
    path = context.scratch / f"problems-{name}.json"
    path.write_text(json.dumps([[p.script, dict(p.watched)] for p in problems]), encoding="utf-8")
    done = context.run([sys.executable, "-m", "nexus_gen.verify.isolation.worker", path])
    try:
        return [Answer(*answer) for answer in json.loads(done.stdout)]
    except (ValueError, TypeError):
        raise ToolError(f"cvc5 gave no answer: {done.last_words}") from None


def _unmodelled(context: Context, error: UnmodelledError) -> Finding:
    """Something that the proof gives no meaning, at the resource that holds it."""
    block = _blocks(context).get(error.source)
    place = Place(context.locate(block.path), block.line) if block else Place("", 0)
    return finding("NX522", f"not modelled: {error.what}", place)


def _page(context: Context, proof: Proof) -> Iterator[Finding]:
    """The page promises what was looked at, no more and no less."""
    path = context.locate(context.output(PAGE))
    promised = claims_in((context.generated / PAGE).read_text(encoding="utf-8"))
    looked_at = {claim.name: claim.text for claim in proof.claims}
    for name in sorted(looked_at.keys() | promised.keys()):
        if name not in looked_at:
            message = f"`{name}` is promised, and nothing in the output is behind it"
        elif name not in promised:
            message = f"`{name}` holds of the output, and is not on the page"
        elif promised[name][1] != looked_at[name]:
            message = f"`{name}` is promised in other words than what was looked at"
        else:
            continue
        yield finding("NX528", message, Place(path, promised.get(name, (0, ""))[0]))
