"""The face of the library at a Python prompt."""

from __future__ import annotations

from typing import Any

import moagraph


def test_one_name_alone_is_one_name() -> None:
    g = moagraph.load()
    for option in ("without", "via", "state", "variant"):
        name = {"state": "CSNK1A1 haploinsufficiency", "variant": "IKZF1:Q146H"}.get(option, "CRBN")
        both: list[dict[str, Any]] = [{option: name}, {option: [name]}]
        alone, listed = (g.question("lenalidomide", "IKZF1", **given) for given in both)
        assert alone == listed


def test_an_answer_is_one_line_at_a_prompt() -> None:
    g = moagraph.load()
    for answer in (
        g.explain("lenalidomide", "multiple myeloma"),
        g.effects("lenalidomide"),
        g.whatif("lenalidomide", without="CRBN"),
        g.compare("lenalidomide", "CC-885"),
        g.facts("lenalidomide"),
        g.search("ikaros"),
        g.query("SELECT ?p { CHEBI:63791 moa:increasesDegradationOf ?p }"),
    ):
        shown = repr(answer)
        assert shown.startswith(f"<{type(answer).__name__}")
        assert len(shown) < 300
        assert shown.isprintable()
