"""Answers are frozen, speak JSON and Markdown, and escape what the data says."""

from __future__ import annotations

import dataclasses
import json

import pytest

from moagraph.errors import QuestionError
from moagraph.mechanism.effects import effects
from moagraph.mechanism.explain import explain
from moagraph.mechanism.paths import paths
from moagraph.mechanism.question import Question
from moagraph.mechanism.replay import replay
from moagraph.mechanism.whatif import whatif
from moagraph.records import MachinePart
from tests.mechanism.small import claim, evidence, graph, slug, source

KINDS = {"drug": "drug", "a<b>": "protein", "x": "process", "t": "cell", "y": "process"}
CLAIMS = [
    claim("da", "drug inhibits a<b>"),
    claim("ax", "a<b> increases x", cell="t"),
    claim("gate", "a<b> confers sensitivity to drug", kind="gate"),
    claim("gate2", "y confers sensitivity to drug", kind="gate"),
]
KB = graph(KINDS, CLAIMS)
DRUG, X = slug("drug"), slug("x")

STEP_KEYS = """
    id subject relation object sign kind via requires phases cell disease species seen_in
    directness extent status self_effect evidence sentence
"""
ANSWER_KEYS = """
    question verdict agreement arms paths counter_evidence observations reasons bound capped
    context data_version
"""
PATH_KEYS = "steps sign rank why_ranked disputed contexts sourced length records"


def test_the_stable_keys_of_explain() -> None:
    found = json.loads(json.dumps(explain(KB, Question(DRUG, X)).to_dict()))
    assert set(ANSWER_KEYS.split()) <= set(found)
    assert set(PATH_KEYS.split()) <= set(found["paths"][0])
    step = found["paths"][0]["steps"][0]
    assert set(STEP_KEYS.split()) <= set(step)
    assert step["subject"] == {"id": DRUG, "label": "drug"}
    assert found["bound"] == 8
    assert found["data_version"] == "test"


def test_the_stable_keys_of_whatif() -> None:
    found = whatif(KB, Question(DRUG, without=(slug("a<b>"),))).to_dict()
    wanted = "background lost weakened kept changed lifted observations reported_interactions"
    assert set(wanted.split()) <= set(found["whatif"])
    assert found["whatif"]["lost"][0]["broken_by"] == [slug("a<b>")]


def test_answers_are_frozen() -> None:
    answer = explain(KB, Question(DRUG, X))
    with pytest.raises(dataclasses.FrozenInstanceError):
        answer.verdict = "none"  # type: ignore[misc]


def test_a_sentence_names_its_context() -> None:
    path = explain(KB, Question(DRUG, X)).paths[0]
    assert path.arithmetic == "(-)(+) = -"
    assert path.steps[1].sentence == "a<b> increases x in t (+)."


@pytest.mark.parametrize("level", ["", "student", "curator"])
def test_labels_are_text_in_markdown_and_html(level: str) -> None:
    answers = (
        explain(KB, Question(DRUG, X)),
        explain(KB, Question(DRUG, slug("y"))),
        effects(KB, Question(DRUG)),
        whatif(KB, Question(DRUG, without=(slug("a<b>"),))),
    )
    for answer in answers:
        assert "<b>" not in answer.to_markdown(level).replace("\\<b\\>", "")
        assert "<b>" not in answer._repr_html_()


def test_paths_are_lazy_and_capped() -> None:
    search = paths(KB, Question(DRUG, X, max_paths=1))
    assert next(search).records == ("da", "ax")
    assert list(search) == []
    assert not search.more
    assert search.count() == 1


def test_a_gate_is_replayed() -> None:
    needed = replay(KB, KB.assertions["gate"], [DRUG])
    assert needed.explained
    assert [ref.label for ref in needed.replays[0].lost] == ["x"]
    assert not replay(KB, KB.assertions["gate2"], [DRUG]).explained


def test_a_whatif_needs_a_change() -> None:
    with pytest.raises(QuestionError, match="nothing is changed"):
        whatif(KB, Question(DRUG))


def test_whatif_of_a_target_removes_it() -> None:
    answer = whatif(KB, Question(slug("a<b>")))
    assert [(e.object.id, e.sign) for e in answer.changed] == [(X, "decreases")]


def test_a_bound_below_one_is_refused() -> None:
    with pytest.raises(QuestionError):
        Question(DRUG, X, max_length=0)


def test_a_cap_never_changes_the_verdict() -> None:
    more = graph({**KINDS, "b": "protein"}, [*CLAIMS, claim("dx", "drug increases x", cell="t")])
    answer = explain(more, Question(DRUG, X, max_paths=1))
    assert answer.verdict == "conflicting"
    assert answer.capped
    assert len(answer.paths) == 1


