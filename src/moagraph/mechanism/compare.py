"""`compare D D ...`: drugs side by side, with numbers, and with what is not known said so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from moagraph.answers.comparison import (
    ASPECTS,
    NOT_ADVICE,
    NOT_HEAD_TO_HEAD,
    NOT_TESTED,
    Cell,
    Comparison,
    Row,
)
from moagraph.answers.effects import Effects, EffectView, ObservedView
from moagraph.errors import QuestionError
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.compare_claims import ClaimAspects
from moagraph.mechanism.compare_facts import FactAspects
from moagraph.mechanism.effects import effects
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.question import Question
from moagraph.vocabulary import walkable

# Rows of outcomes and adverse effects that no path predicts stand under their own aspects.
_SEEN_ONLY = ("observed_only", "shown_not", "refuted")
_DRUGS = ("drug", "chemical", "combination", "drug class")


def compare(kb: KnowledgeBase, names: Sequence[str], aspects: Iterable[str] = ()) -> Comparison:
    """Compare drugs by aspects, all of them unless some are asked for.

    Raises:
        UnknownName, AmbiguousName: a name leads to nothing or to several things.
        QuestionError: an aspect that does not exist, a name that is no drug, or none at all.
    """
    asked = tuple(aspects)
    for name in asked:
        if name not in ASPECTS:
            raise QuestionError(f"no aspect {name!r}; there are: {', '.join(ASPECTS)}")
    entities = [kb.resolve(name) for name in names]
    if not entities:
        raise QuestionError("name at least one drug to compare")
    for entity in entities:
        if entity.kind not in _DRUGS:
            raise QuestionError(f"{entity.label} is a {entity.kind}, not a drug")
    drugs = tuple(dict.fromkeys(e.id for e in entities))
    wanted = tuple(a for a in ASPECTS if not asked or a in asked)
    tables = _Aspects(kb, drugs)
    lines = [row for aspect in wanted for row in tables.rows(aspect)]
    return Comparison(
        tables.claims.builder.refs(drugs),
        tuple(lines),
        wanted,
        _notes(wanted, lines),
        kb.version,
        {"drugs": list(drugs), "aspects": list(wanted)},
    )


def _notes(wanted: tuple[str, ...], lines: list[Row]) -> tuple[str, ...]:
    notes = []
    if any(c.status == "not tested" for row in lines for c in row.cells.values()):
        notes.append(NOT_TESTED)
    if "effects" in wanted:
        notes.append("Effects: paths that fire in human, no cell or disease named.")
    if {"indications", "safety"} & set(wanted):
        notes.append(NOT_HEAD_TO_HEAD)
    if {"indications", "pharmacology", "safety"} & set(wanted):
        notes.append(NOT_ADVICE)
    return tuple(notes)


class _Aspects:
    """Makes the rows of each aspect."""

    def __init__(self, kb: KnowledgeBase, drugs: tuple[str, ...]) -> None:
        self.kb = kb
        self.drugs = drugs
        self.claims = ClaimAspects(kb, drugs)
        self.facts = FactAspects(kb, drugs, self.claims.builder)

    def rows(self, aspect: str) -> list[Row]:
        """Return the rows of an aspect: contrasts first, then what most drugs have.

        The evidence of a predicted effect is that of its best path and of the observations.
        """
        makers: dict[str, Callable[[], Iterator[Row]]] = {
            "neosubstrates": self.claims.neosubstrates,
            "binding": self.claims.binding,
            "effects": self._effects,
            "indications": self._indications,
        }
        if aspect in makers:
            return sorted(makers[aspect](), key=_order)
        if aspect == "safety":
            # Figures with n and trial come before bare observations of as many drugs.
            return sorted([*self.facts.rows(aspect), *self._safety()], key=_by_having)
        return list(self.facts.rows(aspect))

    # -- effects ------------------------------------------------------------

    def _effects(self) -> Iterator[Row]:
        degraded = {row.item.id for row in self.claims.neosubstrates()}
        cells: dict[str, dict[str, Cell]] = {}
        for drug in self.drugs:
            answer = effects(self.kb, Question(drug))
            for item, cell in self._effect_cells(drug, answer):
                if item not in degraded:
                    cells.setdefault(item, {})[drug] = cell
        elsewhere = {*self.claims.indications(), *self.claims.safety()}
        for item, by_drug in cells.items():
            if item in elsewhere and all(c.status in _SEEN_ONLY for c in by_drug.values()):
                continue
            row = {drug: by_drug.get(drug) or Cell("", "none") for drug in self.drugs}
            yield Row("effects", self.claims.ref(item), row)

    def _effect_cells(self, drug: str, answer: Effects) -> Iterator[tuple[str, Cell]]:
        seen = {view.object.id: view for view in answer.observed}
        for effect in answer.effects:
            yield effect.object.id, self._predicted(effect, seen.get(effect.object.id))
        predicted = {effect.object.id for effect in answer.effects}
        for item, view in seen.items():
            if item not in predicted:
                yield item, _observed(view)
        for item in self._shown_not(drug) - predicted - set(seen):
            yield item, self._negative(drug, item)

    def _predicted(self, effect: EffectView, seen: ObservedView | None) -> Cell:
        places = [self.kb.label(cell) for cell in effect.groups if cell]
        words = [f"in {', '.join(places)}"] if places else []
        if effect.sign == "conflicting":
            by_cell = [f"{sign} in {self.kb.label(c)}" for c, sign in effect.groups.items() if c]
            words = [", ".join(by_cell)] if by_cell else []
        words += ["disputed"] if effect.disputed else []
        agreed = {
            "explained": "observed too",
            "contradicted": f"but observed: {seen.sign}" if seen else "",
        }
        words += [w for w in (agreed.get(effect.agreement, ""),) if w]
        steps = {step.id: step for path in effect.paths[:1] for step in path.steps}
        evidence = [e for step in steps.values() for e in step.evidence]
        evidence += [e for claim in effect.observations for e in claim.evidence]
        ids = [*steps, *(claim.id for claim in effect.observations)]
        text = "; ".join(words)
        return Cell(
            text,
            effect.sign,
            tuple(dict.fromkeys(evidence)),
            text,
            (),
            tuple(dict.fromkeys(ids)),
            effect.sign,
        )

    def _shown_not(self, drug: str) -> set[str]:
        return {
            a.object
            for a in self.kb.by_subject.get(drug, ())
            if a.polarity == "negated"
            and a.kind in ("mechanism", "observation")
            and walkable(sign_of_relation(a.relation))
            and self.kb.status(a) == "negated"
        }

    def _negative(self, drug: str, item: str) -> Cell:
        claims = [
            a
            for a in self.kb.by_subject.get(drug, ())
            if a.object == item and a.polarity == "negated" and self.kb.status(a) == "negated"
        ]
        views = self.claims.builder.claims(claims)
        evidence = tuple(e for view in views for e in view.evidence)
        text = "; ".join(view.sentence for view in views)
        return Cell(text, "shown_not", evidence, text, (), tuple(a.id for a in claims))

    # -- indications and safety ---------------------------------------------

    def _indications(self) -> Iterator[Row]:
        cells = self.claims.indications()
        for disease, by_drug in self.facts.by_disease().items():
            row = cells.setdefault(disease, {drug: Cell("", "not recorded") for drug in self.drugs})
            for drug, lines in by_drug.items():
                places = {line.fact.jurisdiction for line in lines if line.fact}
                row[drug] = _labelled(row[drug], self.facts.cell(lines), places - {""})
        for disease, row in cells.items():
            yield Row("indications", self.claims.ref(disease), row)

    def _safety(self) -> Iterator[Row]:
        for item, cells in self.claims.safety().items():
            yield Row("safety", self.claims.ref(item), cells)


def _observed(view: ObservedView) -> Cell:
    status = "conflicting" if view.sign == "conflicting" else "observed_only"
    places = [c.cell.label for c in view.observations if c.cell]
    places += [c.disease.label for c in view.observations if c.disease]
    where = f" in {', '.join(dict.fromkeys(places))}" if places else ""
    text = f"{view.sign or 'refuted'}{where}"
    if not view.sign:
        status = "refuted"
    return Cell(
        text,
        status,
        tuple(e for claim in view.observations for e in claim.evidence),
        text,
        (),
        tuple(claim.id for claim in view.observations),
        view.sign,
    )


def _labelled(cell: Cell, label: Cell, places: set[str]) -> Cell:
    """Add what labels and agencies say to the cell of outcome claims."""
    status = "label" if cell.status == "not recorded" else cell.status
    said = f"label: {', '.join(sorted(places))}" if places and status != "label" else label.summary
    if status != "label" and not places:
        said = ""
    return replace(
        cell,
        value="; ".join(v for v in (cell.value, label.value) if v),
        status=status,
        evidence=(*cell.evidence, *label.evidence),
        summary="; ".join(part for part in (cell.summary, said) if part),
        claims=(*cell.claims, *label.claims),
    )


def _by_having(row: Row) -> tuple[bool, int]:
    return (not row.contrast, -sum(cell.positive for cell in row.cells.values()))


def _order(row: Row) -> tuple[bool, int, int, str]:
    having = sum(cell.positive for cell in row.cells.values())
    evidence = sum(len(cell.evidence) for cell in row.cells.values())
    return (not row.contrast, -having, -evidence, row.item.label)
