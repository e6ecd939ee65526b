"""Names of a foreign graph that would act on a terminal, a page, a table or a query."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import pytest

from tests.hostile.bounded import run

NAMES = {
    "terminal": "\x1b]0;owned\x07\x1b[2Jred",
    "bidirectional": "\u202etxt.exe\u202c",
    "script": "<script>alert(1)</script>",
    "end of script": "</script><img src=x onerror=alert(1)>",
    "formula": "=HYPERLINK(0)",
    "markdown": "[x](javascript:alert(1)) `|`",
    "query": 'x> . } ; DROP ALL # \'"""',
    "path": "../../../etc/passwd",
    "path, absolute": "/etc/passwd",
    "template": "{{7*7}}${7*7}%s{0}",
    "emoji": "\U0001f600 \u0301",
}


def graph(folder: Path, name: str) -> None:
    nodes = [
        {"id": "CHEBI:1", "name": "drug one", "category": ["biolink:Drug"]},
        {"id": "MONDO:0000001", "name": name, "category": ["biolink:Disease"]},
    ]
    edge = {
        "id": "e1",
        "subject": "CHEBI:1",
        "predicate": "biolink:treats",
        "object": "MONDO:0000001",
    }
    lines = "".join(json.dumps(node) + "\n" for node in nodes)
    (folder / "g_nodes.jsonl").write_text(lines, encoding="utf-8")
    (folder / "g_edges.jsonl").write_text(json.dumps(edge) + "\n", encoding="utf-8")


def is_harmless(text: str) -> bool:
    """Tell whether a terminal shows this as it stands."""
    return not [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf")]


@pytest.mark.parametrize("kind", NAMES)
def test_a_foreign_name_acts_nowhere(tmp_path: Path, kind: str) -> None:
    name = NAMES[kind]
    graph(tmp_path, name)
    imported = run("import", "g_nodes.jsonl", "g_edges.jsonl", "-o", "out", at=tmp_path)
    assert imported.returncode in (0, 4), imported.stderr
    assert "Traceback" not in imported.stderr
    assert is_harmless(imported.stderr)
    if imported.returncode == 4:
        assert not (tmp_path / "out").exists()
        return
    shown = run("-d", "out", "explain", "CHEBI:1", "MONDO:0000001", at=tmp_path)
    assert shown.returncode in (0, 1), shown.stderr
    assert is_harmless(shown.stdout + shown.stderr)
    table = run("-d", "out", "search", "MONDO:0000001", "-O", "csv", at=tmp_path)
    cells = [cell for row in csv.reader(io.StringIO(table.stdout)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    page = run("-d", "out", "view", "CHEBI:1", "-o", "page.html", at=tmp_path)
    assert page.returncode in (0, 1, 2), page.stderr
    if page.returncode == 0:
        text = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript' not in text
    kept = run("-d", "out", "query", "SELECT ?l { ?s rdfs:label ?l }", "-O", "json", at=tmp_path)
    assert kept.returncode == 0, kept.stderr
    labels = [row["l"]["value"] for row in json.loads(kept.stdout)["results"]["bindings"]]
    assert "drug one" in labels
    everything = {p.name for p in tmp_path.iterdir()}
    names = {"guard", "cache", "out", "page.html", "g_nodes.jsonl", "g_edges.jsonl"}
    assert everything <= names
