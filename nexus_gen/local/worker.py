"""One function container: a child process that answers events one at a time.

Run as `python -m nexus_gen.local.worker HANDLER PATH...`. It reads one JSON event a line from
standard input, and writes one JSON answer a line to the descriptor that was standard output; what
the function prints goes to standard error, where the log is.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any


class Context:
    """The part of Lambda's context object that handlers read."""

    def __init__(self, request_id: str, function_name: str) -> None:
        self.aws_request_id = request_id
        self.function_name = function_name
        self.memory_limit_in_mb = 256

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would stop the function."""
        return 15_000


def main() -> None:
    """Serve events until standard input ends."""
    target, *paths = sys.argv[1:]
    sys.path[:0] = paths
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    module, _, attribute = target.rpartition(".")
    handler = getattr(importlib.import_module(module), attribute)
    answers.write('{"ready": true}\n')
    answers.flush()
    for line in sys.stdin:
        event: dict[str, Any] = json.loads(line)
        answer = handler(event, Context(event["requestContext"]["requestId"], target))
        sys.stdout.flush()
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
