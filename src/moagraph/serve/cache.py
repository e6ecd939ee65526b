"""Answers that need not be computed again: the graph does not change while it is served."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable

from moagraph.serve.pool import Reply

_MOST = 64 * 1024 * 1024
_LARGEST = 2 * 1024 * 1024
# What differs from call to call. A backslash could spell one of these words letter by letter.
_UNSTEADY = re.compile(r"NOW|RAND|UUID|BNODE|\\", re.IGNORECASE)


def steady(query: str) -> bool:
    """Tell whether a query has the same answer each time; not if in doubt."""
    return _UNSTEADY.search(query) is None


class Cache:
    """Replies by what was asked, the least recently asked ones forgotten first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._size = 0
        self._replies: OrderedDict[Hashable, tuple[Reply, int]] = OrderedDict()

    def get(self, key: Hashable) -> Reply | None:
        """Return the reply to what was asked before."""
        found = self._replies.get(key)
        if found is None:
            return None
        self._replies.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, length: int, reply: Reply) -> None:
        """Keep a reply if it is not large; `length` is the size of the key."""
        size = sum(map(len, reply.pieces)) + 2 * length + 1000
        if size > _LARGEST or key in self._replies:
            return
        self._replies[key] = (reply, size)
        self._size += size
        while self._size > self._most:
            _, (_, old) = self._replies.popitem(last=False)
            self._size -= old
