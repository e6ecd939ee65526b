"""The walk-through of docs/howto/own-ligase.md: its tables, its commands, what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from moagraph.tables import TABLES
from tests.exchange.test_walk_through import matches

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "own-ligase.md"
TSV = re.compile(r"^```tsv\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_the_page_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from moagraph_cli.main import cli

    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "my-degrader"
    folder.mkdir()
    text = PAGE.read_text(encoding="utf-8")
    names = {table.columns: table.file_name for table in TABLES}
    for block in TSV.findall(text):
        header = tuple(block.partition("\n")[0].split("\t"))
        (folder / names[header]).write_text(block, encoding="utf-8", newline="")
    commands = 0
    for block in CONSOLE.findall(text):
        for part in block.split("$ ")[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            result = CliRunner().invoke(cli, shlex.split(command)[1:], prog_name="moagraph")
            assert result.exit_code == 0, result.output
            assert matches(shown, result.output.splitlines()), (command, result.output)
            commands += 1
    assert commands == 6
