"""Each reason code, by a question on the built-in graph."""

from __future__ import annotations

from typing import Any

import pytest

from moagraph.errors import UnknownName
from moagraph.graph import Graph

CASES: tuple[tuple[str, str, dict[str, Any], str, str], ...] = (
    ("lenalidomide", "TNF", {}, "no_connection", "uniprot:P01375"),
    ("lenalidomide", "IKZF1", {"without": ["CRBN"]}, "missing_participant", "uniprot:Q96SW2"),
    ("lenalidomide", "IKZF1", {"species": "mouse"}, "missing_participant", "moa:crbn-v388"),
    ("lenalidomide", "MM", {"via": ["CSNK1A1"]}, "missing_state", "moa:csnk1a1-haploinsufficiency"),
    ("thalidomide", "pectoral fin development", {}, "other_species", "NCBITaxon:7955"),
    ("lenalidomide", "IRF4", {"cell": "T cell"}, "other_context", "moa:malignant-plasma-cell"),
    ("lenalidomide", "CSNK1A1", {"avoid": ["CRBN"]}, "filtered", "uniprot:Q96SW2"),
    ("lenalidomide", "MM", {"max_length": 2}, "length_bound", "MONDO:0009693"),
    ("pomalidomide", "CK1a", {"cell": "T cell"}, "negated", "pom-not-degrades-csnk1a1"),
)


@pytest.mark.parametrize(("a", "b", "options", "code", "what"), CASES, ids=lambda v: str(v)[:24])
def test_reason(
    graph: Graph, a: str, b: str, options: dict[str, Any], code: str, what: str
) -> None:
    answer = graph.explain(a, b, **options)
    assert not answer.paths
    assert (code, what) in {(reason.code, reason.what) for reason in answer.reasons}


def test_an_unknown_name_suggests(graph: Graph) -> None:
    with pytest.raises(UnknownName) as caught:
        graph.explain("lenalidomid", "MM")
    assert caught.value.suggestions[0] == "lenalidomide"


def test_an_unknown_variant_lists_the_known_ones(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="W386A"):
        graph.whatif("lenalidomide", variant=["CRBN:Q1Z"])


def test_no_observation_is_contradicted_without_being_contested(graph: Graph) -> None:
    report = graph.audit(only=["contradicted"])
    assert not report.lines
