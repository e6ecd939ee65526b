"""A terminal shows what the data say and obeys none of it, whatever the output format."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.hostile.bounded import run

PROGRAM = [sys.executable, "-m", "moagraph_cli"]
EVIL = {
    "title of the window": "\x1b]0;owned\x07",
    "link": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "clears the screen": "\x1b[2J\x1b[H",
    "eight-bit controls": "\x9b31m\x9d0;x\x9c",
    "bell and backspace": "\x07safe\x08\x08\x08\x08evil",
    "turned around": "\u202eedimodilanel\u202c\u2066\u2069\u061c",
    "unseen": "a\u200bb\u00adc\u2060d\U000e0061\ufeff",
}
COMMANDS: dict[str, list[str]] = {
    "search": ["search", "CHEBI:1"],
    "info": ["info", "CHEBI:1"],
    "explain": ["explain", "CHEBI:1", "MONDO:0000001"],
    "paths": ["paths", "CHEBI:1", "MONDO:0000001"],
    "effects": ["effects", "CHEBI:1"],
    "evidence": ["evidence", "CHEBI:1"],
    "stats": ["stats"],
    "audit": ["audit"],
    "validate": ["validate"],
    "compare": ["compare", "CHEBI:1", "CHEBI:2"],
    "query": ["query", "SELECT * { ?s ?p ?o }"],
}
FORMATS = {"table": 0, "json": 0, "jsonl": 0, "tsv": 0, "csv": 0, "md": 0}


def evil_dataset(folder: Path, evil: str) -> None:
    nodes = [
        {"id": "CHEBI:1", "name": f"drug {evil}", "category": ["biolink:Drug"], "synonym": [evil]},
        {"id": "CHEBI:2", "name": "other", "category": ["biolink:Drug"], "description": evil},
        {"id": "MONDO:0000001", "name": evil, "category": ["biolink:Disease"]},
    ]
    edges = [
        {
            "id": f"e{n}",
            "subject": drug,
            "predicate": "biolink:affects",
            "object": "MONDO:0000001",
            "qualified_predicate": "biolink:causes",
            "object_direction_qualifier": "decreased",
            "publications": ["PMID:1"],
            "supporting_text": [evil],
        }
        for n, drug in enumerate(("CHEBI:1", "CHEBI:2"))
    ]
    for name, rows in (("nodes", nodes), ("edges", edges)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"g_{name}.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one dataset for each kind of evil in its names."""
    folder = tmp_path_factory.mktemp("evil")
    evil_dataset(folder, " ".join(EVIL.values()))
    made = run("import", "g_nodes.jsonl", "g_edges.jsonl", "-o", "d", at=folder)
    assert made.returncode == 0, made.stderr
    manifest = folder / "d" / "moagraph-dataset.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told.update(version=EVIL["title of the window"], name=EVIL["turned around"])
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return folder


def on_a_terminal(*arguments: str, at: Path) -> str:
    """Return what a terminal receives, of stdout and of stderr."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "MOAGRAPH_CACHE": str(at / "cache"), "TERM": "xterm"}
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        cwd=at,
        env=environment,
    ):
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError):
            while block := os.read(ours, 4096):
                seen += block
    os.close(ours)
    text = seen.decode("utf-8")
    assert "Traceback" not in text
    assert "a fault in moagraph" not in text
    return text


def obeys(text: str) -> list[str]:
    """Return the characters that a terminal would act upon, colours and line ends excepted."""
    plain = re.sub(r"\x1b\[[0-9;]*m|\r\x1b\[K", "", text)
    return [c for c in plain if c not in "\n\r\t" and unicodedata.category(c) in ("Cc", "Cf")]


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_commands_a_terminal(evil: Path, format: str) -> None:
    shown = ""
    for name, command in COMMANDS.items():
        if name == "query" and format in ("jsonl", "md", "table"):
            continue
        seen = on_a_terminal("-d", "d", *command, "-O", format, at=evil)
        assert not obeys(seen), (name, obeys(seen))
        shown += seen
    assert "\\x1b" in shown or "\\u001b" in shown


EXPORTS = ["turtle", "ntriples", "jsonld", "rdfxml", "sif", "graphml", "cx2", "mermaid", "bel"]


@pytest.mark.parametrize("format", EXPORTS)
def test_no_export_commands_a_terminal(evil: Path, format: str) -> None:
    assert not obeys(on_a_terminal("-d", "d", "export", format, at=evil))


@pytest.mark.parametrize("arguments", [["-O", "bib"], ["-O", "ris"], ["-O", "md"]])
def test_no_reference_commands_a_terminal(evil: Path, arguments: list[str]) -> None:
    seen = on_a_terminal("-d", "d", *COMMANDS["explain"], *arguments, at=evil)
    assert not obeys(seen)


def test_no_message_commands_a_terminal(evil: Path) -> None:
    for arguments in (
        ["import", "g_nodes.jsonl", "g_edges.jsonl", "-o", "again", "--report", "-"],
        ["-d", "d", "view", "CHEBI:1", "-o", "page.html"],
        ["-d", "d", "batch", "g_nodes.jsonl"],
        ["-d", "d", "query", "--file", "g_nodes.jsonl"],
        ["-d", "\x1b[2J", "stats"],
        ["explain", EVIL["link"], EVIL["eight-bit controls"]],
        ["explain", "lenalidomide", "IKZF1", "-o", "\x1b[2J\u202e.md"],
        ["no\x1b[2Jcommand"],
        ["stats", "--no\x1b[2Joption"],
        ["stats", "-O", "\x1b[2J"],
        ["init", "new\x1b[2J"],
    ):
        assert not obeys(on_a_terminal(*arguments, at=evil)), arguments


def test_data_keep_their_characters_in_a_pipe(evil: Path) -> None:
    kept = run("-d", "d", "info", "MONDO:0000001", "-O", "json", at=evil)
    assert json.loads(kept.stdout)["label"].startswith("\x1b]0;owned\x07")
    table = run("-d", "d", "info", "MONDO:0000001", at=evil)
    assert not obeys(table.stdout + table.stderr)


def test_a_narrow_terminal_cuts_no_word_of_an_answer(tmp_path: Path) -> None:
    for columns in ("1", "20", "0", "-5", "x", "100000"):
        done = subprocess.run(
            [*PROGRAM, "explain", "lenalidomide", "IKZF1"],
            env={**os.environ, "COLUMNS": columns, "LINES": columns, "TERM": "dumb"},
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert "IKZF1" in done.stdout
        assert "CRBN" in done.stdout
