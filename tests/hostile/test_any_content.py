"""Whatever a file holds, its reader takes it or says in one message why not; nothing else.

The content is made from the words of each format, so that much of it is nearly right.
"""

from __future__ import annotations

import gzip
import os
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moagraph.characters import escape, is_deceptive
from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.imported import Imported
from moagraph.errors import AmbiguousName, DataError, UnknownName
from moagraph.exchange.importing import read
from moagraph.frame import answer_frame
from moagraph.identifiers import fold
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity, Evidence
from moagraph.sheet import escape_markdown, html_table, markdown_table
from moagraph.tables import TABLES
from moagraph_cli.output import separated
from moagraph_cli.terminal import exact, guarded
from tests.formats.roundtrip import Graph

VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"
ODD = [
    "\0",
    "\r",
    "\x1b[2J",
    "\u202e",
    "\ufeff",
    "\u2028",
    "\x85",
    "é",
    "\U0001f600",
    " ",
    "|",
    '"',
]
WORDS: dict[str, list[str]] = {
    "a_edges.tsv": [
        *("id", "subject", "predicate", "object", "negated", "publications", "\t", "\n", "\t\t"),
        *("biolink:affects", "CHEBI:1", "GO:0006915", "true", "PMID:1", "maybe", "e1"),
        "subject\tpredicate\tobject\n",
    ],
    "a_edges.jsonl": [
        *("{", "}", "[", "]", ",", ":", "\n", '"subject"', '"object"', '"predicate"', '"id"'),
        *('"CHEBI:1"', '"biolink:affects"', "null", "1e999", "NaN", "true", '"\\ud800"', "-"),
        '{"subject":"CHEBI:1","predicate":"biolink:affects","object":"GO:1"}\n',
        '{"subject":{},"predicate":[],"object":7}\n',
    ],
    "a_edges.csv": [
        *("subject,predicate,object\n", ",", ";", '"', '""', "\n", "\r\n", "A", "negated", "\t"),
        *("biolink:affects", "subject:START_ID", ":TYPE", ":END_ID", "A,biolink:affects,B\n"),
        *("['a', 'b']", "publications:string[]", "ǂ", "(", ")", "PMID:1"),
    ],
    "a.json": [
        *("{", "}", "[", "]", ",", ":", "\n", '"nodes"', '"edges"', '"id"', '"graph"', "7", "null"),
        *('{"nodes":[', '],"edges":[', "]}", '{"id":"A","category":["biolink:Gene"]}', "NaN"),
        '{"subject":"A","predicate":"biolink:affects","object":"B","publications":"PMID:1"}',
        *('"\\ud800"', "1e999", '{"subject":{},"predicate":[],"object":7}'),
    ],
    "b.sif": [
        "PARTICIPANT_A\tINTERACTION_TYPE\tPARTICIPANT_B\tINTERACTION_PUBMED_ID\n",
        "PARTICIPANT\tPARTICIPANT_TYPE\tUNIFICATION_XREF\n",
        *("A\tcontrols-production-of\tB\t1;2\n", "\n", "\t", "A", "ProteinReference", ";", "x:1"),
    ],
    "a.sif": ["A", "B", "activates", "inhibits", "\t", " ", "\n", "A activates B\n", "pp"],
    "a.graphml": [
        *("<graphml>", "</graphml>", "<graph>", "</graph>", '<node id="A"', ">", "/>", "</node>"),
        *('<edge source="A" target="B"', "</edge>", "<data key='p'>", "</data>", "<key id='p'/>"),
        *("<!DOCTYPE g>", "<!ENTITY a 'b'>", "&a;", "&#0;", "&#x202e;", "<![CDATA[", "]]>", "<!--"),
        *("<?xml version='1.0' encoding='x'?>", "<?xml version='1.0' encoding='utf-7'?>"),
        "<graphml><graph><node id='A'/><edge source='A' target='B'/></graph></graphml>",
    ],
    "a.cx2": [
        *(
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            '"CXVersion"',
            '"2.0"',
            '"nodes"',
            '"edges"',
            '"v"',
            '"id"',
        ),
        *("0", "1", "-1", "1e999", "null", '"s"', '"t"', '"attributeDeclarations"', '"name"'),
        '[{"CXVersion":"2.0","hasFragments":false},{"nodes":[{"id":0,"v":{"name":"A"}}]}',
        ',{"edges":[{"id":0,"s":0,"t":1,"v":{"interaction":"activates"}}]}]',
        ',{"nodes":[{"id":true,"v":[]}]}',
    ],
    "a.yaml": [
        *("graph:", "nodes:", "links:", "- ", "  ", "\n", "id: ", "key: ", "source: ", "target: "),
        *("&a", "*a", "!!python/name:os.system", "{", "}", "[", "]", ",", "? ", ": ", "NO", "012"),
        "graph: {_id: r, drug_mesh: 'MESH:D1', disease_mesh: 'MESH:D2'}\n",
        "nodes: [{id: 'MESH:D1', label: Drug, name: a}]\n",
        "links: [{source: 'MESH:D1', key: 'increases', target: 'MESH:D2'}]\n",
    ],
}


