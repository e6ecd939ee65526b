"""The shipped tables, read without checks and only when asked for.

A test holds them in their written form, so a row is split and taken as it stands. Each table is
read at its first use, and a row becomes a record when something asks for it: one question needs
a few dozen of the two thousand rows of evidence.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from moagraph import tables as t
from moagraph.records import (
    Assertion,
    Entity,
    Evidence,
    Fact,
    MachinePart,
    Origin,
    Quantity,
    Record,
    SeedClaim,
    Source,
    State,
    Variant,
)
from moagraph.resources import ontology_file

R = TypeVar("R", bound=Record)
V = TypeVar("V")


def shipped_version() -> str:
    """Return the release date of the built-in tables and a digest of them.

    `ontology/DIGEST` holds both the digest and the size of the tables that it is of; where the
    size differs, as while a claim is being added, the digest is made anew.
    """
    with open(ontology_file("VERSION"), encoding="utf-8") as file:
        release = file.read().strip()
    with open(ontology_file("DIGEST"), encoding="utf-8") as file:
        digest, _, size = file.read().strip().partition(" ")
    if size != str(shipped_size()):
        from moagraph.digest import digest_of
        from moagraph.resources import data_root

        digest = digest_of([data_root()])
    return f"{release}+{digest}"


def shipped_size() -> int:
    """Return the bytes of all built-in tables together."""
    return sum(os.stat(ontology_file("data", table.file_name)).st_size for table in t.TABLES)


class _Made(Mapping[str, V], Generic[V]):
    """Row numbers by key; what stands for a key is made when it is asked for, and once."""

    def __init__(self, places: dict[str, list[int]], make: Callable[[list[int]], V]) -> None:
        self._places = places
        self._make = make
        self._known: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._make(self._places[key])
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:
        return key in self._places


class _Rows(Generic[R]):
    """The lines of one table, each made into its record at most once."""

    def __init__(self, table: t.Table[R]) -> None:
        with open(ontology_file("data", table.file_name), encoding="utf-8", newline="") as file:
            self.lines = file.read().split("\n")[1:-1]
        self.columns = table.columns
        self._name = table.file_name
        self._record: Any = table.record
        self._lists = [self.columns.index(name) for name in table.list_columns]
        self._numbers = [self.columns.index("phase")] if "phase" in self.columns else []
        self._made: list[R | None] = [None] * len(self.lines)

    def record(self, number: int) -> R:
        """Return the record of a row, zero-based."""
        known = self._made[number]
        if known is None:
            cells: list[Any] = [*self.lines[number].split("\t")]
            for place in self._lists:
                cell = cells[place]
                cells[place] = tuple(cell.split("|")) if cell else ()
            for place in self._numbers:
                cells[place] = int(cells[place])
            known = self._made[number] = self._record(*cells, Origin(self._name, number + 2))
        return known

    def all(self) -> tuple[R, ...]:
        """Return all records."""
        return tuple(map(self.record, range(len(self.lines))))

    def places(self, column: str) -> dict[str, list[int]]:
        """Return the row numbers by the value of a column."""
        place = self.columns.index(column)
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines):
            found.setdefault(line.split("\t", place + 1)[place], []).append(number)
        return found

    def values(self, column: str, wanted: str) -> dict[str, list[str]]:
        """Return the values of one column by the value of another."""
        key, value = self.columns.index(column), self.columns.index(wanted)
        last = max(key, value) + 1
        found: dict[str, list[str]] = {}
        for line in self.lines:
            cells = line.split("\t", last)
            found.setdefault(cells[key], []).append(cells[value])
        return found


class ShippedTables:
    """The same attributes as `moagraph.tables.Tables`, each read at first use."""

    def __init__(self) -> None:
        self._tables: dict[str, _Rows[Any]] = {}

    def _rows(self, table: t.Table[R]) -> _Rows[R]:
        known = self._tables.get(table.name)
        if known is None:
            known = self._tables[table.name] = _Rows(table)
        return known

    def grouped(self, table: t.Table[R], column: str) -> Mapping[str, tuple[R, ...]]:
        """Return the records of a table by the value of a column, in file order."""
        rows = self._rows(table)
        return _Made(rows.places(column), lambda numbers: tuple(map(rows.record, numbers)))

    def keyed(self, table: t.Table[R], column: str) -> Mapping[str, R]:
        """Return the records of a table by a column whose values are unique."""
        rows = self._rows(table)
        return _Made(rows.places(column), lambda numbers: rows.record(numbers[-1]))

    def column_by(
        self, table: t.Table[Any], column: str, wanted: str
    ) -> Mapping[str, tuple[str, ...]]:
        """Return the values of one column by the value of another, in file order."""
        found = self._rows(table).values(column, wanted)
        return {key: tuple(values) for key, values in found.items()}

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Return the entities."""
        return self._rows(t.ENTITIES).all()

    @cached_property
    def machines(self) -> tuple[MachinePart, ...]:
        """Return the participants of machines."""
        return self._rows(t.MACHINES).all()

    @cached_property
    def states(self) -> tuple[State, ...]:
        """Return the states."""
        return self._rows(t.STATES).all()

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """Return the variants."""
        return self._rows(t.VARIANTS).all()

    @cached_property
    def assertions(self) -> tuple[Assertion, ...]:
        """Return the claims."""
        return self._rows(t.ASSERTIONS).all()

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the evidence."""
        return self._rows(t.EVIDENCE).all()

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return the quantities."""
        return self._rows(t.QUANTITIES).all()

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Return the sources."""
        return self._rows(t.SOURCES).all()

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts."""
        return self._rows(t.FACTS).all()

    @cached_property
    def seed_claims(self) -> tuple[SeedClaim, ...]:
        """Return the claims of the founding article."""
        return self._rows(t.SEED_CLAIMS).all()
