"""Second drugs (`--with`): what they block, what is merely reported, which regimens exist.

Each asserted, not refuted mechanism claim of the second drug with directness direct that itself
fires in the question's context makes its object absent (-1) or raised (+1), full inhibition
assumed. Its claims are fired without the effects of other second drugs.
"""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.background import Background
from moagraph.mechanism.context import Context
from moagraph.mechanism.filters import touched
from moagraph.mechanism.firing import Engine
from moagraph.mechanism.model import Model, model_of
from moagraph.mechanism.question import Question
from moagraph.mechanism.search import Walk
from moagraph.records import Assertion


def start_context(kb: KnowledgeBase, question: Question, end: str = "") -> Context:
    """Return what is carried from the start: the asked values, else an end that is a disease."""
    disease = question.disease
    if not disease and end:
        entity = kb.entities.get(end)
        if entity is not None and entity.kind == "disease":
            disease = end
    return Context(question.cell, disease, question.taxon)


def engine_for(kb: KnowledgeBase, question: Question, context: Context) -> Engine:
    """Return the engine of a question's background, second drugs at work."""
    model = model_of(kb)
    background = Background(model, question)
    if background.second:
        engine = Engine(background)
        applied = direct_claims(engine, context)
        blocked = frozenset(c.object for c in applied if model.claim(c).sign == -1)
        raised = frozenset(c.object for c in applied if model.claim(c).sign == 1)
        background = Background(model, question, blocked=blocked, raised=raised)
    return Engine(background)


def direct_claims(engine: Engine, context: Context) -> list[Assertion]:
    """Return the claims of the second drugs that block or raise something here."""
    model: Model = engine.model
    found = []
    for drug in sorted(engine.background.second):
        for claim in model.leaving.get(drug, ()):
            a = claim.assertion
            if a.directness != "direct" or claim.sign == "unknown":
                continue
            if engine.kb.status(a) != "refuted" and engine.fire(claim, context).fires:
                found.append(a)
    return found


def reported_interactions(
    engine: Engine, context: Context, walks: Iterable[Walk]
) -> tuple[Assertion, ...]:
    """Return what else is known of the second drugs on the drug and on its paths.

    Their gates, observations and those mechanism claims that block nothing, on the asked drug
    or on a node or participant of its paths.
    """
    second = engine.background.second
    if not second:
        return ()
    places = {engine.background.question.a}
    for walk in walks:
        places.update(walk.nodes)
        for firing in walk.steps:
            places.update(touched(engine, firing, present_only=False))
    applied = {a.id for a in direct_claims(engine, context)}
    return tuple(
        a
        for drug in sorted(second)
        for a in engine.kb.by_subject.get(drug, ())
        if a.object in places and a.kind != "outcome" and a.id not in applied
    )


def regimens(kb: KnowledgeBase, a: str, second: Iterable[str]) -> tuple[Assertion, ...]:
    """Return the outcome claims of combinations that hold the drug and every second drug."""
    wanted = {a, *second}
    if len(wanted) < 2:
        return ()
    return tuple(
        claim
        for claim in kb.claims_of_kind("outcome")
        if claim.polarity == "asserted"
        and (combination := kb.entities.get(claim.subject)) is not None
        and combination.kind == "combination"
        and wanted.issubset(combination.members)
        and kb.status(claim) != "refuted"
    )
