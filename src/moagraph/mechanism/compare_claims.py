"""The aspects of a comparison that rest on claims: what is shown, shown not, or not tested.

A combination's outcome and adverse effects are the combination's; a cell that has nothing else
says `in combination`. A claim that is negated only in some cell or species does not undo a
positive one: the cell says where it was shown not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from moagraph.answers.comparison import Cell, Row
from moagraph.answers.measures import measures_of, ordered, summary
from moagraph.answers.parts import Ref
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.records import Assertion

DEGRADES = "increases degradation of"
BINDS = "binds"
HARMS = ("causes", "associated with", "promotes", "increases")
_TRAITS = ("phenotype", "disease")

Pick = Callable[[Assertion], bool]
Groups = dict[str, dict[str, list[Assertion]]]


class ClaimAspects:
    """Rows of claims for some drugs, each claim's evidence read once."""

    def __init__(self, kb: KnowledgeBase, drugs: tuple[str, ...]) -> None:
        self.kb = kb
        self.drugs = drugs
        self.builder = Builder(kb)
        self.combinations = {drug: combinations_with(kb, drug) for drug in drugs}

    # -- neosubstrates and binding ------------------------------------------

    def neosubstrates(self) -> Iterator[Row]:
        """Return what the drugs have degraded, with every number."""

        def glue(a: Assertion) -> bool:
            return a.relation == DEGRADES and a.kind in ("mechanism", "observation")

        yield from self._shown("neosubstrates", self._by_object(glue))

    def binding(self) -> Iterator[Row]:
        """Return what the drugs bind, with every number."""
        groups: Groups = {}
        for drug in self.drugs:
            rows = (*self.kb.by_subject.get(drug, ()), *self.kb.by_object.get(drug, ()))
            for a in rows:
                if a.relation == BINDS:
                    other = a.object if a.subject == drug else a.subject
                    groups.setdefault(other, {}).setdefault(drug, []).append(a)
        yield from self._shown("binding", groups)

    def _by_object(self, pick: Pick) -> Groups:
        groups: Groups = {}
        for drug in self.drugs:
            for a in self.kb.by_subject.get(drug, ()):
                if pick(a):
                    groups.setdefault(a.object, {}).setdefault(drug, []).append(a)
        return groups

    def _shown(self, aspect: str, groups: Groups) -> Iterator[Row]:
        for item, by_drug in groups.items():
            cells = {drug: self.shown_cell(by_drug.get(drug, ())) for drug in self.drugs}
            yield Row(aspect, self.builder.ref(item), cells)

    def shown_cell(self, claims: Iterable[Assertion]) -> Cell:
        """Return the cell of claims of one drug on one item, positive and negative."""
        claims = tuple(claims)
        if not claims:
            return Cell("", "not tested")
        evidence = tuple(e for a in claims for e in self.builder.evidence(a.id))
        # Numbers of a negated claim speak of the absence; inconclusive rows are kept, marked.
        measures = tuple(ordered(measures_of(evidence)))
        status = shown_status(self.kb, claims)
        where = self._shown_not_in(claims) if status not in ("shown not", "not tested") else ""
        about = self._only_in(claims)
        words = [w for w in (about, where) if w]
        return Cell(
            "; ".join([*words, *(_marked(m.text, m.stance) for m in measures)]),
            status,
            evidence,
            "; ".join([*words, *([s] if (s := summary(measures)) else [])]),
            measures,
            tuple(a.id for a in claims),
        )

    def _shown_not_in(self, claims: tuple[Assertion, ...]) -> str:
        places = [
            self.kb.label(value)
            for a in claims
            if a.polarity == "negated" and self.kb.status(a) == "negated"
            for value in (a.cell, a.disease, a.species)
            if value
        ]
        return f"shown not in {', '.join(dict.fromkeys(places))}" if places else ""

    def _only_in(self, claims: tuple[Assertion, ...]) -> str:
        """Return the restriction that all claims share, if they have any."""
        places = {(a.cell, a.disease, a.species) for a in claims}
        if len(places) != 1:
            return ""
        values = [self.kb.label(v) for v in next(iter(places)) if v]
        return f"in {', '.join(values)}" if values else ""

    # -- indications and safety ---------------------------------------------

    def indications(self) -> dict[str, dict[str, Cell]]:
        """Return a cell by disease and drug for outcome claims; facts are added elsewhere."""

        def outcome(a: Assertion) -> bool:
            return a.kind == "outcome"

        return self._with_combinations(outcome, "alone")

    def safety(self) -> dict[str, dict[str, Cell]]:
        """Return a cell by phenotype or disease and drug for adverse observations."""

        def adverse(a: Assertion) -> bool:
            entity = self.kb.entities.get(a.object)
            return (
                a.kind == "observation"
                and a.relation in HARMS
                and entity is not None
                and entity.kind in _TRAITS
            )

        return self._with_combinations(adverse, "observed")

    def _with_combinations(self, pick: Pick, word: str) -> dict[str, dict[str, Cell]]:
        own: Groups = self._by_object(pick)
        joint: Groups = {}
        for drug, combinations in self.combinations.items():
            for combination in combinations:
                for a in self.kb.by_subject.get(combination, ()):
                    if pick(a):
                        joint.setdefault(a.object, {}).setdefault(drug, []).append(a)
        return {
            item: {
                drug: self._joint_cell(
                    own.get(item, {}).get(drug, []), joint.get(item, {}).get(drug, []), word
                )
                for drug in self.drugs
            }
            for item in dict.fromkeys((*own, *joint))
        }

    def _joint_cell(self, own: list[Assertion], joint: list[Assertion], word: str) -> Cell:
        if not own and not joint:
            return Cell("", "not recorded")
        alone = self.shown_cell(own)
        status = {"shown": word, "weak": word}.get(alone.status, alone.status)
        if not own or (status == "inconclusive" and joint):
            joined = shown_status(self.kb, tuple(joint))
            status = "in combination" if joined in ("shown", "weak") else joined
        evidence = tuple(e for a in (*own, *joint) for e in self.builder.evidence(a.id))
        measures = tuple(ordered(measures_of(evidence)))
        partners = [self.kb.label(a.subject) for a in joint]
        brief = _partners(partners, alone=bool(own)) or summary(alone.measures, 1)
        value = [self._outcome_words(a) for a in (*own, *joint)]
        value += [f"{m.text} [{m.reference}]" for m in measures]
        claims = tuple(a.id for a in (*own, *joint))
        return Cell("; ".join(value), status, evidence, brief, measures, claims)

    def _outcome_words(self, a: Assertion) -> str:
        verb = f"not {a.relation}" if a.polarity == "negated" else a.relation
        places = [self.kb.label(v) for v in (a.cell, a.disease, a.species) if v]
        where = f" in {', '.join(places)}" if places else ""
        words = f"{self.kb.label(a.subject)} {verb} {self.kb.label(a.object)}{where}"
        return f"{words} [{self.kb.status(a)}]"

    def ref(self, item: str) -> Ref:
        """Return an item by id and label."""
        return self.builder.ref(item)


