"""The same answers from an endpoint as from here, to the byte."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import moagraph
from moagraph.errors import DataError
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.effects import effects
from moagraph.mechanism.explain import explain
from moagraph.mechanism.whatif import whatif
from moagraph.rdf import write
from moagraph.rdf.terms import LABEL, entity_iri
from moagraph.remote.client import Caps, Row
from moagraph.remote.knowledge import RemoteKnowledge, connect
from moagraph_cli.main import cli
from tests.key_order import in_key_order
from tests.remote.in_memory import StoreEndpoint, remote_of
from tests.strategies import vectors
from tests.vectors_support import question_of, tables_of

QUESTIONS = re.findall(
    r"`moagraph (.+?)` \|",
    (Path(__file__).resolve().parents[2] / "docs" / "questions.md").read_text(encoding="utf-8"),
)
MORE = [
    "paths lenalidomide MM --max-paths 20",
    "effects lenalidomide",
    "effects lenalidomide --max-length 2",
    "explain lenalidomide MM --max-length 1",
    "explain IMiDs MM",
    "explain pomalidomide DVT",
    "explain lenalidomide CRBN",
    "effects CC-885 --on GSPT1",
    "info lenalidomide",
    "info 5q-",
    "search ikaros",
    "evidence len-degrades-ikzf1",
    "evidence PMID:24292625",
    "facts pomalidomide",
    "stats",
    "explain lenalidomide MM --strict-context --cell 'malignant plasma cell'",
    "explain lenalidomide nonsense",
    "evidence nonsense",
]


def answers(graph: Graph, line: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Run a command line over a graph and return its exit code and JSON."""
    monkeypatch.setattr("moagraph.graph.load", lambda *_: graph)
    found = CliRunner().invoke(cli, [*shlex.split(line), "-O", "json"])
    return found.exit_code, found.stdout


