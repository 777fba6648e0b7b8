"""The manifest as a file, and what it says about lines."""

from __future__ import annotations

from nexus_gen.backends import Artifact
from nexus_gen.diagnostics import Span
from nexus_gen.emit.manifest import manifest_of, parse, to_bytes

A = Span("spec/nexus.yaml", 3, 1, 8)
B = Span('spec/verticals/a "b" é.yaml', 4, 2, 9)


def test_manifest_survives_its_file() -> None:
    manifest = manifest_of(
        [
            Artifact("z.txt", b"z", "t/z.jinja", (A, B), ((1, A), (9, B))),
            Artifact("a/é \U0001f600.txt", b"", ""),
        ]
    )
    assert parse(to_bytes(manifest)) == manifest


def test_one_line_a_file_in_order_of_paths() -> None:
    manifest = manifest_of([Artifact(name, b"", "t") for name in ("b", "a/c", "a.b", "a")])
    lines = to_bytes(manifest).decode().splitlines()
    assert [line.split('"')[1] for line in lines[1:-1]] == ["a", "a.b", "a/c", "b"]


def test_order_of_artifacts_does_not_show() -> None:
    listed = [Artifact(name, name.encode(), "t", (A,)) for name in "abc"]
    assert to_bytes(manifest_of(listed)) == to_bytes(manifest_of(reversed(listed)))


def test_line_is_traced_to_the_finest_part_of_the_spec_that_is_known() -> None:
    fine = manifest_of([Artifact("f", b"", "t", (A,), ((5, A), (10, B)))]).files["f"]
    assert [fine.source_of(line) for line in (1, 5, 9, 10, 99)] == [A, A, A, B, B]
    coarse = manifest_of([Artifact("f", b"", "t", (B,))]).files["f"]
    assert coarse.source_of(7) == B
    assert manifest_of([Artifact("f", b"", "t")]).files["f"].source_of(7) is None
