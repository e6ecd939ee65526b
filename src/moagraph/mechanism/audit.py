"""`audit`: every observation and gate against the mechanisms, every claim against its evidence.

An observation is judged in its own cell, disease and species. One that is contested counts as
unexplained, not as contradicted, with a note. An observation on a class is judged by the drugs
of the class, one on a combination and its outcome by its members; the note names those that
explain it. A negated observation is explained unless a path that fires predicts the sign that
it denies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from moagraph.answers.auditing import SECTIONS, AuditLine, AuditReport
from moagraph.errors import QuestionError
from moagraph.knowledge import KnowledgeBase
from moagraph.lookup.evidence import claim_words
from moagraph.mechanism.explain import Found
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.question import Question
from moagraph.mechanism.replay import Known, drugs_of, replay
from moagraph.mechanism.verdict import ONE_SIGN, word
from moagraph.records import Assertion
from moagraph.sheet import cite
from moagraph.vocabulary import walkable

# The kinds of source that `--min-evidence` counts too.
PRIMARY = ("primary", "preprint")

Judged = tuple[str, str]
MAX_CLAIMS = 100_000


def audit(kb: KnowledgeBase, only: Iterable[str] = ()) -> AuditReport:
    """Audit a graph, or only some sections of the report.

    Raises:
        QuestionError: a section that does not exist.
    """
    asked = tuple(dict.fromkeys(only))
    for name in asked:
        if name not in SECTIONS:
            raise QuestionError(f"no section {name!r}; there are: {', '.join(SECTIONS)}")
    if len(kb.tables.assertions) > MAX_CLAIMS:
        raise QuestionError(
            f"an audit looks at each claim by itself, and {kb.name} has "
            f"{len(kb.tables.assertions):,}; it takes up to {MAX_CLAIMS:,}: import a part of it"
        )
    wanted = tuple(name for name in SECTIONS if not asked or name in asked)
    makers: tuple[tuple[set[str], Callable[[KnowledgeBase], Iterator[AuditLine]]], ...] = (
        ({"contradicted", "unexplained", "explained", "not-judged"}, _observations),
        ({"gate-unexplained", "gate-explained"}, _gates),
        ({"no-mechanism"}, _treated),
        ({"unsourced", "refuted", "contested", "no-primary", "single-source"}, _sources),
    )
    lines = [line for part, make in makers if part & set(wanted) for line in make(kb)]
    place = {name: number for number, name in enumerate(wanted)}
    kept = [line for line in lines if line.section in place]
    kept.sort(key=lambda line: (place[line.section], line.id))
    return AuditReport(tuple(kept), wanted if asked else (), kb.version)


def _line(kb: KnowledgeBase, section: str, claim: Assertion, note: str = "") -> AuditLine:
    rows = kb.evidence_about.get(claim.id, ())
    return AuditLine(
        section,
        claim.id,
        claim_words(kb, claim),
        claim.kind,
        kb.status(claim),
        note,
        tuple(dict.fromkeys(cite(kb.sources.get(e.source), e.source) for e in rows)),
    )


# -- observations ------------------------------------------------------------


def _observations(kb: KnowledgeBase) -> Iterator[AuditLine]:
    for claim in kb.tables.assertions:
        if claim.kind == "observation":
            section, note = judge(kb, claim)
            if section == "contradicted":
                note += _opposite(kb, claim)
            yield _line(kb, section, claim, note)


def _opposite(kb: KnowledgeBase, claim: Assertion) -> str:
    """Return the supported observations of the same subject and object that say the reverse."""
    sign = sign_of_relation(claim.relation)
    found = [
        a.id
        for a in kb.by_subject.get(claim.subject, ())
        if a.object == claim.object
        and a.kind == "observation"
        and a.id != claim.id
        and kb.status(a) in ("supported", "contested", "negated")
        and (sign_of_relation(a.relation) == sign) == (a.polarity != claim.polarity)
    ]
    return f"; the reverse was observed too: {', '.join(found)}" if found else ""


def judge(kb: KnowledgeBase, claim: Assertion) -> Judged:
    """Return the section of an observation and why it stands there."""
    sign = sign_of_relation(claim.relation)
    status = kb.status(claim)
    if not walkable(sign):
        return "not-judged", f"{claim.relation} has no direction"
    if status in ("refuted", "unsourced"):
        return "not-judged", f"the observation itself is {status}"
    verdicts = {drug: predicted(kb, claim, drug) for drug in drugs_of(kb, claim.subject)}
    expected = word([sign])
    if claim.polarity == "negated":
        return _judge_negated(kb, verdicts, expected, status)
    return _judge(kb, verdicts, expected, status)


def predicted(kb: KnowledgeBase, claim: Assertion, drug: str) -> str:
    """Return the verdict of the paths of a drug where a claim was made, "" without any."""
    question = Question(
        drug, claim.object, cell=claim.cell, disease=claim.disease, species=claim.species
    )
    return Found(kb, question).vote.verdict


def _judge(kb: KnowledgeBase, verdicts: dict[str, str], expected: str, status: str) -> Judged:
    clear = {kb.label(drug): verdict for drug, verdict in verdicts.items() if verdict in ONE_SIGN}
    agreeing = [drug for drug, verdict in clear.items() if expected in (verdict, "changes")]
    opposing = [drug for drug in clear if drug not in agreeing]
    through = f"through {', '.join(agreeing)}" if len(verdicts) > 1 else ""
    if agreeing:
        against = f"; against it {', '.join(opposing)}" if opposing else ""
        return "explained", f"{through}{against}".strip("; ")
    if opposing:
        note = f"observed: {expected}; predicted: {clear[opposing[0]]}"
        if len(verdicts) > 1:
            note += f" by {', '.join(opposing)}"
        if status == "contested":
            return "unexplained", f"{note}, and the observation is contested"
        return "contradicted", note
    found = {v for v in verdicts.values() if v}
    if "conflicting" in found:
        return "unexplained", "mechanisms predict both signs here"
    if "changes" in found:
        return "unexplained", "mechanisms predict a change of unknown direction"
    return "unexplained", "no path that fires"


def _judge_negated(kb: KnowledgeBase, verdicts: dict[str, str], denied: str, status: str) -> Judged:
    wrong = [kb.label(drug) for drug, verdict in verdicts.items() if verdict == denied]
    if not wrong:
        return "explained", "nothing predicts what was not seen"
    note = f"predicted by {', '.join(wrong)}, and shown not to happen"
    if status == "contested":
        return "unexplained", f"{note}; the observation is contested"
    return "contradicted", note


# -- gates and outcomes ------------------------------------------------------


def _gates(kb: KnowledgeBase) -> Iterator[AuditLine]:
    known: Known = {}
    for claim in kb.tables.assertions:
        if claim.kind == "gate":
            played = replay(kb, claim, drugs_of(kb, claim.object), known=known)
            section = "gate-explained" if played.explained else "gate-unexplained"
            best = played.replays[-1 if played.explained else 0] if played.replays else None
            note = f"{played.strength}: {best.command}" if best else played.strength
            yield _line(kb, section, claim, note)


def _treated(kb: KnowledgeBase) -> Iterator[AuditLine]:
    """Yield the outcomes of which neither the drug nor a member has a path of the right sign."""
    for claim in kb.tables.assertions:
        if claim.kind != "outcome" or claim.polarity == "negated":
            continue
        drugs = drugs_of(kb, claim.subject)
        verdicts = [predicted(kb, claim, drug) for drug in drugs]
        if "decreases" in verdicts:
            continue
        found = sorted({v for v in verdicts if v})
        note = f"paths give: {', '.join(found)}" if found else "no path that fires"
        yield _line(kb, "no-mechanism", claim, note)


# -- evidence ----------------------------------------------------------------


def _sources(kb: KnowledgeBase) -> Iterator[AuditLine]:
    for claim in kb.tables.assertions:
        status = kb.status(claim)
        if status in ("unsourced", "refuted", "contested"):
            yield _line(kb, status, claim, _stances(kb, claim))
        if status in ("unsourced", "refuted"):
            continue
        supporting = [e for e in kb.evidence_about.get(claim.id, ()) if e.stance == "supports"]
        kinds = {
            e.source: kb.sources[e.source].kind if e.source in kb.sources else "unknown"
            for e in supporting
        }
        primary = sorted(source for source, kind in kinds.items() if kind in PRIMARY)
        if len(primary) == 1:
            basis = sorted({e.basis for e in supporting if e.source == primary[0] and e.basis})
            yield _line(kb, "single-source", claim, f"read: {', '.join(basis)}" if basis else "")
        elif not primary:
            yield _line(kb, "no-primary", claim, ", ".join(sorted(set(kinds.values()))))


def _stances(kb: KnowledgeBase, claim: Assertion) -> str:
    rows = kb.evidence_about.get(claim.id, ())
    counts = {s: sum(e.stance == s for e in rows) for s in ("supports", "refutes", "inconclusive")}
    words = {"supports": "supporting", "refutes": "refuting", "inconclusive": "inconclusive"}
    return ", ".join(f"{n} {words[s]}" for s, n in counts.items() if n) or "no evidence"
