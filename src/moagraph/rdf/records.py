"""Records from nodes: which predicate fills which column of which table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import unquote

from moagraph.characters import is_deceptive
from moagraph.errors import DataError
from moagraph.identifiers import BASE
from moagraph.rdf import terms as t
from moagraph.rdf.columns import COLUMNS, ENTITY, NUMBER, RECORD, TEXT
from moagraph.rdf.nodes import Nodes
from moagraph.rdf.predicates import KIND_CLASSES, moa, relations_by_predicate
from moagraph.records import Origin
from moagraph.tables import (
    ASSERTIONS,
    ENTITIES,
    EVIDENCE,
    FACTS,
    MACHINES,
    QUANTITIES,
    SEED_CLAIMS,
    SOURCES,
    STATES,
    TABLES,
    VARIANTS,
    Table,
    Tables,
)

Values: TypeAlias = Mapping[str, list[str]]

_CLASSES: dict[str, Table[Any]] = {
    moa("MachinePart"): MACHINES,
    moa("Variant"): VARIANTS,
    moa("Assertion"): ASSERTIONS,
    moa("Evidence"): EVIDENCE,
    moa("Quantity"): QUANTITIES,
    moa("Source"): SOURCES,
    moa("Fact"): FACTS,
    moa("ArticleClaim"): SEED_CLAIMS,
    moa("Entity"): ENTITIES,
    **{moa(name): ENTITIES for name in KIND_CLASSES.values()},
}
_DERIVED = {moa(name) for name in ("Condition", "Mechanism", "Path", "Arm", "Step")}
_KIND_TEXT = moa("kindText")
_KINDS = {moa(name): kind for kind, name in KIND_CLASSES.items()}
_OWNERS = {EVIDENCE.name: "hasEvidence", QUANTITIES.name: "hasQuantity", FACTS.name: "hasFact"}
_PLACES = {
    ASSERTIONS.name: t.assertion_iri(""),
    EVIDENCE.name: t.evidence_iri(""),
    FACTS.name: t.fact_iri(""),
    SEED_CLAIMS.name: t.seed_claim_iri(""),
}
_IN_ORDER = moa("inOrder")
_OWNER_COLUMNS = {EVIDENCE.name: "about", QUANTITIES.name: "evidence", FACTS.name: "entity"}
_OWNS = {
    ASSERTIONS.name: (moa("hasEvidence"), EVIDENCE.name),
    FACTS.name: (moa("hasEvidence"), EVIDENCE.name),
    EVIDENCE.name: (moa("hasQuantity"), QUANTITIES.name),
    ENTITIES.name: (moa("hasFact"), FACTS.name),
}
_BROUGHT_BY = {
    moa(name) for name in ("broughtBy", "broughtByLossOf", "broughtByVariant", "broughtByNothing")
}
_LINKS_OR_TEXT = tuple(
    (column, moa(f"for{column.capitalize()}"), moa(f"for{column.capitalize()}Text"))
    for column in ("indication", "regimen", "population")
)


class _Plan(NamedTuple):
    """How the rows of a table are filled, worked out once: a row begins as `empty`.

    Each column has its place in the row and its predicate. Nearly all hold one text or one
    entity: `single` gives their places, counted from -1 downwards for an entity. Of the others
    `how` tells how they are filled, and the predicate of a number is followed by that of its
    text. A list has the name of its column too.
    """

    empty: tuple[Any, ...]
    places: dict[str, int]
    single: dict[str, int]
    others: tuple[tuple[int, str, str, str], ...]
    lists: tuple[tuple[int, str, str, str], ...]
    required: tuple[tuple[int, str], ...]


@cache
def _plan(table: Table[Any]) -> _Plan:
    many, columns = table.list_columns, table.columns
    places = {column: place for place, column in enumerate(columns)}
    steps = [
        (places[column], how, predicate, column)
        for column, (how, predicate) in COLUMNS[table.name].items()
    ]
    single = [step[:3] for step in steps if step[3] not in many]
    return _Plan(
        # Not the defaults of the record: what is not told was empty.
        tuple(() if column in many else "" for column in columns),
        places,
        {
            predicate: place if how == TEXT else ~place
            for place, how, predicate in single
            if how in (TEXT, ENTITY)
        },
        tuple(
            (place, how, predicate, f"{predicate}Text")
            for place, how, predicate in single
            if how not in (TEXT, ENTITY)
        ),
        tuple(step for step in steps if step[3] in many),
        tuple((places[name], name) for name in table.required),
    )


Row = list[Any]
_SHOWN = 600


class Builder:
    """One pass over nodes, making each into the rows that it stands for."""

    def __init__(self, nodes: Nodes, name: str) -> None:
        self.nodes = nodes
        self.name = name
        self.origin = Origin(name)
        self._ids: dict[str, str] = {}
        self._relations = relations_by_predicate()
        self._owner: dict[str, dict[str, str]] = {table: {} for table in _OWNERS}
        self._special: dict[str, Callable[[str, Values, Row, dict[str, int]], None]] = {
            "entities": self._entity,
            "machines": self._machine_part,
            "variants": self._variant,
            "assertions": self._assertion,
            "facts": self._fact,
            "states": self._state,
        }

    def tables(self) -> Tables:
        """Return all records, each table in the order of its key."""
        rows: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        for table, iri, values in list(self._typed()):
            rows[table.name].append(self._record(table, iri, values))
        self._check_owners(rows)
        for table in TABLES:
            rows[table.name].sort(key=_key(table))
        return Tables(**{name: tuple(found) for name, found in rows.items()})

    def _typed(self) -> Iterator[tuple[Table[Any], str, Values]]:
        known: dict[tuple[str, ...], tuple[Table[Any], ...]] = {}
        for iri, values in self.nodes.items():
            # Nearly all nodes are of the classes of one before.
            types = tuple(values.get(t.TYPE, ()))
            tables = known.get(types)
            if tables is None:
                tables = known[types] = self._tables_of(iri, types)
            if not _BROUGHT_BY.isdisjoint(values):
                tables = (*tables, STATES)
            if not tables:
                self._check_untyped(iri, values)
            for table in tables:
                owned = _OWNS.get(table.name)
                if owned is not None and owned[0] in values:
                    self._take(iri, values, *owned)
                yield table, iri, values

    def _tables_of(self, iri: str, types: tuple[str, ...]) -> tuple[Table[Any], ...]:
        """Return the tables, each once, whose rows a node of some classes stands for."""
        tables: dict[str, Table[Any]] = {}
        for kind in types:
            table = _CLASSES.get(kind)
            if table is not None:
                tables[table.name] = table
            elif kind.startswith(BASE) and kind not in _DERIVED:
                raise self._fault(iri, f"is of <{kind}>, a class that moagraph has not")
        return tuple(tables.values())

    def _take(self, iri: str, values: Values, predicate: str, table: str) -> None:
        owned = self._owner[table]
        for each in values.get(predicate, ()):
            if owned.setdefault(each, iri) != iri:
                raise self._fault(each, f"belongs to two: <{owned[each]}> and <{iri}>")

    def _check_untyped(self, iri: str, values: Values) -> None:
        if t.TYPE in values:
            return
        for predicate in values:
            if predicate.startswith(BASE) and predicate not in self._relations:
                raise self._fault(iri, f"has a <{predicate}> but no type")

    def _record(self, table: Table[Any], iri: str, values: Values) -> Any:
        plan = _plan(table)
        row = self._filled(plan, iri, values)
        if "id" in plan.places:
            row[plan.places["id"]] = self._own_id(iri, table)
        if table.name in _OWNERS:
            self._own(table, iri, row)
        special = self._special.get(table.name)
        if special is not None:
            special(iri, values, row, plan.places)
        for place, column in plan.required:
            # An imported node may have no kind, and then says so.
            if not row[place] and (column != "kind" or _KIND_TEXT not in values):
                known = COLUMNS[table.name].get(column)
                wanted = f"<{known[1]}>" if known else column
                raise self._fault(iri, f"has no {wanted}; it is a row of {table.name}")
        return table.record(*row, self.origin)

    def _filled(self, plan: _Plan, iri: str, values: Values) -> Row:
        row = list(plan.empty)
        place_of, ids = plan.single.get, self._ids
        # A node says fewer things than a table has columns.
        for predicate, found in values.items():
            at = place_of(predicate)
            if at is None:
                continue
            value = found[0] if len(found) == 1 else self._single(iri, predicate, values)
            if at < 0:
                row[~at] = ids.get(value) or self._entity_id(iri, value)
            else:
                row[at] = value if value.isprintable() else self._text(iri, value)
        for place, how, predicate, text in plan.others:
            if predicate in values or (how == NUMBER and text in values):
                row[place] = self._one(how, iri, predicate, values)
        for place, how, predicate, column in plan.lists:
            if predicate in values:
                row[place] = self._many(how, iri, column, values, values[predicate])
        return row

    # -- values -------------------------------------------------------------

    def _fault(self, iri: str, what: str) -> DataError:
        return DataError(f"<{_shown(iri)}> {_shown(what)}", file=self.name)

    def _single(self, iri: str, predicate: str, values: Values) -> str:
        """Return the one value of a predicate, "" if there is none."""
        found = values.get(predicate)
        if found is None:
            return ""
        if len(found) > 1 and len(set(found)) > 1:
            shown = " and ".join(repr(value[:80]) for value in sorted(set(found))[:2])
            raise self._fault(iri, f"has more than one <{predicate}>: {shown}")
        return found[0]

    def _one(self, how: str, iri: str, predicate: str, values: Values) -> str:
        if how == NUMBER:
            text = self._single(iri, f"{predicate}Text", values)
            return self._text(iri, text or self._single(iri, predicate, values))
        value = self._single(iri, predicate, values)
        return self._decoded(how, iri, value)

    def _many(
        self, how: str, iri: str, column: str, values: Values, found: list[str]
    ) -> tuple[str, ...]:
        # An order may name the one value several times.
        if len(found) == 1 and _IN_ORDER not in values:
            return (self._decoded(how, iri, found[0]),)
        unique = sorted({self._decoded(how, iri, value) for value in found})
        if _IN_ORDER not in values:
            return tuple(unique)
        return self._ordered(column, values, unique)

    def _ordered(self, column: str, values: Values, unique: list[str]) -> tuple[str, ...]:
        """Return values in the order that the node tells; those it leaves out come last."""
        for order in values.get(_IN_ORDER, ()):
            named, _, places = order.partition(" ")
            if named != column:
                continue
            told = [int(p) for p in places.split(" ") if p.isdecimal() and len(p) < 8]
            known = [place for place in told if place < len(unique)]
            rest = sorted(set(range(len(unique))).difference(known))
            return tuple(unique[place] for place in (*known, *rest))
        return tuple(unique)

    def _decoded(self, how: str, iri: str, value: str) -> str:
        if how == TEXT:
            return self._text(iri, value)
        if how == RECORD:
            return _record_id(value)
        return self._entity_id(iri, value)

    def _text(self, iri: str, value: str) -> str:
        if not value.isprintable():
            bad = next((c for c in value if is_deceptive(c)), "")
            if bad:
                raise self._fault(iri, f"holds the character U+{ord(bad):04X}; no field may")
        return value

    def _entity_id(self, iri: str, value: str) -> str:
        known = self._ids.get(value)
        if known is None:
            found = t.entity_id(value)
            if found is None:
                raise self._fault(iri, f"leads to <{value}>, whose prefix is not in prefixes.tsv")
            known = self._ids[value] = self._text(iri, found)
        return known

    def _own_id(self, iri: str, table: Table[Any]) -> str:
        place = _PLACES.get(table.name)
        if place is None:
            return self._entity_id(iri, iri)
        if not iri.startswith(place):
            raise self._fault(iri, f"is of {table.name}, whose nodes lie under <{place}>")
        found = iri[len(place) :]
        return self._text(iri, unquote(found) if "%" in found else found)

    # -- tables with ways of their own --------------------------------------

    def _own(self, table: Table[Any], iri: str, row: Row) -> None:
        owner = self._owner[table.name].get(iri)
        if owner is None:
            raise self._fault(
                iri, f"belongs to nothing: no <{moa(_OWNERS[table.name])}> leads to it"
            )
        column = _OWNER_COLUMNS[table.name]
        owned = self._entity_id(iri, owner) if table is FACTS else _record_id(owner)
        row[_plan(table).places[column]] = owned

    def _check_owners(self, rows: Mapping[str, list[Any]]) -> None:
        """Refuse a link to evidence, a number or a fact that is not there: a claim is cut."""
        for table, predicate in _OWNERS.items():
            if len(self._owner[table]) == len(rows[table]):
                continue
            for each, owner in sorted(self._owner[table].items()):
                if t.TYPE not in self.nodes.get(each, {}):
                    raise self._fault(
                        owner, f"has the <{moa(predicate)}> <{each}>, which is missing"
                    )

    def _entity(self, iri: str, values: Values, row: Row, at: dict[str, int]) -> None:
        types = set(values[t.TYPE])
        kinds = {_KINDS[kind] for kind in types if kind in _KINDS}
        kinds.update(values.get(_KIND_TEXT, ()))
        if len(kinds) > 1:
            raise self._fault(iri, f"is of several kinds: {', '.join(sorted(kinds))}")
        row[at["kind"]] = next(iter(kinds), "")
        categories = sorted(c for c in types if c.startswith(t.BIOLINK))
        if len(categories) > 1:
            raise self._fault(iri, f"is of several categories: {', '.join(categories)}")
        row[at["category"]] = categories[0].removeprefix(t.BIOLINK) if categories else ""

    def _machine_part(self, iri: str, values: Values, row: Row, at: dict[str, int]) -> None:
        phase = self._single(iri, moa("inPhase"), values)
        if phase not in ("1", "2", "3", "4"):
            raise self._fault(iri, f"is in phase {phase!r}, which is none of 1, 2, 3, 4")
        row[at["phase"]] = int(phase)

    def _state(self, iri: str, values: Values, row: Row, at: dict[str, int]) -> None:
        causes = {self._entity_id(iri, v) for v in values.get(moa("broughtBy"), ())}
        causes |= {f"!{self._entity_id(iri, v)}" for v in values.get(moa("broughtByLossOf"), ())}
        causes |= {self._text(iri, v) for v in values.get(moa("broughtByVariant"), ())}
        row[at["brought_by"]] = self._ordered("brought_by", values, sorted(causes))

    def _variant(self, iri: str, values: Values, row: Row, at: dict[str, int]) -> None:
        linked = self._single(iri, moa("referenceSequence"), values)
        text = self._single(iri, moa("referenceSequenceText"), values)
        row[at["reference_sequence"]] = (
            self._entity_id(iri, linked) if linked else self._text(iri, text)
        )

    def _assertion(self, iri: str, values: Values, row: Row, at: dict[str, int]) -> None:
        text = self._single(iri, moa("relationText"), values)
        predicate = self._single(iri, moa("hasPredicate"), values)
        relation = text or self._relations.get(predicate)
        if relation is None:
            raise self._fault(iri, f"has the predicate <{predicate}>, which is no relation")
        row[at["relation"]] = self._text(iri, relation)

    def _fact(self, iri: str, values: Values, row: Row, at: dict[str, int]) -> None:
        for column, name, written in _LINKS_OR_TEXT:
            text = self._single(iri, written, values)
            if text:
                row[at[column]] = self._text(iri, text)
            elif name in values:
                linked = sorted({self._entity_id(iri, value) for value in values[name]})
                row[at[column]] = "|".join(linked)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _record_id(iri: str) -> str:
    """Return the id of an assertion, a fact, evidence: what its IRI has after its place."""
    found = iri.removeprefix(BASE).partition("/")[2] or iri
    return unquote(found) if "%" in found else found


def _key(table: Table[Any]) -> Callable[[Any], Any]:
    """Return the order of rows: by key, then by all columns, as no two rows are the same."""
    if table.key == ("id",):
        return attrgetter("id")
    columns = (*table.key, *(c for c in table.columns if c not in table.key))
    return lambda row: tuple(str(getattr(row, column)) for column in columns)
