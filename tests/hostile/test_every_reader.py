"""Each fault of a text file in each format that is read: one message with its place, or the graph.

A file is made that its reader takes; then it is spoilt in one way. Where nothing of what it says is
lost by that, it is read as it was; else it is refused, and nothing is written.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from moagraph.characters import is_deceptive
from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.exchange.importing import read
from tests.hostile.bounded import is_refused, run
from tests.hostile.rdf.case import jsonld, nt, ttl, xml

NAME = "Drug one"


def quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def yaml(name: str) -> str:
    head = "- graph: {_id: r1, drug: a, disease: b, drug_mesh: 'MESH:D000001', "
    return (
        f"{head}disease_mesh: 'MESH:D000002'}}\n"
        "  links:\n  - {key: decreases activity of, source: MESH:D000001, target: MESH:D000002}\n"
        f"  nodes:\n  - id: MESH:D000001\n    label: Drug\n    name: {quoted(name)}\n"
        "  - {id: MESH:D000002, label: Disease, name: b}\n"
    )


def kgx_tsv(name: str) -> str:
    return f"subject\tpredicate\tobject\n{name}\tbiolink:affects\tGO:0006915\n"


def kgx_jsonl(name: str) -> str:
    edge = {"subject": name, "predicate": "biolink:affects", "object": "GO:0006915"}
    return json.dumps(edge, ensure_ascii=False) + "\n"


def kgx_json(name: str) -> str:
    return f'{{"nodes": [],\n"edges": [\n{kgx_jsonl(name)}]}}\n'


def kgx_csv(name: str) -> str:
    cell = name.replace('"', '""')
    return f'subject,predicate,object\n"{cell}",biolink:affects,GO:0006915\n'


def graphml(name: str) -> str:
    return (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="i" for="edge" attr.name="interaction"/><graph edgedefault="directed">\n'
        f"<node id={quoteattr(name)}/>\n<node id='B'/>\n"
        f"<edge source={quoteattr(name)} target='B'><data key='i'>activates</data></edge>\n"
        "</graph></graphml>\n"
    )


def cx2(name: str) -> str:
    nodes = [{"id": 0, "v": {"name": name}}, {"id": 1, "v": {"name": "B"}}]
    edges = [{"id": 0, "s": 0, "t": 1, "v": {"interaction": "activates"}}]
    parts = [{"CXVersion": "2.0", "hasFragments": False}, {"nodes": nodes}, {"edges": edges}]
    return json.dumps(parts, ensure_ascii=False) + "\n"


def node_link(name: str) -> str:
    nodes = [{"id": name}, {"id": "B"}]
    links = [{"source": name, "target": "B", "relation": "activates"}]
    parts = {"directed": True, "multigraph": False, "graph": {}, "nodes": nodes, "links": links}
    return json.dumps(parts, ensure_ascii=False) + "\n"


def sif(name: str) -> str:
    return f"{name}\tactivates\tB\nB\tactivates\tC\n"


MADE: dict[str, Callable[[str], str]] = {
    "a.yaml": yaml,
    "a_edges.tsv": kgx_tsv,
    "a_edges.jsonl": kgx_jsonl,
    "a.json": kgx_json,
    "a_edges.csv": kgx_csv,
    "a.graphml": graphml,
    "a.cx2": cx2,
    "a.sif": sif,
    "n.json": node_link,
    "a.ttl": lambda name: ttl(label=quoted(name)),
    "a.nt": lambda name: nt(label=quoted(name)),
    "a.nq": lambda name: nt(label=quoted(name), graph="<urn:g> "),
    "a.trig": lambda name: "<urn:g> {\n" + nt(label=quoted(name)) + "}\n",
    "a.rdf": lambda name: xml(label=escape(name)),
    "a.jsonld": lambda name: jsonld(name).replace("{", "{\n", 1),
}
LINES = {"a_edges.tsv", "a_edges.csv", "a.sif"}
JSON = {"a_edges.jsonl", "a.json", "a.cx2", "a.jsonld", "n.json"}
RDF = {"a.ttl", "a.nt", "a.nq", "a.trig", "a.rdf", "a.jsonld"}
XML = {"a.graphml", "a.rdf"}
TERSE = {"a.nt", "a.nq", "a.trig", "a.json", "a_edges.csv", "n.json"}
"""Formats whose reader is that of another one here: they meet a few faults only."""
FEW = {"none", "NUL", "CR", "half a pair", "cut"}
OF_RDF = FEW | {
    "CR LF",
    "nothing",
    "any bytes",
    "a file of another kind",
    "a text of ten megabytes",
}
"""The others are among the cases of `tests.hostile.rdf`."""


def renamed(name: str) -> Callable[[str], bytes]:
    """Spoil the name; what cannot stand in a text of the format is put in as it is."""

    def spoil(file: str) -> bytes:
        return (
            MADE[file](NAME).encode().replace(NAME.encode(), name.encode("utf-8", "surrogatepass"))
        )

    return spoil


def by_bytes(change: Callable[[bytes], bytes]) -> Callable[[str], bytes]:
    return lambda file: change(MADE[file](NAME).encode())


def escaped_half(file: str) -> bytes:
    half = "&#xD800;" if file in XML else "\\uD800"
    return MADE[file](NAME).encode().replace(b"one", half.encode())


ALL = set(MADE)
# What spoils a file, the formats in which it is read all the same, and what messages say.
FAULTS: dict[str, tuple[Callable[[str], bytes], set[str], str]] = {
    "none": (by_bytes(lambda data: data), ALL, ""),
    "NUL": (renamed("Dr\0ug"), set(), "NUL|control character|not well-formed|no format"),
    "byte order mark": (by_bytes(lambda data: b"\xef\xbb\xbf" + data), ALL, ""),
    "CR LF": (by_bytes(lambda data: data.replace(b"\n", b"\r\n")), ALL, ""),
    "CR": (by_bytes(lambda data: data.replace(b"\n", b"\r")), ALL - LINES, "CR alone"),
    "UTF-16": (
        lambda file: MADE[file](NAME).encode("utf-16"),
        {"a.yaml", "a.graphml", "a.cx2"},
        "UTF-16|UTF-8",
    ),
    "Latin-1": (
        by_bytes(lambda data: data.replace(NAME.encode(), b"Dr\xfcg")),
        set(),
        "UTF-8|not well-formed",
    ),
    "half a pair": (renamed("Dr\ud800ug"), set(), "UTF-8|not well-formed"),
    "half a pair, escaped": (
        escaped_half,
        LINES,
        "surrogate|Unicode|unicode|character",
    ),
    "a mark that turns text around": (renamed("Dr\u202eug"), ALL - RDF, "U\\+202E|control"),
    "a terminal's command": (
        renamed("Dr\x1b]0;x\x07"),
        LINES,
        "ontrol character|U\\+001B|not well-formed|character",
    ),
    "nothing": (lambda _: b"", set(), "holds no|no header|cut|no JSON|no element"),
    "blank lines": (lambda _: b"\n \n" * 1000, set(), "holds no|no header|cut|no JSON|no element"),
    "cut": (by_bytes(lambda data: data[: len(data) * 2 // 3]), {"a.sif", "a.yaml"}, ""),
    "a web page": (
        lambda _: b"<!DOCTYPE html>\n<html><body>404</body></html>\n",
        set(),
        "web page|document type|holds no|JSON",
    ),
    "any bytes": (lambda _: bytes(range(256)) * 99, set(), ""),
    "a text of ten megabytes": (
        renamed("x" * 10_000_000),
        RDF - {"a.jsonld"} | {"a.cx2", "a.yaml", "a.graphml"},
        "long",
    ),
    "gzip": (by_bytes(gzip.compress), ALL, ""),
    "gzip, cut": (by_bytes(lambda data: gzip.compress(data)[:-12]), set(), "cut|damaged"),
    "a file of another kind": (lambda _: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", set(), ""),
}
PAIRS = [
    (fault, file)
    for fault in FAULTS
    for file in MADE
    if fault in (FEW if file in TERSE else OF_RDF if file in RDF else FAULTS)
]


def labels(dataset: Path) -> set[str]:
    return {entity.label for entity in open_dataset(dataset).tables.entities}


@pytest.mark.parametrize(("fault", "file"), PAIRS, ids=[f"{f}: {n}" for f, n in PAIRS])
def test_a_fault_in_a_format(tmp_path: Path, fault: str, file: str) -> None:
    spoil, taken, words = FAULTS[fault]
    name = f"{file}.gz" if fault.startswith("gzip") else file
    data = spoil(file)
    (tmp_path / name).write_bytes(data)
    done = run("import", name, "-o", "out", at=tmp_path)
    assert (tmp_path / name).read_bytes() == data
    if file in taken:
        assert done.returncode == 0, done.stderr
        assert is_plain(done.stderr)
        assert fault == "cut" or len(labels(tmp_path / "out")) > 1 or file in RDF
        return
    is_refused(done, 4, name)
    assert done.stderr.count("\n") == 1
    assert re.search(words, done.stderr), done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["guard", name])


def is_plain(text: str) -> bool:
    return not [c for c in text if c != "\n" and is_deceptive(c)]


NAMES = {
    "quotes": "a\"b'c`d",
    "blanks": "a  b c",
    "dots": "../../etc/passwd",
    "script": "<script>alert(1)</script>",
    "address": "javascript:alert(1)",
    "look-alike": "\u0430spirin",
    "template": "{{7*7}}${7*7}%s{0}",
}


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("file", [f for f in MADE if f not in TERSE])
def test_a_name_is_text(tmp_path: Path, kind: str, file: str) -> None:
    """It is kept as it stands, its id is one, and it leads to no file."""
    name = NAMES[kind]
    (tmp_path / file).write_text(MADE[file](name), encoding="utf-8")
    imported = read([tmp_path / file], "kgx" if file == "a.json" else "")
    write(imported, tmp_path / "out")
    found = open_dataset(tmp_path / "out").tables.entities
    assert name in {part for e in found for part in (e.label, e.id, *e.synonyms)}
    assert not [e.id for e in found if not re.fullmatch(r"[A-Za-z][\w.]*:\S+", e.id)]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([file, "out"])
