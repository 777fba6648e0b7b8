"""What reaches AWS: one botocore session, one DynamoDB client, and signed calls for the rest.

STS and KMS are each called once in a long while. A client for each would cost a service model and
an endpoint rule set at every cold start, so their one request is signed with botocore's signer and
sent over the HTTP session that the DynamoDB client has already.
"""

from __future__ import annotations

import functools
import gc
import os
import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import botocore
import botocore.handlers
import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials, ReadOnlyCredentials
from botocore.exceptions import NoCredentialsError
from botocore.httpsession import URLLib3Session
from botocore.loaders import Loader

from nexus_runtime.parsing import PlainParserFactory

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SERVICE = "dynamodb"

USER_AGENT = f"nexus-runtime Botocore/{botocore.__version__}"
"""Given, because botocore would put a longer one together twice for each request."""

CONNECT_TIMEOUT = 2
READ_TIMEOUT = 5
"""Seconds. With two retries the slowest answer still comes before API Gateway's 29 s."""

signing: ContextVar[ReadOnlyCredentials] = ContextVar("signing")
"""Credentials of the tenant whose DynamoDB request is being signed in this context."""

_lock = threading.RLock()
_session: botocore.session.Session | None = None
_client: DynamoDBClient | None = None
_own: Credentials | None = None
_http: Any = None


class _TenantCredentials(Credentials):
    """Credentials of a client that belongs to no tenant: each request is signed with `signing`.

    Without a tenant there is nothing to sign with, not even the function's own credentials.
    """

    def __init__(self) -> None:
        super().__init__("", "", method="nexus-runtime")

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        return signing.get()


class _OneService(Loader):
    """Service models without a search of botocore's 400 folders for the names of all services."""

    def list_available_services(self, type_name: str) -> list[str]:
        return [SERVICE]


class _TenantCredentialProvider:
    """A botocore credential provider that knows no credentials of its own."""

    def load_credentials(self) -> Credentials:
        return _TenantCredentials()


def region() -> str:
    """The Region that the function runs in."""
    return os.environ.get("AWS_REGION") or os.environ["AWS_DEFAULT_REGION"]


def session() -> botocore.session.Session:
    """The one botocore session; its credentials are those of `signing`."""
    global _session, _own
    with _lock:
        if _session is None:
            made = botocore.session.Session(include_builtin_handlers=False)
            _register_handlers(made)
            made.register_component("data_loader", _OneService())
            made.register_component("response_parser_factory", PlainParserFactory())
            _own = made.get_component("credential_provider").load_credentials()
            made.register_component("credential_provider", _TenantCredentialProvider())
            _session = made
        return _session


def _register_handlers(made: botocore.session.Session) -> None:
    """Register those of botocore's own handlers that can matter to DynamoDB, in their order."""
    events = made.get_component("event_emitter")
    places = {
        botocore.handlers.REGISTER_FIRST: events.register_first,
        botocore.handlers.REGISTER_LAST: events.register_last,
    }
    for event, handler, *place in botocore.handlers.BUILTIN_HANDLERS:
        service = event.partition(".")[2].partition(".")[0]
        if service in ("", "*", SERVICE):
            register = places[place[0]] if place else events.register
            register(event, handler)


def client() -> DynamoDBClient:
    """The one DynamoDB client of a container.

    Retries are ours (`nexus_runtime.dynamodb`), for only the caller knows whether a request that
    failed may have been carried out. Parameters are built by the runtime, not by users: botocore
    need not validate them again.
    """
    global _client
    if _client is None:
        with _lock:
            if _client is None:
                _client = _new_client()
    return _client


def _new_client() -> DynamoDBClient:
    """A client, made without garbage collections: service models are data that stays."""
    config = Config(
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        retries={"total_max_attempts": 1, "mode": "standard"},
        parameter_validation=False,
        max_pool_connections=16,
        tcp_keepalive=True,
        user_agent=USER_AGENT,
    )
    collecting = gc.isenabled()
    gc.disable()
    try:
        made: Any = session().create_client(SERVICE, region_name=region(), config=config)
    finally:
        if collecting:
            gc.enable()
    _trust_once(made)
    client: DynamoDBClient = made
    return client


def _trust_once(made: Any) -> None:
    """Load certificate authorities once a container, not again for each new connection.

    urllib3 loads the bundle into the shared context whenever it connects, which costs as much CPU
    as a hundred requests. There is no public way to the context; where botocore keeps it elsewhere,
    connections are made as before.
    """
    try:
        http = made._endpoint.http_session
        context = http._manager.connection_pool_kw["ssl_context"]
        context.load_verify_locations = functools.cache(context.load_verify_locations)
    except (AttributeError, KeyError, TypeError):
        return


def reset() -> None:
    """Forget session, client and credentials, as a new container would."""
    global _session, _client, _own, _http
    with _lock:
        _session = _client = _own = _http = None


def signed_call(
    service: str, operation: str, headers: dict[str, str], body: bytes
) -> tuple[int, bytes]:
    """POST to a service of this Region as the function itself; status and body of the answer.

    Handlers of botocore's `before-send.<service>.<operation>` see it as they see a client's calls.

    Raises botocore's HTTP errors (`HTTPClientError`) where there is no answer.
    """
    current = session()
    if _own is None:
        raise NoCredentialsError()
    request = AWSRequest(method="POST", url=_endpoint(service), data=body, headers=headers)
    SigV4Auth(_own.get_frozen_credentials(), service, region()).add_auth(request)
    prepared = request.prepare()
    answer = current.emit_first_non_none_response(
        f"before-send.{service}.{operation}", request=prepared
    )
    if answer is None:
        answer = _http_session().send(prepared)
    return answer.status_code, answer.content


def _http_session() -> Any:
    global _http
    if _http is None:
        shared = getattr(getattr(client(), "_endpoint", None), "http_session", None)
        _http = shared or URLLib3Session(timeout=READ_TIMEOUT)
    return _http


def _endpoint(service: str) -> str:
    override = os.environ.get(f"AWS_ENDPOINT_URL_{service.upper()}") or os.environ.get(
        "AWS_ENDPOINT_URL"
    )
    if override:
        return override
    name = region()
    suffix = "amazonaws.com.cn" if name.startswith("cn-") else "amazonaws.com"
    return f"https://{service}.{name}.{suffix}/"
