"""Node-link JSON of networkx and D3: what it says is read, and no link is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moagraph.dataset.imported import Imported
from moagraph.errors import DataError
from moagraph.exchange.importing import guess, read
from moagraph.records import Assertion

RECORD = {
    "directed": True,
    "graph": {"_id": "DB1_MESH_D1_1", "drug": "a", "disease": "b", "drugbank": "DB:DB00001"},
    "links": [{"key": "decreases activity of", "source": "MESH:D000001", "target": "MESH:D000002"}],
    "multigraph": True,
    "nodes": [
        {"id": "MESH:D000001", "label": "Drug", "name": "a"},
        {"id": "MESH:D000002", "label": "Disease", "name": "b"},
    ],
}


def written(folder: Path, content: object, name: str = "g.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def claims(imported: Imported) -> list[Assertion]:
    list(imported.entities)
    return list(imported.assertions)


def said(claim: Assertion) -> tuple[str, str, str]:
    return claim.subject, claim.relation, claim.object


@pytest.mark.parametrize("links", ["links", "edges"])
@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiDiGraph])
def test_a_graph_of_networkx(tmp_path: Path, links: str, kind: type[Any]) -> None:
    graph = kind()
    graph.add_node("CHEBI:1", category="biolink:Drug", name="one")
    graph.add_edge("CHEBI:1", "hgnc:2", relation="inhibits", publications="PMID:1|PMID:2")
    graph.add_edge("hgnc:2", "hgnc:3", predicate="activates")
    graph.add_edge("hgnc:3", "hgnc:4", sign=-1)
    path = written(tmp_path, nx.node_link_data(graph, edges=links))
    assert guess(path) == "node-link"
    imported = read([path])
    entities = {e.id: e for e in imported.entities}
    assert (entities["CHEBI:1"].label, entities["CHEBI:1"].kind) == ("one", "drug")
    found = list(imported.assertions)
    assert [said(claim) for claim in found] == [
        ("CHEBI:1", "inhibits", "hgnc:2"),
        ("hgnc:2", "activates", "hgnc:3"),
        ("hgnc:3", "decreases", "hgnc:4"),
    ]
    assert {e.source for e in imported.evidence} == {"PMID:1", "PMID:2"}


def test_the_key_of_a_multigraph_is_its_relation_where_it_is_a_word(tmp_path: Path) -> None:
    graph: Any = nx.MultiDiGraph()
    graph.add_edge("hgnc:1", "hgnc:2", key="inhibits")
    graph.add_edge("hgnc:1", "hgnc:2", key="activates")
    found = claims(read([written(tmp_path, nx.node_link_data(graph, edges="links"))]))
    assert {claim.relation for claim in found} == {"inhibits", "activates"}


def test_a_link_without_direction_claims_no_cause(tmp_path: Path) -> None:
    graph: Any = nx.Graph()
    graph.add_edge(1, 2, relation="inhibits")
    imported = read([written(tmp_path, nx.node_link_data(graph, edges="links"))])
    (claim,) = claims(imported)
    assert claim.relation == "associated with"
    assert any("without direction" in remark.reason for remark in imported.report.remarks)


@pytest.mark.parametrize(
    "ends",
    [(0, 1), ("a", "b"), ({"name": "a", "x": 1.5}, {"name": "b"})],
    ids=["places", "ids", "nodes themselves"],
)
def test_links_of_d3_lead_to_places_ids_or_nodes(tmp_path: Path, ends: tuple[Any, Any]) -> None:
    link = {"source": ends[0], "target": ends[1], "type": "activates"}
    path = written(tmp_path, {"nodes": [{"name": "a"}, {"name": "b"}], "links": [link]})
    assert guess(path) == "node-link"
    imported = read([path])
    labels = {e.id: e.label for e in imported.entities}
    (claim,) = imported.assertions
    assert (labels[claim.subject], claim.relation, labels[claim.object]) == ("a", "activates", "b")


def test_a_number_that_is_an_id_is_no_place(tmp_path: Path) -> None:
    link = {"source": 1, "target": 0, "type": "activates"}
    nodes = [{"id": 1, "name": "one"}, {"id": 0, "name": "zero"}]
    imported = read([written(tmp_path, {"nodes": nodes, "links": [link]})])
    labels = {e.id: e.label for e in imported.entities}
    (claim,) = imported.assertions
    assert (labels[claim.subject], labels[claim.object]) == ("one", "zero")


def test_records_and_kgx_are_told_apart(tmp_path: Path) -> None:
    assert guess(written(tmp_path, RECORD)) == "drugmechdb"
    nodes = [{"id": "CHEBI:1", "category": ["biolink:Drug"]}]
    edge = {"subject": "CHEBI:1", "predicate": "biolink:affects", "object": "hgnc:2"}
    both = {**edge, "source": "somebody", "target": "somebody"}
    for edges in ([edge], [both]):
        assert guess(written(tmp_path, {"nodes": nodes, "edges": edges})) == "kgx"


def test_a_beginning_full_of_nodes_is_known(tmp_path: Path) -> None:
    graph: Any = nx.DiGraph()
    graph.add_nodes_from((n, {"name": f"node {n}" * 40}) for n in range(2000))
    graph.add_edge(0, 1, relation="activates")
    path = written(tmp_path, nx.node_link_data(graph, edges="links"))
    assert guess(path) == "node-link"
    assert [claim.relation for claim in claims(read([path]))] == ["activates"]


def test_what_stands_beside_is_told(tmp_path: Path) -> None:
    graph: Any = nx.DiGraph(name="toy")
    graph.add_edge("a", "b", relation="activates")
    imported = read([written(tmp_path, nx.node_link_data(graph, edges="links"))])
    claims(imported)
    assert "'graph' beside nodes and links is not read" in {
        remark.reason for remark in imported.report.remarks
    }
    edge = {"subject": "CHEBI:1", "predicate": "biolink:affects", "object": "hgnc:2"}
    kgx = read([written(tmp_path, {"edges": [edge], "arrows": [1]})])
    claims(kgx)
    assert [r.reason for r in kgx.report.remarks if "arrows" in r.reason]


@pytest.mark.parametrize(
    ("link", "why"),
    [({"source": "a"}, "has no target"), ({"target": "a"}, "has no source"), (7, "no object")],
)
def test_a_link_that_leads_nowhere_is_refused_with_its_line(
    tmp_path: Path, link: object, why: str
) -> None:
    first = {"source": "a", "target": "b"}
    path = tmp_path / "g.json"
    rows = f"[{json.dumps(first)},\n{json.dumps(link)}]"
    path.write_text(f'{{"nodes": [{{"id": "a"}}],\n"links": {rows}}}', encoding="utf-8")
    with pytest.raises(DataError, match=why) as caught:
        claims(read([path]))
    assert caught.value.line == 3


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.sampled_from("efgh"),
            st.sampled_from(["inhibits", "activates", "causes"]),
        ),
        unique=True,
        max_size=12,
    )
)
def test_each_link_is_one_claim(tmp_path_factory: pytest.TempPathFactory, links: Any) -> None:
    graph: Any = nx.MultiDiGraph()
    for source, target, relation in links:
        graph.add_edge(f"hgnc:{ord(source)}", f"hgnc:{ord(target)}", relation=relation)
    path = written(tmp_path_factory.mktemp("links"), nx.node_link_data(graph, edges="links"))
    wanted = {(f"hgnc:{ord(a)}", relation, f"hgnc:{ord(b)}") for a, b, relation in links}
    assert {said(claim) for claim in claims(read([path]))} == wanted
