"""Many pairs: one row each, a bad line does not stop the rest."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import moagraph
from moagraph.graph import Graph
from moagraph.mechanism.batch import COLUMNS, batch
from moagraph_cli.commands.batch import batch as command
from moagraph_cli.commands.explain import explain as explain_command
from moagraph_cli.commands.import_ import import_ as import_command
from moagraph_cli.settings import Settings

PAIRS = (
    "# drug and end\n"
    "lenalidomide\tmultiple myeloma\n"
    "\n"
    "no tab here\n"
    "lenalidomide\tno such thing\n"
    "thalidomide\tCSNK1A1\r\n"
    "lenalidomide\t\n"
)


def test_rows_are_the_answers_of_explain(graph: Graph) -> None:
    rows = {row.line: row for row in batch(graph.kb, PAIRS.splitlines(keepends=True))}
    assert sorted(rows) == [2, 4, 5, 6, 7]
    answer = graph.explain("lenalidomide", "multiple myeloma")
    first = rows[2]
    assert (first.verdict, first.agreement) == (answer.verdict, answer.agreement)
    assert first.paths == len(answer.paths)
    assert first.steps == tuple(step.id for step in answer.paths[0].steps)
    assert first.sign == "-1"
    assert any("PMID:" in reference for reference in first.references)
    assert rows[6].verdict == "shown_not"
    assert rows[6].references


def test_bad_lines_are_rows_with_an_error(graph: Graph) -> None:
    rows = {row.line: row for row in batch(graph.kb, PAIRS.splitlines())}
    assert "1 columns" in rows[4].error
    assert "no such thing" in rows[5].error
    assert (rows[5].a, rows[5].verdict) == ("lenalidomide", "")
    assert "empty" in rows[7].error
    assert rows[5].cells()[COLUMNS.index("paths")] == ""


def test_rows_come_one_by_one(graph: Graph) -> None:
    asked: list[int] = []

    def lines() -> object:
        for number in range(3):
            asked.append(number)
            yield "lenalidomide\tIKZF1"

    rows = batch(graph.kb, lines())  # type: ignore[arg-type]
    next(rows)
    assert asked == [0]


def test_options_hold_for_every_pair(graph: Graph) -> None:
    template = graph.question("", without=["CRBN"])
    (row,) = batch(graph.kb, ["lenalidomide\tIKZF1"], template)
    assert row.verdict == graph.explain("lenalidomide", "IKZF1", without=["CRBN"]).verdict
    assert row.paths == 0


def run(*arguments: str, text: str | bytes = "") -> Result:
    return CliRunner().invoke(command, arguments, input=text, obj=Settings())


def test_tsv_has_stable_columns_and_the_exit_code_of_bad_names() -> None:
    result = run("-", text=PAIRS)
    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert tuple(lines[0].split("\t")) == COLUMNS
    assert " ".join(COLUMNS) == (
        "line a b verdict agreement sign paths capped best_path steps sourced references error"
    )
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in lines)
    assert "line 4" in result.stderr
    assert "line 5" in result.stderr


def test_jsonl_holds_the_same_keys() -> None:
    result = run("-", "-O", "jsonl", text="lenalidomide\tIKZF1\n")
    assert result.exit_code == 0
    assert tuple(json.loads(result.stdout)) == COLUMNS
    assert result.stderr == ""


def test_files_in_and_out(tmp_path: Path) -> None:
    source, target = tmp_path / "pairs.tsv", tmp_path / "out.jsonl"
    source.write_text("\ufefflenalidomide\tIKZF1\n", encoding="utf-8")
    assert run(str(source), "-o", str(target)).exit_code == 0
    (line,) = target.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["verdict"] == "decreases"


def test_other_formats_are_refused(tmp_path: Path) -> None:
    assert run("-", "-o", str(tmp_path / "out.csv"), text="a\tb\n").exit_code == 2


def test_missing_files_and_bad_bytes(tmp_path: Path) -> None:
    assert run(str(tmp_path / "nothing")).exit_code == 4
    result = run("-", text=b"lenalid\xff\tIKZF1\nlenalidomide\tIKZF1\n")
    assert result.exit_code == 3
    assert "decreases" in result.stdout


def test_no_line_is_no_error() -> None:
    assert run("-", text="# nothing\n").exit_code == 0


def run_import(*arguments: str) -> Result:
    return CliRunner().invoke(import_command, arguments, obj=Settings())


def layered(folder: Path, *widths: int) -> None:
    """Write a graph in which every node of a layer raises every node of the next."""
    layers = [["START"], *([f"{n}.{i}" for i in range(w)] for n, w in enumerate(widths)), ["END"]]
    lines = [
        f"{a}\tactivates\t{b}" for here, there in pairwise(layers) for a in here for b in there
    ]
    (folder / "layers.sif").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run_import(str(folder / "layers.sif"), "-o", str(folder / "layers"))
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("widths", "capped", "paths"),
    [
        ((10, 10), "", 100),
        ((11, 10, 10), "not_all_listed", 1000),
        ((9,) * 4, "not_all_voted", 1000),
    ],
)
def test_rows_say_where_there_are_more_paths_than_are_counted(
    tmp_path: Path, widths: tuple[int, ...], capped: str, paths: int
) -> None:
    layered(tmp_path, *widths)
    graph = moagraph.load(tmp_path / "layers")
    (row,) = graph.batch(["START\tEND"])
    assert (row.verdict, row.capped, row.paths) == ("increases", capped, paths)
    data = str(tmp_path / "layers")
    result = run("-", "-d", data, text="START\tEND\n")
    assert ("line 1: more than 1,000 paths" in result.stderr) == bool(capped)


def test_rows_of_an_answer_that_is_cut_are_told_of(tmp_path: Path) -> None:
    layered(tmp_path, 3, 3)
    asked = ["START", "END", "-d", str(tmp_path / "layers"), "--max-paths", "4", "-O", "tsv"]
    cut = CliRunner().invoke(explain_command, asked, obj=Settings())
    assert "4 paths are written" in cut.stderr
    assert "4 of 9 or more are listed, all voted" in cut.stderr
    whole = CliRunner().invoke(explain_command, [*asked, "--max-paths", "9"], obj=Settings())
    assert whole.stderr == ""
