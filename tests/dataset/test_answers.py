"""A compiled dataset answers as its tables do, whatever the gates, and also when it is large."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import tests.vectors_support as support
from click.testing import CliRunner
from hypothesis import given
from tests import strategies
from tests.oracle_engine import drawn

from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.imported import Imported, imported_tables
from moagraph.errors import UnknownName
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism import indexed, step_index
from moagraph.mechanism.crossing import crossing_words
from moagraph.mechanism.effects import effects
from moagraph.mechanism.explain import explain
from moagraph.mechanism.paths import paths
from moagraph.mechanism.question import Question
from moagraph.mechanism.whatif import whatif
from moagraph.records import Assertion, Entity
from moagraph.tables import Tables
from moagraph_cli.main import cli

VECTORS = sorted((Path(__file__).parents[1] / "vectors").glob("*.json"))
OPS: dict[str, Any] = {"explain": explain, "effects": effects, "whatif": whatif}


def compiled(kb: KnowledgeBase, folder: Path) -> KnowledgeBase:
    write(imported_tables(kb.tables, name=kb.name, version=kb.version), folder)
    return open_dataset(folder)


def asked(kb: KnowledgeBase, op: str, question: Question) -> Any:
    try:
        return json.loads(json.dumps(OPS[op](kb, question).to_dict()))
    except UnknownName as error:
        return error.to_dict()


@pytest.mark.parametrize("path", VECTORS, ids=lambda p: p.stem)
def test_vectors_have_the_same_answers(path: Path, tmp_path: Path) -> None:
    vector = support.load(path)
    kb = KnowledgeBase(support.tables_of(vector))
    op, question = vector["question"]["op"], support.question_of(vector)
    assert asked(compiled(kb, tmp_path / "d"), op, question) == asked(kb, op, question)


@pytest.mark.parametrize("op", ["explain", "effects", "whatif"])
def test_random_graphs_have_the_same_answers(
    op: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @drawn(40)
    @given(strategies.vectors(op))
    def check(vector: dict[str, Any]) -> None:
        kb = KnowledgeBase(support.tables_of(vector))
        question = support.question_of(vector)
        there = compiled(kb, tmp_path_factory.mktemp("any") / "d")
        assert asked(there, op, question) == asked(kb, op, question)
        if question.b:
            ours, theirs = paths(kb, question), paths(there, question)
            assert [w.ids for w in theirs.all_walks()] == [w.ids for w in ours.all_walks()]
            assert theirs.cut == ours.cut

    check()


def test_large_graphs_lose_no_path(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where distances are not worked out to the end, the paths are still the same."""
    monkeypatch.setattr(step_index, "EXACT", -1)
    monkeypatch.setattr(step_index, "_WORTH", -1e9)

    @drawn(60)
    @given(strategies.vectors("explain"))
    def check(vector: dict[str, Any]) -> None:
        kb = KnowledgeBase(support.tables_of(vector))
        question = support.question_of(vector)
        there = compiled(kb, tmp_path_factory.mktemp("large") / "d")
        ours, theirs = paths(kb, question), paths(there, question)
        assert [w.ids for w in theirs.all_walks()] == [w.ids for w in ours.all_walks()]
        assert theirs.cut or not ours.cut
        mine, other = explain(kb, question), explain(there, question)
        assert (mine.verdict, mine.groups) == (other.verdict, other.groups)
        assert {p.records for p in mine.paths} == {p.records for p in other.paths}

    check()


# -- imported mechanisms -----------------------------------------------------


def record_graph() -> Imported:
    """Return two records that share a protein, with a drug and a disease on the way."""
    kinds = {
        "X:drug": "drug",
        "X:p": "protein",
        "X:q": "protein",
        "X:other": "drug",
        "X:sick": "disease",
        "X:end": "disease",
    }
    claims = [
        ("a", "X:drug", "X:p", ["r1"]),
        ("b", "X:p", "X:end", ["r1", "r2"]),
        ("c", "X:drug", "X:q", ["r2"]),
        ("d", "X:q", "X:end", ["r3"]),
        ("e", "X:p", "X:other", ["r1"]),
        ("f", "X:other", "X:end", ["r1"]),
        ("g", "X:q", "X:sick", ["r2"]),
        ("h", "X:sick", "X:end", ["r2"]),
    ]
    return Imported(
        [Entity(name, name[2:], kind=kind) for name, kind in kinds.items()],
        [Assertion(name, a, "decreases", b) for name, a, b, _ in claims],
        memberships=[(name, record) for name, _, _, records in claims for record in records],
        closed_kinds=("drug", "disease"),
    )


@pytest.fixture
def records(tmp_path: Path) -> Graph:
    write(record_graph(), tmp_path / "d")
    return Graph(open_dataset(tmp_path / "d"))


def found(graph: Graph, **options: Any) -> list[tuple[str, ...]]:
    return [tuple(s.id for s in path.steps) for path in graph.paths("drug", "end", **options)]


def test_drugs_and_diseases_are_gone_through_only_when_asked(records: Graph) -> None:
    assert found(records) == [("a", "b"), ("c", "d")]
    assert found(records, through_drugs=True) == [("a", "b"), ("c", "d"), ("a", "e", "f")]
    assert found(records, through_diseases=True) == [("a", "b"), ("c", "d"), ("c", "g", "h")]
    assert len(found(records, through_drugs=True, through_diseases=True)) == 4
    reached = {e.object.label for e in records.effects("drug").effects}
    assert reached == {"p", "q", "other", "sick", "end"}


