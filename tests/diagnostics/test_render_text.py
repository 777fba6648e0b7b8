"""What a person reads: the line, carets under the culprit whatever the line holds, and the move."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from nexus_gen.diagnostics import Diagnostic, Label, Severity, Span
from nexus_gen.diagnostics.render_text import SOURCE_WIDTH, count, render, wants_colour
from nexus_gen.diagnostics.sources import Sources

FILE = "spec/verticals/education.yaml"


def _sources(root: Path, *lines: str, file: str = FILE) -> Sources:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text("\n".join(lines), encoding="utf-8")
    return Sources(root)


def _rendered(root: Path, line: str, column: int, end: int) -> list[str]:
    problem = Diagnostic("NX104", "wrong", Span(FILE, 1, column, end), note="here")
    return render([problem], _sources(root, line), summary=False).splitlines()


def test_the_format_is_that_of_the_architecture(tmp_path: Path) -> None:
    lines = [""] * 13 + ["      title: {type: strnig, required: true}"]
    problem = Diagnostic(
        "NX104",
        "`strnig` is not a field type",
        Span(FILE, 14, 21, 27),
        note="not a type",
        help="did you mean `string`?",
    )
    assert render([problem], _sources(tmp_path, *lines)) == (
        "error[NX104]: `strnig` is not a field type\n"
        "  --> spec/verticals/education.yaml:14:21\n"
        "   |\n"
        "14 |       title: {type: strnig, required: true}\n"
        "   |                     ^^^^^^ not a type\n"
        "   = help: did you mean `string`?\n"
        "   = more: nexus-gen explain NX104\n"
        "\n"
        "1 error\n"
    )


def test_labels_stand_in_the_order_of_lines_with_gaps_marked(tmp_path: Path) -> None:
    problem = Diagnostic(
        "NX012",
        "twice",
        Span(FILE, 5, 1, 2),
        note="again",
        labels=(
            Label(Span(FILE, 1, 1, 2), "first"),
            Label(Span(FILE, 6, 1, 2), "next"),
            Label(Span(FILE, 5, 3, 4), "same line"),
        ),
    )
    rendered = render([problem], _sources(tmp_path, *"abcdef"), summary=False)
    assert rendered.splitlines()[2:-1] == [
        "  |",
        "1 | a",
        "  | - first",
        "...",
        "5 | e",
        "  | ^ again",
        "  |  - same line",
        "6 | f",
        "  | - next",
    ]


def test_a_label_in_another_file_gets_its_own_arrow(tmp_path: Path) -> None:
    _sources(tmp_path, "nexus: 1", file="spec/nexus.yaml")
    other = Label(Span("spec/nexus.yaml", 1, 1, 6), "roles are here")
    problem = Diagnostic("NX230", "no role", Span(FILE, 1, 1, 2), labels=(other,))
    rendered = render([problem], _sources(tmp_path, "a"), summary=False)
    assert " ::: spec/nexus.yaml:1:1\n  |\n1 | nexus: 1\n  | ----- roles are here\n" in rendered


@pytest.mark.parametrize(
    ("line", "column", "end", "shown", "carets"),
    [
        ("\tx: bad", 5, 8, "    x: bad", "       ^^^ here"),
        ("a\tbad", 3, 6, "a   bad", "    ^^^ here"),
        ("日本: bad", 5, 8, "日本: bad", "      ^^^ here"),
        ("ＡＢ: bad", 5, 8, "ＡＢ: bad", "      ^^^ here"),
        ("a: 日本", 4, 6, "a: 日本", "   ^^^^ here"),
        ("e\u0301: bad", 5, 8, "e\u0301: bad", "   ^^^ here"),
        ("a: \x1b[31mbad", 9, 12, "a: \ufffd[31mbad", "        ^^^ here"),
        ("a: \u202ebad", 5, 8, "a: \ufffdbad", "    ^^^ here"),
        ("a: b", 5, 5, "a: b", "    ^ here"),
        ("a: b", 90, 95, "a: b", "    ^ here"),
    ],
)
def test_carets_stand_under_the_culprit(
    tmp_path: Path, line: str, column: int, end: int, shown: str, carets: str
) -> None:
    rendered = _rendered(tmp_path, line, column, end)
    assert rendered[3:5] == [f"1 | {shown}", f"  | {carets}"]


@pytest.mark.parametrize("column", [1, 50, 500, 998])
def test_a_long_line_is_clipped_around_the_culprit(tmp_path: Path, column: int) -> None:
    line = "".join(chr(ord("a") + number % 26) for number in range(1000))
    rendered = _rendered(tmp_path, line, column, column + 3)
    shown, carets = rendered[3][4:], rendered[4][4:]
    assert len(shown) <= SOURCE_WIDTH + 2
    start = carets.index("^^^")
    assert shown[start : start + 3] == line[column - 1 : column + 2]


def test_a_culprit_wider_than_the_window_is_underlined_to_its_edge(tmp_path: Path) -> None:
    rendered = _rendered(tmp_path, "x" * 1000, 1, 1001)
    assert rendered[4].count("^") <= SOURCE_WIDTH + 2


def test_a_problem_of_a_whole_file_names_the_file_alone(tmp_path: Path) -> None:
    problem = Diagnostic("NX009", "empty", Span.of_file(FILE))
    assert render([problem], _sources(tmp_path, "secret"), summary=False) == (
        f"error[NX009]: empty\n --> {FILE}\n  = more: nexus-gen explain NX009\n"
    )


def test_a_problem_without_a_place_has_no_arrow(tmp_path: Path) -> None:
    assert render([Diagnostic("NX001", "no spec")], Sources(tmp_path), summary=False) == (
        "error[NX001]: no spec\n  = more: nexus-gen explain NX001\n"
    )


@pytest.mark.parametrize("file", ["../outside.yaml", "/etc/hostname", "spec/link.yaml", "spec"])
def test_nothing_outside_the_project_is_shown(tmp_path: Path, file: str) -> None:
    root = tmp_path / "project"
    (root / "spec").mkdir(parents=True)
    (tmp_path / "outside.yaml").write_text("secret")
    (root / "spec/link.yaml").symlink_to(tmp_path / "outside.yaml")
    rendered = render([Diagnostic("NX003", "out", Span(file, 1, 1, 2))], Sources(root))
    assert rendered.splitlines()[2] == "  = more: nexus-gen explain NX003"


def test_text_of_a_message_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    problem = Diagnostic("NX101", "a\x1b[2J\nb", help="c\rd\u2028e", note="f\x07")
    rendered = render([problem], Sources(tmp_path), summary=False)
    assert all(character.isprintable() or character == "\n" for character in rendered)
    assert rendered.startswith("error[NX101]: a\ufffd[2J b\n")


def test_severities_are_counted() -> None:
    error = Diagnostic("NX101", "x")
    warning = Diagnostic("NX290", "x", severity=Severity.WARNING)
    assert count([error, error, warning]) == "2 errors, 1 warning"
    assert count([warning, warning]) == "2 warnings"


def test_nothing_to_say_is_nothing(tmp_path: Path) -> None:
    assert render([], Sources(tmp_path)) == ""


def test_colour_is_there_only_when_asked_for(tmp_path: Path) -> None:
    problem = Diagnostic("NX104", "wrong", Span(FILE, 1, 1, 2), note="here")
    sources = _sources(tmp_path, "a: b")
    plain = render([problem], sources)
    coloured = render([problem], sources, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31m^ here\x1b[0m" in coloured


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_wants_colour_unless_somebody_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(_Terminal())
    assert not wants_colour(io.StringIO())
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colour(_Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(_Terminal())
