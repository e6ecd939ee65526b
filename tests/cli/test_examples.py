"""Every example of every help text works as it stands, in a folder that has what it names."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from moagraph_cli.commands import COMMANDS
from moagraph_cli.main import cli
from tests.conftest import missing

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT / "docs" / "howto" / "records"
# A server never ends; that it starts as its help says has tests of its own.
NEVER_ENDS = {"serve"}


def examples(command: str) -> list[str]:
    """Return the command lines below `Example:` in a help text."""
    shown = CliRunner().invoke(cli, [command, "--help"], terminal_width=200).output
    part = re.split(r"^ *Examples?:$", shown, flags=re.MULTILINE)[1].split("\nOptions:")[0]
    return [line.strip() for line in part.splitlines() if line.strip()]


def refuse(_: socket.socket, address: object) -> None:
    """Stand in for `connect`: no command goes out unless it was given an address."""
    pytest.fail(f"a connection to {address}")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder: tables, a graph of another tool, foreign records."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    shutil.copytree(ROOT / "tests" / "invalid" / "valid", "my-tables")
    if not RECORDS.is_dir():
        missing("the foreign records of docs/")
    (record,) = RECORDS.glob("*.yaml")
    Path("drugmechdb/records").mkdir(parents=True)
    for name in ("DB01041_MESH_D009101_1", "DB08910_MESH_D009101_1"):
        text = record.read_text(encoding="utf-8").replace(record.stem, name)
        for place in (Path("."), Path("drugmechdb/records")):
            (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["export", "kgx-tsv", "-o", "."])
    assert done.exit_code == 0, done.output
    for part in ("nodes", "edges"):
        Path(f"moagraph_{part}.tsv").rename(f"graph_{part}.tsv")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", sorted(set(COMMANDS) - NEVER_ENDS))
def test_the_examples_of_the_help_work(name: str) -> None:
    found = examples(name)
    assert found
    for line in found:
        given, pipe, rest = line.rpartition(" | ")
        command = re.sub(r" > [\w./~-]+$", "", rest)  # a redirection, not a `>` in quotes
        if evaluated := re.fullmatch(r'eval "\$\((.+)\)"', command):
            command = evaluated[1]
        program, *arguments = shlex.split(command)
        assert program == "moagraph", line
        stdin = given.split("'")[1].encode().decode("unicode_escape") if pipe else ""
        done = CliRunner().invoke(cli, arguments, input=stdin, prog_name="moagraph")
        assert done.exit_code in (0, 1), f"{line}\n{done.output[-1500:]}"
        assert done.output, line
