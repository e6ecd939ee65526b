"""The causal hypergraph of a knowledge base, prepared once for walking.

Only asserted claims of kind mechanism with a sign become steps; machines, complexes and
negated claims are what decides whether they fire. Nothing here depends on a question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from moagraph.frozen import Frozen
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.requires import Group, Term, parse_requires
from moagraph.records import Assertion
from moagraph.relations import RELATIONS
from moagraph.vocabulary import Sign, WalkSign, walkable

if TYPE_CHECKING:
    from moagraph.mechanism.step_index import StepIndex

T = TypeVar("T")
DRUGS = frozenset({"drug", "drug class", "combination"})


class Part(NamedTuple):
    """Participants of one phase that stand in for one another."""

    alternatives: tuple[str, ...]
    essential: bool
    shown_by: tuple[str, ...] = ()


class Machine(NamedTuple):
    """A machine: its phases in order, and members that no phase lists (they are essential)."""

    id: str
    phases: tuple[tuple[int, tuple[Part, ...]], ...]
    loose: tuple[str, ...]


class Claim(Frozen, eq=False):
    """A claim that can be a step, with its gate parsed.

    `recruit` are the features of a glue claim's gate, which count in phase 2; `gates` is the
    rest, which gates the claim as a whole and belongs to no phase.
    """

    assertion: Assertion
    sign: WalkSign
    recruit: tuple[Group, ...]
    gates: tuple[Group, ...]
    plain: bool

    @property
    def id(self) -> str:
        """Return the id of the assertion."""
        return self.assertion.id

    @property
    def subject(self) -> str:
        """Return the node that the step leaves."""
        return self.assertion.subject

    @property
    def object(self) -> str:
        """Return the node that the step reaches."""
        return self.assertion.object

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return every term of the gate, in order."""
        return tuple(term for group in (*self.recruit, *self.gates) for term in group)


