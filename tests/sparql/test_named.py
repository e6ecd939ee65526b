"""Two ways, one answer: each named question and its twin, on our data and on random graphs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings

from moagraph.errors import QuestionError, UnknownName
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.sparql.named import Named, names, parse, parse_settings, question, term
from moagraph.sparql.results import Result
from tests import strategies
from tests.sparql.twins import TWINS, Row
from tests.vectors_support import tables_of

QUESTIONS = {name: question(name) for name in names()}
LIMITED = ("hub-steps", "best-evidenced-claims")


def plain(result: Result) -> list[Row]:
    return sorted(tuple("" if t is None else t.value for t in row) for row in result)


def ids(graph: Graph, asked: Named, values: dict[str, str]) -> dict[str, str]:
    kinds = {p.name: p.kind for p in asked.parameters}
    return {
        name: graph.kb.resolve(value).id if kinds[name] == "entity" else value
        for name, value in values.items()
    }


def same(graph: Graph, name: str, values: dict[str, str]) -> int:
    asked = QUESTIONS[name]
    rows = plain(graph.query(name=name, parameters=values))
    expected = sorted(TWINS[name](graph, **ids(graph, asked, values)))
    assert rows == expected, (name, values)
    return len(rows)


def test_there_are_questions_enough_and_each_has_a_twin() -> None:
    assert len(QUESTIONS) >= 25
    assert set(TWINS) == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_what_it_is(name: str) -> None:
    """Title, description, an example for its parameters, and each parameter selected."""
    asked = QUESTIONS[name]
    assert asked.title[0].isupper()
    assert not asked.title.endswith(".")
    assert asked.description.endswith(".")
    body = asked.text[asked.text.index("\nSELECT ") :]
    selected = body[: body.index("{")]
    assert all(f"?{p.name} " in selected for p in asked.parameters)
    assert {p.name for p in asked.parameters if not p.optional} <= asked.settings.keys()
    assert asked.settings.keys() <= {p.name for p in asked.parameters}


@pytest.mark.parametrize("name", QUESTIONS)
def test_on_our_data_both_ways_give_the_same(graph: Graph, name: str) -> None:
    """With the example, which finds something, and without what is optional."""
    asked = QUESTIONS[name]
    assert graph.query(name=name, parameters=asked.settings).notes == ()
    found = same(graph, name, asked.settings)
    assert found or name == "refuted-claims"
    needed = {p.name for p in asked.parameters if not p.optional}
    if needed < {p.name for p in asked.parameters}:
        same(graph, name, {n: v for n, v in asked.settings.items() if n in needed})


PAIRS = [
    ("neosubstrates", {"drug": "CC-885"}),
    ("only-degraded-by", {"drug": "CC-885", "other": "lenalidomide"}),
    ("only-degraded-by", {"drug": "pomalidomide", "other": "thalidomide"}),
    ("mechanism", {"drug": "thalidomide", "end": "CK1alpha"}),
    ("mechanism", {"drug": "dexamethasone", "end": "multiple myeloma"}),
    ("drugs-for", {"end": "IKZF1"}),
    ("effects-by-cell", {"drug": "CC-885"}),
    ("facts-of", {"entity": "thalidomide"}),
    ("resistance-to", {"drug": "pomalidomide"}),
    ("seen-in", {"place": "T cell"}),
    ("treatments-of", {"disease": "moa:haematological-neoplasm"}),
    ("what-needs", {"entity": "IKZF1 degron"}),
    ("kinds-of", {"entity": "molecular glue degrader"}),
]


@pytest.mark.parametrize(("name", "values"), PAIRS)
def test_other_parameters_give_the_same(graph: Graph, name: str, values: dict[str, str]) -> None:
    try:
        same(graph, name, values)
    except UnknownName:
        pytest.fail(f"the example has gone from the data: {values}")


ENTITIES = {
    "drug": strategies.DRUG,
    "other": strategies.SECOND,
    "end": strategies.SUBTYPE,
    "disease": strategies.DISEASE,
    "entity": strategies.PROTEINS[0],
    "target": strategies.PROTEINS[1],
    "a": strategies.DRUG,
    "b": strategies.PROTEINS[0],
    "machine": strategies.LIGASE,
    "gene": strategies.PROTEINS[0],
    "cell": strategies.CELL,
    "place": strategies.CELL,
}


@settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate])
@given(strategies.graphs([strategies.SUBTYPE, strategies.DISEASE]))
def test_on_random_graphs_both_ways_give_the_same(drawn: dict[str, Any]) -> None:
    """Every question of the same small worlds that the reasoning is held to."""
    graph = Graph(KnowledgeBase(tables_of({"graph": drawn}), name="random"))
    for name, asked in QUESTIONS.items():
        values = {p.name: ENTITIES[p.name] for p in asked.parameters if p.name in ENTITIES}
        if "source" in {p.name for p in asked.parameters}:
            values["source"] = next(iter(graph.kb.sources), "")
            if not values["source"]:
                continue
        same(graph, name, values)


def test_values_are_of_their_kind(graph: Graph) -> None:
    kb = graph.kb
    assert str(term(kb, "number", "n", "3")).endswith("integer>")
    assert str(term(kb, "number", "n", "-3.5")).endswith("decimal>")
    assert str(term(kb, "text", "t", 'a" } #')) == '"a\\" } #"'
    assert term(kb, "claim", "c", "len-degrades-ikzf1").value.endswith("/len-degrades-ikzf1")
    with pytest.raises(QuestionError, match="takes a number"):
        term(kb, "number", "n", "three")
    with pytest.raises(UnknownName, match="len-degrades-ikzf1"):
        term(kb, "claim", "c", "len-degrades-ikzf11")
    with pytest.raises(UnknownName):
        term(kb, "source", "s", "PMID:0")


@pytest.mark.parametrize("setting", ["drug", "=x", "a=1=2"])
def test_settings_have_a_name_and_a_value(setting: str) -> None:
    if setting == "a=1=2":
        assert parse_settings((setting,)) == {"a": "1=2"}
        return
    with pytest.raises(QuestionError, match="name=value"):
        parse_settings((setting,))


def test_a_head_that_cannot_be_read_is_a_fault() -> None:
    with pytest.raises(QuestionError, match="not a parameter"):
        parse("x", "# title: X\n# param drug: thing - the drug\nSELECT ?drug {}\n")


def test_no_path_leads_out_of_the_folder() -> None:
    for name in ("../prefixes", "violations/x", "/etc/passwd", "neosubstrates.rq", ""):
        with pytest.raises(UnknownName):
            question(name)
