"""The generated package pleases its own tools, and behaves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nexus_gen.backends.client.backend import CORE_FILES
from nexus_gen.backends.client.names import CORE_NAMES
from tests.client.workspace import HERE, ROOT, Workspace

CORE = ROOT / "templates" / "client" / "src" / "core"


def test_it_compiles_strictly(workspace: Workspace) -> None:
    workspace.passes("tsc", "--noEmit", "-p", "package")


def test_it_and_its_tests_are_lint_clean(workspace: Workspace) -> None:
    workspace.passes("eslint", "--max-warnings", "0", "package/src", "suite", "live")


def test_lists_take_what_an_index_serves_and_the_compiler_knows(workspace: Workspace) -> None:
    workspace.passes("tsc", "-p", "suite")
    workspace.passes("tsc", "-p", "live")


def test_it_behaves(workspace: Workspace) -> None:
    done = workspace.passes("vitest", "run")
    counted = re.search(r"Tests +(\d+) passed \((\d+)\)", done.stdout)
    assert counted is not None, done.stdout
    assert counted[1] == counted[2]
    assert int(counted[1]) > 60


def test_names_of_the_core_are_known_to_the_names_of_entities() -> None:
    blocks = re.findall(r"export (?:type )?\{([^}]*)\}", (CORE / "index.ts").read_text())
    exported = [name.strip().removeprefix("type ") for b in blocks for name in b.split(",")]
    assert set(exported) - {""} == CORE_NAMES


def test_every_file_of_the_core_is_in_the_package() -> None:
    assert {path.name for path in CORE.iterdir()} == set(CORE_FILES)


def test_only_one_module_asks_for_what_pages_on_http_lack() -> None:
    sources = [*CORE.parent.rglob("*.ts"), *(ROOT / "console" / "src").rglob("*.ts*")]
    users = [path.name for path in sources if "crypto." in path.read_text()]
    assert users == ["random.ts"]


ENTRIES = {
    "one_hook": (
        'export { useCourse } from "./package/src/index.js";',
        {"education.Course", "useQuery"},
        {
            "education.Instructor",
            "useMutation",
            "useInfiniteQuery",
            "createItem",
            "maxLength",
            "ky",
        },
    ),
    "no_react": (
        'export { createClient, courses, listItems } from "./package/src/index.js";',
        {"education.Course", "ky"},
        {"education.Instructor", "react", "useQuery", "createContext", "deleteItem"},
    ),
    "model": (
        'export { model } from "./package/src/model.js";',
        {"education.Instructor", "maxLength"},
        {"ky", "react", "useQuery"},
    ),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_bundle_holds_what_is_used_and_nothing_else(workspace: Workspace, name: str) -> None:
    source, present, absent = ENTRIES[name]
    workspace.lay({f"{name}.ts": source})
    bundle = workspace.passes(
        "esbuild", f"{name}.ts", "--bundle", "--format=esm", "--packages=external"
    ).stdout
    bundle = re.sub(r"import \{[^}]*\} from", "import", bundle)  # names of what is not bundled
    words = set(re.findall(r"[\w.]+", bundle))
    assert present <= words
    assert absent & words == set()


def test_scripts_of_the_suite_are_found() -> None:
    assert len(list((HERE / "suite").glob("*.test.ts"))) == 5
    assert Path(HERE / "package-lock.json").read_text().count('"resolved"') == 0
