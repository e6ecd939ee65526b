"""Reading RDF: the inverse of the projection, and one clear message for everything else."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.key_order import in_key_order
from tests.strategies import vectors
from tests.vectors_support import tables_of

from moagraph.errors import DataError
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import FORMATS, read_graph, read_rdf, write
from moagraph.rdf.predicates import moa
from moagraph.rdf.terms import entity_id, entity_iri
from moagraph.records import (
    Assertion,
    Entity,
    Evidence,
    Fact,
    MachinePart,
    Quantity,
    Source,
    State,
    Variant,
)
from moagraph.relations import RELATIONS
from moagraph.tables import TABLES, Tables

PREFIXES = (
    "@prefix moa: <https://w3id.org/moagraph/> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)
PROTEIN = 'moa:a a moa:Protein ; rdfs:label "a" .\n'


def text_of(tables: Tables, format: str = "ntriples") -> bytes:
    return write(KnowledgeBase(tables, name="t", version="v"), format).encode()


@pytest.mark.parametrize("format", FORMATS)
def test_an_imported_entity_without_a_kind_comes_back(format: str) -> None:
    tables = Tables(entities=(Entity("moa:x", "x", "NamedThing", ""),))
    assert read_graph(text_of(tables, format), format).tables.entities[0].kind == ""


@pytest.mark.parametrize("format", FORMATS)
def test_the_built_in_graph_comes_back_from_every_syntax(
    built_in: KnowledgeBase, format: str
) -> None:
    read = read_graph(write(built_in, format).encode(), format)
    for table in TABLES:
        assert getattr(read.tables, table.name) == getattr(built_in.tables, table.name)
    assert (read.name, read.version) == ("built-in", built_in.version)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.sampled_from(["explain", "effects", "whatif"]).flatmap(vectors))
def test_random_graphs_come_back(vector: dict[str, Any]) -> None:
    tables = tables_of(vector)
    assert read_rdf(text_of(tables), "ntriples") == in_key_order(tables)


# Whatever a cell may hold: odd letters, separators of lists and IRIs, percent signs, quotes.
CELLS = st.text(
    alphabet=st.sampled_from("aZ09éπ中 |,;:%#/[]\"'\\<>{}^`~!=+-._𝛼"), min_size=1, max_size=12
)
LOCALS = st.text(alphabet=st.sampled_from("aZ09éπ%#/[]'!=+-._~()*&$@,;?:"), min_size=1, max_size=8)
IDS = st.builds(
    "{}:{}".format, st.sampled_from(["moa", "CHEBI", "uniprot", "doi", "MESH", "x.y"]), LOCALS
)
LISTS = st.lists(CELLS, max_size=3).map(tuple)
ID_LISTS = st.lists(IDS, max_size=3).map(tuple)
NUMBERS = st.one_of(
    st.sampled_from(["0", "-0", "+5", "1.0", "0.50", "1e3", "10", "~3", "12345678901234567890.5"]),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
)
MAYBE = st.one_of(st.just(""), CELLS)
MAYBE_ID = st.one_of(st.just(""), IDS)


@st.composite
def any_tables(draw: st.DrawFn) -> Tables:
    """Draw rows with anything in any cell."""
    entity = draw(IDS)
    kinds = st.sampled_from(["drug", "protein", "state", "no such kind", "cell"])
    relations = st.sampled_from([*RELATIONS, "mystifies"])
    claim, proof = draw(CELLS), draw(CELLS)
    evidence = Evidence(
        proof,
        claim,
        draw(IDS),
        draw(st.sampled_from(["supports", "refutes"])),
        draw(MAYBE_ID),
        draw(MAYBE),
        draw(ID_LISTS),
        draw(ID_LISTS),
        draw(ID_LISTS),
        draw(MAYBE),
        draw(MAYBE),
    )
    quantity = Quantity(proof, draw(CELLS), draw(CELLS), draw(NUMBERS), *draw_many(draw, MAYBE, 4))
    fact = Fact(
        draw(CELLS.filter(lambda text: text != claim)),
        entity,
        draw(CELLS),
        *(
            *draw_many(draw, st.one_of(st.just(""), NUMBERS, CELLS), 3),
            *draw_many(draw, st.one_of(MAYBE, MAYBE_ID, ID_LISTS.map("|".join)), 9),
            draw(MAYBE),
        ),
    )
    return Tables(
        entities=(
            Entity(
                entity,
                draw(CELLS),
                draw(st.sampled_from(["", "Protein", "NamedThing"])),
                draw(kinds),
                draw(ID_LISTS),
                draw(ID_LISTS),
                draw(LISTS),
                draw(LISTS),
                draw(MAYBE_ID),
                draw(MAYBE),
            ),
        ),
        machines=(MachinePart(draw(IDS), 3, draw(IDS), draw(MAYBE), draw(CELLS), draw(MAYBE)),),
        states=(
            State(draw(IDS), draw(st.lists(IDS | IDS.map("!{}".format), max_size=3).map(tuple))),
        ),
        variants=(
            Variant(draw(IDS), draw(CELLS), draw(CELLS), draw(IDS), draw(ID_LISTS), draw(MAYBE)),
        ),
        assertions=(
            Assertion(
                claim,
                draw(IDS),
                draw(relations),
                draw(IDS),
                draw(st.sampled_from(["mechanism", "observation", "gate"])),
                draw(MAYBE_ID),
                draw(MAYBE),
                draw(MAYBE_ID),
                draw(MAYBE_ID),
                draw(MAYBE_ID),
                draw(MAYBE),
                draw(MAYBE_ID),
                draw(MAYBE),
                draw(MAYBE),
                draw(CELLS),
                draw(MAYBE),
            ),
        ),
        evidence=(evidence,),
        quantities=(quantity,),
        sources=(Source(draw(IDS), draw(CELLS), *draw_many(draw, MAYBE, 9)),),
        facts=(fact,),
    )


def draw_many(draw: st.DrawFn, strategy: st.SearchStrategy[str], number: int) -> list[Any]:
    # No list of a type would do for the cells of a row: the type of its origin is another.
    return [draw(strategy) for _ in range(number)]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(any_tables(), st.sampled_from(["turtle", "ntriples", "jsonld"]))
def test_whatever_stands_in_a_cell_comes_back(tables: Tables, format: str) -> None:
    assert read_rdf(text_of(tables, format), format) == tables


@settings(max_examples=200, deadline=None, derandomize=True)
@given(IDS | CELLS)
def test_an_id_comes_back_from_its_iri(text: str) -> None:
    assert entity_id(entity_iri(text)) == text


@pytest.mark.parametrize("ending", [".nt", ".nt.gz", ".NT"])
def test_a_file_is_read_by_its_name(small: KnowledgeBase, tmp_path: Path, ending: str) -> None:
    data = write(small, "ntriples").encode()
    path = tmp_path / f"graph{ending}"
    path.write_bytes(gzip.compress(data) if ending.endswith("gz") else b"\xef\xbb\xbf" + data)
    assert read_rdf(path) == in_key_order(small.tables)


def test_graphs_of_a_file_are_one(small: KnowledgeBase) -> None:
    lines = write(small, "ntriples").splitlines()
    quads = "\n".join(f"{line[:-1]}<urn:graph:{n % 3}> ." for n, line in enumerate(lines))
    assert read_rdf(quads.encode(), "nquads") == in_key_order(small.tables)


def test_other_vocabularies_are_passed_over(small: KnowledgeBase) -> None:
    more = b'<urn:x> <urn:y> "z" .\n_:b <http://www.w3.org/2000/01/rdf-schema#label> "x" .\n'
    assert read_rdf(write(small, "ntriples").encode() + more, "ntriples") == in_key_order(
        small.tables
    )


BROKEN = {
    "no term": ("moa:a a ] .", "line 3"),
    "no prefix": ("x:a a moa:Protein .", "line 3"),
    "unknown class": (PROTEIN + "moa:b a moa:Protien .", "moa.*Protien>, a class that"),
    "no type": (
        PROTEIN + "<https://w3id.org/moagraph/assertion/c> moa:hasSubject moa:a .",
        "no type",
    ),
    "two labels": (PROTEIN + 'moa:a rdfs:label "b" .', "more than one <.*label>: 'a' and 'b'"),
    "two kinds": (PROTEIN + "moa:a a moa:Drug .", "several kinds: drug, protein"),
    "no label": ("moa:a a moa:Protein .", "has no <.*label>"),
    "no subject": (
        PROTEIN + "<https://w3id.org/moagraph/assertion/c> a moa:Assertion ; "
        "moa:hasPredicate moa:inhibits ; moa:hasObject moa:a .",
        "has no <.*hasSubject>",
    ),
    "no relation": (
        PROTEIN + "<https://w3id.org/moagraph/assertion/c> a moa:Assertion ; "
        "moa:hasPredicate moa:eats ; moa:hasSubject moa:a ; moa:hasObject moa:a .",
        "is no relation",
    ),
    "elsewhere": (PROTEIN + "moa:c a moa:Assertion .", "whose nodes lie under"),
    "foreign entity": (PROTEIN + "moa:a moa:hasMember <http://e.org/x> .", "prefixes.tsv"),
    "lost evidence": (
        PROTEIN
        + "<https://w3id.org/moagraph/assertion/c> a moa:Assertion ; moa:claimKind 'gate' ; "
        "moa:hasPredicate moa:inhibits ; moa:hasSubject moa:a ; moa:hasObject moa:a ; "
        "moa:hasPolarity 'asserted' ; moa:hasEvidence <https://w3id.org/moagraph/evidence/e> .",
        "which is missing",
    ),
    "stray evidence": (
        PROTEIN + "<https://w3id.org/moagraph/evidence/e> a moa:Evidence .",
        "belongs to nothing",
    ),
    "newline": ('moa:a a moa:Protein ; rdfs:label "a\\nb" .', r"U\+000A"),
    "NUL escaped": ('moa:a a moa:Protein ; rdfs:label "a\\u0000b" .', r"U\+0000"),
    "surrogate": ('moa:a a moa:Protein ; rdfs:label "\\uD800" .', "line 3"),
    "quoted triple": (PROTEIN + "moa:a moa:b <<( moa:a moa:b moa:c )>> .", "triple as a term"),
    "nothing of ours": ("<urn:a> <urn:b> <urn:c> .", "no claims in moagraph's form"),
    "nothing": ("", "no claims in moagraph's form"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_gets_one_message(tmp_path: Path, case: str) -> None:
    text, message = BROKEN[case]
    path = tmp_path / "broken.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    message = message.replace("line 3", r"broken.ttl:3: column \d+")
    with pytest.raises(DataError, match=message) as caught:
        read_rdf(path)
    assert str(caught.value).startswith(str(path))


def nested(head: str, opening: str, depth: int, closing: str, tail: str = "") -> bytes:
    return (head + opening * depth + closing * depth + tail).encode()


RDF_XML = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
CHAIN = ", ".join(f'"t{n}": "t{n + 1}"' for n in range(20_000))
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "laughs": (
        "rdf",
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">]><r>&a;</r>',
        "document type",
    ),
    "external": ("xml", b"<!DOCTYPE r SYSTEM 'http://127.0.0.1:9/x'><r/>", "document type"),
    "entity alone": ("owl", b"<r/><!ENTITY x SYSTEM 'file:///etc/passwd'>", "document type"),
    "utf-16": ("rdf", "<!DOCTYPE r><r/>".encode("utf-16"), "UTF-16"),
    "utf-16 unmarked": ("rdf", "<!DOCTYPE r><r/>".encode("utf-16-le"), "NUL"),
    "latin": ("rdf", f'<?xml version="1.0" encoding="latin1"?>{RDF_XML}</r:RDF>'.encode(), "UTF-8"),
    "xml depth": (
        "rdf",
        nested(RDF_XML, "<r:Description><x:b>", 100_000, "</x:b></r:Description>", "</r:RDF>"),
        "nests deeper",
    ),
    "xml depth in a quote": (
        "rdf",
        nested(RDF_XML + '<!-- <a " -->', "<r:Description><x:b>", 100_000, "", '<!-- " -->'),
        "nests deeper",
    ),
    "unclosed tag": ("rdf", (RDF_XML + "<a " * 100_000).encode(), "tag has no end"),
    "json depth": ("jsonld", nested("", '{"a:b":', 100_000, "}"), "deeper"),
    "json depth of lists": ("jsonld", nested('{"a:b":', "[", 100_000, "]", "}"), "deeper"),
    "json cut": ("jsonld", b'{"@id": "a:b", "a:c": [', "is cut"),
    "json quote": ("jsonld", b'"' + b'\\"' * 100_000, "column 1"),
    "json chain": ("jsonld", f'{{"@context": {{{CHAIN}}}, "t0": "x"}}'.encode(), "1000 terms"),
    "json chain twice": (
        "jsonld",
        f'{{"@context": {{{CHAIN}}}, "t0": "x", "@context": {{}}}}'.encode(),
        "1000 terms",
    ),
    "remote context": ("jsonld", b'{"@context": ["http://127.0.0.1:9/c"]}', "never fetched"),
    "remote import": (
        "jsonld",
        b'{"@context": {"@\\u0069mport": "file:///etc/passwd"}}',
        "never fetched",
    ),
    "json surrogate": ("jsonld", b'{"@id": "a:b", "a:c": "\\ud800"}', "surrogate"),
    "deep terms": (
        "nt",
        nested("<a:a> <a:b> ", "<<( <a:a> <a:b> ", 50_000, " )>>", " ."),
        "triple",
    ),
    "deep terms behind a quote": (
        "ttl",
        b"# ' \n" + nested("<a:a> <a:b> ", "<<( <a:a\\u0023> <a:b> ", 50_000, " )>>", " ."),
        "triple",
    ),
    "NUL": ("ttl", b"<a:a> <a:b>\n \0 .", ":2: holds a NUL"),
    "not gzip": ("ttl.gz", b"\x1f\x8bnot gzip at all", "damaged gzip"),
    "cut gzip": ("ttl.gz", gzip.compress(b"<a:a> <a:b> <a:c> .")[:-9], "is cut"),
    "html": ("ttl", b"<html><body>Not found</body></html>", ":1: column"),
    "other": ("csv", b"a,b", "no RDF by its name"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_hostile_is_refused_before_it_harms(tmp_path: Path, case: str) -> None:
    ending, data, message = HOSTILE[case]
    path = tmp_path / f"hostile.{ending}"
    path.write_bytes(data)
    with pytest.raises(DataError, match=message):
        read_rdf(path)


def test_a_literal_may_hold_what_looks_hostile() -> None:
    tables = Tables(entities=(Entity("moa:a", "p << 0.05 <<( [ { <!DOCTYPE '''", kind="protein"),))
    for format in FORMATS:
        assert read_rdf(text_of(tables, format), format) == tables


def test_only_regular_files_of_a_bearable_size_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "pipe.ttl"
    os.mkfifo(pipe)
    for path, message in (
        (pipe, "not a regular file"),
        (tmp_path, "no RDF by its name"),
        (tmp_path / "absent.ttl", "No such file"),
        (tmp_path / "nul\0.ttl", "cannot be read"),
    ):
        with pytest.raises(DataError, match=message):
            read_rdf(path)
    monkeypatch.setattr("moagraph.rdf.source.MAX_BYTES", 1 << 20)
    bomb = tmp_path / "bomb.ttl.gz"
    bomb.write_bytes(gzip.compress(b"#" * (1 << 22)))
    with pytest.raises(DataError, match="unpacks to more than 1,048,576 bytes"):
        read_rdf(bomb)
    large = tmp_path / "large.ttl"
    large.write_bytes(b"#" * (1 << 21))
    with pytest.raises(DataError, match="larger than 1 MiB"):
        read_rdf(large)


def test_a_list_out_of_step_loses_no_value() -> None:
    """A synonym added by hand, without mending the order, is kept."""
    tables = Tables(entities=(Entity("moa:a", "a", kind="protein", synonyms=("z", "b")),))
    more = f'<{moa("a")}> <http://www.w3.org/2004/02/skos/core#altLabel> "zz" .\n'.encode()
    (read,) = read_rdf(text_of(tables) + more, "ntriples").entities
    assert read.synonyms == ("z", "b", "zz")
