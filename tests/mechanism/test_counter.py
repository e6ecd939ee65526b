"""What speaks against an answer stands on it, and changes no verdict."""

from __future__ import annotations

from moagraph.answers.answer import Answer
from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question
from moagraph.records import Assertion, Evidence
from tests.mechanism.small import claim, evidence, graph, slug, source

KINDS = {"drug": "drug", "a": "protein", "x": "process", "t": "cell", "b": "cell", "s": "state"}
CHAIN = [claim("da", "drug inhibits a"), claim("ax", "a increases x")]
SOURCES = [source("one"), source("two")]


def answer(more: list[Assertion], rows: list[Evidence] | None = None) -> Answer:
    """Return the answer to drug -> x."""
    claims = [*CHAIN, *more]
    if rows is not None:
        rows = [*(evidence(c.id, "one") for c in claims), *rows]
    kb = graph(KINDS, claims, rows, SOURCES)
    return explain(kb, Question(slug("drug"), slug("x")))


def found(result: Answer) -> list[tuple[str, str]]:
    return [(view.code, view.claim.id) for view in result.counter_evidence]


def test_refuting_and_inconclusive_evidence_on_steps() -> None:
    rows = [evidence("da", "two", "inconclusive"), evidence("ax", "two", "refutes")]
    result = answer([], rows)
    assert found(result) == [("inconclusive_evidence", "da"), ("refuting_evidence", "ax")]
    assert result.disputed
    assert [e.source for e in result.counter_evidence[1].evidence] == ["moa:source-two"]


def test_a_negated_claim_in_a_cell() -> None:
    result = answer([claim("no", "drug inhibits a", polarity="negated", cell="t")])
    assert found(result) == [("negated_claim", "no")]
    assert result.verdict == "decreases"
    assert "was shown not to inhibit" in result.counter_evidence[0].text


def test_an_opposite_claim_between_nodes_of_a_path() -> None:
    other = claim("opposite", "a decreases x", kind="observation")
    assert found(answer([other])) == [("opposite_claim", "opposite")]


def test_an_observation_that_disagrees_in_another_cell() -> None:
    other = claim("seen", "drug increases x", kind="observation", cell="b")
    result = answer([other])
    assert found(result) == [("observation", "seen")]


def test_a_gate_about_a_route_that_does_not_fire() -> None:
    more = [
        claim("db", "drug inhibits b"),
        claim("bx", "b increases x", requires=slug("s")),
        claim("gate", "b confers resistance to drug", kind="gate"),
    ]
    result = answer(more)
    assert ("unused_route", "gate") in found(result)
    assert [step.id for step in result.blocked_steps] == ["bx"]


def test_an_undisputed_answer_has_none() -> None:
    assert found(answer([])) == []


def test_refuting_evidence_on_what_was_observed() -> None:
    seen = claim("seen", "drug decreases x", kind="observation")
    rows = [evidence("seen", "one"), evidence("seen", "two", "refutes")]
    kb = graph(KINDS, [seen], rows, SOURCES)
    result = explain(kb, Question(slug("drug"), slug("x")))
    assert found(result) == [("refuting_evidence", "seen")]
    assert "(observed: decreases, disputed)" in result.text


def test_what_the_drug_does_to_a_node_on_the_way() -> None:
    more = [
        claim("ab", "a increases b"),
        claim("not-b", "drug decreases b", kind="observation", polarity="negated", cell="t"),
        claim("up-b", "drug increases b", kind="observation", cell="t"),
        claim("down-b", "drug decreases b", kind="observation"),
    ]
    kb = graph(KINDS, [*CHAIN, claim("bx", "b increases x"), *more], None, SOURCES)
    result = explain(kb, Question(slug("drug"), slug("x")))
    assert found(result) == [("negated_claim", "not-b"), ("opposite_claim", "up-b")]


def test_a_node_that_is_not_needed() -> None:
    gate = "a confers sensitivity to drug"
    needless = claim("needless", gate, kind="gate", polarity="negated")
    elsewhere = claim("elsewhere", gate, kind="gate", polarity="negated", disease="d")
    assert found(answer([needless, elsewhere])) == [("negated_claim", "needless")]


def test_what_a_blocked_step_lacks_speaks_for_the_answer() -> None:
    more = [
        claim("db", "drug inhibits b", requires=slug("s")),
        claim("bx", "b increases x"),
        claim("gate", "s confers sensitivity to drug", kind="gate"),
    ]
    assert found(answer(more)) == []


def test_what_was_seen_beside_shown_not() -> None:
    no = claim("no", "drug decreases x", kind="observation", polarity="negated")
    seen = claim("seen", "drug decreases x", kind="observation")
    rows = [evidence(c.id, "one") for c in (no, seen)]
    result = explain(graph(KINDS, [no, seen], rows, SOURCES), Question(slug("drug"), slug("x")))
    assert result.verdict == "shown_not"
    assert found(result) == [("observation", "seen")]
