"""The server's side of the workers: who runs, who waits, who is killed.

A question begins on a warm worker. One that has run longer than `patience` goes on at the lowest
priority and gives its place to a fresh worker, so that however many long questions there are, a
short one finds a worker and a processor. When there are too many long ones, the next is refused
rather than the others delayed.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from moagraph.serve import wire
from moagraph.serve.limits import Limits


class Reply(NamedTuple):
    """What a worker answered: its head and the pieces of the body."""

    head: dict[str, Any]
    pieces: list[bytes]


class Unanswered(Exception):
    """A question that brought no answer: `reason` is timeout, died, busy, stopping or gone."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Worker(asyncio.Protocol):
    """One worker process as the server sees it."""

    def __init__(self, pool: Pool, process: int) -> None:
        self.pool = pool
        self.process = process
        self.slow = False
        self.answer: asyncio.Future[Reply] | None = None
        self.watch: asyncio.Task[None] | None = None
        self.reader = wire.Reader()
        self.transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def ask(self, job: bytes) -> asyncio.Future[Reply]:
        """Send a job; the future holds its answer."""
        self.reader = wire.Reader()
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(job)
        return self.answer

    def data_received(self, data: bytes) -> None:
        """Collect the answer."""
        if self.answer is None or self.answer.done():
            self.fail("died")
            return
        try:
            found = self.reader.feed(data)
        except ValueError:
            self.fail("died")
            return
        if found is not None:
            self.answer.set_result(Reply(*found))
        elif self.reader.size > self.pool.limits.held - self.pool.held:
            self.fail("busy")

    def connection_lost(self, _: Exception | None) -> None:
        """Tell the one who asked that the worker is gone."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(Unanswered("died"))
        self.pool.lost(self)

    def fail(self, reason: str) -> None:
        """Kill the process; the one who asked need not wait for its end."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(Unanswered(reason))
        self.pool.kill(self)


