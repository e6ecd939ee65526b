"""Closed vocabularies: a cell holds one of a few words, or it is an error."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from moagraph import vocabulary as v
from moagraph.check.book import Book, fault, short
from moagraph.findings import Finding
from moagraph.records import Record
from moagraph.relations import RELATIONS

Words = tuple[str, tuple[str, ...], bool]
"""Column, its words, and whether it may be empty."""

_WORDS: dict[str, tuple[Words, ...]] = {
    "entities": (("kind", tuple(sorted(v.ENTITY_KINDS)), False),),
    "machines": (("strength", v.STRENGTHS, False),),
    "variants": (("effect", v.VARIANT_EFFECTS, False),),
    "assertions": (
        ("kind", v.ASSERTION_KINDS, False),
        ("polarity", v.POLARITIES, False),
        ("transfer", v.TRANSFERS, True),
        ("extent", v.EXTENTS, True),
        ("directness", v.DIRECTNESS, True),
    ),
    "evidence": (("stance", v.STANCES, False), ("basis", v.BASES, True)),
    "sources": (("kind", v.SOURCE_KINDS, False),),
    "facts": (("status", v.FACT_STATUSES, True),),
}

CATEGORIES: dict[str, tuple[str, ...]] = {
    "drug": ("SmallMolecule", "Drug", "ChemicalEntity", "MolecularMixture", "Protein"),
    "drug class": ("ChemicalEntity", "Drug", "SmallMolecule", "ChemicalRole"),
    "combination": ("Drug", "MolecularMixture", "ChemicalMixture", "Treatment"),
    "chemical": (
        "SmallMolecule",
        "ChemicalEntity",
        "MolecularEntity",
        "MolecularMixture",
        "Drug",
        "Protein",
        "NucleicAcidEntity",
        "ChemicalRole",
    ),
    "protein": ("Protein", "Polypeptide"),
    "protein family": ("ProteinFamily", "GeneFamily"),
    "gene": ("Gene", "MicroRNA", "RNAProduct", "NoncodingRNAProduct", "Transcript"),
    "complex": ("MacromolecularComplex", "CellularComponent"),
    "feature": ("ProteinDomain", "NucleicAcidSequenceMotif"),
    "process": (
        "BiologicalProcess",
        "Pathway",
        "MolecularActivity",
        "PhysiologicalProcess",
        "BiologicalProcessOrActivity",
    ),
    "phenotype": ("PhenotypicFeature", "ClinicalFinding", "BehavioralFeature", "Disease"),
    "disease": ("Disease", "PhenotypicFeature", "DiseaseOrPhenotypicFeature"),
    "cell": ("Cell",),
    "cell line": ("CellLine",),
    "anatomy": ("AnatomicalEntity", "CellularComponent", "GrossAnatomicalStructure"),
    "state": ("BiologicalEntity", "PhenotypicFeature", "PathologicalProcess", "SequenceVariant"),
    "taxon": ("OrganismTaxon",),
}
"""Biolink 4.4.4 classes that an entity of a kind may have; NamedThing always fits."""


def check_terms(book: Book) -> Iterator[Finding]:
    """Find words outside their vocabulary, and relations that are none."""
    for table, columns in _WORDS.items():
        rows: Iterable[Record] = getattr(book.tables, table)
        for row in rows:
            for column, words, optional in columns:
                value = getattr(row, column)
                if value not in words and not (optional and not value):
                    yield _unknown_term(row, column, value, words)
    for assertion in book.tables.assertions:
        if assertion.relation not in RELATIONS:
            near = difflib.get_close_matches(assertion.relation, RELATIONS, 1, 0.5)
            hint = f"; the nearest is {near[0]!r}" if near else ""
            yield fault(
                "unknown-relation",
                assertion,
                "relation",
                f"{short(assertion.relation)} is no relation{hint}",
                f"use one of: {', '.join(RELATIONS)}",
            )
    for entity in book.tables.entities:
        fitting = CATEGORIES.get(entity.kind)
        if fitting and entity.category not in (*fitting, "NamedThing", "BiologicalEntity"):
            yield fault(
                "unknown-category",
                entity,
                "category",
                f"{short(entity.category)} is no category of a {entity.kind}",
                f"use {fitting[0]}, or one of: {', '.join(fitting[1:]) or 'NamedThing'}",
            )


def _unknown_term(row: Record, column: str, value: str, words: tuple[str, ...]) -> Finding:
    return fault(
        "unknown-term",
        row,
        column,
        f"{column} {short(value)} is none of: {', '.join(words)}",
        f"use one of: {', '.join(words)}",
    )
