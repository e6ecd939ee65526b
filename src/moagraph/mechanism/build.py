"""From walks and claims to the parts of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from moagraph.answers.parts import (
    ClaimView,
    EvidenceView,
    ParticipantView,
    PassageView,
    PathView,
    PhaseView,
    QuantityView,
    Ref,
    StepView,
)
from moagraph.answers.words import SIGN_WORDS, arithmetic, infinitive, place, step_sentence
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.crossing import records_crossed
from moagraph.mechanism.firing import Engine, Firing, Phase
from moagraph.mechanism.model import Claim, model_of, sign_of_relation
from moagraph.mechanism.search import Passage, Walk
from moagraph.records import Assertion, Evidence, Source
from moagraph.vocabulary import PHASE_NAMES

SelfEffect = Callable[[Firing], tuple[str, ...]]


def reference(source: Source | None, source_id: str) -> str:
    """Return a source as a short reference: author, year, journal and its identifier."""
    if source is None:
        return source_id
    when = [source.year, source.journal]
    # Without an author a year in front would read as part of the journal's name.
    words = [source.first_author, *when] if source.first_author else reversed(when)
    text = " ".join(word for word in words if word) or source.title
    if source.pmid:
        name = source.pmid if source.pmid.startswith("PMID:") else f"PMID:{source.pmid}"
    elif source.doi:
        name = source.doi if source.doi.startswith("doi:") else f"doi:{source.doi}"
    else:
        name = source.url or source_id
    return f"{text}, {name}" if text else name


class Builder:
    """Makes the parts of answers; each claim's evidence is read once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._evidence: dict[str, tuple[EvidenceView, ...]] = {}
        self._steps: dict[tuple[Firing, tuple[str, ...]], StepView] = {}
        self._claims: dict[str, ClaimView] = {}

    def ref(self, entity_id: str) -> Ref:
        """Return an entity by id and label."""
        return Ref(entity_id, self.kb.label(entity_id))

    def maybe(self, entity_id: str) -> Ref | None:
        """Return an entity, or None for an empty id."""
        return self.ref(entity_id) if entity_id else None

    def refs(self, ids: Iterable[str]) -> tuple[Ref, ...]:
        """Return entities in their order, each once."""
        return tuple(self.ref(name) for name in dict.fromkeys(ids))

    def evidence(self, about: str) -> tuple[EvidenceView, ...]:
        """Return the evidence about a claim."""
        found = self._evidence.get(about)
        if found is None:
            rows = self.kb.evidence_about.get(about, ())
            found = self._evidence[about] = tuple(self._row(row) for row in rows)
        return found

    def _row(self, row: Evidence) -> EvidenceView:
        source = self.kb.sources.get(row.source)
        return EvidenceView(
            id=row.id,
            reference=reference(source, row.source),
            stance=row.stance,
            eco=row.eco,
            basis=row.basis,
            first_author=source.first_author if source else "",
            year=source.year if source else "",
            statement=row.statement,
            quantities=tuple(
                QuantityView(q.kind, q.relation, q.value, q.unit, q.assay, q.time, q.concentration)
                for q in self.kb.quantities_of.get(row.id, ())
            ),
            about=row.about,
            source=row.source,
            source_kind=source.kind if source else "",
            cell=self.refs(row.cell),
            disease=self.refs(row.disease),
            species=self.refs(row.species),
            system=row.system,
        )

    def seen_in(self, about: str) -> tuple[Ref, ...]:
        """Return the cells, diseases and species in which a claim was seen."""
        rows = [e for e in self.kb.evidence_about.get(about, ()) if e.stance == "supports"]
        return self.refs(
            value
            for axis in ("cell", "disease", "species")
            for row in rows
            for value in getattr(row, axis)
        )

    # -- steps --------------------------------------------------------------

    def step(self, engine: Engine, firing: Firing, moved: tuple[str, ...] = ()) -> StepView:
        """Return a step with its phases and marks; `moved` is what the drug itself moves."""
        known = self._steps.get((firing, moved))
        if known is None:
            bare = self._bare_step(engine, firing, moved)
            known = replace(bare, sentence=step_sentence(bare))
            self._steps[firing, moved] = known
        return known

    def _bare_step(self, engine: Engine, firing: Firing, moved: tuple[str, ...]) -> StepView:
        a = firing.claim.assertion
        return StepView(
            id=a.id,
            subject=self.ref(a.subject),
            relation=a.relation,
            object=self.ref(a.object),
            sign=firing.claim.sign,
            kind=a.kind,
            via=self.maybe(a.via),
            requires=a.requires,
            phases=tuple(self._phase(engine, firing, p) for p in firing.phases),
            cell=self.maybe(a.cell),
            disease=self.maybe(a.disease),
            species=self.maybe(a.species),
            seen_in=self.seen_in(a.id),
            directness=a.directness,
            extent=a.extent,
            status=self.kb.status(a),
            self_effect=bool(moved),
            evidence=self.evidence(a.id),
            weakened_by=self.refs(firing.weakened_by),
            unknown_features=self.refs(firing.unknown_features),
            by_orthology=firing.by_orthology,
            transfer=a.transfer,
            object_cell=self.maybe(a.object_cell),
            fires=firing.fires,
            self_effect_on=self.refs(moved),
            note=a.note,
            needs=self._needs(firing.claim),
        )

    def _needs(self, claim: Claim) -> str:
        """Return the gate of a claim in words; the degron is told with the phases."""
        groups = [
            " or ".join(("absence of " if t.negated else "") + self.kb.label(t.entity) for t in g)
            for g in claim.gates
        ]
        return ", and ".join(groups)

    def _phase(self, engine: Engine, firing: Firing, phase: Phase) -> PhaseView:
        rows = {
            (r.phase, r.participant): r
            for r in self.kb.machine_parts.get(firing.claim.assertion.via, ())
        }
        participants = []
        for name in phase.participants:
            row = rows.get((phase.number, name))
            participants.append(
                ParticipantView(
                    name,
                    self.kb.label(name),
                    engine.background.present(name, firing.at),
                    row.strength if row else "essential",
                    row.alternative_group if row else "",
                )
            )
        return PhaseView(
            PHASE_NAMES[phase.number],
            tuple(participants),
            phase.reached,
            self.refs(phase.missing),
            tuple(e for about in phase.shown_by for e in self.evidence(about)),
            phase.number,
        )

    # -- paths --------------------------------------------------------------

    def path(
        self,
        engine: Engine,
        walk: Walk,
        *,
        moved: SelfEffect = lambda _: (),
        disputed: bool = False,
        voting: bool = True,
        rank: int = 0,
        why_ranked: str = "",
        narrower: tuple[str, ...] = (),
    ) -> PathView:
        """Return a path with its steps."""
        steps = tuple(self.step(engine, f, moved(f)) for f in walk.steps)
        sourced = sum(step.status != "unsourced" for step in steps)
        return PathView(
            steps=steps,
            sign=walk.sign,
            rank=rank,
            why_ranked=why_ranked,
            disputed=disputed,
            contexts=self._contexts(walk),
            sourced=f"{sourced} of {len(steps)} steps sourced",
            length=len(steps),
            records=records_crossed(self.kb, walk.ids) or walk.ids,
            voting=voting,
            start_sign=walk.start_sign,
            arithmetic=arithmetic([f.claim.sign for f in walk.steps], walk.sign, walk.start_sign),
            passages=tuple(self._passage(p) for p in walk.passages),
            narrower=narrower or walk.narrower,
            cell=self.maybe(walk.context.cell),
            end=self.ref(walk.end),
        )

    def _passage(self, passage: Passage) -> PassageView:
        component, complex_ = self.ref(passage.component), self.ref(passage.complex)
        return PassageView(
            passage.after,
            component,
            complex_,
            f"{component.label} is an essential component of {complex_.label}, "
            f"so less {component.label} is less {complex_.label}.",
        )

    def _contexts(self, walk: Walk) -> tuple[str, ...]:
        carried = [value for f in walk.steps for value in (f.at.cell, f.at.disease)]
        carried.append(walk.context.cell)
        if walk.steps:
            carried.append(walk.steps[-1].at.species)
        return tuple(dict.fromkeys(value for value in carried if value))

    # -- claims that are shown only -----------------------------------------

    def claim(self, a: Assertion) -> ClaimView:
        """Return a claim that is shown and not walked."""
        known = self._claims.get(a.id)
        if known is None:
            known = self._claims[a.id] = self._claim(a)
        return known

    def _claim(self, a: Assertion) -> ClaimView:
        sign = sign_of_relation(a.relation)
        subject, object_ = self.ref(a.subject), self.ref(a.object)
        cell, disease = self.maybe(a.cell), self.maybe(a.disease)
        species = self.maybe(a.species)
        negated = a.polarity == "negated"
        verb = f"was shown not to {infinitive(a.relation)}" if negated else a.relation
        where = place(cell, disease, species)
        needs = self._needs(model_of(self.kb).claim(a)) if a.requires else ""
        given = f", given {needs}" if needs else ""
        return ClaimView(
            id=a.id,
            kind=a.kind,
            subject=subject,
            relation=a.relation,
            object=object_,
            sign=SIGN_WORDS.get(sign, ""),
            polarity=a.polarity,
            status=self.kb.status(a),
            sentence=f"{subject.label} {verb} {object_.label}{where}{given}.",
            cell=cell,
            disease=disease,
            species=species,
            seen_in=self.seen_in(a.id),
            evidence=self.evidence(a.id),
            note=a.note,
        )

    def claims(self, rows: Iterable[Assertion]) -> tuple[ClaimView, ...]:
        """Return claims that are shown and not walked."""
        return tuple(self.claim(row) for row in rows)
