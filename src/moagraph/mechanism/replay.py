"""Replay of gate claims by what-if: does the graph explain why a factor matters to a drug?

The ways of replaying a claim on factor X, tried in order until one does what the claim says:

* X confers sensitivity, a thing: without X something must be lost, weakened or changed.
* X confers sensitivity, a state: in a disease or cell that brings X, without X something must
  be lost; else with the state given something must be lifted.
* X confers resistance, a state: with what brings it (a variant, a complete loss) or with the
  state itself, something must be lost, weakened or changed.
* X confers resistance, a thing: raised, it must cost something; else its removal must lift
  something.
* an association has no direction: any way may move anything.

A negated claim is explained if no way of its asserted twin moves anything; one that names a
disease speaks of that disease alone. X itself does not count among what moves. A claim's own
cell and disease are carried; its species is not, since what-if compares with human.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from moagraph.answers.parts import Ref
from moagraph.answers.resisting import UNEXPLAINED, Replay
from moagraph.answers.whatif import WhatIf, WhatIfEffect
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.outcomes import Outcomes
from moagraph.mechanism.question import Question
from moagraph.mechanism.whatif import whatif
from moagraph.records import Assertion

RESISTANCE = "confers resistance to"
SENSITIVITY = "confers sensitivity to"
LOSS = ("lost", "weakened", "changed", "lost in part", "weakened in part")
GAIN = ("lifted", "changed")


class Way(NamedTuple):
    """One what-if, and the strengths that make it explain an asserted claim."""

    question: Question
    wanted: tuple[str, ...]


class Replayed(NamedTuple):
    """What the replays of a claim say together."""

    strength: str
    explained: bool
    replays: tuple[Replay, ...]


# What drugs do unchanged, by question: many claims are replayed against the same.
Known = dict[Question, Outcomes]


def replay(
    kb: KnowledgeBase,
    claim: Assertion,
    drugs: Iterable[str],
    b: str = "",
    known: Known | None = None,
) -> Replayed:
    """Replay a gate claim for drugs, one being enough; with `b` on that end only.

    A dict given as `known` is filled, and spares the work for the next claim.
    """
    known = {} if known is None else known
    tried: list[Replay] = []
    negated = claim.polarity == "negated"
    end = b or (claim.disease if negated else "")
    for drug in drugs:
        for way in ways(kb, claim, drug, end):
            found = _play(kb, claim, way, known)
            tried.append(found)
            if found.strength in way.wanted and not (negated and "part" in found.strength):
                if negated:
                    return Replayed("contradicted", False, tuple(tried))
                return Replayed(found.strength, True, (found,))
    if negated:
        return Replayed("unchanged", bool(tried), tuple(tried))
    return Replayed(UNEXPLAINED, False, tuple(tried))


def drugs_of(kb: KnowledgeBase, drug: str) -> tuple[str, ...]:
    """Return a drug; of a class its drugs; of a combination its members."""
    entity = kb.entities.get(drug)
    if entity is not None and entity.kind == "combination":
        return entity.members
    if entity is None or entity.kind != "drug class":
        return (drug,)
    members = [e.id for e in kb.entities_of_kind("drug") if kb.is_a(e.id, drug)]
    return tuple(sorted(members)) or (drug,)


def ways(kb: KnowledgeBase, claim: Assertion, drug: str, b: str = "") -> Iterator[Way]:
    """Yield the what-ifs that replay a claim."""
    factor = claim.subject
    entity = kb.entities.get(factor)
    state = entity is not None and entity.kind == "state"
    # With an end that is a disease the end is carried; it is the claim's or a kind of it.
    disease = "" if b and kb.entities[b].kind == "disease" else claim.disease
    asked = Question(drug, b, cell=claim.cell, disease=disease)
    if claim.relation == SENSITIVITY:
        yield from _sensitive(kb, asked, factor) if state else _needed(asked, factor)
    elif claim.relation == RESISTANCE:
        yield from _held(kb, asked, factor) if state else _raised(asked, factor)
    elif state:
        yield from (way._replace(wanted=(*LOSS, *GAIN)) for way in _held(kb, asked, factor))
    else:
        yield Way(replace(asked, without=(factor,)), (*LOSS, *GAIN))
        yield Way(replace(asked, state=(factor,)), (*LOSS, *GAIN))


def _needed(asked: Question, factor: str) -> Iterator[Way]:
    yield Way(replace(asked, without=(factor,)), LOSS)


def _raised(asked: Question, factor: str) -> Iterator[Way]:
    yield Way(replace(asked, state=(factor,)), LOSS)
    yield Way(replace(asked, without=(factor,)), GAIN)


def _sensitive(kb: KnowledgeBase, asked: Question, factor: str) -> Iterator[Way]:
    for item in _brought_by(kb, factor):
        kind = kb.entities[item].kind if item in kb.entities else ""
        if kind == "disease" and not asked.b:
            yield Way(replace(asked, disease=item, without=(factor,)), LOSS)
        elif kind == "disease" and asked.b == item:
            yield Way(replace(asked, without=(factor,)), LOSS)
        elif kind in ("cell", "cell line") and asked.cell in ("", item):
            yield Way(replace(asked, cell=item, without=(factor,)), LOSS)
    yield Way(replace(asked, state=(factor,)), GAIN)


def _held(kb: KnowledgeBase, asked: Question, factor: str) -> Iterator[Way]:
    for item in _brought_by(kb, factor):
        if item.startswith("!"):
            yield Way(replace(asked, without=(item[1:],)), LOSS)
        elif ":" in item and item not in kb.entities:
            yield Way(replace(asked, variant=(item,)), LOSS)
    yield Way(replace(asked, state=(factor,)), LOSS)


def _brought_by(kb: KnowledgeBase, state: str) -> tuple[str, ...]:
    row = kb.states.get(state)
    return row.brought_by if row else ()


def _play(kb: KnowledgeBase, claim: Assertion, way: Way, known: Known) -> Replay:
    q = way.question
    old = q.before()
    if not q.b and old not in known:
        known[old] = Outcomes(kb, old)
    answer = whatif(kb, q, known.get(old), show_paths=False)
    moved = {
        name: _others(getattr(answer, name), claim, q)
        for name in ("lost", "weakened", "changed", "lifted")
    }
    breaks = [b for name in moved for effect in moved[name] for b in effect.breaks]
    unique = {(b.what.id, b.step): replace(b, evidence=()) for b in breaks}
    return Replay(
        Ref(q.a, kb.label(q.a)),
        command(kb, q),
        strength_of(answer, moved, q.b),
        tuple(e.object for e in moved["lost"]),
        tuple(e.object for e in moved["weakened"]),
        tuple(e.object for e in moved["changed"]),
        tuple(e.object for e in moved["lifted"]),
        len(answer.kept),
        tuple(unique.values()),
        answer.verdict_before,
        answer.verdict_after,
    )


def _others(
    effects: tuple[WhatIfEffect, ...], claim: Assertion, q: Question
) -> tuple[WhatIfEffect, ...]:
    gone = {claim.subject, *q.without}
    return tuple(e for e in effects if e.object.id not in gone)


def strength_of(answer: WhatIf, moved: dict[str, tuple[WhatIfEffect, ...]], b: str) -> str:
    """Return the strength of a what-if: on B if one is asked, else on anything."""
    hit = {name: [e.object.id for e in effects] for name, effects in moved.items()}
    if b:
        on_b = next((name for name, ids in hit.items() if b in ids), "")
        if on_b:
            return on_b
        kept = any(e.object.id == b for e in answer.kept)
        part = next((name for name in ("lost", "weakened") if hit[name]), "")
        return f"{part} in part" if kept and part else ""
    return next((name for name, ids in hit.items() if ids), "")


def command(kb: KnowledgeBase, q: Question) -> str:
    """Return a what-if as one would type it."""

    def word(text: str) -> str:
        return f'"{text}"' if set(text) & set(" ()'!") else text

    words = ["whatif", word(kb.label(q.a)), *([word(kb.label(q.b))] if q.b else [])]
    for option, values in (("--without", q.without), ("--state", q.state)):
        words += [part for value in values for part in (option, word(kb.label(value)))]
    words += [part for value in q.variant for part in ("--variant", word(value))]
    for option, value in (("--cell", q.cell), ("--disease", q.disease)):
        words += [option, word(kb.label(value))] if value else []
    return " ".join(words)
