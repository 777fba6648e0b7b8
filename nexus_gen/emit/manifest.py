"""`generated/manifest.json`: which files a build wrote, and what each was made from.

One line a file, in order of paths, so that two branches that change different files merge:

```json
{"version": 1, "files": {
"README.md": {"sha256": "...", "template": "project/README.md.jinja",
              "sources": ["spec/nexus.yaml:3:1-8"], "anchors": [[12, "spec/nexus.yaml:4:1-8"]]}
}}
```

`anchors` say, finer than `sources`, which part of the spec each stretch of the file renders: the
first line of the stretch, and the span. Both keys are absent where there is nothing to say.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

from nexus_gen.backends.base import Artifact
from nexus_gen.diagnostics import Span
from nexus_gen.emit.problems import OutputError, unreadable_manifest

NAME = "manifest.json"
VERSION = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SPAN = re.compile(r"(.+):(\d+):(\d+)-(\d+)")


class Entry(NamedTuple):
    """One file of the output.

    Attributes:
        sha256: of its bytes, in lower-case hexadecimal.
        template: what it was rendered from, as in `Artifact`.
        sources: parts of the spec that it renders.
        anchors: `(first line, span)`, ascending.
    """

    sha256: str
    template: str
    sources: tuple[Span, ...] = ()
    anchors: tuple[tuple[int, Span], ...] = ()

    def source_of(self, line: int) -> Span | None:
        """The part of the spec behind a 1-based line of the file, as fine as is known."""
        at = bisect_right(self.anchors, line, key=lambda anchor: anchor[0])
        if at:
            return self.anchors[at - 1][1]
        return self.sources[0] if self.sources else None


class Manifest(NamedTuple):
    """Output path (relative to the output folder, forward slashes) -> its entry."""

    files: dict[str, Entry]


def sha256(content: bytes) -> str:
    """Lower-case hexadecimal digest."""
    return hashlib.sha256(content).hexdigest()


def manifest_of(artifacts: Iterable[Artifact]) -> Manifest:
    """The manifest that describes the artifacts."""
    return Manifest(
        {
            artifact.path: Entry(
                sha256(artifact.content), artifact.template, artifact.sources, artifact.anchors
            )
            for artifact in sorted(artifacts, key=lambda artifact: artifact.path)
        }
    )


def to_bytes(manifest: Manifest) -> bytes:
    """The file: same manifest, same bytes."""
    lines = ",\n".join(
        f"{json.dumps(path)}: {json.dumps(_entry_to_json(entry))}"
        for path, entry in sorted(manifest.files.items())
    )
    return f'{{"version": {VERSION}, "files": {{\n{lines}\n}}}}\n'.encode()


def parse(content: bytes) -> Manifest:
    """The manifest in a file. Raises OutputError (NX405) where it is not one."""
    try:
        data = json.loads(content)
        if data["version"] != VERSION:
            raise ValueError(f"version {data['version']!r} is not {VERSION}")
        return Manifest({path: _entry(path, entry) for path, entry in data["files"].items()})
    except json.JSONDecodeError as error:
        raise OutputError([unreadable_manifest(error.msg, error.lineno)]) from None
    except (ValueError, RecursionError) as error:
        raise OutputError([unreadable_manifest(str(error))]) from None
    except (KeyError, TypeError, AttributeError):
        raise OutputError([unreadable_manifest("it has another form")]) from None


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = {"sha256": entry.sha256, "template": entry.template}
    if entry.sources:
        data["sources"] = [_span_to_json(span) for span in entry.sources]
    if entry.anchors:
        data["anchors"] = [[line, _span_to_json(span)] for line, span in entry.anchors]
    return data


def _entry(path: str, data: dict[str, Any]) -> Entry:
    if not is_output_path(path):
        raise ValueError(f"{path!r} is not a path of an output")
    if _SHA256.fullmatch(data["sha256"]) is None:
        raise ValueError(f"the digest of {path!r} is none")
    return Entry(
        data["sha256"],
        str(data["template"]),
        tuple(_span(text) for text in data.get("sources", ())),
        tuple((int(line), _span(text)) for line, text in data.get("anchors", ())),
    )


def is_output_path(path: str) -> bool:
    """Whether the path stays below the output folder, on every system, and is nobody else's."""
    parts = path.split("/")
    return (
        not any(part in ("", ".", "..") or part.endswith((".", " ")) for part in parts)
        and not any(character in '\\:*?"<>|' or character < " " for character in path)
        and parts[0] != ".nexus"
    )


def _span_to_json(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}-{span.end_column}"


def _span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a place in the spec")
    return Span(match[1], int(match[2]), int(match[3]), int(match[4]))
