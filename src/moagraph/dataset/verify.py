"""Check a dataset to the last byte, and that its parts belong together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from moagraph.dataset.manifest import INDEX, RECORDS, measure
from moagraph.dataset.store import Store, open_store
from moagraph.findings import Finding


def verify(folder: str | Path) -> list[Finding]:
    """Return what is wrong with a dataset; an intact one gives no findings.

    Reads every file to its end: a dataset of some hundred megabytes takes seconds.

    Raises:
        DataError: it cannot be opened at all.
    """
    store = open_store(folder)
    try:
        found = list(_files(store))
        return found or [*_records(store), *_index(store)]
    finally:
        store.close()


def _finding(store: Store, name: str, message: str) -> Finding:
    return Finding(
        "dataset-damaged", "error", message, str(store.data / name), remedy="import it again"
    )


def _files(store: Store) -> Iterator[Finding]:
    for name, part in store.manifest.files.items():
        if measure(store.data / name) != part:
            yield _finding(store, name, "the file is not what was written")


def _records(store: Store) -> Iterator[Finding]:
    for (message,) in store.all("PRAGMA integrity_check(3)"):
        if message != "ok":
            yield _finding(store, RECORDS, f"SQLite says: {message}")
    tables = {"assertions": "claims"}
    for name, expected in store.manifest.counts.items():
        if name in ("steps", "gated"):
            continue
        (count,) = store.one(f"SELECT count(*) FROM {tables.get(name, name)}") or (0,)
        if count != expected:
            yield _finding(store, RECORDS, f"{count} {name}, {expected} were written")


def _index(store: Store) -> Iterator[Finding]:
    counts = store.manifest.counts
    faults = store.index.faults(counts.get("entities", 0), counts.get("assertions", 0))
    return (_finding(store, INDEX, fault) for fault in faults)
