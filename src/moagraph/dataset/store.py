"""The opened files of a dataset: records by SQL, arrays by memory map.

All files are opened at once, and data are never changed in place: a dataset that is replaced
meanwhile goes on answering from what it was.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from moagraph.dataset.index_file import IndexFile
from moagraph.dataset.manifest import (
    INDEX,
    RECORDS,
    Manifest,
    check_ends,
    damaged,
    read_manifest,
)
from moagraph.dataset.schema import KEYS, LONGEST, check_texts, statements, unpack, unpacker
from moagraph.errors import DataError
from moagraph.records import Assertion, Evidence, Origin, Record
from moagraph.tables import Table

R = TypeVar("R", bound=Record)
V = TypeVar("V")
_ATTEMPTS = 5
_CLAIM = """SELECT c.n, c.id, s.id, c.relation, o.id, c.kind, c.polarity, c.species, c.rest,
c.file, c.line FROM claims AS c CROSS JOIN entities AS s ON s.n = c.subject
CROSS JOIN entities AS o ON o.n = c.object """
_EVIDENCE = """SELECT e.id, coalesce(c.id, e.about), e.source, e.stance, e.rest, e.file, e.line
FROM evidence AS e LEFT JOIN claims AS c ON c.n = e.claim """
_BY_CLAIM = """SELECT claim, id, source, stance, rest, file, line FROM evidence
WHERE typeof(claim) = 'integer' AND claim IS NOT NULL ORDER BY claim, n"""


class _Records:
    """The file of records as one thread of one process has opened it."""

    def __init__(self, where: str) -> None:
        self.process = os.getpid()
        self.connection = sqlite3.connect(where, uri=True, check_same_thread=False)
        # Left to the garbage collector, Python 3.13 warns of it.
        weakref.finalize(self, self.connection.close)
        self.connection.execute("PRAGMA trusted_schema = OFF")
        self.connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)


class Store:
    """Reads one dataset. Use `open_store`."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.data = folder / manifest.generation
        self.index = IndexFile(self.data / INDEX, manifest.index)
        self._path = self.data / RECORDS
        if not self._path.exists():
            raise FileNotFoundError(self._path)
        # A name on disk is bytes, and need not be text.
        self._where = f"file:{quote(os.fsencode(self._path.absolute()))}?mode=ro&immutable=1"
        self._texts: dict[int, str] = {}
        self._opened = threading.local()
        self._check_schema()

    def _check_schema(self) -> None:
        """Refuse what no import writes: a view or a trigger would run what its author likes."""
        found = self.all("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
        if {" ".join(str(sql).split()) for (sql,) in found} != statements():
            raise damaged(self._path, "its tables are not those that an import writes")

    @property
    def _db(self) -> sqlite3.Connection:
        # A forked process shares the place in an open file with its parent, and threads share
        # the rows of a statement that both run: each opens its own.
        records: _Records | None = getattr(self._opened, "records", None)
        if records is None or records.process != os.getpid():
            records = self._opened.records = _Records(self._where)
        return records.connection

    def close(self) -> None:
        """Close the file of records; arrays are closed when nothing looks at them."""
        self._opened = threading.local()

    def all(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        try:
            return self._db.execute(statement, values).fetchall()
        except UnicodeEncodeError:  # what is no Unicode stands in no dataset
            return []
        except sqlite3.Error as error:
            raise damaged(self._path, str(error)) from error

    def one(self, statement: str, values: tuple[object, ...] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, if any."""
        try:
            row: tuple[Any, ...] | None = self._db.execute(statement, values).fetchone()
        except UnicodeEncodeError:
            return None
        except sqlite3.Error as error:
            raise damaged(self._path, str(error)) from error
        return row

    def each(self, statement: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query as they come."""
        try:
            yield from self._db.execute(statement, values)
        except UnicodeEncodeError:
            return
        except sqlite3.Error as error:
            raise damaged(self._path, str(error)) from error

    def text(self, number: int) -> str:
        """Return a word by its number."""
        known = self._texts.get(number)
        if known is None:
            row = self.one("SELECT text FROM texts WHERE n = ?", (number,))
            if row is None or type(row[0]) is not str:
                raise damaged(self._path, f"there is no word {number}")
            known = self._texts[number] = row[0]
        return known

    def text_number(self, text: str) -> int:
        """Return the number of a word, -1 for one that no record has."""
        row = self.one("SELECT n FROM texts WHERE text = ?", (text,))
        return row[0] if row else -1

    # -- records ------------------------------------------------------------

    def plain(self, table: Table[R], where: str = "", values: tuple[object, ...] = ()) -> list[R]:
        """Return records of a plain table, in the order in which they were written."""
        return list(self.each_plain(table, where, values))

    def each_plain(
        self, table: Table[R], where: str = "", values: tuple[object, ...] = ()
    ) -> Iterator[R]:
        """Yield records of a plain table, in the order in which they were written."""
        make = self._guarded(unpacker(table, self.text))
        columns = ", ".join(KEYS[table.name])
        query = f"SELECT {columns}, rest, file, line FROM {table.name} {where} ORDER BY n"
        return map(make, self.each(query, values))

    def claims(self, where: str = "", values: tuple[object, ...] = ()) -> Iterator[Assertion]:
        """Yield claims in the order in which they were written; `c` is the table of claims."""
        make = self._guarded(self._claim)
        return map(make, self.each(f"{_CLAIM} {where} ORDER BY c.n", values))

    def claim(self, where: str, value: object) -> Assertion | None:
        """Return one claim."""
        row = self.one(f"{_CLAIM} {where}", (value,))
        return None if row is None else self._guarded(self._claim)(row)

    def _guarded(self, make: Callable[[tuple[Any, ...]], V]) -> Callable[[tuple[Any, ...]], V]:
        """Return what makes a record, or says that the row is not what was written."""

        def made(row: tuple[Any, ...]) -> V:
            try:
                return make(row)
            except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
                if isinstance(error, DataError):
                    raise
                raise damaged(
                    self._path, f"a record is not what was written: {row[0]!r:.80}"
                ) from error

        return made

    def _claim(self, row: tuple[Any, ...]) -> Assertion:
        text = self.text
        check_texts(row[1], row[2], row[4])
        return Assertion(
            id=row[1],
            subject=row[2],
            relation=text(row[3]),
            object=row[4],
            kind=text(row[5]),
            polarity=text(row[6]),
            species=text(row[7]),
            origin=Origin(text(row[9]), row[10]),
            **unpack(row[8], Assertion),
        )

    def evidence(self, where: str = "", values: tuple[object, ...] = ()) -> Iterator[Evidence]:
        """Yield evidence in the order in which it was written; `e` is the table of evidence."""
        return map(self._guarded(self._row), self.each(f"{_EVIDENCE} {where} ORDER BY e.n", values))

    def with_evidence(self) -> Iterator[tuple[Assertion, tuple[Evidence, ...]]]:
        """Yield every claim with its evidence, in the order in which claims were written.

        Both tables are walked over once, side by side.
        """
        make, show = self._guarded(self._claim), self._guarded(self._row)
        rows = self.each(_BY_CLAIM)
        row = next(rows, None)
        for claim in self.each(f"{_CLAIM} ORDER BY c.n"):
            number, name = claim[:2]
            found = []
            while row is not None and row[0] <= number:
                if row[0] == number:
                    found.append(show((row[1], name, *row[2:])))
                row = next(rows, None)
            yield make(claim), tuple(found)

    def _row(self, row: tuple[Any, ...]) -> Evidence:
        text = self.text
        check_texts(row[0], row[1], row[2])
        return Evidence(
            id=row[0],
            about=row[1],
            source=row[2],
            stance=text(row[3]),
            origin=Origin(text(row[5]), row[6]),
            **unpack(row[4], Evidence),
        )


def open_store(folder: str | Path) -> Store:
    """Open a dataset and check sizes and ends of its files.

    Raises:
        DataError: no dataset, one of another format version, or a damaged one.
    """
    place = Path(folder)
    for _ in range(_ATTEMPTS):
        manifest = read_manifest(place)
        try:
            check_ends(place, manifest)
            return Store(place, manifest)
        except FileNotFoundError as error:
            # Another import has replaced the dataset between manifest and files, or a file is
            # gone for good: then the manifest still names it.
            missing = error.filename or RECORDS
            if read_manifest(place).generation == manifest.generation:
                raise damaged(Path(str(missing)), "the file is missing") from None
        except OSError as error:
            raise DataError(f"cannot be read: {error.strerror}", file=str(place)) from error
    raise DataError("is being replaced again and again; try later", file=str(place))
