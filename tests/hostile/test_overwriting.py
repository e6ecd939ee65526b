"""What is asked or read is never written over by the answer, whatever name it goes by."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.hostile.bounded import is_refused, run

VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"
COMMANDS: dict[str, list[str]] = {
    "report onto the input": ["import", "a.sif", "-o", "new", "--report", "a.sif"],
    "report onto a link to the input": ["import", "a.sif", "-o", "new", "--report", "link.sif"],
    "report by another path": ["import", "a.sif", "-o", "new", "--report", "d/../a.sif"],
    "report into a dataset": ["import", "a.sif", "-o", "d", "--report", "d/report.tsv"],
    "report in place of a dataset": ["import", "a.sif", "-o", "new", "--report", "new"],
    "a dataset in a dataset": ["import", "a.sif", "-o", "d/data-x"],
    "a dataset deep in a dataset": ["import", "a.sif", "-o", "d/x/y"],
    "no name of a dataset": ["import", "a.sif", "-o", ""],
    "no name of an input": ["import", "", "-o", "new"],
    "no name of a folder": ["init", ""],
    "a query": ["query", "--file", "q.rq", "-o", "q.rq", "-O", "csv"],
    "a batch": ["batch", "b.tsv", "-o", "b.tsv"],
    "a graph": ["-d", "g.ttl", "query", "ASK {}", "-o", "g.ttl", "-O", "csv"],
    "a table": ["-d", "tables", "search", "a", "-o", "tables/entities.tsv"],
    "a dataset": ["-d", "d", "search", "A", "-o", "d/moagraph-dataset.json"],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("made")
    (at / "a.sif").write_text("A activates B\n", encoding="utf-8")
    (at / "q.rq").write_text("ASK {}", encoding="utf-8")
    (at / "b.tsv").write_text("lenalidomide\tIKZF1\n", encoding="utf-8")
    shutil.copytree(VALID, at / "tables")
    assert run("import", "a.sif", "-o", "d", at=at).returncode == 0
    done = run("-d", "tables", "export", "turtle", "-o", "g.ttl", at=at)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(at / "guard")
    return at


@pytest.mark.parametrize("case", COMMANDS)
def test_nothing_is_written_over_what_is_read(made: Path, tmp_path: Path, case: str) -> None:
    at = tmp_path / "at"
    shutil.copytree(made, at, symlinks=True)
    (at / "link.sif").symlink_to("a.sif")
    before = {p: p.read_bytes() if p.is_file() else b"" for p in at.rglob("*")}
    is_refused(run(*COMMANDS[case], at=at), 4, "name")
    after = {p: p.read_bytes() if p.is_file() else b"" for p in at.rglob("*")}
    assert {p: c for p, c in after.items() if "guard" not in p.parts} == before


def test_an_answer_beside_the_data_may_be_written_again(made: Path, tmp_path: Path) -> None:
    at = tmp_path / "at"
    shutil.copytree(made, at)
    for _ in range(2):
        done = run("-d", "tables", "search", "a", "-o", "tables/found.tsv", at=at)
        assert done.returncode in (0, 1), done.stderr
    assert (at / "tables" / "found.tsv").exists()
