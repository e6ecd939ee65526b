"""Replay of gate claims (4.6): `whatif D --without X` must lose or weaken something.

How X is replayed follows from the claim:

* *sensitivity*, X a thing: without X something must be lost or weakened.
* *sensitivity*, X a state: with the state something must be gained (lifted or changed).
* *resistance*, X a state: with the state, or with a variant or loss that brings it, something
  must be lost or weakened.
* *resistance*, X a thing: raised (as by `--state X`) it must cost something, or its removal must
  add something.
* *association*, no direction: any of these.

X itself does not count among what is lost. A claim on a class is replayed on each member; one
member is enough. A negated claim is explained if the replay changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from moagraph.answers.gates import GateReplay
from moagraph.answers.whatif import WhatIf, WhatIfEffect
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.outcomes import Outcomes
from moagraph.mechanism.question import Question
from moagraph.mechanism.variants import as_variant, variant_label
from moagraph.mechanism.whatif import whatif
from moagraph.records import Assertion

RESISTANCE = "confers resistance to"
SENSITIVITY = "confers sensitivity to"


Known = dict[Question, Outcomes]


def replay_gate(kb: KnowledgeBase, claim: Assertion, known: Known | None = None) -> GateReplay:
    """Return whether the graph explains a gate claim.

    A dict given as `known` keeps what drugs do unchanged, for replaying many claims.
    """
    known = {} if known is None else known
    best: GateReplay | None = None
    for drug in drugs_of(kb, claim.object):
        for way in _ways(kb, claim):
            found = _replay(kb, claim, drug, way, known)
            if found.explained:
                return found
            best = best or found
    if best is None:
        builder = Builder(kb)
        best = GateReplay(builder.claim(claim), False, builder.ref(claim.object))
    return best


def drugs_of(kb: KnowledgeBase, drug: str) -> tuple[str, ...]:
    """Return a drug, or the drugs of a class."""
    entity = kb.entities.get(drug)
    if entity is None or entity.kind != "drug class":
        return (drug,)
    members = [e.id for e in kb.tables.entities if e.kind == "drug" and kb.is_a(e.id, drug)]
    return tuple(sorted(members)) or (drug,)


class Way(NamedTuple):
    """One replay: the option, what it takes, and what must come of it."""

    option: str
    value: str
    wanted: str


def _ways(kb: KnowledgeBase, claim: Assertion) -> tuple[Way, ...]:
    """Return how to replay a claim."""
    x = claim.subject
    entity = kb.entities.get(x)
    if entity is not None and entity.kind == "state":
        wanted = {SENSITIVITY: "gain", RESISTANCE: "loss"}.get(claim.relation, "any")
        return (Way("state", x, wanted), *_bringing(kb, x, wanted))
    if claim.relation == SENSITIVITY:
        return (Way("without", x, "loss"),)
    if claim.relation == RESISTANCE:
        return Way("state", x, "loss"), Way("without", x, "gain")
    return Way("without", x, "any"), Way("state", x, "any")


def _bringing(kb: KnowledgeBase, state: str, wanted: str) -> Iterator[Way]:
    """Yield the variants and losses that bring a state, as replays."""
    row = kb.states.get(state)
    for item in row.brought_by if row else ():
        variant = as_variant(kb, item)
        if variant is not None:
            yield Way("variant", variant_label(kb, *variant), wanted)
        elif item.startswith("!"):
            yield Way("without", item[1:], wanted)


def _replay(kb: KnowledgeBase, claim: Assertion, drug: str, way: Way, known: Known) -> GateReplay:
    builder = Builder(kb)
    asked = Question(
        a=drug, cell=claim.cell, disease=claim.disease, species=claim.species, max_paths=200
    )
    changed = {
        "without": replace(asked, without=(way.value,)),
        "state": replace(asked, state=(way.value,)),
        "variant": replace(asked, variant=(way.value,)),
    }[way.option]
    before = known.get(changed.before())
    if before is None:
        before = known[changed.before()] = Outcomes(kb, changed.before())
    answer = whatif(kb, changed, before)
    lost, weakened = _others(answer.lost, claim), _others(answer.weakened, claim)
    gained = _others((*answer.lifted, *answer.changed), claim)
    holds = {
        "loss": bool(lost or weakened),
        "gain": bool(gained),
        "any": bool(lost or weakened or gained),
    }[way.wanted]
    return GateReplay(
        builder.claim(claim),
        holds != (claim.polarity == "negated"),
        builder.ref(drug),
        {way.option: [way.value], **_contexts(answer)},
        tuple(e.object for e in lost),
        tuple(e.object for e in weakened),
        tuple(e.object for e in gained),
    )


def _others(effects: tuple[WhatIfEffect, ...], claim: Assertion) -> tuple[WhatIfEffect, ...]:
    return tuple(e for e in effects if e.object.id != claim.subject)


def _contexts(answer: WhatIf) -> dict[str, str]:
    return {k: v for k, v in answer.context.items() if k in ("cell", "disease") and v}
