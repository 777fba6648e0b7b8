"""The commands and their arguments, for Typer: help, completion, and what is wrong use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from nexus_gen import __version__
from nexus_gen.cli.check import complete_names
from nexus_gen.cli.exits import ExitCode
from nexus_gen.cli.explain import complete_codes
from nexus_gen.cli.schema import complete_schemas
from nexus_gen.diagnostics.formats import Format
from nexus_gen.verify.reports import Format as ReportFormat

app = typer.Typer(
    name="nexus-gen",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_VARIABLES = "\b\nEnvironment variables:"
_OF_DEV = """
  NEXUS_MINISTACK         program of the AWS emulator, where `dev` finds none
  NEXUS_CONSOLE           folder with a build of the console, instead of ours"""
_OF_CHECK = """
  NEXUS_TERRAFORM_MIRROR  folder with Terraform providers, instead of the registry"""

Root = Annotated[
    Path,
    typer.Option(
        "--root",
        "-C",
        metavar="DIR",
        exists=True,
        file_okay=False,
        resolve_path=True,
        help="The project's folder, which holds spec/.",
    ),
]
OutputFormat = Annotated[
    Format, typer.Option("--format", help="How problems are shown; all but text go to stdout.")
]


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"nexus-gen {__version__}")
        raise typer.Exit


@app.callback(epilog=_VARIABLES + _OF_DEV + _OF_CHECK)
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="The version.")
    ] = False,
) -> None:
    """Compile a spec of what a backend is into Terraform, IAM, Python and OpenAPI.

    \b
    nexus-gen init            begin a project with a small spec
    nexus-gen build           compile spec/ into generated/ and dist/
    nexus-gen check           run the real tools on generated/
    nexus-gen doctor          compare the spec with the estate that it joins
    nexus-gen dev             serve the generated API on this machine
    nexus-gen explain NX104   what an error means and how to mend it
    """


@app.command()
def build(
    root: Root = Path(),
    format: OutputFormat = Format.TEXT,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if generated/ is not up to date.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Build again whenever the spec is saved.")
    ] = False,
) -> None:
    """Compile spec/ into generated/, and package the functions into dist/.

    Shows what was written, changed, removed and left alone. A bad spec changes nothing, and so
    does a generated file that somebody edited: the build says which, and how to keep the edit.

    \b
    nexus-gen build                           after an edit of the spec
    nexus-gen build --watch                   while editing
    nexus-gen build --check                   in CI: is generated/ what the spec says?
    nexus-gen build --check --format github   the same, as annotations of a pull request
    nexus-gen build -C services/shop          a project in another folder
    """
    from nexus_gen.cli import build as command

    if check and watch:
        raise typer.BadParameter("--check looks once; --watch builds again and again")
    if check:
        raise typer.Exit(command.check(root, format))
    if watch:
        from nexus_gen.cli.watch import watch as keep_watching

        keep_watching(root, lambda: command.build_once(root, format))
        raise typer.Exit(ExitCode.FINE)
    raise typer.Exit(command.build_once(root, format))


@app.command(epilog=_VARIABLES + _OF_CHECK)
def check(
    root: Root = Path(),
    format: Annotated[
        ReportFormat, typer.Option("--format", help="How the report is written.")
    ] = ReportFormat.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", dir_okay=False, help="Write it there."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            autocompletion=complete_names,
            help="Only this check; repeatable: build, terraform-format, ruff, openapi, typescript, "
            "isolation, terraform-validate, checkov or mypy.",
        ),
    ] = None,
    isolation: Annotated[
        bool, typer.Option("--isolation", help="Only the isolation proof: --only isolation.")
    ] = False,
) -> None:
    """Run the real tools on generated/: Terraform, checkov, ruff, mypy, an OpenAPI validator.

    And prove that no organization reaches another's data: generated/ISOLATION.md says what holds.

    Findings name the lines of the spec that the file was rendered from. A check whose tool is
    absent is skipped with a line that says how to get it; asked for by name, or with CI=true in the
    environment, it fails.
    The report goes to stdout, progress to stderr.

    \b
    nexus-gen check                                      after an upgrade, before a commit
    nexus-gen check --only checkov --only mypy           two of the checks
    nexus-gen check --isolation                          the proof of isolation alone
    nexus-gen check --format sarif --output check.sarif  for code scanning
    nexus-gen check --format junit --output check.xml    for a CI server
    """
    from nexus_gen.cli.check import check_output

    raise typer.Exit(
        check_output(root, format, output, [*(only or ()), *(["isolation"] if isolation else ())])
    )


@app.command()
def doctor(
    root: Root = Path(),
    state: Annotated[
        Path | None,
        typer.Option(
            "--state",
            "-s",
            metavar="FILE",
            help="Core's state file, or the output of `terraform show -json`; - reads stdin. "
            "Without it, the local state that integration.core_state names.",
        ),
    ] = None,
    environment: Annotated[
        str | None,
        typer.Option("--environment", "-e", help="Whose names; the first, unless named."),
    ] = None,
    format: OutputFormat = Format.TEXT,
) -> None:
    """Compare the spec with the estate that it joins: what would collide, what is missing.

    For before an apply. Reads core's Terraform state and nothing else: no AWS account, no
    Terraform. Reports paths and names that are taken, outputs and resources that the root needs
    and core lacks, an app client through which users could change their organization, an
    authorizer of the wrong type, refusals without CORS headers, a quota that would be exceeded.
    Each with the line of the spec and a move.

    \b
    nexus-gen doctor                                          the state that the spec names
    nexus-gen doctor --environment prod                       that of another environment
    terraform -chdir=core show -json | nexus-gen doctor -s -  wherever core keeps its state
    """
    from nexus_gen.cli.doctor import doctor as command

    raise typer.Exit(command(root, state, environment, format))


class _SeedWithoutNumber(TyperCommand):
    """`--seed` may stand without its number, which Typer's own options cannot."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Give a bare `--seed` its number, then parse as usual."""
        given: list[str] = []
        for at, argument in enumerate(args):
            given.append(argument)
            if argument == "--seed" and not "".join(args[at + 1 : at + 2]).isdecimal():
                given.append(str(_SEEDED))
        return super().parse_args(ctx, given)


