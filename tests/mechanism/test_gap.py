"""Where an effect was seen and no path explains it, the gap is named, as narrow as it is known."""

from __future__ import annotations

import pytest

from moagraph.graph import Graph
from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question
from tests.mechanism.small import claim, graph, slug

KINDS = {
    "drug": "drug",
    "pair": "combination",
    "x": "protein",
    "y": "process",
    "ill": "disease",
}


def gaps(kb: object, b: str = "ill", **options: object) -> list[tuple[str, str]]:
    answer = explain(kb, Question(slug("drug"), slug(b), **options))  # type: ignore[arg-type]
    return [(gap.start.label, gap.end.label) for gap in answer.gaps]


TREATS = claim("treats", "drug treats ill", kind="outcome")
SEEN = claim("seen", "drug decreases y", kind="observation")


def test_nothing_seen_on_the_way_is_one_gap_from_end_to_end() -> None:
    assert gaps(graph(KINDS, [TREATS])) == [("drug", "ill")]


def test_what_was_seen_on_a_cause_narrows_the_gap() -> None:
    kb = graph(KINDS, [TREATS, SEEN, claim("ys", "y sustains ill")])
    assert gaps(kb) == [("drug", "y")]
    assert (
        "Observed, mechanism unknown between drug and y."
        in explain(kb, Question(slug("drug"), slug("ill"))).text
    )


def test_an_association_leaves_a_gap_on_both_sides() -> None:
    kb = graph(KINDS, [TREATS, SEEN, claim("yi", "y associated with ill", kind="observation")])
    assert gaps(kb) == [("drug", "y"), ("y", "ill")]


def test_a_path_or_a_filter_leaves_no_gap() -> None:
    step = claim("dy", "drug decreases y")
    assert gaps(graph(KINDS, [TREATS, step, claim("ys", "y sustains ill")])) == []
    assert gaps(graph(KINDS, [TREATS]), via=(slug("x"),)) == []


@pytest.mark.parametrize(
    ("drug", "end", "words"),
    [
        (
            "thalidomide",
            "ENL",
            "between thalidomide and TNF (moved both ways, by different papers) and between TNF",
        ),
        ("lenalidomide", "MCL", "between lenalidomide and mantle cell lymphoma cell survival"),
        ("lenalidomide", "TNF", "between lenalidomide and TNF"),
    ],
)
def test_the_gaps_of_the_built_in_graph_are_named(
    graph: Graph, drug: str, end: str, words: str
) -> None:
    answer = graph.explain(drug, end)
    assert answer.verdict == "observed_only"
    assert words in answer.text
    assert answer.to_dict()["gaps"]


def test_outcomes_of_combinations_stand_beside_and_give_no_verdict(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "follicular lymphoma")
    assert answer.verdict == "none"
    assert "lenalidomide + rituximab" in {c.subject.label for c in answer.combination_outcomes}


def test_every_outcome_of_a_drug_is_explained_or_its_gap_is_named(graph: Graph) -> None:
    for claim_ in graph.kb.tables.assertions:
        entity = graph.kb.entities[claim_.subject]
        if claim_.kind == "outcome" and claim_.polarity == "asserted" and entity.kind == "drug":
            answer = graph.explain(claim_.subject, claim_.object)
            assert answer.voting or answer.gaps, claim_.id


def test_a_prediction_says_that_combinations_with_the_drug_were_observed(graph: Graph) -> None:
    pomalidomide = graph.explain("pomalidomide", "multiple myeloma")
    assert pomalidomide.combination_outcomes
    assert "no observation of it is in the graph, only of combinations with it" in pomalidomide.text
    carfilzomib = graph.explain("carfilzomib", "multiple myeloma")
    assert "no observation of it is in the graph" in carfilzomib.text
    assert ("only of combinations" in carfilzomib.text) is bool(carfilzomib.combination_outcomes)
