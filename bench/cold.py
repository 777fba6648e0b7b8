"""A container's start: `python -m bench.cold handler|client|call ITEM_FILE [REQUEST]`.

Prints CPU seconds to standard error. Only what a function's container does is on the clock: not the
interpreter's own start, and not the loading of the stub, which waits until boto3 is loaded so that
nothing is imported ahead of time.

- handler: import the generated handler and answer a first request (`get`, `create`, `list` or
  `update`), with clients and vended credentials.
- client: import boto3 and make one client.
- call: the same and a first `get_item`.
"""

import sys
import time

case, item_file, *named = sys.argv[1:]
start = time.process_time()
if case == "handler":
    from education_api.handler import handler  # type: ignore[import-not-found,unused-ignore]
else:
    import boto3

    client = boto3.client("dynamodb")
loaded = time.process_time() - start

if "urllib3" not in sys.modules:
    sys.exit("boto3 is loaded late: the stub would load it off the clock")

import json  # noqa: E402
from pathlib import Path  # noqa: E402

from bench import requests, wire  # noqa: E402

item = json.loads(Path(item_file).read_text())
wire.install()
wire.ANSWERS["GetItem"] = wire.json_answer({"Item": item})
page = [item] * 51
wire.ANSWERS["Query"] = wire.json_answer({"Items": page, "Count": 51, "ScannedCount": 51})
event, context = requests.first(named[0] if named else "get"), requests.Context()

start = time.process_time()
if case == "handler":
    answer = handler(event, context)
    if answer["statusCode"] not in (200, 201):
        sys.exit(f"the handler answered {answer}")
elif case == "call":
    client.get_item(TableName="bench", Key={"pk": item["pk"], "sk": item["sk"]})
print(loaded + time.process_time() - start, file=sys.stderr)
