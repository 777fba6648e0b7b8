"""Requests of the education API as API Gateway hands them to its function."""

from __future__ import annotations

import json
from typing import Any

COURSES = "/education/courses"
COURSE = "/education/courses/{course_id}"
COURSE_ID = "01K00000000000000000000000"

NEW_COURSE = {
    "title": "Statistics for people who think they cannot",
    "slug": "statistics-for-people",
    "summary": "Ten weeks from counting to regression, with data that the class collects. " * 4,
    "level": "intermediate",
    "language": "en",
    "price": "129.00",
    "capacity": 40,
    "tags": ["statistics", "data", "beginners welcome"],
    "starts_on": "2027-01-11",
    "ends_on": "2027-03-22",
}

FUNCTION_ENVIRONMENT = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AWS_SESSION_TOKEN": "t" * 700,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_LAMBDA_FUNCTION_NAME": "bench-education-api",
    "TABLE_NAME": "bench-education",
    "TENANT_ROLE_ARN": "arn:aws:iam::123456789012:role/bench-education-tenant",
    "CURSOR_KEY_ARN": "arn:aws:kms:us-east-1:123456789012:key/mrk-1",
    "CORS_ORIGINS": "https://app.example.com",
    "ENVIRONMENT": "bench",
    "LOG_LEVEL": "INFO",
}


class Context:
    """The part of Lambda's context object that handlers read."""

    aws_request_id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
    function_name = "bench-education-api"
    memory_limit_in_mb = 256

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would stop the function."""
        return 15_000


def event(
    method: str,
    resource: str,
    body: dict[str, Any] | None = None,
    query: dict[str, str] | None = None,
) -> dict[str, Any]:
    """A proxy event of an administrator of one organization, about `COURSE_ID`."""
    parameters = {"course_id": COURSE_ID} if resource == COURSE else None
    path = resource.replace("{course_id}", COURSE_ID)
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "Origin": "https://app.example.com",
        "User-Agent": "Mozilla/5.0",
        "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678",
    }
    claims = {
        "sub": "5f5d1d3e-4a5b-4c5d-8e5f-0a1b2c3d4e5f",
        "custom:organization_id": "bench",
        "cognito:groups": "admin",
        "token_use": "id",
    }
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": query,
        "multiValueQueryStringParameters": {k: [v] for k, v in query.items()} if query else None,
        "pathParameters": parameters,
        "stageVariables": None,
        "requestContext": {
            "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
            "authorizer": {"claims": claims},
            "httpMethod": method,
            "path": f"/api{path}",
            "resourcePath": resource,
            "stage": "api",
            "identity": {"sourceIp": "203.0.113.7", "userAgent": "Mozilla/5.0"},
        },
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }


def first(operation: str) -> dict[str, Any]:
    """The event of a `create`, `get`, `list` (of 50) or `update`."""
    match operation:
        case "create":
            return event("POST", COURSES, NEW_COURSE)
        case "list":
            return event("GET", COURSES, query={"limit": "50"})
        case "update":
            return event("PATCH", COURSE, {"title": "Statistics, again"})
        case "get":
            return event("GET", COURSE)
    raise ValueError(f"no request is called {operation}")
