"""Nodes and edges of a graph as flat rows, with the words of Biolink 4.4.4.

KGX, GraphML and CX2 are written from these rows and read back by the same columns. What Biolink
has no word for stands in columns that begin with `moagraph:`; `original_predicate` names our
relation. `LOSSES` is what no such row can hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from moagraph.formats.citing import LISTED, infores_of
from moagraph.formats.curies import to_biolink
from moagraph.formats.predicates import own_name
from moagraph.formats.selection import Selection
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity, Evidence
from moagraph.relations import RELATIONS

Cell = str | tuple[str, ...]
FlatRow = dict[str, Cell]

NODE_COLUMNS = (
    "id",
    "category",
    "name",
    "description",
    "synonym",
    "xref",
    "in_taxon",
    "moagraph:kind",
    "moagraph:parents",
    "moagraph:members",
)
EDGE_COLUMNS = (
    "id",
    "subject",
    "predicate",
    "object",
    "qualified_predicate",
    "object_aspect_qualifier",
    "object_direction_qualifier",
    "causal_mechanism_qualifier",
    "anatomical_context_qualifier",
    "disease_context_qualifier",
    "species_context_qualifier",
    "negated",
    "knowledge_level",
    "agent_type",
    "primary_knowledge_source",
    "publications",
    "has_evidence",
    "original_predicate",
    "moagraph:kind",
    "moagraph:via",
    "moagraph:participants",
    "moagraph:requires",
    "moagraph:transfer",
    "moagraph:object_cell",
    "moagraph:extent",
    "moagraph:directness",
    "moagraph:refuted_by",
    "moagraph:status",
    "moagraph:note",
)
LISTS = frozenset(
    {"category", "synonym", "xref", "in_taxon", "moagraph:parents", "moagraph:members"}
    | {"publications", "has_evidence", "moagraph:refuted_by", "moagraph:participants"}
)
LOSSES = (
    "machines keep the list of their participants, without phases, alternatives and strengths",
    "gates, machines and restrictions stand in columns that other tools do not look at: to them "
    "every claim holds always",
    "evidence is reduced to publications, evidence codes and stance; statements, contexts in "
    "which a thing was seen, inconclusive evidence, and sources without a PubMed id, DOI or web "
    "address are not written",
    "states, variants, quantities, facts and the claims of the article are not written",
)


_EMPTY_EDGE: FlatRow = dict.fromkeys(EDGE_COLUMNS, "")


def node_rows(chosen: Selection) -> Iterator[FlatRow]:
    """Yield a row for each chosen entity."""
    for entity in chosen.entities:
        yield _node(entity)


def _node(entity: Entity) -> FlatRow:
    return {
        "id": to_biolink(entity.id),
        "category": (f"biolink:{entity.category or 'NamedThing'}",),
        "name": entity.label,
        "description": entity.description,
        "synonym": entity.synonyms,
        "xref": tuple(map(to_biolink, entity.xrefs)),
        "in_taxon": (entity.taxon,) if entity.taxon else (),
        "moagraph:kind": entity.kind,
        "moagraph:parents": tuple(map(to_biolink, entity.parents)),
        "moagraph:members": tuple(map(to_biolink, entity.members)),
    }


def edge_rows(chosen: Selection) -> Iterator[FlatRow]:
    """Yield a row for each chosen claim."""
    for claim, evidence, status in chosen.with_evidence():
        yield _edge(chosen.kb, claim, evidence, status)


def _edge(
    kb: KnowledgeBase, claim: Assertion, evidence: tuple[Evidence, ...], status: str
) -> FlatRow:
    relation = RELATIONS[claim.relation]
    level, agent = _provenance(claim.note, claim.kind)
    row: FlatRow = {
        "id": claim.id,
        "subject": to_biolink(claim.subject),
        "predicate": relation.biolink,
        "object": to_biolink(claim.object),
        "anatomical_context_qualifier": _id(claim.cell),
        "disease_context_qualifier": _id(claim.disease),
        "species_context_qualifier": _id(claim.species),
        "negated": "true" if claim.polarity == "negated" else "false",
        "knowledge_level": level,
        "agent_type": agent,
        "primary_knowledge_source": _knowledge_source(kb, evidence),
        "publications": _publications(kb, evidence, "supports"),
        "has_evidence": tuple(dict.fromkeys(e.eco for e in evidence if e.eco)),
        "original_predicate": own_name(claim.relation),
        "moagraph:kind": claim.kind,
        "moagraph:via": _id(claim.via),
        "moagraph:participants": _participants(kb, claim.via),
        "moagraph:requires": claim.requires,
        "moagraph:transfer": claim.transfer,
        "moagraph:object_cell": _id(claim.object_cell),
        "moagraph:extent": claim.extent,
        "moagraph:directness": claim.directness,
        "moagraph:refuted_by": _publications(kb, evidence, "refutes"),
        "moagraph:status": status,
        "moagraph:note": claim.note,
    }
    for qualifier in relation.qualifiers:
        name, _, value = qualifier.partition("=")
        row[name] = value
    if claim.via and claim.relation == "increases degradation of":
        row["causal_mechanism_qualifier"] = "degradation"
    return _EMPTY_EDGE | row


def _id(curie: str) -> str:
    return to_biolink(curie) if curie else ""


def _provenance(note: str, kind: str) -> tuple[str, str]:
    """Return knowledge level and agent type: as they came from KGX, else those of curation."""
    level = "observation" if kind == "observation" else "knowledge_assertion"
    return _said(note, level) if note.startswith("KGX: ") else (level, "manual_agent")


@lru_cache(maxsize=1_000)
def _said(note: str, level: str) -> tuple[str, str]:
    parts = note.removeprefix("KGX: ").split("; ")
    said = dict(part.split("=", 1) for part in parts if "=" in part)
    return said.get("knowledge_level", level), said.get("agent_type", "not_provided")


def _participants(kb: KnowledgeBase, machine: str) -> tuple[str, ...]:
    parts = kb.machine_parts.get(machine, ()) if machine else ()
    return tuple(dict.fromkeys(to_biolink(part.participant) for part in parts))


def _publications(
    kb: KnowledgeBase, evidence: tuple[Evidence, ...], stance: str
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in evidence:
        source = kb.sources.get(row.source)
        if row.stance != stance or source is None:
            continue
        if source.pmid:
            found.setdefault(f"PMID:{source.pmid}")
        elif source.doi:
            found.setdefault(f"doi:{source.doi}")
        elif source.id.startswith("pmc:"):
            found.setdefault(f"PMC:{source.id[4:]}")
        elif source.url.startswith(("http://", "https://")):
            found.setdefault(source.url)
    return tuple(found)


def _knowledge_source(kb: KnowledgeBase, evidence: tuple[Evidence, ...]) -> str:
    for row in evidence:
        source = kb.sources.get(row.source)
        listed = LISTED.search(row.statement)
        name = (infores_of(source) if source else "") or (listed.group(1) if listed else "")
        if name:
            return name
    return ""
