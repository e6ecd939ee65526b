"""Options take what they are for; what would change nothing is refused with a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from moagraph.errors import QuestionError
from moagraph.graph import Graph
from moagraph.mechanism.option_kinds import check_kind
from moagraph.records import Entity


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"cell": "MM"}, "--cell takes a cell, and multiple myeloma is of kind disease; --disease"),
        ({"disease": "T cell"}, "--disease takes a disease, and T cell is of kind cell; --cell"),
        ({"species": "MM"}, "--species takes a species"),
        ({"state": ["pomalidomide"]}, "--state takes a state, .*; --with gives a second drug"),
        ({"with_": ["IKZF1"]}, "--with takes a drug, .*; --without takes it away"),
        ({"with_": ["bortezomib", "TP53 inactivation"]}, "--state brings a state"),
    ],
)
def test_what_an_option_does_not_take_is_refused(
    graph: Graph, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(QuestionError, match=words):
        graph.explain("lenalidomide", "MM", **options)


def test_what_an_option_takes_passes(graph: Graph) -> None:
    answer = graph.explain(
        "lenalidomide",
        "MM",
        cell="MM.1S",
        disease="multiple myeloma",
        species="human",
        state=["TP53 inactivation"],
        with_=["bortezomib"],
    )
    assert answer.verdict


@pytest.mark.parametrize("option", ["cell", "disease", "species", "state", "with", ""])
def test_an_entity_without_a_kind_passes(option: str) -> None:
    entity = Entity("moa:x", "x", "NamedThing", "")
    assert check_kind(option, entity) is entity


def test_a_kind_of_others_passes_where_anything_does() -> None:
    entity = Entity("moa:x", "x", "NamedThing", "widget")
    assert check_kind("without", entity) is entity
