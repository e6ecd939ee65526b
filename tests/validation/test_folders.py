"""Several folders of tables: each checked as files, all together in what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from moagraph.errors import DataError
from moagraph.knowledge import KnowledgeBase
from moagraph.validation import check_folders

VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"


def two(folder: Path) -> list[str]:
    """Return two folders, the second of which names entities of the first only."""
    for name in ("a", "b"):
        shutil.copytree(VALID, folder / name)
    for path in (folder / "b").iterdir():
        header = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(header + "\n", encoding="utf-8")
    header, *rows = (VALID / "assertions.tsv").read_text(encoding="utf-8").splitlines()
    row = rows[0].split("\t")
    row[0] = "another"
    row[1:4] = [row[1], "associated with", row[3]]
    (folder / "b" / "assertions.tsv").write_text("\n".join([header, "\t".join(row)]) + "\n")
    return [str(folder / "a"), str(folder / "b")]


def test_a_folder_may_name_what_another_holds(tmp_path: Path) -> None:
    names = two(tmp_path)
    found = dict(check_folders(names))
    assert list(found) == [*names, "together"]
    assert "unknown-entity" not in {f.code for findings in found.values() for f in findings}
    assert KnowledgeBase.read(*names).assertions["another"]


def test_what_stands_differently_names_both_folders(tmp_path: Path) -> None:
    names = two(tmp_path)
    path = tmp_path / "b" / "entities.tsv"
    text = (VALID / "entities.tsv").read_text(encoding="utf-8").splitlines()
    first = text[1].split("\t")
    path.write_text("\n".join([text[0], "\t".join([first[0], "other", *first[2:]])]) + "\n")
    [(_, together)] = check_folders(names)[2:]
    [finding] = [f for f in together if f.code == "duplicate-id"]
    assert finding.file == f"{names[1]}/entities.tsv"
    assert f"{names[0]}/entities.tsv" in finding.message
    with pytest.raises(DataError, match=f"moagraph -d {names[0]} -d {names[1]} validate"):
        KnowledgeBase.read(*names)


def test_files_with_faults_are_told_alone(tmp_path: Path) -> None:
    names = two(tmp_path)
    (tmp_path / "b" / "entities.tsv").write_text("id,label\n")
    found = check_folders(names)
    assert [name for name, _ in found] == names
    assert [f.code for f in found[1][1]] == ["header"]


def test_a_table_that_lies_there_as_csv_is_pointed_at(tmp_path: Path) -> None:
    names = two(tmp_path)
    (tmp_path / "b" / "entities.tsv").rename(tmp_path / "b" / "entities.csv")
    [finding] = [f for f in check_folders(names)[1][1] if f.code == "missing-table"]
    assert "save entities.csv as tab-separated text" in finding.remedy