def _partners(names: list[str], *, alone: bool) -> str:
    """Return the combinations of a cell in few words."""
    if not names:
        return ""
    if len(names) == 1:
        return f"and in {names[0]}" if alone else names[0]
    return f"and in {len(names)} combinations" if alone else f"{names[0]}; +{len(names) - 1} more"


def combinations_with(kb: KnowledgeBase, drug: str) -> tuple[str, ...]:
    """Return the combinations that contain a drug, in the order of the table."""
    return tuple(e.id for e in kb.entities_of_kind("combination") if drug in e.members)


def shown_status(kb: KnowledgeBase, claims: tuple[Assertion, ...]) -> str:
    """Return shown, weak, shown not, contested, refuted, inconclusive or not tested.

    A claim without supporting or refuting evidence alone is inconclusive. A negated claim that
    holds everywhere beside a shown one makes it contested; one restricted to a cell, disease or
    species does not.
    """
    if not claims:
        return "not tested"
    held: set[str] = set()
    strong = False
    for a in claims:
        status = kb.status(a)
        if status in ("supported", "contested"):
            held.add("shown" if status == "supported" and a.polarity == "asserted" else "contested")
            strong = strong or a.extent != "weak"
        elif status == "negated":
            limited = a.cell or a.disease or a.species
            held.add("shown not there" if limited else "shown not")
        elif status == "refuted":
            held.add("refuted")
    positive = "shown" in held or "contested" in held
    if "contested" in held or (positive and "shown not" in held):
        return "contested"
    if positive:
        return "shown" if strong else "weak"
    if held & {"shown not", "shown not there"}:
        return "shown not"
    return "refuted" if held else "inconclusive"


def _marked(text: str, stance: str) -> str:
    return text if stance == "supports" else f"{text} [{stance}]"