_SEEDED = 25


@app.command(cls=_SeedWithoutNumber, epilog=_VARIABLES + _OF_DEV)
def dev(
    root: Root = Path(),
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="Port of 127.0.0.1; 0 takes a free one."),
    ] = 8080,
    environment: Annotated[
        str | None,
        typer.Option("--environment", "-e", help="Whose settings hold; the first, unless named."),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw away the data of before.")] = False,
    seed: Annotated[
        int,
        typer.Option(
            metavar="[N]",
            min=0,
            max=1000,
            help=f"Fill in up to N items of each entity, {_SEEDED} without a number; "
            "2 to 6 below each parent.",
            show_default=False,
        ),
    ] = 0,
) -> None:
    """Serve the generated API and the console on this machine, and build again on each save.

    An AWS emulator holds the data, below .nexus/local. Tokens are checked against its user pool;
    there are ready-made users of two organizations, which cannot see each other's data. A bad spec
    shows its errors here and in the console, and the last good API stays.

    \b
    nexus-gen dev
    nexus-gen dev --seed               with data that looks real, in both organizations
    nexus-gen dev --port 9000 --fresh  on another port, without the data of before
    """
    from nexus_gen.cli.dev import dev as command

    raise typer.Exit(command(root, port, environment, fresh, seed))


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(help="A new or empty folder.", file_okay=False)
    ] = Path(),
) -> None:
    """Begin a project: a small spec that builds, the schemas for your editor, a .gitignore.

    Overwrites nothing.

    \b
    nexus-gen init shop && cd shop
    nexus-gen build
    nexus-gen dev
    """
    from nexus_gen.cli.init import init as command

    raise typer.Exit(command(folder))


@app.command()
def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code such as NX104.", autocompletion=complete_codes)
    ] = None,
) -> None:
    """Explain a code: why it is refused, a bad and a mended example. Without one, list all.

    \b
    nexus-gen explain NX104
    nexus-gen explain
    """
    from nexus_gen.cli import explain as command

    raise typer.Exit(command.list_codes() if code is None else command.explain(code))


@app.command()
def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            help="nexus or vertical; both without a name.", autocompletion=complete_schemas
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", file_okay=False, help="Write files there."),
    ] = None,
) -> None:
    """Print the JSON Schemas of the spec, or write them where an editor finds them.

    \b
    nexus-gen schema vertical
    nexus-gen schema --output spec/schemas   # after an upgrade of nexus-gen
    """
    from nexus_gen.cli.schema import schema as command

    raise typer.Exit(command(name, output))