def test_an_unknown_end_is_no_crash() -> None:
    kb = graph({"drug": "drug"}, [])
    assert explain(kb, Question(DRUG, DRUG)).verdict == "none"
    assert explain(kb, Question(DRUG, "moa:nowhere")).verdict == "none"


def test_what_if_counts_paths_lost_and_gained_beside_others() -> None:
    kinds = {"drug": "drug", "second": "drug", "a": "protein", "b": "protein", "x": "process"}
    claims = [
        claim("da", "drug inhibits a"),
        claim("ax", "a increases x"),
        claim("db", "drug inhibits b"),
        claim("bx", "b increases x"),
        claim("needs", "drug decreases x", requires=slug("second")),
        claim("gate", "b confers sensitivity to drug", kind="gate"),
    ]
    kb = graph(kinds, claims)
    lost = whatif(kb, Question(DRUG, X, without=(slug("b"),)))
    effect = next(e for e in lost.kept if e.object.id == X)
    assert (effect.paths_lost, effect.paths_gained) == (1, 0)
    assert [b.what.id for b in effect.stopped] == [slug("b")]
    assert not effect.breaks
    assert [c.id for c in lost.gates] == ["gate"]
    assert "decreases after (1 path lost)" in lost.text
    gained = whatif(kb, Question(DRUG, X, with_=(slug("second"),)))
    effect = next(e for e in gained.kept if e.object.id == X)
    assert [(e.paths_lost, e.paths_gained) for e in [effect]] == [(0, 1)]
    assert [b.what.id for b in effect.opened] == [slug("second")]
    assert "full inhibition" not in gained.text


def test_a_verdict_says_that_nobody_saw_it_and_that_it_is_weak() -> None:
    weak = [claim("da", "drug inhibits a<b>", extent="weak"), CLAIMS[1]]
    text = explain(graph(KINDS, weak), Question(DRUG, X)).text
    assert "predicted, no observation of it is in the graph" in text
    assert "every path passes a step of weak extent" in text
    seen = [*CLAIMS, claim("seen", "drug decreases x", kind="observation")]
    assert "predicted" not in explain(graph(KINDS, seen), Question(DRUG, X)).text


def test_references_that_do_not_support_say_so() -> None:
    seen = claim("seen", "drug decreases x", kind="observation", requires=slug("t"))
    rows = [evidence("seen", "one"), evidence("seen", "two", "refutes")]
    answer = explain(
        graph(KINDS, [seen], rows, [source("one"), source("two")]), Question(DRUG, X, cell="")
    )
    assert [c.sentence for c in answer.observations] == ["drug decreases x, given t."]
    assert "Two 2020, moa:source-two \\[refutes" in answer.to_markdown()


def test_a_break_cites_its_own_participant_and_not_its_phase() -> None:
    kinds = {"drug": "drug", "a": "protein", "p": "protein", "q": "protein", "m": "complex"}
    claims = [
        claim("da", "drug increases degradation of a", via="m"),
        claim("p-needed", "p confers sensitivity to drug", kind="gate"),
        claim("q-needed", "q confers sensitivity to drug", kind="gate"),
    ]
    rows = [MachinePart(slug("m"), 3, slug(name), shown_by=f"{name}-needed") for name in ("p", "q")]
    kb = graph(kinds, claims, machines=rows)
    (lost,) = whatif(kb, Question(DRUG, without=(slug("p"),))).lost
    assert {e.about for b in lost.breaks for e in b.evidence} == {"p-needed"}


def test_an_observation_counts_only_where_what_it_needs_is_there() -> None:
    seen = claim("seen", "drug decreases x", kind="observation", requires=slug("a"))
    kb = graph({"drug": "drug", "a": "protein", "x": "process"}, [seen])
    assert explain(kb, Question(DRUG, X)).verdict == "observed_only"
    answer = explain(kb, Question(DRUG, X, without=(slug("a"),)))
    assert answer.verdict == "none"
    assert [c.text for c in answer.counter_evidence] == [
        "observed elsewhere: drug decreases x, given a."
    ]


def test_an_answer_names_the_species_asked_and_whether_it_was_seen_there() -> None:
    seen = claim("seen", "drug decreases x", kind="observation")
    rows = [evidence("seen", "one", species=("NCBITaxon:9606",))]
    kb = graph({"drug": "drug", "x": "process"}, [seen], rows)
    mouse = explain(kb, Question(DRUG, X, species="NCBITaxon:10090")).text
    assert "(asked in NCBITaxon:10090)" in mouse
    assert "no observation of it was made in this species" in mouse
    assert "species" not in explain(kb, Question(DRUG, X)).text
