"""KGX as it is met: qualifiers of all kinds, other spellings, file names and archives."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from moagraph.errors import DataError
from moagraph.exchange.importing import read, total_size
from moagraph.formats.curies import known_curie
from tests.formats.roundtrip import Graph
from tests.formats.test_kgx import DISEASE, DRUG, NODES, TARGET, edges, graph, said, write_tsv

CAUSES = "biolink:causes"
UP = {
    "subject": DRUG,
    "predicate": "biolink:affects",
    "object": TARGET,
    "object_aspect_qualifier": "activity",
    "object_direction_qualifier": "increased",
}


@pytest.mark.parametrize(
    "more",
    [
        {"qualified_predicate": "biolink:correlated_with"},
        {"qualified_predicate": "biolink:associated_with"},
        {"qualified_predicate": "biolink:caused_by"},
        {"qualified_predicate": "biolink:made_up"},
    ],
)
def test_a_qualified_predicate_that_claims_no_cause_is_no_step(
    tmp_path: Path, more: dict[str, str]
) -> None:
    found = graph(tmp_path, {**UP, **more})
    (claim,) = found.claims.values()
    assert claim.relation == "associated with"
    assert more["qualified_predicate"] in claim.note
    assert any("no direction is read from it" in line for line in said(found))


@pytest.mark.parametrize(
    "column",
    [
        "object_form_or_variant_qualifier",
        "subject_form_or_variant_qualifier",
        "object_part_qualifier",
        "subject_derivative_qualifier",
        "object_specialization_qualifier",
    ],
)
def test_what_is_said_of_a_variant_or_a_part_is_not_said_of_the_thing(
    tmp_path: Path, column: str
) -> None:
    found = graph(tmp_path, {**UP, "qualified_predicate": CAUSES, column: "mutant_form"})
    (claim,) = found.claims.values()
    assert claim.relation == "affects"
    assert f"{column}=mutant_form" in claim.note
    assert any("no direction is read from it" in line for line in said(found))


def test_a_context_that_has_no_field_stands_in_the_note(tmp_path: Path) -> None:
    found = graph(tmp_path, {**UP, "stage_qualifier": "HsapDv:0000083"})
    (claim,) = found.claims.values()
    assert claim.relation == "activates"
    assert "stage_qualifier=HsapDv:0000083" in claim.note
    assert "unknown: stage_qualifier: 1 value stands in notes alone" in said(found)


def test_qualifiers_are_read_under_other_names_and_spellings(tmp_path: Path) -> None:
    rtx = {
        "subject": DRUG,
        "predicate": "biolink:affects",
        "object": TARGET,
        "qualified_object_aspect": "activity",
        "qualified_object_direction": "decreased",
        "qualified_predicate": CAUSES,
    }
    loud = {
        **UP,
        "object_direction_qualifier": "biolink:Increased",
        "qualified_predicate": "causes",
    }
    found = graph(tmp_path, rtx, loud)
    assert [c.relation for c in found.claims.values()] == ["inhibits", "activates"]


def test_an_inverse_with_its_qualifiers_is_read_from_the_cause(tmp_path: Path) -> None:
    row = {
        "subject": TARGET,
        "predicate": "biolink:affected_by",
        "object": DRUG,
        "qualified_predicate": "biolink:caused_by",
        "subject_aspect_qualifier": "degradation",
        "subject_direction_qualifier": "increased",
    }
    found = graph(tmp_path, row)
    (claim,) = found.claims.values()
    assert (claim.subject, claim.relation, claim.object) == (
        "CHEBI:63791",
        "increases degradation of",
        "uniprot:Q13422",
    )


def test_nothing_of_an_edge_is_lost_in_silence(tmp_path: Path) -> None:
    bare = {**UP, "has_evidence": "ECO:0000305", "supporting_text": "It acts; agent_type=x"}
    listed = {
        **UP,
        "category": "biolink:Association",
        "aggregator_knowledge_source": "infores:rtx-kg2",
        "primary_knowledge_source": "infores:ctd",
        "knowledge_source": "infores:other",
        "relation": "RO:0002213",
    }
    found = graph(tmp_path, bare, listed)
    first = next(iter(found.claims.values()))
    assert "has_evidence=ECO:0000305; supporting_text=It acts, agent_type=x" in first.note
    for column in ("category", "aggregator_knowledge_source", "knowledge_source", "relation"):
        assert f"dropped: column {column}: 1 value is not read" in said(found)


@pytest.mark.parametrize(
    "written", ["PMC:4077049", "PMCID:PMC4077049", "PMC4077049", "pmc:PMC4077049"]
)
def test_an_article_of_pubmed_central_is_known_however_it_is_written(
    tmp_path: Path, written: str
) -> None:
    assert graph(tmp_path, {**UP, "publications": written}).evidence[0].source == "pmc:PMC4077049"


@pytest.mark.parametrize(
    "joined", ["PMID:1;PMID:2", "PMID:1; PMID:2", "PMID:1,PMID:2", "PMID:1 PMID:2"]
)
def test_publications_that_are_joined_in_other_ways_are_parted(tmp_path: Path, joined: str) -> None:
    address = "https://example.org/a,b;c"
    found = graph(tmp_path, {**UP, "publications": f"{joined}|{address}"})
    assert [e.source for e in found.evidence][:2] == ["PMID:1", "PMID:2"]
    assert found.sources[found.evidence[2].source].url == address


def test_an_id_that_is_used_twice_merges_only_what_is_the_same(tmp_path: Path) -> None:
    down = {**UP, "id": "e", "object_direction_qualifier": "decreased"}
    found = graph(tmp_path, {**UP, "id": "e"}, down, down)
    assert [c.relation for c in found.claims.values()] == ["activates", "inhibits"]
    assert [r.action for r in found.report.remarks] == ["dropped", "merged"]


PAIRS = [
    ("nodes_kg.tsv", "edges_kg.tsv"),
    ("kg2_nodes_v1.tsv", "kg2_edges_v1.tsv"),
    ("g.nodes.tsv.gz", "g.edges.tsv.gz"),
    ("G_NODES.TSV", "G_EDGES.TSV"),
]


@pytest.mark.parametrize(("nodes", "edge_file"), PAIRS)
def test_a_pair_is_found_under_many_names(tmp_path: Path, nodes: str, edge_file: str) -> None:
    one, other = write_tsv(tmp_path / nodes, NODES), write_tsv(tmp_path / edge_file, edges(UP))
    for paths in ([tmp_path], [one], [other], [one, other], [other, one]):
        found = Graph(read(paths))
        assert (len(found.entities), len(found.claims)) == (4, 1), paths


def test_two_files_that_are_named_are_a_pair_whatever_they_are_called(tmp_path: Path) -> None:
    one = write_tsv(tmp_path / "things.tsv", NODES)
    other = write_tsv(tmp_path / "links.tsv", edges(UP))
    assert len(Graph(read([other, one])).claims) == 1


@pytest.mark.parametrize("name", ["g.tar.gz", "g.tgz", "g.tar"])
def test_an_archive_of_a_pair_is_read_as_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    plain = graph(folder, {**UP, "score": "1"})
    archive = tmp_path / name
    with tarfile.open(archive, "w" if name.endswith(".tar") else "w:gz") as tar:
        tar.add(folder, "out/kg")
    found = Graph(read([archive]))
    assert (found.entities, found.claims) == (plain.entities, plain.claims)
    origin = next(iter(found.claims.values())).origin
    assert (origin.file, origin.line) == (str(archive / "out/kg/g_edges.tsv"), 2)
    assert total_size([archive]) == 2 * archive.stat().st_size


def test_archives_that_cannot_be_read_are_one_message(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    graph(folder, UP)
    (tmp_path / "bad.tgz").write_text("no archive")
    (tmp_path / "x_nodes.tsv").symlink_to("/etc/hostname")
    with tarfile.open(tmp_path / "two.tgz", "w:gz") as tar:
        tar.add(folder, "a")
        tar.add(folder, "b")
    with tarfile.open(tmp_path / "link.tgz", "w:gz") as tar:
        tar.add(tmp_path / "x_nodes.tsv", "x_nodes.tsv")
    whole = (tmp_path / "two.tgz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[: len(whole) // 2])
    for name, message in (
        ("bad.tgz", "is no sound archive"),
        ("two.tgz", "holds several KGX graphs"),
        ("link.tgz", "holds no _nodes and _edges files"),
        ("cut.tar.gz", "cut or damaged"),
        ("two.tgz/a/none_nodes.tsv", "No such file in the archive"),
    ):
        with pytest.raises(DataError, match=message):
            Graph(read([tmp_path / name]))


def test_lists_that_json_holds_as_text_are_parted(tmp_path: Path) -> None:
    node = {"id": DRUG, "category": "biolink:NamedThing|biolink:Drug", "name": "lenalidomide"}
    (tmp_path / "nodes.jsonl").write_text(json.dumps(node) + "\n", encoding="utf-8")
    edge = {**UP, "publications": "PMID:1|PMID:2"}
    (tmp_path / "edges.jsonl").write_text(json.dumps(edge) + "\n", encoding="utf-8")
    found = Graph(read([tmp_path]))
    assert found.entities["CHEBI:63791"].kind == "drug"
    assert [e.source for e in found.evidence] == ["PMID:1", "PMID:2"]


def test_nested_qualifiers_are_read_or_take_the_sign(tmp_path: Path) -> None:
    """As TRAPI has them; one that is not understood may say anything."""

    def nested(**given: str) -> list[dict[str, str]]:
        return [
            {"qualifier_type_id": f"biolink:{name}", "qualifier_value": value}
            for name, value in given.items()
        ]

    bare = {"subject": DRUG, "predicate": "biolink:affects", "object": TARGET}
    causes = {"subject": TARGET, "predicate": "biolink:causes", "object": DISEASE}
    down = nested(object_aspect_qualifier="activity", object_direction_qualifier="decreased")
    less = nested(subject_direction_qualifier="decreased")
    rows = [
        {**bare, "qualifiers": down},
        {**causes, "qualifiers": less},
        {**causes, "qualifiers": [{"type": "subject_direction_qualifier", "value": "decreased"}]},
        {**causes, "qualifiers": "subject_direction_qualifier=decreased"},
        {**causes, "qualifiers": []},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "edges.jsonl").write_text(text, encoding="utf-8")
    found = Graph(read([tmp_path]))
    assert [claim.relation for claim in found.claims.values()] == [
        "inhibits",
        "decreases",
        "affects",
        "affects",
        "causes",
    ]
    assert "unknown: qualifiers: 2 values stand in notes alone" in said(found)


def test_the_same_word_in_another_column_says_another_thing(tmp_path: Path) -> None:
    """Two edges of one id are one only where each column says the same."""
    row = {"id": "e1", "subject": DRUG, "predicate": "biolink:affects", "object": TARGET}
    found = graph(
        tmp_path,
        {**row, "object_direction_qualifier": "increased"},
        {**row, "subject_direction_qualifier": "increased"},
        {**row, "object_direction_qualifier": "increased"},
    )
    assert [c.relation for c in found.claims.values()] == ["increases", "affects"]
    assert [line for line in said(found) if line.startswith("merged")] == [
        "merged: the same edge stands there before"
    ]


def test_edges_that_are_alike_are_counted_one_by_one(tmp_path: Path) -> None:
    """What many edges have alike is understood once, and remarked on with their number."""
    odd = {"subject": DRUG, "predicate": "biolink:made_up", "object": TARGET, "score": "1"}
    leveled = {**UP, "knowledge_level": "odd", "moagraph:extent": "much"}
    found = graph(
        tmp_path,
        {**odd, "id": "a"},
        {**odd, "id": "b", "score": "2", "negated": "perhaps"},
        {**odd, "id": "c", "subject": ""},
        {**odd, "id": "d", "object": DISEASE},
        {**leveled, "id": "e"},
        {**leveled, "id": "f", "object": DISEASE},
        {**leveled, "id": "f", "object": DISEASE},
    )
    assert len(found.claims) == 4
    lines = said(found)
    assert sum("predicate biolink:made_up of 2 edges is unknown" in line for line in lines) == 1
    assert "dropped: column score: 2 values are not read" in lines
    assert any("knowledge_level 'odd' is no level of Biolink (3 edges)" in line for line in lines)
    assert any("moagraph:extent 'much' is none of" in line for line in lines)
    assert any("(2 edges)" in line for line in lines if "moagraph:extent" in line)


@pytest.mark.parametrize(
    ("iri", "curie"),
    [
        ("http://purl.obolibrary.org/obo/CHEBI_63791", "CHEBI:63791"),
        ("https://purl.obolibrary.org/obo/MONDO_0009693", "MONDO:0009693"),
        ("https://identifiers.org/hgnc:13176", "hgnc:13176"),
        ("https://identifiers.org/hgnc/HGNC:13176", "hgnc:13176"),
        ("http://identifiers.org/uniprot/Q13422", "uniprot:Q13422"),
        ("https://bioregistry.io/uniprot:Q13422", "uniprot:Q13422"),
        ("https://www.uniprot.org/uniprot/Q13422", "uniprot:Q13422"),
        ("http://purl.uniprot.org/uniprot/Q13422", "uniprot:Q13422"),
        ("https://evil.example/uniprot/Q13422", ""),
        ("https://identifiers.org/uniprot/not-one", ""),
        ("https://identifiers.org/", ""),
        ("http://", ""),
    ],
)
def test_iris_are_the_identifiers_that_they_stand_for(iri: str, curie: str) -> None:
    assert known_curie(iri) == curie
