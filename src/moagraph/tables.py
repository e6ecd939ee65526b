"""The tables and how they are written: UTF-8, LF, TAB, no quoting, `|` lists, a fixed header.

They are read in `moagraph.reading`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from moagraph.errors import DataError
from moagraph.frozen import Frozen, replace
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

if TYPE_CHECKING:
    from pathlib import Path

R = TypeVar("R", bound=Record)


class Table(NamedTuple, Generic[R]):
    """The shape of one table: its record class, and which columns must not be empty."""

    name: str
    record: type[R]
    required: tuple[str, ...]
    key: tuple[str, ...]
    optional: bool = False

    @property
    def file_name(self) -> str:
        """Return the name of its file."""
        return f"{self.name}.tsv"

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the header."""
        return tuple(name for name in self.record._fields if name != "origin")

    @property
    def list_columns(self) -> frozenset[str]:
        """Return the columns that hold `|` lists."""
        return frozenset(n for n, t in self.record._types.items() if t.startswith("tuple"))


ENTITIES = Table("entities", Entity, ("id", "label", "kind"), ("id",))
MACHINES = Table(
    "machines",
    MachinePart,
    ("machine", "phase", "participant", "strength"),
    ("machine", "phase", "participant"),
    optional=True,
)
STATES = Table("states", State, ("id",), ("id",), optional=True)
VARIANTS = Table(
    "variants",
    Variant,
    ("gene", "change", "effect", "feature"),
    ("gene", "change", "feature"),
    optional=True,
)
ASSERTIONS = Table(
    "assertions",
    Assertion,
    ("id", "subject", "relation", "object", "kind", "polarity"),
    ("id",),
)
EVIDENCE = Table("evidence", Evidence, ("id", "about", "source", "stance"), ("id",))
QUANTITIES = Table(
    "quantities",
    Quantity,
    ("evidence", "kind", "relation", "value"),
    ("evidence", "kind", "assay", "time", "concentration", "value"),
    optional=True,
)
SOURCES = Table("sources", Source, ("id", "kind"), ("id",))
FACTS = Table("facts", Fact, ("id", "entity", "property"), ("id",), optional=True)
SEED_CLAIMS = Table("seed_claims", SeedClaim, ("id", "claim"), ("id",), optional=True)

TABLES: tuple[Table[Any], ...] = (
    ENTITIES,
    MACHINES,
    STATES,
    VARIANTS,
    ASSERTIONS,
    EVIDENCE,
    QUANTITIES,
    SOURCES,
    FACTS,
    SEED_CLAIMS,
)


class Tables(Frozen):
    """All records of one folder, in file order."""

    entities: tuple[Entity, ...] = ()
    machines: tuple[MachinePart, ...] = ()
    states: tuple[State, ...] = ()
    variants: tuple[Variant, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    seed_claims: tuple[SeedClaim, ...] = ()

    @classmethod
    def joined(cls, parts: Iterable[Tables]) -> Tables:
        """Return the records of several folders as those of one."""
        parts = tuple(parts)
        return cls(
            **{
                name: tuple(row for part in parts for row in getattr(part, name))
                for name in cls._fields
            }
        )

    def within(self, folder: str | Path) -> Tables:
        """Return the records with a folder before the file of their origin, for messages."""
        return Tables(
            **{
                name: tuple(
                    replace(row, origin=Origin(f"{folder}/{row.origin.file}", row.origin.line))
                    for row in getattr(self, name)
                )
                for name in self._fields
            }
        )

    def grouped(self, table: Table[R], column: str) -> Mapping[str, tuple[R, ...]]:
        """Return the records of a table by the value of a column, in file order."""
        groups: dict[str, list[R]] = {}
        for row in getattr(self, table.name):
            groups.setdefault(getattr(row, column), []).append(row)
        return {key: tuple(rows) for key, rows in groups.items()}

    def keyed(self, table: Table[R], column: str) -> Mapping[str, R]:
        """Return the records of a table by a column whose values are unique."""
        return {getattr(row, column): row for row in getattr(self, table.name)}

    def column_by(
        self, table: Table[Any], column: str, wanted: str
    ) -> Mapping[str, tuple[str, ...]]:
        """Return the values of one column by the value of another, in file order."""
        return {
            key: tuple(getattr(row, wanted) for row in rows)
            for key, rows in self.grouped(table, column).items()
        }


if TYPE_CHECKING:

    class AnyTables(Protocol):
        """What stands for all records: read whole, as shipped, or from a dataset."""

        @property
        def entities(self) -> Collection[Entity]: ...  # noqa: D102

        @property
        def machines(self) -> Collection[MachinePart]: ...  # noqa: D102

        @property
        def states(self) -> Collection[State]: ...  # noqa: D102

        @property
        def variants(self) -> Collection[Variant]: ...  # noqa: D102

        @property
        def assertions(self) -> Collection[Assertion]: ...  # noqa: D102

        @property
        def evidence(self) -> Collection[Evidence]: ...  # noqa: D102

        @property
        def quantities(self) -> Collection[Quantity]: ...  # noqa: D102

        @property
        def sources(self) -> Collection[Source]: ...  # noqa: D102

        @property
        def facts(self) -> Collection[Fact]: ...  # noqa: D102

        @property
        def seed_claims(self) -> Collection[SeedClaim]: ...  # noqa: D102

        def grouped(  # noqa: D102
            self, table: Table[R], column: str
        ) -> Mapping[str, tuple[R, ...]]: ...

        def keyed(self, table: Table[R], column: str) -> Mapping[str, R]: ...  # noqa: D102

        def column_by(  # noqa: D102
            self, table: Table[Any], column: str, wanted: str
        ) -> Mapping[str, tuple[str, ...]]: ...


def format_table(table: Table[R], rows: Iterable[R]) -> str:
    """Return the text of a table: header, then rows sorted by key.

    Raises:
        DataError: a field holds a TAB, a newline or, in a list, a `|`.
    """
    lines = ["\t".join(table.columns)]
    body = []
    for row in rows:
        cells = [_format_cell(getattr(row, name)) for name in table.columns]
        values = dict(zip(table.columns, cells, strict=True))
        body.append((tuple(values[name] for name in table.key), "\t".join(cells)))
    lines.extend(line for _, line in sorted(body))
    return "\n".join(lines) + "\n"


def _format_cell(value: object) -> str:
    if isinstance(value, tuple):
        if any("|" in part for part in value):
            raise DataError(f"a list item holds '|': {value!r}")
        value = "|".join(value)
    text = str(value)
    if "\t" in text or "\n" in text:
        raise DataError(f"a field holds a TAB or a newline: {text!r}")
    return text


def write_folder(folder: Path, tables: Tables) -> None:
    """Write every table of a folder, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        text = format_table(table, getattr(tables, table.name))
        (folder / table.file_name).write_text(text, encoding="utf-8", newline="\n")
