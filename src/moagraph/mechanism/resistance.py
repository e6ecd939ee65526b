"""`resistance D [B]`: gate claims on a drug, on its classes and on its combinations."""

from __future__ import annotations

from collections.abc import Iterator

from moagraph.answers.parts import ClaimView, Ref
from moagraph.answers.resisting import DIRECTIONS, Gate, ResistanceAnswer
from moagraph.counting import counted
from moagraph.errors import QuestionError
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.compare_claims import combinations_with
from moagraph.mechanism.explain import Found
from moagraph.mechanism.model import DRUGS
from moagraph.mechanism.outcomes import Outcomes
from moagraph.mechanism.question import Question
from moagraph.mechanism.replay import Known, drugs_of, replay
from moagraph.records import Assertion

# Evidence codes (ECO) of studies in people and in animals; any other row with a cell, a species
# or a system was seen in cells or in a test tube.
PATIENTS = ("ECO:0007121", "ECO:0000180")
ANIMALS = ("ECO:0007120", "ECO:0000179")
STATEMENTS = ("ECO:0006155", "ECO:0000304", "ECO:0000302")
_STRENGTHS = ("lost", "weakened", "changed", "lost in part", "weakened in part", "lifted")
_OPPOSITE = {"increases": "decreases", "decreases": "increases"}


def resistance(kb: KnowledgeBase, drug: str, b: str = "") -> ResistanceAnswer:
    """Return what confers resistance or sensitivity to a drug, each claim replayed.

    With `b` the replay is on that end, and claims restricted to another disease are left out.

    Raises:
        UnknownName, AmbiguousName: a name leads to nothing or to several things.
        QuestionError: the first name is no drug.
    """
    entity = kb.resolve(drug)
    end = kb.resolve(b).id if b else ""
    if entity.kind not in DRUGS:
        raise QuestionError(f"{entity.label} is a {entity.kind}, not a drug")
    builder = Builder(kb)
    opposing = _Opposing(kb)
    gates: list[Gate] = []
    left_out = 0
    for claim, scope in gate_claims(kb, entity.id):
        if end and not _fits(kb, claim, end):
            left_out += 1
            continue
        gates.append(_gate(kb, builder, claim, (entity.id, scope, end), opposing))
    gates.sort(key=_order)
    notes = []
    if left_out:
        left = counted(left_out, "claim is", "claims are")
        notes.append(f"{left} about other diseases than {kb.label(end)}.")
    if any(gate.opposes and not gate.explained for gate in gates):
        notes.append("`acts against it on` compares directions by mechanism; it is not a replay.")
    return ResistanceAnswer(
        builder.ref(entity.id),
        tuple(gates),
        builder.maybe(end),
        tuple(notes),
        kb.version,
        {"a": entity.id, "b": end},
    )


def gate_claims(kb: KnowledgeBase, drug: str) -> Iterator[tuple[Assertion, str]]:
    """Yield the gate claims on a drug, its classes and its combinations, each with its scope.

    A combination brings the claims on its members too.
    """
    entity = kb.entities[drug]
    members = entity.members if entity.kind == "combination" else ()
    combinations = set(combinations_with(kb, drug))
    above = kb.ancestors(drug) - {drug}
    for claim in kb.claims_of_kind("gate"):
        if claim.object == drug:
            yield claim, f"the {entity.kind.removeprefix('drug ')}"
        elif claim.object in members:
            yield claim, f"reported for its member {kb.label(claim.object)}"
        elif claim.object in above:
            yield claim, f"reported for the class {kb.label(claim.object)}"
        elif claim.object in combinations:
            yield claim, f"reported for the combination {kb.label(claim.object)}"


def _fits(kb: KnowledgeBase, claim: Assertion, end: str) -> bool:
    entity = kb.entities.get(end)
    if not claim.disease or entity is None or entity.kind != "disease":
        return True
    return kb.is_a(end, claim.disease) or kb.is_a(claim.disease, end)


def _gate(
    kb: KnowledgeBase,
    builder: Builder,
    claim: Assertion,
    asked: tuple[str, str, str],
    opposing: _Opposing,
) -> Gate:
    drug, scope, end = asked
    # A class or a combination asked for by name is replayed through its drugs.
    drugs = drugs_of(kb, drug)
    replayed = (claim.object,) if claim.object in drugs else drugs
    played = replay(kb, claim, replayed, end, opposing.known)
    view = builder.claim(claim)
    return Gate(
        view,
        builder.ref(claim.subject),
        DIRECTIONS.get(claim.relation, "association"),
        scope,
        builder.ref(claim.object),
        played.strength,
        played.explained,
        played.replays,
        settings(view),
        () if played.explained else opposing(claim.subject, drug, end),
    )


def settings(view: ClaimView) -> tuple[str, ...]:
    """Return where a claim was seen: patients, animals, cells or test tube, stated only."""
    found: dict[str, None] = {}
    for row in view.evidence:
        if row.eco in PATIENTS:
            found["patients"] = None
        elif row.eco in ANIMALS:
            found["animals"] = None
        elif row.eco in STATEMENTS:
            found["stated"] = None
        elif row.cell or row.species or row.system:
            found["cells"] = None
    return tuple(sorted(found, key=("patients", "animals", "cells", "stated").index))


class _Opposing:
    """Finds what a factor and a drug move in opposite directions; each is searched once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.known: Known = {}
        self._known: dict[str, dict[str, str]] = {}

    def __call__(self, factor: str, drug: str, b: str) -> tuple[Ref, ...]:
        """Return the objects, on the way to B if one is asked, that the factor moves back."""
        drugs = self._moves(drug)
        walks = Found(self.kb, Question(drug, b)).walks if b else ()
        way = {node for walk in walks for node in walk.nodes}
        return tuple(
            Ref(end, self.kb.label(end))
            for end, sign in self._moves(factor).items()
            if sign in _OPPOSITE and drugs.get(end) == _OPPOSITE[sign] and (not b or end in way)
        )

    def _moves(self, entity: str) -> dict[str, str]:
        known = self._known.get(entity)
        if known is None:
            ends = Outcomes(self.kb, Question(entity)).by_end
            known = self._known[entity] = {end: o.verdict for end, o in ends.items()}
        return known


def _order(gate: Gate) -> tuple[bool, int, int, str]:
    best = gate.best
    moved = len(best.lost) + len(best.weakened) if best else 0
    rank = _STRENGTHS.index(gate.strength) if gate.strength in _STRENGTHS else 9
    return (gate.claim.polarity == "negated", rank, -moved, gate.claim.id)
