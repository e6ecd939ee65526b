"""The aspects of a comparison that rest on facts: values with their conditions, side by side.

Superseded facts are left out. Figures of a comparator arm stand in the row of the figure that
they belong to, named as comparator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moagraph.answers.comparison import Cell, Row
from moagraph.answers.parts import EvidenceView, Ref
from moagraph.knowledge import KnowledgeBase
from moagraph.lookup.facts import FactLine, facts
from moagraph.mechanism.build import Builder

CHEMISTRY = (
    "substructure",
    "structural_difference",
    "ring_system",
    "formula",
    "average_mass",
    "monoisotopic_mass",
    "chirality",
    "smiles",
    "inchi",
    "inchikey",
    "iupac_name",
    "cas",
    "hydrate_form",
    "ring_system_count",
    "derived_from",
    "pubchem_cid",
    "chembl_id",
    "unii",
)
INDICATIONS = (
    "approval",
    "indication",
    "regimen_status",
    "line_of_therapy",
    "limitation_of_use",
    "withdrawn_application",
)
SAFETY = (
    "boxed_warning",
    "contraindication",
    "warning",
    "combination_warning",
    "risk_programme",
    "teratogenicity_status",
    "teratogenicity_animal",
    "adverse_reactions_common",
    "second_primary_malignancy",
    "second_primary_malignancy_haematologic",
    "second_primary_malignancy_invasive",
    "aml_mds_after_treatment",
    "neurological_adverse_events",
    "qt_effect",
    "lactation",
    "contraception",
    "pregnancy_testing",
    "male_precaution",
    "monitoring",
)
_SAFETY_ENDS = ("_any_grade", "_grade_3_4", "_grade_1_2", "_serious")
# Known and compared by no aspect: efficacy, regulation, ownership; `facts` shows them.
ELSEWHERE = (
    "progression",
    "overall",
    "median ",
    "complete",
    "transfusion_independence",
    "responders",
    "deaths",
    "mortality",
    "clinical_trial",
    "owner",
    "history",
    "marketing_status",
    "application_",
    "orphan_designation",
    "generic_launch",
    "background_statement",
    "development_",
    "atc_code",
    "drug_class",
    "drug_generation",
    "risk_programme_",
    "pregnancy_registry",
    "dose_delay",
    "second_dose",
    "frequency",
    "samples",
    "mechanism_of_action_label",
    "protein_",
)
_PHARMACOLOGY_FIRST = (
    "route",
    "dose",
    "tmax",
    "half_life",
    "protein_binding",
    "elimination_route",
    "metabolism",
    "fraction_excreted_unchanged",
    "clearance_total",
    "renal_clearance",
    "exposure_change_auc",
    "dose_adjustment",
    "interaction",
)
_COMPARATOR = "_comparator"


def aspect_of(property_: str) -> str:
    """Return the aspect that a property belongs to, pharmacology unless it is known better."""
    name = property_.removesuffix(_COMPARATOR)
    if name in CHEMISTRY:
        return "chemistry"
    if name in INDICATIONS:
        return "indications"
    if name in SAFETY or name.endswith(_SAFETY_ENDS):
        return "safety"
    if name == "protein_binding":
        return "pharmacology"
    return "" if name.startswith(ELSEWHERE) else "pharmacology"


class FactAspects:
    """Rows of facts for some drugs."""

    def __init__(self, kb: KnowledgeBase, drugs: tuple[str, ...], builder: Builder) -> None:
        self.kb = kb
        self.drugs = drugs
        self.builder = builder
        self.lines = {drug: _current(kb, drug) for drug in drugs}

    def rows(self, aspect: str) -> Iterator[Row]:
        """Return one row for each property of an aspect that some drug has."""
        found: dict[str, dict[str, list[FactLine]]] = {}
        for drug, lines in self.lines.items():
            for line in lines:
                if line.fact and aspect_of(line.fact.property) == aspect:
                    name = line.fact.property.removesuffix(_COMPARATOR)
                    found.setdefault(name, {}).setdefault(drug, []).append(line)
        for name in sorted(found, key=lambda name: _rank(name, found[name])):
            cells = {drug: self.cell(found[name].get(drug, ())) for drug in self.drugs}
            yield Row(aspect, Ref(name, words(name)), cells)

    def cell(self, lines: Iterable[FactLine]) -> Cell:
        """Return the cell of the facts of one drug, those of more people first."""
        lines = sorted(lines, key=_by_people)
        if not lines:
            return Cell("", "not stated")
        texts = [self.text(line) for line in lines]
        more = f"; +{len(texts) - 1} more" if len(texts) > 1 else ""
        ids = tuple(line.fact.id for line in lines if line.fact)
        return Cell("; ".join(texts), "stated", self.evidence(ids), texts[0] + more, (), ids)

    def evidence(self, ids: Iterable[str]) -> tuple[EvidenceView, ...]:
        """Return the evidence about facts."""
        return tuple(e for fact in ids for e in self.builder.evidence(fact))

    def text(self, line: FactLine) -> str:
        """Return a value with n, arm, population, condition, indication, place and date."""
        fact = line.fact
        if fact is None:
            return line.value
        said = " ".join((line.value, fact.population, fact.arm)).casefold()
        details = (
            f"n={fact.n}" if fact.n else "",
            fact.arm,
            fact.population,
            fact.condition,
            line.indication if line.indication.casefold() not in said else "",
            line.regimen if line.regimen.casefold() not in said else "",
            fact.jurisdiction,
            fact.date,
        )
        shown = ", ".join(d for d in details if d)
        return f"{line.value} ({shown})" if shown else line.value

    def by_disease(self) -> dict[str, dict[str, list[FactLine]]]:
        """Return what labels and agencies say of indications, by disease and drug."""
        found: dict[str, dict[str, list[FactLine]]] = {}
        for drug in self.drugs:
            for line in self.lines[drug]:
                fact = line.fact
                if fact and fact.indication and aspect_of(fact.property) == "indications":
                    found.setdefault(fact.indication, {}).setdefault(drug, []).append(line)
        return found


def _current(kb: KnowledgeBase, drug: str) -> tuple[FactLine, ...]:
    """Return the current facts of a drug."""
    lines = facts(kb, drug).lines
    return tuple(line for line in lines if line.fact and line.fact.status == "current")


def words(property_: str) -> str:
    """Return a property as a reader would write it."""
    text = property_.replace("_", " ")
    return text.replace("grade 3 4", "grade 3-4").replace("grade 1 2", "grade 1-2")


def _rank(name: str, by_drug: dict[str, list[FactLine]]) -> tuple[int, int, str]:
    for order in (_PHARMACOLOGY_FIRST, CHEMISTRY, SAFETY):
        if name in order:
            return (-len(by_drug), order.index(name), name)
    return (-len(by_drug), 99, name)


def _by_people(line: FactLine) -> tuple[bool, int, str]:
    fact = line.fact
    if fact is None:
        return (True, 0, "")
    people = int(fact.n) if fact.n.isdigit() else 0
    return (fact.property.endswith(_COMPARATOR), -people, fact.id)
