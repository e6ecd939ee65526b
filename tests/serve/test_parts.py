"""The parts of the endpoint that are plain functions."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.serve.answer import Body, TooMuch, rows_in
from moagraph.serve.cache import Cache, steady
from moagraph.serve.limits import Limits
from moagraph.serve.negotiation import accepted, choose, wants_gzip
from moagraph.serve.pool import Reply
from moagraph.serve.wire import Reader, pack

OFFERED = {"a/x": "x", "a/y": "y", "b/z": "z"}
PROPERTY = settings(derandomize=True, deadline=None, max_examples=60)


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "x"),
        ("  ", "x"),
        ("*/*", "x"),
        ("b/*", "z"),
        ("a/y", "y"),
        ("a/x;q=0, a/*", "y"),
        ("a/*;q=0.2, b/z;q=0.3", "z"),
        ("*/*;q=0.9, a/x;q=0.1", "y"),
        ("a/x;q=0.8;level=1, a/y;q=0.9", "y"),
        ("c/c", None),
        ("*/*;q=0", None),
        ("a/x;q=2", None),
        ("nonsense", None),
        (", ,;q=1, b/z", "z"),
    ],
)
def test_choose(header: str | None, chosen: str | None) -> None:
    found = choose(header, OFFERED)
    assert (found and found[0]) == chosen


@PROPERTY
@given(st.text(max_size=60))
def test_no_header_breaks_the_choice(header: str) -> None:
    found = choose(header, OFFERED)
    assert found is None or found[1] in OFFERED
    assert all(0 <= quality <= 1 for _, _, quality in accepted(header))
    assert wants_gzip(header) in (True, False)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("identity", False),
    ],
)
def test_wants_gzip(header: str | None, wanted: bool) -> None:
    assert wants_gzip(header) is wanted


_VALUES = st.lists(
    st.tuples(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)),
    min_size=1,
    max_size=8,
)


@PROPERTY
@given(_VALUES, st.sampled_from(["json", "xml", "csv", "tsv"]))
def test_rows_are_counted_as_they_are(values: list[tuple[str]], form: str) -> None:
    # XML has no NUL or other control characters; the engine writes them all the same.
    store = ox.Store()
    terms = [str(ox.Literal(value)) for (value,) in values]
    query = f"SELECT ?x ?y {{ VALUES ?x {{ {' '.join(terms)} }} }}"
    native = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
    }[form]
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    data = solutions.serialize(format=native)
    assert data is not None
    assert rows_in(data, form) == len(values)


@PROPERTY
@given(_VALUES, st.sampled_from([ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS]))
def test_triples_are_counted_as_they_are(values: list[tuple[str]], syntax: ox.RdfFormat) -> None:
    node = ox.NamedNode("a:b")
    triples = [ox.Triple(node, node, ox.Literal(value)) for (value,) in values]
    data = ox.serialize(triples, format=syntax)
    assert data is not None
    assert rows_in(data, "ntriples") == len(values)


def test_a_body_does_not_become_too_long() -> None:
    body = Body(Limits(answer=10))
    assert body.write(b"x" * 10) == 10
    with pytest.raises(TooMuch, match="10 bytes"):
        body.write(b"x")


def test_a_body_is_packed_only_if_that_is_worth_it() -> None:
    short, long = Body(Limits()), Body(Limits())
    short.write(b"x")
    long.write(b"x" * 5000)
    assert short.ended({}, packed=True) == ({}, b"x")
    head, data = long.ended({}, packed=True)
    assert head == {"encoding": "gzip"}
    assert len(data) < 100
    assert long.ended({}, packed=False) == ({}, b"x" * 5000)


@PROPERTY
@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4),
    st.binary(max_size=300),
    st.lists(st.integers(1, 40), max_size=30),
)
def test_a_message_is_the_same_however_it_is_cut(
    head: dict[str, str], body: bytes, cuts: list[int]
) -> None:
    data = pack(head, body)
    reader = Reader()
    found = None
    for size in [*cuts, len(data)]:
        piece, data = data[:size], data[size:]
        if piece:
            assert found is None
            found = reader.feed(piece)
    assert found is not None
    assert found[0] == json.loads(json.dumps(head))
    assert b"".join(found[1]) == body


def test_what_follows_a_message_is_refused() -> None:
    with pytest.raises(ValueError, match="followed"):
        Reader().feed(pack({}, b"x") + b"y")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("ASK {}", True),
        ("SELECT (now() AS ?x) {}", False),
        ("SELECT (Rand() AS ?x) {}", False),
        ("SELECT (STRUUID() AS ?x) {}", False),
        ("SELECT (BNODE() AS ?x) {}", False),
        ("SELECT (\\u004eOW() AS ?x) {}", False),
    ],
)
def test_steady(query: str, kept: bool) -> None:
    assert steady(query) is kept


def test_the_cache_forgets_what_was_asked_longest_ago() -> None:
    cache = Cache(most=3500)
    for name in "abc":
        cache.put(name, 1, Reply({}, [name.encode()]))
    assert cache.get("a") == Reply({}, [b"a"])
    cache.put("d", 1, Reply({}, [b"d"]))
    assert cache.get("b") is None
    assert [cache.get(name) is not None for name in "acd"] == [True, True, True]


def test_the_cache_keeps_nothing_large() -> None:
    cache = Cache()
    cache.put("a", 1, Reply({}, [b"x" * 3_000_000]))
    assert cache.get("a") is None
