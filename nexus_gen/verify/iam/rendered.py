"""Roles, tables and buckets as Terraform renders them, each with its line in the output.

A mocked apply (`nexus_gen.verify.mocked_apply`) resolves everything that Terraform computes, so
that what is read here is the text that AWS would get, but for the ARNs, which are made up: each
resource has one of its own, the same in every environment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nexus_gen.verify.iam.policy import Policy, Statement, UnmodelledError, parse_json
from nexus_gen.verify.mocked_apply import ACCOUNT, REGION, Applied, module_and_type
from nexus_gen.verify.terraform_blocks import Block

_ARNS = {
    "aws_iam_role": f"arn:aws:iam::{ACCOUNT}:role/{{}}",
    "aws_iam_policy": f"arn:aws:iam::{ACCOUNT}:policy/{{}}",
    "aws_dynamodb_table": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{{}}",
    "aws_kms_key": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{{}}",
    "aws_sqs_queue": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{{}}",
    "aws_s3_bucket": "arn:aws:s3:::{}",
    "aws_cloudwatch_log_group": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{{}}",
}

_READ = frozenset(
    {
        "aws_iam_role",
        "aws_iam_role_policy",
        "aws_iam_role_policy_attachment",
        "aws_iam_policy",
        "aws_s3_bucket_policy",
    }
)
_GRANTS = re.compile(
    r"aws_iam_\w+|aws_dynamodb_resource_policy|aws_kms_grant|aws_s3_bucket_(acl|policy)"
    r"|aws_s3(control)?_\w*access_(point|grant)\w*|aws_ssoadmin_\w+"
    r"|aws_lambda_(permission|function_url)|aws_api_gateway_method"
    r"|aws_dynamodb_(global_secondary_index|kinesis_streaming_destination|table_export)"
)
"""Types of resources that can give somebody access to data or to a role.

Among them whatever lets a function be called, for it takes the claims that its event holds; and
copies of a table beside it, whose keys or readers are their own.
"""

_OWN_API = re.compile(r"arn:[\w-]+:execute-api:[\w-]+:\d{12}:[\w-]+/.+")
"""The source of calls that come through one REST API of one account."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the output; `path` is relative to the project root."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A policy and where it stands."""

    policy: Policy
    address: str
    place: Place = field(compare=False)
    block: Block | None = field(compare=False, repr=False, default=None)

    def place_of(self, statement: Statement) -> Place:
        """The line of a statement's Sid; the policy's own for a statement without one."""
        if self.block is None or not statement.sid:
            return self.place
        line = self.block.line_of(rf'\bSid"?\s*=\s*"{re.escape(statement.sid)}"')
        return Place(self.place.path, line)


@dataclass(frozen=True, slots=True)
class Role:
    """A role: who may assume it, what it may do, and the keys of its tags.

    `managed` are ARNs of attached policies that the output does not render.
    """

    address: str
    arn: str
    trust: Document
    policies: tuple[Document, ...]
    managed: tuple[str, ...]
    tags: tuple[str, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its partition key, and those of its indexes by the index's name."""

    address: str
    arn: str
    hash_key: str
    indexes: tuple[tuple[str, str], ...]
    place: Place = field(compare=False)
    index_places: tuple[tuple[str, Place], ...] = field(compare=False, default=())


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its role's ARN, and what its environment names (empty where it names none)."""

    address: str
    role: str
    tenant_role: str
    table: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Rendered:
    """One environment, without what only its name makes different.

    `unread` are addresses of resources that can give access and are not understood here.
    """

    roles: tuple[Role, ...]
    tables: tuple[Table, ...]
    functions: tuple[Function, ...]
    buckets: tuple[str, ...]
    unread: tuple[tuple[str, Place], ...]

    def role(self, arn: str) -> Role | None:
        """The role with this ARN."""
        return next((role for role in self.roles if role.arn == arn), None)

    def table(self, address: str) -> Table | None:
        """The table at this address."""
        return next((table for table in self.tables if table.address == address), None)


def overrides(blocks: Iterable[Block], prefix: str) -> dict[str, dict[str, Any]]:
    """An ARN for each resource below the module `prefix` that policies may name."""
    return {
        f"{prefix}.{block.address}": _override(block.kind, block.label)
        for block in blocks
        if block.kind in _ARNS and (not block.is_data or block.kind == "aws_dynamodb_table")
    }


def _override(kind: str, label: str) -> dict[str, Any]:
    arn = _ARNS[kind].format(label)
    return {"arn": arn, "id": label} if kind in ("aws_iam_role", "aws_s3_bucket") else {"arn": arn}


def read(applied: Applied, prefix: str, blocks: Mapping[str, Block], root: str) -> Rendered:
    """What stands below the module `prefix` of a state.

    Args:
        blocks: by address, of the module that is applied.
        root: the project root with a final slash, cut off the paths of places.

    Raises:
        UnmodelledError: a policy is not understood.
    """
    resources = {
        address.removeprefix(f"{prefix}."): values
        for address, values in applied.resources.items()
        if address.startswith(f"{prefix}.")
    }
    return _Reader(resources, blocks, root).rendered()


