"""Start and stop: the socket, the graph, the nursery, the event loop, and the end of all three."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from moagraph.errors import MoagraphError, QuestionError
from moagraph.serve.limits import Limits

if TYPE_CHECKING:
    from moagraph.graph import Graph
    from moagraph.serve.app import Site

_GRACE = 2.0


def serve(graph: Graph, host: str, port: int, limits: Limits, ready: Callable[[str], None]) -> int:
    """Serve a graph until SIGTERM (returns 0) or SIGINT (returns 130).

    Args:
        graph: what is asked.
        host: a name or address of this machine; port: 0 takes a free one.
        port: the port to listen on.
        limits: what questions may cost.
        ready: told the address once requests are answered.

    Raises:
        MoagraphError: the system cannot fork, the address is taken or not ours, the graph is
            that of a remote endpoint.
    """
    if not hasattr(os, "fork"):
        raise MoagraphError("serve needs a system that can fork: Linux, macOS or another Unix")
    if graph.kb.address:
        raise QuestionError(
            f"serve needs a graph of this machine; {graph.kb.address} is an endpoint already"
        )
    import uvloop

    listener = listen(host, port)
    from moagraph.serve import nursery
    from moagraph.serve.jobs import Jobs
    from moagraph.serve.warm import prepare
    from moagraph.serve.worker import work

    engine, site = prepare(graph)
    jobs = Jobs(graph, engine, limits)

    def child(stream: socket.socket) -> None:
        work(stream, jobs, limits)

    process, control = nursery.start(child, listener)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_serve(listener, control, limits, site, ready))
    finally:
        control.close()
        _end(process)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        MoagraphError: the address is taken, not ours, or none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, number, _, address = found[0]
        listener = socket.socket(family, kind, number)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(512)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        remedy = ""
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            reason, remedy = (
                "the port is in use",
                "; choose another with --port, or 0 for a free one",
            )
        raise MoagraphError(f"cannot listen on {host}:{port}: {reason}{remedy}") from None
    return listener


async def _serve(
    listener: socket.socket,
    control: socket.socket,
    limits: Limits,
    site: Site,
    ready: Callable[[str], None],
) -> int:
    import uvicorn

    from moagraph.serve.app import Endpoint
    from moagraph.serve.connection import connections
    from moagraph.serve.log import Log, Warnings
    from moagraph.serve.pool import Pool

    pool, log = Pool(control, limits), Log()
    library = logging.getLogger("uvicorn.error")
    library.addHandler(Warnings(log))
    library.propagate = False
    config = uvicorn.Config(
        Endpoint(pool, limits, site, log).app(),
        http=connections(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=int(_GRACE),
    )

    class Server(uvicorn.Server):
        """A server that ends for our signals, with our exit codes."""

        code = 0

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            loop = asyncio.get_running_loop()
            for number, code in ((signal.SIGTERM, 0), (signal.SIGINT, 130)):
                loop.add_signal_handler(number, self.stop, code)
            yield

        def stop(self, code: int) -> None:
            """Stop: fail what runs, so that replies go out and connections close."""
            if self.should_exit:
                self.force_exit = True
                return
            self.code = code
            self.should_exit = True
            pool.close()

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Tell the address once connections are taken."""
            await super().startup(sockets)
            host, port = listener.getsockname()[:2]
            ready(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")

        async def on_tick(self, counter: int) -> bool:
            """Stop too if the nursery is gone."""
            if pool.ended.is_set() and not self.should_exit:
                log.line("fault", trace="the process that forks workers is gone")
                self.stop(4)
            return await super().on_tick(counter)

    server = Server(config)
    pool.open()
    try:
        await server.serve([listener])
    finally:
        if not pool.stopping:
            pool.close()
        log.close()
    return server.code


def _end(process: int) -> None:
    """Wait for the nursery, which ends by itself; make sure that it and its workers are gone."""
    end = time.monotonic() + _GRACE
    while time.monotonic() < end:
        try:
            if os.waitpid(process, os.WNOHANG)[0]:
                return
        except ChildProcessError:
            return
        time.sleep(0.01)
    with contextlib.suppress(OSError):
        os.killpg(process, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process, 0)
    sys.stderr.flush()
