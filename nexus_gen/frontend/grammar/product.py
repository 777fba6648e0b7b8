"""`spec/nexus.yaml`."""

from __future__ import annotations

from nexus_gen.frontend.grammar.entities import DIALECT
from nexus_gen.frontend.grammar.parts import (
    ENVIRONMENT_NAME,
    FILLED_NAME,
    FILLED_NAME_FORM,
    KEBAB_NAME,
    ROLE_NAME,
    Schema,
    boolean,
    choice,
    form,
    integer,
    listing,
    mapping,
    name,
    record,
    text,
    when,
)
from nexus_gen.model.product import CORE_OUTPUTS, CORE_RESOURCES, NO_RESERVATION
from nexus_gen.model.references import REFERENCE

VERSION = 1
"""The one version of the language that there is."""

_REGION = r"^[a-z]{2}(-[a-z]+)+-[0-9]$"
_ORIGIN = r"^(\*|[A-Za-z][A-Za-z0-9+.-]*://[^/\s]+)$"
_HEADER = "^[A-Za-z0-9][A-Za-z0-9._-]*$"
"""A token of RFC 9110, 5.6.2, without `*` and the signs that mean something to a template."""
_TOPIC = r"^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+$"
_STATE_BUCKET = r"^([a-z0-9]|\{environment\})([a-z0-9.-]|\{environment\})+$"
_STATE_NAME = r"^([^{}]|\{environment\})+$"
_STATE_NAME_FORM = "a path in which `{environment}` alone stands in braces"
_WORKSPACE = r"^([A-Za-z0-9_.-]|\{environment\})+$"
_WEB_ACL = (
    "^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:[0-9]{12}:regional/webacl/[A-Za-z0-9_-]{1,128}/[0-9a-f-]{36}$"
)
_OUTPUT = r"^[A-Za-z_][A-Za-z0-9_-]*$"

_LOG_RETENTION = [
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827),
    *(2192, 2557, 2922, 3288, 3653),
]
"""Days that CloudWatch Logs knows (PutRetentionPolicy, `retentionInDays`)."""


def nexus() -> Schema:
    """The schema of the product."""
    whole = record(
        "The product: its names, its tenants, its environments, and the estate that it extends.",
        {
            "nexus": {"description": "Version of this language.", "const": VERSION},
            "product": name("Name of the product.", KEBAB_NAME, examples=["ai-nexus"]),
            "project": name("Name of the estate that is extended.", KEBAB_NAME),
            "region": text(
                "AWS region.",
                length=30,
                **form(_REGION, "a region like `us-east-1`"),
                examples=["us-east-1"],
            ),
            "tenancy": _tenancy(),
            "environments": mapping(
                "Deployments of the product, by name.", ENVIRONMENT_NAME, _environment(), length=16
            ),
            "cors": _cors(),
            "logging": _logging(),
            "integration": _integration(),
            "storage": _storage(),
        },
        required=(
            "nexus",
            "product",
            "project",
            "region",
            "tenancy",
            "environments",
            "integration",
        ),
    )
    return {"$schema": DIALECT, "title": "nexus-gen product", **whole}


def _tenancy() -> Schema:
    return record(
        "Where the tenant and its roles come from.",
        {
            "claim": text(
                "Claim of the verified token that carries the organization.",
                length=64,
                **form("^[A-Za-z0-9_:.-]+$", "the name of a claim: letters, digits and `_:.-`"),
                examples=["custom:organization_id"],
            ),
            "roles": mapping(
                "Roles and what they mean, matched exactly against `cognito:groups`.",
                ROLE_NAME,
                text("What members of the role do."),
            ),
        },
        required=("claim", "roles"),
    )


def _cors() -> Schema:
    header = text("Name of a header.", length=64, **form(_HEADER, "the name of a header"))
    return record(
        "What pages of other origins may do besides what this API needs.",
        {
            "request_headers": listing(
                "More headers that pages may send.",
                header,
                most=20,
                examples=[["baggage", "sentry-trace", "traceparent"]],
            ),
            "exposed_headers": listing(
                "More headers of answers that pages may read.", header, most=20
            ),
        },
        more={"minProperties": 1},
    )


def _logging() -> Schema:
    return record(
        "Where functions log. To change it deletes the groups of before, with their lines.",
        {
            "group": choice(
                "- `function`: each function has a log group of its own\n"
                "- `shared`: all functions of an environment log to one group; metrics and alarms "
                "stay those of a vertical, by the `vertical` of each line",
                ["function", "shared"],
                default="function",
            )
        },
        required=("group",),
    )


def _environment() -> Schema:
    return record(
        "One deployment.",
        {
            "cors_origins": listing(
                "Origins whose pages may call the API.",
                text(
                    "Scheme and host, no path; of apps like `capacitor://localhost` too.",
                    length=200,
                    **form(_ORIGIN, "an origin like `https://app.example.com`, without a path"),
                ),
                most=20,
                examples=[["https://app.example.com"]],
            ),
            "deletion_protection": boolean("Refuse to delete tables.", False),
            "lambda": _functions(),
            "throttle": _throttle(),
            "alarms": record(
                "Where alarms go.",
                {
                    "topic_arn": text(
                        "An SNS topic.",
                        length=256,
                        **form(_TOPIC, "the ARN of an SNS topic"),
                    )
                },
                required=("topic_arn",),
            ),
            "web_acl_arn": text(
                "Mode `separate`: the web ACL of AWS WAF that filters requests to our stage. The "
                "one of core's stage does not: a web ACL covers the stages it is attached to.",
                length=256,
                **form(_WEB_ACL, "the ARN of a web ACL with the scope REGIONAL"),
            ),
            "log_retention_days": {
                "description": "How long logs are kept; CloudWatch knows these numbers only.",
                "enum": _LOG_RETENTION,
                "default": 365,
            },
        },
        required=("cors_origins",),
    )


