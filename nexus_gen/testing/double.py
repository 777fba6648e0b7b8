"""AWS that says no: policies are enforced on every call that a test makes.

moto and the emulators carry requests out without asking IAM whether the caller may. `IamDouble`
stands between botocore and moto: it knows by its access key who signed a request, puts together
what AWS would ask IAM (action, resource, condition keys), evaluates the caller's policies, and
answers AccessDenied in the service's own words or lets the request through.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from botocore import handlers
from botocore.awsrequest import AWSResponse

from nexus_gen.testing import assume_role, denials, dynamodb, s3
from nexus_gen.testing.call import Call
from nexus_gen.testing.roles import Role
from nexus_gen.testing.transactions import Transactions
from nexus_gen.verify.iam import Decision, Request, UnmodelledError, evaluate

Forward = Callable[..., AWSResponse | None]
"""A handler of botocore's `before-send`, such as moto's."""

_EVENT = "before-send"


@dataclass(frozen=True, slots=True)
class Session:
    """Credentials that were given out: a role, as somebody assumed it."""

    role: Role
    name: str
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def user(self) -> str:
        """What messages of AWS call the caller."""
        return f"arn:aws:sts::{self.role.account}:assumed-role/{self.role.name}/{self.name}"

    @property
    def context(self) -> dict[str, str]:
        """Condition keys that each request of the session carries.

        A session tag stands before the role's own of that name (IAM User Guide, "Pass session
        tags in AWS STS").
        """
        own = {key.lower(): value for key, value in self.role.tags.items()}
        tags = own | {key.lower(): value for key, value in self.tags.items()}
        return {f"aws:PrincipalTag/{key}": value for key, value in tags.items()}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was asked of IAM, by whom, and what it said."""

    session: Session
    request: Request
    decision: Decision


