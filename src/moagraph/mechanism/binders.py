"""`binders T`: drugs that bind a target, one of its parts, or a component of it.

A claim may name drug and target in either order. Binding is not a change of amount; nothing
here is a step of a path.
"""

from __future__ import annotations

from moagraph.answers.binding import Binder, BindersAnswer
from moagraph.answers.measures import measures_of, ordered
from moagraph.answers.parts import Ref
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.records import Assertion
from moagraph.vocabulary import CHEMICAL_KINDS

BINDS = "binds"


def binders(kb: KnowledgeBase, target: str) -> BindersAnswer:
    """Return the drugs known to bind a target.

    Raises:
        UnknownName, AmbiguousName: the name leads to nothing or to several things.
    """
    entity = kb.resolve(target)
    builder = Builder(kb)
    found: list[Binder] = []
    others: dict[str, Ref] = {}
    for part in dict.fromkeys((entity.id, *entity.members)):
        rows = (*kb.by_object.get(part, ()), *kb.by_subject.get(part, ()))
        for claim in rows:
            if claim.relation != BINDS:
                continue
            partner = claim.subject if claim.object == part else claim.object
            if partner == entity.id or partner in entity.members:
                continue
            known = kb.entities.get(partner)
            if known is not None and known.kind in CHEMICAL_KINDS:
                at = builder.ref(part) if part != entity.id else None
                found.append(_binder(kb, builder, claim, partner, at))
            else:
                others[partner] = builder.ref(partner)
    found.sort(key=lambda b: (not b.measures, b.drug.label.casefold(), b.claim))
    return BindersAnswer(builder.ref(entity.id), tuple(found), tuple(others.values()), kb.version)


def _binder(
    kb: KnowledgeBase, builder: Builder, claim: Assertion, drug: str, at: Ref | None
) -> Binder:
    status = kb.status(claim)
    evidence = builder.evidence(claim.id)
    return Binder(
        builder.ref(drug),
        claim.id,
        "shown not" if status == "negated" else status,
        at,
        tuple(ordered(measures_of(evidence))),
        evidence,
    )
