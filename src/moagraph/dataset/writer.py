"""Compile what a reader yields into a dataset, row by row, never holding all of it."""

from __future__ import annotations

import gc
import itertools
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from moagraph import __version__
from moagraph.dataset.folder import publish, replacing
from moagraph.dataset.imported import Imported
from moagraph.dataset.index_file import write_index
from moagraph.dataset.manifest import INDEX, RECORDS, REPORT, Manifest, measure
from moagraph.dataset.rows import Rows
from moagraph.dataset.schema import LONGEST, PLAIN
from moagraph.errors import DataError
from moagraph.tables import SOURCES, Table

Progress = Callable[[str, int], None]
_BATCH = 20_000
_PRAGMAS = """
PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;
"""


def write(imported: Imported, folder: str | Path, progress: Progress | None = None) -> Manifest:
    """Write what a reader yields as the dataset in a folder, whole or not at all.

    Args:
        imported: records as they come; every iterable is read once, in this order: entities,
            assertions, sources, evidence, memberships, then the rest.
        folder: the dataset; an old one there is replaced in one step and stays until then.
        progress: called with what is written (`claims`) and how many are so far.

    Raises:
        DataError: an id occurs twice, the folder cannot be written, holds other things, or is
            being written by someone else.
    """
    if not str(folder):
        # So an unset variable of a script reads: it is not this folder that is meant.
        raise DataError("the name of the dataset is empty; name a new folder")
    target = Path(folder)
    with replacing(target) as new:
        try:
            with _few_collections():
                manifest = _compile(imported, new, target, progress or (lambda _what, _count: None))
        except sqlite3.IntegrityError as error:
            raise DataError(f"an id occurs twice ({error})", file=str(target)) from error
        except sqlite3.Error as error:
            raise DataError(f"cannot be written: {error}", file=str(target)) from error
        except UnicodeEncodeError as error:
            raise DataError(f"a text is no Unicode: {error.object[:80]!r}") from error
        except OSError as error:
            raise DataError(f"cannot be written: {error.strerror}", file=str(target)) from error
        publish(target, new, manifest.generation, manifest.to_json())
    return manifest


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for garbage in cycles rarely: millions of records come and go, and none makes any."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _compile(imported: Imported, new: Path, target: Path, progress: Progress) -> Manifest:
    connection = sqlite3.connect(new / RECORDS, isolation_level=None)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        connection.executescript(_PRAGMAS)
        connection.execute("BEGIN")
        rows = Rows(connection)
        counts = _records(imported, rows, progress)
        if imported.source and not counts["entities"] and not counts["assertions"]:
            raise DataError(
                "holds no entity and no claim; nothing is written",
                file=imported.source,
            )
        connection.execute("COMMIT")
    finally:
        connection.close()
    progress("index", 0)
    sections = write_index(new / INDEX, rows.arcs, rows.kind_of)
    counts["steps"] = len(rows.arcs.claim)
    counts["gated"] = rows.gated
    with (new / REPORT).open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(imported.report.to_json())
    files = {name: measure(new / name) for name in (RECORDS, INDEX, REPORT)}
    return Manifest(
        generation=f"data-{secrets.token_hex(8)}",
        name=imported.name or target.name,
        version=imported.version or _version(files[RECORDS].sha256),
        written_by=f"moagraph {__version__}",
        counts=counts,
        files=files,
        index=sections,
        kinds=rows.kinds,
        closed_kinds=tuple(sorted(imported.closed_kinds)),
    )


def _version(digest: str) -> str:
    return digest[:12]


def _records(imported: Imported, rows: Rows, progress: Progress) -> dict[str, int]:
    counts: dict[str, int] = {}

    def store(what: str, records: Iterable[Any], add: Callable[[list[Any]], None]) -> None:
        counts[what] = 0
        for batch in _batches(records):
            try:
                add(batch)
            except sqlite3.DataError as error:
                raise _too_long(batch, imported.source or imported.name) from error
            counts[what] += len(batch)
            progress(what, counts[what])

    store("entities", imported.entities, rows.add_entities)
    store("assertions", imported.assertions, rows.add_assertions)
    counts["entities"] += rows.add_unnamed()
    rows.index_claims()
    store("sources", imported.sources, rows.adder(SOURCES))
    store("evidence", imported.evidence, rows.add_evidence)
    store("memberships", imported.memberships, rows.add_memberships)
    store("documents", imported.documents, rows.add_documents)
    for table in _others():
        store(table.name, getattr(imported, table.name), rows.adder(table))
    counts["memberships"] = rows.finish()
    return counts


def _too_long(batch: list[Any], name: str) -> DataError:
    """Return the message for a batch with a text that is longer than a value can be."""
    record = max(batch, key=lambda one: len(repr(one)))
    of = record[0] if isinstance(record, tuple) else getattr(record, "id", "a record")
    origin = getattr(record, "origin", None)
    message = f"the texts of {str(of)[:80]} are longer than {LONGEST:,} bytes; shorten them"
    where, line = (origin.file, origin.line or None) if origin and origin.file else (name, None)
    return DataError(message, file=where, line=line)


def _others() -> Iterator[Table[Any]]:
    return (table for table in PLAIN if table.name not in ("entities", "sources"))


def _batches(records: Iterable[Any]) -> Iterator[list[Any]]:
    found = iter(records)
    while batch := list(itertools.islice(found, _BATCH)):
        yield batch
