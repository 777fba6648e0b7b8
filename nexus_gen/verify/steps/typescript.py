"""The TypeScript compiler on the generated client, with the strict settings that it ships with.

The client lies in a folder of the output that holds nothing else, so it is compiled in a copy
beside the packages that it needs.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

from nexus_gen.verify.context import Checked, Context
from nexus_gen.verify.finding import Finding
from nexus_gen.verify.process import Completed, ToolError
from nexus_gen.verify.tools import find_node_modules

_ERROR = re.compile(
    r"(?P<path>[^(]+)\((?P<line>\d+),(?P<column>\d+)\): error (?P<rule>TS\d+): (?P<message>.*)"
)
"""One complaint; what continues it is indented."""


def check_typescript(context: Context) -> Checked:
    """One finding (NX520) for each error of the compiler."""
    modules = find_node_modules(context.subject.root)
    shutil.copytree(context.output("client"), context.scratch / "client")
    (context.scratch / "node_modules").symlink_to(modules, target_is_directory=True)
    compiler = modules / ".bin" / "tsc"
    completed = context.run([compiler, "--noEmit", "--pretty", "false", "--project", "client"])
    findings = list(_parse(context, completed))
    if completed.returncode != 0 and not findings:
        raise ToolError(f"tsc gave no report: {completed.last_words}")
    return Checked(findings)


def _parse(context: Context, completed: Completed) -> Iterator[Finding]:
    for line in completed.stdout.splitlines():
        if error := _ERROR.fullmatch(line):
            yield Finding(
                "NX520",
                error["message"],
                rule=error["rule"],
                path=context.locate(context.generated / error["path"]),
                line=int(error["line"]),
                column=int(error["column"]),
            )
