"""Folders in folders, JSON, empty files, and that what was read adds up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.errors import DataError
from moagraph.exchange.importing import guess, read
from moagraph.foreign.audit import audit_records
from moagraph.foreign.source import find_record, open_records
from moagraph.formats import drugmechdb
from moagraph.formats.drugmechdb.reader import RecordReader
from tests.formats.drugmechdb.odd import SOUND, codes, one


def named(name: str) -> str:
    return SOUND.replace("DB00001_MESH_D000001_1", name)


def as_json(name: str) -> str:
    return json.dumps(yaml.safe_load(named(name)), indent="\t")


def test_folders_in_folders_are_read(tmp_path: Path) -> None:
    """As the repositories lay them out, `kb/paths/X.yaml`; hidden folders are somebody else's."""
    for place in ("a.yaml", "paths/b.yml", "paths/deep/c.YAML", ".git/d.yaml"):
        (tmp_path / "kb" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "kb" / place).write_text(named(Path(place).stem), encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "kb" / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    reader = RecordReader()
    assert [r.id for r in reader.records([tmp_path / "kb"])] == ["a", "b", "c"]
    assert [(r.code, Path(r.file).name) for r in reader.remarks] == [("unreadable-file", "link")]
    (tmp_path / "kb" / "a.yaml").unlink()
    assert guess(tmp_path / "kb") == "drugmechdb"
    assert open_records([tmp_path / "kb"]) is not None


def test_json_is_read_where_it_looks_like_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(as_json("a"), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "x", "nodes": 3}', encoding="utf-8")
    assert guess(tmp_path / "a.json") == guess(tmp_path) == "drugmechdb"
    assert [r.id for r in RecordReader().records([tmp_path])] == ["a"]
    assert read([tmp_path / "a.json"]).report.counts["claims"] == 3
    record, rest = find_record(str(tmp_path / "a.json"), [])
    assert (record.id, rest) == ("a", [])
    with pytest.raises(DataError):
        guess(tmp_path / "package.json")


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n", "null\n", "---\n---\n"])
def test_an_empty_file_in_a_folder_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "empty.yaml").write_text(text, encoding="utf-8")
    reader = RecordReader()
    assert len(list(reader.records([tmp_path]))) == 1
    assert [(r.code, r.message) for r in reader.remarks] == [("no-record", "is empty")]


def test_an_end_of_a_document_is_no_record(tmp_path: Path) -> None:
    """Several documents in a file, the last one empty."""
    (tmp_path / "a.yaml").write_text(f"{named('a')}---\n{named('b')}---\n", encoding="utf-8")
    reader = RecordReader()
    assert [r.id for r in reader.records([tmp_path])] == ["a", "b"]
    assert reader.remarks == []


def test_capitals_are_read(tmp_path: Path) -> None:
    text = (
        SOUND.replace("\ngraph:", "\nGraph:")
        .replace("nodes:", "Nodes:")
        .replace("links:", "Links:")
    )
    record = one(tmp_path, text)
    assert (len(record.nodes), len(record.links), record.drug) == (4, 3, "testomab")
    assert codes(record).count("misspelt-field") == 3


def test_several_references_of_one_piece_of_evidence_are_several(tmp_path: Path) -> None:
    more = "target: UniProt:P01375, evidence: [{reference: [PMID:1, PMID:2], supports: SUPPORT}]}"
    record = one(tmp_path, SOUND.replace("target: UniProt:P01375}", more, 1))
    found = [(e.reference, e.supports) for e in record.links[0].evidence]
    assert found == [("PMID:1", "SUPPORT"), ("PMID:2", "SUPPORT")]


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ("causes", "inhibits"),
        ("biolink:contributes_to", "inhibits"),
        ("correlated_with", "affects"),
    ],
)
def test_a_qualified_predicate_that_claims_no_cause_takes_the_sign(
    tmp_path: Path, said: str, relation: str
) -> None:
    new = f"""key: affects, qualified_predicate: {said}, object_aspect_qualifier: activity,
      object_direction_qualifier: decreased"""
    (tmp_path / "a.yaml").write_text(SOUND.replace("key: decreases activity of", new))
    imported = drugmechdb.read(tmp_path)
    claims = [claim for claim in imported.assertions if claim.subject == "mesh:C000001"]
    assert [claim.relation for claim in claims] == [relation]
    reasons = [r.reason for r in imported.report.remarks]
    assert any("[unknown-qualifiers]" in r for r in reasons) == (relation == "affects")
    audited = audit_records(RecordReader().records([tmp_path]))
    assert audited.records[0].net == ("open" if relation == "affects" else "negative")


def test_nested_qualifiers_take_the_sign(tmp_path: Path) -> None:
    new = "key: causes, qualifiers: [{qualifier_type_id: x, qualifier_value: decreased}]"
    (tmp_path / "a.yaml").write_text(SOUND.replace("key: causes", new))
    relations = [claim.relation for claim in drugmechdb.read(tmp_path).assertions]
    assert relations == ["inhibits", "increases", "affects"]


def test_a_type_of_biolink_is_known_and_an_odd_id_is_a_synonym(tmp_path: Path) -> None:
    text = SOUND.replace("label: Protein", "label: Gene").replace("UniProt:P01375", "NCBIGene:x")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    entity = next(e for e in drugmechdb.read(tmp_path).entities if e.kind == "gene")
    assert (entity.id, entity.category) == ("moa:drugmechdb-ncbigene-x", "Gene")
    assert "NCBIGene:x" in entity.synonyms


ENDS = st.sampled_from(["MESH:C000001", "UniProt:P01375", "GO:0006954", "null", "", "odd"])
KEYS = st.sampled_from(["causes", "Causes", "biolink:causes", "treats", "caused by", "x", ""])
LINK = st.fixed_dictionaries(
    {"source": ENDS, "key": KEYS, "target": ENDS},
    optional={
        "negated": st.sampled_from(["true", "false"]),
        "evidence": st.just({"reference": "PMID:1"}),
    },
)
LINKS = st.lists(st.lists(LINK | st.just("text"), max_size=8), min_size=1, max_size=3)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(LINKS)
def test_every_link_is_a_claim_or_merged_or_not_read_with_a_line(
    tmp_path_factory: pytest.TempPathFactory, lists: list[list[object]]
) -> None:
    """Links written = claims + links merged + links not read, each of which has its line."""
    path = tmp_path_factory.mktemp("r") / "a.yaml"
    listed = [yaml.safe_load(SOUND) | {"links": links} for links in lists]
    path.write_text(yaml.safe_dump(listed), encoding="utf-8")
    imported = drugmechdb.read(path)
    counts = imported.report.counts
    assert counts["records"] == len(lists)
    assert counts["links"] == sum(map(len, lists))
    assert counts["links"] == counts["claims"] + counts["links merged"] + counts["links not read"]
    reasons = ("[incomplete-link]", "[negated-link]", "[self-loop]", "[link-without-end]")
    said = sum(r.reason.endswith(reasons) for r in imported.report.remarks)
    assert said == counts["links not read"]