def _functions() -> Schema:
    return record(
        "Settings of every function of the environment.",
        {
            "memory_mb": integer("Memory; processor time grows with it.", 128, 10_240, default=256),
            "timeout_seconds": integer("API Gateway gives up after 29 seconds.", 1, 29, default=15),
            "reserved_concurrency": {
                "description": "Most invocations of one function at a time, which AWS sets aside "
                "for it. AWS refuses what would leave the account less than 100 unreserved, so a "
                "new account, whose limit is 10, can reserve nothing: `none` sets nothing aside.",
                "type": ["integer", "string"],
                "minimum": 1,
                "maximum": 1000,
                **form(f"^{NO_RESERVATION}$", f"a number from 1 to 1,000, or `{NO_RESERVATION}`"),
                "default": NO_RESERVATION,
            },
        },
        more={"minProperties": 1},
    )


def _throttle() -> Schema:
    return record(
        "Mode `separate`: bounds of our stage. Those of core's stage are set in core's root.",
        {
            "rate": integer("Requests a second.", 1, 10_000, default=100),
            "burst": integer("Requests at once on top.", 1, 5_000, default=200),
        },
        more={"minProperties": 1},
    )


def _integration() -> Schema:
    return record(
        "The estate that is extended.",
        {
            "mode": choice(
                "- `extended`: a module in core's root, one apply\n"
                "- `separate`: a root of its own over core's outputs",
                ["extended", "separate"],
            ),
            "rest_api": text(
                "Name of core's REST API; `{project}`, `{environment}` and `{product}` are "
                "filled in.",
                length=128,
                **form(FILLED_NAME, FILLED_NAME_FORM),
                default="{project}-{environment}-{product}-api",
            ),
            "reserved_paths": listing(
                "First path parts of core's own endpoints.",
                text(
                    "One part, without a slash.",
                    length=100,
                    **form("^[A-Za-z0-9._~-]+$", "one part of a path, without a slash"),
                ),
                most=300,
                least=0,
            ),
            "resource_quota": integer(
                "Resources that the REST API may have; more than 300 only where AWS has raised it.",
                300,
                1_000_000,
                default=300,
            ),
            "authorizer": choice(
                "`reuse` core's Cognito authorizer, or `create` one of ours.",
                ["reuse", "create"],
                default="reuse",
            ),
            "core_state": _core_state(),
            "core_outputs": _renamed(
                "Mode `separate`: names of core's outputs.",
                CORE_OUTPUTS,
                form(_OUTPUT, "the name of an output"),
            ),
            "core_resources": _renamed(
                "Mode `extended`: where core's root has what we need. The address of a resource or "
                "data source, with or without an index (`aws_vpc.main[0]`, "
                '`aws_cognito_user_pool_client.apps["spa"]`), stands for the resource; everything '
                "else (`module.net.vpc_id`, `local.vpc_id`, `aws_subnet.a.vpc_id`) is the value "
                "itself. Values: of `rest_api` the whole resource, of `stage` its invoke URL, of "
                "`user_pool_arn` an ARN, of `subnets` a list of ids, of the others an id.",
                CORE_RESOURCES,
                form(REFERENCE, "a reference like `aws_vpc.main[0]` or `module.net.vpc_id`"),
            ),
        },
        required=("mode",),
    )


def _core_state() -> Schema:
    local = {
        "path": text(
            "Path of the state file, from the root that reads it.",
            length=500,
            **form(_STATE_NAME, _STATE_NAME_FORM),
            examples=["../../../../../core/{environment}/terraform.tfstate"],
        )
    }
    s3 = {
        "bucket": text("The bucket.", length=63, **form(_STATE_BUCKET, "the name of an S3 bucket")),
        "key": text(
            "The object.",
            length=500,
            **form(_STATE_NAME, _STATE_NAME_FORM),
            examples=["core/{environment}/terraform.tfstate"],
        ),
        "region": text("Its region.", length=30, **form(_REGION, "a region like `us-east-1`")),
    }
    workspace = {
        "workspace": text(
            "The Terraform workspace that core is applied in; left out, the `default` one.",
            length=90,
            **form(_WORKSPACE, "the name of a workspace: letters, digits and `_.-`"),
            examples=["{environment}"],
        )
    }
    backend = choice("Kind of Terraform backend.", ["local", "s3"])
    return {
        "description": "Where core's Terraform state lies. `{environment}` is filled in with the "
        "name of the environment that is applied: each environment of the backend is built over "
        "the users, the network and the API of the core that this state describes, so in mode "
        "`separate` no two environments may come to the same state.",
        "type": "object",
        "properties": {"backend": backend},
        "required": ["backend"],
        "allOf": [
            when("backend", "local", _settings(local, {})),
            when("backend", "s3", _settings(s3, workspace)),
        ],
    }


def _settings(required: dict[str, Schema], optional: dict[str, Schema]) -> Schema:
    return {
        "properties": {"backend": True, **required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _renamed(description: str, names: dict[str, str], shape: Schema) -> Schema:
    keys = {
        key: text("Its name in core.", length=200, default=default, **shape)
        for key, default in names.items()
    }
    return record(description, keys)


def _storage() -> Schema:
    prefix = name("A prefix.", KEBAB_NAME)
    return record(
        "Prefixes of the tenant bucket.",
        {
            "organization": listing(
                "Below `organizations/{organization_id}/`.", prefix, most=50, least=0
            ),
            "public": listing("Below `public/`.", prefix, most=50, least=0),
        },
    )
