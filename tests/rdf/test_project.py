"""The projection: what a record becomes, and which claims one may walk as plain triples."""

from __future__ import annotations

from dataclasses import replace

import pytest

from moagraph.identifiers import BASE
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import by_record, triples
from moagraph.rdf.predicates import moa, relations_by_predicate
from moagraph.rdf.terms import (
    DECIMAL,
    TYPE,
    Literal,
    Triple,
    assertion_iri,
    entity_id,
    entity_iri,
    evidence_iri,
    fact_iri,
)
from moagraph.records import Assertion, Entity, Evidence
from moagraph.tables import Tables

LEN, IKZF1 = entity_iri("CHEBI:63791"), entity_iri("uniprot:Q13422")

ENTITIES = (
    Entity("moa:a", "a", kind="protein"),
    Entity("moa:b", "b", kind="protein", members=("moa:b-degron",)),
    Entity("moa:b-degron", "b degron", kind="feature"),
    Entity("moa:s", "s", kind="state"),
)
CLAIM = Assertion("c", "moa:a", "inhibits", "moa:b")
DIRECT = (moa("a"), moa("inhibits"), moa("b"))


def graph_of(claim: Assertion, *stances: str) -> set[Triple]:
    """Project one claim with evidence of the given stances."""
    rows = tuple(Evidence(f"e{i}", "c", "moa:x", stance) for i, stance in enumerate(stances))
    return set(triples(KnowledgeBase(Tables(ENTITIES, assertions=(claim,), evidence=rows))))


def test_a_claim_is_a_node_with_its_parts(small: KnowledgeBase) -> None:
    """Subject, predicate, object, kind, sign, machine, gate, status and evidence."""
    graph = set(triples(small))
    node = assertion_iri("len-degrades-ikzf1")
    for predicate, value in [
        (TYPE, moa("Assertion")),
        (moa("hasSubject"), LEN),
        (moa("hasPredicate"), moa("increasesDegradationOf")),
        (moa("hasObject"), IKZF1),
        (moa("hasSign"), Literal("-1")),
        (moa("claimKind"), Literal("mechanism")),
        (moa("hasStatus"), Literal("supported")),
        (moa("viaMachine"), moa("crl4-crbn")),
        (moa("requiresEntity"), moa("ikzf1-degron")),
        (moa("hasEvidence"), evidence_iri("len-degrades-ikzf1.kronke2014")),
    ]:
        assert (node, predicate, value) in graph


def test_a_supported_claim_has_a_direct_triple(small: KnowledgeBase) -> None:
    """The degron is a participant, no gate, so the glue claim may be walked."""
    assert (LEN, moa("increasesDegradationOf"), IKZF1) in set(triples(small))
    assert DIRECT in graph_of(CLAIM, "supports")
    assert DIRECT in graph_of(CLAIM, "supports", "inconclusive")
    assert DIRECT in graph_of(replace(CLAIM, requires="moa:b-degron"), "supports")


@pytest.mark.parametrize(
    ("change", "stances"),
    [
        ({"polarity": "negated"}, ["supports"]),
        ({}, ["refutes"]),
        ({}, ["supports", "refutes"]),
        ({}, []),
        ({}, ["inconclusive"]),
        ({"requires": "moa:s"}, ["supports"]),
        ({"requires": "!moa:b-degron"}, ["supports"]),
        ({"requires": "moa:b-degron|moa:s"}, ["supports"]),
        ({"cell": "moa:s"}, ["supports"]),
        ({"disease": "moa:s"}, ["supports"]),
        ({"species": "moa:s"}, ["supports"]),
        ({"kind": "gate"}, ["supports"]),
        ({"kind": "observation"}, ["supports"]),
    ],
)
def test_no_other_claim_has_one(change: dict[str, str], stances: list[str]) -> None:
    """Not what is negated, refuted, contested, unsourced, gated, restricted or only seen."""
    assert DIRECT not in graph_of(replace(CLAIM, **change), *stances)  # type: ignore[arg-type]