class Pool:
    """All workers, and the questions that wait for one."""

    def __init__(self, control: socket.socket, limits: Limits) -> None:
        self.control = control
        self.limits = limits
        self.idle: list[Worker] = []
        self.all: set[Worker] = set()
        self.waiting: deque[asyncio.Future[Worker]] = deque()
        self.expected = 0
        self.quick = 0
        self.slow = 0
        self.held = 0
        self.stopping = False
        self.ended = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Begin to listen to the nursery and ask it for the first workers."""
        self.control.setblocking(False)
        asyncio.get_running_loop().add_reader(self.control.fileno(), self._born)
        self._refill()

    def close(self) -> None:
        """Fail every question, end every worker, and let the nursery end."""
        self.stopping = True
        asyncio.get_running_loop().remove_reader(self.control.fileno())
        for future in self.waiting:
            if not future.done():
                future.set_exception(Unanswered("stopping"))
        for worker in list(self.all):
            worker.fail("stopping")
        self.control.close()

    async def run(
        self, job: bytes, timeout: float, left: Callable[[], Awaitable[None]] | None = None
    ) -> Reply:
        """Return a worker's answer to a job.

        Args:
            job: the message to a worker.
            timeout: seconds from now to the end of it.
            left: waits until the client has left; it is waited for once the job takes long.

        Raises:
            Unanswered: the job was stopped at its limits, refused, or brought its worker down.
        """
        loop = asyncio.get_running_loop()
        start = loop.time()
        worker = self._at_once() or await self._later(timeout)
        answer = worker.ask(job)
        patience = loop.call_later(self.limits.patience, self._lower, worker, left)
        end = loop.call_at(start + timeout, worker.fail, "timeout")
        try:
            return await answer
        except asyncio.CancelledError:
            worker.fail("gone")
            raise
        finally:
            patience.cancel()
            end.cancel()
            if worker.watch is not None:
                worker.watch.cancel()
            self._free(worker)

    def _at_once(self) -> Worker | None:
        if self.waiting or not self.idle or self.quick >= self.limits.at_once:
            return None
        self.quick += 1
        return self.idle.pop()

    async def _later(self, timeout: float) -> Worker:
        if self.stopping:
            raise Unanswered("stopping")
        if len(self.waiting) >= self.limits.waiting:
            raise Unanswered("busy")
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self.waiting.append(place)
        self._refill()
        end = asyncio.get_running_loop().call_later(timeout, _refuse, place)
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled() and place.exception() is None:
                self._free(place.result())
            raise
        finally:
            end.cancel()

    def _next(self) -> None:
        """Give idle workers to those who wait, the first first."""
        while self.waiting and self.idle and self.quick < self.limits.at_once:
            place = self.waiting.popleft()
            if not place.done():
                self.quick += 1
                place.set_result(self.idle.pop())
        self._refill()

    def _lower(self, worker: Worker, left: Callable[[], Awaitable[None]] | None) -> None:
        """Move a long question behind the others, or refuse it if there are too many."""
        if self.slow >= self.limits.slow:
            worker.fail("busy")
            return
        worker.slow = True
        self.slow += 1
        self.quick -= 1
        self._tell(wire.LOWER, worker.process)
        if left is not None:
            worker.watch = asyncio.get_running_loop().create_task(_watch(worker, left))
        self._next()

    def _free(self, worker: Worker) -> None:
        if worker.slow:
            self.slow -= 1
        else:
            self.quick -= 1
        answer, worker.answer = worker.answer, None
        sound = answer is not None and answer.done() and not answer.cancelled()
        if worker in self.all and sound and answer is not None and not answer.exception():
            if worker.slow or answer.result().head.get("last"):
                # A priority once lowered cannot be raised again.
                worker.transport.close()
                self.all.discard(worker)
            else:
                self.idle.append(worker)
        worker.slow = False
        self._next()

    def _refill(self) -> None:
        """Ask for workers until there is one for every place that may be taken at once."""
        if self.stopping:
            return
        wanted = self.limits.at_once - self.quick - len(self.idle) - self.expected
        for _ in range(max(0, wanted)):
            self.expected += 1
            self._tell(wire.FORK, 0)

    def _born(self) -> None:
        try:
            data, descriptors, _, _ = socket.recv_fds(self.control, wire.BORN.size, 1)
        except BlockingIOError:
            return
        except OSError:
            data, descriptors = b"", []
        if data == wire.BORN.pack(0):  # no process or file to be had: later, perhaps
            self.expected -= 1
            asyncio.get_running_loop().call_later(0.5, self._next)
            return
        if len(data) < wire.BORN.size or not descriptors:
            asyncio.get_running_loop().remove_reader(self.control.fileno())
            self.ended.set()
            return
        stream = socket.socket(fileno=descriptors[0])
        stream.setblocking(False)
        task = asyncio.get_running_loop().create_task(
            self._welcome(stream, wire.BORN.unpack(data)[0])
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _welcome(self, stream: socket.socket, process: int) -> None:
        loop = asyncio.get_running_loop()
        _, worker = await loop.create_connection(lambda: Worker(self, process), sock=stream)
        self.expected -= 1
        self.all.add(worker)
        self.idle.append(worker)
        self._next()

    def kill(self, worker: Worker) -> None:
        """Kill the process of a worker, which is no longer one of ours."""
        if worker in self.all:
            self.all.discard(worker)
            self._tell(wire.KILL, worker.process)
            worker.transport.abort()

    def lost(self, worker: Worker) -> None:
        """Forget a worker that is gone, and replace it."""
        self.all.discard(worker)
        if worker in self.idle:
            self.idle.remove(worker)
        self._refill()

    def _tell(self, what: bytes, process: int) -> None:
        try:
            self.control.send(wire.ORDER.pack(what, process))
        except OSError:
            self.ended.set()


async def _watch(worker: Worker, left: Callable[[], Awaitable[None]]) -> None:
    await left()
    worker.fail("gone")


def _refuse(place: asyncio.Future[Worker]) -> None:
    if not place.done():
        place.set_exception(Unanswered("busy"))
