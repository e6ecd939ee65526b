"""What the graph explains, and what its claims rest on (questions 20 and 21)."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from moagraph.answers.auditing import LEVELS, SECTIONS, AuditLine, AuditReport
from moagraph.errors import QuestionError
from moagraph.graph import Graph
from moagraph.mechanism.audit import audit, judge, predicted
from moagraph_cli.commands.audit import LEVELS as COMMAND_LEVELS
from moagraph_cli.commands.audit import SECTIONS as COMMAND_SECTIONS
from moagraph_cli.commands.audit import audit as command
from moagraph_cli.settings import Settings


@pytest.fixture(scope="module")
def report(graph: Graph) -> AuditReport:
    return audit(graph.kb)


def ids(report: AuditReport, section: str) -> set[str]:
    return {line.id for line in report.in_section(section)}


def test_every_observation_stands_in_exactly_one_section(graph: Graph, report: AuditReport) -> None:
    observations = {a.id for a in graph.kb.tables.assertions if a.kind == "observation"}
    found: list[str] = []
    for name in ("contradicted", "unexplained", "explained", "not-judged"):
        found.extend(ids(report, name))
    assert len(found) == len(set(found))
    assert set(found) == observations


def test_every_gate_is_explained_or_not(graph: Graph, report: AuditReport) -> None:
    gates = {a.id for a in graph.kb.tables.assertions if a.kind == "gate"}
    explained, unexplained = ids(report, "gate-explained"), ids(report, "gate-unexplained")
    assert explained | unexplained == gates
    assert not explained & unexplained
    assert "crbn-required-lenalidomide" in explained
    assert "cdk6-confers-len-resistance" in unexplained


def test_il2_is_explained_and_tnf_is_not(report: AuditReport) -> None:
    assert "len-increases-il2" in ids(report, "explained")
    assert "len-inhibits-tnf-monocyte" in ids(report, "unexplained")


def test_contested_claims_are_those_of_the_knowledge_base(
    graph: Graph, report: AuditReport
) -> None:
    kb = graph.kb
    for status in ("contested", "refuted", "unsourced"):
        wanted = {a.id for a in kb.tables.assertions if kb.status(a) == status}
        assert ids(report, status) == wanted
    assert "ikzf1-sustains-irf4" in ids(report, "contested")


def test_a_contested_observation_is_never_contradicted(report: AuditReport) -> None:
    assert not ids(report, "contradicted") & ids(report, "contested")


def test_single_source_claims_have_one_primary_source(graph: Graph, report: AuditReport) -> None:
    kb = graph.kb
    for line in report.in_section("single-source"):
        sources = {
            e.source
            for e in kb.evidence_about[line.id]
            if e.stance == "supports" and kb.sources[e.source].kind in ("primary", "preprint")
        }
        assert len(sources) == 1
    assert "len-degrades-ikzf1" not in ids(report, "single-source")


def test_a_mechanism_of_one_member_explains_a_combination(report: AuditReport) -> None:
    without = ids(report, "no-mechanism")
    assert "lendex-treats-mm" not in without
    assert "len-treats-mm" not in without
    assert "thal-treats-enl" in without


def test_the_verdict_is_that_of_explain_in_the_cell_of_the_claim(graph: Graph) -> None:
    kb = graph.kb
    for claim in kb.tables.assertions:
        if (
            claim.kind != "observation"
            or claim.species
            or kb.entities[claim.subject].kind != "drug"
        ):
            continue
        answer = graph.explain(claim.subject, claim.object, cell=claim.cell, disease=claim.disease)
        voted = answer.verdict if answer.voting else ""
        assert predicted(kb, claim, claim.subject) == voted


def test_judging_names_both_signs_where_they_part(graph: Graph, report: AuditReport) -> None:
    for line in report.in_section("contradicted"):
        section, _ = judge(graph.kb, graph.kb.assertions[line.id])
        assert section == "contradicted"
        assert line.note


def test_counts_are_of_the_lines(report: AuditReport) -> None:
    assert tuple(report.counts) == tuple(SECTIONS)
    assert sum(report.counts.values()) == len(report.lines)


def test_only_restricts_and_refuses_what_does_not_exist(graph: Graph) -> None:
    some = audit(graph.kb, ["contested", "unsourced"])
    assert set(some.counts) == {"contested", "unsourced"}
    with pytest.raises(QuestionError, match="single-source"):
        audit(graph.kb, ["rumours"])


@pytest.mark.parametrize(
    ("section", "level", "fails"),
    [
        ("contradicted", "contradicted", True),
        ("contradicted", "single-source", True),
        ("single-source", "contradicted", False),
        ("single-source", "single-source", True),
        ("explained", "single-source", False),
        ("contradicted", "none", False),
    ],
)
def test_failing_counts_a_section_and_those_before_it(
    section: str, level: str, fails: bool
) -> None:
    line = AuditLine(section, "x", "a b c", "observation", "supported")
    assert AuditReport((line,)).fails(level) is fails


def test_the_command_knows_the_sections_of_the_library() -> None:
    assert COMMAND_LEVELS == LEVELS
    assert tuple(SECTIONS) == COMMAND_SECTIONS


def test_the_command_and_its_exit_codes() -> None:
    shown = CliRunner().invoke(command, ["--fail-on", "none"], obj=Settings())
    assert shown.exit_code == 0
    assert max(map(len, shown.output.splitlines())) <= 80
    failing = CliRunner().invoke(command, ["--fail-on", "single-source"], obj=Settings())
    assert failing.exit_code == 1
    plain = CliRunner().invoke(
        command, ["--only", "contested", "--fail-on", "none", "-O", "json"], obj=Settings()
    )
    found = json.loads(plain.output)
    assert set(found) == {"sections", "counts", "findings", "data_version"}
    assert found["counts"]["contested"] == len(found["findings"])
