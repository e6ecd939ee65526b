"""What one question may cost, and how many there may be at a time."""

from __future__ import annotations

import os

from moagraph.frozen import Frozen

MIB = 1024 * 1024


class Limits(Frozen):
    """Bounds of the endpoint; times in seconds, sizes in bytes unless named otherwise.

    `timeout`: how long a question may take. `memory`: what it may take beyond the graph.
    `rows`, `answer`: how many rows or triples, and bytes, an answer may have; one that has more
    is an error and never cut.

    `body`: the longest request body; `target`: the longest path with its query string; `head`: the
    longest head of a request, of which that is a part.

    `workers`: questions that may run at a time; `slow`: further ones that no longer count among
    those, as they have run a quarter of `patience` on a processor, or three times it by the clock.
    After `lowered`, or at once if they fill the processors, they go on behind all others.
    `waiting`: how many may wait for a worker; that time counts too.

    `connections`: how many clients may be connected. `head_time`, `body_time`: how long a client
    may take to send its request; `send_time`: how long it may take to read each piece of an
    answer. `held`: bytes of all answers that are being sent.
    """

    timeout: float = 10.0
    memory: int = 1024 * MIB
    rows: int = 1_000_000
    answer: int = 64 * MIB
    body: int = 4 * MIB
    target: int = 60 * 1024
    head: int = 96 * 1024
    workers: int = 0
    slow: int = 16
    patience: float = 0.015
    lowered: float = 0.05
    waiting: int = 256
    connections: int = 256
    head_time: float = 10.0
    body_time: float = 20.0
    send_time: float = 20.0
    held: int = 512 * MIB

    @property
    def at_once(self) -> int:
        """Return how many questions run at full priority: four for each processor if not told."""
        return self.workers or max(8, 4 * (os.cpu_count() or 1))
