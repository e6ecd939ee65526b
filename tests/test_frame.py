"""An answer in a notebook stands in a frame of its own, as text, and cannot reach the notebook."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from moagraph.frame import answer_frame
from moagraph.graph import Graph


def asked(graph: Graph) -> list[Any]:
    return [
        graph.explain("lenalidomide", "multiple myeloma"),
        graph.effects("lenalidomide"),
        graph.whatif("lenalidomide", without=["CRBN"]),
        graph.compare("lenalidomide", "thalidomide"),
        graph.info("CRBN"),
        graph.evidence("lenalidomide", "CK1a"),
        graph.facts("lenalidomide"),
        graph.search("cereblon"),
        graph.binders("CRBN"),
        graph.query("SELECT ?s WHERE { ?s ?p ?o } LIMIT 3"),
    ]


@pytest.mark.parametrize("place", range(10))
def test_every_answer_is_a_frame_without_scripts(graph: Graph, place: int) -> None:
    shown = asked(graph)[place]._repr_html_()
    assert shown.startswith('<iframe srcdoc="')
    assert shown.count("<") == 2 * shown.count("<iframe ")
    assert 'sandbox="allow-popups"' in shown
    inside = unescape(shown.partition('srcdoc="')[2].partition('" title=')[0])
    assert inside.startswith("<!DOCTYPE html>")
    assert "<script" not in inside


def test_a_hostile_title_stays_a_title() -> None:
    shown = answer_frame("<b>bold</b>", '"><script>alert(1)</script>', 1)
    assert "<script" not in shown
    assert shown.count("<") == 2
