"""An end without an answer tells of the broader and narrower ones that have one."""

from __future__ import annotations

import shlex

import pytest

from moagraph.answers.parts import Ref
from moagraph.answers.words import command_of
from moagraph.graph import Graph
from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question
from tests.mechanism.small import claim, slug
from tests.mechanism.small import graph as small


def test_what_was_seen_of_a_broader_term_is_pointed_at(graph: Graph) -> None:
    answer = graph.explain("pomalidomide", "DVT")
    assert (answer.verdict, answer.exit_code) == ("none", 1)
    [other] = answer.to_dict()["nearby"]
    assert other["end"]["label"] == "venous thromboembolism"
    assert (other["relation"], other["verdict"]) == ("broader", "observed_only")
    assert other["observed_sign"] == "increases"
    assert "the broader venous thromboembolism (observed only, increases)" in answer.text
    assert other["command"] == 'moagraph explain pomalidomide "venous thromboembolism"'
    assert "venous thromboembolism" in answer.to_markdown()
    _, _, *names = shlex.split(other["command"])
    assert graph.explain(*names).verdict == "observed_only"


def test_a_cell_line_leads_to_its_disease(graph: Graph) -> None:
    [first, *_] = graph.explain("lenalidomide", "MM.1S").nearby
    assert (first.end.label, first.verdict) == ("multiple myeloma", "decreases")


def test_names_in_the_wrong_order_are_turned_round(graph: Graph) -> None:
    answer = graph.explain("multiple myeloma", "lenalidomide")
    assert answer.verdict == "none"
    [other] = answer.nearby
    assert (other.relation, other.verdict) == ("reversed", "decreases")
    assert other.command == 'moagraph explain lenalidomide "multiple myeloma"'
    assert "There is an answer for lenalidomide on multiple myeloma (decreases)." in answer.text
    assert graph.explain("bortezomib", "lenalidomide").nearby == ()


def test_an_answer_or_a_changed_question_points_nowhere(graph: Graph) -> None:
    assert graph.explain("lenalidomide", "DVT").nearby == ()
    assert graph.explain("pomalidomide", "DVT", without=["CRBN"]).nearby == ()
    assert graph.explain("pomalidomide", "DVT", min_evidence=3).nearby == ()


def test_what_combinations_did_is_said_where_the_drug_has_no_answer(graph: Graph) -> None:
    answer = graph.explain("thalidomide", "DVT")
    assert answer.verdict == "none"
    assert "an effect is reported for combinations with it" in answer.text
    assert "thaldex-causes-vte" in {claim.id for claim in answer.combination_outcomes}


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("CK1a", "CK1a"),
        ("del(5q) MDS", '"del(5q) MDS"'),
        ("a$(b)", '"X:1"'),
        ('a" b', '"X:1"'),
        ("-o x", '"X:1"'),
        ("β", '"X:1"'),
    ],
)
def test_a_command_can_be_copied(label: str, shown: str) -> None:
    assert command_of(Ref("X:1", label), Ref("X:1", label)) == f"moagraph explain {shown} {shown}"


def test_what_is_no_cause_is_said_beside_the_answer(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "CRBN")
    assert answer.verdict == "none"
    said = {(c.relation, c.kind) for c in answer.other_claims}
    assert said == {("binds", "mechanism"), ("confers sensitivity to", "gate")}
    assert "other claims about the two tell of no effect" in answer.text
    assert "binds" in answer.to_markdown()


def test_no_claim_between_two_ends_is_kept_back(graph: Graph) -> None:
    """Whoever asks how one thing acts on another is shown every claim about the two."""
    for said in graph.kb.tables.assertions:
        answer = graph.explain(said.subject, said.object)
        views = (*answer.observations, *answer.shown_not_by, *answer.class_observations)
        shown = {view.id for view in (*views, *answer.other_claims, *answer.combination_outcomes)}
        shown |= {step.id for path in answer.paths for step in path.steps}
        shown |= {step.id for step in answer.blocked_steps}
        shown |= {view.claim.id for view in answer.counter_evidence}
        assert said.id in shown


@pytest.mark.parametrize("kind", ["mechanism", "observation", "outcome"])
def test_a_negated_claim_without_a_source_is_not_kept_back(kind: str) -> None:
    said = claim("not", "drug decreases ill", kind=kind, polarity="negated")
    kb = small({"drug": "drug", "ill": "disease"}, [said], rows=[])
    answer = explain(kb, Question(slug("drug"), slug("ill")))
    shown = [view.id for view in (*answer.shown_not_by, *answer.other_claims)]
    assert [*shown, *(view.claim.id for view in answer.counter_evidence)] == ["not"]


def test_a_class_without_an_answer_leads_to_its_members(graph: Graph) -> None:
    answer = graph.explain("IMiDs", "VTE")
    assert answer.verdict == "none"
    found = {(other.start.label, other.observed_sign) for other in answer.nearby}
    assert ("lenalidomide", "increases") in found
    assert ("pomalidomide", "increases") in found
    assert "the narrower pomalidomide (observed only, increases)" in answer.text
    assert {other.end.id for other in answer.nearby} == {answer.b.id}


def test_the_references_of_an_answer_are_those_of_all_that_it_shows(graph: Graph) -> None:
    from moagraph.formats.rows import source_ids

    assert "PMID:20008302" in source_ids(graph.explain("thalidomide", "DVT"))
    assert "PMID:25043012" in source_ids(graph.explain("lenalidomide", "CRBN"))
