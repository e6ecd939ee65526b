"""Drugs side by side on the built-in graph: what an expert would check (questions 4, 5, 18)."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from moagraph.answers.comparison import ASPECTS, Cell, Comparison, Row
from moagraph.answers.measures import Measure, ordered, summary
from moagraph.answers.parts import Ref
from moagraph.errors import QuestionError, UnknownName
from moagraph.graph import Graph
from moagraph.mechanism.compare import compare
from moagraph.mechanism.compare_claims import shown_status
from moagraph_cli.commands.compare import ASPECTS as COMMAND_ASPECTS
from moagraph_cli.commands.compare import compare as command
from moagraph_cli.settings import Settings

IMIDS = ("thalidomide", "lenalidomide", "pomalidomide")


@pytest.fixture(scope="module")
def imids(graph: Graph) -> Comparison:
    return compare(graph.kb, IMIDS)


def row_of(answer: Comparison, aspect: str, label: str) -> dict[str, Cell]:
    """Return the cells of a row by drug label."""
    found = next(r for r in answer.lines if r.aspect == aspect and r.item.label == label)
    return {drug.label: found.cells[drug.id] for drug in answer.drugs}


def statuses(answer: Comparison, aspect: str, label: str) -> tuple[str, ...]:
    return tuple(cell.status for cell in row_of(answer, aspect, label).values())


def test_ikaros_and_aiolos_are_shared_by_all_three(imids: Comparison) -> None:
    shared = {s.item.label for s in imids.shared() if s.aspect == "neosubstrates"}
    assert {"IKZF1", "IKZF3"} <= shared


def test_ck1alpha_is_shown_weak_and_shown_not(imids: Comparison) -> None:
    """Thalidomide was shown not to degrade it: evidence, not a missing path."""
    assert statuses(imids, "neosubstrates", "CSNK1A1") == ("shown not", "shown", "weak")
    assert "CSNK1A1" in {s.item.label for s in imids.differs()}
    assert "shown not in T cell" in row_of(imids, "neosubstrates", "CSNK1A1")["pomalidomide"].value


def test_gspt1_is_shown_not_and_untested_things_are_not_tested(graph: Graph) -> None:
    answer = compare(graph.kb, ["lenalidomide", "CC-885", "dexamethasone"], ["neosubstrates"])
    assert statuses(answer, "neosubstrates", "GSPT1") == ("shown not", "shown", "not tested")


def test_every_number_keeps_its_assay_and_none_is_merged(graph: Graph, imids: Comparison) -> None:
    cell = row_of(imids, "neosubstrates", "CSNK1A1")["lenalidomide"]
    rows = [q for e in cell.evidence for q in graph.kb.quantities_of.get(e.id, ())]
    assert len(cell.measures) == len(rows)
    for quantity in rows:
        assert any(
            (m.kind, m.value, m.unit, m.assay)
            == (quantity.kind, quantity.value, quantity.unit, quantity.assay)
            for m in cell.measures
        )
        if quantity.kind not in ("call", "listing"):
            assert quantity.value in cell.value
    ternary = [m for m in cell.measures if m.kind == "Kd_app_ternary"]
    assert len({m.value for m in ternary}) == len(ternary) > 1


def test_every_positive_neosubstrate_cell_has_evidence(imids: Comparison) -> None:
    cells = [c for r in imids.lines if r.aspect == "neosubstrates" for c in r.cells.values()]
    assert all(cell.evidence for cell in cells if cell.positive)
    assert all(not cell.evidence for cell in cells if cell.status == "not tested")


def test_all_three_bind_cereblon_with_numbers_apart(imids: Comparison) -> None:
    cells = row_of(imids, "binding", "CRBN")
    assert all(cell.status == "shown" and cell.measures for cell in cells.values())


def test_effects_come_from_the_engine(graph: Graph, imids: Comparison) -> None:
    assert statuses(imids, "effects", "IL2") == ("increases",) * 3
    cell = row_of(imids, "effects", "multiple myeloma")["lenalidomide"]
    assert (cell.status, cell.sign) == ("decreases", "decreases")
    end = graph.kb.resolve("IL2").id
    drug = graph.kb.resolve("thalidomide").id
    assert graph.explain(drug, end).verdict == "increases"


def test_a_combination_is_said_to_be_one(imids: Comparison) -> None:
    cell = row_of(imids, "indications", "follicular lymphoma")["lenalidomide"]
    assert cell.status == "in combination"
    assert "lenalidomide + rituximab treats follicular lymphoma" in cell.value
    assert row_of(imids, "indications", "follicular lymphoma")["thalidomide"].status == (
        "not recorded"
    )


def test_cll_is_contested(imids: Comparison) -> None:
    cell = row_of(imids, "indications", "chronic lymphocytic leukaemia")["lenalidomide"]
    assert cell.status == "contested"


def test_neuropathy_figures_carry_n_and_are_not_head_to_head(imids: Comparison) -> None:
    cells = row_of(imids, "safety", "peripheral neuropathy any grade")
    for drug, figure, people in (
        ("thalidomide", "36.2 %", "n=1272"),
        ("lenalidomide", "23.2 %", "n=1727"),
        ("pomalidomide", "12.3 %", "n=519"),
    ):
        assert figure in cells[drug].value
        assert people in cells[drug].value
    assert any("not head-to-head" in note for note in imids.notes)


def test_chemistry_and_pharmacology_stand_side_by_side(imids: Comparison) -> None:
    formulas = [cell.value for cell in row_of(imids, "chemistry", "formula").values()]
    assert formulas == ["C13H10N2O4", "C13H13N3O3", "C13H11N3O4"]
    assert all(c.status == "stated" for c in row_of(imids, "pharmacology", "half life").values())


def test_superseded_facts_are_left_out(graph: Graph, imids: Comparison) -> None:
    old = {f.id for f in graph.kb.tables.facts if f.status == "superseded"}
    used = {i for row in imids.lines for cell in row.cells.values() for i in cell.claims}
    assert old
    assert not old & used


def test_json_keys_are_stable(imids: Comparison) -> None:
    found = json.loads(json.dumps(imids.to_dict()))
    assert {"drugs", "rows", "shared", "unique"} <= set(found)
    row = found["rows"][0]
    assert set(row) == {"aspect", "item", "cells"}
    assert set(row["item"]) == {"id", "label"}
    assert set(row["cells"]) == {drug["id"] for drug in found["drugs"]}
    for cell in row["cells"].values():
        assert {"value", "status", "evidence"} <= set(cell)
    assert set(found["unique"]) == {drug["id"] for drug in found["drugs"]}


def test_aspects_restrict_the_rows_and_come_in_one_order(graph: Graph) -> None:
    answer = compare(graph.kb, IMIDS, ["chemistry", "binding"])
    assert [name for name, _ in answer.by_aspect()] == ["binding", "chemistry"]


def test_one_drug_and_many_drugs(graph: Graph) -> None:
    alone = compare(graph.kb, ["revlimid"], ["binding"])
    assert alone.headlines() == []
    assert len(compare(graph.kb, ["revlimid", "lenalidomide", "CC-5013"]).drugs) == 1
    many = (*IMIDS, "iberdomide", "avadomide", "mezigdomide", "CC-885", "CC-90009")
    assert len(compare(graph.kb, many, ["neosubstrates"]).drugs) == len(many)


def test_bad_questions_are_refused(graph: Graph) -> None:
    with pytest.raises(UnknownName):
        compare(graph.kb, ["nothing of this name"])
    with pytest.raises(QuestionError, match="not a drug"):
        compare(graph.kb, ["GSPT1"])
    with pytest.raises(QuestionError, match="neosubstrates"):
        compare(graph.kb, IMIDS, ["price"])
    with pytest.raises(QuestionError, match="at least one"):
        compare(graph.kb, [])


def test_shown_status_tells_its_five_cases(graph: Graph) -> None:
    kb = graph.kb

    def status(*ids: str) -> str:
        return shown_status(kb, tuple(kb.assertions[i] for i in ids))

    assert status("len-degrades-csnk1a1") == "shown"
    assert status("pom-weak-csnk1a1") == "weak"
    assert status("thal-not-degrades-csnk1a1") == "shown not"
    assert status("pom-weak-csnk1a1", "pom-not-degrades-csnk1a1") == "weak"
    assert status("pom-weak-csnk1a1", "thal-not-degrades-csnk1a1") == "contested"
    assert status() == "not tested"


def test_summaries_prefer_potency_and_count_the_rest() -> None:
    few = [
        Measure("call", "=", "degraded", evidence="a", stance="supports"),
        Measure("DC50", "=", "10", "nM", "HiBiT", evidence="b", stance="supports"),
        Measure("DC50", "=", "20", "nM", "assay not stated", evidence="c", stance="supports"),
        Measure("Dmax", "=", "75", "%", evidence="c", stance="supports"),
    ]
    assert [m.value for m in ordered(few)] == ["10", "20", "75", "degraded"]
    assert summary(few) == "DC50 = 10 nM (HiBiT); Dmax = 75 %; +2 more"
    assert summary([]) == ""


def test_opposite_signs_are_never_called_shared() -> None:
    cells = {
        "a": Cell("", "increases", sign="increases"),
        "b": Cell("", "decreases", sign="decreases"),
    }
    answer = Comparison(
        (Ref("a", "A"), Ref("b", "B")), (Row("effects", Ref("x", "X"), cells),), ("effects",)
    )
    assert answer.shared() == ()
    assert [s.item.label for s in answer.differs()] == ["X"]


# -- the command --------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, arguments, obj=Settings())
    return result.exit_code, result.output


def test_the_command_fits_eighty_columns_and_shows_the_contrast() -> None:
    code, output = run(*IMIDS)
    assert code == 0
    assert max(map(len, output.splitlines())) <= 80
    assert "CSNK1A1: shown not for thalidomide; shown for lenalidomide; weak for" in output
    assert "not head-to-head" in output


def test_many_drugs_fit_too() -> None:
    code, output = run(*IMIDS, "iberdomide", "avadomide", "mezigdomide", "CC-885")
    assert code == 0
    assert max(map(len, output.splitlines())) <= 80


def test_csv_is_rectangular_and_carries_status_value_and_references() -> None:
    code, output = run(*IMIDS, "--aspect", "neosubstrates", "-O", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(output)))
    ck1 = next(row for row in rows if row["item"] == "CSNK1A1")
    assert ck1["thalidomide status"] == "shown not"
    assert "PMID:26131937" in ck1["thalidomide references"]
    assert all(None not in row for row in rows)


def test_markdown_has_a_table_for_each_aspect() -> None:
    code, output = run(*IMIDS, "-O", "md")
    assert code == 0
    for aspect in ASPECTS:
        assert f"### {aspect}" in output


def test_the_command_knows_the_aspects_of_the_library() -> None:
    assert COMMAND_ASPECTS == ASPECTS


def test_the_exit_codes_of_the_command() -> None:
    result = CliRunner().invoke(command, ["lenalidomide", "xyzzy"], obj=Settings())
    assert result.exit_code == 3
    result = CliRunner().invoke(command, ["CRBN"], obj=Settings())
    assert result.exit_code == 2
