"""Start ministack 1.5.33 with its read-back errors corrected, so that a second plan can be empty.

Runs under the emulator's own interpreter. Each correction makes one answer equal to what was
written, as AWS does; `test_corrections.py` holds one test a correction, which shows after an
upgrade which of them have become obsolete. Private functions are replaced: the version is pinned.
"""

from __future__ import annotations

import asyncio
import contextvars
import datetime
import json
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import airspeed
import hypercorn.config
from ministack import app
from ministack.services import apigateway_v1, cloudwatch, ec2

Answer = tuple[int, dict[str, str], bytes]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def correct_mock_integrations() -> None:
    """A MOCK integration has an `httpMethod` only if one was set."""
    put = apigateway_v1._put_integration

    def put_integration(api: str, resource: str, method: str, data: dict[str, Any]) -> Answer:
        answer: Answer = put(api, resource, method, data)
        if answer[0] != 201 or data.get("type") != "MOCK" or data.get("httpMethod"):
            return answer
        stored = apigateway_v1._resources[api][resource]["resourceMethods"][method]
        stored["methodIntegration"].pop("httpMethod", None)
        corrected: Answer = apigateway_v1._v1_response(stored["methodIntegration"], 201)
        return corrected

    apigateway_v1._put_integration = put_integration


def correct_stages() -> None:
    """A stage without access logs has no `accessLogSettings` member."""
    respond = apigateway_v1._v1_response

    def v1_response(data: Any, status: int = 200) -> Answer:
        if isinstance(data, dict) and data.get("accessLogSettings") == {}:
            data = {name: value for name, value in data.items() if name != "accessLogSettings"}
        answer: Answer = respond(data, status)
        return answer

    apigateway_v1._v1_response = v1_response


def correct_mock_responses() -> None:
    """The response template of a MOCK integration is evaluated, and may override headers."""
    invoke, check = apigateway_v1._invoke_mock_v1, apigateway_v1._check_passthrough_behavior
    sent: contextvars.ContextVar[dict[str, str]] = contextvars.ContextVar("sent")

    def check_passthrough_behavior(integration: dict[str, Any], headers: dict[str, str]) -> Any:
        sent.set(headers)  # the last of its checks that sees them
        return check(integration, headers)

    def invoke_mock(integration: dict[str, Any]) -> Answer:
        status, headers, body = invoke(integration)
        answered = integration.get("integrationResponses", {}).get(str(status), {})
        template = answered.get("responseTemplates", {}).get("application/json")
        if not template:
            return status, headers, body
        context: dict[str, Any] = {"responseOverride": {"header": {}}}
        names = {"input": Input(sent.get()), "context": context}
        text = airspeed.Template(template).merge(names).strip()
        return status, {**headers, **context["responseOverride"]["header"]}, text.encode()

    apigateway_v1._check_passthrough_behavior = check_passthrough_behavior
    apigateway_v1._invoke_mock_v1 = invoke_mock


@dataclass(frozen=True)
class Input:
    """What a mapping template knows as `$input`, as far as ours ask."""

    headers: dict[str, str]

    def params(self) -> dict[str, dict[str, str]]:
        """Parameters of the request by where they stand."""
        return {"header": self.headers, "path": {}, "querystring": {}}


