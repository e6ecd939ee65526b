"""What every check needs: the records by id, and a place to write findings.

A check is a function of a `Book` that yields findings. It never stops at the first fault
and never raises on bad data; ids that lead nowhere are reported once, by `references`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from moagraph.check.codes import CODES
from moagraph.findings import Finding
from moagraph.identifiers import fold
from moagraph.records import Assertion, Entity, Evidence, Fact, Record, State
from moagraph.tables import TABLES, Tables

_FILES = {table.record: table.file_name for table in TABLES}
_COLUMNS = {
    table.record: {name: place for place, name in enumerate(table.columns, start=1)}
    for table in TABLES
}


class Book:
    """All records of a folder, indexed once for all checks."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.entities: dict[str, Entity] = {e.id: e for e in tables.entities}
        self.assertions: dict[str, Assertion] = {a.id: a for a in tables.assertions}
        self.facts: dict[str, Fact] = {f.id: f for f in tables.facts}
        self.states: dict[str, State] = {s.id: s for s in tables.states}
        self.machines = {part.machine for part in tables.machines}
        self.owner_of_feature = {
            member: entity.id
            for entity in tables.entities
            if entity.kind in ("protein", "gene", "protein family")
            for member in entity.members
        }
        self.evidence_about: dict[str, list[Evidence]] = defaultdict(list)
        for row in tables.evidence:
            self.evidence_about[row.about].append(row)
        self._ancestors: dict[str, frozenset[str]] = {}

    def kind(self, entity_id: str) -> str:
        """Return the kind of an entity, empty for an unknown one."""
        entity = self.entities.get(entity_id)
        return entity.kind if entity else ""

    def label(self, entity_id: str) -> str:
        """Return the label of an entity, or the id itself."""
        entity = self.entities.get(entity_id)
        return entity.label if entity else entity_id

    def ancestors(self, entity_id: str) -> frozenset[str]:
        """Return an entity and all that it is; rings are walked once."""
        known = self._ancestors.get(entity_id)
        if known is None:
            found = {entity_id}
            stack = [entity_id]
            while stack:
                entity = self.entities.get(stack.pop())
                for parent in entity.parents if entity else ():
                    if parent not in found:
                        found.add(parent)
                        stack.append(parent)
            known = self._ancestors[entity_id] = frozenset(found)
        return known

    def genes_named(self, name: str) -> Iterable[str]:
        """Return the ids of entities that have this id or label, for GENE:CHANGE."""
        if name in self.entities:
            return (name,)
        return self._by_label.get(fold(name), ())

    @property
    def _by_label(self) -> dict[str, list[str]]:
        cached = getattr(self, "_labels", None)
        if cached is None:
            cached = defaultdict(list)
            for entity in self.tables.entities:
                for name in (entity.label, *entity.synonyms):
                    cached[fold(name)].append(entity.id)
            self._labels: dict[str, list[str]] = cached
        return self._labels


Check = Callable[[Book], Iterator[Finding]]


def fault(code: str, record: Record, column: str, message: str, remedy: str = "") -> Finding:
    """Make a finding at a cell of a record; severity and usual remedy are the registry's."""
    known = CODES[code]
    origin = record.origin
    return Finding(
        code,
        known.severity,
        message,
        origin.file or _FILES[type(record)],
        origin.line,
        _COLUMNS[type(record)][column] if column else 0,
        remedy or known.remedy,
    )


def short(text: str, limit: int = 60) -> str:
    """Return a text quoted for a message, cut where it is long."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file, line and column, each once."""
    return sorted(set(findings), key=lambda f: (f.file, f.line, f.column, f.code, f.message))
