"""The tables of a dataset, each record read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from moagraph import tables as t
from moagraph.dataset.lookups import Lookup, Rows
from moagraph.dataset.store import Store
from moagraph.records import (
    Assertion,
    Entity,
    Evidence,
    Fact,
    MachinePart,
    Quantity,
    Record,
    SeedClaim,
    Source,
    State,
    Variant,
)

R = TypeVar("R", bound=Record)
V = TypeVar("V")
# By which columns claims and evidence can be looked up, and what stands for the value in SQL.
_CLAIM_COLUMNS = {
    "id": "c.id = ?1",
    "subject": "c.subject = (SELECT n FROM entities WHERE id = ?1)",
    "object": "c.object = (SELECT n FROM entities WHERE id = ?1)",
}
_EVIDENCE_COLUMNS = {
    "id": "e.id = ?1",
    "about": "e.claim = (SELECT n FROM claims WHERE id = ?1)",
    "source": "e.source = ?1",
}


class StoredTables:
    """The same attributes as `moagraph.tables.Tables`, read from a dataset.

    What walks over a whole table reads it anew, row by row; look-ups use the indexes.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    # -- look-ups -----------------------------------------------------------

    def grouped(self, table: t.Table[R], column: str) -> Mapping[str, tuple[R, ...]]:
        """Return the records of a table by the value of a column, in the order of writing."""

        def read(key: str) -> tuple[R, ...] | None:
            return tuple(self._find(table, column, key)) or None

        return self._lookup(table, column, read)

    def keyed(self, table: t.Table[R], column: str) -> Mapping[str, R]:
        """Return the records of a table by a column whose values are unique."""

        def read(key: str) -> R | None:
            return next(iter(self._find(table, column, key)), None)

        return self._lookup(table, column, read)

    def column_by(
        self, table: t.Table[Any], column: str, wanted: str
    ) -> Mapping[str, tuple[str, ...]]:
        """Return the values of one column by the value of another, in the order of writing."""

        def read(key: str) -> tuple[str, ...] | None:
            return tuple(getattr(row, wanted) for row in self._find(table, column, key)) or None

        return self._lookup(table, column, read)

    def stances(self) -> Mapping[str, tuple[str, ...]]:
        """Return the stances of the evidence about each claim."""
        text = self.store.text

        def read(key: str) -> tuple[str, ...] | None:
            rows = self.store.all(
                "SELECT stance FROM evidence WHERE claim = (SELECT n FROM claims WHERE id = ?)",
                (key,),
            )
            return tuple(text(row[0]) for row in rows)

        return self._lookup(t.EVIDENCE, "about", read)

    def _find(self, table: t.Table[R], column: str, key: str) -> Iterator[R]:
        found: Any
        if table.name == "assertions":
            found = self.store.claims(f"WHERE {_CLAIM_COLUMNS[column]}", (key,))
        elif table.name == "evidence":
            found = self.store.evidence(f"WHERE {_EVIDENCE_COLUMNS[column]}", (key,))
            if column == "about":
                found = self._about(found, key)
        else:
            found = self.store.each_plain(table, f"WHERE {column} = ?", (key,))
        rows: Iterator[R] = found
        return rows

    def _about(self, found: Iterator[Any], key: str) -> Iterator[Any]:
        rows = list(found)
        return iter(rows) if rows else self.store.evidence("WHERE e.about = ?", (key,))

    def _lookup(
        self, table: t.Table[Any], column: str, read: Callable[[str], V | None]
    ) -> Lookup[V]:
        def keys() -> Iterator[str]:
            if table.name in ("assertions", "evidence"):
                rows = getattr(self, table.name)
                return iter(dict.fromkeys(getattr(row, column) for row in rows))
            query = f"SELECT {column} FROM {table.name} GROUP BY {column} ORDER BY min(n)"
            return (row[0] for row in self.store.each(query))

        def count() -> int:
            if column == "id":
                return self.count(table.name)
            return sum(1 for _ in keys())

        def has(key: str) -> bool:
            name = "claims" if table.name == "assertions" else table.name
            return self.store.one(f"SELECT 1 FROM {name} WHERE id = ?", (key,)) is not None

        return Lookup(read, keys, count, has if column == "id" else None)

    def count(self, name: str) -> int:
        """Return the number of records of a table."""
        return self.store.manifest.counts.get(name, 0)

    # -- whole tables -------------------------------------------------------

    def _rows(self, table: t.Table[R]) -> Rows[R]:
        return Rows(lambda: self.store.each_plain(table), lambda: self.count(table.name))

    def _few(self, table: t.Table[R]) -> tuple[R, ...]:
        return tuple(self.store.each_plain(table)) if self.count(table.name) else ()

    @property
    def entities(self) -> Rows[Entity]:
        """Return the entities."""
        return self._rows(t.ENTITIES)

    @property
    def assertions(self) -> Rows[Assertion]:
        """Return the claims."""
        return Rows(self.store.claims, lambda: self.count("assertions"))

    @property
    def evidence(self) -> Rows[Evidence]:
        """Return the evidence."""
        return Rows(self.store.evidence, lambda: self.count("evidence"))

    @property
    def sources(self) -> Rows[Source]:
        """Return the sources."""
        return self._rows(t.SOURCES)

    @property
    def quantities(self) -> Rows[Quantity]:
        """Return the quantities."""
        return self._rows(t.QUANTITIES)

    @property
    def facts(self) -> Rows[Fact]:
        """Return the facts."""
        return self._rows(t.FACTS)

    @cached_property
    def machines(self) -> tuple[MachinePart, ...]:
        """Return the participants of machines."""
        return self._few(t.MACHINES)

    @cached_property
    def states(self) -> tuple[State, ...]:
        """Return the states."""
        return self._few(t.STATES)

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """Return the variants."""
        return self._few(t.VARIANTS)

    @cached_property
    def seed_claims(self) -> tuple[SeedClaim, ...]:
        """Return the claims of the founding article."""
        return self._few(t.SEED_CLAIMS)