FORMATS = {"a.yaml": "drugmechdb", "a.json": "kgx"}


def content(name: str) -> st.SearchStrategy[bytes]:
    words = st.sampled_from(WORDS[name] + ODD)
    return st.lists(words, max_size=25).map("".join).map(lambda text: text.encode("utf-8"))


@pytest.mark.parametrize("name", WORDS)
@given(data=st.data())
@settings(derandomize=True, deadline=None, max_examples=120)
def test_any_content_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / f"{os.getpid()}{name}"
    written = data.draw(content(name))
    path.write_bytes(written)
    with suppress(DataError):
        found = Graph(read([path], FORMATS.get(name, "")))
        named = {end for a in found.claims.values() for end in (a.subject, a.object)}
        assert all(not set(entity) & set("\t\n\r\0") for entity in named)


@given(
    data=st.binary(max_size=200),
    cut=st.integers(0, 60),
    flips=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 255)), max_size=3),
)
@example(data=b"", cut=0, flips=[])
@example(data=b"A activates B\n", cut=0, flips=[(3, 0x1F)])
@settings(derandomize=True, deadline=None, max_examples=150)
def test_any_gzip_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory,
    data: bytes,
    cut: int,
    flips: list[tuple[int, int]],
) -> None:
    packed = bytearray(gzip.compress(data) + gzip.compress(b"C activates D\n"))
    for place, flip in flips:
        packed[place % len(packed)] ^= flip
    for name in ("a.sif.gz", "a_edges.tsv.gz", "a.yaml.gz", "a.cx2.gz", "a.graphml.gz", "a.ttl.gz"):
        path = tmp_path_factory.getbasetemp() / f"{os.getpid()}{name}"
        path.write_bytes(bytes(packed[: len(packed) - cut]))
        with suppress(DataError):
            Graph(read([path]))


