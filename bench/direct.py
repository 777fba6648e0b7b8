"""The generated handler without a gateway: `python -m bench.direct`.

Reads one JSON line, the events by name; then for each line `NAME TIMES` of standard input answers
that event so many times and writes the CPU seconds of one answer.
"""

import json
import os
import sys

from education_api.handler import handler  # type: ignore[import-not-found,unused-ignore]

from bench.measure import repeated
from bench.requests import Context

events = json.loads(sys.stdin.readline())
answers = os.fdopen(os.dup(1), "w")
sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - the function's log line goes nowhere
for line in sys.stdin:
    name, times = line.split()
    status = handler(events[name], Context())["statusCode"]
    if status != 200:
        sys.exit(f"{name} answered {status}")
    seconds = repeated(lambda name=name: handler(events[name], Context()), int(times))  # type: ignore[misc]
    answers.write(f"{seconds}\n")
    answers.flush()
