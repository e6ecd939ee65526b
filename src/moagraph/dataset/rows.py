"""Put records into the SQLite file of a dataset, and keep what the index is made of."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable
from operator import attrgetter
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

_ADD_EVIDENCE = """
INSERT INTO evidence (id, claim, about, source, stance, rest, file, line)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_WINDOW = 20_000
_SIGNS = {
    relation.label: relation.sign if isinstance(relation.sign, int) else 0
    for relation in RELATIONS.values()
    if walkable(relation.sign)
}


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
        self._claim_numbers: dict[str, int] = {}
        self._claims_in_order: sqlite3.Cursor | None = None
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
            names += _names(entity, number)
            if entity.parents:
                parents.extend((parent, number) for parent in entity.parents)
            if entity.members:
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
        sign = _SIGNS.get(a.relation)
        if sign is None:
            return
        arcs = self.arcs
        arcs.subject.append(subject)
        arcs.object.append(object_)
        arcs.claim.append(number)
        arcs.sign.append(sign)
        if a.via or a.requires or a.cell or a.disease or a.species or a.transfer:
            self.gated += 1

    def index_claims(self) -> None:
        """Make the indexes by which evidence and memberships find their claims."""
        for statement in CLAIM_INDEXES.split(";"):
            self._db.execute(statement)

    def add_evidence(self, batch: list[Evidence]) -> None:
        """Add evidence; what is about no claim keeps the id that it names."""
        texts, pack, number_of = self._texts, self._pack_evidence, self._claim_numbers.get
        rows = []
        for e in batch:
            claim = number_of(e.about)
            if claim is None:
                claim = self._claim_number(e.about)
            about = e.about if claim is None else None
            file, line = e.origin
            rows.append((e.id, claim, about, e.source, texts[e.stance], pack(e), texts[file], line))
        self._db.executemany(_ADD_EVIDENCE, rows)
        self._put_texts()

    def _claim_number(self, name: str) -> int | None:
        """Return the number of a claim, None if there is none of that id.

        Evidence mostly comes in the order of its claims, so their numbers are read in that order,
        some at a time; what is not among them is looked up.
        """
        if self._claims_in_order is None:
            self._claims_in_order = self._db.execute("SELECT id, n FROM claims ORDER BY n")
        ahead = self._claims_in_order.fetchmany(_WINDOW)
        if ahead:
            self._claim_numbers.clear()
            self._claim_numbers.update(ahead)
            if name in self._claim_numbers:
                return self._claim_numbers[name]
        row = self._db.execute("SELECT n FROM claims WHERE id = ?", (name,)).fetchone()
        return row[0] if row else None

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
        # `attrgetter` of a single name gives no tuple.
        keyed = attrgetter(*keys, "origin")
        rows = []
        for place, row in enumerate(batch):
            *found, (file, line) = keyed(row)
            number = None if first is None else first + place
            rows.append((number, *found, pack(row), texts[file], line))
        self._put(table.name, rows, len(keys) + 4)

    def finish(self) -> int:
        """Make the remaining indexes; return the number of memberships, each counted once."""
        if self._claims_in_order is not None:
            self._claims_in_order.close()
        for statement in OTHER_INDEXES.split(";"):
            self._db.execute(statement)
        count: int = self._db.execute("SELECT count(*) FROM memberships").fetchone()[0]
        return count


def _names(entity: Entity, number: int) -> list[tuple[str, int, int, str | None]]:
    """Return the names of an entity as rows: key, rank, entity, and the name if it differs."""
    if not entity.synonyms and not entity.xrefs:
        return _few_names(entity, number)
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


def _few_names(entity: Entity, number: int) -> list[tuple[str, int, int, str | None]]:
    """Return the rows of an entity that has an id and a label alone."""
    name, label = entity.id, entity.label
    first, second = fold(name), fold(label)
    found = [(first, 0, number, None if name == first else name)] if first else []
    if second and second != first:
        found.append((second, 0, number, None if label == second else label))
    return found
