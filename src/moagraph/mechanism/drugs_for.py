"""`drugs-for B`: the drugs with a path that fires to an end, and apart those only seen to act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from moagraph.answers.reaching import DrugsFor, Reaching, Seen
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.distances import distances
from moagraph.mechanism.ends import narrower_of, targets_of
from moagraph.mechanism.explain import MAX_VOTES_OF_MANY, Found, arms_of
from moagraph.mechanism.model import DRUGS, model_of
from moagraph.mechanism.question import Question
from moagraph.mechanism.ranking import Ranker
from moagraph.mechanism.verdict import (
    agreement,
    is_disputed,
    negated_to,
    observations_to,
)
from moagraph.records import Assertion

_MOST_DRUGS = 50

if TYPE_CHECKING:
    from moagraph.mechanism.distances import Steps


def drugs_for(kb: KnowledgeBase, question: Question) -> DrugsFor:
    """Return the drugs that reach `question.b`; `question.a` is left empty.

    Combinations and classes come only with what was seen of them.
    """
    builder = Builder(kb)
    targets = targets_of(kb, question.b)
    reach = distances(model_of(kb), targets, question.max_length)
    drugs: list[Reaching] = []
    observed: list[Seen] = []
    shown_not: list[Seen] = []
    candidates = _candidates(kb, targets, reach, question)
    asked = _nearest(kb, candidates, reach)
    most = MAX_VOTES_OF_MANY if len(asked) > 1 and _is_large(kb) else 0
    for drug in asked:
        found = Found(kb, replace(question, a=drug), most=most)
        if found.walks:
            drugs.append(_reaching(kb, builder, found))
            continue
        sight = observations_to(found.engine, drug, question.b, found.context)
        negated = negated_to(found.engine, drug, question.b, found.context)
        if negated.claims:
            # As the verdict has it; what was observed all the same stands beside.
            claims = (*negated.claims, *sight.claims)
            shown_not.append(_seen(kb, builder, drug, "", claims))
        elif sight.sign:
            observed.append(_seen(kb, builder, drug, sight.sign, sight.claims))
    drugs.sort(key=_place)
    return DrugsFor(
        question.to_dict(),
        builder.ref(question.b),
        tuple(drugs),
        tuple(observed),
        tuple(shown_not),
        question.max_length,
        kb.version,
        {"cell": question.cell, "disease": question.disease, "species": question.taxon},
        left_out=len(candidates) - len(asked),
    )


def _place(drug: Reaching) -> tuple[bool, str, bool, bool, str]:
    """Return where a drug is listed: those of one known sign first, those seen to act before."""
    open_ = drug.verdict in ("changes", "conflicting")
    seen = drug.agreement == "explained"
    return (open_, drug.verdict, drug.disputed, not seen, drug.drug.label.casefold())


def _candidates(
    kb: KnowledgeBase, targets: frozenset[str], reach: Steps, question: Question
) -> list[str]:
    """Return the drugs that a path could join to the end, and those with a claim on it."""
    near = {node for node, steps in reach.items() if steps <= question.max_length}
    near.update(a.subject for target in targets for a in kb.by_object.get(target, ()))
    near -= {question.b}
    found = [kb.entities[n] for n in near if n in kb.entities and kb.entities[n].kind in DRUGS]
    return [e.id for e in sorted(found, key=lambda e: e.label.casefold())]


def _nearest(kb: KnowledgeBase, drugs: list[str], reach: Steps) -> list[str]:
    """Return the drugs to search from: in a large graph only those with the shortest way."""
    if len(drugs) <= _MOST_DRUGS or not _is_large(kb):
        return drugs
    near = sorted(drugs, key=lambda drug: reach.get(drug, 10**6))[:_MOST_DRUGS]
    return [drug for drug in drugs if drug in set(near)]


def _is_large(kb: KnowledgeBase) -> bool:
    index = model_of(kb).index
    return index is not None and not index.exact


def _reaching(kb: KnowledgeBase, builder: Builder, found: Found) -> Reaching:
    ranker = Ranker(found.engine, found.context)
    voting = set(map(id, found.vote.voting))
    ordered = sorted(found.walks, key=lambda w: (id(w) not in voting, ranker.key(w)))
    paths = tuple(
        builder.path(
            found.engine,
            walk,
            disputed=is_disputed(kb, walk),
            voting=id(walk) in voting,
            rank=rank,
            why_ranked=ranker.why(walk),
            narrower=narrower_of(kb, walk, found.question.b),
        )
        for rank, walk in enumerate(ordered, start=1)
    )
    votes = found.vote
    observed = observations_to(found.engine, found.question.a, found.question.b, found.context)
    return Reaching(
        builder.ref(found.question.a),
        votes.verdict,
        agreement(kb, votes.verdict, bool(votes.voting), observed),
        arms_of(paths),
        len(paths),
        paths[0],
        votes.disputed,
        tuple(dict.fromkeys(v for path in paths if path.voting for v in path.narrower)),
        found.capped,
    )


def _seen(
    kb: KnowledgeBase, builder: Builder, drug: str, sign: str, claims: Iterable[Assertion]
) -> Seen:
    return Seen(builder.ref(drug), kb.entities[drug].kind, sign, builder.claims(claims))
