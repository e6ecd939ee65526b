"""Put records into the SQLite file of a dataset, and keep what the index is made of."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from moagraph.dataset.schema import (
    CLAIM_INDEXES,
    CLAIM_KEYS,
    EVIDENCE_KEYS,
    FIRST_TEXTS,
    KEYS,
    OTHER_INDEXES,
    creation,
    packer,
)
from moagraph.errors import DataError
from moagraph.identifiers import fold
from moagraph.records import Assertion, Entity, Evidence
from moagraph.relations import RELATIONS
from moagraph.tables import ENTITIES, Table
from moagraph.vocabulary import walkable

# What is about a claim names its number, what is about a fact keeps the id.
_ADD_EVIDENCE = """
INSERT INTO evidence (id, claim, about, source, stance, rest, file, line)
SELECT ?1, c.n, CASE WHEN c.n IS NULL THEN ?2 END, ?3, ?4, ?5, ?6, ?7
FROM (SELECT 1) LEFT JOIN claims AS c ON c.id = ?2
"""


class Arcs(NamedTuple):
    """The claims that can be steps: numbers of subject, object and claim, and the sign.

    A sign is 1, -1, or 0 where it is unknown.
    """

    subject: array[int]
    object: array[int]
    claim: array[int]
    sign: array[int]


class _Numbers(dict[str, int]):
    """The numbers of texts, in order of first sight; `new` are those not yet in the file."""

    def __init__(self) -> None:
        self.new: list[tuple[int, str]] = []

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        self.new.append((number, text))
        return number


class Rows:
    """The tables being filled. `gated` counts steps with a machine, gate or restriction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        for statement in creation().split(";"):
            connection.execute(statement)
        self._texts = _Numbers()
        self._entities: dict[str, int] = {}
        self._unnamed: list[str] = []
        self._claims = 0
        self._kinds: dict[str, int] = {}
        self.kind_of = array("B")
        self.arcs = Arcs(array("i"), array("i"), array("i"), array("b"))
        self.gated = 0
        self._pack_claim = packer(Assertion, CLAIM_KEYS)
        self._pack_evidence = packer(Evidence, EVIDENCE_KEYS)
        for text in FIRST_TEXTS:
            self._texts[text]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of entities, in the order of their numbers."""
        return tuple(self._kinds)

    def _put(self, table: str, rows: Iterable[tuple[Any, ...]], columns: int) -> None:
        """Insert rows, and the texts that they are the first to name."""
        marks = ", ".join("?" * columns)
        self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self._put_texts()

    def _put_texts(self) -> None:
        new = self._texts.new
        self._texts.new = []
        self._db.executemany("INSERT INTO texts VALUES (?, ?)", new)

    # -- entities -----------------------------------------------------------

    def add_entities(self, batch: list[Entity]) -> None:
        """Add entities with their names and parents."""
        names: list[tuple[str, int, int, str | None]] = []
        parents: list[tuple[str, int]] = []
        members: list[tuple[str, int]] = []
        for entity in batch:
            number = len(self._entities)
            if self._entities.setdefault(entity.id, number) != number:
                raise DataError(
                    f"the entity {entity.id!r} occurs twice",
                    file=entity.origin.file or None,
                    line=entity.origin.line or None,
                )
            self.kind_of.append(self._kind(entity.kind))
            names.extend(_names(entity, number))
            parents.extend((parent, number) for parent in entity.parents)
            members.extend((member, number) for member in entity.members)
        first = len(self._entities) - len(batch)
        self._plain(ENTITIES, batch, first)
        self._db.executemany(
            "INSERT INTO names (key, rank, entity, shown) VALUES (?, ?, ?, ?)", names
        )
        self._db.executemany("INSERT INTO parents VALUES (?, ?)", parents)
        self._db.executemany("INSERT INTO members VALUES (?, ?)", members)

    def _kind(self, kind: str) -> int:
        number = self._kinds.setdefault(kind, len(self._kinds))
        if number > 255:
            raise DataError(f"more than 256 kinds of entities; the last is {kind!r}")
        return number

    def _entity(self, name: str) -> int:
        known = self._entities.get(name)
        if known is None:
            known = self._entities[name] = len(self._entities)
            self._unnamed.append(name)
        return known

    def add_unnamed(self) -> int:
        """Add the entities that claims name and nothing describes; return how many there are."""
        unnamed, self._unnamed = self._unnamed, []
        for name in unnamed:
            del self._entities[name]
        self.add_entities([Entity(name, name) for name in unnamed])
        return len(unnamed)

    # -- claims -------------------------------------------------------------

    def add_assertions(self, batch: list[Assertion]) -> None:
        """Add claims, and to the arcs those that can be steps."""
        rows = []
        texts, entity, pack = self._texts, self._entity, self._pack_claim
        for number, a in enumerate(batch, self._claims):
            subject, object_ = entity(a.subject), entity(a.object)
            file, line = a.origin
            rows.append(
                (
                    number,
                    a.id,
                    subject,
                    texts[a.relation],
                    object_,
                    texts[a.kind],
                    texts[a.polarity],
                    texts[a.species],
                    pack(a),
                    texts[file],
                    line,
                )
            )
            self._arc(a, subject, object_, number)
        self._claims += len(batch)
        self._put("claims", rows, 11)

    def _arc(self, a: Assertion, subject: int, object_: int, number: int) -> None:
        if a.kind != "mechanism" or a.polarity != "asserted" or subject == object_:
            return
        relation = RELATIONS.get(a.relation)
        if relation is None or not walkable(relation.sign):
            return
        arcs = self.arcs
        arcs.subject.append(subject)
        arcs.object.append(object_)
        arcs.claim.append(number)
        arcs.sign.append(relation.sign if isinstance(relation.sign, int) else 0)
        if a.via or a.requires or a.cell or a.disease or a.species or a.transfer:
            self.gated += 1

    def index_claims(self) -> None:
        """Make the indexes by which evidence and memberships find their claims."""
        for statement in CLAIM_INDEXES.split(";"):
            self._db.execute(statement)

    def add_evidence(self, batch: list[Evidence]) -> None:
        """Add evidence; what is about no claim keeps the id that it names."""
        texts, pack = self._texts, self._pack_evidence
        rows = [
            (e.id, e.about, e.source, texts[e.stance], pack(e), texts[e.origin[0]], e.origin[1])
            for e in batch
        ]
        self._db.executemany(_ADD_EVIDENCE, rows)
        self._put_texts()

    def add_memberships(self, batch: list[tuple[str, str]]) -> None:
        """Add which foreign records hold a claim; a pair may come twice."""
        texts = self._texts
        rows = [(claim, texts[record]) for claim, record in batch]
        self._db.executemany(
            "INSERT OR IGNORE INTO memberships SELECT n, ?2 FROM claims WHERE id = ?1", rows
        )
        self._put_texts()

    def add_documents(self, batch: list[tuple[str, str]]) -> None:
        """Add foreign records word for word."""
        self._db.executemany("INSERT INTO documents VALUES (?, ?)", batch)

    # -- the rest -----------------------------------------------------------

    def adder(self, table: Table[Any]) -> Callable[[list[Any]], None]:
        """Return what adds records of one of the plain tables."""
        return lambda batch: self._plain(table, batch, None)

    def _plain(self, table: Table[Any], batch: Iterable[Any], first: int | None) -> None:
        keys, texts = KEYS[table.name], self._texts
        pack = packer(table.record, keys)
        rows = [
            (
                None if first is None else first + place,
                *[getattr(row, key) for key in keys],
                pack(row),
                texts[row.origin[0]],
                row.origin[1],
            )
            for place, row in enumerate(batch)
        ]
        self._put(table.name, rows, len(keys) + 4)

    def finish(self) -> int:
        """Make the remaining indexes; return the number of memberships, each counted once."""
        for statement in OTHER_INDEXES.split(";"):
            self._db.execute(statement)
        count: int = self._db.execute("SELECT count(*) FROM memberships").fetchone()[0]
        return count


def _names(entity: Entity, number: int) -> list[tuple[str, int, int, str | None]]:
    """Return the names of an entity as rows: key, rank, entity, and the name if it differs."""
    found: dict[tuple[int, str], str] = {}
    named = [(0, entity.id), (0, entity.label)]
    named += [(1, name) for name in entity.synonyms]
    named += [(2, name) for name in entity.xrefs]
    for rank, name in named:
        key = fold(name)
        if key:
            found.setdefault((rank, key), name)
    return [
        (key, rank, number, None if name == key else name) for (rank, key), name in found.items()
    ]
