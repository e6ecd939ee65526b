"""A file of RDF is data as a folder of tables is: the same answers under the same version."""

from __future__ import annotations

from pathlib import Path

import pytest

import moagraph
from moagraph.errors import DataError
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import write
from moagraph.resources import ontology_root
from moagraph.tables import write_folder


def test_the_shipped_graph_answers_as_the_tables_do(graph: Graph) -> None:
    read = moagraph.load(ontology_root() / "moagraph.ttl")
    assert read.version == graph.version
    asked = ("lenalidomide", "multiple myeloma")
    assert read.explain(*asked).to_dict() == graph.explain(*asked).to_dict()


def test_a_changed_file_has_a_version_of_its_own(built_in: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "changed.nt"
    text = write(built_in, "ntriples").replace("Revlimid", "Revlimit")
    path.write_text(text, encoding="utf-8")
    read = moagraph.load(path)
    assert read.version not in (built_in.version, "")
    assert read.info("revlimit").entity.label == "lenalidomide"


def test_rdf_and_tables_join(small: KnowledgeBase, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(
        "@prefix moa: <https://w3id.org/moagraph/> .\n"
        'moa:new a moa:Process ; <http://www.w3.org/2000/01/rdf-schema#label> "new thing" .\n',
        encoding="utf-8",
    )
    write_folder(tmp_path / "tables", small.tables)  # type: ignore[arg-type]
    joined = moagraph.load(tmp_path / "tables", more)
    assert joined.info("new thing").entity.id == "moa:new"
    assert joined.info("lenalidomide").entity.id == "CHEBI:63791"


def test_claims_that_do_not_hold_together_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "loose.ttl"
    path.write_text(
        "@prefix moa: <https://w3id.org/moagraph/> .\n"
        "<https://w3id.org/moagraph/assertion/c> a moa:Assertion ; moa:claimKind 'mechanism' ;\n"
        "  moa:hasPredicate moa:inhibits ; moa:hasPolarity 'asserted' ;\n"
        "  moa:hasSubject moa:a ; moa:hasObject moa:b .\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"loose\.ttl: subject: no entity is 'moa:a'"):
        moagraph.load(path)
