"""Graph files from a stranger, each given to the program as data and to `import`.

What each reader says in detail is held by the tests of its room. Here the whole program meets the
file within 10 s of processor time and 1 GB, with a listener at every address that the file names.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.bounded import Trap, is_refused, run

RDF_XML = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
RECORD = "graph: {_id: A_B_1, drug: a, disease: b, drug_mesh: 'MESH:D1', disease_mesh: 'MESH:D2'}\n"


def laughs(times: int = 10) -> str:
    head = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
    for n in range(times):
        head += f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">'
    return f"{head}]>{RDF_XML}<r:Description><x:b>&a{times};</x:b></r:Description></r:RDF>"


def doctype(declaration: str) -> str:
    return f"<?xml version='1.0'?>{declaration}{RDF_XML}</r:RDF>"


def alias_bomb() -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines)


# name of the file, its content (URL stands for a listener), a word of the message
FILES: dict[str, tuple[str, str | bytes, str]] = {
    "xml: entity from a file": (
        "a.rdf",
        doctype('<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "document type",
    ),
    "xml: entity from the web": (
        "a.rdf",
        doctype('<!DOCTYPE r [<!ENTITY e SYSTEM "URL">]>'),
        "document type",
    ),
    "xml: a DTD of the web": ("a.owl", doctype('<!DOCTYPE r SYSTEM "URL">'), "document type"),
    "xml: laughs": ("a.rdf", laughs(), "document type"),
    "xml: one long entity": (
        "a.rdf",
        doctype(f'<!DOCTYPE r [<!ENTITY e "{"x" * 50_000}">]>') + "&e;" * 40_000,
        "document type",
    ),
    "xml: depth": (
        "a.rdf",
        RDF_XML + "<r:Description><x:b>" * 50_000,
        "deeper",
    ),
    "json-ld: context of the web": (
        "a.jsonld",
        '{"@context": "URL", "@id": "urn:a", "b": "c"}',
        "never fetched",
    ),
    "json-ld: import": ("a.jsonld", '{"@context": {"@import": "URL"}}', "never fetched"),
    "json-ld: scoped context": (
        "a.jsonld",
        '{"@context": {"b": {"@id": "urn:b", "@context": "URL"}}, "b": {"c": 1}}',
        "never fetched",
    ),
    "json-ld: context of a file": ("a.jsonld", '{"@context": "file:///etc/passwd"}', "fetched"),
    "json-ld: depth": ("a.jsonld", '{"urn:b":' * 50_000 + "1" + "}" * 50_000, "deeper"),
    "turtle: depth": ("a.ttl", "<urn:a> <urn:b> " + "[ <urn:b> " * 100_000, ""),
    "turtle: depth of lists": ("a.ttl", "<urn:a> <urn:b> " + "(" * 100_000, ""),
    "turtle: imports of the web": (
        "a.ttl",
        "<urn:a> <http://www.w3.org/2002/07/owl#imports> <URL> .",
        "no claims",
    ),
    "turtle: an id with a script": ("a.ttl", "<urn:s> <urn:p> <urn:s> <urn:evil>", "a.ttl:1"),
    "turtle: ten megabytes in one text": (
        "a.ttl",
        '<urn:a> <urn:b> "' + "x" * 10_000_000 + '" .',
        "",
    ),
    "turtle: a page of a web server": ("a.ttl", "<html><body>Not found</body></html>", "a.ttl:1"),
    "trig: NUL": ("a.trig", b"<urn:a> <urn:b> \0 .", "NUL"),
    "n-quads: not UTF-8": ("a.nq", b'<urn:a> <urn:b> "\xff" .', "UTF-8"),
    "gzip: cut": ("a.ttl.gz", gzip.compress(b"<urn:a> <urn:b> <urn:c> ." * 999)[:-9], "cut"),
    "gzip: none": ("a.nt.gz", b"not gzip", ""),
    "yaml: a tag of Python": ("a.yaml", "!!python/object/apply:os.system ['touch x']", "a.yaml"),
    "yaml: aliases": ("a.yaml", alias_bomb(), "alias"),
    "yaml: a key twice": ("a.yaml", RECORD + RECORD, "twice"),
    "yaml: depth": ("a.yaml", "[" * 20_000, "a.yaml"),
    "yaml: NUL": ("a.yaml", b"graph: \0", "a.yaml"),
    "graphml: laughs": (
        "a.graphml",
        laughs().replace("r:RDF", "graphml"),
        "document type",
    ),
    "graphml: a DTD of the web": ("a.graphml", "<!DOCTYPE g SYSTEM 'URL'><graphml/>", "document"),
    "cx2: depth": ("a.cx2", "[" * 100_000, "JSON"),
    "kgx: depth": ("a_edges.jsonl", '{"a":' * 100_000, "JSON"),
    "kgx: a long field": (
        "a_edges.tsv",
        "subject\tpredicate\tobject\na\t" + "b" * 10_000_000,
        "longer",
    ),
    "kgx: depth of a document": (
        "a.json",
        '{"nodes":[{"id":"A","category":' + "[" * 100_000,
        "a.json",
    ),
    "kgx: an endless quote": (
        "a_edges.csv",
        'subject,predicate,object\nA,b,"' + "c,d\n" * 1_000_000,
        "quote",
    ),
    "kgx: a long value": (
        "a.json",
        '{"nodes":[{"id":"A","category":[]}],"edges":[{"id":"' + "b" * 10_000_000 + '"}]}',
        "longer",
    ),
    "sif: NUL": ("a.sif", b"a\tactivates\t\0", "NUL"),
}


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.close()


def place(folder: Path, name: str, content: str | bytes, trap: Trap) -> Path:
    path = folder / name
    if isinstance(content, str):
        content = content.replace("URL", trap.url).encode()
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("case", FILES)
def test_a_hostile_file_is_one_message(tmp_path: Path, trap: Trap, case: str) -> None:
    name, content, word = FILES[case]
    path = place(tmp_path, name, content, trap)
    before = path.read_bytes()
    is_refused(run("import", name, "-o", "out", at=tmp_path), 4, name.partition("_")[0], word)
    assert trap.visits == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "guard"])
    assert path.read_bytes() == before


ASKED = [case for case in FILES if case.partition(":")[0] not in ("graphml", "cx2", "kgx", "sif")]


@pytest.mark.parametrize("case", ASKED[::3])
def test_a_hostile_file_is_no_data(tmp_path: Path, trap: Trap, case: str) -> None:
    name, content, _ = FILES[case]
    place(tmp_path, name, content, trap)
    is_refused(run("-d", name, "info", "lenalidomide", at=tmp_path), 4, name)
    assert trap.visits == 0


ENDINGS = [
    "ttl",
    "nq",
    "trig",
    "rdf",
    "jsonld",
    "yaml",
    "graphml",
    "sif",
    "cx2",
    "tsv",
    "csv",
    "jsonl",
    "json",
]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("thing", ["fifo", "device", "loop", "missing"])
def test_what_is_no_file_is_told_at_once(tmp_path: Path, ending: str, thing: str) -> None:
    path = tmp_path / f"a.{ending}"
    if thing == "fifo":
        os.mkfifo(path)
    elif thing == "device":
        path.symlink_to("/dev/zero")
    elif thing == "loop":
        path.symlink_to(path)
    done = run("import", path.name, "-o", "out", at=tmp_path)
    is_refused(done, 4, path.name)
    assert not (tmp_path / "out").exists()
