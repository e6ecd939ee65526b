"""Biolink classes of nodes, and the kinds of entity that they are."""

from __future__ import annotations

from collections.abc import Iterable

KINDS: dict[str, str] = {
    "Drug": "drug",
    "SmallMolecule": "chemical",
    "ChemicalEntity": "chemical",
    "ChemicalSubstance": "chemical",
    "ChemicalMixture": "chemical",
    "MolecularMixture": "chemical",
    "MolecularEntity": "chemical",
    "ComplexMolecularMixture": "chemical",
    "NucleicAcidEntity": "chemical",
    "Food": "chemical",
    "ProcessedMaterial": "chemical",
    "ChemicalRole": "chemical",
    "Treatment": "combination",
    "Protein": "protein",
    "Polypeptide": "protein",
    "ProteinIsoform": "protein",
    "ProteinFamily": "protein family",
    "GeneFamily": "protein family",
    "GeneGroupingMixin": "protein family",
    "ProteinDomain": "feature",
    "NucleicAcidSequenceMotif": "feature",
    "Gene": "gene",
    "GeneOrGeneProduct": "gene",
    "GeneProductMixin": "gene",
    "MicroRNA": "gene",
    "RNAProduct": "gene",
    "NoncodingRNAProduct": "gene",
    "SiRNA": "gene",
    "Transcript": "gene",
    "MacromolecularComplex": "complex",
    "MacromolecularComplexMixin": "complex",
    "BiologicalProcess": "process",
    "BiologicalProcessOrActivity": "process",
    "PhysiologicalProcess": "process",
    "PathologicalProcess": "process",
    "MolecularActivity": "process",
    "Pathway": "process",
    "Disease": "disease",
    "DiseaseOrPhenotypicFeature": "disease",
    "PhenotypicFeature": "phenotype",
    "ClinicalFinding": "phenotype",
    "BehavioralFeature": "phenotype",
    "Cell": "cell",
    "CellLine": "cell line",
    "AnatomicalEntity": "anatomy",
    "GrossAnatomicalStructure": "anatomy",
    "CellularComponent": "anatomy",
    "OrganismTaxon": "taxon",
    "SequenceVariant": "state",
    "BiologicalEntity": "",
    "NamedThing": "",
    "Entity": "",
    "ThingWithTaxon": "",
    "PhysicalEssence": "",
    "PhysicalEssenceOrOccurrent": "",
    "OntologyClass": "",
    "ChemicalEntityOrGeneOrGeneProduct": "",
    "ChemicalEntityOrProteinOrPolypeptide": "",
    "GenomicEntity": "",
    "Occurrent": "",
    "SubjectOfInvestigation": "",
    "OrganismalEntity": "",
}
"""The kind of each class, most telling first; "" for classes too wide to have one."""

_RANK = {name: place for place, name in enumerate(KINDS)}
# Elsewhere in lower case or with underlines: `protein`, `small_molecule`.
_LOOSE = {name.casefold(): name for name in KINDS} | {
    "compound": "ChemicalEntity",
    "chemical": "ChemicalEntity",
    "complex": "MacromolecularComplex",
    "phenotype": "PhenotypicFeature",
}


def known_class(written: str) -> str:
    """Return the class that a name means, whatever its prefix, case and breaks between words."""
    name = written.rpartition(":")[2].strip()
    if name in _RANK:
        return name
    return _LOOSE.get(name.replace("_", "").replace(" ", "").casefold(), name)


def choose(classes: Iterable[str]) -> tuple[str, str]:
    """Return class and kind of a node that has some classes; `NamedThing` if none is known.

    Nodes list their class with all above it; the one that tells most is taken.
    """
    names = [known_class(name) for each in classes for name in each.split("|")]
    known = [name for name in names if name in _RANK]
    if not known:
        return "NamedThing", ""
    best = min(known, key=_RANK.__getitem__)
    return best, KINDS[best]
