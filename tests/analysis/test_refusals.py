"""Each rule refuses what it must, points at it, says how to mend it, and leaves the rest alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nexus_gen import analysis
from nexus_gen.analysis import analyse
from nexus_gen.analysis.rules.idle_headers import EXPOSED, SENT
from nexus_gen.diagnostics import Severity, SpecError
from nexus_gen.frontend.document import DocumentKind
from nexus_gen.frontend.grammar import SCHEMAS
from nexus_runtime import cors

from .documents import (
    COURSE,
    EDUCATION,
    NEXUS,
    PRODUCT,
    Refusal,
    codes,
    course,
    document,
    marked_span,
    problems,
    product,
)
from .refusals import REFUSALS

ROOT = Path(__file__).parents[2]
WARNINGS = {"NX208", "NX261", "NX262", "NX314", "NX330"}
ELSEWHERE = {"NX207"}
"""Codes with a test of their own below."""


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_a_refusal_has_its_code_its_place_and_its_help(refusal: Refusal) -> None:
    found = problems(refusal.files)
    assert [problem.code for problem in found] == [refusal.code], found
    (problem,) = found
    assert problem.span == marked_span(refusal.files)
    assert problem.help == refusal.help
    assert problem.message
    assert (problem.severity is Severity.WARNING) == (problem.code in WARNINGS)


def test_every_code_of_the_analysis_is_refused_by_some_test() -> None:
    folder = Path(analysis.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    in_source = set(re.findall(r'"(NX\d{3})"', sources))
    assert in_source - {refusal.code for refusal in REFUSALS} == ELSEWHERE


def test_a_product_without_a_vertical_is_refused() -> None:
    with pytest.raises(SpecError) as caught:
        analyse([document(NEXUS, PRODUCT)])
    (problem,) = caught.value.diagnostics
    assert (problem.code, str(problem.span)) == ("NX207", "spec/nexus.yaml:2:10")


@pytest.mark.parametrize(
    "origin",
    [
        *("capacitor://localhost", "ionic://localhost", "tauri://localhost"),
        *("http://tauri.localhost", "https://tauri.localhost", "http://localhost:5173"),
        *("app.acme+x-1://localhost", "capacitor://app.example.com", "https://[::1]:8443"),
    ],
)
def test_the_origin_of_a_shell_is_legal_in_the_spec_and_in_terraform(origin: str) -> None:
    spec = product("[https://dev.example.com]", f"['{origin}']")
    assert codes(spec) == []
    assert re.search(_specs_pattern(), origin)
    assert re.search(_terraforms_pattern(), origin)


@pytest.mark.parametrize(
    "origin",
    ["a://b'", "a://b'] #end", "a://$x", "://a", "1a://b", "a:b", "a://b/c", "a://b\n", "*"],
)
def test_terraform_takes_nothing_that_a_template_would_read(origin: str) -> None:
    assert not re.search(_terraforms_pattern(), origin)


@pytest.mark.parametrize("more", ["", "    delete: {soft: false}\n"])
def test_names_of_the_trash_are_free_where_there_is_none(more: str) -> None:
    fields = "deleted_at: {type: datetime}, restorable_until: {type: date}"
    assert codes(course(fields, more)) == []


@pytest.mark.parametrize("name", ["*", "a'b", "a b", "a:b", "a\n", "", "a,b", "$a", "a`"])
def test_a_header_is_one_name(name: str) -> None:
    header = SCHEMAS[DocumentKind.NEXUS]["properties"]["cors"]["properties"]["request_headers"]
    pattern = header["items"]["pattern"].replace("$", r"\Z")
    assert not re.search(pattern, name)
    assert all(re.search(pattern, legal) for legal in header["examples"][0])


def test_what_the_api_sends_and_reads_itself_need_not_be_named() -> None:
    assert ", ".join(SENT) == cors.ACCEPTED
    assert set(cors.EXPOSED.split(", ")) < set(EXPOSED)
    headers = "request_headers: [traceparent, X-Sec, proxied], exposed_headers: [Cookie, X-A]"
    assert codes(product("integration:", f"cors: {{{headers}}}\nintegration:")) == []


def _specs_pattern() -> str:
    environment = SCHEMAS[DocumentKind.NEXUS]["properties"]["environments"]["additionalProperties"]
    pattern: str = environment["properties"]["cors_origins"]["items"]["pattern"]
    return pattern


def _terraforms_pattern() -> str:
    """The expression of the variable `cors_origins`, `$` as in RE2: the end of the text."""
    path = ROOT / "templates/terraform/modules/routes/variables.tf"
    (found,) = re.findall(r'regex\("([^"]+)", origin\)', path.read_text())
    return found.replace("\\\\", "\\").replace("$", r"\Z")


def test_all_problems_come_in_one_run_in_the_order_of_the_files() -> None:
    files = {
        **product("claim: custom:organization_id", "claim: email"),
        **course("version: {type: string}, a: {type: ref, to: Nobody}", "    unique: [b]\n"),
    }
    assert codes(files) == ["NX323", "NX203", "NX214", "NX218"]


def test_a_parent_that_needs_its_child_first_is_refused() -> None:
    text = (
        "vertical: education\nentities:\n"
        "  Course:\n    fields: {intro: {type: ref, to: Lesson, required: true}}\n"
        "    access: {read: [member]}\n"
        "  Lesson:\n    parent: Course\n    fields: {text: {type: text}}\n"
        "    access: {inherit: Course}\n"
    )
    assert codes({EDUCATION: text}) == ["NX215", "NX913"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # The type of a field that does not resolve is no reason to say that it cannot be a key.
        (
            course("a: {type: ref, to: Nobody}", "    indexes: {by_a: {match: [a]}}\n"),
            ["NX214"],
        ),
        # A parent that does not resolve has access rules that nobody knows.
        (
            {
                EDUCATION: COURSE + "  Lesson:\n    parent: Nobody\n"
                "    fields: {a: {type: string}}\n    access: {inherit: Nobody}\n"
            },
            ["NX211"],
        ),
        # A pattern that does not compile is neither read nor measured nor matched.
        (course("a: {type: string, pattern: '(a+', default: b}"), ["NX245"]),
        # A pattern that is not portable is not measured.
        (course("a: {type: string, pattern: '^(\\s+)+$'}"), ["NX246"]),
        # A reference that cannot be detached needs no index either, but a missing one is said.
        (
            course("a: {type: ref, to: Course, on_delete: detach}"),
            ["NX217"],
        ),
    ],
)
def test_one_mistake_gives_one_problem(files: dict[str, str], expected: list[str]) -> None:
    assert codes(files) == expected
