"""The reasoned layer: what the engine concludes, as triples that SPARQL can look up.

AND gates cannot run in property paths. So for each drug and each end that it reaches, or of which
something is known, the engine answers once in the default context (human, nothing removed) and
the answer stands here: a Mechanism with verdict, agreement, arms and paths; a Path with its sign
and its ordered Steps; a Step with its claim, position and sign. A step is the same node in every
path that has it at that place.

Whatever depends on another context (a cell asked for, a variant, something removed) has no form
in SPARQL; `moagraph explain` and `moagraph whatif` answer that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from moagraph.identifiers import BASE
from moagraph.rdf import terms as t
from moagraph.rdf.predicates import moa
from moagraph.rdf.terms import Literal, Triple
from moagraph.vocabulary import DEFAULT_MAX_LENGTH

if TYPE_CHECKING:
    from moagraph.knowledge import KnowledgeBase
    from moagraph.mechanism.outcomes import Outcome
    from moagraph.mechanism.question import Question
    from moagraph.mechanism.search import Walk

DRUG_KINDS = ("drug", "combination", "drug class")


def reasoned_triples(kb: KnowledgeBase) -> Iterator[Triple]:
    """Yield the reasoned layer of a knowledge base; a triple may come twice."""
    node = moa("dataset/moagraph-reasoned")
    yield node, t.TYPE, t.VOID + "Dataset"
    yield node, t.DCTERMS + "title", Literal(f"moagraph, reasoned layer: {kb.name}")
    yield node, t.OWL + "versionInfo", Literal(kb.version)
    yield node, moa("hasLengthBound"), Literal(str(DEFAULT_MAX_LENGTH), t.INTEGER)
    for entity in kb.tables.entities:
        if entity.kind in DRUG_KINDS:
            yield from _of_drug(kb, entity.id)


def mechanism_iri(drug: str, end: str) -> str:
    """Return the IRI of the mechanism of a drug on an end."""
    return f"{BASE}mechanism/{quote(drug, safe=':+-._~')}/{quote(end, safe=':+-._~')}"


def _of_drug(kb: KnowledgeBase, drug: str) -> Iterator[Triple]:
    from moagraph.mechanism.outcomes import Outcomes
    from moagraph.mechanism.question import Question

    question = Question(a=drug)
    reached = Outcomes(kb, question).by_end
    named = {a.object for a in kb.by_subject.get(drug, ())}
    met = _met_as_kin(kb, named | reached.keys())
    silent = [end for end in sorted((named | met) - reached.keys()) if end != drug]
    rest = Outcomes(kb, question, silent)
    for end, outcome in reached.items():
        yield from _mechanism(kb, question, end, outcome)
    for end in silent:
        found = rest.by_end.get(end)
        yield from _mechanism(kb, question, end, found)


def _met_as_kin(kb: KnowledgeBase, ends: Iterable[str]) -> set[str]:
    """Return the diseases above and below some ends: a claim on one meets the other."""
    known = {e.id for e in kb.entities_of_kind("disease")}
    found = known & set(ends)
    return {d for d in known for end in found if kb.is_a(d, end) or kb.is_a(end, d)}


def _mechanism(
    kb: KnowledgeBase, question: Question, end: str, outcome: Outcome | None
) -> Iterator[Triple]:
    from moagraph.frozen import replace
    from moagraph.mechanism.second import engine_for, start_context
    from moagraph.mechanism.verdict import agreement, negated_to, observations_to

    asked = replace(question, b=end)
    context = start_context(kb, asked)
    engine = outcome.engine if outcome else engine_for(kb, asked, context)
    observed = observations_to(engine, asked.a, end, context)
    negated = negated_to(engine, asked.a, end, context)
    voted = outcome is not None and bool(outcome.vote.voting)
    verdict = outcome.verdict if outcome is not None and voted else ""
    if not verdict and negated.claims:
        verdict = "shown_not"
    elif not verdict and observed.sign:
        verdict = "observed_only"
    if not verdict:
        return
    node = mechanism_iri(asked.a, end)
    yield node, t.TYPE, moa("Mechanism")
    label = f"{kb.label(asked.a)} on {kb.label(end)}: {verdict}"
    yield node, t.LABEL, Literal(label)
    yield node, moa("ofDrug"), t.entity_iri(asked.a)
    yield node, moa("onEnd"), t.entity_iri(end)
    yield node, moa("hasVerdict"), Literal(verdict)
    agreed = agreement(kb, verdict, voted, observed)
    if agreed:
        yield node, moa("hasAgreement"), Literal(agreed)
    if observed.sign:
        yield node, moa("hasObservedSign"), Literal(observed.sign)
    for claim in observed.claims:
        yield node, moa("hasObservation"), t.assertion_iri(claim.id)
    for claim in negated.claims if verdict == "shown_not" else ():
        yield node, moa("isShownNotBy"), t.assertion_iri(claim.id)
    if outcome is not None:
        yield from _paths(kb, node, outcome)


def _paths(kb: KnowledgeBase, mechanism: str, outcome: Outcome) -> Iterator[Triple]:
    from moagraph.mechanism.ranking import Ranker
    from moagraph.mechanism.verdict import is_disputed

    ranker = Ranker(outcome.engine, outcome.context)
    voting = set(map(id, outcome.vote.voting))
    ordered = sorted(outcome.walks, key=lambda w: (id(w) not in voting, ranker.key(w)))
    for rank, walk in enumerate(ordered, start=1):
        node = f"{mechanism}/path/{_digest(walk)}"
        yield mechanism, moa("hasPath"), node
        yield node, t.TYPE, moa("Path")
        yield node, moa("hasRank"), Literal(str(rank), t.INTEGER)
        yield node, moa("hasPathSign"), Literal(_sign(walk.sign))
        yield node, moa("hasLength"), Literal(str(len(walk.steps)), t.INTEGER)
        yield node, moa("isVoting"), _truth(id(walk) in voting)
        yield node, moa("isDisputed"), _truth(is_disputed(kb, walk))
        if walk.context.cell:
            yield node, moa("endsInCell"), t.entity_iri(walk.context.cell)
        yield from _arm(mechanism, node, walk)
        yield from _steps(node, walk)


def _arm(mechanism: str, path: str, walk: Walk) -> Iterator[Triple]:
    """Paths of one arm begin with the same neosubstrate and end in one cell with one sign."""
    first = next((f for f in walk.steps if f.claim.assertion.via), walk.steps[0])
    head, cell = first.claim.object, walk.context.cell
    place = [quote(part, safe=":+-._~") for part in (head, cell or "any-cell", _sign(walk.sign))]
    node = f"{mechanism}/arm/{'/'.join(place)}"
    yield path, moa("belongsToArm"), node
    yield mechanism, moa("hasArm"), node
    yield node, t.TYPE, moa("Arm")
    yield node, moa("startsWith"), t.entity_iri(head)
    yield node, moa("hasArmSign"), Literal(_sign(walk.sign))
    if cell:
        yield node, moa("armEndsInCell"), t.entity_iri(cell)


def _steps(path: str, walk: Walk) -> Iterator[Triple]:
    for place, firing in enumerate(walk.steps, start=1):
        claim = firing.claim
        node = f"{BASE}step/{place}/{quote(claim.id, safe=':+-._~')}"
        yield path, moa("hasStep"), node
        yield node, t.TYPE, moa("Step")
        yield node, moa("hasPosition"), Literal(str(place), t.INTEGER)
        yield node, moa("ofClaim"), t.assertion_iri(claim.id)
        yield node, moa("hasStepSign"), Literal(_sign(claim.sign))
        for term in claim.terms:
            name = "needsAbsenceOf" if term.negated else "needs"
            yield node, moa(name), t.entity_iri(term.entity)
    for passage in walk.passages:
        name = f"{passage.component} lowers {passage.complex} after step {passage.after}"
        yield path, moa("hasPassage"), Literal(name)


def _digest(walk: Walk) -> str:
    parts: Iterable[str] = (*walk.ids, *(f"{p.after}:{p.complex}" for p in walk.passages))
    return sha256("\t".join(parts).encode()).hexdigest()[:12]


def _sign(sign: object) -> str:
    return f"{sign:+d}" if isinstance(sign, int) else str(sign)


def _truth(value: bool) -> Literal:
    return Literal("true" if value else "false", t.XSD + "boolean")
