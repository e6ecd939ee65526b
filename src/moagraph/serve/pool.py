"""The server's side of the workers: who runs, who waits, who is killed.

A question begins on a warm worker. One that has run longer than `patience` gives its place to
another worker, and soon after goes on at the lowest priority, so that however many long questions
there are, a short one finds a worker and a processor. When there are too many long ones, the next
is refused rather than the others delayed.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import signal
import socket
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeAlias, cast

from moagraph.serve import wire
from moagraph.serve.limits import Limits

_FORKS = 2

Left: TypeAlias = Callable[[], Awaitable[None]]


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
        self.low = False
        self.answer: asyncio.Future[Reply] | None = None
        self.watch: asyncio.Task[None] | None = None
        self.check: asyncio.TimerHandle | None = None
        self.end: asyncio.TimerHandle | None = None
        self.due = 0.0
        self.used = 0.0
        self.reader = wire.Reader()
        self.transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast("asyncio.WriteTransport", transport)

    def ask(self, job: bytes) -> asyncio.Future[Reply]:
        """Send a job; the future holds its answer."""
        self.reader = wire.Reader()
        self.used = processor(self.process)
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
        self.at_once = limits.at_once
        self.processors = os.cpu_count() or 1
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

    async def run(self, job: bytes, timeout: float, left: Left | None = None) -> Reply:
        """Return a worker's answer to a job.

        Args:
            job: the message to a worker.
            timeout: seconds from now to the end of it.
            left: waits until the client has left; it is waited for once the job takes long.

        Raises:
            Unanswered: the job was stopped at its limits, refused, or brought its worker down.
        """
        loop = asyncio.get_running_loop()
        arrived = loop.time()
        worker = self._immediately() or await self._later(timeout)
        start = loop.time()
        answer = worker.ask(job)
        worker.due = arrived + timeout
        worker.check = loop.call_later(self.limits.patience, self._check, worker, start, left)
        try:
            return await answer
        except asyncio.CancelledError:
            worker.fail("gone")
            raise
        finally:
            self._free(worker)

    def _immediately(self) -> Worker | None:
        if self.waiting or not self.idle or self.quick >= self.at_once:
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
        while self.waiting and self.idle and self.quick < self.at_once:
            place = self.waiting.popleft()
            if not place.done():
                self.quick += 1
                place.set_result(self.idle.pop())
        self._refill()

    def _check(self, worker: Worker, start: float, left: Left | None) -> None:
        """Let a question step aside that has computed for long; one that has only waited may not.

        On a busy machine the shortest question takes a while by the clock.
        """
        loop = asyncio.get_running_loop()
        patience = self.limits.patience
        if worker.end is None:
            # Most questions are answered before this: they need no timer for their end.
            worker.end = loop.call_at(worker.due, worker.fail, "timeout")
        computed = processor(worker.process) - worker.used
        # With no place for a further long one it would be refused: be sure then that it is one.
        allowed = 3 * patience if self.slow < self.limits.slow else 1.0
        if loop.time() - start < allowed and computed < patience / 4:
            worker.check = loop.call_later(patience / 2, self._check, worker, start, left)
        else:
            self._step_aside(worker, left)

    def _step_aside(self, worker: Worker, left: Left | None) -> None:
        """Let a long question no longer count, or refuse it if there are too many."""
        if self.slow >= self.limits.slow:
            worker.fail("busy")
            return
        worker.slow = True
        self.slow += 1
        self.quick -= 1
        loop = asyncio.get_running_loop()
        full = self.slow > self.processors
        worker.check = loop.call_later(0 if full else self.limits.lowered, self._sink, worker)
        if left is not None:
            worker.watch = loop.create_task(_watch(worker, left))
        self._next()

    def _sink(self, worker: Worker) -> None:
        """Let a long question go on behind all others, once it has computed for long."""
        if processor(worker.process) - worker.used < self.limits.patience / 4:
            loop = asyncio.get_running_loop()
            worker.check = loop.call_later(self.limits.lowered, self._sink, worker)
            return
        worker.low = True
        self.tell(wire.LOWER, worker.process)

    def _free(self, worker: Worker) -> None:
        if worker.slow:
            self.slow -= 1
        else:
            self.quick -= 1
        for pending in (worker.check, worker.watch, worker.end):
            if pending is not None:
                pending.cancel()
        worker.slow, worker.check, worker.watch, worker.end = False, None, None, None
        answer, worker.answer = worker.answer, None
        sound = answer is not None and answer.done() and not answer.cancelled()
        if worker in self.all and sound and answer is not None and not answer.exception():
            enough = len(self.idle) >= 2 * self.at_once
            if worker.low or enough or answer.result().head.get("last"):
                # A priority once lowered cannot be raised again.
                worker.transport.close()
                self.all.discard(worker)
            else:
                self.idle.append(worker)
        self._next()

    def _refill(self) -> None:
        """Ask for workers until there is one for every place, and some for places that get free.

        Few at a time: a fork costs what a dozen short questions do.
        """
        if self.stopping:
            return
        wanted = 2 * self.at_once - self.quick - len(self.idle) - self.expected
        for _ in range(min(wanted, _FORKS - self.expected)):
            self.expected += 1
            self.tell(wire.FORK, 0)

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
            self.tell(wire.KILL, worker.process)
            worker.transport.abort()

    def lost(self, worker: Worker) -> None:
        """Forget a worker that is gone, and replace it."""
        self.all.discard(worker)
        if worker in self.idle:
            self.idle.remove(worker)
        self._refill()

    def tell(self, what: bytes, process: int) -> None:
        """Tell the nursery what to do to a process."""
        try:
            self.control.send(wire.ORDER.pack(what, process))
        except OSError:
            self.ended.set()
            if what == wire.KILL:
                with contextlib.suppress(OSError):
                    os.kill(process, signal.SIGKILL)


def processor(process: int) -> float:
    """Return the seconds that a process has computed; endless where the system does not tell."""
    try:
        # The clock of a process, as clock_getcpuclockid(3) makes it on Linux.
        return time.clock_gettime((~process << 3) | 2)
    except OSError:
        return math.inf


async def _watch(worker: Worker, left: Left) -> None:
    await left()
    worker.fail("gone")


def _refuse(place: asyncio.Future[Worker]) -> None:
    if not place.done():
        place.set_exception(Unanswered("busy"))