def correct_vpc_endpoints() -> None:
    """An interface endpoint keeps its security groups and its private DNS setting."""
    create, modify, render = (
        ec2._create_vpc_endpoint,
        ec2._modify_vpc_endpoint,
        ec2._vpce_fields_xml,
    )

    def fields_xml(endpoint: dict[str, Any], tag: str = "item") -> str:
        groups = "".join(
            f"<item><groupId>{group}</groupId><groupName>{group}</groupName></item>"
            for group in endpoint.get("Groups", [])
        )
        dns = "true" if endpoint.get("PrivateDnsEnabled") else "false"
        added = f"<privateDnsEnabled>{dns}</privateDnsEnabled><groupSet>{groups}</groupSet>"
        return str(render(endpoint, tag)).replace("<subnetIdSet>", f"{added}<subnetIdSet>", 1)

    def create_vpc_endpoint(parameters: dict[str, Any]) -> Answer:
        before = set(ec2._vpc_endpoints.keys())
        create(parameters)
        (new,) = set(ec2._vpc_endpoints.keys()) - before
        endpoint = ec2._vpc_endpoints[new]
        endpoint["Groups"] = ec2._parse_member_list(parameters, "SecurityGroupId")
        endpoint["PrivateDnsEnabled"] = ec2._p(parameters, "PrivateDnsEnabled") == "true"
        body = fields_xml(endpoint, tag="vpcEndpoint")
        answer: Answer = ec2._xml(200, "CreateVpcEndpointResponse", body)
        return answer

    def modify_vpc_endpoint(parameters: dict[str, Any]) -> Answer:
        answer: Answer = modify(parameters)
        endpoint = ec2._vpc_endpoints.get(ec2._p(parameters, "VpcEndpointId"))
        if endpoint is not None:
            added = ec2._parse_member_list(parameters, "AddSecurityGroupId")
            removed = ec2._parse_member_list(parameters, "RemoveSecurityGroupId")
            groups = [*endpoint.get("Groups", []), *added]
            endpoint["Groups"] = [group for group in groups if group not in removed]
            if setting := ec2._p(parameters, "PrivateDnsEnabled"):
                endpoint["PrivateDnsEnabled"] = setting == "true"
        return answer

    ec2._vpce_fields_xml = fields_xml
    replace_handlers(ec2, "CreateVpcEndpoint", create_vpc_endpoint)
    replace_handlers(ec2, "ModifyVpcEndpoint", modify_vpc_endpoint)


def correct_alarms() -> None:
    """DescribeAlarms in the Query protocol returns everything that was stored, expressions too."""
    describe, put = cloudwatch._describe_alarms, cloudwatch._put_metric_alarm

    def describe_alarms(
        parameters: dict[str, Any], cbor: Any, is_cbor: bool, is_json: bool = False
    ) -> Answer:
        if is_cbor or is_json:
            known: Answer = describe(parameters, cbor, is_cbor, is_json)
            return known
        answer: Answer = describe(parameters, query_members(parameters), False, True)
        if answer[0] != 200:
            failed: Answer = describe(parameters, cbor, False, False)
            return failed
        body = json.loads(answer[2])
        for kind in ("MetricAlarms", "CompositeAlarms"):
            body[kind] = [with_iso_times(alarm) for alarm in body.get(kind, [])]
        result = f"<DescribeAlarmsResult>{to_xml(body)}</DescribeAlarmsResult>"
        complete: Answer = cloudwatch._xml(200, "DescribeAlarmsResponse", result)
        return complete

    def put_metric_alarm(
        parameters: dict[str, Any], cbor: Any, is_cbor: bool, is_json: bool = False
    ) -> Answer:
        answer: Answer = put(parameters, cbor, is_cbor, is_json)
        given = (
            cbor
            if is_cbor or is_json
            else {
                name: cloudwatch._p(parameters, name)
                for name in ("AlarmName", "Statistic", "ExtendedStatistic")
            }
        )
        alarm = cloudwatch._alarms.get(given.get("AlarmName"))
        if alarm is not None and alarm.get("ExtendedStatistic") and not given.get("Statistic"):
            alarm["Statistic"] = None
        if alarm is not None and not alarm.get("MetricName"):
            # An expression: each of its metrics has a period and a statistic of its own.
            alarm["Period"] = alarm["Statistic"] = None
            structured = is_cbor or is_json
            alarm["Metrics"] = cbor["Metrics"] if structured else query_list(parameters, "Metrics")
        return answer

    cloudwatch._describe_alarms = describe_alarms
    cloudwatch._put_metric_alarm = put_metric_alarm


def query_members(parameters: dict[str, Any]) -> dict[str, Any]:
    """A Query-protocol request of DescribeAlarms as the JSON protocol would send it."""
    members: dict[str, Any] = {}
    for name in ("AlarmNamePrefix", "StateValue", "NextToken", "ActionPrefix"):
        if value := cloudwatch._p(parameters, name):
            members[name] = value
    for name in ("AlarmNames", "AlarmTypes"):
        values = []
        while value := cloudwatch._p(parameters, f"{name}.member.{len(values) + 1}"):
            values.append(value)
        if values:
            members[name] = values
    if records := cloudwatch._p(parameters, "MaxRecords"):
        members["MaxRecords"] = int(records)
    return members


