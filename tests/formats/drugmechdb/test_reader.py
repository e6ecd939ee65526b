"""Both layouts and every odd case: read, mended where the form is odd, never in silence."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from moagraph.errors import DataError
from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.formats.drugmechdb.records import from_json, to_json
from tests.conftest import missing
from tests.formats.drugmechdb.odd import SOUND, codes, one, read


def test_a_sound_record_has_no_remark(tmp_path: Path) -> None:
    """All fields, with lines, and drug and disease found by their ids."""
    record = one(tmp_path, SOUND)
    assert record.id == "DB00001_MESH_D000001_1"
    assert (record.drug, record.drugbank, record.disease) == ("testomab", "DB:DB00001", "Testitis")
    assert [n.name for n in record.nodes][1] == "Tumor necrosis factor"
    assert record.links[0][:3] == ("MESH:C000001", "decreases activity of", "UniProt:P01375")
    assert record.links[0].line == 16
    assert record.references == ("https://pubmed.ncbi.nlm.nih.gov/1/",)
    assert (record.drug_node, record.disease_node) == ("MESH:C000001", "MESH:D000001")
    assert record.remarks == ()
    assert from_json(to_json(record)) == record


def test_one_file_with_a_list_is_the_older_layout(tmp_path: Path) -> None:
    """`indication_paths.yaml`: records without ids are named after their indication."""
    items = []
    for number in (1, 2):
        text = SOUND.replace("  _id: DB00001_MESH_D000001_1\n", "").replace(
            "testomab", f"t{number}"
        )
        first, *rest = text.splitlines()
        items.append("\n".join([f"- {first}", *(f"  {line}" for line in rest)]))
    path = tmp_path / "indication_paths.yaml"
    path.write_text("\n".join(items), encoding="utf-8")
    records = list(RecordReader().records([path]))
    assert [r.drug for r in records] == ["t1", "t2"]
    assert [r.id for r in records] == ["DB00001_D000001", "DB00001_D000001#2"]
    assert codes(records[0]) == ["no-record-id"]
    assert codes(records[1]) == ["no-record-id", "record-id-twice"]


def test_ids_are_unique_whatever_is_written(tmp_path: Path) -> None:
    """Also where the name that a second one would get is taken."""
    named = [SOUND.replace("_id: DB00001_MESH_D000001_1", f"_id: {name!r}") for name in "XX"]
    named.insert(1, SOUND.replace("_id: DB00001_MESH_D000001_1", "_id: 'X#2'"))
    records, _ = read(tmp_path, *named, named[0])
    assert [r.id for r in records] == ["X", "X#2", "X#3", "X#4"]


def test_index_files_and_strangers_are_passed_over_with_a_remark(tmp_path: Path) -> None:
    """`_index.yaml` by its name, another index by its content, and what is no record at all."""
    folder = tmp_path / "kb"
    folder.mkdir()
    index = "- {id: DB00001_MESH_D000001_1, file: a.yaml, drug: t, disease_mesh: null}\n"
    (folder / "_index.yaml").write_text(index, encoding="utf-8")
    (folder / "all.yaml").write_text(index, encoding="utf-8")
    (folder / "a.yaml").write_text(SOUND, encoding="utf-8")
    (folder / "b.yaml").write_text("just: a setting\n", encoding="utf-8")
    (folder / "c.yml").write_text("a: [\n", encoding="utf-8")
    (folder / "notes.txt").write_text("not looked at", encoding="utf-8")
    (folder / "d.yaml").mkdir()
    reader = RecordReader()
    assert len(list(reader.records([folder]))) == 1
    found = {(r.code, Path(r.file).name) for r in reader.remarks}
    assert found == {
        ("index-file", "_index.yaml"),
        ("index-file", "all.yaml"),
        ("no-record", "b.yaml"),
        ("unreadable-file", "c.yml"),
        ("unreadable-file", "d.yaml"),
    }
    assert next(r.line for r in reader.remarks if r.code == "unreadable-file") == 2


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    """Alone and in a folder, its record named after it."""
    folder = tmp_path / "kb"
    folder.mkdir()
    text = SOUND.replace("  _id: DB00001_MESH_D000001_1\n", "")
    (folder / "DB7_1.yaml.gz").write_bytes(gzip.compress(text.encode()))
    for path in (folder, folder / "DB7_1.yaml.gz"):
        assert [r.id for r in RecordReader().records([path])] == ["DB7_1"]


@pytest.mark.parametrize("text", ["", "a: b\n", "[]\n", "- x\n", "a: [\n"])
def test_what_was_named_must_hold_a_record(tmp_path: Path, text: str) -> None:
    """A file that was asked for is not passed over."""
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        list(RecordReader().records([path]))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("references:", "refrences:", "misspelt-field"),
        ("links:", "edges:", "other-spelling"),
        ("directed: true", "directed: false", "undirected"),
        ("multigraph: true", "colour: red", "unknown-field"),
        ("  drug_mesh: MESH:C000001", "  drug_mesh: MESH:null", "null-id"),
    ],
)
def test_other_spellings_are_read_and_remarked_on(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    """The record keeps its links and its reference whichever name the field has."""
    record = one(tmp_path, SOUND.replace(old, new))
    assert codes(record) == [code]
    assert len(record.links) == 3
    assert record.references
    assert record.drug_node == "MESH:C000001"


def test_what_the_layouts_document_is_no_odd_spelling(tmp_path: Path) -> None:
    """`reference` is the name of the older layout."""
    record = one(tmp_path, SOUND.replace("references:", "reference:").replace("_id:", "id:"))
    assert codes(record) == []
    assert record.references
    assert record.id == "DB00001_MESH_D000001_1"


@pytest.mark.parametrize("name", ["comment", "comments", "commments", "comemnt"])
def test_a_comment_is_read_under_all_its_names(tmp_path: Path, name: str) -> None:
    """Each spelling that records have used."""
    assert one(tmp_path, SOUND + f"{name}: withdrawn in 1961\n").comment == "withdrawn in 1961"


@pytest.mark.parametrize("name", ["alt_names", "alt_name", "alt-name", "alt-names"])
def test_other_names_of_a_node_as_list_or_text(tmp_path: Path, name: str) -> None:
    """A scalar where a list belongs is a list of one."""
    old = "{id: MESH:C000001, label: Drug, name: testomab}"
    new = f"{{id: MESH:C000001, label: Drug, name: testomab, {name}: T-1, all_id: 'CHEBI:1'}}"
    record = one(tmp_path, SOUND.replace(old, new))
    assert record.nodes[0].alt_names == ("T-1",)
    assert record.nodes[0].alt_ids == ("CHEBI:1",)
    assert codes(record).count("text-for-list") == 2


def test_nothing_stands_for_nothing(tmp_path: Path) -> None:
    """null, ~ and empty fields are missing, not text."""
    text = SOUND.replace("drug_mesh: MESH:C000001", "drug_mesh: null")
    text = text.replace("drugbank: DB:DB00001", "drugbank: ~") + "comment:\n"
    record = one(tmp_path, text)
    assert (record.drug_mesh, record.drugbank, record.comment) == ("", "", "")
    assert record.drug_node == "MESH:C000001", "found by its name"
    assert record.remarks == ()


def test_words_that_other_readers_turn_into_values_stay_words(tmp_path: Path) -> None:
    """The gene NO, a leading zero, an exponent, a date."""
    for word in ("NO", "012", "1e3", "2021-03-04"):
        folder = tmp_path / word
        folder.mkdir()
        assert one(folder, SOUND.replace("Testitis", word)).disease == word


def test_control_characters_are_left_out_aloud(tmp_path: Path) -> None:
    """They belong to no name; a line end is a blank."""
    text = SOUND.replace("drug: testomab", '"drug": "te\\0st\\e[1mo\\nmab"')
    record = one(tmp_path, text)
    assert record.drug == "test[1mo mab"
    assert codes(record) == ["control-characters"]


def test_references_joined_by_blanks_are_parted(tmp_path: Path) -> None:
    """Two addresses in one item; a sentence stays whole."""
    text = SOUND.replace(
        "  - https://pubmed.ncbi.nlm.nih.gov/1/",
        "  - https://a.org/1 https://b.org/2\n  - Smith et al, a book",
    )
    record = one(tmp_path, text)
    assert record.references == ("https://a.org/1", "https://b.org/2", "Smith et al, a book")
    assert codes(record) == ["joined-references"]


def test_a_reference_on_a_node_goes_to_the_record(tmp_path: Path) -> None:
    """Records have held some there."""
    text = SOUND.replace("name: testomab}", "name: testomab, reference: 'https://c.org/3'}")
    record = one(tmp_path, text)
    assert record.references[-1] == "https://c.org/3"
    assert "node-reference" in codes(record)


def test_a_node_listed_twice_stays_once(tmp_path: Path) -> None:
    """The same again goes; another name or type stays, and both are remarked on."""
    again = "  - {id: GO:0006954, label: BiologicalProcess, name: inflammatory response}\n"
    other = "  - {id: GO:0006954, label: Pathway, name: Inflammation}\n"
    record = one(tmp_path, SOUND.replace("links:\n", again + other + "links:\n"))
    assert [n.id for n in record.nodes].count("GO:0006954") == 2
    assert codes(record) == ["duplicate-node", "duplicate-node"]
    node = record.node("GO:0006954")
    assert node is not None
    assert node.label == "BiologicalProcess"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("key: causes, ", "", "incomplete-link"),
        ("id: GO:0006954, ", "", "node-without-id"),
        (
            "  - {source: GO:0006954, key: causes, target: MESH:D000001}",
            "  - causes",
            "incomplete-link",
        ),
        ("key: causes", "key: [causes]", "list-for-text"),
        ("key: causes", "key: [a, b]", "wrong-form"),
        ("name: testomab}", "name: {a: b}}", "wrong-form"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, old: str, new: str, code: str) -> None:
    """The rest of the record is read all the same."""
    record = one(tmp_path, SOUND.replace(old, new))
    assert code in codes(record)
    assert len(record.links) >= 2


def test_evidence_of_newer_records(tmp_path: Path) -> None:
    """All fields of an item; one without a reference is said and left out."""
    evidence = """, evidence: [{reference: 'PMID:2', snippet: it does, supports: SUPPORT,
      evidence_source: IN_VITRO, explanation: clear, source_tier: A}, {snippet: alone}]"""
    text = SOUND.replace("target: UniProt:P01375}", f"target: UniProt:P01375{evidence}}}")
    record = one(tmp_path, text)
    (item,) = record.links[0].evidence
    assert item[:6] == ("PMID:2", "it does", "SUPPORT", "IN_VITRO", "clear", "A")
    assert codes(record) == ["evidence-without-reference"]
    assert from_json(to_json(record)) == record


def test_empty_records_are_read_with_remarks(tmp_path: Path) -> None:
    """Missing parts are named; nothing is raised."""
    records, _ = read(tmp_path, "graph: {}\n", "nodes: []\nlinks:\n", "graph: x\nnodes: y\n")
    assert [r.id for r in records] == ["r0", "r1", "r2"]
    assert [r.remarks[0].code for r in records] == ["missing-field"] * 3
    assert all(r.drug_node == "" for r in records)


def test_all_real_records_are_read() -> None:
    """1,214 of them, none lost, and the odd ones among them named."""
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if not folder:
        missing("MOAGRAPH_DRUGMECHDB, a folder of DrugMechDB records,")
    assert folder
    reader = RecordReader()
    records = list(reader.records([folder]))
    assert len(records) == len(list(Path(folder).glob("*.yaml"))) - len(reader.remarks)
    assert len({r.id for r in records}) == len(records)
    assert all(r.drug_node and r.disease_node and r.links for r in records)
    assert all(from_json(to_json(r)) == r for r in records)