class IamDouble:
    """A `before-send` handler that asks the policies before it forwards.

    Use `enforce_iam`, which installs it; make one yourself only to put it in front of a handler of
    your own.

    Attributes:
        judgements: everything that was asked since `reset`.
        errors: what could not be judged since `reset`; such a call fails.
    """

    def __init__(
        self,
        roles: Iterable[Role],
        forward: Forward,
        administrator: str = "",
        transactions: Transactions | None = None,
    ) -> None:
        self._roles = {role.arn: role for role in roles}
        self._forward = forward
        self._transactions = transactions or Transactions()
        self._administrator = administrator or new_access_key()
        self._sessions: dict[str, Session] = {}
        self._tables: dict[str, dynamodb.TableKeys] = {}
        self._lock = threading.RLock()
        self.reset()

    def reset(self) -> None:
        """Forget what was asked; sessions and tables stay known."""
        self.judgements: list[Judgement] = []
        self.errors: list[UnmodelledError] = []

    @property
    def denials(self) -> list[Judgement]:
        """What IAM refused since `reset`."""
        return [one for one in self.judgements if not one.decision.allowed]

    def administrator(self, service: str, **options: Any) -> Any:
        """A boto3 client that may do everything, to arrange a test and to look at what it left."""
        import boto3

        return boto3.client(
            service,
            aws_access_key_id=self._administrator,
            aws_secret_access_key="administrator",
            **options,
        )

    def credentials_of(self, arn: str, tags: Mapping[str, str] | None = None) -> dict[str, str]:
        """Credentials of a role, as environment variables, without asking its trust policy.

        They are what Lambda gives a function of its execution role.
        """
        key = new_access_key()
        self._sessions[key] = Session(self._roles[arn], "test", dict(tags or {}))
        return {
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": secrets.token_hex(20),
            "AWS_SESSION_TOKEN": secrets.token_hex(20),
        }

    def learn_table(self, description: Mapping[str, Any]) -> None:
        """Know the keys of a table: CreateTable's input, or DescribeTable's `Table`.

        Tables that are made through the double are known; it asks for those that are not.
        """
        self._tables[description["TableName"]] = dynamodb.table_keys(description)

    def __call__(self, event_name: str, request: Any, **_: Any) -> AWSResponse | None:
        """Handle botocore's `before-send.<service>.<operation>`."""
        call = Call.of(event_name, request)
        try:
            return self._refused(call) or self._carried_out(call, event_name)
        except UnmodelledError as error:
            self.errors.append(error)
            raise

    def _refused(self, call: Call) -> AWSResponse | None:
        key = call.access_key
        if key == self._administrator:
            return None
        session = self._sessions.get(key or "")
        if session is None:
            return denials.unknown_credentials(call)
        if call.service == "sts":
            return self._refused_by_sts(call, session)
        for request in list(self._requests(call, session)):
            decision = self._judge(session, request)
            if not decision.allowed:
                return denials.access_denied(call, session.user, request, decision)
        return None

    def _requests(self, call: Call, session: Session) -> Iterator[Request]:
        account = session.role.account
        if call.service == "dynamodb":
            reader = dynamodb.Reader(account, call.region, self._partition_keys)
            asked = reader.requests(call)
        elif call.service == "s3":
            asked = s3.requests(call)
        elif call.service == "kms":
            asked = iter([_kms_request(call)])
        else:
            raise UnmodelledError(f"the service {call.service}")
        for one in asked:
            yield Request(one.action, one.resource, {**session.context, **one.context})

    def _judge(self, session: Session, request: Request) -> Decision:
        decision = evaluate(session.role.policies, request)
        self.judgements.append(Judgement(session, request, decision))
        return decision

    def _refused_by_sts(self, call: Call, session: Session) -> AWSResponse | None:
        if call.operation == "GetCallerIdentity":
            return None
        asked = assume_role.read(call)
        if asked.problem:
            return denials.invalid_parameters(call, asked.problem)
        target = self._roles.get(asked.role_arn)
        for request in asked.requests(session.context):
            decision = self._judge(session, request)
            if decision.allowed:
                decision = assume_role.trusted(target, session.role.principal, request)
                self.judgements.append(Judgement(session, request, decision))
            if not decision.allowed:
                return denials.access_denied(call, session.user, request, decision)
        return None

    def _carried_out(self, call: Call, event_name: str) -> AWSResponse | None:
        def forward() -> AWSResponse:
            answer = self._forward(event_name=event_name, request=call.request)
            if answer is None:
                raise UnmodelledError(f"{call.service} {call.operation}: moto is not active")
            return answer

        if call.service == "dynamodb":
            answer = self._transactions.carry_out(call, forward, self._primary_key)
        else:
            answer = forward()
        if answer.status_code == 200:
            self._remember(call, answer)
        return answer

    def _remember(self, call: Call, answer: AWSResponse) -> None:
        if call.operation == "AssumeRole":
            asked = assume_role.read(call)
            found = re.search(rb"<AccessKeyId>(\w+)</AccessKeyId>", answer.content)
            role = self._roles.get(asked.role_arn)
            if found and role:
                self._sessions[found[1].decode()] = Session(role, asked.session_name, asked.tags)
        elif call.operation == "CreateTable":
            self.learn_table(call.json)
        elif call.operation in ("UpdateTable", "DeleteTable") and call.service == "dynamodb":
            self._tables.pop(dynamodb.table_name(call.json["TableName"]), None)

    def _partition_keys(self, region: str, table: str) -> dict[str | None, str]:
        return self._keys(region, table).partition

    def _primary_key(self, region: str, table: str) -> tuple[str, ...]:
        return self._keys(region, table).primary

    def _keys(self, region: str, table: str) -> dynamodb.TableKeys:
        with self._lock:
            if table not in self._tables:
                client = self.administrator("dynamodb", region_name=region)
                try:
                    self.learn_table(client.describe_table(TableName=table)["Table"])
                except client.exceptions.ResourceNotFoundException:
                    return dynamodb.TableKeys((), {})
            return self._tables[table]


def _kms_request(call: Call) -> Request:
    key = call.json.get("KeyId", "*")
    if key != "*" and not key.startswith("arn:"):
        raise UnmodelledError(f"kms {call.operation} of a key that is not named by its ARN")
    return Request(f"kms:{call.operation}", key)


def new_access_key() -> str:
    """Id of an access key such as STS gives out."""
    return f"ASIA{secrets.token_hex(8).upper()}"


@contextmanager
def enforce_iam(
    *roles: Role, execution_role: str | None = None, transactions: Transactions | None = None
) -> Iterator[IamDouble]:
    """Enforce policies on the calls of every botocore client that is made from now on.

    moto has to be imported; clients that exist already stay as they are. At the end, an
    UnmodelledError is raised again that a handler may have swallowed.

    Args:
        roles: roles that exist.
        execution_role: ARN of the one whose credentials the environment holds, as in Lambda.
        transactions: how long DynamoDB's transactions take; 5 to 10 ms unless given.
    """
    moto = [handler for event, handler, *_ in handlers.BUILTIN_HANDLERS if event == _EVENT]
    if len(moto) != 1:
        raise RuntimeError("enforce_iam needs moto: import it, and enter mock_aws() first")
    double = IamDouble(roles, moto[0], transactions=transactions)
    replaced = [
        (entry[0], double) if entry[0] == _EVENT else entry for entry in handlers.BUILTIN_HANDLERS
    ]
    variables = double.credentials_of(execution_role) if execution_role else {}
    with patch.object(handlers, "BUILTIN_HANDLERS", replaced), patch.dict(os.environ, variables):
        yield double
    if double.errors:
        raise double.errors[0]
