"""Messages between the processes of the server.

A message is two lengths, a head in JSON and a body of bytes. Nothing here is pickled: a worker
runs foreign queries in native code, and what it says is read as data only.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

LENGTHS = struct.Struct("!IQ")
ORDER = struct.Struct("!cI")
"""From server to nursery: what to do, and to which process."""
FORK, KILL, LOWER = b"F", b"K", b"L"
BORN = struct.Struct("!I")
"""From nursery to server: the number of a new worker, with its socket; 0 if there can be none."""

_MAX_HEAD = 32 * 1024 * 1024


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return a message."""
    text = json.dumps(head).encode()
    return LENGTHS.pack(len(text), len(body)) + text + body


def receive(stream: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message of a blocking socket, None at its end."""
    reader = Reader()
    while True:
        try:
            data = stream.recv(1 << 18)
        except ConnectionError:
            return None
        if not data:
            return None
        found = reader.feed(data)
        if found is not None:
            return found[0], b"".join(found[1])


def exactly(stream: socket.socket, length: int) -> bytes | None:
    """Return so many bytes of a blocking socket, None if it ends before."""
    pieces = []
    while length:
        try:
            piece = stream.recv(min(length, 1 << 20))
        except ConnectionError:
            return None
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


class Reader:
    """Takes bytes as they come and gives the one message that they make.

    `size` is the length of the body as soon as it is known, else -1.
    """

    def __init__(self) -> None:
        self._start = bytearray()
        self._pieces: list[bytes] = []
        self._missing = 0
        self._head: dict[str, Any] = {}
        self.size = -1

    def feed(self, data: bytes) -> tuple[dict[str, Any], list[bytes]] | None:
        """Take bytes; return head and the pieces of the body once they are whole.

        Raises:
            ValueError: the bytes are no message.
        """
        if self.size < 0:
            self._start += data
            if len(self._start) < LENGTHS.size:
                return None
            head_length, body_length = LENGTHS.unpack_from(self._start)
            if head_length > _MAX_HEAD:
                raise ValueError("the head of a message is too long")
            end = LENGTHS.size + head_length
            if len(self._start) < end:
                return None
            self._head = json.loads(self._start[LENGTHS.size : end])
            self.size = self._missing = body_length
            data = bytes(self._start[end:])
        if data:
            self._pieces.append(data)
            self._missing -= len(data)
        if self._missing > 0:
            return None
        if self._missing < 0:
            raise ValueError("a message is followed by something else")
        return self._head, self._pieces
