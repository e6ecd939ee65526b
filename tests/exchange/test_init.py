"""What `moagraph init` writes is sound, answers, and touches nothing that is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

import moagraph
from moagraph.exchange.starting import CLAIMS, example_tables
from moagraph.graph import Graph
from moagraph.validation import check_folder


def run(*arguments: str) -> tuple[int, str, str]:
    from moagraph_cli.main import cli

    result = CliRunner().invoke(cli, list(arguments), prog_name="moagraph")
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("empty", [False, True])
def test_the_example_is_sound_and_answers(tmp_path: Path, empty: bool) -> None:
    folder = tmp_path / "my drug"
    if empty:
        folder.mkdir()
    code, out, err = run("init", str(folder))
    assert (code, out) == (0, "")
    assert "README.md" in err
    assert check_folder(folder) == []
    answer = moagraph.load(folder).explain("bortezomib", "multiple myeloma")
    assert answer.to_dict()["verdict"] == "decreases"
    assert [s["status"] for s in answer.to_dict()["paths"][0]["steps"]] == ["supported"] * 3
    assert sorted(os.listdir(folder)) == [
        "README.md",
        "assertions.tsv",
        "entities.tsv",
        "evidence.tsv",
        "sources.tsv",
    ]
    assert os.listdir(tmp_path) == ["my drug"]


def test_the_readme_names_every_column_and_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "my drug"
    run("init", str(folder))
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert f"moagraph -d '{folder}' validate" in text
    for name in ("entities.tsv", "assertions.tsv"):
        for column in (folder / name).read_text(encoding="utf-8").splitlines()[0].split("\t"):
            assert f"`{column}`" in text, column


def test_every_row_is_one_of_the_built_in_tables(graph: Graph) -> None:
    tables = example_tables()
    assert [c.id for c in tables.assertions] == sorted(CLAIMS)
    assert all(graph.kb.assertions[c.id] == c for c in tables.assertions)
    assert all(graph.kb.evidence_by_id[e.id] == e for e in tables.evidence)
    assert all(s.pmid or s.doi for s in tables.sources)


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    code, _, err = run("init", str(folder))
    assert code == 4
    assert f"{folder}: is not empty; name a new folder" in err
    assert os.listdir(folder) == ["thesis.txt"]
    code, _, err = run("init", str(folder / "thesis.txt"))
    assert code == 4
    assert "is a file; name a new folder" in err
    assert (folder / "thesis.txt").read_text() == "years of work"
    code, _, err = run("init", "/proc/nothing/here")
    assert code == 4
    assert "cannot be written" in err
    assert os.listdir(tmp_path) == ["mine"]
