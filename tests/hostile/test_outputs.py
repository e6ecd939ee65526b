"""What comes out: spreadsheets, pipes, full disks, and two writers of one file."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.bounded import is_refused, run

VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"
PROGRAM = [sys.executable, "-m", "moagraph_cli"]


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1+2", "@SUM(A1)", "=HYPERLINK('x';'y')"])
def test_a_label_never_is_a_formula_in_a_spreadsheet(tmp_path: Path, label: str) -> None:
    tables = Path(shutil.copytree(VALID, tmp_path / "tables"))
    entities = tables / "entities.tsv"
    lines = entities.read_text(encoding="utf-8").split("\n")
    cells = lines[1].split("\t")
    name, cells[1] = cells[0], label
    lines[1] = "\t".join(cells)
    entities.write_text("\n".join(lines), encoding="utf-8")
    done = run("-d", "tables", "search", name, "-O", "csv", at=tmp_path)
    assert done.returncode == 0, done.stderr
    found = [cell for row in csv.reader(io.StringIO(done.stdout)) for cell in row]
    assert any(label in cell for cell in found)
    assert not [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    exact = run("-d", "tables", "search", name, "-O", "tsv", at=tmp_path)
    assert label in exact.stdout.split("\n")[1].split("\t")


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "lenalidomide", "multiple myeloma", "--all"],
        ["export", "ntriples"],
        ["query", "SELECT * { ?s ?p ?o }", "-O", "csv"],
        ["facts", "lenalidomide", "-O", "jsonl"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_reader_that_has_enough_is_no_error(arguments: list[str]) -> None:
    with subprocess.Popen(
        [*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
    assert "Traceback" not in said
    assert "Broken pipe" not in said
    assert process.returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "lenalidomide", "multiple myeloma"],
        ["export", "ntriples"],
        ["view", "lenalidomide", "-o", "-"],
        ["query", "SELECT * { ?s ?p ?o } LIMIT 9"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_full_disk_behind_stdout_is_told(arguments: list[str]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 4, done.stderr
    assert done.stderr.count("moagraph: ") == 1
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_two_writers_of_one_file_leave_one_whole_answer(tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    processes = [
        subprocess.Popen([*PROGRAM, "explain", "lenalidomide", end, "-o", str(target)])
        for end in ("IKZF1", "CSNK1A1", "IKZF1", "CSNK1A1")
    ]
    assert [process.wait(120) for process in processes] == [0] * 4
    whole = {
        run("explain", "lenalidomide", end, "-O", "md", at=tmp_path).stdout
        for end in ("IKZF1", "CSNK1A1")
    }
    assert target.read_text(encoding="utf-8") in whole
    assert sorted(p.name for p in tmp_path.iterdir()) == ["guard", "page.md"]


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    target = "a\nb/" * 2000 + "x.md"
    done = run("explain", "lenalidomide", "IKZF1", "-o", target, at=tmp_path)
    is_refused(done, 4, "cannot be written")
    assert done.stderr.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["guard"]


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["explain", "lenalidomide", "IKZF1"], "answer.pdf"),
        (["search", "ikaros"], "found.bib"),
        (["compare", "lenalidomide", "CC-885"], "compared.html"),
        (["audit"], "audit.html"),
    ],
)
def test_an_extension_without_a_format_is_told(
    tmp_path: Path, arguments: list[str], name: str
) -> None:
    done = run(*arguments, "-o", name, at=tmp_path)
    assert done.returncode == 2
    assert "-O" in done.stderr
    assert not (tmp_path / name).exists()
