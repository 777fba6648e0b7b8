"""A frontend with the client compiles with the settings that it was created with, and others.

`templates/` holds copies, byte for byte, of what the `create` commands lay down.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.client.workspace import GENERATED, HERE, HOW_TO_GET_IT, MODULES, Workspace, empty
from tests.conftest import absent_tool

TEMPLATES = HERE / "templates"
COMPILERS = HERE / "compilers" / "node_modules"
OLDEST, NEWEST = "5.6", "7.0"
LATER_THAN_OLDEST = '    "erasableSyntaxOnly": true,\n'


class Template(NamedTuple):
    """A new project: where its settings come from, which TypeScript it names, and its files."""

    source: str
    typescript: str
    files: dict[str, str]


CREATED = {
    "vite": Template(
        "create-vite 9.3.0, template-react-ts/tsconfig.app.json; typescript ~7.0.2",
        "7.0",
        {"tsconfig.json": "vite.json"},
    ),
    "next": Template(
        "create-next-app 16.4.3, dist/templates/app/ts/tsconfig.json; typescript ^5",
        "5.9",
        {"tsconfig.json": "next.json"},
    ),
    "expo": Template(
        "expo-template-default 58.0.5, tsconfig.json, with expo 58.0.26; typescript ~6.0.3",
        "6.0",
        {"tsconfig.json": "expo.json", "node_modules/expo/tsconfig.base.json": "expo-base.json"},
    ),
}

INSTALLED: dict[str, Any] = {}
COMPILED_ALONG = {
    "ai-nexus-client": ["./api/index.ts"],
    "ai-nexus-client/local": ["./api/local/index.ts"],
    "ai-nexus-client/model": ["./api/model.ts"],
}
DECLARED = {
    "ai-nexus-client": ["./dist/index.d.ts"],
    "ai-nexus-client/local": ["./dist/local/index.d.ts"],
    "ai-nexus-client/model": ["./dist/model.d.ts"],
}
USES = {"installed": INSTALLED, "compiled along": COMPILED_ALONG, "declared": DECLARED}
"""Ways to have the client, as `paths` of a compiler."""

FLAGS = (
    "allowUnreachableCode",
    "erasableSyntaxOnly",
    "exactOptionalPropertyTypes",
    "isolatedModules",
    "noFallthroughCasesInSwitch",
    "noImplicitOverride",
    "noImplicitReturns",
    "noPropertyAccessFromIndexSignature",
    "noUncheckedIndexedAccess",
    "noUncheckedSideEffectImports",
    "noUnusedLocals",
    "noUnusedParameters",
    "strict",
    "verbatimModuleSyntax",
)
RESOLUTIONS = {"bundler": "esnext", "nodenext": "nodenext"}
"""`moduleResolution`, and the `module` that goes with it."""


@pytest.fixture(scope="module")
def compilers(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Where projects are laid."""
    if not (COMPILERS / f"typescript-{NEWEST}").exists():
        absent_tool("versions of TypeScript", HOW_TO_GET_IT)
    return empty(tmp_path_factory.mktemp("templates") / "workspace")


def lay(workspace: Workspace, name: str, files: dict[str, str]) -> Path:
    """A project with the page, and the client as its package manager installs it."""
    workspace.lay({f"{name}/{path}": content for path, content in files.items()})
    project = workspace.folder / name
    workspace.lay({f"{name}/src/page.tsx": (TEMPLATES / "page.tsx").read_bytes()})
    shutil.copytree(GENERATED, project / "node_modules" / "ai-nexus-client")
    return project


def created(workspace: Workspace, name: str, version: str) -> str:
    """A new project of a template; its folder in the workspace."""
    files = {path: (TEMPLATES / copy).read_text() for path, copy in CREATED[name].files.items()}
    if version == OLDEST:
        files = {path: text.replace(LATER_THAN_OLDEST, "") for path, text in files.items()}
    folder = f"{name}-{version}"
    lay(workspace, folder, files)
    return folder


def compiles(workspace: Workspace, version: str, *arguments: str) -> None:
    """The compiler of a version has nothing to say."""
    package = MODULES / "typescript" if version == "5.9" else COMPILERS / f"typescript-{version}"
    found = json.loads((package / "package.json").read_text())["version"]
    assert found.startswith(f"{version}."), found
    workspace.node(str(package / "bin" / "tsc"), *arguments)


def test_the_oldest_compiler_takes_every_template(compilers: Workspace) -> None:
    compiles(compilers, OLDEST, "-b", *(created(compilers, name, OLDEST) for name in CREATED))


@pytest.mark.parametrize("name", CREATED)
def test_a_template_compiles_with_its_own_typescript_and_the_newest(
    compilers: Workspace, name: str
) -> None:
    for version in dict.fromkeys((CREATED[name].typescript, NEWEST)):
        compiles(compilers, version, "-b", created(compilers, name, version))


@pytest.fixture(scope="module")
def projects(compilers: Workspace) -> Workspace:
    """The same with a project for each way to have the client."""
    project = lay(compilers, "flags", {})
    shutil.copytree(GENERATED / "src", project / "api")
    package = "flags/node_modules/ai-nexus-client"
    compiles(compilers, NEWEST, "-p", package, "--outDir", str(project / "dist"))
    return compilers


@pytest.mark.parametrize("on", [True, False], ids=["all on", "all off"])
@pytest.mark.parametrize("resolution", RESOLUTIONS)
@pytest.mark.parametrize("use", USES)
def test_any_flags_will_do(projects: Workspace, use: str, resolution: str, on: bool) -> None:
    options = {
        **dict.fromkeys(FLAGS, on),
        "allowUnreachableCode": not on,
        "module": RESOLUTIONS[resolution],
        "moduleResolution": resolution,
        "target": "es2022",
        "lib": ["ES2022", "DOM"],
        "jsx": "react-jsx",
        "types": [],
        "noEmit": True,
        "skipLibCheck": not (on and use == "declared"),
        **({"paths": USES[use]} if USES[use] else {}),
    }
    settings = {"compilerOptions": options, "include": ["src"]}
    projects.lay({"flags/tsconfig.json": json.dumps(settings)})
    compiles(projects, NEWEST, "-p", "flags")


def test_no_address_stands_in_the_lock_file() -> None:
    assert '"resolved"' not in (HERE / "compilers" / "package-lock.json").read_text()
