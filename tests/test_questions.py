"""Golden answers: each question with what an expert looks for in the answer.

They check content - participants, signs, gates, papers - and not bytes. The command line of
each question stands in docs/questions.md.
"""

from __future__ import annotations

from typing import Any

import pytest

from moagraph.answers.answer import Answer
from moagraph.answers.parts import PathView
from moagraph.graph import Graph

CLONE = "moa:del5q-clone-cell"
MYELOMA_CELL = "moa:malignant-plasma-cell"


def nodes(path: PathView) -> list[str]:
    return [path.steps[0].subject.label, *(step.object.label for step in path.steps)]


def chains(answer: Answer) -> list[list[str]]:
    return [nodes(path) for path in answer.paths]


def pmids(answer: Answer) -> set[str]:
    return {e.source for path in answer.paths for step in path.steps for e in step.evidence}


def effects_by_label(group: Any) -> dict[str, str]:
    return {effect.object.label: effect.sign for effect in group}


def test_1_how_lenalidomide_treats_multiple_myeloma(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "multiple myeloma")
    assert answer.verdict == "decreases"
    assert answer.agreement == "explained"
    arms = {arm.neosubstrate.label for arm in answer.arms}
    assert {"IKZF1", "IKZF3"} <= arms
    glue = next(s for p in answer.paths for s in p.steps if s.object.label == "IKZF1")
    assert glue.via is not None
    assert glue.via.id == "moa:crl4-crbn"
    assert [phase.name for phase in glue.phases] == ["bind", "recruit", "ubiquitinate", "degrade"]
    assert all(phase.reached for phase in glue.phases)
    participants = {p.label for phase in glue.phases for p in phase.participants}
    assert {"CRBN", "DDB1", "CUL4A", "RBX1", "proteasome"} <= participants
    passed = {name for chain in chains(answer) for name in chain}
    assert {"IRF4", "MYC", "IL2"} <= passed
    assert {"PMID:24292623", "PMID:24292625"} & pmids(answer)  # Lu 2014, Krönke 2014
    assert all(path.sign == -1 for path in answer.paths)
    against = " ".join(e.reference for c in answer.counter_evidence for e in c.evidence)
    assert "Fedele" in against
    assert (
        answer.paths[0].sourced
        == f"{answer.paths[0].length} of {answer.paths[0].length} steps sourced"
    )


def test_1_the_immune_arm_runs_through_il2(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "MM", via=["IL2"])
    assert answer.verdict == "decreases"
    best = answer.paths[0]
    assert nodes(best)[1] in ("IKZF1", "IKZF3")
    assert "IL2" in nodes(best)
    assert [s.sign for s in best.steps][:2] == [-1, -1]
    assert {s.transfer for s in best.steps} >= {"secreted", "contact"}


def test_2_how_it_treats_mds_with_del5q(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "5q- syndrome")
    assert answer.verdict == "decreases"
    best = answer.paths[0]
    assert nodes(best)[1:3] == ["CSNK1A1", "TP53"]
    assert best.arithmetic.endswith("= -")
    gated = next(s for s in best.steps if s.subject.label == "CSNK1A1")
    assert "moa:csnk1a1-haploinsufficiency" in gated.requires
    assert "PMID:26131937" in pmids(answer)
    lost = graph.whatif("lenalidomide", "5q- syndrome", without=["TP53"])
    assert "TP53" in {b.what.label for e in lost.lost for b in e.breaks} | {
        e.object.label for e in lost.lost
    }


def test_3_why_the_ck1a_route_does_not_explain_myeloma(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "multiple myeloma", via=["CSNK1A1"])
    assert answer.verdict in ("none", "observed_only")
    assert not answer.paths
    states = [r for r in answer.reasons if r.code == "missing_state"]
    assert any(r.what.startswith("moa:csnk1a1-") for r in states)
    bringers = {b for r in states for b in r.who_brings_it}
    assert "MONDO:0007925" in bringers
    assert "Manni" in " ".join(e.reference for c in answer.counter_evidence for e in c.evidence)
    assert graph.explain("thalidomide", "multiple myeloma").verdict == "decreases"


def test_5_pomalidomide_thalidomide_avadomide_and_ck1a(graph: Graph) -> None:
    pomalidomide = graph.explain("pomalidomide", "CK1a")
    assert pomalidomide.verdict == "decreases"
    assert pomalidomide.paths[0].steps[0].extent == "weak"
    against = [c for c in pomalidomide.counter_evidence if c.code == "negated_claim"]
    assert any(c.claim.cell is not None and c.claim.cell.label == "T cell" for c in against)
    for drug in ("thalidomide", "avadomide"):
        answer = graph.explain(drug, "CK1a")
        assert answer.verdict == "shown_not"
        assert any(e.source == "PMID:26131937" for c in answer.shown_not_by for e in c.evidence)