@given(data=st.data())
@settings(derandomize=True, deadline=None, max_examples=40)
def test_any_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One cell, line or stretch of one table is replaced by anything."""
    folder = tmp_path_factory.mktemp("tables")
    for path in VALID.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    table = data.draw(
        st.sampled_from([t.file_name for t in TABLES if (folder / t.file_name).exists()])
    )
    text = (folder / table).read_bytes()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    odd = st.one_of(
        st.binary(max_size=20),
        st.lists(st.sampled_from([*ODD, "\t", "\n", "\t\n", "|"]), max_size=4)
        .map("".join)
        .map(str.encode),
    )
    (folder / table).write_bytes(text[:start] + data.draw(odd) + text[end:])
    with suppress(DataError):
        KnowledgeBase.read(folder)


# -- names of a compiled dataset ----------------------------------------------


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("names") / "d"
    entities = [
        Entity("X:1", "lenalidomide", kind="drug", synonyms=("CC-5013", "ﬁne")),
        Entity("X:2", "Straße", kind="disease", synonyms=("İstanbul", "e\u0301")),
        Entity("X:3", "%_", kind="protein", synonyms=("a'b\"c", "\u202eevil", "a\nb")),
    ]
    write(Imported(entities, [Assertion("c", "X:1", "decreases", "X:2")]), folder)
    return open_dataset(folder)


@given(st.text(max_size=40) | st.sampled_from(["LENALIDOMIDE", "cc‑5013", "fine", "STRASSE", "é"]))
@example("\ud800")
@example("\0")
@example("'")
@example("%")
@example("len\u0430lidomide")
@settings(derandomize=True, deadline=None, max_examples=250)
def test_any_name_is_found_or_refused_in_a_dataset(compiled: KnowledgeBase, text: str) -> None:
    assert isinstance(compiled.names.search(text), list)
    try:
        entity = compiled.resolve(text)
    except (UnknownName, AmbiguousName):
        return
    assert fold(text) in {fold(n) for n in (entity.id, entity.label, *entity.synonyms)}


# -- what comes out -----------------------------------------------------------

PARTS = st.sampled_from([*ODD, "<b>", "=1", "-", "`", "\\", "\n"])
TEXTS = st.text(max_size=30) | st.lists(PARTS).map("".join)


@given(TEXTS)
@example("\x9b31m")
@example("\U000e0061")
@example("\r\n\t")
@settings(derandomize=True, deadline=None, max_examples=300)
def test_no_text_acts_on_a_terminal(text: str) -> None:
    for shown in (escape(text), guarded(text)):
        assert not [c for c in shown if c != "\n" and is_deceptive(c)]
    assert not [c for c in exact(text).replace("\r\n", "\n") if c not in "\n\t" and is_deceptive(c)]
    kept = [c for c in text if not is_deceptive(c)]
    assert [c for c in kept if c in exact(text)] == kept
    for c in text:
        if unicodedata.category(c) == "Cc" and c not in "\n\t\r":
            assert c not in exact(text)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
@example([("＝1", "\n=1")])
@example([("|", "\\|")])
@settings(derandomize=True, deadline=None, max_examples=200)
def test_no_text_leaves_its_cell(rows: list[tuple[str, str]]) -> None:
    import csv
    import io

    table = list(csv.reader(io.StringIO(separated(("a", "b"), rows, "csv"), newline="")))
    assert [len(row) for row in table] == [2] * (len(rows) + 1)
    assert not [c for row in table for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
    lines = separated(("a", "b"), rows, "tsv").split("\n")
    assert [line.count("\t") for line in lines[:-1]] == [1] * (len(rows) + 1)
    marked = markdown_table(("a", "b"), rows).split("\n")
    bare = [line.replace("\\\\", "").replace("\\|", "").replace("\\<", "") for line in marked]
    assert [line.count("|") for line in bare[:-1]] == [3] * (len(rows) + 2)
    assert not [line for line in bare if "<" in line]
    html = html_table("title", ("a", "b"), rows)
    assert html.count("<") == 2


@given(TEXTS, TEXTS)
@example('"><script>alert(1)</script>', "'--><iframe>")
@settings(derandomize=True, deadline=None, max_examples=150)
def test_no_text_leaves_its_frame(title: str, cell: str) -> None:
    for html in (html_table(title, ("a",), [(cell,)]), answer_frame("<p>x</p>", title, 1)):
        assert html.count("<") == 2
        assert html.startswith("<iframe srcdoc=")
        assert 'sandbox="allow-popups"' in html
    assert "\n" not in escape_markdown(title)


def test_the_prompt_shows_any_claim_on_one_line() -> None:
    evil = "\x1b[2J\u202e\nIn [1]: "
    kb = KnowledgeBase.read()
    from moagraph.graph import Graph as Asked
    from moagraph.tables import Tables

    drug = Entity("moa:evil", evil, kind="drug")
    end = Entity("moa:end", f"end {evil}", kind="disease")
    claim = Assertion("evil-claim", drug.id, "decreases", end.id)
    evidence = Evidence("ev", claim.id, next(iter(kb.sources)), statement=evil)
    tables = Tables(
        entities=(drug, end),
        assertions=(claim,),
        evidence=(evidence,),
        sources=tuple(kb.sources.values())[:1],
    )
    graph = Asked(KnowledgeBase(tables, name=evil, version=evil))
    for answer in (
        graph.explain(drug.id, end.id),
        graph.effects(drug.id),
        graph.info(drug.id),
        graph.evidence(drug.id),
        graph.search("end"),
        graph.stats(),
        graph,
    ):
        shown = repr(answer)
        assert not [c for c in shown if is_deceptive(c)], shown
        made = getattr(answer, "_repr_html_", None)
        if made is not None:
            assert not [c for c in made() if c != "\n" and is_deceptive(c)]
