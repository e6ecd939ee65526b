"""KGX: what columns become, what is reported, and that files of millions never sit in memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from moagraph.errors import DataError
from moagraph.exchange.importing import read
from moagraph.formats.kgx.read import find_pair, read_kgx
from tests.formats.roundtrip import Graph

SMALL = "biolink:NamedThing|biolink:SmallMolecule"
NODES = [
    ["id", "category", "name", "xref", "synonym", "in_taxon", "iri", "made_up"],
    ["CHEBI:63791", SMALL, "lenalidomide", "DRUGBANK:DB00480|FOO:1", "CC-5013", "", "", "x"],
    ["UniProtKB:Q13422", "biolink:Protein", "IKZF1", "", "", "NCBITaxon:9606", "", ""],
    ["MONDO:0009693", "biolink:Disease", "multiple myeloma", "", "", "", "", ""],
    ["FB:FBgn0001", "biolink:Gene", "fly gene", "", "", "", "", ""],
]  # fmt: skip


def write_tsv(path: Path, rows: list[list[str]]) -> Path:
    text = "".join("\t".join(row) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8", newline="")
    return path


def edges(*rows: dict[str, str]) -> list[list[str]]:
    columns = list(dict.fromkeys(["subject", "predicate", "object", *(c for r in rows for c in r)]))
    return [columns, *([row.get(c, "") for c in columns] for row in rows)]


def graph(folder: Path, *rows: dict[str, str], nodes: list[list[str]] | None = None) -> Graph:
    write_tsv(folder / "g_nodes.tsv", nodes or NODES)
    write_tsv(folder / "g_edges.tsv", edges(*rows))
    return Graph(read_kgx(folder))


DRUG, TARGET, DISEASE = "CHEBI:63791", "UniProtKB:Q13422", "MONDO:0009693"
DEGRADES = {
    "subject": DRUG,
    "predicate": "biolink:affects",
    "object": TARGET,
    "qualified_predicate": "biolink:causes",
    "object_aspect_qualifier": "degradation",
    "object_direction_qualifier": "increased",
}


def said(found: Graph) -> list[str]:
    return [f"{r.action}: {r.reason}" for r in found.report.remarks]


def test_nodes_become_entities(tmp_path: Path) -> None:
    found = graph(tmp_path, DEGRADES)
    drug = found.entities["CHEBI:63791"]
    assert (drug.label, drug.category, drug.kind) == ("lenalidomide", "SmallMolecule", "chemical")
    assert drug.xrefs == ("drugbank:DB00480",)
    assert drug.synonyms == ("CC-5013", "FOO:1")
    assert found.entities["uniprot:Q13422"].taxon == "NCBITaxon:9606"
    fly = found.entities["moa:fb-fbgn0001"]
    assert fly.synonyms == ("FB:FBgn0001",)
    assert fly.kind == "gene"
    assert "dropped: column made_up: 1 value is not read" in said(found)


def test_an_edge_becomes_a_claim_with_evidence(tmp_path: Path) -> None:
    row = {
        **DEGRADES,
        "id": "urn:uuid:1-2",
        "knowledge_level": "knowledge_assertion",
        "agent_type": "manual_agent",
        "primary_knowledge_source": "infores:example",
        "publications": "PMID:24292625|doi:10.1126/science.1244851|PMC:PMC4077049",
        "has_evidence": "ECO:0000314",
        "supporting_text": "It degrades.",
        "species_context_qualifier": "NCBITaxon:9606",
        "disease_context_qualifier": DISEASE,
    }
    found = graph(tmp_path, row)
    (claim,) = found.claims.values()
    assert claim.id == "urn-uuid-1-2"
    assert (claim.subject, claim.relation, claim.object) == (
        "CHEBI:63791",
        "increases degradation of",
        "uniprot:Q13422",
    )
    assert (claim.kind, claim.polarity, claim.species) == (
        "mechanism",
        "asserted",
        "NCBITaxon:9606",
    )
    assert claim.disease == "MONDO:0009693"
    assert "agent_type=manual_agent" in claim.note
    assert [(e.source, e.stance, e.eco, e.basis) for e in found.evidence] == [
        ("PMID:24292625", "supports", "ECO:0000314", "secondary"),
        ("doi:10.1126/science.1244851", "supports", "ECO:0000314", "secondary"),
        ("pmc:PMC4077049", "supports", "ECO:0000314", "secondary"),
    ]
    assert found.evidence[0].statement == "It degrades. Listed by infores:example."
    assert found.claims[claim.id].origin.line == 2


@pytest.mark.parametrize("value", ["true", "True", "1", "YES", "t"])
def test_a_negated_edge_is_negated(tmp_path: Path, value: str) -> None:
    (claim,) = graph(tmp_path, {**DEGRADES, "negated": value}).claims.values()
    assert claim.polarity == "negated"


def test_an_edge_that_may_be_negated_is_dropped_with_a_line(tmp_path: Path) -> None:
    found = graph(tmp_path, DEGRADES, {**DEGRADES, "negated": "perhaps"})
    assert len(found.claims) == 1
    (remark,) = (r for r in found.report.remarks if "negated" in r.reason)
    assert (remark.action, remark.line) == ("dropped", 3)


@pytest.mark.parametrize(
    ("level", "relation", "kind", "directness"),
    [
        ("statistical_association", "associated with", "mechanism", ""),
        ("text_co_occurrence", "associated with", "mechanism", ""),
        ("prediction", "increases degradation of", "mechanism", "inferred"),
        ("observation", "increases degradation of", "observation", ""),
        ("knowledge_assertion", "increases degradation of", "mechanism", ""),
    ],
)
def test_the_knowledge_level_counts(
    tmp_path: Path, level: str, relation: str, kind: str, directness: str
) -> None:
    row = {**DEGRADES, "knowledge_level": level, "publications": "PMID:1"}
    found = graph(tmp_path, row)
    (claim,) = found.claims.values()
    assert (claim.relation, claim.kind, claim.directness) == (relation, kind, directness)
    stance = "inconclusive" if level == "prediction" else "supports"
    assert [e.stance for e in found.evidence] == [stance]


def test_the_effect_of_a_drug_on_a_disease_is_no_step(tmp_path: Path) -> None:
    found = graph(
        tmp_path,
        {"subject": DRUG, "predicate": "biolink:ameliorates_condition", "object": DISEASE},
        {"subject": TARGET, "predicate": "biolink:contributes_to", "object": DISEASE},
        {"subject": DISEASE, "predicate": "biolink:treated_by", "object": DRUG},
    )
    kinds = [(c.subject, c.relation, c.object, c.kind) for c in found.claims.values()]
    assert kinds == [
        ("CHEBI:63791", "restrains", "MONDO:0009693", "observation"),
        ("uniprot:Q13422", "promotes", "MONDO:0009693", "mechanism"),
        ("CHEBI:63791", "treats", "MONDO:0009693", "outcome"),
    ]


def test_unknown_predicates_are_counted_once_each(tmp_path: Path) -> None:
    row = {"subject": DRUG, "predicate": "biolink:frobs", "object": TARGET}
    found = graph(tmp_path, row, {**row, "object": DISEASE})
    assert len(found.claims) == 2
    (remark,) = (r for r in found.report.remarks if "frobs" in r.reason)
    assert remark.reason.startswith("predicate biolink:frobs of 2 edges is unknown")
    assert remark.line == 2


def test_the_same_edge_is_merged_and_another_of_its_id_is_not(tmp_path: Path) -> None:
    one = {**DEGRADES, "id": "e1", "publications": "PMID:1"}
    found = graph(tmp_path, one, one, {**one, "publications": "PMID:2"})
    assert list(found.claims) == ["e1", "e1-2"]
    assert [r.line for r in found.report.remarks if r.action == "merged"] == [3]
    assert {e.about for e in found.evidence} == {"e1", "e1-2"}


def test_edges_without_ends_or_nodes_are_said(tmp_path: Path) -> None:
    found = graph(tmp_path, {**DEGRADES, "object": ""}, {**DEGRADES, "object": "MONDO:0000001"})
    assert said(found)[:1] == ["dropped: column made_up: 1 value is not read"]
    assert "dropped: an edge without subject, predicate or object" in said(found)
    assert "repaired: no node is MONDO:0000001; kept with its id alone" in said(found)


def test_no_two_foreign_ids_become_one(tmp_path: Path) -> None:
    names = ["A:x", "a-x", "A.X", "A_x", "A x", "a-x-2", "moa:a-x"]
    nodes = [["id", "category", "name"], *([n, "biolink:Gene", n] for n in names)]
    found = graph(tmp_path, DEGRADES, nodes=nodes)
    assert len(found.entities) == len(names)
    assert "moa:a-x" in found.entities


@pytest.mark.parametrize(
    "bad", ["../../etc/passwd", "a\"b'c", "<script>", "x y", "\u202eabc", "é" * 500]
)
def test_hostile_ids_become_plain_ones(tmp_path: Path, bad: str) -> None:
    nodes = [["id", "category", "name"], [bad, "biolink:Gene", ""]]
    found = graph(tmp_path, {**DEGRADES, "object": bad}, nodes=nodes)
    (name,) = (e for e in found.entities)
    assert name.startswith("moa:")
    assert set(name[4:]) <= set("abcdefghijklmnopqrstuvwxyz0123456789.+-")
    assert found.entities[name].label == bad


def test_either_file_or_the_folder_names_the_pair(tmp_path: Path) -> None:
    nodes = write_tsv(tmp_path / "g_nodes.tsv.gz", NODES)
    edge_file = write_tsv(tmp_path / "g_edges.tsv", edges(DEGRADES))
    assert find_pair(tmp_path) == find_pair(nodes) == find_pair(edge_file) == (nodes, edge_file)
    assert len(Graph(read([nodes, edge_file])).claims) == 1
    write_tsv(tmp_path / "h_edges.tsv", edges(DEGRADES))
    with pytest.raises(DataError, match="several KGX graphs"):
        read([tmp_path])


def test_edges_alone_and_nodes_alone_are_read(tmp_path: Path) -> None:
    edge_file = write_tsv(tmp_path / "some.tsv", edges({**DEGRADES, "object": "TP53"}))
    found = Graph(read([edge_file]))
    assert found.entities["moa:tp53"].label == "TP53"
    assert len(found.claims) == 1
    nodes = write_tsv(tmp_path / "other.tsv", NODES)
    assert len(Graph(read([nodes])).entities) == 4


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "j").mkdir()
    row = {**DEGRADES, "id": "e1", "publications": "PMID:1|PMID:2", "negated": "true"}
    one = graph(tmp_path / "t", row)
    lines = []
    for cells in NODES[1:]:
        node = dict(zip(NODES[0], cells, strict=True))
        listed = {k: node[k].split("|") for k in ("category", "xref", "synonym") if node[k]}
        lines.append(json.dumps({**{k: v for k, v in node.items() if v}, **listed}))
    (tmp_path / "j" / "g_nodes.jsonl").write_text("\n".join(lines), encoding="utf-8")
    edge = {**row, "publications": ["PMID:1", "PMID:2"], "negated": True, "weight": 1.5}
    (tmp_path / "j" / "g_edges.jsonl").write_text(json.dumps(edge) + "\n", encoding="utf-8")
    other = Graph(read_kgx(tmp_path / "j"))
    assert other.entities == one.entities
    assert other.claims == one.claims
    assert other.evidence == one.evidence
    assert "dropped: column weight: 1 value is not read" in said(other)


def test_nested_sources_name_the_resource_that_said_it(tmp_path: Path) -> None:
    edge = {
        **DEGRADES,
        "sources": [
            {"resource_id": "infores:aggregator", "resource_role": "aggregator_knowledge_source"},
            {"resource_id": "infores:first", "resource_role": "primary_knowledge_source"},
        ],
    }
    (tmp_path / "g_edges.jsonl").write_text(json.dumps(edge) + "\n", encoding="utf-8")
    found = Graph(read_kgx(tmp_path))
    assert [s.title for s in found.sources.values()] == ["infores:first"]
    assert [e.statement for e in found.evidence] == ["Listed by infores:first."]


def test_a_claim_does_not_lose_its_gate(tmp_path: Path) -> None:
    sound = {**DEGRADES, "moagraph:requires": "moa:a|!moa:b,uniprot:P04637"}
    found = graph(tmp_path, sound, {**DEGRADES, "moagraph:requires": "moa:a and (b"})
    assert [c.requires for c in found.claims.values()] == ["moa:a|!moa:b,uniprot:P04637"]
    assert any(r.action == "dropped" and r.line == 3 for r in found.report.remarks)


def test_no_two_sources_become_one(tmp_path: Path) -> None:
    rows = [
        {**DEGRADES, "id": f"e{n}", "primary_knowledge_source": name, "publications": name}
        for n, name in enumerate(["infores:a-b", "infores:a_b", "infores:A-B", "infores:a-b"])
    ]
    found = graph(tmp_path, *rows)
    titles = [s.title for s in found.sources.values()]
    assert sorted(titles) == sorted(["infores:a-b", "infores:a_b", "infores:A-B"] * 2)
    assert {e.source for e in found.evidence} <= set(found.sources)


def test_columns_of_our_own_are_held_to_their_words(tmp_path: Path) -> None:
    row = {**DEGRADES, "moagraph:kind": "outcome", "moagraph:extent": "enormous"}
    found = graph(tmp_path, row)
    (claim,) = found.claims.values()
    assert (claim.kind, claim.extent) == ("outcome", "")
    assert any("moagraph:extent 'enormous' is none of" in line for line in said(found))


STREAMED = """
import sys
from collections import deque
from pathlib import Path
from moagraph.formats.kgx.read import read_kgx
found = read_kgx(Path(sys.argv[1]))
for part in (found.entities, found.assertions, found.sources, found.evidence):
    deque(part, maxlen=0)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def test_memory_does_not_grow_with_what_an_edge_says(tmp_path: Path) -> None:
    """Thirty thousand edges with long texts take little more than their ids."""

    def peak(text: str) -> int:
        folder = tmp_path / str(len(text))
        folder.mkdir()
        write_tsv(folder / "g_nodes.tsv", NODES)
        rows = [["id", "subject", "predicate", "object", "supporting_text", "publications"]]
        rows += [[f"e{i}", DRUG, "biolink:affects", TARGET, text, "PMID:1"] for i in range(30_000)]
        write_tsv(folder / "g_edges.tsv", rows)
        run = subprocess.run(
            [sys.executable, "-c", STREAMED, str(folder)],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        return int(run.stdout)

    small, large = peak("x"), peak("x" * 3000)
    assert large - small < 20_000  # of the 90,000 kB that the texts have


def test_a_foreign_graph_comes_back_from_a_second_trip(tmp_path: Path) -> None:
    """What was read once is written and read again unchanged, provenance included."""
    from moagraph import dataset
    from tests.formats.roundtrip import there_and_back

    rows = [
        {
            **DEGRADES,
            "id": "e1",
            "publications": "PMID:1|doi:10.1000/x|PMC:PMC4077049",
            "primary_knowledge_source": "infores:one",
            "knowledge_level": "prediction",
            "agent_type": "computational_model",
            "species_context_qualifier": "NCBITaxon:9606",
        },
        {"subject": TARGET, "predicate": "biolink:caused_by", "object": "FB:FBgn0001"},
        {
            "subject": TARGET,
            "predicate": "biolink:correlated_with",
            "object": DISEASE,
            "negated": "true",
            "agent_type": "text_mining_agent",
            "knowledge_level": "text_co_occurrence",
        },
    ]
    (tmp_path / "in").mkdir()
    graph(tmp_path / "in", *rows)
    dataset.write(read_kgx(tmp_path / "in"), tmp_path / "d")
    kb = dataset.open(tmp_path / "d")
    once = dict(kb.assertions.items())
    back = there_and_back(kb, "kgx_tsv", tmp_path / "out")
    assert back.claims == once
    assert back.entities == dict(kb.entities.items())
    edges = (tmp_path / "out" / "moagraph_edges.tsv").read_text(encoding="utf-8").splitlines()
    header = edges[0].split("\t")
    first, _, third = (dict(zip(header, line.split("\t"), strict=True)) for line in edges[1:])
    assert first["knowledge_level"] == "prediction"
    assert first["agent_type"] == "computational_model"
    assert first["primary_knowledge_source"] == "infores:one"
    assert third["knowledge_level"] == "text_co_occurrence"
    assert third["agent_type"] == "text_mining_agent"
