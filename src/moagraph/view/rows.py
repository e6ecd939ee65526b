"""The claims of a page as rows of its table: what is read without JavaScript, and shown by it."""

from __future__ import annotations

from moagraph.answers.parts import ClaimView, EvidenceView
from moagraph.answers.words import SIGN_WORDS, SYMBOLS
from moagraph.frozen import Frozen
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.model import sign_of_relation
from moagraph.records import Assertion
from moagraph.view.links import source_link
from moagraph.vocabulary import PHASE_NAMES

_STANCES = {"refutes": 0, "inconclusive": 1, "supports": 2}
_STANCE_WORDS = {
    "refutes": "Speaks against",
    "inconclusive": "Does not settle it",
    "supports": "Supports",
}
_SIGN_SYMBOLS = {str(sign): text for sign, text in SYMBOLS.items()}
_SIGN_TEXT = {
    **{str(sign): text for sign, text in SIGN_WORDS.items()},
    "none": "unsigned",
    "structural": "structural",
}
_MINUS = "−"


class Paper(Frozen):
    """What one source says about a claim."""

    stance: str
    stance_word: str
    statement: str
    reference: str
    link: str
    details: str


class Row(Frozen):
    """One claim as the table and the panel show it."""

    id: str
    subject: str
    relation: str
    object: str
    sign: str
    sign_word: str
    kind: str
    style: str
    context: str
    status: str
    directness: str
    sentence: str
    needs: str
    note: str
    phases: tuple[tuple[str, str], ...]
    papers: tuple[Paper, ...]
    drawn: bool


class Rows:
    """Makes rows; each source is read once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.builder = Builder(kb)

    def row(self, a: Assertion, *, drawn: bool = True) -> Row:
        """Return the row of a claim."""
        view = self.builder.claim(a)
        sign = sign_of_relation(a.relation)
        return Row(
            id=a.id,
            subject=view.subject.label,
            relation=("does not: " if a.polarity == "negated" else "") + a.relation,
            object=view.object.label,
            sign=_SIGN_SYMBOLS.get(str(sign), "").replace("-", _MINUS),
            sign_word=_SIGN_TEXT.get(str(sign), ""),
            kind=a.kind,
            style=style_of(a, view.status),
            context=self._context(a),
            status=view.status,
            directness=a.directness or "not stated",
            sentence=self._sentence(a, view),
            needs=self._needs(a),
            note=a.note,
            phases=self._phases(a),
            papers=self._papers(view),
            drawn=drawn,
        )

    def _sentence(self, a: Assertion, view: ClaimView) -> str:
        text = view.sentence
        if a.via:
            text = f"{text.removesuffix('.')} through {self.kb.label(a.via)}."
        if a.transfer:
            text = f"{text.removesuffix('.')}; {a.transfer}"
            text += f" to {self.kb.label(a.object_cell)}." if a.object_cell else "."
        return text

    def _context(self, a: Assertion) -> str:
        label = self.kb.label
        return ", ".join(label(e) for e in (a.cell, a.disease, a.species) if e)

    def _needs(self, a: Assertion) -> str:
        """Return the conditions of a claim with labels instead of ids."""
        groups = []
        for term in a.requires.split(",") if a.requires else ():
            names = [
                ("absence of " if n.startswith("!") else "") + self.kb.label(n.lstrip("!"))
                for n in term.split("|")
            ]
            groups.append(" or ".join(names))
        return ", and ".join(groups)

    def _phases(self, a: Assertion) -> tuple[tuple[str, str], ...]:
        phases: dict[int, list[str]] = {}
        for part in self.kb.machine_parts.get(a.via, ()):
            name = self.kb.label(part.participant)
            mark = " (supportive)" if part.strength == "supportive" else ""
            phases.setdefault(part.phase, []).append(name + mark)
        return tuple((PHASE_NAMES[n], ", ".join(names)) for n, names in sorted(phases.items()))

    def _papers(self, view: ClaimView) -> tuple[Paper, ...]:
        ordered = sorted(view.evidence, key=lambda e: (_STANCES.get(e.stance, 3), e.id))
        return tuple(map(self._paper, ordered))

    def _paper(self, e: EvidenceView) -> Paper:
        seen = [ref.label for ref in (*e.cell, *e.disease, *e.species)]
        numbers = [
            " ".join(p for p in (q.kind, q.relation, q.value, q.unit) if p) for q in e.quantities
        ]
        details = [
            e.basis and f"read: {e.basis}",
            e.system,
            seen and f"seen in {', '.join(seen)}",
            "; ".join(numbers),
        ]
        return Paper(
            stance=e.stance,
            stance_word=_STANCE_WORDS.get(e.stance, e.stance),
            statement=e.statement,
            reference=e.reference,
            link=source_link(self.kb.sources.get(e.source)),
            details="; ".join(d for d in details if d),
        )


def style_of(a: Assertion, status: str) -> str:
    """Return how a claim is drawn: by polarity, then by dispute, then by kind."""
    if a.polarity == "negated":
        return "negated"
    if status in ("refuted", "contested"):
        return status
    if a.kind in ("observation", "outcome", "gate"):
        return {"observation": "observed"}.get(a.kind, a.kind)
    return "unsourced" if status == "unsourced" else "mechanism"
