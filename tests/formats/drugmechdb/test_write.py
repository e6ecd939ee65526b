"""What is written is read back; our mechanisms lose only what the report lists."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph import dataset
from moagraph.foreign.audit import audit_records
from moagraph.formats import drugmechdb
from moagraph.formats.drugmechdb.link_keys import by_key
from moagraph.formats.drugmechdb.merge import Merge
from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.formats.drugmechdb.records import DrugMechRecord, EvidenceItem, Link, Node
from moagraph.formats.drugmechdb.write import KEYS, Written, treated, write
from moagraph.formats.drugmechdb.yaml_out import to_yaml
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity, Evidence, Source
from moagraph.relations import RELATIONS
from moagraph.tables import Tables
from moagraph.vocabulary import walkable
from moagraph_cli.main import cli

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=9
)
WORD = TEXT | st.sampled_from(["NO", "012", "1e3", "2021-03-04", "a: b", "- x", "#", "'", '"'])
WORD = WORD.map(str.strip).filter(lambda t: t not in ("", "~", "null", "Null", "NULL"))
MAYBE = st.just("") | WORD
WORDS = st.lists(WORD, max_size=2).map(tuple)
IDS = st.sampled_from(["MESH:C1", "UniProt:P01375", "GO:0006954", "MESH:D1", "x y"])
ITEMS = st.builds(EvidenceItem, WORD, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)
LINKS = st.builds(Link, IDS, WORD, IDS, MAYBE, MAYBE, st.lists(ITEMS, max_size=2).map(tuple))
NODES = st.builds(Node, IDS, MAYBE, MAYBE, WORDS, WORDS)
PART = {"drug": MAYBE, "drug_mesh": MAYBE, "drugbank": MAYBE, "disease": MAYBE}


@st.composite
def records(draw: st.DrawFn) -> DrugMechRecord:
    """Make a record of anything."""
    nodes = draw(st.lists(NODES, max_size=4, unique_by=lambda n: n.id))
    return DrugMechRecord(
        draw(WORD),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE.filter(lambda t: not t.casefold().endswith(":null"))),
        tuple(nodes),
        tuple(draw(st.lists(LINKS, max_size=4))),
        tuple(dict.fromkeys(draw(WORDS))),
        draw(MAYBE),
    )


def plain(record: DrugMechRecord) -> DrugMechRecord:
    """Return a record without where it was read."""
    links = tuple(
        one._replace(line=0, evidence=tuple(e._replace(line=0) for e in one.evidence))
        for one in record.links
    )
    nodes = tuple(n._replace(line=0) for n in record.nodes)
    return record._replace(nodes=nodes, links=links, remarks=(), file="", line=0)


def read(text: str, path: Path) -> list[DrugMechRecord]:
    """Return the records of a text."""
    path.write_text(text, encoding="utf-8")
    return list(RecordReader().records([path]))


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.lists(records(), min_size=1, max_size=3, unique_by=lambda r: r.id))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, made: list[DrugMechRecord]
) -> None:
    """Any text in any field, in one file or a list; and PyYAML reads the same words."""
    text = to_yaml(made)
    path = tmp_path_factory.getbasetemp() / "written.yaml"
    assert [plain(r) for r in read(text, path)] == [plain(r) for r in made]
    content = yaml.safe_load(text)
    first = content if isinstance(content, dict) else content[0]
    assert first["graph"]["_id"] == made[0].id
    assert first["directed"] is True


def test_a_key_has_the_sign_of_its_relation() -> None:
    """Of each relation that can be a step; read again it never turns."""
    steps = {name for name, relation in RELATIONS.items() if walkable(relation.sign)}
    assert steps - set(KEYS) == {"treats"}
    for name, key in KEYS.items():
        again = RELATIONS[by_key()[key, False].relation].sign
        assert again == RELATIONS[name].sign, name


@pytest.fixture(scope="module")
def written(graph: Graph) -> list[Written]:
    """Return the records of the built-in graph."""
    return list(write(graph.kb))


def test_our_records_are_sound_by_their_own_rules(written: list[Written]) -> None:
    """They net negative, and the audit finds no error in them."""
    report = audit_records([w.record for w in written])
    assert {r.net for r in report.records} == {"negative"}
    assert [f for f in report.findings if f.severity == "error"] == []
    assert {"lenalidomide", "thalidomide"} <= {w.record.drug for w in written}


def test_lenalidomide_keeps_its_steps_and_names_its_losses(written: list[Written]) -> None:
    """IKZF1 to the disease; the machine, the degron, the contexts and the snippets go."""
    one = next(w for w in written if w.record.id == "DB00480_MESH_D009101_1")
    names = {n.id: n.name for n in one.record.nodes}
    steps = {(names[x.source], x.key, names[x.target]) for x in one.record.links}
    assert ("lenalidomide", "increases degradation of", "IKZF1") in steps
    assert ("IKZF1", "positively regulates", "myeloma cell survival") in steps
    assert ("myeloma cell survival", "contributes to", "multiple myeloma") in steps
    losses = "\n".join(one.losses)
    assert "lenalidomide increases degradation of IKZF1: that it needs CRL4-CRBN" in losses
    assert "that it holds in malignant plasma cell" in losses
    assert "verbatim snippets" in losses
    cited = [e for x in one.record.links for e in x.evidence]
    assert all(e.reference.startswith("PMID:") and not e.snippet for e in cited)


def test_claims_come_back_but_for_the_losses(written: list[Written], tmp_path: Path) -> None:
    """Read again, each step has its ends and its sign, unless it is a passage to a complex."""
    (one,) = [w.record for w in written if w.record.id == "DB00480_MESH_D009101_1"]
    merge = Merge(read(to_yaml([one]), tmp_path / "a.yaml"))
    back = {(a.subject, a.object): RELATIONS[a.relation].sign for a, _ in merge.assertions()}
    assert back["mesh:D000077269", "uniprot:Q13422"] == -1
    assert back["mesh:D000077269", "uniprot:P35613"] == -1
    assert len(back) == len(one.links)
    assert set(back.values()) == {1, -1}


def test_an_export_is_a_text_and_a_report(
    graph: Graph, written: list[Written], tmp_path: Path
) -> None:
    """All records in one list; each loss under its record."""
    text, report = drugmechdb.export(graph.kb)
    assert [r.id for r in read(text, tmp_path / "all.yaml")] == [w.record.id for w in written]
    assert report.counts["records"] == len(written)
    assert len(report.remarks) == sum(len(w.losses) for w in written)
    assert {r.record for r in report.remarks} == {w.record.id for w in written}


def test_a_dataset_of_records_gives_them_back(written: list[Written], tmp_path: Path) -> None:
    """Word for word, whatever the merge made of them."""
    source = tmp_path / "all.yaml"
    source.write_text(to_yaml(w.record for w in written), encoding="utf-8")
    dataset.write(drugmechdb.read(source), tmp_path / "out")
    text, report = drugmechdb.export(dataset.open(tmp_path / "out"))
    assert text == source.read_text(encoding="utf-8")
    assert report.remarks == []


def test_the_command_writes_records(tmp_path: Path) -> None:
    """All, one pair, and those of a dataset, each loss on stderr."""
    whole = CliRunner().invoke(cli, ["export", "drugmechdb"])
    assert whole.exit_code == 0
    assert "lost: DB00480" in whole.stderr
    pair = CliRunner().invoke(cli, ["export", "drugmechdb", "--between", "pomalidomide", "MM"])
    assert "_id: DB08910_MESH_D009101_1" in pair.stdout
    source = tmp_path / "all.yaml"
    source.write_text(whole.stdout, encoding="utf-8")
    dataset.write(drugmechdb.read(source), tmp_path / "out")
    again = CliRunner().invoke(cli, ["-d", str(tmp_path / "out"), "export", "drugmechdb"])
    assert (again.stdout, again.stderr) == (whole.stdout, "")


def test_a_pair_that_is_asked_for_and_one_without_a_path(graph: Graph) -> None:
    """Only what fires is written."""
    kb = graph.kb
    pair = (kb.resolve("pomalidomide").id, kb.resolve("multiple myeloma").id)
    (one,) = write(kb, [pair])
    assert one.record.id == "DB08910_MESH_D009101_1"
    assert list(write(kb, [(kb.resolve("warfarin").id, pair[1])])) == []
    assert all(kb.entities[drug].kind == "drug" for drug, _ in treated(kb))


def test_a_passage_from_component_to_complex_is_a_part_of() -> None:
    """Neutral by DrugMechDB's signs, so the product stays."""
    entities = (
        Entity("CHEBI:1", "drug", "SmallMolecule", "drug", xrefs=("drugbank:DB00001",)),
        Entity("uniprot:P01375", "TNF", "Protein", "protein"),
        Entity(
            "GO:0000001", "pair", "MacromolecularComplex", "complex", members=("uniprot:P01375",)
        ),
        Entity("MONDO:0000001", "disease", "Disease", "disease", xrefs=("mesh:D000001",)),
    )
    claims = (
        Assertion("a", "CHEBI:1", "inhibits", "uniprot:P01375"),
        Assertion("b", "GO:0000001", "sustains", "MONDO:0000001"),
    )
    kb = KnowledgeBase(
        Tables(
            entities=entities,
            assertions=claims,
            evidence=(Evidence("e", "a", "doi:10.1/x"),),
            sources=(Source("doi:10.1/x", doi="10.1/x"),),
        )
    )
    (one,) = write(kb, [("CHEBI:1", "MONDO:0000001")])
    assert [x.key for x in one.record.links] == [
        "decreases activity of",
        "part of",
        "contributes to",
    ]
    assert audit_records([one.record]).records[0].net == "negative"
    assert one.record.references == ("https://doi.org/10.1/x",)
    assert "TNF part of pair: that the complex falls with its component" in one.losses