class _Reader:
    def __init__(
        self, resources: dict[str, dict[str, Any]], blocks: Mapping[str, Block], root: str
    ) -> None:
        self._resources = resources
        self._blocks = blocks
        self._root = root

    def rendered(self) -> Rendered:
        return Rendered(
            roles=tuple(self._role(a, v) for a, v in self._of("aws_iam_role")),
            tables=tuple(self._table(a, v) for a, v in self._tables()),
            functions=tuple(self._function(a, v) for a, v in self._of("aws_lambda_function")),
            buckets=tuple(v["arn"] for _, v in self._of("aws_s3_bucket")),
            unread=tuple((address, self._place(address)) for address in self._unread()),
        )

    def _of(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for address, values in sorted(self._resources.items()):
            if module_and_type(address)[1] == kind:
                yield address, values

    def _tables(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Tables that are made here, and those that are there already and are only looked up."""
        made = dict(self._of("aws_dynamodb_table"))
        yield from made.items()
        for address, values in sorted(self._resources.items()):
            if ".data.aws_dynamodb_table." in address and address.replace(".data", "") not in made:
                yield address, values

    def _block(self, address: str) -> Block | None:
        return self._blocks.get(re.sub(r"\[.*?\]", "", address))

    def _place(self, address: str) -> Place:
        block = self._block(address)
        if block is None:
            return Place("", 0)
        return Place(str(block.path).removeprefix(self._root), block.line)

    def _document(self, address: str, text: str, place: Place | None = None) -> Document:
        policy = parse_json(text, address)
        return Document(policy, address, place or self._place(address), self._block(address))

    def _role(self, address: str, values: dict[str, Any]) -> Role:
        if values.get("permissions_boundary"):
            raise UnmodelledError("a permissions boundary", address)
        names = {values["id"], values["name"]}
        own = [
            self._document(a, v["policy"])
            for a, v in self._of("aws_iam_role_policy")
            if v["role"] in names
        ]
        inline = [
            self._document(address, one["policy"])
            for one in values.get("inline_policy") or ()
            if one.get("policy")
        ]
        attached = [
            v["policy_arn"]
            for _, v in self._of("aws_iam_role_policy_attachment")
            if v["role"] in names
        ]
        attached += values.get("managed_policy_arns") or ()
        customer = {v["arn"]: (a, v) for a, v in self._of("aws_iam_policy")}
        rendered = [
            self._document(customer[arn][0], customer[arn][1]["policy"])
            for arn in attached
            if arn in customer
        ]
        return Role(
            address=address,
            arn=values["arn"],
            trust=self._document(address, values["assume_role_policy"], self._trust(address)),
            policies=(*own, *inline, *rendered),
            managed=tuple(sorted(arn for arn in attached if arn not in customer)),
            tags=tuple(sorted(values.get("tags") or ())),
            place=self._place(address),
        )

    def _trust(self, address: str) -> Place:
        block = self._block(address)
        place = self._place(address)
        return Place(place.path, block.line_of(r"assume_role_policy")) if block else place

    def _table(self, address: str, values: dict[str, Any]) -> Table:
        indexes = [(i["name"], i["hash_key"]) for i in values.get("global_secondary_index") or ()]
        local = values.get("local_secondary_index") or ()
        indexes += [(index["name"], values["hash_key"]) for index in local]
        block, place = self._block(address), self._place(address)
        places = [
            (name, Place(place.path, block.line_of(rf'name\s*=\s*"{re.escape(name)}"')))
            for name, _ in indexes
            if block
        ]
        return Table(
            address=address,
            arn=values["arn"],
            hash_key=values["hash_key"],
            indexes=tuple(sorted(indexes)),
            place=place,
            index_places=tuple(places),
        )

    def _function(self, address: str, values: dict[str, Any]) -> Function:
        blocks = values.get("environment") or [{}]
        variables: Mapping[str, str] = blocks[0].get("variables") or {}
        name = variables.get("TABLE_NAME")
        tables = [a for a, v in self._tables() if v["name"] == name]
        return Function(
            address=address,
            role=values["role"],
            tenant_role=variables.get("TENANT_ROLE_ARN", ""),
            table=tables[0] if tables else "",
            place=self._place(address),
        )

    def _unread(self) -> Iterator[str]:
        roles = {v[name] for _, v in self._of("aws_iam_role") for name in ("id", "name")}
        for address, values in sorted(self._resources.items()):
            kind = module_and_type(address)[1]
            if not _GRANTS.fullmatch(kind):
                continue
            elsewhere = kind.startswith("aws_iam_role_policy") and values["role"] not in roles
            gives = kind == "aws_s3_bucket_policy" and self._allows(values)
            verified = kind in _DOORS and _DOORS[kind](values)
            if (kind not in _READ and not verified) or elsewhere or gives:
                yield address

    def _allows(self, values: dict[str, Any]) -> bool:
        """Whether a bucket's policy gives anything; one that only denies can narrow only."""
        return '"Allow"' in values["policy"]


def _through_own_api(permission: dict[str, Any]) -> bool:
    """Whether calls come through one REST API: another one would hand over any claims it likes."""
    source = permission.get("source_arn") or ""
    through = permission["principal"] == "apigateway.amazonaws.com"
    return through and _OWN_API.fullmatch(source) is not None


def _asks_for_a_token(method: dict[str, Any]) -> bool:
    """Whether callers are known; a preflight has none."""
    known: bool = method["authorization"] == "COGNITO_USER_POOLS"
    return known or method["http_method"] == "OPTIONS"


_DOORS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "aws_lambda_permission": _through_own_api,
    "aws_api_gateway_method": _asks_for_a_token,
}
"""Ways to a function, and when one brings claims that Cognito signed."""