def test_an_observation_has_a_predicate_of_its_own(small: KnowledgeBase) -> None:
    """`observedToIncrease` is never mistaken for a step."""
    graph = set(triples(small))
    il2 = entity_iri("uniprot:P60568")
    assert (LEN, moa("observedToIncrease"), il2) in graph
    assert (LEN, moa("increases"), il2) not in graph
    assert relations_by_predicate()[moa("observedToIncrease")] == "increases"


def test_every_direct_triple_has_a_claim(built_in: KnowledgeBase) -> None:
    """Derived, never written by hand: subject, predicate and object of an assertion."""
    graph = set(triples(built_in))
    known = relations_by_predicate()
    direct = {t for t in graph if t[1] in known}
    parts: dict[str, dict[str, object]] = {}
    for subject, predicate, value in graph:
        for name in ("hasSubject", "hasPredicate", "hasObject"):
            if predicate == moa(name):
                parts.setdefault(subject, {})[name] = value
    claimed = {(p["hasSubject"], p["hasPredicate"], p["hasObject"]) for p in parts.values()}
    assert direct
    assert direct <= claimed


def test_each_record_makes_its_own_nodes(small: KnowledgeBase) -> None:
    """One record, one set of triples: no two records give a node its type."""
    typed: dict[str, str] = {}
    for record, found in by_record(small):
        mine = {s for s, p, _ in found if p == TYPE}
        for node in mine - {s for s in mine if "/condition/" in s}:
            assert node not in typed, f"{record} and {typed[node]}"
            typed[node] = str(record)


def test_numbers_are_decimals_and_keep_their_form(small: KnowledgeBase) -> None:
    """0.50 is a number to compare and a text to print."""
    values = {(p, o) for _, p, o in triples(small) if p.startswith(moa("hasValue"))}
    assert (moa("hasValue"), Literal("0.50", DECIMAL)) in values
    assert (moa("hasValueText"), Literal("0.50")) in values
    assert (moa("hasValueText"), Literal("10")) not in values


def test_a_condition_becomes_bounds(small: KnowledgeBase) -> None:
    """The parts of a condition are nodes that can be compared."""
    graph = set(triples(small))
    node = fact_iri("len-dose") + "/condition/1"
    assert (node, moa("hasParameter"), Literal("crcl")) in graph
    assert (node, moa("hasLow"), Literal("30", DECIMAL)) in graph
    assert (node, moa("liesBelow"), Literal("60", DECIMAL)) in graph


def test_external_entities_keep_their_public_iris() -> None:
    """OBO, UniProt and our own base; an id can be read back from its IRI."""
    for curie, iri in {
        "CHEBI:63791": "http://purl.obolibrary.org/obo/CHEBI_63791",
        "uniprot:Q13422": "http://purl.uniprot.org/uniprot/Q13422",
        "cellosaurus:CVCL_8792": "https://www.cellosaurus.org/CVCL_8792",
        "moa:crl4-crbn": BASE + "crl4-crbn",
        "doi:10.1038/nature14610": "https://doi.org/10.1038/nature14610",
        "unheard:of": "https://bioregistry.io/unheard:of",
    }.items():
        assert entity_iri(curie) == iri
        assert entity_id(iri) == curie


def test_ids_of_the_built_in_graph_can_be_read_back(built_in: KnowledgeBase) -> None:
    """Nothing but the IRI is needed to know which entity or source a node is."""
    for known in (*built_in.entities, *built_in.sources):
        assert entity_id(entity_iri(known)) == known


def test_entities_show_their_kind_and_category(small: KnowledgeBase) -> None:
    """A class of ours and one of Biolink."""
    types = {o for s, p, o in triples(small) if s == LEN and p == TYPE}
    assert types == {moa("Drug"), "https://w3id.org/biolink/vocab/SmallMolecule"}
