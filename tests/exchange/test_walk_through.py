"""The walk-through of docs/curation.md, followed to the letter in an empty folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

PAGE = Path(__file__).resolve().parents[2] / "docs" / "curation.md"
FENCE = re.compile(r"^```(console|tsv)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TABLES = ("entities", "assertions", "sources", "evidence")


def add_row(folder: Path, name: str, row: str) -> None:
    """Put a row where it belongs in a table."""
    path = folder / f"{name}.tsv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    assert row.count("\t") == header.count("\t"), name
    path.write_text("\n".join([header, *sorted([*rows, row])]) + "\n", encoding="utf-8")


def matches(shown: list[str], real: list[str]) -> bool:
    """Tell whether the shown lines are the real ones, `...` standing for any lines."""
    if not shown:
        return not real
    if shown[0] == "...":
        return any(matches(shown[1:], real[n:]) for n in range(len(real) + 1))
    return bool(real) and shown[0] == real[0] and matches(shown[1:], real[1:])


def test_every_step_does_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moagraph_cli.main import cli

    monkeypatch.chdir(tmp_path)
    names = iter(TABLES)
    commands = 0
    for kind, block in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "tsv":
            add_row(tmp_path / "my-drug", next(names), block.rstrip("\n"))
            continue
        for part in block.split("$ ")[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            result = CliRunner().invoke(cli, shlex.split(command)[1:], prog_name="moagraph")
            assert result.exit_code == 0, result.output
            assert matches(shown, result.output.splitlines()), (command, result.output)
            commands += 1
    assert commands == 6
    assert next(names, None) is None
    assert (tmp_path / "compound-7.html").stat().st_size > 10_000
