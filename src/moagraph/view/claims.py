"""The claims in the compact form that the page's interpreter reads.

The form is JSON: `names` lists every id that is mentioned, each row being id, label, kind (a
number in `kinds`), parents and members; everything else names entities by their number there.
Empty ends of rows are left off. Beside claims and entities it holds what the rules need and no
table of the interpreter's own could give: the signs of relations, the known variants, the
status and weight of the evidence. Evidence rows themselves are not part of it.

A fragment of a graph is written in the same form: give the claims that it holds. It is closed
under what decides whether they fire: gates, machines, complexes, features, states, contexts,
variants and parents.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder, reference
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.phrases import regimen_phrase
from moagraph.mechanism.requires import parse_requires
from moagraph.mechanism.variants import as_variant, gene_id, known_variants
from moagraph.records import Assertion, Entity, Evidence
from moagraph.vocabulary import (
    ASSERTION_KINDS,
    BASES,
    DEFAULT_MAX_LENGTH,
    HUMAN,
    PHASE_NAMES,
    STATUSES,
)

FORMAT = 1
SENSITIVITY = "confers sensitivity to"
_PRIMARY = ("primary", "preprint")
_PROTEIN_KINDS = ("protein", "gene", "protein family")
# What most claims do not have, by the name under which a claim carries it.
_PLACES = ("via", "cell", "disease", "species", "object_cell")
_WORDS = ("transfer", "extent", "directness")

Json = dict[str, Any]


def compact_claims(kb: KnowledgeBase, claims: Iterable[str] | None = None) -> Json:
    """Return a graph, or the fragment that holds some claims, as plain JSON values.

    `claims` are ids of assertions; without it everything is written. The same graph gives the
    same value, in the order of its tables; a fragment is in the order of ids.
    """
    return _Writer(kb, claims).write()


class _Writer:
    """One form being written."""

    def __init__(self, kb: KnowledgeBase, claims: Iterable[str] | None) -> None:
        self.kb = kb
        if claims is None:
            self.claims = list(kb.tables.assertions)
            entities = [e.id for e in kb.tables.entities]
        else:
            known = (kb.assertions.get(name) for name in sorted(set(claims)))
            self.claims = [a for a in known if a is not None]
            entities = []
        self.whole = claims is None
        self.names: dict[str, int] = {name: place for place, name in enumerate(entities)}
        self.kinds: dict[str, int] = {}
        self.relations: dict[str, int] = {}

    def write(self) -> Json:
        """Return the form."""
        if not self.whole:
            self._close()
        claims = [self._claim(a) for a in self.claims]
        machines = [row for name in self._machines() for row in self._machine(name)]
        states = self._states()
        variants = self._variants()
        known = self._known_variants()
        regimens = self._regimens()
        return {
            "format": FORMAT,
            "version": self.kb.version,
            "vocabulary": {
                "human": HUMAN,
                "max_length": DEFAULT_MAX_LENGTH,
                "phases": {str(number): name for number, name in PHASE_NAMES.items()},
                "kinds": list(ASSERTION_KINDS),
                "sensitivity": SENSITIVITY,
                "statuses": list(STATUSES),
                "bases": list(BASES),
            },
            "closed": sorted(self.kb.closed_kinds),
            "relations": [[r, sign_of_relation(r)] for r in self.relations],
            "claims": claims,
            "machines": machines,
            "states": states,
            "variants": variants,
            "known_variants": known,
            "regimens": regimens,
            # Last, when every name is known; a row may add parents and members to the list.
            "names": self._names(),
            "kinds": list(self.kinds),
        }

    # -- names --------------------------------------------------------------

    def _name(self, entity_id: str) -> int:
        return self.names.setdefault(entity_id, len(self.names))

    def _numbers(self, ids: Iterable[str]) -> list[int]:
        return [self._name(name) for name in ids]

    def _names(self) -> list[list[Any]]:
        rows: list[list[Any]] = []
        while len(rows) < len(self.names):
            for name in list(self.names)[len(rows) :]:
                rows.append(self._entity(name))
        return rows

    def _entity(self, name: str) -> list[Any]:
        entity = self.kb.entities.get(name)
        if entity is None:
            return [name]
        kind = self.kinds.setdefault(entity.kind, len(self.kinds))
        parents, members = self._numbers(entity.parents), self._numbers(self._members(entity))
        return _trim([name, entity.label, kind, parents, members])

    def _members(self, entity: Entity) -> tuple[str, ...]:
        """Return the members; of a protein in a fragment, only the features that it holds."""
        if self.whole or entity.kind not in _PROTEIN_KINDS:
            return entity.members
        return tuple(member for member in entity.members if member in self.names)

    # -- claims -------------------------------------------------------------

    def _claim(self, a: Assertion) -> list[Any]:
        more: Json = {name: self._name(v) for name in _PLACES if (v := getattr(a, name))}
        more |= {name: v for name in _WORDS if (v := getattr(a, name))}
        if records := self.kb.records_of(a.id):
            more["records"] = list(records)
        if a.polarity == "negated":
            more["negated"] = 1
        if a.requires:
            more["requires"] = [
                [-1 - self._name(t.entity) if t.negated else self._name(t.entity) for t in group]
                for group in parse_requires(a.requires)
            ]
        return _trim(
            [
                a.id,
                self._name(a.subject),
                self.relations.setdefault(a.relation, len(self.relations)),
                self._name(a.object),
                ASSERTION_KINDS.index(a.kind),
                STATUSES.index(self.kb.status(a)),
                self._evidence(a.id),
                more,
            ]
        )

    def _evidence(self, about: str) -> list[Any]:
        """Return sources, best basis, where seen, and the references of what speaks against."""
        rows = self.kb.evidence_about.get(about, ())
        supporting = [row for row in rows if row.stance == "supports"]
        found: list[Any] = [
            len({row.source for row in supporting if self._is_primary(row)}),
            min((_basis(row.basis) for row in supporting), default=len(BASES)),
        ]
        for axis in ("cell", "disease", "species"):
            seen = dict.fromkeys(value for row in supporting for value in getattr(row, axis))
            found.append(self._numbers(seen))
        for stance in ("refutes", "inconclusive"):
            first = next((row for row in rows if row.stance == stance), None)
            found.append(self._reference(first) if first else "")
        return _trim(found)

    def _is_primary(self, row: Evidence) -> bool:
        source = self.kb.sources.get(row.source)
        return source is not None and source.kind in _PRIMARY

    def _reference(self, row: Evidence) -> str:
        return reference(self.kb.sources.get(row.source), row.source)

    # -- what decides whether they fire -------------------------------------

    def _machines(self) -> list[str]:
        if self.whole:
            return list(self.kb.machine_parts)
        return [name for name in self.names if name in self.kb.machine_parts]

    def _machine(self, name: str) -> list[list[Any]]:
        return [
            _trim(
                [
                    self._name(row.machine),
                    row.phase,
                    self._name(row.participant),
                    1 if row.strength == "supportive" else 0,
                    row.alternative_group,
                    row.shown_by,
                ]
            )
            for row in self.kb.machine_parts[name]
        ]

    def _states(self) -> list[list[Any]]:
        """Return the states with what brings them: names of entities, variants and losses."""
        names = self.kb.states if self.whole else self.names
        rows = [self.kb.states[name] for name in names if name in self.kb.states]
        return [[self._name(row.id), [self._bringer(i) for i in row.brought_by]] for row in rows]

    def _bringer(self, item: str) -> Any:
        given = as_variant(self.kb, item)
        if given is not None:
            return [item, self._name(given.gene), given.change]
        if item.startswith("!"):
            return -1 - self._name(item[1:])
        return self._name(item)

    def _variants(self) -> list[list[Any]]:
        if self.whole:
            rows = list(self.kb.tables.variants)
        else:
            rows = [v for name in list(self.names) for v in self.kb.variants_of.get(name, ())]
        return [
            _trim(
                [
                    self._name(row.gene),
                    row.change,
                    row.effect,
                    self._name(row.feature),
                    self._numbers(row.native_in),
                ]
            )
            for row in rows
            if self.whole or row.feature in self.names
        ]

    def _known_variants(self) -> list[list[Any]]:
        """Return gene, change and text of what can be asked for, and the names of the gene."""
        known = known_variants(self.kb)
        genes = {v.gene: self._gene_names(v.gene) for v in known if self._holds(v.gene)}
        return [
            [self._name(v.gene), v.change, text, genes[v.gene]]
            for v, text in known.items()
            if v.gene in genes
        ]

    def _holds(self, name: str) -> bool:
        return self.whole or name in self.names

    def _gene_names(self, gene: str) -> list[str]:
        entity = self.kb.entities.get(gene)
        names = dict.fromkeys((entity.label, *entity.synonyms) if entity else ())
        return [name for name in names if gene_id(self.kb, name) == gene]

    def _regimens(self) -> list[list[Any]]:
        """Return the outcomes of combinations, each with the words that name the regimen."""
        found = []
        for place, a in enumerate(self.claims):
            entity = self.kb.entities.get(a.subject)
            if a.kind == "outcome" and entity is not None and entity.kind == "combination":
                found.append([place, regimen_phrase(self.kb, Builder(self.kb).claim(a))])
        return found

    # -- fragments ----------------------------------------------------------

    def _close(self) -> None:
        """Name everything that the claims of a fragment depend on."""
        for a in self.claims:
            self._numbers(n for n in (a.subject, a.object, *(getattr(a, p) for p in _PLACES)) if n)
            self._numbers(t.entity for group in parse_requires(a.requires) for t in group)
        done = 0
        while done < len(self.names):
            name = list(self.names)[done]
            done += 1
            self._numbers(self._depends_on(name))
        self.names = {name: place for place, name in enumerate(sorted(self.names))}

    def _depends_on(self, name: str) -> list[str]:
        kb = self.kb
        entity = kb.entities.get(name)
        found: list[str] = []
        if entity is not None:
            found.extend(entity.parents)
            if entity.kind not in _PROTEIN_KINDS:
                found.extend(entity.members)
        if name in kb.owner_of_feature:
            found.append(kb.owner_of_feature[name])
        found.extend(row.participant for row in kb.machine_parts.get(name, ()))
        state = kb.states.get(name)
        for item in state.brought_by if state else ():
            given = as_variant(kb, item)
            found.append(given.gene if given else item.removeprefix("!"))
        return found


def _basis(basis: str) -> int:
    return BASES.index(basis) if basis in BASES else len(BASES)


def _trim(row: list[Any]) -> list[Any]:
    """Leave off the empty end of a row; a zero is a value."""
    while row and row[-1] in ("", [], {}):
        row.pop()
    return row
