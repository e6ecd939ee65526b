"""The process that holds the graph and forks workers from itself.

It is forked from the server before that has an event loop, threads or clients, so that a worker
inherits the graph and nothing else: no client's connection can be held open by it. A fork shares
the memory of the graph and takes a few milliseconds.

It ends when the server does, by whatever cause, and kills its workers first: the end of the
control socket says so.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections.abc import Callable

from moagraph.serve import wire

_NICE = 19


def start(
    work: Callable[[socket.socket], None], listener: socket.socket
) -> tuple[int, socket.socket]:
    """Fork the nursery; return its process and the socket by which it is told what to do.

    Args:
        work: what a worker does with its socket until that ends.
        listener: the server's socket, which the nursery does not keep.
    """
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process:
        theirs.close()
        return process, ours
    try:
        ours.close()
        listener.close()
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _silence()
        Nursery(theirs, work).run()
    finally:
        os._exit(0)


def _silence() -> None:
    """Leave stdout and stderr to the server: its log is made of whole lines."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    if null > 2:
        os.close(null)


class Nursery:
    """Forks, kills and lowers workers as it is told, and reaps them."""

    def __init__(self, control: socket.socket, work: Callable[[socket.socket], None]) -> None:
        self.control = control
        self.work = work
        self.children: set[int] = set()

    def run(self) -> None:
        """Serve until the server's end of the control socket is gone."""
        woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self.closing = (woken, wake)
        try:
            while True:
                ready = select.select([self.control.fileno(), woken], [], [])[0]
                if woken in ready:
                    os.read(woken, 4096)
                    self._reap()
                if self.control.fileno() in ready:
                    order = wire.exactly(self.control, wire.ORDER.size)
                    if order is None:
                        return
                    self._obey(*wire.ORDER.unpack(order))
        finally:
            for child in self.children:
                os.kill(child, signal.SIGKILL)

    def _obey(self, what: bytes, process: int) -> None:
        if what == wire.FORK:
            self._fork()
        elif process in self.children and what == wire.KILL:
            os.kill(process, signal.SIGKILL)
        elif process in self.children and what == wire.LOWER:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process, _NICE)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while (process := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                self.children.discard(process)

    def _fork(self) -> None:
        try:
            ours, theirs = socket.socketpair()
        except OSError:
            self.control.send(wire.BORN.pack(0))
            return
        try:
            child = os.fork()
        except OSError:
            ours.close()
            theirs.close()
            self.control.send(wire.BORN.pack(0))
            return
        if child == 0:
            try:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                ours.close()
                self.control.close()
                for pipe in self.closing:
                    os.close(pipe)
                self.work(theirs)
            finally:
                os._exit(0)
        self.children.add(child)
        theirs.close()
        with ours:
            socket.send_fds(self.control, [wire.BORN.pack(child)], [ours.fileno()])
