"""A dataset that someone has tampered with, its manifest made to fit, gives errors and no crash."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.imported import Imported
from moagraph.dataset.manifest import INDEX, MANIFEST, RECORDS, measure, read_manifest
from moagraph.dataset.verify import verify
from moagraph.errors import MoagraphError
from moagraph.frozen import replace
from moagraph.graph import Graph
from moagraph.records import Assertion, Entity, Evidence, Source


def make(folder: Path) -> Path:
    names = ["X:a", "X:b", "X:c"]
    write(
        Imported(
            [Entity(n, n[2:], kind="protein", synonyms=(n[2:] * 2,)) for n in names],
            [
                Assertion("one", "X:a", "increases", "X:b", note="n"),
                Assertion("two", "X:b", "decreases", "X:c", note="n"),
            ],
            [Source("s")],
            [Evidence("e1", "one", "s", statement="t"), Evidence("e2", "two", "s", statement="t")],
        ),
        folder,
    )
    (data,) = [p for p in folder.iterdir() if p.is_dir()]
    return data


def fit(folder: Path) -> None:
    """Make the manifest say what lies there."""
    manifest = read_manifest(folder)
    data = folder / manifest.generation
    files = {name: measure(data / name) for name in manifest.files}
    (folder / MANIFEST).write_text(replace(manifest, files=files).to_json())


def ask_all(folder: Path) -> None:
    graph = Graph(open_dataset(folder))
    graph.kb.resolve("bb")
    list(graph.kb.tables.entities)
    list(graph.kb.tables.evidence)
    graph.search("a")
    graph.stats()
    graph.info("a")
    graph.evidence("a")
    graph.explain("a", "c")
    list(graph.paths("a", "c"))
    graph.effects("a")


def told(folder: Path) -> None:
    """Ask everything; an error is one that a user can read."""
    with suppress(MoagraphError):
        ask_all(folder)


STATEMENTS = [
    "DROP TABLE names",
    "DROP TABLE claims",
    "DROP TABLE evidence",
    "DROP TABLE texts",
    "DELETE FROM texts",
    "DELETE FROM claims",
    "DELETE FROM entities WHERE id = 'X:b'",
    "UPDATE entities SET rest = 'no json'",
    "UPDATE entities SET rest = '[1]'",
    """UPDATE entities SET rest = '{"nonsense": 1}'""",
    """UPDATE claims SET rest = '{"id": "x"}'""",
    "UPDATE claims SET rest = '{'",
    "UPDATE evidence SET rest = 'null'",
    "UPDATE evidence SET stance = 99",
    "UPDATE claims SET relation = 'x'",
    "UPDATE claims SET subject = 77",
    "UPDATE names SET entity = 77",
    "ALTER TABLE claims RENAME COLUMN rest TO more",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_tampered_records(tmp_path: Path, statement: str) -> None:
    folder = tmp_path / "d"
    data = make(folder)
    connection = sqlite3.connect(data / RECORDS)
    connection.execute(statement)
    connection.commit()
    connection.close()
    fit(folder)
    told(folder)


def flip(content: bytearray, place: int) -> None:
    content[place] ^= 0x80


@pytest.mark.parametrize("place", range(0, 128, 3))
def test_tampered_arrays(tmp_path: Path, place: int) -> None:
    folder = tmp_path / "d"
    data = make(folder)
    content = bytearray((data / INDEX).read_bytes())
    flip(content, place % len(content))
    (data / INDEX).write_bytes(content)
    fit(folder)
    told(folder)


def test_validate_sees_arrays_that_lead_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    data = make(folder)
    content = bytearray((data / INDEX).read_bytes())
    section = read_manifest(folder).index["forward_node"]
    content[section.offset] = 0xFF
    (data / INDEX).write_bytes(content)
    fit(folder)
    assert any("leads to no node" in finding.message for finding in verify(folder))


@pytest.mark.parametrize(
    "change",
    [
        lambda m: replace(m, index={}),
        lambda m: replace(m, index={**m.index, "kind": m.index["kind"]._replace(length=10**9)}),
        lambda m: replace(m, index={**m.index, "kind": m.index["kind"]._replace(code="q")}),
        lambda m: replace(m, index={**m.index, "kind": m.index["kind"]._replace(offset=-8)}),
        lambda m: replace(m, kinds=()),
        lambda m: replace(m, counts={}),
        lambda m: replace(m, generation="data-0000000000000000"),
    ],
)
def test_tampered_manifests(tmp_path: Path, change: Callable[[object], object]) -> None:
    folder = tmp_path / "d"
    make(folder)
    changed = change(read_manifest(folder))
    (folder / MANIFEST).write_text(changed.to_json())  # type: ignore[attr-defined]
    told(folder)
