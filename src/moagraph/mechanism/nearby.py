"""What lies near a question: claims on its two ends that are no cause, and other ends.

A claim on venous thromboembolism is none on deep venous thrombosis, and who asked for the one
wants to know of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moagraph.answers.parts import NearbyView
from moagraph.answers.words import command_of
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.question import Question
from moagraph.mechanism.verdict import observations_to
from moagraph.records import Assertion, Entity
from moagraph.vocabulary import DRUG_KINDS, walkable

if TYPE_CHECKING:
    from collections.abc import Callable

    from moagraph.mechanism.explain import Found

# Of a graph with a deep tree of terms, the nearest ones.
_MOST = 12


def nearby(
    kb: KnowledgeBase, question: Question, find: Callable[[KnowledgeBase, Question], Found]
) -> tuple[NearbyView, ...]:
    """Return the questions near one that have an answer: of A on other ends, of others on B.

    Other ends are the terms above and below B, nearest first; a disease is met by those already.
    Others are the members of a class of drugs. Who asks how a disease acts on a drug may mean it
    the other way round. A question with filters, a context or a changed
    background is not asked again elsewhere.
    """
    plain = Question(question.a, question.b, max_length=question.max_length)
    if question.to_dict() != plain.to_dict():
        return ()
    builder = Builder(kb)
    found = []
    for relation, a, b in _others(kb, question.a, question.b):
        other = find(kb, replace(question, a=a, b=b))
        seen = observations_to(other.engine, a, b, other.context)
        verdict = other.vote.verdict or ("observed_only" if seen.sign else "")
        if verdict:
            start, end = builder.ref(a), builder.ref(b)
            asked = command_of(start, end)
            found.append(NearbyView(start, end, relation, verdict, seen.sign, asked))
    return tuple(found)


def _others(kb: KnowledgeBase, a: str, b: str) -> Iterator[tuple[str, str, str]]:
    end, start = kb.entities.get(b), kb.entities.get(a)
    if end is not None and end.kind != "disease":
        yield from ((relation, a, name) for relation, name in _related(kb, b))
    if start is not None and start.kind == "drug class":
        members = sorted(kb.descendants(a) - {a})[:_MOST]
        yield from (("narrower", name, b) for name in members)
    if _is_drug(end) and not _is_drug(start):
        yield "reversed", b, a


def _is_drug(entity: Entity | None) -> bool:
    return entity is not None and entity.kind in DRUG_KINDS


def said_of_both(kb: KnowledgeBase, a: str, b: str, told: frozenset[str]) -> tuple[Assertion, ...]:
    """Return the claims between A and B, either way, that are no cause and not `told` elsewhere.

    Binding, gates and places, and what is negated without being shown by a source.
    """
    return tuple(
        claim
        for subject, target in dict.fromkeys(((a, b), (b, a)))
        for claim in kb.by_subject.get(subject, ())
        if claim.object == target
        and claim.id not in told
        and (
            claim.kind == "gate"
            or claim.polarity == "negated"
            or not walkable(sign_of_relation(claim.relation))
        )
    )


def _related(kb: KnowledgeBase, end: str) -> Iterator[tuple[str, str]]:
    """Yield what is broader, by distance, then what is narrower, by id; up to a number."""
    above = [end]
    for name in above:
        entity = kb.entities.get(name)
        above += [parent for parent in (entity.parents if entity else ()) if parent not in above]
    below = sorted(kb.descendants(end) - {end})
    found = [("broader", name) for name in above[1:]] + [("narrower", name) for name in below]
    yield from found[:_MOST]
