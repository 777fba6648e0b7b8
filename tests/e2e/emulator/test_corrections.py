"""One test a correction: what was written is what is read, as on AWS.

A test that passes without its correction shows that the correction has become obsolete.
"""

from __future__ import annotations

import io
import re
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
import zipfile
from functools import partial
from typing import Any

import pytest

from nexus_gen.local.emulator import Emulator
from tests.e2e.emulator.start import REGION
from tests.e2e.http import client as sdk_client
from tests.e2e.http import stage_of


@pytest.fixture
def client(emulator: Emulator) -> Any:
    return partial(sdk_client, emulator)


@pytest.fixture
def api(client: Any) -> Any:
    """A REST API with one method, and its client."""
    gateway = client("apigateway")
    api = gateway.create_rest_api(name="corrections")
    root = gateway.get_resources(restApiId=api["id"])["items"][0]["id"]
    gateway.put_method(
        restApiId=api["id"], resourceId=root, httpMethod="OPTIONS", authorizationType="NONE"
    )
    yield gateway, {"restApiId": api["id"], "resourceId": root, "httpMethod": "OPTIONS"}
    gateway.delete_rest_api(restApiId=api["id"])


def test_a_mock_integration_has_no_http_method(api: Any) -> None:
    gateway, place = api
    gateway.put_integration(**place, type="MOCK")
    assert "httpMethod" not in gateway.get_integration(**place)


def test_a_proxy_integration_keeps_its_http_method(api: Any) -> None:
    gateway, place = api
    uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations"
    gateway.put_integration(**place, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    assert gateway.get_integration(**place)["httpMethod"] == "POST"


def test_a_mocked_response_overrides_headers_as_its_template_says(
    api: Any, emulator: Emulator
) -> None:
    gateway, place = api
    gateway.put_integration(
        **place, type="MOCK", requestTemplates={"application/json": '{"statusCode":200}'}
    )
    header = "Access-Control-Allow-Origin"
    gateway.put_method_response(
        **place,
        statusCode="200",
        responseParameters={f"method.response.header.{header}": True},
    )
    template = (
        "#if($input.params().header.get('origin') == 'https://a.example')"
        f"#set($context.responseOverride.header.{header} = 'https://a.example')#end"
    )
    gateway.put_integration_response(
        **place, statusCode="200", responseTemplates={"application/json": template}
    )
    deployment = gateway.create_deployment(restApiId=place["restApiId"])
    gateway.create_stage(
        restApiId=place["restApiId"], stageName="one", deploymentId=deployment["id"]
    )
    answers = {}
    for origin in ("https://a.example", "https://b.example"):
        answer = stage_of(emulator, place["restApiId"], "one").send(
            "OPTIONS", "/", None, {"Origin": origin}
        )
        answers[origin] = (answer.headers[header], answer.body)
    assert answers == {
        "https://a.example": ("https://a.example", b""),
        "https://b.example": (None, b""),
    }


def test_a_stage_without_access_logs_says_nothing_of_them(api: Any) -> None:
    gateway, place = api
    gateway.put_integration(**place, type="MOCK")
    deployment = gateway.create_deployment(restApiId=place["restApiId"])
    gateway.create_stage(
        restApiId=place["restApiId"], stageName="one", deploymentId=deployment["id"]
    )
    stage = gateway.get_stage(restApiId=place["restApiId"], stageName="one")
    assert "accessLogSettings" not in stage


def test_an_interface_endpoint_keeps_its_groups_and_private_dns(client: Any) -> None:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
    made = ec2.create_vpc_endpoint(
        VpcId=vpc,
        VpcEndpointType="Interface",
        ServiceName=f"com.amazonaws.{REGION}.sts",
        SecurityGroupIds=[group],
        PrivateDnsEnabled=True,
    )["VpcEndpoint"]["VpcEndpointId"]
    (found,) = ec2.describe_vpc_endpoints(VpcEndpointIds=[made])["VpcEndpoints"]
    assert [g["GroupId"] for g in found["Groups"]] == [group]
    assert found["PrivateDnsEnabled"] is True
    ec2.modify_vpc_endpoint(VpcEndpointId=made, RemoveSecurityGroupIds=[group])
    (changed,) = ec2.describe_vpc_endpoints(VpcEndpointIds=[made])["VpcEndpoints"]
    assert changed["Groups"] == []


def test_an_alarm_is_described_with_all_that_was_stored(client: Any) -> None:
    cloudwatch = client("cloudwatch")
    wanted = {
        "AlarmName": "slow",
        "ComparisonOperator": "GreaterThanThreshold",
        "EvaluationPeriods": 3,
        "MetricName": "Duration",
        "Namespace": "AWS/Lambda",
        "Period": 60,
        "ExtendedStatistic": "p99",
        "Threshold": 3000.0,
        "TreatMissingData": "notBreaching",
        "Dimensions": [{"Name": "FunctionName", "Value": "f"}],
    }
    cloudwatch.put_metric_alarm(**wanted)
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["slow"])["MetricAlarms"]
    assert {name: alarm.get(name) for name in wanted} == wanted
    assert alarm.get("Statistic") is None


