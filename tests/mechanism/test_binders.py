"""What binds a target, by which assay (question 19)."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from moagraph.errors import UnknownName
from moagraph.graph import Graph
from moagraph.mechanism.binders import binders
from moagraph_cli.commands.binders import binders as command
from moagraph_cli.settings import Settings


def test_the_family_binds_cereblon_with_quantities(graph: Graph) -> None:
    answer = binders(graph.kb, "CRBN")
    by_label = {b.drug.label: b for b in answer.binders}
    for drug in ("lenalidomide", "thalidomide", "iberdomide", "CC-885"):
        assert by_label[drug].measures
        assert by_label[drug].status == "supported"
    assert all(b.evidence for b in answer.binders)


def test_every_number_names_its_assay_and_paper(graph: Graph) -> None:
    answer = binders(graph.kb, "cereblon")
    lenalidomide = next(b for b in answer.binders if b.drug.label == "lenalidomide")
    kd = next(m for m in lenalidomide.measures if m.kind == "Kd")
    assert (kd.value, kd.unit) == ("0.17", "uM")
    assert kd.assay.startswith("FP")
    assert kd.reference.endswith("doi:10.1021/acs.jmedchem.2c01941")


def test_every_paper_has_a_row_with_or_without_a_number(graph: Graph) -> None:
    answer = binders(graph.kb, "CRBN")
    for binder in answer.binders:
        rows = [row for row in answer.rows() if row[-1] == binder.claim]
        numbered = {m.evidence for m in binder.measures}
        silent = [e for e in binder.evidence if e.id not in numbered]
        assert len(rows) == len(binder.measures) + len(silent)


def test_proteins_that_bind_are_no_drugs(graph: Graph) -> None:
    answer = binders(graph.kb, "CRBN")
    assert "DDB1" in {ref.label for ref in answer.others}
    assert "DDB1" not in {b.drug.label for b in answer.binders}


def test_a_complex_is_bound_at_its_component(graph: Graph) -> None:
    answer = binders(graph.kb, "moa:crl4-crbn")
    at = {b.at.label for b in answer.binders if b.at}
    assert at == {"CRBN"}


def test_nothing_binds_a_disease(graph: Graph) -> None:
    answer = binders(graph.kb, "multiple myeloma")
    assert (answer.binders, answer.exit_code) == ((), 1)
    with pytest.raises(UnknownName):
        binders(graph.kb, "no such protein")


def test_the_command_prints_and_serialises() -> None:
    shown = CliRunner().invoke(command, ["CRBN"], obj=Settings())
    assert shown.exit_code == 0
    assert max(map(len, shown.output.splitlines())) <= 80
    assert "none is averaged" in shown.output
    plain = CliRunner().invoke(command, ["CRBN", "-O", "json"], obj=Settings())
    found = json.loads(plain.output)
    assert set(found) == {"target", "binders", "others", "data_version"}
    assert CliRunner().invoke(command, ["MM"], obj=Settings()).exit_code == 1
