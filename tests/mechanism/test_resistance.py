"""What makes cells resist, and whether the graph explains it (question 15)."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from moagraph.answers.resisting import UNEXPLAINED, Gate, ResistanceAnswer
from moagraph.errors import QuestionError
from moagraph.graph import Graph
from moagraph.mechanism.replay import drugs_of, replay, ways
from moagraph.mechanism.resistance import resistance
from moagraph_cli.commands.resistance import resistance as command
from moagraph_cli.settings import Settings


@pytest.fixture(scope="module")
def lenalidomide(graph: Graph) -> ResistanceAnswer:
    return resistance(graph.kb, "lenalidomide")


def gate_of(answer: ResistanceAnswer, claim: str) -> Gate:
    return next(gate for gate in answer.gates if gate.claim.id == claim)


def test_cereblon_loss_takes_the_glue_steps(lenalidomide: ResistanceAnswer) -> None:
    gate = gate_of(lenalidomide, "crbn-required-lenalidomide")
    assert (gate.strength, gate.explained, gate.scope) == ("lost", True, "the drug")
    assert gate.best is not None
    assert gate.best.command == "whatif lenalidomide --without CRBN"
    assert {"IKZF1", "IKZF3", "CSNK1A1"} <= {ref.label for ref in gate.best.lost}
    assert any("phase bind" in words for words in gate.breaks)


def test_ube2g1_weakens_and_does_not_stop(lenalidomide: ResistanceAnswer) -> None:
    gate = gate_of(lenalidomide, "ube2g1-loss-resistance")
    assert gate.strength == "weakened"
    assert gate.best is not None
    assert gate.best.lost == ()


def test_exon_10_skipping_is_reported_for_the_class(lenalidomide: ResistanceAnswer) -> None:
    """It is replayed by the variant that brings the state, and was seen in patients."""
    gate = gate_of(lenalidomide, "crbn-exon10-splice-resistance")
    assert gate.scope.startswith("reported for the class")
    assert gate.strength == "lost"
    assert gate.best is not None
    assert "--variant CRBN:delta-exon10" in gate.best.command
    assert "patients" in gate.seen


def test_p53_loss_protects_the_clone(lenalidomide: ResistanceAnswer) -> None:
    gate = gate_of(lenalidomide, "tp53-inactivation-len-resistance")
    assert gate.strength == "lost"
    assert gate.best is not None
    assert "--without TP53" in gate.best.command


def test_haploinsufficiency_is_replayed_in_the_disease_that_brings_it(
    lenalidomide: ResistanceAnswer,
) -> None:
    gate = gate_of(lenalidomide, "csnk1a1-haplo-sensitises")
    assert gate.explained
    assert gate.best is not None
    assert "myelodysplastic syndrome with del(5q)" in gate.best.command


def test_cdk6_is_honestly_not_explained(lenalidomide: ResistanceAnswer) -> None:
    gate = gate_of(lenalidomide, "cdk6-confers-len-resistance")
    assert (gate.strength, gate.explained) == (UNEXPLAINED, False)
    assert gate.breaks == ()


def test_an_opposing_factor_is_pointed_at(lenalidomide: ResistanceAnswer) -> None:
    """ETV4 keeps MYC up where the drug lowers it; that is no replay and is not called one."""
    gate = gate_of(lenalidomide, "etv4-resistance")
    assert not gate.explained
    assert "MYC" in {ref.label for ref in gate.opposes}


def test_every_gate_on_the_drug_and_its_class_is_there(
    graph: Graph, lenalidomide: ResistanceAnswer
) -> None:
    drug = graph.kb.resolve("lenalidomide").id
    wanted = {
        a.id
        for a in graph.kb.tables.assertions
        if a.kind == "gate" and a.object in graph.kb.ancestors(drug)
    }
    assert wanted <= {gate.claim.id for gate in lenalidomide.gates}
    assert all(gate.claim.evidence for gate in lenalidomide.gates)


def test_every_explained_gate_agrees_with_what_if(
    graph: Graph, lenalidomide: ResistanceAnswer
) -> None:
    gate = gate_of(lenalidomide, "ube2d3-loss-weakens-lenalidomide")
    found = graph.whatif("lenalidomide", without=["UBE2D3"])
    assert gate.best is not None
    assert [e.object.id for e in found.weakened] == [ref.id for ref in gate.best.weakened]


def test_with_an_end_the_replay_asks_for_that_end(graph: Graph) -> None:
    answer = resistance(graph.kb, "lenalidomide", "multiple myeloma")
    gate = gate_of(answer, "crbn-required-lenalidomide")
    assert gate.strength in ("lost", "lost in part")
    assert gate.best is not None
    assert gate.best.before == "decreases"
    assert all(
        g.claim.disease is None or g.claim.disease.label != "follicular lymphoma"
        for g in answer.gates
    )
    assert any("other diseases" in note for note in answer.notes)
    degron = gate_of(answer, "csnk1a1-degron-required-lenalidomide")
    assert degron.strength == UNEXPLAINED


def test_a_negated_gate_is_explained_by_nothing_moving(graph: Graph) -> None:
    claim = graph.kb.assertions["ikzf1-not-del5q-window"]
    played = replay(graph.kb, claim, [claim.object])
    assert (played.strength, played.explained) == ("unchanged", True)


def test_the_ways_of_a_state_follow_what_brings_it(graph: Graph) -> None:
    claim = graph.kb.assertions["tp53-inactivation-len-resistance"]
    asked = [way.question for way in ways(graph.kb, claim, claim.object)]
    assert asked[0].without == (graph.kb.resolve("TP53").id,)
    assert asked[-1].state == (claim.subject,)
    assert {q.cell for q in asked} == {claim.cell}


def test_classes_and_combinations_stand_for_their_drugs(graph: Graph) -> None:
    kb = graph.kb
    names = {kb.label(d) for d in drugs_of(kb, "moa:imid-class")}
    assert {"thalidomide", "lenalidomide", "pomalidomide"} <= names
    members = {kb.label(d) for d in drugs_of(kb, "moa:lenalidomide-dexamethasone")}
    assert members == {"lenalidomide", "dexamethasone"}


def test_a_combination_brings_what_its_members_need(graph: Graph) -> None:
    answer = resistance(graph.kb, "lenalidomide + dexamethasone")
    scopes = {gate.claim.id: gate.scope for gate in answer.gates}
    assert scopes["nr3c1-confers-sensitivity-dex"] == "reported for its member dexamethasone"
    assert gate_of(answer, "nr3c1-confers-sensitivity-dex").explained


def test_a_class_is_asked_by_its_own_name(graph: Graph) -> None:
    answer = resistance(graph.kb, "moa:imid-class")
    gate = gate_of(answer, "crbn-mutation-resistance")
    assert (gate.scope, gate.strength) == ("the class", "lost")


def test_only_drugs_have_resistance(graph: Graph) -> None:
    with pytest.raises(QuestionError, match="not a drug"):
        resistance(graph.kb, "CRBN")


def test_the_command_prints_and_serialises() -> None:
    shown = CliRunner().invoke(command, ["lenalidomide"], obj=Settings())
    assert shown.exit_code == 0
    assert max(map(len, shown.output.splitlines())) <= 80
    assert "replay: moagraph whatif lenalidomide --without CRBN" in shown.output
    found = json.loads(
        CliRunner().invoke(command, ["lenalidomide", "-O", "json"], obj=Settings()).output
    )
    gate = found["gates"][0]
    wanted = {"claim", "factor", "direction", "scope", "strength", "replays", "seen", "breaks"}
    assert wanted <= set(gate)
    assert CliRunner().invoke(command, ["rifampicin"], obj=Settings()).exit_code == 1
    assert CliRunner().invoke(command, ["CRBN"], obj=Settings()).exit_code == 2
