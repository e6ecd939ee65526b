"""Our mechanisms as DrugMechDB records: one per drug and disease that it treats.

A record is a plain graph, so much is lost, and each loss is listed once per record: machines and
gates (the AND), contexts, what is contested, numbers, evidence without a PubMed id, entities
without an identifier that DrugMechDB knows. Only paths that fire and vote are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from moagraph.errors import QuestionError
from moagraph.formats.drugmechdb.identifiers import denormalise
from moagraph.formats.drugmechdb.records import DrugMechRecord, EvidenceItem, Link, Node
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.explain import Found
from moagraph.mechanism.question import Question
from moagraph.records import Assertion, Entity
from moagraph.vocabulary import DISEASE_KINDS

KEYS: dict[str, str] = {
    "activates": "increases activity of",
    "activates transcription of": "increases expression of",
    "affects": "regulates",
    "causes": "causes",
    "correlated with": "correlated with",
    "decreases": "negatively regulates",
    "decreases abundance of": "decreases abundance of",
    "decreases degradation of": "increases stability of",
    "decreases expression of": "decreases expression of",
    "increases": "positively regulates",
    "increases abundance of": "increases abundance of",
    "increases degradation of": "increases degradation of",
    "increases expression of": "increases expression of",
    "inhibits": "decreases activity of",
    "interacts with": "interacts with",
    "linked to": "part of",
    "manifestation of": "manifestation of",
    "negatively correlated with": "negatively correlated with",
    "occurs in": "occurs in",
    "participates in": "participates in",
    "positively correlated with": "positively correlated with",
    "promotes": "contributes to",
    "represses transcription of": "decreases expression of",
    "restrains": "negatively regulates",
    "sustains": "contributes to",
}
"""The link key of each relation that can be a step; its sign in DrugMechDB is ours."""

MAX_SEARCHED = 20_000_000
"""The most pairs of drug and disease, times the claims of the graph, that are searched."""
_NARROWER = frozenset(
    {"activates transcription of", "decreases degradation of", "represses transcription of"}
)
_ACTIVE = frozenset({"protein", "protein family", "complex", "process", "gene"})
_MOLECULAR = frozenset({"protein", "protein family", "complex", "gene", "chemical"})
_LOWERING = frozenset(
    {
        "decreases abundance of",
        "decreases activity of",
        "decreases expression of",
        "increases degradation of",
    }
)
_BY_OBJECT = _LOWERING | {
    "increases abundance of",
    "increases activity of",
    "increases expression of",
}
"""Keys that take molecules, or what has an activity, as objects."""
_LABELS = {
    "drug": "Drug",
    "drug class": "Drug",
    "combination": "Drug",
    "chemical": "ChemicalSubstance",
    "protein": "Protein",
    "gene": "Protein",
    "protein family": "GeneFamily",
    "complex": "MacromolecularComplex",
    "process": "BiologicalProcess",
    "disease": "Disease",
    "phenotype": "PhenotypicFeature",
    "cell": "Cell",
    "cell line": "Cell",
    "anatomy": "GrossAnatomicalStructure",
    "taxon": "OrganismTaxon",
}
_PREFIXES: dict[str, tuple[str, ...]] = {
    "Drug": ("mesh", "drugbank"),
    "ChemicalSubstance": ("mesh", "CHEBI"),
    "Protein": ("uniprot",),
    "GeneFamily": ("interpro", "pfam"),
    "MacromolecularComplex": ("PR", "GO"),
    "BiologicalProcess": ("GO",),
    "Disease": ("mesh",),
    "PhenotypicFeature": ("HP", "mesh"),
    "Cell": ("CL",),
    "GrossAnatomicalStructure": ("UBERON",),
    "OrganismTaxon": ("NCBITaxon",),
}
_STANCES = {"supports": "SUPPORT", "refutes": "REFUTE", "inconclusive": "NO_EVIDENCE"}


class Written(NamedTuple):
    """A record, and what the mechanism lost on the way into it."""

    record: DrugMechRecord
    losses: tuple[str, ...]


def treated(kb: KnowledgeBase) -> list[tuple[str, str]]:
    """Return the pairs of a drug and a disease that it treats, by the outcomes of a graph."""
    pairs = {
        (c.subject, c.object)
        for c in kb.claims_of_kind("outcome")
        if c.polarity == "asserted"
        and kb.status(c) in ("supported", "contested")
        and _kind(kb, c.subject) == "drug"
        and _kind(kb, c.object) in DISEASE_KINDS
    }
    return sorted(pairs)


def write(kb: KnowledgeBase, pairs: Iterable[tuple[str, str]] = ()) -> Iterator[Written]:
    """Yield a record for each pair of ids of which a path fires, by default all `treated`.

    Raises:
        QuestionError: no pair is given, and to search for the paths of all would take hours.
    """
    for drug, disease in pairs or _bearable(kb, treated(kb)):
        claims = _voting(kb, drug, disease)
        if claims:
            yield _Writer(kb, drug, disease).write(claims)


def _bearable(kb: KnowledgeBase, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    claims = len(kb.assertions)
    if len(pairs) * claims > MAX_SEARCHED:
        raise QuestionError(
            f"the paths of {len(pairs):,} pairs of drug and disease among {claims:,} claims would "
            "be searched for hours; choose with --between DRUG DISEASE, or write kgx-tsv, "
            "which holds all claims"
        )
    return pairs


def _voting(kb: KnowledgeBase, drug: str, disease: str) -> list[Assertion]:
    found = Found(kb, Question(drug, disease))
    ids = dict.fromkeys(i for walk in found.vote.voting for i in walk.ids)
    return [kb.assertions[i] for i in ids if i in kb.assertions]


def _kind(kb: KnowledgeBase, entity_id: str) -> str:
    entity = kb.entities.get(entity_id)
    return entity.kind if entity else ""


class _Writer:
    """Writes one record."""

    def __init__(self, kb: KnowledgeBase, drug: str, disease: str) -> None:
        self.kb = kb
        self.drug = drug
        self.disease = disease
        self.losses: dict[str, None] = {}
        self.nodes: dict[str, Node] = {}
        self.references: dict[str, None] = {}

    def write(self, claims: list[Assertion]) -> Written:
        kb = self.kb
        links = tuple(self._joined(claims))
        drug, disease = self._node(self.drug), self._node(self.disease)
        drugbank, mesh = self._id(self.drug, "drugbank"), self._id(self.drug, "mesh")
        stem = (drugbank or mesh or drug.id).rpartition(":")[2]
        disease_mesh = self._id(self.disease, "mesh")
        record = DrugMechRecord(
            f"{stem}_{(disease_mesh or disease.id).replace(':', '_')}_1",
            kb.label(self.drug),
            mesh,
            drugbank,
            kb.label(self.disease),
            disease_mesh or disease.id,
            tuple(self.nodes.values()),
            links,
            tuple(self.references),
            f"Written by moagraph from its graph {kb.version}; losses are in its report.",
        )
        return Written(record, tuple(self.losses))

    def _joined(self, claims: list[Assertion]) -> Iterator[Link]:
        """Yield the links that lead on from the drug; what none leads to is named as lost.

        Where our path passes from a component to its complex, a link says `part of`.
        """
        reached, left = {self.drug}, list(claims)
        while left:
            now = [c for c in left if c.subject in reached]
            if not now:
                passages = list(self._passages(left, reached))
                if not passages:
                    break
                yield from (self._passage(part, whole) for part, whole in passages)
                reached |= {whole for _, whole in passages}
                continue
            yield from map(self._link, now)
            left = [c for c in left if c.subject not in reached]
            reached |= {c.object for c in now}
        for claim in left:
            self._lose(f"{self._words(claim)}: no link leads to it")

    def _passages(self, left: list[Assertion], reached: set[str]) -> Iterator[tuple[str, str]]:
        """Yield pairs of a component that is reached and its complex from which claims go on."""
        for whole in dict.fromkeys(c.subject for c in left):
            entity = self.kb.entities.get(whole)
            for part in entity.members if entity and entity.kind == "complex" else ():
                if part in reached:
                    yield part, whole

    def _passage(self, part: str, whole: str) -> Link:
        names = f"{self.kb.label(part)} part of {self.kb.label(whole)}"
        self._lose(f"{names}: that the complex falls with its component")
        return Link(self._node(part).id, "part of", self._node(whole).id)

    def _link(self, claim: Assertion) -> Link:
        key = self._key(claim)
        self._conditions(claim)
        return Link(
            self._node(claim.subject).id,
            key,
            self._node(claim.object).id,
            evidence=tuple(self._evidence(claim)),
        )

    def _key(self, claim: Assertion) -> str:
        """Return the key of a claim that takes the kind of its object."""
        key, kind = KEYS.get(claim.relation, "regulates"), _kind(self.kb, claim.object)
        fits = kind in _ACTIVE if "activity" in key else kind in _MOLECULAR
        if key in _BY_OBJECT and not fits:
            return "negatively regulates" if key in _LOWERING else "positively regulates"
        if key == "contributes to" and kind not in DISEASE_KINDS:
            return "positively regulates"
        return key

    def _conditions(self, claim: Assertion) -> None:
        words = self._words(claim)
        needs = [self.kb.label(claim.via)] if claim.via else []
        needs += [claim.requires] if claim.requires else []
        if needs:
            self._lose(f"{words}: that it needs {', '.join(needs)}")
        places = [self.kb.label(p) for p in (claim.cell, claim.disease, claim.species) if p]
        if places:
            self._lose(f"{words}: that it holds in {', '.join(places)}")
        if claim.relation in _NARROWER:
            self._lose(f"{words}: written as the wider '{KEYS[claim.relation]}'")
        if self.kb.status(claim) != "supported":
            self._lose(f"{words}: that it is {self.kb.status(claim)}")

    def _evidence(self, claim: Assertion) -> Iterator[EvidenceItem]:
        for row in self.kb.evidence_about.get(claim.id, ()):
            source = self.kb.sources.get(row.source)
            if source is None or not source.pmid:
                where = row.source if source is None else source.url or source.doi or source.title
                self.references[
                    f"https://doi.org/{where}" if where.startswith("10.") else where
                ] = None
                self._lose("evidence without a PubMed id: listed among the references")
                continue
            if self.kb.quantities_of.get(row.id):
                self._lose("measured numbers")
            yield EvidenceItem(
                f"PMID:{source.pmid}",
                supports=_STANCES[row.stance],
                evidence_source="OTHER",
                explanation=row.statement,
            )
        self._lose("verbatim snippets: evidence is in our own words, as its explanation")

    def _node(self, entity_id: str) -> Node:
        known = self.nodes.get(entity_id)
        if known is None:
            entity = self.kb.entities.get(entity_id) or Entity(entity_id, entity_id)
            label = _LABELS.get(entity.kind, "BiologicalProcess")
            curie = self._preferred(entity, label)
            known = Node(denormalise(curie), label, entity.label, entity.synonyms)
            self.nodes[entity_id] = known
        return known

    def _preferred(self, entity: Entity, label: str) -> str:
        for prefix in _PREFIXES[label]:
            for curie in (entity.id, *entity.xrefs):
                if curie.startswith(f"{prefix}:"):
                    return curie
        if entity.kind not in _LABELS:
            self._lose(f"{entity.label}: written as a {label}")
        self._lose(f"{entity.label}: no identifier that DrugMechDB takes for a {label}")
        return entity.id

    def _id(self, entity_id: str, prefix: str) -> str:
        entity = self.kb.entities.get(entity_id)
        found = (entity.id, *entity.xrefs) if entity else ()
        return next((denormalise(c) for c in found if c.startswith(f"{prefix}:")), "")

    def _words(self, claim: Assertion) -> str:
        return f"{self.kb.label(claim.subject)} {claim.relation} {self.kb.label(claim.object)}"

    def _lose(self, what: str) -> None:
        self.losses[what] = None
