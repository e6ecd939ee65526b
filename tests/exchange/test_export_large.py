"""Exports of a large graph are written as they come, or refused at once with what to do."""

from __future__ import annotations

import tracemalloc
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from moagraph import dataset
from moagraph.dataset.opened import StoredKnowledge
from moagraph.exchange import exporting
from moagraph.exchange.importing import read
from moagraph.formats import mermaid
from moagraph.formats.drugmechdb import write as drugmechdb_write
from moagraph.formats.graphml_read import MAX_PARTS
from moagraph.rdf import export as rdf_export
from moagraph_cli.commands.export import EXPORTS
from moagraph_cli.main import cli

EDGES = 4_000
NODES = 200
TEXT = "a remark of some length, as curators write it; " * 50
STREAMED = ["kgx-tsv", "kgx-jsonl", "graphml", "cx2", "sif", "bel", "ntriples", "nquads", "turtle"]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset whose notes and statements are some 10 MB each, of claims between 200 genes."""
    folder = tmp_path_factory.mktemp("large")
    with (folder / "g_nodes.tsv").open("w", encoding="utf-8") as out:
        out.write("id\tcategory\tname\n")
        out.writelines(f"HGNC:{n + 1}\tbiolink:Gene\tgene {n}\n" for n in range(NODES))
    columns = ["id", "subject", "predicate", "object", "original_predicate", "moagraph:note"]
    with (folder / "g_edges.tsv").open("w", encoding="utf-8") as out:
        out.write("\t".join([*columns, "publications", "supporting_text"]) + "\n")
        for n in range(EDGES):
            ends = f"HGNC:{n % NODES + 1}", f"HGNC:{n // NODES + 1}"
            row = (f"e{n}", ends[0], "biolink:affects", ends[1], "moa:activates", f"{n} {TEXT}")
            out.write("\t".join([*row, f"PMID:{n + 1}", f"{TEXT} {n}"]) + "\n")
    dataset.write(read([folder]), folder / "g.moa")
    return folder / "g.moa"


def pieces_of(name: str, kb: StoredKnowledge) -> Any:
    entry = EXPORTS[name]
    return getattr(import_module(entry.module), entry.function)(kb)


@pytest.mark.parametrize("name", STREAMED)
def test_no_export_holds_the_graph(name: str, large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf_export, "MAX_SORTED", 10)
    kb = dataset.open(large)
    for text in pieces_of(name, kb).texts.values():
        next(iter(text))  # what is imported for it is not counted
    written = 0
    tracemalloc.start()
    try:
        made = pieces_of(name, kb)
        for text in made.texts.values():
            written += sum(map(len, text))
        made.losses()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert written > (EDGES * len(TEXT) if name != "sif" else EDGES * 20)
    # RDF names each record; so many names are kept in mind.
    assert peak < EDGES * len(TEXT) * (1.5 if EXPORTS[name].module.endswith("rdf.export") else 0.9)


def test_sif_has_each_line_once(large: Path) -> None:
    made = pieces_of("sif", dataset.open(large))
    lines = [line for piece in made.texts[""] for line in piece.splitlines()]
    assert len(lines) == len(set(lines)) == EDGES
    assert lines[1] == "hgnc:2\tactivates\thgnc:1"


def test_a_flowchart_of_very_many_steps_is_refused(large: Path) -> None:
    assert EDGES < mermaid.MAX_STEPS
    done = CliRunner().invoke(cli, ["-d", str(large), "export", "mermaid"])
    assert done.exit_code == 0


def test_the_refusal_of_a_flowchart_names_a_way(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mermaid, "MAX_STEPS", EDGES - 1)
    file = tmp_path / "graph.mmd"
    done = CliRunner().invoke(cli, ["-d", str(large), "export", "mermaid", "-o", str(file)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "up to 3,999 steps" in done.stderr
    assert "--about" in done.stderr
    assert "graphml" in done.stderr
    assert not list(tmp_path.iterdir())
    few = ["-d", str(large), "export", "mermaid", "--about", "HGNC:77", "-o", str(file)]
    assert CliRunner().invoke(cli, few).exit_code == 0


def test_records_that_would_be_searched_for_hours_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drugmechdb_write, "MAX_SEARCHED", 1_000)
    done = CliRunner().invoke(cli, ["export", "drugmechdb"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--between DRUG DISEASE" in done.stderr
    assert "kgx-tsv" in done.stderr
    pair = ["export", "drugmechdb", "--between", "bortezomib", "multiple myeloma"]
    assert CliRunner().invoke(cli, pair).exit_code == 0


def test_no_record_at_all_is_told(large: Path) -> None:
    done = CliRunner().invoke(cli, ["-d", str(large), "export", "drugmechdb"])
    assert done.stdout == "[]\n"
    assert "lost: everything: no claim says that a drug treats a disease" in done.stderr


@pytest.mark.parametrize(("name", "format"), [("graphml", "GraphML"), ("cx2", "CX2")])
def test_what_we_would_not_read_back_is_told(
    name: str, format: str, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f"the way back: moagraph may refuse to read so large a {format}; kgx-tsv is read"
    made = pieces_of(name, dataset.open(large))
    assert told not in made.losses()
    monkeypatch.setitem(exporting.READ_BACK, format, EDGES)
    assert told in made.losses()


def test_graphml_is_read_back_up_to_what_is_told() -> None:
    assert exporting.READ_BACK["GraphML"] == MAX_PARTS
