"""Folders and names on disk that are legal and that nobody would choose."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.hostile.bounded import is_refused, run

SIF = b"DrugX\tinhibits\tKinase\nKinase\tactivates\tGrowth\n"
RECORD = (
    "graph: {_id: r1, drug: a, disease: b, drug_mesh: 'MESH:D000001', "
    "disease_mesh: 'MESH:D000002'}\n"
    "links: [{key: decreases activity of, source: 'MESH:D000001', target: 'MESH:D000002'}]\n"
    "nodes: [{id: 'MESH:D000001', label: Drug, name: a}, "
    "{id: 'MESH:D000002', label: Disease, name: b}]\n"
)


def deep(folder: Path, times: int) -> None:
    """Make folders in folders, deeper than a name of a place can be written."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        for _ in range(times):
            os.mkdir("d")
            os.chdir("d")
        Path("r.yaml").write_text(RECORD, encoding="utf-8")
    finally:
        os.chdir(before)


def remove_deep(folder: Path) -> None:
    """Remove what `deep` made; `shutil.rmtree` goes as deep as Python calls itself."""
    while (folder / "d").exists():
        inner = folder / "d" / "d"
        if inner.exists():
            inner.rename(folder / "next")
        shutil.rmtree(folder / "d")
        if (folder / "next").exists():
            (folder / "next").rename(folder / "d")


def test_folders_without_end_are_looked_into_so_far(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    deep(top, 1500)
    try:
        is_refused(run("-d", "top", "stats", at=tmp_path), 4, "top: holds ")
        (top / "r.yaml").write_text(RECORD, encoding="utf-8")
        done = run("import", "top", "-o", "out", at=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "is a folder more than 40 deep: not read" in done.stderr
    finally:
        remove_deep(top)


def test_links_that_lead_back_are_told_and_not_followed(tmp_path: Path) -> None:
    inner = tmp_path / "top" / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "r.yaml").write_text(RECORD, encoding="utf-8")
    (inner / "back").symlink_to("../..")
    (tmp_path / "top" / "self").symlink_to(".")
    (tmp_path / "top" / "loop.yaml").symlink_to("loop.yaml")
    done = run("import", "top", "-o", "out", at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 record" in done.stderr
    assert done.stderr.count("is a link to a folder: not followed") == 2


def test_a_folder_of_very_many_files_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(5_000):
        os.close(os.open(folder / f"f{number}", os.O_CREAT | os.O_WRONLY))
    is_refused(run("import", "many", "-o", "out", at=tmp_path), 4, "many: holds no records")
    is_refused(run("-d", "many", "stats", at=tmp_path), 4, "many: holds no tables")


NAMES = {
    "terminal": b"ev\x1b[31mil.sif",
    "line": b"a\nmoagraph: all is well.sif",
    "direction": "a\u202efis.sif".encode(),
    "option": b"-o.sif",
    "quotes": b"a'\"$(touch x)`touch x`.sif",
    "percent": b"a%00%2f?mode=rwc#x.sif",
    "long": b"x" * 251 + b".sif",
}


@pytest.mark.parametrize("case", NAMES)
def test_a_file_may_have_any_name(tmp_path: Path, case: str) -> None:
    name = os.fsdecode(NAMES[case])
    (tmp_path / name).write_bytes(SIF)
    done = run("import", "-o", "out", "--", name, at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not [c for c in done.stderr if not c.isprintable() and c != "\n"]
    moved = tmp_path / name.removesuffix(".sif")
    (tmp_path / "out").rename(moved)
    shown = run("-d", moved.name, "explain", "DrugX", "Growth", at=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "DrugX decreases Growth" in shown.stdout
    assert not [c for c in shown.stdout + shown.stderr if not c.isprintable() and c != "\n"]
    (tmp_path / name).write_bytes(b"\0")
    refused = run("import", "-o", "again", "--", name, at=tmp_path)
    is_refused(refused, 4, "NUL; remove it")
    assert refused.stderr.count("\n") == 1
    assert not (tmp_path / "x").exists()


def test_a_name_that_is_no_text_is_told_or_read(tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff\xfe.sif")
    (tmp_path / odd).write_bytes(SIF)
    is_refused(run("import", odd, "-o", "out", at=tmp_path), 4, "no UTF-8; rename it")
    (tmp_path / "a.sif").write_bytes(SIF)
    place = os.fsdecode(b"out\xff")
    assert run("import", "a.sif", "-o", place, at=tmp_path).returncode == 0
    for command in (("explain", "DrugX", "Growth"), ("query", "ASK { ?s ?p ?o }")):
        done = run("-d", place, *command, at=tmp_path)
        assert done.returncode == 0, done.stderr
    shown = run("explain", "lenalidomide", "IKZF1", "-o", os.fsdecode(b"a\xff.md"), at=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert b"a\xff.md" in os.listdir(os.fsencode(tmp_path))
