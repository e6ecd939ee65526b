"""How records lie in the SQLite file of a dataset.

Every table has the columns that something looks up by, `rest` with all other fields that are
not empty as JSON, and the origin. Claims name their ends by the numbers of the entities, and
short words that come again and again (relations, kinds, file names) by the numbers of `texts`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from moagraph.frozen import default_values
from moagraph.records import Origin, Record
from moagraph.tables import (
    ENTITIES,
    FACTS,
    MACHINES,
    QUANTITIES,
    SEED_CLAIMS,
    SOURCES,
    STATES,
    VARIANTS,
    Table,
)

R = TypeVar("R", bound=Record)

PLAIN: tuple[Table[Any], ...] = (
    ENTITIES,
    MACHINES,
    STATES,
    VARIANTS,
    QUANTITIES,
    SOURCES,
    FACTS,
    SEED_CLAIMS,
)
KEYS: dict[str, tuple[str, ...]] = {
    "entities": ("id", "label", "kind"),
    "machines": ("machine",),
    "states": ("id",),
    "variants": ("gene",),
    "quantities": ("evidence",),
    "sources": ("id",),
    "facts": ("id", "entity"),
    "seed_claims": ("id",),
}
LONGEST = 20_000_000
"""The bytes of the longest value that is written and read."""
CLAIM_KEYS = ("id", "subject", "relation", "object", "kind", "polarity", "species")
EVIDENCE_KEYS = ("id", "about", "source", "stance")

SPECIAL = """
CREATE TABLE texts (n INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE claims (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, subject INTEGER NOT NULL, relation INTEGER NOT NULL,
  object INTEGER NOT NULL, kind INTEGER NOT NULL, polarity INTEGER NOT NULL,
  species INTEGER NOT NULL, rest TEXT, file INTEGER NOT NULL, line INTEGER NOT NULL);
CREATE TABLE evidence (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL, claim INTEGER, about TEXT, source TEXT NOT NULL,
  stance INTEGER NOT NULL, rest TEXT, file INTEGER NOT NULL, line INTEGER NOT NULL);
CREATE TABLE memberships (
  claim INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (claim, record)) WITHOUT ROWID;
CREATE TABLE documents (name TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE names (
  n INTEGER PRIMARY KEY, key TEXT NOT NULL, rank INTEGER NOT NULL, entity INTEGER NOT NULL,
  shown TEXT);
CREATE TABLE members (member TEXT NOT NULL, owner INTEGER NOT NULL);
CREATE TABLE parents (parent TEXT NOT NULL, child INTEGER NOT NULL);
"""
# Many rows have the same rest: so many of them are kept in mind, of those read only short ones.
_KNOWN = 10_000
_SHORT = 300
# The numbers of the words by which partial indexes choose; they are the first of `texts`.
EMPTY, MECHANISM, ASSERTED = 0, 1, 2
FIRST_TEXTS = ("", "mechanism", "asserted")

CLAIM_INDEXES = """
CREATE UNIQUE INDEX claims_id ON claims (id);
CREATE INDEX claims_subject ON claims (subject);
CREATE INDEX claims_object ON claims (object);
CREATE INDEX claims_kind ON claims (kind) WHERE kind <> 1;
CREATE INDEX claims_polarity ON claims (polarity) WHERE polarity <> 2;
CREATE INDEX claims_species ON claims (species) WHERE species <> 0;
CREATE UNIQUE INDEX entities_id ON entities (id);
CREATE INDEX entities_kind ON entities (kind);
CREATE INDEX parents_parent ON parents (parent);
CREATE INDEX names_key ON names (key);
"""
OTHER_INDEXES = """
CREATE INDEX evidence_claim ON evidence (claim) WHERE claim IS NOT NULL;
CREATE INDEX evidence_about ON evidence (about) WHERE about IS NOT NULL;
CREATE UNIQUE INDEX evidence_id ON evidence (id);
CREATE INDEX evidence_source ON evidence (source);
CREATE INDEX memberships_record ON memberships (record);
CREATE INDEX machines_machine ON machines (machine);
CREATE INDEX variants_gene ON variants (gene);
CREATE INDEX quantities_evidence ON quantities (evidence);
CREATE UNIQUE INDEX sources_id ON sources (id);
CREATE UNIQUE INDEX facts_id ON facts (id);
CREATE INDEX facts_entity ON facts (entity);
"""


def creation() -> str:
    """Return the statements that make all tables, without indexes."""
    plain = "".join(
        f"CREATE TABLE {table.name} (n INTEGER PRIMARY KEY, "
        + "".join(f"{key} TEXT NOT NULL, " for key in KEYS[table.name])
        + "rest TEXT, file INTEGER NOT NULL, line INTEGER NOT NULL);\n"
        for table in PLAIN
    )
    return SPECIAL + plain


def statements() -> frozenset[str]:
    """Return the statements that an import makes a file with, each on one line."""
    parts = (creation() + CLAIM_INDEXES + OTHER_INDEXES).split(";")
    return frozenset(" ".join(part.split()) for part in parts if part.strip())


def packer(record: type[Any], keys: tuple[str, ...]) -> Callable[[Any], str | None]:
    """Return what makes the `rest` of a record: JSON of the fields that differ from defaults."""
    names = tuple(name for name in record._fields if name not in keys and name != "origin")
    defaults = default_values(record)
    # `attrgetter` of a single name gives no tuple.
    values_of = attrgetter(*names, names[0])
    usual = tuple(defaults.get(name) for name in (*names, names[0]))
    encode = json.JSONEncoder(separators=(",", ":")).encode
    known: dict[tuple[Any, ...], str] = {}

    def pack(row: Any) -> str | None:
        values = values_of(row)
        if values == usual:
            return None
        text = known.get(values)
        if text is None:
            if len(known) >= _KNOWN:
                known.clear()
            told = zip(names, values, usual, strict=False)
            text = known[values] = encode({n: value for n, value, d in told if value != d})
        return text

    return pack


def unpack(rest: str | None, record: type[Record]) -> Mapping[str, Any]:
    """Return the fields in a `rest`; lists are tuples, as records hold them.

    Raises:
        ValueError, TypeError, LookupError: it holds what no record of this class does.
    """
    if not rest:
        return _NOTHING
    return _known(rest, record) if len(rest) <= _SHORT else _unpacked(rest, record)


def _unpacked(rest: str, record: type[Record]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rest)
    kinds = record._types
    return {name: _value(value, kinds[name]) for name, value in found.items()}


_known = lru_cache(maxsize=_KNOWN)(_unpacked)
_NOTHING: dict[str, Any] = {}


def _value(value: Any, kind: str) -> Any:
    if kind == "str" and type(value) is str:
        return value
    if kind.startswith("tuple") and type(value) is list and all(type(v) is str for v in value):
        return tuple(value)
    if kind == "int" and type(value) is int:
        return value
    raise TypeError(f"a value is no {kind}")


def check_texts(*values: object) -> None:
    """Raise TypeError where SQLite, which takes any value in any column, holds no text."""
    for value in values:
        if type(value) is not str:
            raise TypeError("a value is no text")


def unpacker(table: Table[R], text: Callable[[int], str]) -> Callable[[tuple[Any, ...]], R]:
    """Return what makes a record of a row `keys..., rest, file, line`."""
    record: Any = table.record
    keys = KEYS[table.name]

    def make(row: tuple[Any, ...]) -> R:
        values = dict(zip(keys, row, strict=False))
        check_texts(*values.values())
        rest = unpack(row[-3], record)
        made: R = record(**values, **rest, origin=Origin(text(row[-2]), row[-1]))
        return made

    return make
