"""Records compile to a dataset that answers, and that is audited as the files were."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from moagraph import dataset
from moagraph.errors import DataError
from moagraph.foreign.audit import audit_records
from moagraph.foreign.source import open_records
from moagraph.formats import drugmechdb
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from tests.conftest import missing
from tests.formats.drugmechdb.odd import SOUND


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a record, a variant of it, an index and a broken file."""
    source = tmp_path / "kb"
    source.mkdir()
    (source / "_index.yaml").write_text("[]\n", encoding="utf-8")
    (source / "a.yaml").write_text(SOUND, encoding="utf-8")
    again = "  - {source: GO:0006954, key: causes, target: MESH:D000001}\n"
    odd = SOUND.replace("_1\n", "_2\n", 1).replace("references:", again + "refrences:")
    (source / "b.yaml").write_text(odd.replace("testomab", "Testomab-2"), encoding="utf-8")
    (source / "c.yaml").write_text("a: [", encoding="utf-8")
    return source


def test_a_dataset_of_records_answers(folder: Path, tmp_path: Path) -> None:
    """Claims, the records that hold them, and the kinds that paths do not pass."""
    imported = drugmechdb.read(folder)
    manifest = dataset.write(imported, tmp_path / "out")
    assert manifest.counts["documents"] == 2
    kb = dataset.open(tmp_path / "out")
    assert kb.records_of("go.0006954-causes-mesh.d000001") == (
        "DB00001_MESH_D000001_1",
        "DB00001_MESH_D000001_2",
    )
    assert {"drug", "disease"} <= kb.closed_kinds
    answer = Graph(kb).explain("testomab", "Testitis")
    assert answer.verdict == "decreases"
    assert answer.sourced


def test_the_report_has_a_line_for_all_that_was_not_taken_as_it_stood(folder: Path) -> None:
    """With what was done, file, record and line."""
    imported = drugmechdb.read(folder)
    found = {(r.action, r.reason.rpartition("[")[2].rstrip("]")) for r in imported.report.remarks}
    assert found == {
        ("dropped", "index-file"),
        ("dropped", "unreadable-file"),
        ("merged", "duplicate-link"),
        ("merged", "several-names"),
        ("repaired", "misspelt-field"),
    }
    assert all(r.file for r in imported.report.remarks)
    assert imported.report.counts == {
        "files": 2,
        "records": 2,
        "links": 7,
        "links not read": 0,
        "links merged": 4,
        "claims": 3,
    }


def test_an_audit_survives_compiling(folder: Path, tmp_path: Path) -> None:
    """The same findings, word for word."""
    dataset.write(drugmechdb.read(folder), tmp_path / "out")
    before, after = open_records([folder]), open_records([tmp_path / "out"])
    assert before is not None
    assert after is not None
    assert before.records == after.records
    assert before.remarks == after.remarks
    assert {r.code for r in after.remarks} == {"index-file", "unreadable-file"}
    assert audit_records(before.records).findings == audit_records(after.records).findings


def test_a_dataset_without_records_is_none(tmp_path: Path) -> None:
    """A compiled graph of our own is audited as such."""
    from moagraph.dataset.imported import imported_tables

    dataset.write(imported_tables(KnowledgeBase.read().tables), tmp_path / "out")
    assert open_records([tmp_path / "out"]) is None


def test_what_holds_no_record_is_refused(tmp_path: Path) -> None:
    """With the name of what was given."""
    with pytest.raises(DataError, match="no DrugMechDB record"):
        drugmechdb.read(tmp_path)


def test_all_real_records_compile(tmp_path: Path) -> None:
    """Every record is accounted for, and lenalidomide's path crosses its own records."""
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if not folder:
        missing("MOAGRAPH_DRUGMECHDB, a folder of DrugMechDB records,")
    assert folder
    manifest = dataset.write(drugmechdb.read(folder), tmp_path / "out")
    assert manifest.counts["documents"] == 1214
    kb = dataset.open(tmp_path / "out")
    assert kb.records_of("uniprot.q96sw2-increases-degradation-of-uniprot.q13422") == (
        "DB00480_MESH_D009101_1",
        "DB00480_MESH_D020522_1",
    )
    assert (
        kb.resolve("DB:DB00480" if kb.names.find("DB:DB00480") else "drugbank:DB00480").kind
        == "drug"
    )
