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
from moagraph.records import Assertion
from moagraph.vocabulary import walkable

if TYPE_CHECKING:
    from collections.abc import Callable

    from moagraph.mechanism.explain import Found

# Of a graph with a deep tree of terms, the nearest ones.
_MOST = 12


def nearby(
    kb: KnowledgeBase, question: Question, find: Callable[[KnowledgeBase, Question], Found]
) -> tuple[NearbyView, ...]:
    """Return the terms above and below B on which A has an answer, nearest first.

    A disease is met by what is above and below it already. A question with filters, a context or
    a changed background is not asked again elsewhere.
    """
    end = kb.entities.get(question.b)
    plain = Question(question.a, question.b, max_length=question.max_length)
    if end is None or end.kind == "disease" or question.to_dict() != plain.to_dict():
        return ()
    builder = Builder(kb)
    found = []
    for relation, name in _related(kb, question.b):
        other = find(kb, replace(question, b=name))
        seen = observations_to(other.engine, question.a, name, other.context)
        verdict = other.vote.verdict or ("observed_only" if seen.sign else "")
        if verdict:
            ref = builder.ref(name)
            asked = command_of(builder.ref(question.a), ref)
            found.append(NearbyView(ref, relation, verdict, seen.sign, asked))
    return tuple(found)


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