def test_6_lenalidomide_does_not_reach_gspt1(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "GSPT1")
    assert answer.verdict in ("none", "shown_not")
    assert not answer.paths
    for drug in ("CC-885", "CC-90009"):
        assert graph.explain(drug, "GSPT1").verdict == "decreases"


def test_7_without_cereblon(graph: Graph) -> None:
    answer = graph.whatif("lenalidomide", without=["CRBN"])
    lost = effects_by_label(answer.lost)
    assert {"IKZF1", "IKZF3", "CSNK1A1"} <= set(lost)
    kept = effects_by_label(answer.kept)
    assert kept["ZAP70"] == "increases"
    assert any("cytotoxicity" in name for name in kept)
    assert all("uniprot:Q96SW2" in e.broken_by or e.broken_by for e in answer.lost)


def test_8_with_bortezomib(graph: Graph) -> None:
    answer = graph.whatif("lenalidomide", "MM", with_=["bortezomib"])
    assert answer.regimen_line
    assert "lenalidomide + bortezomib + dexamethasone" in answer.regimen_line
    assert {"IKZF1", "IKZF3"} <= set(effects_by_label(answer.lost))
    degraded = next(e for e in answer.lost if e.object.label == "IKZF1")
    assert {b.phase for b in degraded.breaks} == {"degrade"}
    papers = {e.source for b in degraded.breaks for e in b.evidence}
    assert "PMID:25975838" in papers  # Shi 2015
    calpain = {e.source for c in answer.reported_interactions for e in c.evidence}
    assert "PMID:31915234" in calpain


@pytest.mark.parametrize(
    ("removed", "change"),
    [
        (["CUL4A"], "kept"),
        (["CUL4A", "CUL4B"], "lost"),
        (["DDB1"], "lost"),
        (["UBE2G1"], "weakened"),
    ],
)
def test_8_without_a_participant(graph: Graph, removed: list[str], change: str) -> None:
    answer = graph.whatif("lenalidomide", "IKZF1", without=removed)
    assert "IKZF1" in effects_by_label(getattr(answer, change))


def test_8_iberdomide_is_reported_to_work_without_ube2g1(graph: Graph) -> None:
    answer = graph.whatif("iberdomide", "IKZF1", without=["UBE2G1"])
    assert "IKZF1" in effects_by_label(answer.kept)


def test_9_in_mice(graph: Graph) -> None:
    broken = graph.whatif("lenalidomide", species="mouse")
    assert {"IKZF1", "IKZF3", "CSNK1A1"} <= set(effects_by_label(broken.lost))
    step = next(e for e in broken.lost if e.object.label == "IKZF1")
    assert {b.phase for b in step.breaks} == {"recruit"}
    restored = graph.whatif("lenalidomide", species="mouse", variant=["CRBN:I391V"])
    assert {"IKZF1", "IKZF3", "CSNK1A1"} <= set(effects_by_label(restored.kept))
    sall4 = graph.explain("thalidomide", "SALL4", species="mouse", variant=["CRBN:I391V"])
    assert not sall4.paths


def test_10_with_ikzf1_q146h(graph: Graph) -> None:
    answer = graph.whatif("pomalidomide", "MM", variant=["IKZF1:Q146H"])
    assert "IKZF1" in effects_by_label(answer.lost)
    kept = effects_by_label(answer.kept)
    assert kept["IKZF3"] == "decreases"
    assert kept["multiple myeloma"] == "decreases"


def test_11_il2_rises_in_t_cells(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "IL-2")
    assert answer.verdict == "increases"
    assert answer.agreement == "explained"
    assert answer.paths[0].arithmetic == "(-)(-) = +"
    assert set(answer.groups) == {"moa:activated-t-cell"}


def test_12_tnf_is_observed_and_unexplained(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "TNF")
    assert answer.verdict in ("observed_only", "conflicting")
    assert answer.agreement == "unexplained"
    assert not answer.paths
    signs = {o.sign for o in answer.observations}
    assert len(signs) == 2


def test_13_p53_is_conflicting_in_del5q_disease(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "p53", disease="del(5q) MDS")
    assert answer.verdict == "conflicting"
    assert answer.groups[CLONE] == "increases"
    assert "decreases" in answer.groups.values()


def test_14_teratogenicity_by_species(graph: Graph) -> None:
    human = graph.explain("thalidomide", "thalidomide embryopathy")
    assert human.verdict == "increases"
    assert any("SALL4" in chain for chain in chains(human))
    chick = graph.explain("thalidomide", "thalidomide embryopathy", species="Gallus gallus")
    fish = graph.effects("thalidomide", species="Danio rerio")
    assert not any("SALL4" in chain for chain in chains(chick))
    reached = {e.object.label for e in fish.effects}
    assert any("fin" in name for name in reached)


