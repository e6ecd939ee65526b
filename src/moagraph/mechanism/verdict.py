"""The verdict of 4.9, from paths that fire and from what was observed.

Paths with a contested or refuted step vote only if no other path does. Votes are grouped by
the cell carried after the last step, "" for none. One known sign is the verdict, both are
conflicting; a path of unknown sign counts only where no path of known sign votes.

Readings: an observation of unknown direction beside one of known direction says nothing more,
and alone it agrees with any verdict of one sign. Outcomes of A count as observations with the
sign -1. A refuted observation is listed and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.context import Context, fit, meets_end
from moagraph.mechanism.firing import Engine
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.search import Walk
from moagraph.records import Assertion
from moagraph.vocabulary import Sign, WalkSign, walkable

WORDS: dict[Sign, str] = {1: "increases", -1: "decreases", "unknown": "changes"}
ONE_SIGN = ("increases", "decreases")
DISPUTED = ("contested", "refuted")


def word(signs: Iterable[Sign]) -> str:
    """Return the verdict of a set of signs, "" of none."""
    known = {s for s in signs if walkable(s)}
    firm = known - {"unknown"}
    if len(firm) == 2:
        return "conflicting"
    if firm:
        return WORDS[next(iter(firm))]
    return "changes" if known else ""


class Vote(NamedTuple):
    """What the paths say: the verdict ("" without paths), the voters, and the groups."""

    verdict: str
    voting: tuple[Walk, ...]
    disputed: bool
    groups: dict[str, str]


def is_disputed(kb: KnowledgeBase, walk: Walk) -> bool:
    """Tell whether a path has a step whose claim is contested or refuted."""
    return any(kb.status(f.claim.assertion) in DISPUTED for f in walk.steps)


def disputed_claims(kb: KnowledgeBase, walks: Iterable[Walk]) -> frozenset[str]:
    """Return the ids of the contested and refuted claims on some paths, each looked at once."""
    claims = {f.claim.id: f.claim.assertion for walk in walks for f in walk.steps}
    return frozenset(name for name, a in claims.items() if kb.status(a) in DISPUTED)


def vote(kb: KnowledgeBase, walks: Iterable[Walk]) -> Vote:
    """Count the votes of fired paths."""
    walks = tuple(walks)
    disputed = disputed_claims(kb, walks)
    clean = tuple(w for w in walks if disputed.isdisjoint(w.ids))
    voting = clean or walks
    by_cell: dict[str, list[WalkSign]] = {}
    for walk in voting:
        by_cell.setdefault(walk.context.cell, []).append(walk.sign)
    groups = {cell: word(signs) for cell, signs in sorted(by_cell.items())}
    verdict = word(sign for signs in by_cell.values() for sign in signs)
    return Vote(verdict, voting, bool(voting) and not clean, groups)


class Observed(NamedTuple):
    """What was observed from A to B: the claims that fit, their joint sign, narrower contexts."""

    claims: tuple[Assertion, ...] = ()
    sign: str = ""
    narrower: tuple[str, ...] = ()


def observations_to(engine: Engine, a: str, b: str, context: Context) -> Observed:
    """Return the observations and outcomes of A on B that fit the context."""
    kb = engine.kb
    found: list[Assertion] = []
    narrower: list[str] = []
    for claim in kb.by_subject.get(a, ()):
        if claim.kind not in ("observation", "outcome") or claim.polarity != "asserted":
            continue
        hit = _meets(engine, claim, b, context)
        if hit is not None:
            found.append(claim)
            narrower.extend(hit)
    return Observed(tuple(found), observed_sign(kb, found), tuple(dict.fromkeys(narrower)))


def observed_sign(kb: KnowledgeBase, claims: Iterable[Assertion]) -> str:
    """Return the joint sign of observations as a word; refuted ones never count."""
    return word(sign_of_relation(c.relation) for c in counting(kb, claims))


def counting(kb: KnowledgeBase, claims: Iterable[Assertion]) -> tuple[Assertion, ...]:
    """Return the observations that count: never refuted, contested only if no other does."""
    sound = [c for c in claims if kb.status(c) != "refuted"]
    return tuple([c for c in sound if kb.status(c) != "contested"] or sound)


def _meets(engine: Engine, claim: Assertion, b: str, context: Context) -> tuple[str, ...] | None:
    sign = sign_of_relation(claim.relation)
    met, below = meets_end(engine.kb, claim.object, b)
    if not met or not walkable(sign):
        return None
    fitted = fit(engine.kb, claim, context)
    if fitted.misfits or engine.replaced(claim) or lacks_a_part(engine, claim):
        return None
    if claim.polarity == "asserted" and engine.blockers(claim, sign, fitted.context):
        return None
    return (*fitted.narrower, *below)


def lacks_a_part(engine: Engine, claim: Assertion) -> bool:
    """Tell whether the background lacks a protein or feature that a claim was seen to need."""
    return any(
        all(not term.negated and engine.background.absent(term.entity) for term in group)
        for group in engine.model.claim(claim).gates
    )


def class_observations(engine: Engine, a: str, b: str, context: Context) -> tuple[Assertion, ...]:
    """Return what was reported for a class that A belongs to; it gives A no verdict."""
    kb = engine.kb
    return tuple(
        claim
        for parent in sorted(kb.ancestors(a) - {a})
        for claim in kb.by_subject.get(parent, ())
        if claim.kind in ("observation", "outcome")
        and claim.polarity == "asserted"
        and _meets(engine, claim, b, context) is not None
    )


def negated_to(engine: Engine, a: str, b: str, context: Context) -> Observed:
    """Return the supported negated mechanism or observation claims from A to B that fit."""
    kb = engine.kb
    found: list[Assertion] = []
    narrower: list[str] = []
    for claim in kb.by_subject.get(a, ()):
        if claim.kind not in ("mechanism", "observation") or claim.polarity != "negated":
            continue
        hit = _meets(engine, claim, b, context)
        if hit is not None and kb.status(claim) == "negated":
            found.append(claim)
            narrower.extend(hit)
    return Observed(tuple(found), "", tuple(dict.fromkeys(narrower)))


def agreement(kb: KnowledgeBase, verdict: str, voting: bool, observed: Observed) -> str:
    """Return explained, contradicted, unexplained, or "" where there is nothing to say."""
    counted = counting(kb, observed.claims)
    if not counted:
        return ""
    if not voting:
        return "unexplained"
    if verdict not in ONE_SIGN:
        return ""
    known = {word([sign_of_relation(c.relation)]) for c in counted} - {"changes"}
    return "explained" if known <= {verdict} else "contradicted"


def shown_not_in(claims: Iterable[Assertion]) -> tuple[str, ...]:
    """Return the cells and diseases that negated claims name."""
    return tuple(dict.fromkeys(value for c in claims for value in (c.cell, c.disease) if value))
