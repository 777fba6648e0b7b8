"""Refusals of the product, its environments and the estate that is extended."""

from __future__ import annotations

from ..documents import COURSE, EDUCATION, NEXUS, Refusal, product

_ORIGINS = "cors_origins: [https://dev.example.com]"
_DEV = "dev: {cors_origins: [https://dev.example.com]}"
_CLAIM = "claim: custom:organization_id"
_SAFE = "use a custom attribute that the app client may not write: `custom:organization_id`"
_INTEGRATION = "integration: {mode: extended, reserved_paths: [files]}"
_LISTED = "list the origins of your pages, one by one"
_QUOTA = (
    "have AWS raise the quota and write the new one as `resource_quota`, or put verticals on an "
    "API of their own"
)


def _origin(origin: str) -> dict[str, str]:
    return product(_ORIGINS, f"cors_origins: [«{origin}»]")


def _topic(arn: str) -> dict[str, str]:
    lines = f"dev:\n    cors_origins: [https://x.io]\n    alarms: {{topic_arn: «{arn}»}}"
    return product(_DEV, lines)


_RESERVED = ", ".join(f"core{number}" for number in range(299))
_LONG = ", ".join(f"https://{number:060d}.{'a' * 60}.{'b' * 60}" for number in range(20))

_TWO_ENVIRONMENTS = product(_DEV, f"{_DEV}\n  prod: {{cors_origins: [https://example.com]}}")


def _adopted(name: str) -> dict[str, str]:
    table = f"table: {{adopt: import, name: {name}}}"
    vertical = COURSE.replace("entities:", f"{table}\nentities:", 1)
    return {**_TWO_ENVIRONMENTS, EDUCATION: vertical}


def _over_one_state(state: str) -> dict[str, str]:
    """A separate root of two environments, with this `core_state`."""
    separate = f"integration: {{mode: separate, core_state: {{{state}}}}}"
    return {**_TWO_ENVIRONMENTS, NEXUS: _TWO_ENVIRONMENTS[NEXUS].replace(_INTEGRATION, separate)}


def _core(resources: str) -> dict[str, str]:
    return product(
        _INTEGRATION, f"integration: {{mode: extended, core_resources: {{{resources}}}}}"
    )


def _cors(key: str, headers: str) -> dict[str, str]:
    return product(_INTEGRATION, f"{_INTEGRATION}\ncors: {{{key}: [{headers}]}}")


_ONE = "name one instance, with its index: `[0]`, or its key"
_S3_MOVE = "put `{environment}` into `key` or `bucket` or `workspace`"
_PATH_MOVE = "put `{environment}` into `path`"

