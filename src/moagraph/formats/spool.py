"""Keep rows on disk between two passes, so that millions of them never sit in memory."""

from __future__ import annotations

import marshal
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from moagraph.errors import DataError

_TOGETHER = 200
"""How many rows are written at a time."""


class Spool:
    """A temporary file of plain tuples; write all, then read them once."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._waiting: list[tuple[Any, ...]] = []

    def add(self, row: tuple[Any, ...]) -> None:
        """Add a row of texts, numbers and tuples of these."""
        self._waiting.append(row)
        if len(self._waiting) >= _TOGETHER:
            self._write()

    def _write(self) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="moagraph-")  # noqa: SIM115
                weakref.finalize(self, _close, self._file)
            marshal.dump(self._waiting, self._file)
            self._waiting.clear()
        except OSError as error:
            message = f"a temporary file cannot be written: {error.strerror}"
            raise DataError(message, file=tempfile.gettempdir()) from error

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows and forget them."""
        if self._file is not None:
            with self._file as file:
                file.seek(0)
                while True:
                    try:
                        yield from marshal.load(file)
                    except EOFError:
                        break
        waiting, self._waiting = self._waiting, []
        yield from waiting


def _close(file: IO[bytes]) -> None:
    # What could not be written has been told of already.
    with suppress(OSError):
        file.close()
