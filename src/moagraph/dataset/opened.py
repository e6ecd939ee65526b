"""A dataset as a knowledge base: the same look-ups, each answered from the files."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from moagraph import tables as t
from moagraph.dataset.index_file import IndexFile
from moagraph.dataset.lookups import Lookup
from moagraph.dataset.manifest import RECORDS, REPORT, damaged
from moagraph.dataset.names import StoredNames
from moagraph.dataset.schema import ASSERTED, EMPTY, MECHANISM
from moagraph.dataset.store import Store, open_store
from moagraph.dataset.stored import StoredTables
from moagraph.dataset.tallies import tallies
from moagraph.frozen import default_values
from moagraph.knowledge import KnowledgeBase
from moagraph.names import NameIndex
from moagraph.records import Assertion, Entity, Evidence, State, Variant

if TYPE_CHECKING:
    from moagraph.dataset.imported import Remark

_MANY = 20_000
"""So many claims read, and `forget` lets go: many questions come by millions of them."""
# What a record has by default is not written.
_CATEGORY = f"ifnull(json_extract(rest, '$.category'), '{default_values(Entity)['category']}')"


class StoredKnowledge(KnowledgeBase):
    """The knowledge base of a dataset. Use `open`.

    `store` holds the open files; `index` is the graph of steps as arrays of node and claim
    numbers, which `number_of` and `claim_at` lead to and from.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.stored = StoredTables(store)
        self.tables = self.stored
        self.name = store.manifest.name
        self.version = store.manifest.version
        self.entities = self.tables.keyed(t.ENTITIES, "id")
        self.assertions = self.tables.keyed(t.ASSERTIONS, "id")
        self._claims_by_number: dict[int, Assertion] = {}
        self._ids: dict[int, str] = {}
        self._degrees: dict[tuple[int, bool], Mapping[tuple[str, str], int]] = {}

    def forget(self) -> None:
        """Let go of all that was read, if it is much; best between questions: it is read anew."""
        if len(self._claims_by_number) >= _MANY:
            # At once: another thread may be amid a question.
            self.__dict__ = vars(StoredKnowledge(self.store))
            # What reasons over it names itself in circles.
            gc.collect()

    # -- look-ups -----------------------------------------------------------

    @cached_property
    def names(self) -> NameIndex:
        """Return the index of names; see `resolve`."""
        return StoredNames(self.store, self.entities)

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Assertion, ...]]:
        """Return assertions by subject, in the order of writing."""
        return self.tables.grouped(t.ASSERTIONS, "subject")

    @cached_property
    def by_object(self) -> Mapping[str, tuple[Assertion, ...]]:
        """Return assertions by object, in the order of writing."""
        return self.tables.grouped(t.ASSERTIONS, "object")

    @cached_property
    def evidence_by_id(self) -> Mapping[str, Evidence]:
        """Return evidence by its id."""
        return self.tables.keyed(t.EVIDENCE, "id")

    def with_evidence(self) -> Iterator[tuple[Assertion, tuple[Evidence, ...]]]:
        """Yield every claim with its evidence, in the order of writing."""
        return self.store.with_evidence()

    @cached_property
    def evidence_from(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Return evidence by its source."""
        return self.tables.grouped(t.EVIDENCE, "source")

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Return states by id."""
        return self.tables.keyed(t.STATES, "id")

    @cached_property
    def variants_of(self) -> Mapping[str, tuple[Variant, ...]]:
        """Return variants by gene."""
        return self.tables.grouped(t.VARIANTS, "gene")

    @cached_property
    def _stances(self) -> Mapping[str, tuple[str, ...]]:
        return self.stored.stances()

    # -- selections ---------------------------------------------------------

    def claims_of_kind(self, kind: str) -> Iterator[Assertion]:
        """Yield the claims of one kind."""
        more = "" if kind == "mechanism" else f" AND c.kind <> {MECHANISM}"
        return self.store.claims(f"WHERE c.kind = ?{more}", (self.store.text_number(kind),))

    def negated_claims(self) -> Iterator[Assertion]:
        """Yield the claims that something was shown not to happen."""
        negated = self.store.text_number("negated")
        return self.store.claims(f"WHERE c.polarity = ? AND c.polarity <> {ASSERTED}", (negated,))

    def claims_with_machine(self) -> Iterator[Assertion]:
        """Yield the claims that work through a machine."""
        return self.store.claims("WHERE instr(c.rest, ?) > 0", ('"via":',))

    def claims_with_species(self) -> Iterator[Assertion]:
        """Yield the claims that are restricted to a species."""
        return self.store.claims(f"WHERE c.species <> {EMPTY}")

    def entities_of_kind(self, *kinds: str) -> Iterator[Entity]:
        """Yield the entities of some kinds."""
        marks = ", ".join("?" * len(kinds))
        return self.store.each_plain(t.ENTITIES, f"WHERE kind IN ({marks})", kinds)

    def composed_entities(self) -> Iterator[Entity]:
        """Yield the entities that have members."""
        return self.store.each_plain(t.ENTITIES, "WHERE n IN (SELECT owner FROM members)")

    @cached_property
    def types(self) -> Mapping[tuple[str, str], int]:
        """Return how many entities there are by class and kind."""
        query = f"SELECT {_CATEGORY}, kind, count(*) FROM entities GROUP BY 1, 2"
        return Counter({(category, kind): n for category, kind, n in self.store.all(query)})

    def type_of_each(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """Yield the number of each entity with its class and kind."""
        query = f"SELECT n, {_CATEGORY}, kind FROM entities"
        return ((n, (category, kind)) for n, category, kind in self.store.each(query))

    def descendants(self, entity_id: str) -> frozenset[str]:
        """Return an entity and everything that is a kind of it."""
        rows = self.store.all(
            "WITH RECURSIVE below (id) AS (VALUES (?) UNION SELECT e.id FROM below "
            "JOIN parents AS p ON p.parent = below.id JOIN entities AS e ON e.n = p.child) "
            "SELECT id FROM below",
            (entity_id,),
        )
        return frozenset(row[0] for row in rows)

    def tallies(self) -> dict[str, Counter[str]]:
        """Return how many claims there are by kind, polarity and status, evidence by stance."""
        return tallies(self.store)

    @property
    def fingerprint(self) -> str:
        """Return what tells these data from all others: the digest of the records."""
        return self.store.manifest.files[RECORDS].sha256

    def is_compiled(self) -> bool:
        """Tell whether the records are read from a compiled dataset."""
        return True

    # -- the graph of steps -------------------------------------------------

    @property
    def index(self) -> IndexFile:
        """Return the arrays of the steps."""
        return self.store.index

    def check_index(self) -> None:
        """Check every number of the arrays; takes a second for ten million steps.

        Raises:
            DataError: they do not hold together.
        """
        counts = self.store.manifest.counts
        for fault in self.index.faults(counts.get("entities", 0), counts.get("assertions", 0)):
            raise damaged(self.store.data, fault)

    @property
    def gated(self) -> bool:
        """Tell whether any step has a machine, a gate or a restriction."""
        return bool(self.store.manifest.counts.get("gated"))

    @property
    def closed_kinds(self) -> frozenset[str]:
        """Return the kinds of entities that paths go through only when asked to."""
        return frozenset(self.store.manifest.closed_kinds)

    def number_of(self, entity_id: str) -> int:
        """Return the number of a node, -1 for an entity that there is not."""
        row = self.store.one("SELECT n FROM entities WHERE id = ?", (entity_id,))
        return row[0] if row else -1

    def id_at(self, number: int) -> str:
        """Return the id of the entity with a number."""
        known = self._ids.get(number)
        if known is None:
            row = self.store.one("SELECT id FROM entities WHERE n = ?", (number,))
            known = self._ids[number] = row[0] if row else ""
        return known

    def degrees(self, number: int, *, into: bool = False) -> Mapping[tuple[str, str], int]:
        """Return how many nodes the steps from a node lead to, by relation and kind of node.

        With `into`, how many nodes the steps to it come from. This is the degree of a node by
        type of edge.
        """
        known = self._degrees.get((number, into))
        if known is None:
            end, other = ("object", "subject") if into else ("subject", "object")
            rows = self.store.all(
                f"SELECT c.relation, e.kind, count(DISTINCT c.{other}) FROM claims AS c "
                f"JOIN entities AS e ON e.n = c.{other} WHERE c.{end} = ? AND c.kind = {MECHANISM} "
                f"AND c.polarity = {ASSERTED} AND c.subject <> c.object GROUP BY 1, 2",
                (number,),
            )
            text = self.store.text
            known = {(text(relation), kind): count for relation, kind, count in rows}
            self._degrees[number, into] = known
        return known

    def claim_at(self, number: int) -> Assertion:
        """Return the claim with a number.

        Raises:
            DataError: there is none, as in arrays that belong to other records.
        """
        known = self._claims_by_number.get(number)
        if known is None:
            known = self.store.claim("WHERE c.n = ?", number)
            if known is None:
                raise damaged(self.store.data, f"there is no claim {number}")
            self._claims_by_number[number] = known
        return known

    @cached_property
    def _records(self) -> Mapping[str, tuple[str, ...]]:
        text = self.store.text

        def read(key: str) -> tuple[str, ...] | None:
            rows = self.store.all(
                "SELECT record FROM memberships WHERE claim = (SELECT n FROM claims WHERE id = ?)",
                (key,),
            )
            return tuple(sorted(text(row[0]) for row in rows))

        return Lookup(read, lambda: iter(()), lambda: 0)

    def documents(self) -> Iterator[tuple[str, str]]:
        """Yield the foreign records as their reader wrote them: name and text."""
        return (
            (name, text)
            for name, text in self.store.each("SELECT name, text FROM documents ORDER BY rowid")
        )

    def remarks(self) -> list[Remark]:
        """Return what the import dropped, merged, repaired or did not understand.

        Raises:
            DataError: the report is damaged.
        """
        from moagraph.dataset.imported import Remark

        path = self.store.data / REPORT
        try:
            found = json.loads(path.read_bytes())
            return [Remark(**remark) for remark in found["remarks"]]
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise damaged(path, str(error)[:120]) from error

    def records_of(self, assertion_id: str) -> tuple[str, ...]:
        """Return the foreign records that hold a claim, by name."""
        return self._records.get(assertion_id, ())


def open(folder: str | Path) -> StoredKnowledge:
    """Open a dataset as a knowledge base.

    Raises:
        DataError: no dataset, one of another format version, or a damaged one.
    """
    return StoredKnowledge(open_store(folder))
