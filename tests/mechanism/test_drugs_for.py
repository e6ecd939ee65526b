"""Which drugs reach an end, and by which neosubstrate (question 25)."""

from __future__ import annotations

import json

from click.testing import CliRunner

from moagraph.answers.reaching import DrugsFor
from moagraph.graph import Graph
from moagraph.mechanism.drugs_for import drugs_for
from moagraph_cli.commands.drugs_for import drugs_for as command
from moagraph_cli.settings import Settings


def ask(graph: Graph, b: str, **options: object) -> DrugsFor:
    return drugs_for(graph.kb, graph.question("", b, **options))  # type: ignore[arg-type]


def test_gspt1_is_reached_by_cc885_and_not_by_lenalidomide(graph: Graph) -> None:
    """The same ligase serves both; only the right drug brings GSPT1 to it."""
    answer = ask(graph, "GSPT1")
    reaching = {d.drug.label: d for d in answer.drugs}
    assert {"CC-885", "eragidomide"} <= set(reaching)
    assert not {"lenalidomide", "thalidomide", "pomalidomide"} & set(reaching)
    assert reaching["CC-885"].verdict == "decreases"
    assert {"lenalidomide", "pomalidomide"} <= {s.drug.label for s in answer.shown_not}


def test_myeloma_is_reached_through_ikaros_and_aiolos(graph: Graph) -> None:
    answer = ask(graph, "multiple myeloma")
    reaching = {d.drug.label: d for d in answer.drugs}
    for drug in ("thalidomide", "lenalidomide", "pomalidomide"):
        assert reaching[drug].verdict == "decreases"
        assert {"IKZF1", "IKZF3"} <= {ref.label for ref in reaching[drug].neosubstrates}
    assert reaching["lenalidomide"].agreement == "explained"
    assert [ref.label for ref in reaching["bortezomib"].neosubstrates] == ["proteasome"]


def test_combinations_are_seen_apart(graph: Graph) -> None:
    answer = ask(graph, "multiple myeloma")
    kinds = {s.drug.label: s.kind for s in answer.observed}
    assert kinds["lenalidomide + dexamethasone"] == "combination"
    assert "lenalidomide + dexamethasone" not in {d.drug.label for d in answer.drugs}


def test_each_verdict_is_that_of_explain(graph: Graph) -> None:
    for end in ("GSPT1", "IL2", "myelodysplastic syndrome with del(5q)"):
        answer = ask(graph, end)
        for drug in answer.drugs:
            explained = graph.explain(drug.drug.id, end)
            assert explained.verdict == drug.verdict
            assert explained.agreement == drug.agreement
            assert len(explained.paths) == drug.paths
            assert explained.paths[0].records == drug.best.records


def test_filters_hold(graph: Graph) -> None:
    everyone = {d.drug.label for d in ask(graph, "multiple myeloma").drugs}
    through = {d.drug.label for d in ask(graph, "multiple myeloma", via=["IKZF3"]).drugs}
    assert "lenalidomide" in through
    assert "bortezomib" in everyone - through


def test_the_command_and_its_exit_codes() -> None:
    shown = CliRunner().invoke(command, ["GSPT1"], obj=Settings())
    assert shown.exit_code == 0
    assert "CC-885 -| GSPT1" in shown.output
    assert "shown not to" in shown.output
    found = json.loads(CliRunner().invoke(command, ["MM", "-O", "json"], obj=Settings()).output)
    assert {"question", "b", "drugs", "observed", "shown_not", "bound"} <= set(found)
    assert {"drug", "verdict", "arms", "paths", "best", "neosubstrates"} <= set(found["drugs"][0])
    assert CliRunner().invoke(command, ["DDB1"], obj=Settings()).exit_code == 1
    assert CliRunner().invoke(command, ["xyzzy"], obj=Settings()).exit_code == 3


def test_each_drug_stands_where_its_verdict_puts_it(graph: Graph) -> None:
    """IL6 and CSNK1A1 have drugs that were shown not to act, and seen to act all the same."""
    for end in ("IL6", "CSNK1A1", "GSPT1", "multiple myeloma"):
        answer = ask(graph, end)
        groups = {"observed_only": answer.observed, "shown_not": answer.shown_not}
        for verdict, seen in groups.items():
            for each in seen:
                assert graph.explain(each.drug.id, end).verdict == verdict, (each.drug, end)
        for drug in answer.drugs:
            assert graph.explain(drug.drug.id, end).verdict == drug.verdict
    (thalidomide,) = [s for s in ask(graph, "IL6").shown_not if s.drug.label == "thalidomide"]
    assert [c.polarity for c in thalidomide.claims] == ["negated", "asserted"]