def test_16_dexamethasone_on_the_immune_arm(graph: Graph) -> None:
    answer = graph.whatif("lenalidomide", "MM", with_=["dexamethasone"])
    assert answer.regimen_line
    reported = {c.object.label for c in answer.reported_interactions}
    assert "IL2" in reported
    assert graph.explain("dexamethasone", "IL2").verdict == "decreases"


def test_17_facts_at_a_creatinine_clearance(graph: Graph) -> None:
    at_40 = graph.facts("lenalidomide", at={"crcl": "40"}, indication="MM")
    doses = {
        (line.fact.jurisdiction, line.value)
        for line in at_40.lines
        if line.fact and "10 mg" in line.value
    }
    assert {jurisdiction for jurisdiction, _ in doses} >= {"FDA", "EMA"}
    at_55 = graph.facts("lenalidomide", at={"crcl": "55"}, indication="MM")
    adjusted = {
        line.fact.jurisdiction
        for line in at_55.lines
        if line.fact and line.fact.condition.startswith("crcl") and "10 mg" in line.value
    }
    assert adjusted == {"FDA"}
    names = {line.fact.property for line in at_40.lines if line.fact}
    assert any("half_life" in name for name in names)


def test_20_the_article_is_held_claim_by_claim(graph: Graph) -> None:
    sheet = graph.article()
    assert len(sheet.claims) == 90
    statuses = [claim.status for claim, _, _ in sheet.claims]
    assert statuses.count("corrected") == 4
    assert statuses.count("partly") == 11
    for claim, held, corrected in sheet.claims:
        assert claim.held_by or claim.corrected_by, claim.id
        assert all(held), f"{claim.id} points nowhere: {claim.held_by}"
        assert all(corrected), f"{claim.id} is corrected by nothing: {claim.corrected_by}"
        if claim.status != "holds":
            assert claim.corrected_by, claim.id


def test_23_why_lenalidomide_causes_neutropenia(graph: Graph) -> None:
    answer = graph.explain("lenalidomide", "neutropenia")
    assert answer.verdict == "increases"
    assert answer.agreement == "explained"
    assert any(p.arithmetic == "(-)(+)(-) = +" for p in answer.paths)
    assert any(nodes(p)[1:3] == ["IKZF1", "SPI1"] for p in answer.paths)


def test_24_what_speaks_against_both_factors_must_go(graph: Graph) -> None:
    contested = [a for a in graph.kb.tables.assertions if graph.kb.status(a) == "contested"]
    both = [
        a
        for a in contested
        if {"PMID:24292623"} & {e.source for e in graph.kb.evidence_about[a.id]}
        and any(
            "Fedele" in graph.kb.sources[e.source].first_author
            for e in graph.kb.evidence_about[a.id]
        )
    ]
    assert both


def test_26_what_loss_of_ikzf1_alone_does(graph: Graph) -> None:
    answer = graph.whatif("IKZF1")
    changed = effects_by_label(answer.changed)
    assert changed["myeloma cell survival"] == "decreases"
    assert changed["multiple myeloma"] == "decreases"


def test_4_neosubstrates_shared_and_own(graph: Graph) -> None:
    answer = graph.compare("thalidomide", "lenalidomide", "pomalidomide", aspects=["neosubstrates"])
    rows = {row["item"]["label"]: row for row in answer.to_dict()["rows"]}
    status = {d: c["status"] for d, c in rows["CSNK1A1"]["cells"].items()}
    assert status["CHEBI:9513"] == "shown not"
    assert status["CHEBI:63791"] == "shown"
    assert status["CHEBI:72690"] == "weak"
    for shared in ("IKZF1", "IKZF3"):
        assert {c["status"] for c in rows[shared]["cells"].values()} == {"shown"}


def test_15_how_myelomas_become_resistant(graph: Graph) -> None:
    text = graph.resistance("lenalidomide", "MM").to_markdown()
    for factor in ("exon 10", "CRBN", "COP9", "UBE2G1", "CDK6"):
        assert factor in text


def test_19_what_binds_cereblon(graph: Graph) -> None:
    text = graph.binders("CRBN").to_markdown()
    for drug in ("thalidomide", "lenalidomide", "pomalidomide", "iberdomide", "avadomide"):
        assert drug in text
    assert "uM" in text


def test_21_claims_by_how_they_are_sourced(graph: Graph) -> None:
    counts = graph.audit(only=["single-source", "contested", "unsourced"]).to_dict()["counts"]
    assert all(counts[name] > 0 for name in ("single-source", "contested", "unsourced"))


def test_25_which_drugs_reach_gspt1_and_myeloma(graph: Graph) -> None:
    gspt1 = {d.drug.label for d in graph.drugs_for("GSPT1").drugs}
    assert {"CC-885", "eragidomide"} <= gspt1
    assert "lenalidomide" not in gspt1
    myeloma = {d.drug.label for d in graph.drugs_for("multiple myeloma").drugs}
    assert {"thalidomide", "lenalidomide", "pomalidomide", "iberdomide"} <= myeloma
