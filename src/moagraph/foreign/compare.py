"""`compare-record`: each link of a foreign record against our claims, and ours against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moagraph.answers.answer import Answer
from moagraph.answers.parts import Ref
from moagraph.counting import counted
from moagraph.errors import DataError
from moagraph.foreign.comparison import (
    SECTIONS,
    ComparedNode,
    ComparedStep,
    RecordComparison,
)
from moagraph.foreign.mapping import NodeMap
from moagraph.foreign.paths import distinct, record_paths, too_large, write_link
from moagraph.foreign.polarity import polarity_of, reading_of
from moagraph.formats.drugmechdb.link_keys import by_key, spelled_key
from moagraph.formats.drugmechdb.records import DrugMechRecord, Link
from moagraph.knowledge import KnowledgeBase
from moagraph.lookup.evidence import claim_words
from moagraph.mechanism.explain import Found, explain
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.question import Question
from moagraph.mechanism.requires import parse_requires
from moagraph.records import Assertion
from moagraph.sheet import cite
from moagraph.vocabulary import CHEMICAL_KINDS

_FEW = 3
_SIGN_OF_VERDICT = {"decreases": -1, "increases": 1}
_SENSITIVITY = "confers sensitivity to"


def compare_record(kb: KnowledgeBase, record: DrugMechRecord) -> RecordComparison:
    """Return a record laid beside a knowledge base.

    Raises:
        DataError: the record is too large to be compared.
    """
    if too_large(record):
        raise DataError(f"the record {record.id} is too large to be compared", file=record.file)
    return _Comparison(kb, record).answer()


class _Comparison:
    """One comparison being put together."""

    def __init__(self, kb: KnowledgeBase, record: DrugMechRecord) -> None:
        self.kb = kb
        self.record = record
        self.map = NodeMap(kb, record)
        self.joined: set[tuple[str, str]] = set()

    def answer(self) -> RecordComparison:
        kb, record = self.kb, self.record
        drug, disease = self.map.drug, self.map.disease
        steps = [step for link in distinct(record.links) for step in self._link(link)]
        ours: Answer | None = None
        if drug and disease:
            ours = explain(kb, Question(drug, disease))
            steps += self._missing(ours)
        place = {name: number for number, name in enumerate(SECTIONS)}
        steps.sort(key=lambda s: place[s.section])
        return RecordComparison(
            record=record.id,
            drug=Ref(drug, kb.label(drug) if drug else record.drug),
            disease=Ref(disease, kb.label(disease) if disease else record.disease),
            net=record_paths(record).net,
            verdict=ours.verdict if ours else "",
            nodes=tuple(
                ComparedNode(
                    m.node.id,
                    m.node.name,
                    m.node.label,
                    Ref(m.entity, kb.label(m.entity)) if m.entity else None,
                    m.by,
                )
                for m in self.map.nodes.values()
            ),
            steps=tuple(steps),
            missing_entities=self._absent(ours) if ours else (),
            file=record.file,
            data_version=kb.version,
        )

    # -- their links --------------------------------------------------------

    def _link(self, link: Link) -> Iterator[ComparedStep]:
        key = spelled_key(link.key, link.aspect, link.direction) or "affects"
        source, target = link.source, link.target
        if by_key()[key, False].reverse:
            source, target = target, source
        a, b = self.map.entity(source), self.map.entity(target)
        theirs = write_link(self.record, link)
        if not a or not b:
            unknown = [n for n, e in ((source, a), (target, b)) if not e]
            names = ", ".join(self._name(n) for n in unknown)
            yield ComparedStep("unmapped", theirs, note=f"not here: {names}", line=link.line)
            return
        self.joined.add((a, b))
        yield self._known(link, theirs, a, b)

    def _known(self, link: Link, theirs: str, a: str, b: str) -> ComparedStep:
        """Return a link between two things that we know, set beside what we say of them."""
        sign = polarity_of(link).sign if reading_of(link) in ("forward", "reverse") else 0
        claims = [c for c in self.kb.by_subject.get(a, ()) if c.object == b]
        agreeing = [c for c in claims if self._says(c, sign)]
        against = [c for c in claims if sign and self._denies(c, sign)]
        against += self._needed(a, b, sign)
        if agreeing:
            bound = [c for c in agreeing if c.via or c.requires]
            if len(bound) == len(agreeing) and sign:
                return self._step("unconditional", theirs, bound, self._condition(bound[0]), link)
            note = f"spoken against by: {self._words(against)}" if against else ""
            return self._step("common", theirs, agreeing, note, link)
        if against:
            touching = [c for c in claims if c not in against and c.kind == "mechanism"]
            why = _why(against[0], sign)
            return self._step("contradicting", theirs, [*against, *touching], why, link)
        taking_part = self._taking_part(a, b, sign)
        if taking_part:
            note = self._condition(taking_part[0], a)
            return self._step("unconditional", theirs, taking_part, note, link)
        both = [*claims, *(c for c in self.kb.by_subject.get(b, ()) if c.object == a)]
        if both:
            section = "differs" if sign else "common"
            return self._step(section, theirs, both, "ours has no change of amount there", link)
        return self._by_path(link, theirs, a, b, sign)

    def _by_path(self, link: Link, theirs: str, a: str, b: str, sign: int) -> ComparedStep:
        found = Found(self.kb, Question(a, b)) if sign else None
        verdict = _SIGN_OF_VERDICT.get(found.vote.verdict, 0) if found else 0
        if found is None or not verdict:
            return ComparedStep("theirs-only", theirs, line=link.line)
        walk = found.vote.voting[0]
        claims = [self.kb.assertions[i] for i in walk.ids if i in self.kb.assertions]
        steps = counted(len(claims), "step")
        if verdict == sign:
            return self._step("common", theirs, claims, f"ours in {steps}", link)
        moves = "falls" if verdict < 0 else "rises"
        return self._step("contradicting", theirs, claims, f"by our {steps} it {moves}", link)

    def _says(self, claim: Assertion, sign: int) -> bool:
        if claim.polarity == "negated" or self.kb.status(claim) == "refuted":
            return False
        own = sign_of_relation(claim.relation)
        return own == sign if sign else claim.kind != "gate"

    def _denies(self, claim: Assertion, sign: int) -> bool:
        own = sign_of_relation(claim.relation)
        status = self.kb.status(claim)
        if claim.polarity == "negated":
            return own == sign and status == "negated"
        return (own == -sign and status != "refuted") or (own == sign and status == "refuted")

    def _needed(self, a: str, b: str, sign: int) -> list[Assertion]:
        """Return the claims that drug A needs B, if the record says that A lowers B."""
        entity = self.kb.entities.get(a)
        if sign >= 0 or entity is None or entity.kind not in CHEMICAL_KINDS:
            return []
        return [
            c
            for c in self.kb.by_subject.get(b, ())
            if c.object == a and c.relation == _SENSITIVITY and self.kb.status(c) == "supported"
        ]

    def _taking_part(self, a: str, b: str, sign: int) -> list[Assertion]:
        """Return our claims of this sign on B that need A without being about A."""
        if not sign:
            return []
        found = [
            c
            for c in self.kb.by_object.get(b, ())
            if c.kind == "mechanism"
            and c.subject != a
            and self._says(c, sign)
            and a in self._participants(c)
        ]
        drug = self.map.drug
        return sorted(found, key=lambda c: c.subject != drug)

    def _participants(self, claim: Assertion) -> dict[str, None]:
        """Return what a claim needs beside its subject: machine, its parts, gates, owners."""
        needed = dict.fromkeys([claim.via] if claim.via else [])
        for part in self.kb.machine_parts.get(claim.via, ()):
            if part.strength == "essential":
                needed[part.participant] = None
        for group in parse_requires(claim.requires):
            for term in group:
                if not term.negated:
                    needed[term.entity] = None
        owners = self.kb.owner_of_feature
        for entity in list(needed):
            if entity in owners:
                needed[owners[entity]] = None
        return needed

    def _condition(self, claim: Assertion, actor: str = "") -> str:
        """Return what our claim needs that the record does not say."""
        needed = [claim.subject] if actor else []
        needed += [claim.via] if claim.via else []
        needed += [t.entity for g in parse_requires(claim.requires) for t in g]
        names = ", ".join(self.kb.label(e) for e in dict.fromkeys(needed))
        if actor:
            return f"{self.kb.label(actor)} takes part here, and does it only with: {names}"
        return f"ours needs: {names}"

    # -- our steps ----------------------------------------------------------

    def _missing(self, ours: Answer) -> Iterator[ComparedStep]:
        """Yield the steps of our voting paths that join what the record does not join."""
        voting = set(ours.voting)
        seen: set[str] = set()
        for path in ours.paths:
            if tuple(s.id for s in path.steps) not in voting:
                continue
            for step in path.steps:
                claim = self.kb.assertions.get(step.id)
                if claim is None or claim.id in seen:
                    continue
                seen.add(claim.id)
                if (claim.subject, claim.object) in self.joined:
                    continue
                ends = [e for e in (claim.subject, claim.object) if e not in self.map.entities]
                needed = self._participants(claim)
                ends += [e for e in needed if e not in self.map.entities and self._is_node(e)]
                names = ", ".join(self.kb.label(e) for e in dict.fromkeys(ends))
                note = f"not in the record: {names}" if names else "the record does not join them"
                yield self._step("missing", "", [claim], note)

    def _absent(self, ours: Answer) -> tuple[Ref, ...]:
        """Return the entities of our voting paths and their machines that the record lacks."""
        voting = set(ours.voting)
        found: dict[str, None] = {}
        for path in ours.paths:
            if tuple(s.id for s in path.steps) in voting:
                for step in path.steps:
                    claim = self.kb.assertions.get(step.id)
                    if claim is not None:
                        found.update(dict.fromkeys((claim.subject, claim.object)))
                        found.update(self._participants(claim))
        absent = [e for e in found if e not in self.map.entities and self._is_node(e)]
        return tuple(Ref(e, self.kb.label(e)) for e in absent)

    def _is_node(self, entity_id: str) -> bool:
        """Tell whether a record could hold an entity: features and states are ours alone."""
        entity = self.kb.entities.get(entity_id)
        return entity is not None and entity.kind not in ("feature", "state")

    # -- words --------------------------------------------------------------

    def _name(self, node_id: str) -> str:
        node = self.record.node(node_id)
        return node.name if node and node.name else node_id

    def _words(self, claims: Iterable[Assertion]) -> str:
        texts = [self._marked(c) for c in claims]
        more = f"; and {len(texts) - _FEW} more" if len(texts) > _FEW else ""
        return "; ".join(texts[:_FEW]) + more

    def _marked(self, claim: Assertion) -> str:
        status = self.kb.status(claim)
        marks = [claim.kind] if claim.kind != "mechanism" else []
        marks += [status] if status not in ("supported", "negated") else []
        words = claim_words(self.kb, claim)
        return f"{words} [{', '.join(marks)}]" if marks else words

    def _step(
        self,
        section: str,
        theirs: str,
        claims: list[Assertion],
        note: str,
        link: Link | None = None,
    ) -> ComparedStep:
        rows = [e for c in claims[:_FEW] for e in self.kb.evidence_about.get(c.id, ())]
        references = dict.fromkeys(cite(self.kb.sources.get(e.source), e.source) for e in rows)
        return ComparedStep(
            section,
            theirs,
            self._words(claims),
            note,
            tuple(c.id for c in claims),
            tuple(references),
            link.line if link else 0,
        )


def _why(claim: Assertion, sign: int) -> str:
    if claim.relation == _SENSITIVITY:
        return "the drug needs it: without it the drug does less"
    if claim.polarity == "negated":
        return "shown not to happen"
    if sign_of_relation(claim.relation) == sign:
        return "all evidence refutes it"
    return "the opposite sign"
