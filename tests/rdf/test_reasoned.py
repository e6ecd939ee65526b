"""The reasoned layer holds what `explain` answers, and nothing that the schema does not have."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest

from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf.predicates import moa
from moagraph.rdf.reasoned import DRUG_KINDS, mechanism_iri, reasoned_triples
from moagraph.rdf.terms import TYPE, Literal, Node, Triple, assertion_iri, entity_iri
from moagraph.resources import ontology_root

Nodes = dict[str, dict[str, list[Node]]]


def nodes_of(triples: set[Triple]) -> Nodes:
    found: Nodes = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        found[subject][predicate].append(value)
    return found


@pytest.fixture(scope="module")
def layer(built_in: KnowledgeBase) -> Nodes:
    return nodes_of(set(reasoned_triples(built_in)))


def one(nodes: Nodes, node: str, name: str) -> str:
    (value,) = nodes[node][moa(name)]
    return value.value if isinstance(value, Literal) else value


def chains(nodes: Nodes, mechanism: str) -> dict[tuple[str, ...], tuple[str, str]]:
    """Return for each path its claims in order, with sign and whether it votes."""
    found = {}
    for path in nodes[mechanism][moa("hasPath")]:
        steps = sorted(
            (int(one(nodes, str(s), "hasPosition")), one(nodes, str(s), "ofClaim"))
            for s in nodes[str(path)][moa("hasStep")]
        )
        assert [place for place, _ in steps] == list(range(1, len(steps) + 1))
        key = tuple(claim for _, claim in steps)
        found[key] = (one(nodes, str(path), "hasPathSign"), one(nodes, str(path), "isVoting"))
    return found


@pytest.mark.parametrize("drug", ["CHEBI:63791", "moa:golcadomide", "CHEBI:41879"])
def test_a_mechanism_is_what_explain_answers(layer: Nodes, graph: Graph, drug: str) -> None:
    """Verdict, agreement, paths, votes and arms, for every end of a drug."""
    ends = [n for n, p in layer.items() if p.get(moa("ofDrug")) == [entity_iri(drug)]]
    assert ends
    known = {entity_iri(e): e for e in graph.kb.entities}
    for node in ends:
        end = known[one(layer, node, "onEnd")]
        answer = graph.explain(drug, end, max_paths=1000)
        assert one(layer, node, "hasVerdict") == answer.verdict
        agreed = layer[node].get(moa("hasAgreement"), [Literal("")])
        assert agreed == [Literal(answer.agreement)]
        expected = {
            tuple(assertion_iri(s.id) for s in p.steps): (
                f"{p.sign:+d}" if isinstance(p.sign, int) else p.sign,
                str(p.voting).lower(),
            )
            for p in answer.paths
        }
        assert chains(layer, node) == expected
        assert len(layer[node].get(moa("hasArm"), [])) == len(answer.arms)


def test_what_has_no_mechanism_has_no_verdict(layer: Nodes, graph: Graph) -> None:
    """A pair without a node is one to which `explain` answers none."""
    drugs = [e.id for e in graph.kb.tables.entities if e.kind in DRUG_KINDS]
    ends = ["uniprot:Q13422", "uniprot:P15170", "MONDO:0009693", "uniprot:P48729"]
    for drug, end in itertools.product(drugs, ends):
        if drug != end and mechanism_iri(drug, end) not in layer:
            assert graph.explain(drug, end).verdict == "none", (drug, end)


def test_lenalidomide_reaches_myeloma_through_ikaros(layer: Nodes) -> None:
    """The path that everybody knows is there, step by step."""
    node = mechanism_iri("CHEBI:63791", "MONDO:0009693")
    first = {path[0] for path in chains(layer, node)}
    assert one(layer, node, "hasVerdict") == "decreases"
    assert assertion_iri("len-degrades-ikzf1") in first


def test_every_term_of_the_layer_is_in_the_schema(layer: Nodes) -> None:
    """Classes and predicates of ours are declared."""
    schema = (ontology_root() / "schema.ttl").read_text(encoding="utf-8")
    base = moa("")
    used = {p for parts in layer.values() for p in parts}
    used |= {str(kind) for parts in layer.values() for kind in parts[TYPE]}
    for term in {u for u in used if u.startswith(base)}:
        assert f"\nmoa:{term[len(base) :]}\n" in schema, term