class OnDemand(Generic[T]):
    """Values by key, each made when it is first asked for; `empty` stands for those without."""

    def __init__(self, make: Callable[[str], T], empty: T) -> None:
        self._make = make
        self._known: dict[str, T] = {}
        self._empty = empty

    def get(self, key: str, _: T | None = None) -> T:
        """Return the value of a key."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._make(key) or self._empty
        return known


def is_step(a: Assertion) -> bool:
    """Tell whether a claim can be a step. A self-loop cannot: no path comes by twice."""
    return (
        a.kind == "mechanism"
        and a.polarity == "asserted"
        and a.subject != a.object
        and walkable(sign_of_relation(a.relation))
    )


def sign_of_relation(relation: str) -> Sign:
    """Return the sign of a relation, "none" for one that the vocabulary does not have."""
    known = RELATIONS.get(relation)
    return known.sign if known else "none"


class Model:
    """Adjacency, machines, complexes and negations of one knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._claims: dict[str, Claim] = {}

    @cached_property
    def index(self) -> StepIndex | None:
        """Return the steps as arrays, where the data are a compiled dataset."""
        if not self.kb.is_compiled():
            return None
        from moagraph.dataset.opened import StoredKnowledge
        from moagraph.mechanism.step_index import StepIndex

        return StepIndex(self, self.kb) if isinstance(self.kb, StoredKnowledge) else None

    def kind(self, entity_id: str) -> str:
        """Return the kind of an entity, empty for an unknown one."""
        entity = self.kb.entities.get(entity_id)
        return entity.kind if entity else ""

    def claim(self, assertion: Assertion) -> Claim:
        """Return the claim of an assertion, made once, whether or not it can be a step."""
        known = self._claims.get(assertion.id)
        if known is None:
            known = self._claims[assertion.id] = self._claim(assertion)
        return known

    def _claim(self, a: Assertion) -> Claim:
        recruit: list[Group] = []
        gates: list[Group] = []
        for group in parse_requires(a.requires):
            features = all(
                not term.negated and self.kind(term.entity) == "feature" for term in group
            )
            (recruit if a.via and features else gates).append(group)
        sign = sign_of_relation(a.relation)
        key = (a.subject, a.object, sign)
        bound = a.via or a.requires or a.cell or a.disease or a.species or a.transfer
        walk: WalkSign = sign if sign in (1, -1) else "unknown"
        return Claim(a, walk, tuple(recruit), tuple(gates), not bound and key not in self.negated)

    @cached_property
    def leaving(self) -> OnDemand[tuple[Claim, ...]]:
        """Return the steps that leave each node."""
        return OnDemand(
            lambda node: tuple(
                self.claim(a) for a in self.kb.by_subject.get(node, ()) if is_step(a)
            ),
            (),
        )

    @cached_property
    def entering(self) -> OnDemand[tuple[str, ...]]:
        """Return the subjects of the steps that reach each node."""
        return OnDemand(
            lambda node: tuple(
                dict.fromkeys(a.subject for a in self.kb.by_object.get(node, ()) if is_step(a))
            ),
            (),
        )

    @cached_property
    def negated(self) -> dict[tuple[str, str, Sign], tuple[Assertion, ...]]:
        """Return the supported negated claims with a restriction: those that can block."""
        found: dict[tuple[str, str, Sign], list[Assertion]] = defaultdict(list)
        for a in self.kb.negated_claims():
            if not (a.cell or a.disease or a.species):
                continue
            sign = sign_of_relation(a.relation)
            if walkable(sign) and self.kb.status(a) == "negated":
                found[a.subject, a.object, sign].append(a)
        return {key: tuple(rows) for key, rows in found.items()}

    def spared(self, drug: str) -> frozenset[str]:
        """Return what a drug is shown to do without: its supported negated sensitivity claims.

        A supportive participant among them does not weaken the drug's steps when it is
        missing, although it weakens those of other drugs through the same machine.
        """
        return self._spared.get(drug, frozenset())

    @cached_property
    def _spared(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for a in self.kb.claims_of_kind("gate"):
            if a.relation == "confers sensitivity to" and self.kb.status(a) == "negated":
                found[a.object].add(a.subject)
        return {drug: frozenset(names) for drug, names in found.items()}

    @cached_property
    def made_in(self) -> dict[tuple[str, str, str, str], tuple[Assertion, ...]]:
        """Return asserted signed claims by kind, subject, object and the species they name."""
        found: dict[tuple[str, str, str, str], list[Assertion]] = defaultdict(list)
        for a in self.kb.claims_with_species():
            if a.polarity == "asserted" and walkable(sign_of_relation(a.relation)):
                found[a.kind, a.subject, a.object, a.species].append(a)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def machines(self) -> dict[str, Machine]:
        """Return machines by id, with alternatives of a phase joined."""
        return {name: self._machine(name) for name in self.kb.machine_parts}

    def machine(self, name: str) -> Machine:
        """Return a machine; one without rows has no phases and its members are all essential."""
        return self.machines.get(name) or self._machine(name)

    def _machine(self, name: str) -> Machine:
        phases: dict[int, dict[str, list[tuple[str, str, str]]]] = defaultdict(dict)
        listed: set[str] = set()
        for row in self.kb.machine_parts.get(name, ()):
            key = row.alternative_group or f"\0{row.participant}"
            phases[row.phase].setdefault(key, []).append(
                (row.participant, row.strength, row.shown_by)
            )
            listed.add(row.participant)
        entity = self.kb.entities.get(name)
        members = entity.members if entity else ()
        return Machine(
            name,
            tuple(
                (number, tuple(_part(rows) for rows in groups.values()))
                for number, groups in sorted(phases.items())
            ),
            tuple(m for m in members if m not in listed),
        )

    @cached_property
    def needs_of_complex(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Return what each complex is made of: sets of which one member must be present."""
        needs: dict[str, tuple[tuple[str, ...], ...]] = {}
        for entity in self.kb.composed_entities():
            if entity.kind != "complex":
                continue
            machine = self.machine(entity.id)
            found: list[tuple[str, ...]] = [(member,) for member in machine.loose]
            for _, parts in machine.phases:
                found.extend(
                    part.alternatives
                    for part in parts
                    if part.essential and not set(part.alternatives).isdisjoint(entity.members)
                )
            needs[entity.id] = tuple(dict.fromkeys(found))
        return needs

    @cached_property
    def components(self) -> dict[str, tuple[str, ...]]:
        """Return the components of each complex that may lower it."""
        return {
            name: tuple(m for m in self.kb.entities[name].members if m in self.lowers)
            for name in self.needs_of_complex
        }

    @cached_property
    def lowers(self) -> dict[str, tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]]:
        """Return the complexes that a component may lower, with the alternatives of each need."""
        found: dict[str, list[tuple[str, tuple[tuple[str, ...], ...]]]] = defaultdict(list)
        for name, needs in self.needs_of_complex.items():
            for member in self.kb.entities[name].members:
                rivals = tuple(
                    tuple(other for other in need if other != member)
                    for need in needs
                    if member in need
                )
                if rivals:
                    found[member].append((name, rivals))
        return {member: tuple(rows) for member, rows in found.items()}


def _part(rows: list[tuple[str, str, str]]) -> Part:
    return Part(
        tuple(dict.fromkeys(participant for participant, _, _ in rows)),
        any(strength != "supportive" for _, strength, _ in rows),
        tuple(dict.fromkeys(shown for _, _, shown in rows if shown)),
    )


def model_of(kb: KnowledgeBase) -> Model:
    """Return the model of a knowledge base, made at the first use and kept with it."""
    held = vars(kb)
    model: Model | None = held.get("_mechanism_model")
    if model is None:
        model = held["_mechanism_model"] = Model(kb)
    return model
