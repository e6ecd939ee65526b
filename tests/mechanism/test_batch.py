"""Many pairs: one row each, a bad line does not stop the rest."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from moagraph.graph import Graph
from moagraph.mechanism.batch import COLUMNS, batch
from moagraph_cli.commands.batch import batch as command
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
        "line a b verdict agreement sign paths best_path steps sourced references error"
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
