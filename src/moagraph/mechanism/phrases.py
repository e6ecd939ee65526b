"""Words for an answer that need the knowledge base: its text, its context, its reasons."""

from __future__ import annotations

from typing import Any

from moagraph.answers.answer import Answer
from moagraph.answers.parts import ClaimView, GapView, NearbyView, Reason
from moagraph.answers.words import listed, phase_name, verdict_sentence
from moagraph.counting import counted
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.context import Context
from moagraph.mechanism.firing import Failure, Firing
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.question import Question
from moagraph.vocabulary import HUMAN

_REGIMENS = 2
_OPTIONS = {
    "strict_context": "--strict-context",
    "min_evidence": "--min-evidence",
    "same_record": "--same-record",
    "metapath": "--metapath",
    "kind:drug": "what they go through, drugs (--through-drugs lets them)",
    "kind:disease": "what they go through, diseases (--through-diseases lets them)",
}


def reason_of(
    kb: KnowledgeBase, question: Question, firing: Firing | None, failure: Failure
) -> Reason:
    """Return a failure as a reason in words."""
    what = kb.label(failure.what)
    step = firing.claim.assertion if firing is not None else None
    at = f"{kb.label(step.subject)} {step.relation} {kb.label(step.object)}" if step else ""
    a, b = kb.label(question.a), kb.label(question.b)
    code = failure.code
    if code == "missing_state":
        text = f"{at} needs {what} to be absent" if failure.wanted_absent else f"{at} needs {what}"
        if firing is not None and firing.at.disease and not failure.wanted_absent:
            text += f", which {kb.label(firing.at.disease)} does not bring"
    elif code == "missing_participant":
        text = f"{at} needs {what}, which is missing" if at else f"{what} is removed"
        if failure.phase:
            text += f" (phase {failure.phase}, {phase_name(failure.phase)})"
    elif code == "other_species" and firing is not None and failure.what == firing.at.species:
        text = f"{at} is replaced by a claim made in {what}"
    elif code == "other_species":
        text = f"{at} holds in {what} only"
    elif code == "other_context":
        text = f"{at} holds in {what}, which is not where the path is"
    elif code == "negated":
        text = f"{at} is shown not to hold here, by {failure.what}"
    elif code == "filtered":
        text = f"paths that fire are hidden by {_OPTIONS.get(failure.what, what)}"
    elif code == "stands_in":
        text = f"{what} stands in for a component of its complex"
    elif code == "length_bound":
        text = f"no path of at most {counted(question.max_length, 'step')} leads from {a} to {b}"
    else:
        text = f"no chain of causal claims leads from {a} to {b}"
    who = tuple(_who(kb, item) for item in failure.who)
    text += f"; brought by {listed(who, 'or')}" if who else ""
    return Reason(
        code, text, failure.what, failure.who, step.id if step else "", phase_name(failure.phase)
    )


def _who(kb: KnowledgeBase, item: str) -> str:
    if item.startswith("!"):
        return f"complete loss of {kb.label(item[1:])}"
    return kb.label(item)


def describe(kb: KnowledgeBase, answer: Answer, context: Context) -> Answer:
    """Return an answer with its text, regimen line and context filled in."""
    text = verdict_sentence(answer.verdict, answer.a.label, answer.b.label)
    hidden = not answer.voting and any(r.code == "filtered" for r in answer.reasons)
    if hidden and not answer.metapath:
        text += " that the filters let through"
    elif hidden and answer.verdict == "none":
        text += " along the metapath"
    disputed = all(c.status in ("contested", "refuted") for c in answer.observations)
    if answer.verdict == "observed_only":
        if answer.question.get("via") or answer.question.get("avoid") or answer.metapath:
            text = text.replace("no mechanism in the graph", "no mechanism left by the filters")
        text += f" (observed: {answer.observed_sign}{', disputed' if disputed else ''})"
    text += _where(kb, answer, context)
    if answer.verdict == "conflicting" and len(answer.groups) > 1:
        parts = [f"{kb.label(c) if c else 'no cell named'}: {w}" for c, w in answer.groups.items()]
        text += f" - {'; '.join(parts)}"
    if answer.disputed:
        text += " - resting on disputed claims only"
    if answer.agreement:
        text += f"; what was observed is {answer.agreement}"
        text += ", and itself disputed" if disputed and answer.voting else ""
    if context.species != HUMAN and answer.observed_sign and not _seen_in(answer, context):
        text += "; no observation of it was made in this species"
    text += _inferred(kb, answer)
    if answer.class_observations:
        too = "too" if answer.observed_sign else "only"
        text += f"; an effect is reported for the class {too}"
    text += f"{_beside(answer)}{_bound(answer)}."
    if answer.gaps:
        between = " and ".join(_gap(kb, gap) for gap in answer.gaps)
        text += f" Observed, mechanism unknown {between}."
    if answer.nearby:
        text += (
            f" There is an answer for {listed(_near(answer, other) for other in answer.nearby)}."
        )
    regimen = regimen_line(kb, answer.regimen)
    return replace(answer, text=text, regimen_line=regimen, context=_context(answer, context))


