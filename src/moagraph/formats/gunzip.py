"""Gzip that anybody may have made: unpacked as it is read, and never much more than text is."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import IO, Any

from moagraph.errors import DataError

MAX_UNPACKED = 64 * 1024**3
MAX_RATIO = 100
"""How many times what was read of it a gzip file may unpack to, once past `FREE_UNPACKED`."""
FREE_UNPACKED = 16 * 1024**2

_MAGIC = b"\x1f\x8b"


def unpacked(raw: IO[bytes], path: Path) -> IO[bytes]:
    """Return what a stream holds, unpacked if it is gzip; closing it closes the stream.

    Reading raises DataError where it swells like a bomb; `path` names it in the message.
    """
    packed = raw.read(2) == _MAGIC
    raw.seek(0)
    return io.BufferedReader(Gunzip(raw, path), 1 << 18) if packed else raw


class Gunzip(gzip.GzipFile):
    """A gzip stream that owns its file and refuses to swell beyond what text does."""

    def __init__(self, raw: IO[bytes], path: Path) -> None:
        super().__init__(fileobj=raw, mode="rb")
        self.raw_file = raw
        self._path = path
        self._unpacked = 0

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes."""
        data = super().read(size)
        self._unpacked += len(data)
        if self._unpacked > FREE_UNPACKED:
            allowed = MAX_RATIO * max(1, self.raw_file.tell())
            if self._unpacked > min(MAX_UNPACKED, max(FREE_UNPACKED, allowed)):
                raise DataError(
                    f"unpacks to more than {MAX_RATIO} times its size; unpack it yourself if it "
                    "is meant so",
                    file=str(self._path),
                )
        return data

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; what lies before it is read, and counted."""
        if whence == io.SEEK_SET and offset > self.tell():
            while (left := offset - self.tell()) > 0 and self.read(min(left, 1 << 20)):
                pass
            return self.tell()
        return super().seek(offset, whence)

    def close(self) -> None:
        """Close the stream and its file."""
        super().close()
        self.raw_file.close()
