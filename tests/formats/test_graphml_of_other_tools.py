"""GraphML of igraph and yEd: their ids, labels, arrows and drawings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moagraph.exchange import exporting
from moagraph.exchange.importing import read
from moagraph.graph import Graph as Built
from tests.formats.roundtrip import Graph


def said(found: Graph) -> list[str]:
    return [f"{r.action}: {r.reason}" for r in found.report.remarks]


def test_igraph_reads_what_we_write_and_we_read_what_it_writes(
    graph: Built, tmp_path: Path
) -> None:
    """Igraph gives nodes numbers of its own; the identifiers must not be lost on the way."""
    import igraph

    path, again = tmp_path / "ours.graphml", tmp_path / "again.graphml"
    path.write_text("".join(exporting.graphml(graph.kb).texts[""]), encoding="utf-8")
    made: Any = igraph.Graph.Read_GraphML(str(path))
    made.write_graphml(str(again))
    one, other = Graph(read([path])), Graph(read([again]))
    assert list(other.entities) == list(one.entities)
    assert other.claims == one.claims


def test_a_node_that_is_named_by_an_identifier_has_it(tmp_path: Path) -> None:
    import igraph

    made: Any = igraph.Graph(directed=True)
    made.add_vertices(["CHEBI:63791", "Cereblon"])
    made.add_edges([("CHEBI:63791", "Cereblon")])
    made.es["interaction"] = ["binds"]
    made.write_graphml(str(tmp_path / "g.graphml"))
    found = Graph(read([tmp_path / "g.graphml"]))
    assert [(c.subject, c.relation) for c in found.claims.values()] == [("CHEBI:63791", "binds")]
    assert found.entities["moa:n1"].label == "Cereblon"


YED = """<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="edge" id="d9" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">
<node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel fontSize="12">lenalidomide
<y:LabelModel><y:SmartNodeLabelModel/></y:LabelModel></y:NodeLabel><y:NodeLabel>second</y:NodeLabel>
</y:ShapeNode></data></node>
<node id="n1"><data key="d6"><y:GroupNode><y:NodeLabel>complex</y:NodeLabel></y:GroupNode></data>
<graph edgedefault="undirected" id="n1:"><node id="n1::n0"><data key="d6"><y:ShapeNode>
<y:NodeLabel>CRBN</y:NodeLabel></y:ShapeNode></data></node></graph></node>
%s
</graph></graphml>"""
EDGE = """<edge source="n0" target="n1::n0"><data key="d9"><y:PolyLineEdge>
<y:Arrows source="%s" target="%s"/><y:EdgeLabel>%s<y:LabelModel/></y:EdgeLabel>
</y:PolyLineEdge></data></edge>"""


@pytest.mark.parametrize(
    ("source", "target", "label", "claim"),
    [
        ("none", "standard", "inhibits", ("moa:n0", "inhibits", "moa:n1-n0")),
        ("standard", "none", "inhibits", ("moa:n1-n0", "inhibits", "moa:n0")),
        ("none", "none", "inhibits", ("moa:n0", "associated with", "moa:n1-n0")),
        ("delta", "delta", "inhibits", ("moa:n0", "associated with", "moa:n1-n0")),
        ("none", "standard", "", ("moa:n0", "associated with", "moa:n1-n0")),
        ("none", "t_shape", "frobs", ("moa:n0", "associated with", "moa:n1-n0")),
    ],
)
def test_what_yed_draws_is_read(
    tmp_path: Path, source: str, target: str, label: str, claim: tuple[str, str, str]
) -> None:
    """Labels are names and relations; a direction is read where one arrow shows it."""
    path = tmp_path / "y.graphml"
    path.write_text(YED % (EDGE % (source, target, label)), encoding="utf-8")
    found = Graph(read([path]))
    (one,) = found.claims.values()
    assert (one.subject, one.relation, one.object) == claim
    labels = {name: entity.label for name, entity in found.entities.items()}
    assert labels == {"moa:n0": "lenalidomide", "moa:n1": "complex", "moa:n1-n0": "CRBN"}
    assert "dropped: 4 drawings or other XML in data are not read" in said(found)
    backwards = "repaired: an edge with its arrow at the source: read backwards"
    assert (backwards in said(found)) == (claim[0] == "moa:n1-n0")


def test_a_graph_in_a_graph_keeps_its_directions_to_itself(tmp_path: Path) -> None:
    """The outer graph is directed, also after an inner one that is not."""
    plain = '<edge source="n0" target="n1"><data key="interaction">activates</data></edge>'
    path = tmp_path / "y.graphml"
    path.write_text(YED % plain, encoding="utf-8")
    assert [c.relation for c in Graph(read([path])).claims.values()] == ["activates"]


@pytest.mark.parametrize("usual", ["predicate", "relation", "interaction", "label"])
@pytest.mark.parametrize("own", ["predicate", "relation", "interaction", "label"])
def test_what_an_edge_says_comes_before_what_is_usual(tmp_path: Path, usual: str, own: str) -> None:
    """Whatever the two attributes are called: a usual value must not turn a sign."""
    path = tmp_path / "g.graphml"
    path.write_text(
        f"""<graphml><key id="u" for="edge" attr.name="{usual}"><default>activates</default></key>
        <key id="o" for="edge" attr.name="{own}"/><graph edgedefault="directed">
        <node id="a"/><node id="b"/><edge source="a" target="b"><data key="o">inhibits</data></edge>
        <edge source="b" target="a"/></graph></graphml>""",
        encoding="utf-8",
    )
    found = Graph(read([path]))
    assert [c.relation for c in found.claims.values()] == ["inhibits", "activates"]


GEPHI = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/>
<key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
<key attr.name="weight" attr.type="double" for="edge" id="weight"/>
<graph edgedefault="directed"><node id="a"><data key="label">imatinib</data></node>
<node id="b"/><edge id="0" source="a" target="b"><data key="edgelabel">inhibits</data>
<data key="weight">1.0</data></edge></graph></graphml>"""


def test_the_edge_labels_of_gephi_are_relations(tmp_path: Path) -> None:
    (tmp_path / "g.graphml").write_text(GEPHI)
    found = Graph(read([tmp_path / "g.graphml"]))
    assert [c.relation for c in found.claims.values()] == ["inhibits"]


def test_a_graph_that_came_to_igraph_from_networkx_keeps_its_ids(tmp_path: Path) -> None:
    """Igraph numbers the nodes, keeps their names beside, and writes None for what is missing."""
    import igraph
    import networkx as nx

    made: Any = nx.MultiDiGraph()
    made.add_node("CHEBI:45783", name="imatinib", category="biolink:SmallMolecule")
    made.add_node("uniprot:P00519", name="ABL1")
    end = ("CHEBI:45783", "uniprot:P00519")
    made.add_edge(*end, predicate="inhibits", publications="PMID:1")
    made.add_edge(*end, predicate="activates", negated=True)
    igraph.Graph.from_networkx(made).write_graphml(str(tmp_path / "g.graphml"))
    found = Graph(read([tmp_path / "g.graphml"]))
    assert set(found.entities) == {"CHEBI:45783", "uniprot:P00519"}
    assert [(c.relation, c.polarity) for c in found.claims.values()] == [
        ("inhibits", "asserted"),
        ("activates", "negated"),
    ]
    assert [e.source for e in found.evidence] == ["PMID:1"]