def _bound(answer: Answer) -> str:
    text = f". Paths up to {counted(answer.bound, 'step')} were searched"
    if answer.metapath:
        text += f" {answer.metapath['text']}"
    if not answer.exhausted:
        text += "; there are more than could be counted, the verdict rests on the shortest"
    elif answer.capped:
        text += f"; {len(answer.paths)} of {len(answer.voting)} or more are listed, all voted"
    return text + ("; longer ones were not looked at" if answer.bound_cut else "")


def regimen_line(kb: KnowledgeBase, claims: tuple[Any, ...]) -> str:
    """Return the line that names the regimens which the drugs are part of, "" without one.

    Regimens with the fewest further drugs come first; a regimen counts as approved where a
    source of an authority's jurisdiction supports it.
    """
    if not claims:
        return ""
    ordered = sorted(claims, key=lambda c: (len(kb.entities[c.subject.id].members), c.id))
    parts = [regimen_phrase(kb, claim) for claim in ordered[:_REGIMENS]]
    more = len(ordered) - _REGIMENS
    tail = f"; and {counted(more, 'more regimen')} with further drugs" if more > 0 else ""
    return f"{'; '.join(parts)}{tail}. Not medical advice."


def regimen_phrase(kb: KnowledgeBase, claim: ClaimView) -> str:
    """Return the words that name one regimen: approved, trialled or proposed, and by whom."""
    rows = [e for e in claim.evidence if e.stance == "supports" and e.source in kb.sources]
    sources = [(e, kb.sources[e.source]) for e in rows]
    official = [(e, s) for e, s in sources if s.jurisdiction]
    shown = [
        f"{s.jurisdiction}: {s.title or e.reference}, {s.year}".rstrip(", ")
        for e, s in official[:2]
    ] + [e.reference for e, s in sources if not s.jurisdiction][:2]
    kind = "an approved" if official else "a trialled" if rows else "a proposed"
    where = f" ({'; '.join(dict.fromkeys(shown))})" if shown else ""
    return f"{claim.subject.label} is {kind} regimen in {claim.object.label}{where}"


def _seen_in(answer: Answer, context: Context) -> bool:
    seen = {
        ref.id for claim in answer.observations for ref in (*claim.seen_in, claim.species) if ref
    }
    return context.species in seen


def _gap(kb: KnowledgeBase, gap: GapView) -> str:
    """Return between what a mechanism is unknown, and that the papers disagree on the way."""
    signs = {sign_of_relation(kb.assertions[name].relation) for name in gap.seen}
    both = " (moved both ways, by different papers)" if {1, -1} <= signs else ""
    return f"between {gap.start.label} and {gap.end.label}{both}"


def _beside(answer: Answer) -> str:
    """Return what there is where neither a mechanism nor an effect of A on B is known."""
    text = ""
    if answer.verdict == "none" and answer.combination_outcomes:
        text += "; an effect is reported for combinations with it"
    if answer.verdict == "none" and answer.other_claims:
        text += "; other claims about the two tell of no effect"
    return text


def _near(answer: Answer, other: NearbyView) -> str:
    """Return the term that differs from the asked one, and the verdict."""
    term = other.end if other.end.id != answer.b.id else other.start
    verdict = other.verdict.replace("_", " ")
    seen = f", {other.observed_sign}" if other.verdict == "observed_only" else ""
    if other.relation == "reversed":
        return f"{other.start.label} on {other.end.label} ({verdict}{seen})"
    return f"the {other.relation} {term.label} ({verdict}{seen})"


def _inferred(kb: KnowledgeBase, answer: Answer) -> str:
    """Return what a verdict by mechanism must not hide: nobody saw it, or all paths are weak."""
    text = ""
    if not answer.observed_sign and any(len(ids) > 1 for ids in answer.voting):
        text += "; predicted, no observation of it is in the graph"
        if answer.combination_outcomes:
            text += ", only of combinations with it"
    if answer.voting and all(
        any(kb.assertions[name].extent == "weak" for name in ids) for ids in answer.voting
    ):
        text += "; every path passes a step of weak extent"
    return text


def _where(kb: KnowledgeBase, answer: Answer, context: Context) -> str:
    text = ""
    if answer.shown_not_in:
        text += f" in {listed(kb.label(v) for v in answer.shown_not_in)}"
    places = (context.cell, context.species if answer.question.get("species") else "")
    asked = [kb.label(v) for v in places if v and v not in answer.shown_not_in]
    if asked:
        text += f" (asked in {listed(asked)})"
    if answer.narrower:
        text += f", shown for {listed(kb.label(v) for v in answer.narrower)} only"
    return text


def _context(answer: Answer, context: Context) -> dict[str, Any]:
    found: dict[str, Any] = {
        "cell": context.cell,
        "disease": context.disease,
        "species": context.species,
        "narrower": list(answer.narrower),
        "shown_not_in": list(answer.shown_not_in),
        "observed_sign": answer.observed_sign,
        "class_observations": [c.id for c in answer.class_observations],
        "regimen": [c.id for c in answer.regimen],
        "regimen_combinations": [c.subject.id for c in answer.regimen],
        "groups": dict(answer.groups),
        "disputed": answer.disputed,
    }
    for name in ("without", "variant", "state", "with"):
        if name in answer.question:
            found[name] = answer.question[name]
    return found
