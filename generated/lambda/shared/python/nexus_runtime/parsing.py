"""DynamoDB's answers as they are: JSON, not walked through by service model.

botocore copies each answer member by member, to turn Base64 into bytes and timestamps into
datetimes. Items of ours hold neither, and for a page of 50 items that walk costs more than all the
rest of the request.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.parsers import JSONParser, ResponseParserFactory

_loads = json.JSONDecoder().decode


class _PlainParser(JSONParser):
    """Answers of success decoded only; errors parsed as botocore does."""

    def parse(self, response: Any, shape: Any) -> Any:
        if response["status_code"] >= 300:
            return super().parse(response, shape)
        body = response["body"]
        parsed = _loads(body.decode("utf-8")) if body else {}
        parsed["ResponseMetadata"] = {"HTTPStatusCode": response["status_code"]}
        return parsed


class PlainParserFactory(ResponseParserFactory):
    """Parsers for a botocore session; one that speaks another protocol than JSON keeps its own."""

    def __init__(self) -> None:
        super().__init__()
        self._plain = _PlainParser()

    def create_parser(self, protocol_name: str) -> Any:
        return self._plain if protocol_name == "json" else super().create_parser(protocol_name)
