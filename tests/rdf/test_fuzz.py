"""Each reader of RDF under changes that nobody thought of: records, or one error of ours."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moagraph.errors import DataError
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import FORMATS, read_rdf, write
from moagraph.records import Entity
from moagraph.tables import Tables

SYNTAXES = (*FORMATS, "nquads")
SETTINGS = settings(derandomize=True, deadline=None, max_examples=120)
PIECES = st.one_of(
    st.binary(max_size=4),
    st.sampled_from(
        [
            *[b"<!DOCTYPE r>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?x ", b"?>", b"&a;"],
            *[b"<<(", b")>>", b"{|", b"~", b'"""', b"'''", b"\\u0000", b"\\ud800", b"@en"],
            *[b'"@context":"http://127.0.0.1:9/",', b'"@id":"a b",', b'"@type":5,', b"[", b"{"],
            *[b"@prefix moa: <a:> .\n", b"@base <a:> .\n", b"_:b ", b"<a b>", b"\r", b"\xff"],
        ]
    ),
)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=3)


@cache
def sound(syntax: str) -> bytes:
    """Return the start of a folder that uses every table, small enough to be read many times."""
    folder = Path(__file__).resolve().parents[1] / "invalid" / "valid"
    tables = KnowledgeBase.read(folder).tables
    chosen = tuple(tables.assertions)[:1]
    about = {chosen[0].id}
    small = Tables(
        entities=tuple(tables.entities)[:6],
        assertions=chosen,
        evidence=tuple(e for e in tables.evidence if e.about in about),
    )
    text = write(KnowledgeBase(small, name="t", version="v"), syntax.replace("nquads", "ntriples"))
    return text.encode()


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Return bytes with pieces cut out and put in."""
    for where, cut, put in changes:
        place = int(where * len(data))
        data = data[:place] + put + data[place + cut :]
    return data


def fault_of(data: bytes, syntax: str) -> DataError | None:
    """Return what is said against a document, if anything."""
    try:
        read_rdf(data, syntax)
    except DataError as error:
        return error
    return None


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_what_is_changed_is_that(syntax: str) -> None:
    assert read_rdf(sound(syntax), syntax).assertions


@pytest.mark.parametrize("syntax", SYNTAXES)
@SETTINGS
@given(CHANGES)
def test_a_changed_document_is_records_or_one_error(
    syntax: str, changes: list[tuple[float, int, bytes]]
) -> None:
    data = changed(sound(syntax), changes)
    error = fault_of(data, syntax)
    assert error is None or (error.file == "RDF" and 0 < len(error.message) < 2000)


@pytest.mark.parametrize("syntax", SYNTAXES)
@SETTINGS
@given(st.one_of(st.binary(max_size=60), st.lists(PIECES, max_size=12).map(b"".join)))
@example(b"")
def test_any_bytes_are_records_or_one_error(syntax: str, data: bytes) -> None:
    with pytest.raises(DataError):
        read_rdf(data, syntax)


# -- two readers never differ about what is a comment, CDATA, or a declaration ------------

XML = [
    b"<!--",
    b"-->",
    b"--",
    b"<![CDATA[",
    b"]]>",
    b"<?x ",
    b"?>",
    b"<",
    b">",
    b"x",
    b" ",
    b"&lt;",
]
HEAD = (
    b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:m="https://w3id.org/'
    b'moagraph/" xmlns:s="http://www.w3.org/2000/01/rdf-schema#"><m:Protein r:about="https://w3id'
    b'.org/moagraph/a"><s:label>x</s:label></m:Protein>'
)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(XML), max_size=8), st.lists(st.sampled_from(XML), max_size=8))
@example([b"<!--", b"<![CDATA[", b"-->"], [b"<!--", b"]]>", b"-->"])
def test_no_text_around_hides_a_document_type(before: list[bytes], after: list[bytes]) -> None:
    """An entity that expat would expand is never accepted here."""
    from xml.parsers import expat

    declared = b'<!DOCTYPE r [<!ENTITY e "swollen">]>'
    data = b"".join(before) + declared + b"".join(after) + HEAD + b"</r:RDF>"
    parser = expat.ParserCreate()
    found: list[str] = []
    parser.StartDoctypeDeclHandler = lambda name, *_: found.append(name)
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return
    if found:
        with pytest.raises(DataError, match="document type"):
            read_rdf(data, "rdfxml")
    else:
        assert read_rdf(data, "rdfxml").entities


# -- JSON-LD: nothing vanishes -------------------------------------------------------------

IDS = st.text(st.sampled_from('ab:/#%{} <>"\\^`|\n\té_.'), max_size=8)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(IDS)
@example("b c")
@example("")
@example("_:b c")
@example(":")
@example("a:b#c#d")
@example("http://a:b/")
@example("a:%zz")
@example("1:b")
def test_a_node_beside_others_is_read_or_told(text: str) -> None:
    """A reader of JSON-LD may drop it; then we must have refused the document."""
    import json

    label = "http://www.w3.org/2000/01/rdf-schema#label"
    kind = "https://w3id.org/moagraph/Protein"
    nodes = [
        {"@id": "https://w3id.org/moagraph/a", "@type": kind, label: "x"},
        {"@id": text, "@type": kind, label: "y"},
    ]
    data = json.dumps(nodes).encode()
    subjects = {q.subject for q in ox.parse(data, format=ox.RdfFormat.JSON_LD)}
    try:
        tables = read_rdf(data, "jsonld")
    except DataError:
        return
    assert len(subjects) == 2
    assert len(tables.entities) == 2


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
@example('"@id": "b c"')
@example('"@context": "http://e.org/"')
@example("<!DOCTYPE r>]]>&--")
def test_a_label_may_be_what_it_likes(label: str) -> None:
    tables = Tables(entities=(Entity("moa:a", label, kind="protein"),))
    kb = KnowledgeBase(tables, name="t", version="v")
    for syntax in FORMATS:
        error = fault_of(write(kb, syntax).encode(), syntax)
        if error is None:
            assert read_rdf(write(kb, syntax).encode(), syntax) == tables
        else:
            assert "U+" in error.message  # a mark that turns text around