def test_groups_reach_a_function_joined_by_commas(client: Any, emulator: Emulator) -> None:
    token, pool = signed_in(client("cognito-idp"), ["teachers", "admins"])
    gateway = client("apigateway")
    api = gateway.create_rest_api(name="claims")["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    authorizer = gateway.create_authorizer(
        restApiId=api,
        name="pool",
        type="COGNITO_USER_POOLS",
        identitySource="method.request.header.Authorization",
        providerARNs=[pool],
    )
    place = {"restApiId": api, "resourceId": root, "httpMethod": "GET"}
    gateway.put_method(
        **place, authorizationType="COGNITO_USER_POOLS", authorizerId=authorizer["id"]
    )
    function = echo(client("lambda"))
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function}/invocations"
    gateway.put_integration(**place, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    deployment = gateway.create_deployment(restApiId=api)["id"]
    gateway.create_stage(restApiId=api, stageName="one", deploymentId=deployment)
    answer = stage_of(emulator, api, "one").send("GET", "/", None, {"Authorization": token})
    assert set(answer.body.decode().split(",")) == {"teachers", "admins"}


def signed_in(cognito: Any, groups: list[str]) -> tuple[str, str]:
    """ID token of a user in these groups, and the ARN of their pool."""
    made = cognito.create_user_pool(PoolName="claims")["UserPool"]
    pool, user = made["Id"], {"UserPoolId": made["Id"], "Username": "user"}
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    cognito.admin_create_user(**user, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(**user, Password="Correct-horse-1", Permanent=True)
    for group in groups:
        cognito.create_group(UserPoolId=pool, GroupName=group)
        cognito.admin_add_user_to_group(**user, GroupName=group)
    answer = cognito.initiate_auth(
        ClientId=client,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "user", "PASSWORD": "Correct-horse-1"},
    )
    return answer["AuthenticationResult"]["IdToken"], made["Arn"]


def echo(functions: Any) -> str:
    """ARN of a function that answers with the claim of groups as it arrived."""
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as package:
        package.writestr(
            "echo.py",
            "def handle(event, context):\n"
            "    claims = event['requestContext']['authorizer']['claims']\n"
            "    return {'statusCode': 200, 'body': claims['cognito:groups']}\n",
        )
    made = functions.create_function(
        FunctionName="echo",
        Runtime="python3.13",
        Role="arn:aws:iam::000000000000:role/echo",
        Handler="echo.handle",
        Code={"ZipFile": code.getvalue()},
    )
    arn: str = made["FunctionArn"]
    return arn


def test_an_alarm_keeps_its_expression_and_has_no_period_of_its_own(client: Any) -> None:
    cloudwatch = client("cloudwatch")
    metric = {
        "Namespace": "AWS/DynamoDB",
        "MetricName": "ReadThrottleEvents",
        "Dimensions": [{"Name": "TableName", "Value": "t"}],
    }
    queries = [
        {"Id": "refused", "Expression": "SUM(FILL(METRICS(), 0))", "ReturnData": True},
        {"Id": "m0", "MetricStat": {"Metric": metric, "Period": 300, "Stat": "Sum"}},
    ]
    cloudwatch.put_metric_alarm(
        AlarmName="refused",
        ComparisonOperator="GreaterThanThreshold",
        EvaluationPeriods=1,
        Threshold=0,
        Metrics=queries,
    )
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["refused"])["MetricAlarms"]
    assert alarm["Metrics"] == queries
    assert not [name for name in ("Period", "Statistic", "MetricName") if alarm.get(name)]


def test_a_request_of_the_query_protocol_keeps_its_expression(emulator: Emulator) -> None:
    """The protocol that Terraform's provider speaks."""
    expression = {"Id": "refused", "Expression": "SUM(FILL(METRICS(), 0))", "ReturnData": "true"}
    stat = {
        "Period": "300",
        "Stat": "Sum",
        "Metric.Namespace": "AWS/DynamoDB",
        "Metric.MetricName": "ReadThrottleEvents",
        "Metric.Dimensions.member.1.Name": "TableName",
        "Metric.Dimensions.member.1.Value": "t",
    }
    given = {
        "Action": "PutMetricAlarm",
        "AlarmName": "queried",
        "EvaluationPeriods": "1",
        "Threshold": "0",
        "ComparisonOperator": "GreaterThanThreshold",
        **{f"Metrics.member.1.{name}": value for name, value in expression.items()},
        "Metrics.member.2.Id": "m0",
        **{f"Metrics.member.2.MetricStat.{name}": value for name, value in stat.items()},
    }
    query(emulator, given)
    text = query(emulator, {"Action": "DescribeAlarms", "AlarmNames.member.1": "queried"})
    alarm = ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", text)).find(
        ".//MetricAlarms/member"
    )
    assert alarm is not None
    assert alarm.find("Period") is None
    first, second = alarm.findall("Metrics/member")
    assert {part.tag: part.text for part in first} == expression
    assert second.findtext("MetricStat/Period") == "300"
    assert second.findtext("MetricStat/Metric/Dimensions/member/Value") == "t"


def query(emulator: Emulator, parameters: dict[str, str]) -> str:
    """The answer to a request in the Query protocol."""
    scope = f"test/20260101/{REGION}/monitoring/aws4_request"
    request = urllib.request.Request(
        emulator.endpoint,
        urllib.parse.urlencode({**parameters, "Version": "2010-08-01"}).encode(),
        {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, "
            "Signature=0",
            "Content-Type": "application/x-www-form-urlencoded",
            **emulator.headers,
        },
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        text: str = answer.read().decode()
    return text


def test_a_repeated_request_is_not_done_twice(client: Any) -> None:
    """As an SDK repeats one whose answer was lost: under the invocation's id."""
    gateway = client("apigateway")

    def name(context: dict[str, Any], **_: Any) -> None:
        context["retries"] = {"invocation-id": "first"}

    event = "before-call.apigateway.CreateRestApi"
    gateway.meta.events.register(event, name)
    made = gateway.create_rest_api(name="once")["id"]
    assert gateway.create_rest_api(name="once")["id"] == made
    gateway.meta.events.unregister(event, name)
    other = gateway.create_rest_api(name="once")["id"]
    assert other != made
    for api in (made, other):
        gateway.delete_rest_api(restApiId=api)
