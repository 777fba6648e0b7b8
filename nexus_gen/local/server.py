"""Everything that `nexus-gen dev` runs, wired together and taken down together."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.local import console, requestlog
from nexus_gen.local.asgi import Application
from nexus_gen.local.console import Console
from nexus_gen.local.emulator import Emulator, Supervised
from nexus_gen.local.endpoints import PREFIX, Served
from nexus_gen.local.estate import Estate, Provisioner, emulator_credentials_in_environment
from nexus_gen.local.events import Hub
from nexus_gen.local.functions import Function, Package, Spares
from nexus_gen.local.gateway import Gateway, Handled
from nexus_gen.local.http import HttpRequest
from nexus_gen.local.pool import PASSWORD, Pool
from nexus_gen.local.reindexed import reindexed
from nexus_gen.local.report import as_json
from nexus_gen.local.routes import routes_of
from nexus_gen.local.state import locked
from nexus_gen.local.strangers import Strangers
from nexus_gen.model import Environment, Model, Vertical

if TYPE_CHECKING:
    from nexus_gen.local.seed.fill import Filled

T = TypeVar("T")


class PortTakenError(Exception):
    """The wanted port is not to be had."""


class UnknownEnvironmentError(Exception):
    """The spec has no environment of that name; the message names those it has."""


class SeedError(Exception):
    """Data cannot be filled in."""


class LocalApi:
    """The running local API.

    Its event loop runs in a thread of its own; all methods are called from others.

    Attributes:
        estate: what the emulator holds, None before the first load.
        reindexed: indexes that the last load moved, see `nexus_gen.local.reindexed`.
    """

    def __init__(self, root: Path, state: Path, listener: socket.socket) -> None:
        self._root, self._state, self._console = root, state, console.folder()
        self._gateway, self._served, self._hub = Gateway(), Served(), Hub()
        self._functions: dict[str, Function] = {}
        self._spares = Spares()
        self._retiring: set[asyncio.Task[None]] = set()
        self._listener = listener
        self._strangers = Strangers(listener.getsockname()[1], PREFIX)
        log, colour = requestlog.writer()
        self._application = Application(
            self._gateway,
            self._served,
            self._hub,
            Console(self._console),
            self._strangers,
            log,
            colour,
        )
        self._server = _server(self._application)
        self._loop = _event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._provisioner: Provisioner | None = None
        self._last: tuple[Model, Environment] | None = None
        self.estate: Estate | None = None
        self.reindexed: list[str] = []

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`"""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def no_console(self) -> str | None:
        """Why there is no built console to open, with the move; None if there is one."""
        return console.absence(self._console)

    def start(self, emulator: Emulator) -> None:
        """Answer requests; without a model, as a server that is starting."""
        self._provisioner = Provisioner(emulator.endpoint, emulator.headers)
        self._thread.start()

    def load(self, model: Model, environment: str) -> Estate:
        """Serve what `model` and `generated/` say now; data that is there stays.

        Requests that are under way are answered by the functions of before.

        Raises:
            FunctionError: generated or own code cannot be loaded; what was served still is.
            UnknownEnvironmentError: the model has no such environment.
        """
        assert self._provisioner is not None
        before = self._last[0] if self._last else model
        chosen = environment_of(model, environment)
        estate = self._provisioner.provision(model, chosen)
        self._wait_for(self._swap(model, chosen, estate))
        self._last = (model, chosen)
        self.estate = estate
        self.reindexed = reindexed(before, model)
        return estate

    def provision_again(self) -> None:
        """Bring a restarted emulator to what is served, and take its keys.

        Functions begin anew: it knows none of the sessions that they hold, and refuses them.
        """
        if self._provisioner is None or self._last is None:
            return
        estate = self._provisioner.provision(*self._last)
        self._wait_for(self._swap(*self._last, estate, anew=True))

    def report(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Tell the console what is wrong with the spec as it was saved last; nothing, if empty."""
        told = [as_json(diagnostic, self._root) for diagnostic in diagnostics]
        self._call(lambda: self._report(told))

    def seed(self, count: int) -> Iterator[Filled]:
        """Fill each organization with up to `count` items of each entity; what came of each.

        Raises:
            SeedError: a ready-made user cannot sign in.
        """
        from nexus_gen.local.seed.fill import Filler

        assert self._last is not None
        assert self.estate is not None
        for organization, tokens in self._tokens(self.estate.pool).items():
            filler = Filler(self._handle, organization, tokens, count)
            yield self._wait_for(filler.fill(self._last[0]))

    async def _handle(self, request: HttpRequest) -> Handled:
        """Answer a request as if it had come over HTTP, without a line in the log."""
        return await self._gateway.handle(request, self._gateway.routes.find(request.path))

    def _tokens(self, pool: Pool) -> dict[str, dict[str, str]]:
        """Organization -> role -> ID token of a ready-made user."""
        tokens: dict[str, dict[str, str]] = {}
        for user in pool.users:
            given = pool.sign_in(user.email, PASSWORD)
            if given is None:
                raise SeedError(f"{user.email} cannot sign in with the password of all users")
            tokens.setdefault(user.organization, {})[user.role] = given.id_token
        return tokens

    def close(self) -> None:
        """Stop listening, let requests end, and end every function."""
        if self._thread.is_alive():
            self._call(self._hub.close)
            self._server.should_exit = True
            self._thread.join()
        self._listener.close()
        for function in self._functions.values():
            function.kill()
        self._spares.close()

    async def _swap(
        self, model: Model, environment: Environment, estate: Estate, *, anew: bool = False
    ) -> None:
        verifier = await asyncio.to_thread(estate.pool.verifier)
        known = {} if anew else self._functions
        functions = await self._loaded(model, environment, estate, known)
        outgoing = set(self._functions.values()) - set(functions.values())
        self._functions = functions
        self._gateway.routes = routes_of(model, functions)
        self._gateway.verifier = verifier
        self._gateway.origins = self._strangers.origins = frozenset(environment.cors_origins)
        self._gateway.request_headers = model.product.cors.request_headers
        self._application.claim = model.tenancy.claim
        self._served.serve(model, environment, estate.pool)
        self._hub.tell("reload", {"version": self._served.version})
        for function in outgoing:
            task = asyncio.ensure_future(function.retire())
            self._retiring.add(task)
            task.add_done_callback(self._retiring.discard)

    async def _loaded(
        self,
        model: Model,
        environment: Environment,
        estate: Estate,
        before: dict[str, Function],
    ) -> dict[str, Function]:
        """A function for each vertical with its code loaded; those that did not change stay."""
        functions, made = {}, []
        for vertical in model.verticals:
            name = vertical.name.raw
            package = self._package(vertical, environment, estate)
            known = before.get(name)
            if known is None or not known.serves(package):
                known = Function(package, self._spares)
                made.append(known)
            functions[name] = known
        try:
            await asyncio.gather(*(function.warm_up() for function in made))
        except BaseException:
            for function in made:
                function.kill()
            raise
        return functions

    def _package(self, vertical: Vertical, environment: Environment, estate: Estate) -> Package:
        packages = self._root / "generated" / "lambda"
        return Package(
            folder=packages / f"{vertical.name.kebab}-api",
            layer=packages / "shared" / "python",
            variables=estate.variables[vertical.name.raw],
            timeout=environment.functions.timeout_seconds,
            log=self._state / f"{vertical.name.kebab}.log",
        )

    def _report(self, told: list[dict[str, Any]]) -> None:
        before, self._served.diagnostics = self._served.diagnostics, told
        if told:
            self._hub.tell("diagnostics", {"diagnostics": told})
        elif before:
            self._hub.tell("cleared", {})

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        await self._server.serve(sockets=[self._listener])
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _call(self, action: Callable[[], object]) -> None:
        self._loop.call_soon_threadsafe(action)

    def _wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


@contextmanager
def local_api(
    model: Model,
    root: Path,
    *,
    port: int,
    environment: str,
    fresh: bool,
    say: Callable[[str], None],
) -> Iterator[tuple[LocalApi, Supervised]]:
    """Bind the port, start the emulator, create what the model says, load the functions.

    Args:
        root: project folder; data is kept in its `.nexus/local`.
        port: of 127.0.0.1; 0 takes any free one.
        fresh: throw away the data of before.
        say: called with each line for the person who watches.

    Raises:
        PortTakenError: `port` is not free, or not ours to take.
        InUseError: another process serves this project.
        EmulatorError: the emulator is missing or did not start.
        UnknownEnvironmentError: the spec has no such environment.
        FunctionError: generated or own code cannot be loaded.
    """
    environment_of(model, environment)
    with ExitStack() as stack:
        listener = _bind(port)
        stack.callback(listener.close)
        state, lock = stack.enter_context(locked(root, fresh=fresh))
        region = model.product.region
        say("starting the AWS emulator")
        emulator = Supervised(root, state, region, lock, say)
        stack.callback(emulator.stop)
        emulator_credentials_in_environment(emulator.emulator.environment(region))
        api = LocalApi(root, state, listener)
        stack.callback(api.close)
        emulator.on_restart = api.provision_again
        api.start(emulator.emulator)
        say(f"making tables, users and functions of environment {environment} in it")
        api.load(model, environment)
        yield api, emulator


def environment_of(model: Model, name: str) -> Environment:
    """The environment of that name; raises UnknownEnvironmentError."""
    for environment in model.environments:
        if environment.name == name:
            return environment
    known = ", ".join(environment.name for environment in model.environments)
    raise UnknownEnvironmentError(f"`{name}` is no environment of the spec; there are: {known}")


def _bind(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be had: {error.strerror}"
        raise PortTakenError(f"port {port} of 127.0.0.1 {why}") from error
    return listener


def _event_loop() -> asyncio.AbstractEventLoop:
    """uvloop's where it is to be had: a request costs half as much."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


class _Protocol(HttpToolsProtocol):
    """HTTP, but for targets that name a host of their own, which uvicorn would forget."""

    def on_headers_complete(self) -> None:
        """Keep the whole target as one `Host` more (RFC 9112, 3.2.2), for `Strangers` to refuse."""
        if not self.url.startswith(b"/"):
            self.headers.append((b"host", self.url))
        super().on_headers_complete()


def _server(application: Application) -> uvicorn.Server:
    config = uvicorn.Config(
        application,
        http=_Protocol,
        lifespan="off",
        ws="none",
        access_log=False,
        log_config=None,
        log_level="error",
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)
