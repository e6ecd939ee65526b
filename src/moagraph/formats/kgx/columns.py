"""The columns of KGX that are read and written, and those of our own beside them.

Columns of our own begin with `moagraph:`; other tools keep or drop them. They hold what Biolink
4.4.4 has no word for: which machine a claim goes through, what gates it, where it is carried.
"""

from __future__ import annotations

from moagraph.vocabulary import (
    ASSERTION_KINDS,
    DIRECTNESS,
    ENTITY_KINDS,
    EXTENTS,
    TRANSFERS,
)

NODE_LISTS = frozenset(
    {"category", "xref", "synonym", "same_as", "equivalent_identifiers", "in_taxon"}
    | {"moagraph:parents", "moagraph:members", "provided_by"}
    | {"all_names", "equivalent_curies"}
)
NODE_READ = frozenset(
    {"id", "name", "category", "description", "iri", "symbol", "full_name"}
    | {"in_taxon_label", "moagraph:kind", *NODE_LISTS}
) - {"provided_by", "all_names", "equivalent_curies"}

QUALIFIERS = (
    "qualified_predicate",
    "subject_aspect_qualifier",
    "subject_direction_qualifier",
    "object_aspect_qualifier",
    "object_direction_qualifier",
    "causal_mechanism_qualifier",
    "subject_form_or_variant_qualifier",
)
EDGE_LISTS = frozenset({"publications", "has_evidence", "moagraph:refuted_by"})
EDGE_READ = frozenset(
    {"id", "subject", "predicate", "object", "negated"}
    | {"knowledge_level", "agent_type", "primary_knowledge_source", "original_predicate"}
    | {"knowledge_source", "provided_by", "supporting_text"}
    | {"sources", "directed"}
    | {"anatomical_context_qualifier", "disease_context_qualifier", "species_context_qualifier"}
    | {"moagraph:kind", "moagraph:via", "moagraph:requires", "moagraph:transfer"}
    | {"moagraph:object_cell", "moagraph:extent", "moagraph:directness", "moagraph:note"}
    | {"moagraph:status", "interaction", "sign"}
    | {*QUALIFIERS, *EDGE_LISTS}
)
OTHER_NAMES = {
    "qualified_object_aspect": "object_aspect_qualifier",
    "qualified_object_direction": "object_direction_qualifier",
}
CITATIONS = ("pmid", "pmids", "pubmed_id", "pubmed_ids", "citation", "citations")
"""Columns in which other tools name publications; a number alone is one of PubMed."""

OTHER_NODE_NAMES = {
    "all_names": "synonym",
    "equivalent_curies": "equivalent_identifiers",
}
"""Columns of RTX-KG2, by the names that Biolink gives them."""


def names_other_end(column: str) -> bool:
    """Tell whether a column that is not read makes an end something else than it is named.

    A variant, a part or a metabolite of subject or object: what the edge says of it is not said
    of the thing itself. A context is where it holds, no other thing.
    """
    if column == "qualifiers":
        return True  # Nested, and not understood: it may say anything.
    ends = column.startswith(("subject_", "object_")) and column.endswith("_qualifier")
    return ends and not column.endswith("_context_qualifier") and column not in QUALIFIERS


WORDS: dict[str, tuple[str, ...]] = {
    "moagraph:kind": ASSERTION_KINDS,
    "moagraph:transfer": TRANSFERS,
    "moagraph:extent": EXTENTS,
    "moagraph:directness": DIRECTNESS,
}
"""The words that columns of our own may hold on an edge."""
NODE_WORDS = ENTITY_KINDS

KNOWLEDGE_LEVELS = frozenset(
    {"knowledge_assertion", "logical_entailment", "prediction", "statistical_association"}
    | {"text_co_occurrence", "observation", "not_provided"}
)
CORRELATIONAL = frozenset({"statistical_association", "text_co_occurrence"})
"""Knowledge levels at which no edge claims a cause, whatever its predicate."""
