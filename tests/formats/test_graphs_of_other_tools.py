"""GraphML, CX2 and SIF as other tools write and read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from moagraph.exchange import exporting
from moagraph.exchange.importing import read
from moagraph.formats.cx2 import read_cx2
from moagraph.graph import Graph as Built
from moagraph.relations import RELATIONS
from tests.formats.roundtrip import Graph, kept_claims


def said(found: Graph) -> list[str]:
    return [f"{r.action}: {r.reason}" for r in found.report.remarks]


def test_networkx_reads_what_we_write(graph: Built, tmp_path: Path) -> None:
    file = tmp_path / "g.graphml"
    file.write_text("".join(exporting.graphml(graph.kb).texts[""]), encoding="utf-8")
    read_back = nx.read_graphml(file, force_multigraph=True)
    kept = kept_claims(graph.kb)
    assert read_back.number_of_nodes() == len(graph.kb.entities)
    assert read_back.number_of_edges() == len(kept)
    assert read_back.nodes["CHEBI:63791"]["name"] == "lenalidomide"
    for _, _, edge in read_back.edges(data=True):
        claim = kept[edge["id"]] if "id" in edge else None
        if claim is not None:
            assert edge["interaction"] == claim.relation
            sign = RELATIONS[claim.relation].sign
            assert edge["sign"] == (f"{sign:+d}" if isinstance(sign, int) else sign)


def test_we_read_what_networkx_writes(tmp_path: Path) -> None:
    made: Any = nx.MultiDiGraph()
    made.add_node("CHEBI:63791", label="lenalidomide", type="Drug")
    made.add_node("n1", label="IKZF1", category="biolink:Protein", size=3.5)
    made.add_edge("CHEBI:63791", "n1", relation="degrades-ish", weight=2)
    made.add_edge("CHEBI:63791", "n1", relation="inhibits")
    made.add_edge("n1", "CHEBI:63791")
    nx.write_graphml(made, tmp_path / "g.graphml")
    found = Graph(read([tmp_path / "g.graphml"]))
    assert found.entities["CHEBI:63791"].kind == "drug"
    assert found.entities["moa:n1"].label == "IKZF1"
    relations = [c.relation for c in found.claims.values()]
    assert relations == ["associated with", "inhibits", "associated with"]
    assert "dropped: column size: 1 value is not read" in said(found)
    assert "dropped: column weight: 1 value is not read" in said(found)
    assert "unknown: an edge says no relation; kept as associated with" in said(found)
    assert any("degrades-ish" in line for line in said(found))


def test_an_edge_without_direction_claims_no_cause(tmp_path: Path) -> None:
    made: Any = nx.Graph()
    made.add_edge("A", "B", relation="activates")
    nx.write_graphml(made, tmp_path / "g.graphml")
    found = Graph(read([tmp_path / "g.graphml"]))
    assert [c.relation for c in found.claims.values()] == ["associated with"]
    assert "unknown: an edge without direction (activates)" in said(found)


GRAPHML = """<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="k" for="edge" attr.name="interaction"><default>activates</default></key>
<key id="l" for="node" attr.name="label"/><key id="g" for="node" yfiles.type="nodegraphics"/>
<graph edgedefault="directed">
<node id="a"><data key="l">A &amp; B &lt;c&gt;</data><data key="g"><y:Shape><y:Fill color="#FFF"/>
</y:Shape></data><graph edgedefault="directed"><node id="inner"/></graph></node>
<node id="b"/><edge source="a" target="b"/><edge source="b" target="absent" directed="false"/>
<hyperedge><endpoint node="a"/></hyperedge></graph></graphml>"""


def test_defaults_nested_graphs_and_graphics(tmp_path: Path) -> None:
    (tmp_path / "g.graphml").write_text(GRAPHML)
    found = Graph(read([tmp_path / "g.graphml"]))
    assert [(c.subject, c.relation, c.object) for c in found.claims.values()] == [
        ("moa:a", "activates", "moa:b"),
        ("moa:b", "associated with", "moa:absent"),
    ]
    assert found.entities["moa:a"].label == "A & B <c>"
    assert {"moa:inner", "moa:absent"} <= set(found.entities)
    assert "unknown: a graph in a node: its parts are read as if outside" in said(found)
    assert "dropped: <hyperedge> is not read" in said(found)


def test_nodes_and_edges_without_ids_are_said(tmp_path: Path) -> None:
    text = "<graphml><graph><node/><node id='a'/><edge source='a'/><edge/></graph></graphml>"
    (tmp_path / "g.graphml").write_text(text)
    found = Graph(read([tmp_path / "g.graphml"]))
    assert list(found.entities) == ["moa:a"]
    assert found.claims == {}
    lines = said(found)
    assert lines.count("dropped: an edge without subject, predicate or object") == 2
    assert lines.count("dropped: a node without id") == 1


def test_cx2_is_as_the_specification_asks(graph: Built) -> None:
    text = "".join(exporting.cx2(graph.kb).texts[""])
    aspects = json.loads(text)
    assert aspects[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert aspects[-1] == {"status": [{"error": "", "success": True}]}
    found = {name: rows for aspect in aspects[1:-1] for name, rows in aspect.items()}
    assert next(iter(found)) == "metaData"
    counts = {row["name"]: row["elementCount"] for row in found["metaData"]}
    assert counts == {name: len(rows) for name, rows in found.items() if name != "metaData"}
    declared = found["attributeDeclarations"][0]
    types = {"string": str, "list_of_string": list}
    for part in ("nodes", "edges"):
        ids = [row["id"] for row in found[part]]
        assert len(set(ids)) == len(ids)
        for row in found[part]:
            for name, value in row["v"].items():
                assert isinstance(value, types[declared[part][name]["d"]]), name
    nodes = {row["id"] for row in found["nodes"]}
    assert all({row["s"], row["t"]} <= nodes for row in found["edges"])
    assert set(found["networkAttributes"][0]) == set(declared["networkAttributes"])


def test_cx2_of_cytoscape_is_read(tmp_path: Path) -> None:
    content = [
        {"CXVersion": "2.0", "hasFragments": True},
        {"attributeDeclarations": [{"edges": {"interaction": {"d": "string", "v": "inhibits"}}}]},
        {"nodes": [{"id": 7, "x": 1.0, "v": {"name": "A", "type": "protein"}}]},
        {"nodes": [{"id": 9, "v": {"name": "B", "represents": "uniprot:P04637"}}]},
        {"edges": [{"id": 1, "s": 7, "t": 9, "v": {}}, {"id": 2, "s": 7, "t": 99}]},
        {"visualProperties": [{}]},
        {"status": [{"success": True}]},
    ]
    file = tmp_path / "g.cx2"
    file.write_text(json.dumps(content))
    found = Graph(read_cx2(file))
    assert found.entities["uniprot:P04637"].label == "B"
    assert [(c.subject, c.relation, c.object) for c in found.claims.values()] == [
        ("moa:a", "inhibits", "uniprot:P04637"),
        ("moa:a", "inhibits", "moa:node-99"),
    ]
    assert "dropped: the aspect visualProperties is not read" in said(found)


@pytest.mark.parametrize("usual", ["predicate", "interaction"])
@pytest.mark.parametrize("own", ["predicate", "interaction"])
def test_cx2_attributes_with_short_names_and_usual_values(
    tmp_path: Path, usual: str, own: str
) -> None:
    """As NDEx writes them; what an edge says comes before what is usual."""
    edges: dict[str, dict[str, str]] = {usual: {"v": "activates"}}
    edges.setdefault(own, {})["a"] = "i"
    content = [
        {"CXVersion": "2.0", "hasFragments": True},
        {"attributeDeclarations": [{"nodes": {"name": {"a": "n"}, "represents": {"a": "r"}}}]},
        {"attributeDeclarations": [{"edges": edges}]},
        {
            "nodes": [
                {"id": 1, "v": {"n": "TP53"}},
                {"id": 2, "v": {"n": "B", "r": "uniprot:Q00987"}},
            ]
        },
        {"edges": [{"id": 1, "s": 2, "t": 1, "v": {"i": "inhibits"}}, {"id": 2, "s": 1, "t": 2}]},
        {"status": [{"success": True}]},
    ]
    (tmp_path / "g.cx2").write_text(json.dumps(content))
    found = Graph(read_cx2(tmp_path / "g.cx2"))
    assert {name: e.label for name, e in found.entities.items()} == {
        "moa:tp53": "TP53",
        "uniprot:Q00987": "B",
    }
    assert [c.relation for c in found.claims.values()] == ["inhibits", "activates"]
    assert said(found) == []


@pytest.mark.parametrize(
    ("text", "claims", "names"),
    [
        ("A activates B C\n", ["moa:a activates moa:b", "moa:a activates moa:c"], 3),
        ("A b\tinhibits\tC d\n", ["moa:a-b inhibits moa:c-d"], 2),
        ("TP53\n", [], 1),
        ("\n\n  \n", [], 0),
        ("A\t-|\tB\t\n", ["moa:a decreases moa:b"], 2),
        ("A pp B\n", ["moa:a associated with moa:b"], 2),
        ("GO:0000001 up-regulates GO:0000002", ["GO:0000001 increases GO:0000002"], 2),
        ("A activates A\n", ["moa:a activates moa:a"], 1),
    ],
)  # fmt: skip
def test_sif(tmp_path: Path, text: str, claims: list[str], names: int) -> None:
    file = tmp_path / "g.sif"
    file.write_text(text)
    found = Graph(read([file]))
    assert [f"{c.subject} {c.relation} {c.object}" for c in found.claims.values()] == claims
    assert len(found.entities) == names