def test_a_path_names_the_records_it_crosses(records: Graph) -> None:
    shown = {tuple(s.id for s in p.steps): p.records for p in records.paths("drug", "end")}
    assert shown == {("a", "b"): ("r1",), ("c", "d"): ("r2", "r3")}
    assert found(records, same_record=True) == [("a", "b")]
    answer = records.explain("drug", "end")
    assert [p.records for p in answer.paths] == [("r1",), ("r2", "r3")]
    assert "within one record" in answer.paths[0].why_ranked
    assert "crosses 2 records" in answer.paths[1].why_ranked


def test_a_reader_sees_the_records_that_a_path_crosses(records: Graph, tmp_path: Path) -> None:
    """In every form for people; of one length, one record before several."""

    def run(*words: str) -> str:
        ran = CliRunner().invoke(cli, ["-d", str(tmp_path / "d"), *words, "drug", "end"])
        assert ran.exit_code == 0
        return " ".join(ran.stdout.split())

    table = run("paths")
    assert table.index("within record r1") < table.index("crosses 2 records: r2, r3")
    assert "within record r1 | | 2" in run("paths", "-O", "md")
    assert "records: r1 1 [-]" in run("explain")
    assert "records: r2, r3 1 [-]" in run("explain", "--all")
    assert "Records: r1." in run("explain", "-O", "md")
    assert crossing_words(records.kb, ("b",)) == "within each of r1, r2"
    assert crossing_words(records.kb, ("none",)) == ""


def test_what_closed_kinds_hide_is_told(tmp_path: Path) -> None:
    imported = record_graph()
    imported.assertions = [a for a in imported.assertions if a.id in "aef"]
    write(imported, tmp_path / "d")
    answer = Graph(open_dataset(tmp_path / "d")).explain("drug", "end")
    assert answer.verdict == "none"
    assert [r.code for r in answer.reasons] == ["filtered"]
    assert "--through-drugs" in answer.reasons[0].text


def test_a_search_that_tries_too_much_says_so(
    records: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexed, "MAX_TRIED", 3)
    answer = records.explain("drug", "end")
    assert not answer.exhausted
    assert "more than could be counted" in answer.text


def test_routes_are_counted_without_walking(records: Graph, graph: Graph) -> None:
    search = records.paths("drug", "end", max_length=4, max_paths=1)
    assert search.routes() == (2, 4)
    opened = records.paths("drug", "end", through_drugs=True, through_diseases=True)
    assert opened.routes() == (4, 8)
    assert graph.paths("lenalidomide", "IKZF1").routes() == (1, 8)


@pytest.mark.parametrize("large", [False, True])
def test_via_goes_straight_to_what_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    """Against the tables, on a graph without gates, where the search is pruned by `--via`."""
    if large:
        monkeypatch.setattr(step_index, "EXACT", -1)
    chance = random.Random(5)
    names = [f"X:{n}" for n in range(14)]
    pairs = sorted({(chance.choice(names), chance.choice(names)) for _ in range(60)})
    claims = [Assertion(f"c{n:02}", a, "increases", b) for n, (a, b) in enumerate(pairs)]
    entities = [Entity(name, name, kind="protein") for name in names]
    kb = KnowledgeBase(Tables(entities=tuple(entities), assertions=tuple(claims)))
    there = compiled(kb, tmp_path / "d")
    for via in [("X:3",), ("X:4", "X:5"), ("X:0",), ("X:1",)]:
        question = Question("X:0", "X:1", via=via, max_length=5)
        ours, theirs = paths(kb, question), paths(there, question)
        assert [w.ids for w in theirs.all_walks()] == [w.ids for w in ours.all_walks()]


def test_large_graphs_put_rare_nodes_before_hubs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step_index, "EXACT", -1)
    others = [f"X:o{n}" for n in range(30)]
    pairs = [("X:a", "X:hub"), ("X:hub", "X:b"), ("X:a", "X:rare"), ("X:rare", "X:b")]
    pairs += [("X:hub", other) for other in others]
    names = sorted({name for pair in pairs for name in pair})
    write(
        Imported(
            [Entity(name, name, kind="protein") for name in names],
            [Assertion(f"c{n:02}", a, "increases", b) for n, (a, b) in enumerate(pairs)],
        ),
        tmp_path / "d",
    )
    graph = Graph(open_dataset(tmp_path / "d"))
    answer = graph.explain("X:a", "X:b")
    assert [p.steps[0].object.id for p in answer.paths] == ["X:rare", "X:hub"]
    assert "path-degree product" in answer.paths[0].why_ranked
    reached = {view.object.id for view in graph.effects("X:a").effects}
    assert reached == {"X:hub", "X:rare", "X:b", *others}


def test_effects_of_a_large_graph_begin_nearby(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moagraph.mechanism import outcomes

    monkeypatch.setattr(step_index, "EXACT", -1)
    monkeypatch.setattr(outcomes, "MAX_TRAILS_OF_LARGE", 3)
    names = [f"X:{n}" for n in range(9)]
    claims = [Assertion(f"n{n}", "X:0", "increases", f"X:{n}") for n in (1, 2, 3)]
    claims += [Assertion(f"f{n}", f"X:{n}", "increases", f"X:{n + 3}") for n in (1, 2, 3)]
    write(Imported([Entity(n, n, kind="protein") for n in names], claims), tmp_path / "d")
    found = Graph(open_dataset(tmp_path / "d")).effects("X:0")
    assert {view.object.id for view in found.effects} == {"X:1", "X:2", "X:3"}
    assert found.capped