# The audit asks for all records, as `stats` does, and computes for half a minute.
@pytest.mark.parametrize("line", [q for q in (*QUESTIONS, *MORE) if not q.startswith("audit")])
def test_oxigraph_gives_the_answers_of_the_tables(
    graph: Graph, from_oxigraph: Graph, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = answers(graph, line, monkeypatch)
    assert local[0] in (0, 1, 3)
    assert answers(from_oxigraph, line, monkeypatch) == local


@pytest.mark.parametrize(
    "line",
    ["compare thalidomide lenalidomide pomalidomide", "effects IKZF1", *QUESTIONS[:7], *MORE[6:11]],
)
def test_virtuoso_gives_them_though_it_cuts_its_results(
    graph: Graph, from_virtuoso: Graph, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answers(from_virtuoso, line, monkeypatch) == answers(graph, line, monkeypatch)


def test_a_fragment_is_not_the_graph(oxigraph: str, graph: Graph) -> None:
    remote = moagraph.load(oxigraph)
    assert isinstance(remote.kb, RemoteKnowledge)
    assert remote.version == graph.version
    asked = remote.question("lenalidomide", "IKZF1")
    part = remote.kb.around((asked.a,), (asked.b,), 1)
    assert 0 < len(part.assertions) < len(graph.kb.assertions) / 2
    assert len(part.tables.evidence) < len(graph.kb.tables.evidence) / 2
    assert not part.tables.seed_claims


def asked(kb: KnowledgeBase, vector: dict[str, Any]) -> Any:
    """Ask the question of a vector of the part of a knowledge base that it needs."""
    question = question_of(vector)
    starts = (question.a, *question.with_, *question.state)
    part = kb.around(starts, (question.b,), question.max_length)
    ask = {"explain": explain, "effects": effects, "whatif": whatif}[vector["question"]["op"]]
    return json.dumps(ask(part, question).to_dict())


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(["explain", "effects", "whatif"]).flatmap(vectors))
def test_random_graphs_give_the_same_answers_by_fragments(vector: dict[str, Any]) -> None:
    tables = tables_of(vector)
    local = KnowledgeBase(in_key_order(tables), name="t", version="v")
    assert asked(remote_of(local), vector) == asked(local, vector)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(vectors("explain"), st.integers(3, 40))
def test_an_engine_that_cuts_at_any_number_of_rows_changes_nothing(
    vector: dict[str, Any], rows: int
) -> None:
    local = KnowledgeBase(in_key_order(tables_of(vector)), name="t", version="v")
    assert asked(remote_of(local, cut_at=rows), vector) == asked(local, vector)


def test_an_engine_that_pages_in_vain_is_found_out(
    small_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    select = StoreEndpoint.select

    def deaf(self: StoreEndpoint, query: str, variables: tuple[str, ...]) -> Any:
        return select(self, re.sub(r"OFFSET \d+", "", query), variables)

    monkeypatch.setattr(StoreEndpoint, "select", deaf)
    with pytest.raises(DataError, match=r"withheld.*rows of the endpoint itself \(2 of"):
        remote_of(small_kb, cut_at=2).near(("lenalidomide",))


@pytest.mark.parametrize(
    ("caps", "message"),
    [
        (Caps(rows=2000), r"verdict is withheld.*rows \(2,000\)"),
        (Caps(requests=5), r"verdict is withheld.*requests \(5\)"),
        (Caps(bytes=100_000), r"verdict is withheld.*bytes \(100,000\)"),
        (Caps(seconds=0.0), r"verdict is withheld.*time \(0 s\)"),
    ],
)
def test_a_cap_withholds_the_verdict_and_is_named(oxigraph: str, caps: Caps, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        Graph(connect(oxigraph, caps)).explain("lenalidomide", "MM")
    assert caught.value.exit_code == 4


def test_each_question_has_the_caps_for_itself(oxigraph: str) -> None:
    remote = Graph(connect(oxigraph, Caps(rows=30_000)))
    for _ in range(3):
        assert remote.explain("lenalidomide", "MM").verdict == "decreases"
        assert len(remote.query("SELECT * { ?s ?p ?o } LIMIT 20000").rows()) == 20_000


Answering = Callable[[str, list[Row]], list[Row]]
TWO_ROWS: list[Row] = [("urn:a",), ("urn:b",)]
NO_IRI: list[Row] = [("urn:a> } DROP ALL #",)]
LIES: dict[str, tuple[Answering, str]] = {
    "page": (
        lambda query, rows: TWO_ROWS if "DISTINCT" in query else rows,
        "the same page again",
    ),
    "iri": (
        lambda query, rows: NO_IRI[: "FILTER" not in query] if "DISTINCT" in query else rows,
        "which is no IRI",
    ),
    "count": (
        lambda _, rows: [("9" * 5000, *r[1:]) if r[0].isdigit() else r for r in rows],
        "a count that is no number",
    ),
    "counts": (
        lambda _, rows: [*rows, *(r for r in rows if r[0].isdigit())],
        "a count that is no number",
    ),
    "others": (
        lambda query, rows: [
            (r[0], "urn:x", *r[2:]) if "?n ?s" in query and r[1] else r for r in rows
        ],
        "nodes that were not asked for",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_an_endpoint_that_lies_is_found_out(
    small_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    change, message = LIES[lie]
    select = StoreEndpoint.select
    monkeypatch.setattr(
        StoreEndpoint, "select", lambda self, q, names: change(q, select(self, q, names))
    )
    with pytest.raises(DataError, match=message):
        remote_of(small_kb).near(("lenalidomide",))


@pytest.mark.parametrize(
    "change",
    [
        lambda query, rows: [*rows, *(r for r in rows if not r[0])] if "COUNT" in query else rows,
        lambda query, rows: [r for r in rows if not r[0]] if "COUNT" in query else rows,
        lambda query, rows: rows[:-1] if "COUNT" in query else rows,
    ],
    ids=["rows twice", "no count", "a row less"],
)
def test_what_does_not_fit_its_count_is_asked_page_by_page(
    small_kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, change: Answering
) -> None:
    honest = remote_of(small_kb).near(("lenalidomide",)).tables
    select = StoreEndpoint.select
    monkeypatch.setattr(
        StoreEndpoint, "select", lambda self, q, names: change(q, select(self, q, names))
    )
    assert remote_of(small_kb).near(("lenalidomide",)).tables == honest


def test_lost_evidence_is_no_answer(small_kb: KnowledgeBase) -> None:
    """An evidence row that a claim names and the engine lacks ends the question."""
    remote = remote_of(small_kb)
    endpoint = remote.endpoint
    assert isinstance(endpoint, StoreEndpoint)
    lost = next(iter(small_kb.tables.evidence))
    gone = f"<https://w3id.org/moagraph/evidence/{lost.id}>"
    endpoint.store.update(f"DELETE WHERE {{ {gone} ?p ?o }}")
    with pytest.raises(DataError, match=r"hasEvidence> .*which is missing"):
        remote.near((lost.about,))


def test_several_graphs_are_not_mixed(small_kb: KnowledgeBase) -> None:
    """Labels that other graphs of the store give the same entities do no harm."""
    other = "INSERT DATA { GRAPH <urn:other> { %s } }"
    label = f"<{entity_iri('CHEBI:63791')}> <{LABEL}> 'x'"
    remote = remote_of(small_kb, graph="urn:ours")
    endpoint = remote.endpoint
    assert isinstance(endpoint, StoreEndpoint)
    endpoint.store.update(other % label)
    assert remote.resolve("CHEBI:63791").label == small_kb.label("CHEBI:63791")


def test_a_copy_is_the_graph(from_oxigraph: Graph, triples: Path) -> None:
    """`export` brings all records here, and nothing is lost on the way."""
    assert write(from_oxigraph.kb, "ntriples") == triples.read_text(encoding="utf-8")


def test_validate_checks_what_lies_behind_an_endpoint(oxigraph: str) -> None:
    found = CliRunner().invoke(cli, ["-d", oxigraph, "validate", "-O", "json"])
    assert found.exit_code == 0
    assert "claim-without-evidence" in found.stdout


SCALING = (Path(__file__).resolve().parents[2] / "docs" / "scaling.md").read_text(encoding="utf-8")
SHOWN = [
    line
    for block in re.findall(r"```sh\n(.*?)```", SCALING, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("moagraph -d http://127.0.0.1:7878/query ")
]


def test_the_commands_of_the_page_answer(oxigraph: str, tmp_path: Path) -> None:
    """The store of the tests holds the claims alone, so mechanisms are asked elsewhere."""
    lines = [line for line in SHOWN if "--name mechanism" not in line]
    assert len(lines) >= 2
    for line in lines:
        asked = shlex.split(line.replace("http://127.0.0.1:7878/query", oxigraph))[1:]
        asked = [str(tmp_path / part) if part == "copy.nt" else part for part in asked]
        found = CliRunner().invoke(cli, asked)
        assert found.exit_code == 0, found.output
    copied = CliRunner().invoke(cli, ["-d", str(tmp_path / "copy.nt"), "info", "CRBN"])
    assert copied.exit_code == 0
