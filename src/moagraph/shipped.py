"""The shipped tables, read without checks and only when asked for.

A test holds them in their written form, so a row is split and taken as it stands. Each table is
read at its first use: a question about a mechanism never reads the facts.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

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

R = TypeVar("R", bound=Record)


class ShippedTables:
    """The same attributes as `moagraph.tables.Tables`, each read at first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _read(self, table: t.Table[R]) -> tuple[R, ...]:
        path = self._folder / table.file_name
        columns = table.columns
        lists = [columns.index(name) for name in table.list_columns]
        phase = columns.index("phase") if "phase" in columns else -1
        record: Any = table.record
        name = table.file_name
        rows: list[R] = []
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")[1:-1], start=2):
            cells: list[object] = [*line.split("\t")]
            for place in lists:
                cell = cells[place]
                cells[place] = tuple(str(cell).split("|")) if cell else ()
            if phase >= 0:
                cells[phase] = int(str(cells[phase]))
            rows.append(record(*cells, Origin(name, number)))
        return tuple(rows)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Return the entities."""
        return self._read(t.ENTITIES)

    @cached_property
    def machines(self) -> tuple[MachinePart, ...]:
        """Return the participants of machines."""
        return self._read(t.MACHINES)

    @cached_property
    def states(self) -> tuple[State, ...]:
        """Return the states."""
        return self._read(t.STATES)

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """Return the variants."""
        return self._read(t.VARIANTS)

    @cached_property
    def assertions(self) -> tuple[Assertion, ...]:
        """Return the claims."""
        return self._read(t.ASSERTIONS)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the evidence."""
        return self._read(t.EVIDENCE)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return the quantities."""
        return self._read(t.QUANTITIES)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Return the sources."""
        return self._read(t.SOURCES)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts."""
        return self._read(t.FACTS)

    @cached_property
    def seed_claims(self) -> tuple[SeedClaim, ...]:
        """Return the claims of the founding article."""
        return self._read(t.SEED_CLAIMS)
