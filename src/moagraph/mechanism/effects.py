"""`effects A`: everything that A raises or lowers, predicted against observed.

With `question.b` set only that end is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from moagraph.answers.effects import Effects, EffectView, ObservedView
from moagraph.answers.parts import ClaimView, PathView
from moagraph.counting import counted
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.ends import narrower_of
from moagraph.mechanism.outcomes import Outcome, Outcomes
from moagraph.mechanism.question import ANY_SPECIES, Question
from moagraph.mechanism.ranking import Ranker
from moagraph.mechanism.second import start_context
from moagraph.mechanism.species import species_of
from moagraph.mechanism.verdict import (
    Observed,
    agreement,
    class_observations,
    is_disputed,
    observations_to,
)

SHOWN_PATHS = 5


def effects(kb: KnowledgeBase, question: Question) -> Effects:
    """Answer what rises and falls with A.

    With species "any" the answer is the one for human and lists all species in `per_species`.
    """
    if question.species == ANY_SPECIES:
        answers: dict[str, Any] = {
            taxon: effects(kb, replace(question, species=taxon)) for taxon in species_of(kb)
        }
        human = effects(kb, replace(question, species=""))
        return replace(human, question=question.to_dict(), per_species=answers)
    ends = (question.b,) if question.b else None
    outcomes = Outcomes(kb, question, ends)
    builder = Builder(kb)
    observed = observed_ends(kb, outcomes, question)
    views = tuple(
        _effect(kb, builder, outcome, observed.get(end) or _seen(kb, outcomes, end))
        for end, outcome in outcomes.by_end.items()
    )
    seen = tuple(_observed(kb, builder, outcomes, end, found) for end, found in observed.items())
    return Effects(
        question=question.to_dict(),
        effects=views,
        observed=seen,
        agreement={view.object.id: view.agreement for view in seen if view.agreement},
        class_observations=_classes(kb, builder, outcomes, question),
        bound=question.max_length,
        capped=outcomes.capped,
        bound_cut=outcomes.cut,
        context=outcomes.context._asdict(),
        data_version=kb.version,
        a=builder.ref(question.a),
        text=_text(kb, question, views, seen) + outcomes.given_up,
    )


def observed_ends(
    kb: KnowledgeBase, outcomes: Outcomes, question: Question, only: Iterable[str] | None = None
) -> dict[str, Observed]:
    """Return what was observed of A, by the objects that claims name."""
    if only is None:
        rows = kb.by_subject.get(question.a, ())
        ends = {a.object for a in rows if a.kind in ("observation", "outcome")}
        only = sorted(ends & {question.b} if question.b else ends)
    found = {}
    for end in only:
        seen = _seen(kb, outcomes, end)
        if seen.claims:
            found[end] = seen
    return found


def _seen(kb: KnowledgeBase, outcomes: Outcomes, end: str) -> Observed:
    """Return what was observed of A on one end; for a disease, on what is above and below too."""
    question = outcomes.question
    context = start_context(kb, question, end)
    return observations_to(outcomes.engine, question.a, end, context)


def _effect(
    kb: KnowledgeBase, builder: Builder, outcome: Outcome, observed: Observed
) -> EffectView:
    votes = outcome.vote
    return EffectView(
        object=builder.ref(outcome.end),
        sign=votes.verdict,
        groups=votes.groups,
        disputed=votes.disputed,
        paths=ranked_paths(kb, builder, outcome),
        path_count=len(outcome.walks),
        narrower=tuple(
            dict.fromkeys(v for w in votes.voting for v in narrower_of(kb, w, outcome.end))
        ),
        agreement=agreement(kb, votes.verdict, bool(votes.voting), observed),
        observed_sign=observed.sign,
        observations=builder.claims(observed.claims),
    )


def ranked_paths(
    kb: KnowledgeBase, builder: Builder, outcome: Outcome, limit: int = SHOWN_PATHS
) -> tuple[PathView, ...]:
    """Return the best paths of an outcome, voting ones first."""
    ranker = Ranker(outcome.engine, outcome.context)
    voting = set(map(id, outcome.vote.voting))
    ordered = sorted(outcome.walks, key=lambda w: (id(w) not in voting, ranker.key(w)))
    return tuple(
        builder.path(
            outcome.engine,
            walk,
            disputed=is_disputed(kb, walk),
            voting=id(walk) in voting,
            rank=rank,
            why_ranked=ranker.why(walk),
            narrower=narrower_of(kb, walk, outcome.end),
        )
        for rank, walk in enumerate(ordered[:limit], start=1)
    )


def _observed(
    kb: KnowledgeBase, builder: Builder, outcomes: Outcomes, end: str, observed: Observed
) -> ObservedView:
    outcome = outcomes.by_end.get(end)
    verdict = outcome.verdict if outcome else ""
    return ObservedView(
        object=builder.ref(end),
        sign=observed.sign,
        agreement=agreement(kb, verdict, outcome is not None, observed),
        observations=builder.claims(observed.claims),
        predicted=verdict,
    )


def _classes(
    kb: KnowledgeBase, builder: Builder, outcomes: Outcomes, question: Question
) -> tuple[ClaimView, ...]:
    ends = {
        claim.object
        for parent in kb.ancestors(question.a) - {question.a}
        for claim in kb.by_subject.get(parent, ())
    }
    if question.b:
        ends &= {question.b}
    found = [
        claim
        for end in sorted(ends)
        for claim in class_observations(
            outcomes.engine, question.a, end, start_context(kb, question, end)
        )
    ]
    return builder.claims(dict.fromkeys(found))


def _text(
    kb: KnowledgeBase,
    question: Question,
    views: tuple[EffectView, ...],
    seen: tuple[ObservedView, ...],
) -> str:
    a = kb.label(question.a)
    unexplained = sum(view.agreement == "unexplained" for view in seen)
    contradicted = sum(view.agreement == "contradicted" for view in seen)
    text = f"{a}: {counted(len(views), 'effect')} by mechanism, {len(seen)} observed"
    if unexplained:
        text += f", {unexplained} of them unexplained"
    if contradicted:
        text += f", {contradicted} contradicted"
    return f"{text}. Paths up to {counted(question.max_length, 'step')} were searched."