ESTATE = (
    Refusal("NX326", _over_one_state("backend: local, path: «a.tfstate»"), _PATH_MOVE),
    Refusal(
        "NX326", _over_one_state('backend: local, path: «"../{environment}/../a"»'), _PATH_MOVE
    ),
    Refusal(
        "NX326",
        _over_one_state("backend: s3, bucket: states, key: «core», region: us-east-1"),
        _S3_MOVE,
    ),
    Refusal(
        "NX326",
        _over_one_state("backend: s3, bucket: st, key: «core», region: us-east-1, workspace: prod"),
        _S3_MOVE,
    ),
    Refusal("NX325", _adopted("«courses»"), "put `{environment}` into the name"),
    Refusal(
        "NX305",
        product(
            _INTEGRATION,
            f"«integration»: {{mode: extended, reserved_paths: [{_RESERVED}]}}",
        ),
        _QUOTA,
    ),
    Refusal(
        "NX305",
        product(
            _INTEGRATION,
            "integration: {mode: extended, resource_quota: «300», "
            f"reserved_paths: [{_RESERVED}]}}",
        ),
        _QUOTA,
    ),
    Refusal(
        "NX307",
        product(_ORIGINS, f"«cors_origins»: [{_LONG}]"),
        "list fewer or shorter origins",
    ),
    Refusal("NX311", product(_ORIGINS, "cors_origins: [«'*'»]"), _LISTED),
    Refusal("NX311", product(_ORIGINS, "cors_origins: [«'https://*.example.com'»]"), _LISTED),
    Refusal("NX312", _origin("https://Example.com"), "write `https://example.com`"),
    Refusal("NX312", _origin("file://localhost"), "serve the page from a server or a shell"),
    Refusal("NX312", _origin("Capacitor://localhost"), "write `capacitor://localhost`"),
    Refusal("NX312", _origin("http://localhost:80"), "write `http://localhost`"),
    Refusal("NX312", _origin("https://example.com:99999"), "write a port from 1 to 65535"),
    Refusal(
        "NX312",
        _origin("https://example..com"),
        "write an origin like `https://app.example.com`",
    ),
    Refusal("NX312", _origin("https://example.com?x"), "write `https://example.com`"),
    Refusal("NX312", _origin("https://me:word@example.com"), "write `https://example.com`"),
    Refusal("NX314", product("us-east-1", "«us-esat-1»"), "did you mean `us-east-1`?"),
    Refusal(
        "NX318",
        _topic("arn:aws:sns:eu-west-1:123456789012:ops"),
        "name a topic in `us-east-1`",
    ),
    Refusal(
        "NX329",
        product(
            _ORIGINS,
            f"{_ORIGINS}, «web_acl_arn»: arn:aws:wafv2:us-east-1:123456789012:regional/webacl/api/"
            "0a1b2c3d-0000-4000-8000-0123456789ab",
        ),
        "remove it, and attach the web ACL to core's stage in core's root",
    ),
    Refusal(
        "NX329",
        product(_ORIGINS, f"{_ORIGINS}, «throttle»: {{rate: 500}}"),
        "remove it, and set the limits of core's stage in core's root, with "
        "`aws_api_gateway_method_settings`",
    ),
    Refusal(
        "NX329",
        product(_INTEGRATION, "integration: {mode: extended, «core_outputs»: {vpc_id: vpc}}"),
        "remove it; names for this mode stand under `core_resources`",
    ),
    Refusal(
        "NX329",
        product(
            _INTEGRATION,
            "integration: {mode: extended, «core_outputs»: {environment: env, vpc_id: vpc}}",
        ),
        "remove all but `environment`; names for this mode stand under `core_resources`",
    ),
    Refusal(
        "NX329",
        product(
            _INTEGRATION,
            "integration: {mode: separate, core_state: {backend: local, path: a}, "
            "«core_resources»: {vpc: aws_vpc.a}}",
        ),
        "remove it; names for this mode stand under `core_outputs`",
    ),
    *(
        Refusal("NX331", _cors(key, headers), "remove it from the list")
        for key, headers in (
            ("request_headers", "«Content-Type»"),
            ("request_headers", "x-a, «authorization»"),
            ("request_headers", "x-a, x-b, «X-A»"),
            ("request_headers", "«Cookie»"),
            ("request_headers", "«Sec-Fetch-Mode»"),
            ("exposed_headers", "«etag»"),
            ("exposed_headers", "x-a, «Content-Length»"),
            ("exposed_headers", "«Set-Cookie»"),
        )
    ),
    Refusal(
        "NX319",
        product("mode: extended", "mode: «separate»"),
        "add `core_state: {backend: s3, bucket: ..., key: ..., region: ...}`, "
        "or `{backend: local, path: ...}`",
    ),
    Refusal(
        "NX322",
        product(_INTEGRATION, "integration: {mode: extended, core_resources: {vpc: «aws_eip.a»}}"),
        "write an address like `aws_vpc.main`",
    ),
    *(
        Refusal("NX322", _core(f"{need}: «'{reference}'»"), move)
        for need, reference, move in (
            ("vpc", "data.aws_vpcs.all", "write an address like `aws_vpc.main`"),
            ("vpc", "aws_vpc.main.arn", "write `aws_vpc.main`, which stands for its `id`"),
            ("vpc", "aws_subnet.a.id", "write an address like `aws_vpc.main`"),
            ("vpc", "aws_vpc.all[*].id", _ONE),
            ("vpc", "module.net[*].vpc_id", _ONE),
            (
                "user_pool",
                'aws_cognito_user_pool.all["eu"].name',
                'write `aws_cognito_user_pool.all["eu"]`, which stands for its `id`',
            ),
            (
                "user_pool_arn",
                "aws_cognito_user_pool.main.id",
                "write `aws_cognito_user_pool.main`, which stands for its `arn`",
            ),
            (
                "stage",
                "aws_api_gateway_stage.main.id",
                "write `aws_api_gateway_stage.main`, which stands for its `invoke_url`",
            ),
            ("rest_api", "aws_api_gateway_rest_api.a.id", "write `aws_api_gateway_rest_api.a`"),
            (
                "subnets",
                "aws_subnet.a[0].id",
                "write `aws_subnet.a` for all of them, or `aws_subnet.a[0]` for a list of this one",
            ),
        )
    ),
    Refusal(
        "NX322",
        product(
            _INTEGRATION,
            "integration: {mode: extended, authorizer: create, "
            "core_resources: {user_pool: «module.auth.user_pool_id»}}",
        ),
        "say `user_pool_arn` too: a reference whose value is the ARN",
    ),
    Refusal("NX323", product(_CLAIM, "claim: «email»"), _SAFE),
    Refusal("NX323", product(_CLAIM, "claim: «custom:organization_identifier»"), _SAFE),
    Refusal("NX323", product(_CLAIM, "claim: «organization»"), _SAFE),
    Refusal(
        "NX324",
        product(_INTEGRATION, f"{_INTEGRATION}\nstorage: {{organization: [«quarantine»]}}"),
        "give the prefix another name",
    ),
)
