"""Names resolve to one entity, are refused with the choices, or bring suggestions."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moagraph.errors import AmbiguousName, UnknownName
from moagraph.graph import Graph
from moagraph.identifiers import fold
from moagraph.names import NameIndex
from moagraph.records import Entity

INDEX = NameIndex(
    [
        Entity("CHEBI:1", "lenalidomide", synonyms=("Revlimid", "CC-5013", "LEN")),
        Entity("moa:ck", "CSNK1A1", synonyms=("CK1α", "CK1a"), xrefs=("hgnc:2451",)),
        Entity("moa:a", "alpha", synonyms=("shared",)),
        Entity("moa:b", "beta", synonyms=("shared",)),
        Entity("moa:c", "gamma", synonyms=("alpha",)),
        Entity("moa:d", "delta", xrefs=("drugbank:DB00480",)),
        Entity("moa:nk", "natural killer cell", synonyms=("NK cells", "NK-cell")),
        Entity("moa:p", "plasma cell"),
    ]
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CHEBI:1", "CHEBI:1"),
        ("chebi:1", "CHEBI:1"),
        ("LENALIDOMIDE", "CHEBI:1"),
        ("  revlimid ", "CHEBI:1"),
        ("cc‑5013", "CHEBI:1"),
        ("ＣＫ１α", "moa:ck"),
        ("hgnc:2451", "moa:ck"),
        ("alpha", "moa:a"),
        ("CHEBI_1", "CHEBI:1"),
        ("http://purl.obolibrary.org/obo/CHEBI_1", "CHEBI:1"),
        ("https://identifiers.org/hgnc:2451", "moa:ck"),
        ("CC 5013", "CHEBI:1"),
        ("DB00480", "moa:d"),
        ("NK-cells", "moa:nk"),
        ("nk cell", "moa:nk"),
        ("plasma cells", "moa:p"),
    ],
)
def test_resolves(name: str, expected: str) -> None:
    assert INDEX.resolve(name).id == expected


def test_an_ambiguous_name_lists_its_choices() -> None:
    with pytest.raises(AmbiguousName) as caught:
        INDEX.resolve("shared")
    assert caught.value.suggestions == ("alpha (moa:a)", "beta (moa:b)")


def test_a_typo_suggests() -> None:
    with pytest.raises(UnknownName) as caught:
        INDEX.resolve("lenalidomid")
    assert caught.value.suggestions == ("lenalidomide",)
    assert "did you mean lenalidomide?" in str(caught.value)


def test_a_look_alike_is_suggested_and_never_merged() -> None:
    with pytest.raises(UnknownName) as caught:
        INDEX.resolve("lеnalidomide")  # the second letter is Cyrillic
    assert "lenalidomide" in caught.value.suggestions


@pytest.mark.parametrize("name", ["", " ", "\x00", "x" * 1_000_000, "'; DROP", "\ud800"])
def test_hostile_names_are_unknown(name: str) -> None:
    with pytest.raises(UnknownName) as caught:
        INDEX.resolve(name)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("revlimid", "lenalidomide"),
        ("CC-5013", "lenalidomide"),
        ("CHEBI:63791", "lenalidomide"),
        ("MM", "multiple myeloma"),
        ("ikaros", "IKZF1"),
        ("Aiolos", "IKZF3"),
        ("CK1a", "CSNK1A1"),
        ("CK1α", "CSNK1A1"),
        ("cereblon", "CRBN"),
        ("Pomalyst", "pomalidomide"),
        ("CC-90009", "eragidomide"),
    ],
)
def test_the_names_people_type_resolve(graph: Graph, name: str, label: str) -> None:
    assert graph.kb.resolve(name).label == label


@pytest.mark.parametrize("name", ["5q- syndrome", "5q-", "del(5q) MDS"])
def test_the_names_of_the_5q_syndrome_resolve(graph: Graph, name: str) -> None:
    assert graph.kb.resolve(name).id == "MONDO:0007925"


@pytest.mark.parametrize("name", ["VRd", "R2"])
def test_regimens_resolve(graph: Graph, name: str) -> None:
    assert graph.kb.resolve(name).kind == "combination"


@given(st.text(max_size=60))
@example("\ud800")
@example("İ")
@example("ﬀ")
@example("\u0345")
@settings(derandomize=True, deadline=None, max_examples=300)
def test_any_text_resolves_to_what_has_that_name_or_is_refused(graph: Graph, text: str) -> None:
    """No text breaks the look-up, and one that resolves is a name of what it finds."""
    try:
        entity = graph.kb.resolve(text)
    except (UnknownName, AmbiguousName):
        return
    held = (entity.id, entity.label, *entity.synonyms, *entity.xrefs)
    assert fold(text) in {fold(name) for name in held}


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=200)
def test_a_name_resolves_however_it_is_written(graph: Graph, data: st.DataObject) -> None:
    """Case, width and blanks do not matter; a name of two things is refused, never guessed."""
    entity = data.draw(st.sampled_from(tuple(graph.kb.tables.entities)))
    name = data.draw(st.sampled_from((entity.label, *entity.synonyms)))
    written = data.draw(st.sampled_from((name.upper(), name.lower(), f"  {name}\t", name)))
    found = graph.kb.names.find(written)
    # A label ranks before a synonym of another thing.
    outranked = all(fold(name) in (fold(e.label), fold(e.id)) for e in found)
    assert found
    assert entity in found or outranked
