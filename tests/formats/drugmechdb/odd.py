"""Small records, sound and odd, written for the tests."""

from __future__ import annotations

from pathlib import Path

from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.formats.drugmechdb.records import DrugMechRecord

SOUND = """\
directed: true
multigraph: true
graph:
  _id: DB00001_MESH_D000001_1
  drug: testomab
  drug_mesh: MESH:C000001
  drugbank: DB:DB00001
  disease: Testitis
  disease_mesh: MESH:D000001
nodes:
  - {id: MESH:C000001, label: Drug, name: testomab}
  - {id: UniProt:P01375, label: Protein, name: Tumor necrosis factor}
  - {id: GO:0006954, label: BiologicalProcess, name: inflammatory response}
  - {id: MESH:D000001, label: Disease, name: Testitis}
links:
  - {source: MESH:C000001, key: decreases activity of, target: UniProt:P01375}
  - {source: UniProt:P01375, key: positively regulates, target: GO:0006954}
  - {source: GO:0006954, key: causes, target: MESH:D000001}
references:
  - https://pubmed.ncbi.nlm.nih.gov/1/
"""


def read(tmp_path: Path, *texts: str) -> tuple[list[DrugMechRecord], RecordReader]:
    """Write texts as files of a folder and return the records and the reader."""
    folder = tmp_path / "records"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"r{number}.yaml").write_text(text, encoding="utf-8")
    reader = RecordReader()
    return list(reader.records([folder])), reader


def one(tmp_path: Path, text: str) -> DrugMechRecord:
    """Return the one record of a text."""
    (record,), _ = read(tmp_path, text)
    return record


def codes(record: DrugMechRecord) -> list[str]:
    """Return the codes of the remarks of a record."""
    return [remark.code for remark in record.remarks]