def query_list(parameters: dict[str, Any], name: str) -> Any:
    """A list of structures in a Query-protocol request, as the JSON protocol would send it."""
    tree: dict[str, Any] = {}
    for parameter in parameters:
        *path, last = parameter.split(".")
        place = tree
        for part in path:
            place = place.setdefault(part, {})
        place[last] = cloudwatch._p(parameters, parameter)
    return lists_of_members(tree[name])


def lists_of_members(value: Any) -> Any:
    """`{"member": {"1": ..., "2": ...}}` as a list, at any depth."""
    if not isinstance(value, dict):
        return value
    if value.keys() == {"member"}:
        members = value["member"]
        return [lists_of_members(members[number]) for number in sorted(members, key=int)]
    return {name: lists_of_members(part) for name, part in value.items()}


def with_iso_times(alarm: dict[str, Any]) -> dict[str, Any]:
    """An alarm whose timestamps are text, as the Query protocol wants them."""

    def iso(name: str, value: Any) -> Any:
        if name.endswith("Timestamp") and isinstance(value, int | float):
            return datetime.datetime.fromtimestamp(value, datetime.UTC).isoformat()
        return value

    return {name: iso(name, value) for name, value in alarm.items()}


def to_xml(value: Any) -> str:
    """JSON data in the XML form of the Query protocol; absent members are left out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        present = {name: part for name, part in value.items() if part is not None}
        return "".join(f"<{name}>{to_xml(part)}</{name}>" for name, part in present.items())
    if isinstance(value, list):
        return "".join(f"<member>{to_xml(part)}</member>" for part in value)
    return escape(str(value))


def correct_claims() -> None:
    """A Cognito authorizer passes a list claim on joined by commas; brackets are the JWT one's."""
    stringify = apigateway_v1._stringify_claims

    def stringify_claims(claims: dict[str, Any] | None) -> dict[str, str]:
        joined = {
            name: ",".join(map(str, value)) if isinstance(value, list) else value
            for name, value in (claims or {}).items()
        }
        handed: dict[str, str] = stringify(joined)
        return handed

    apigateway_v1._stringify_claims = stringify_claims


def replace_handlers(module: Any, action: str, handler: Callable[..., Answer]) -> None:
    """Put `handler` into every dispatch table of `module` that has `action`."""
    for table in vars(module).values():
        if isinstance(table, dict) and callable(table.get(action)):
            table[action] = handler


def one_request_a_connection() -> None:
    """A reused connection is dropped at times; the SDK then repeats a create and gets a 409."""
    hypercorn.config.Config.keep_alive_max_requests = 0


def answer_repeats_alike() -> None:
    """A request that an SDK repeats, its answer lost, gets that answer: it is not done twice.

    AWS would do it twice too; but its answers are not lost when this machine is busy.
    """
    application: Any = app.app
    answers: dict[bytes, asyncio.Task[list[Message]]] = {}

    async def answered(scope: Message, receive: Receive) -> list[Message]:
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await application(scope, receive, keep)
        return sent

    async def once(scope: Message, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        invocation = headers.get(b"amz-sdk-invocation-id")
        if invocation is None or scope["type"] != "http":
            await application(scope, receive, send)
            return
        known = answers.get(invocation)
        if known is None or failed(await asyncio.shield(known)):
            answers[invocation] = asyncio.create_task(answered(scope, receive))
        else:
            print(f"repeated: {scope['method']} {scope['path']}", flush=True)
        for message in await asyncio.shield(answers[invocation]):
            await send(message)

    app.app = once


def failed(answer: list[Message]) -> bool:
    """Whether an SDK asks again because of the answer, and not for want of one."""
    return answer[0]["status"] == 429 or answer[0]["status"] >= 500


CORRECTIONS = (
    correct_mock_integrations,
    correct_mock_responses,
    correct_stages,
    correct_vpc_endpoints,
    correct_alarms,
    correct_claims,
    one_request_a_connection,
    answer_repeats_alike,
)


def end_with_standard_input() -> None:
    """End with the process that started this one, however that ends."""
    while os.read(0, 1024):  # not sys.stdin, whose lock would hold up the end of the interpreter
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Apply every correction and run the emulator until it is told to stop."""
    for correct in CORRECTIONS:
        correct()
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    app.main()


if __name__ == "__main__":
    main()
