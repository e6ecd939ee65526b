"""Edges that say a sign beside, or in place of, a relation; SIF with a header."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from moagraph.errors import DataError
from moagraph.exchange.importing import guess, read
from moagraph.formats.categories import known_class
from tests.formats.roundtrip import Graph
from tests.formats.test_kgx import said


def relations(path: Path) -> tuple[list[str], list[str]]:
    found = Graph(read([path]))
    return [c.relation for c in found.claims.values()], said(found)


def signed(folder: Path, format: str, **attributes: object) -> Path:
    """Write an edge with some attributes."""
    path = folder / f"g.{format}"
    if format == "graphml":
        made: Any = nx.DiGraph()
        made.add_edge("a", "b", **attributes)
        nx.write_graphml(made, path)
    else:
        nodes = [{"id": 0, "v": {"name": "a"}}, {"id": 1, "v": {"name": "b"}}]
        parts: list[Any] = [{"CXVersion": "2.0"}, {"nodes": nodes}]
        path.write_text(json.dumps([*parts, {"edges": [{"s": 0, "t": 1, "v": attributes}]}]))
    return path


@pytest.mark.parametrize("format", ["graphml", "cx2"])
@pytest.mark.parametrize(
    ("sign", "relation"), [(-1, "decreases"), ("+", "increases"), (1.0, "increases")]
)
def test_a_sign_alone_is_read(tmp_path: Path, format: str, sign: object, relation: str) -> None:
    found, lines = relations(signed(tmp_path, format, sign=sign))
    assert found == [relation]
    assert f"repaired: an edge says no relation but its sign; read as {relation}" in lines


@pytest.mark.parametrize("format", ["graphml", "cx2"])
@pytest.mark.parametrize(
    ("word", "sign", "relation", "line"),
    [
        ("inhibits", -1, "inhibits", ""),
        ("inhibits", 1, "affects", "inhibits beside the sign 1: no direction is read (1 edge)"),
        ("binds", -1, "binds", "column sign: 1 value is not read"),
        ("inhibits", "perhaps", "inhibits", "column sign: 1 value is not read"),
    ],
)
def test_a_sign_beside_a_relation_is_held_against_it(
    tmp_path: Path, format: str, word: str, sign: object, relation: str, line: str
) -> None:
    found, lines = relations(signed(tmp_path, format, interaction=word, sign=sign))
    assert found == [relation]
    assert any(line in said for said in lines) if line else not lines


EXTENDED = (
    "PARTICIPANT_A\tINTERACTION_TYPE\tPARTICIPANT_B\tINTERACTION_DATA_SOURCE\t"
    "INTERACTION_PUBMED_ID\tPATHWAY_NAMES\tMEDIATOR_IDS\n"
    "ABL1\tcontrols-phosphorylation-of\tCRKL\tPhosphoSite;Reactome\t11;12\tSignaling\tr1\n"
    "CHEBI:45783\tconsumption-controlled-by\tABL1\tReactome\t\t\t\n"
    "\n"
    "PARTICIPANT\tPARTICIPANT_TYPE\tPARTICIPANT_NAME\tUNIFICATION_XREF\tRELATIONSHIP_XREF\n"
    "ABL1\tProteinReference\tABL1\tuniprot:P00519\thgnc symbol:ABL1\n"
    "CHEBI:45783\tSmallMoleculeReference\timatinib\t\t\n"
)


@pytest.mark.parametrize("name", ["pc.sif", "pc.txt"])
def test_sif_with_a_header_is_read_by_its_columns(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(EXTENDED)
    assert guess(path) == "sif"
    found = Graph(read([path]))
    pairs = [(c.subject, c.relation, c.object) for c in found.claims.values()]
    assert pairs[0] == ("moa:abl1", "affects", "moa:crkl")
    assert {end for s, _, o in pairs for end in (s, o)} == {"moa:abl1", "moa:crkl", "CHEBI:45783"}
    assert found.entities["moa:abl1"].kind == "protein"
    assert found.entities["moa:abl1"].xrefs == ("uniprot:P00519",)
    assert found.entities["CHEBI:45783"].label == "imatinib"
    assert "moa:crkl" in found.entities
    assert [e.source for e in found.evidence][:2] == ["PMID:11", "PMID:12"]
    assert found.evidence[0].statement == "Listed by PhosphoSite;Reactome."
    assert "dropped: column PATHWAY_NAMES: 1 value is not read" in said(found)


def test_a_stray_field_in_sif_with_a_header_is_told(tmp_path: Path) -> None:
    (tmp_path / "pc.sif").write_text(EXTENDED.replace("ABL1\tReactome", "ABL1\tReactome\tx\ty"))
    with pytest.raises(DataError, match="look for a stray TAB") as caught:
        Graph(read([tmp_path / "pc.sif"]))
    assert caught.value.line == 3


@pytest.mark.parametrize("written", [False, "false", "0", "undirected"])
def test_an_edge_that_says_it_has_no_direction_claims_no_cause(
    tmp_path: Path, written: object
) -> None:
    path = signed(tmp_path, "cx2", interaction="inhibits", sign=-1, directed=written)
    found, lines = relations(path)
    assert found == ["associated with"]
    assert "unknown: an edge without direction (inhibits) (1 edge)" in lines


@pytest.mark.parametrize(
    ("column", "written", "sources"),
    [
        ("citation", ["pubmed:11", "pubmed:12"], ["PMID:11", "PMID:12"]),
        ("pmids", "11;12", ["PMID:11", "PMID:12"]),
        ("pubmed_id", 11, ["PMID:11"]),
        ("citations", "doi:10.1000/x,y", ["doi:10.1000/x,y"]),
    ],
)
def test_publications_are_found_under_other_names(
    tmp_path: Path, column: str, written: object, sources: list[str]
) -> None:
    path = signed(tmp_path, "cx2", interaction="inhibits", **{column: written})
    assert [e.source for e in Graph(read([path])).evidence] == sources
    path = signed(tmp_path, "cx2", interaction="inhibits", publications="PMID:1", pmid="2")
    found = Graph(read([path]))
    assert [e.source for e in found.evidence] == ["PMID:1"]
    assert "dropped: column pmid: 1 value is not read" in said(found)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("biolink:SmallMolecule", "SmallMolecule"),
        ("small_molecule", "SmallMolecule"),
        ("smallmolecule", "SmallMolecule"),
        ("Small Molecule", "SmallMolecule"),
        ("protein", "Protein"),
        ("widget", "widget"),
    ],
)
def test_classes_are_known_however_they_are_spelled(written: str, known: str) -> None:
    assert known_class(written) == known
