"""Each bad file is one message with its place and what to do, exit 4, and nothing written."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from moagraph.errors import DataError
from moagraph.exchange.importing import FORMATS, guess, read
from moagraph.formats import gunzip
from tests.formats.roundtrip import Graph

HEAD = b"subject\tpredicate\tobject\n"
EDGE = b"CHEBI:1\tbiolink:affects\tGO:0006915\n"
GRAPHML = b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">%s'
GRAPHML += b"</graph></graphml>"
LONG = b'<node id="a"><data key="x">' + b"x" * 3_000_000 + b"</data></node>"
CX2 = [{"CXVersion": "2.0", "hasFragments": False}]


def cx2(*aspects: object) -> bytes:
    return json.dumps([*CX2, *aspects]).encode()


def lol() -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    for n in range(9):
        one = b"abcdefghij"[n : n + 1]
        two = b"abcdefghij"[n + 1 : n + 2]
        head += b'<!ENTITY %s "%s">' % (two, b"&%s;" % one * 10)
    return head + b"]><graphml>&j;</graphml>"


# name of the file, its bytes, what the message says, the line it names (0 for none)
BAD: list[tuple[str, bytes, str, int]] = [
    ("g_edges.tsv", HEAD + EDGE + b"a\tb\0\tc\n", "holds a NUL", 3),
    ("g_edges.tsv", "\ufeff".encode("utf-16") + b"x", "UTF-16", 1),
    ("g_edges.tsv", HEAD + b"a\t\xff\tc\n", "not UTF-8", 2),
    ("g_edges.tsv", HEAD + b"a\tb\n", "2 fields where the header has 3", 2),
    ("g_edges.tsv", HEAD + EDGE + b"a\tb\tc\td\n", "4 fields where the header has 3", 3),
    ("g_edges.tsv", HEAD + b"a\t" + b"b" * 10_000_000 + b"\tc\n", "longer than 1,000,000", 2),
    ("g_edges.tsv", b"a" * 10_000_000, "longer than 1,000,000", 1),
    ("g_edges.tsv", b"subject\tobject\nA\tB\n", "has no predicate", 1),
    ("g_edges.tsv", b"subject\tsubject\tpredicate\tobject\n", "a column twice", 1),
    ("g_edges.tsv", b"", "no header of KGX", 1),
    ("g_nodes.tsv", b"name\tcategory\nA\tB\n", "has no id", 1),
    ("g_edges.jsonl", b'{"subject": "A"\n', "no JSON object", 1),
    ("g_edges.jsonl", b"[1, 2]\n", "one JSON object", 1),
    ("g_edges.jsonl", b'{"a":' * 100_000 + b"1\n", "no JSON object", 1),
    ("g_edges.jsonl", b'{"subject":"A","subject":"B"}\n', "stands twice", 1),
    ("g_edges.jsonl", b'{"subject":"A","predicate":"x"}\n', "has no object", 1),
    ("g_edges.jsonl", b'{"x":' + b"1" * 10_000 + b"}\n", "no JSON object", 1),
    ("g_edges.tsv.gz", gzip.compress(HEAD + EDGE * 5000)[:-30], "cut or damaged", 0),
    ("g_edges.tsv.gz", b"\x1f\x8b" + b"rubbish" * 50, "cut or damaged", 0),
    ("g_edges.tsv.gz", gzip.compress(HEAD + (b"a" * 999 + b"\t\t\n") * 90_000), "100 times", 0),
    ("g.sif", b"A\tactivates\t\0B\n", "holds a NUL", 1),
    ("g.sif", b"A activates " + b"B" * 2_000_000, "longer than", 1),
    ("g.graphml", b"<graphml>", "no sound XML", 1),
    ("g.graphml", b"<html></html>", "no GraphML", 1),
    ("g.graphml", b"", "no sound XML", 1),
    ("g.graphml", b"{}", "no sound XML", 1),
    ("g.graphml", lol(), "document type", 1),
    ("g.graphml", b'<!DOCTYPE g SYSTEM "file:///etc/passwd"><graphml/>', "document type", 1),
    ("g.graphml", b'<!DOCTYPE g SYSTEM "http://127.0.0.1:9/x"><graphml/>', "document type", 1),
    ("g.graphml", b"<graphml>" * 100, "nested more than 40", 1),
    ("g.graphml", GRAPHML % LONG, "longer than", 1),
    ("g.graphml", b"<graphml>\x01</graphml>", "no sound XML", 1),
    ("g.cx2", b"{}", "no CX2", 0),
    ("g.cx2", b"[1]", "no CX2", 0),
    ("g.cx2", b"[" * 100_000, "no sound JSON", 0),
    ("g.cx2", b'[{"CXVersion":"1.0"}]', "version 2.0", 0),
    ("g.cx2", cx2({"nodes": 1}), "no list of objects", 0),
    ("g.cx2", cx2({"nodes": [{"id": [1]}]}), "no number", 0),
    ("g.cx2", b"\xff\xfe[", "no sound JSON", 0),
    ("g.txt", b"hello world\n", "no format that is read", 0),
    ("g", b"", "no format that is read", 0),
]


def run(*arguments: str) -> tuple[int, str, str]:
    from moagraph_cli.main import cli

    result = CliRunner().invoke(cli, list(arguments), prog_name="moagraph")
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("name", "content", "message", "line"), BAD, ids=[f"{b[0]}: {b[2]}" for b in BAD]
)
def test_bad_content(tmp_path: Path, name: str, content: bytes, message: str, line: int) -> None:
    file = tmp_path / "in" / name
    file.parent.mkdir()
    file.write_bytes(content)
    code, out, err = run("import", str(file), "-o", str(tmp_path / "made"))
    assert (code, out) == (4, "")
    assert err.startswith(f"moagraph: {file}")
    assert message in err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    if line:
        assert err.startswith(f"moagraph: {file}:{line}: ")
    assert not (tmp_path / "made").exists()
    assert os.listdir(tmp_path) == ["in"]


@pytest.mark.parametrize("format", FORMATS)
def test_no_regular_file(tmp_path: Path, format: str) -> None:
    pipe = tmp_path / "pipe.sif"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path / "absent.sif", Path("/dev/null")):
        for extra in ((), ("--format", format)):
            made = tmp_path / "made"
            code, _, err = run("import", str(path), "-o", str(made), *extra)
            assert code == 4, err
            assert str(path) in err
            assert not made.exists()


def test_a_folder_without_a_graph_and_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.sif").symlink_to(tmp_path / "loop.sif")
    for path in (tmp_path / "empty", tmp_path / "loop.sif"):
        code, _, err = run("import", str(path), "-o", str(tmp_path / "made"))
        assert code == 4
        assert str(path) in err


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "g.sif"
    file.write_text("A activates B\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError, match=r"g\.sif: cannot be read: Permission denied"):
        Graph(read([file]))


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read(["a\0b.sif"])


@pytest.mark.parametrize("format", ["sif", "graphml", "cx2", "kgx", "rdf", "drugmechdb", "tables"])
def test_a_file_of_another_format_is_refused(tmp_path: Path, format: str) -> None:
    """Whatever a file is said to be, reading it ends in a graph or in one message."""
    contents = [HEAD + EDGE, GRAPHML % b"", cx2(), b"A activates B\n", b"- a: b\n", b"\x00" * 50]
    for place, content in enumerate(contents):
        file = tmp_path / f"file{place}"
        file.write_bytes(content)
        # Anything but one message of ours fails the test.
        with suppress(DataError):
            Graph(read([file], format))


def test_marks_and_line_ends_are_repaired_with_a_line(tmp_path: Path) -> None:
    file = tmp_path / "g_edges.tsv"
    file.write_bytes(b"\xef\xbb\xbf" + (HEAD + EDGE).replace(b"\n", b"\r\n"))
    found = Graph(read([file]))
    assert len(found.claims) == 1
    said = [(r.action, r.reason) for r in found.report.remarks]
    assert ("repaired", "the byte order mark is taken off") in said
    assert ("repaired", "line ends CR LF are read as LF") in said


def test_a_million_lines_that_cannot_be_used_end_in_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moagraph.formats.kgx import edges

    monkeypatch.setattr(edges, "MAX_DROPPED", 1000)
    file = tmp_path / "g_edges.tsv"
    file.write_bytes(HEAD + b"\tx\ty\n" * 2000)
    code, _, err = run("import", str(file), "-o", str(tmp_path / "made"))
    assert code == 4
    assert "more than 1,000 edges cannot be used" in err


def test_an_honest_gzip_is_no_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gunzip, "FREE_UNPACKED", 1000)
    file = tmp_path / "g_edges.tsv.gz"
    rows = b"".join(b"CHEBI:%d\tbiolink:affects\tGO:%07d\n" % (n, n * 7) for n in range(5000))
    file.write_bytes(gzip.compress(HEAD + rows))
    assert len(Graph(read([file])).claims) == 5000


NAMES: list[tuple[str, Callable[[Path], object], str]] = [
    ("x.yaml", lambda p: p.write_text("a: b"), "drugmechdb"),
    ("x_nodes.tsv", lambda p: p.write_bytes(b"id\tcategory\n"), "kgx"),
    ("x_edges.jsonl.gz", lambda p: p.write_bytes(gzip.compress(b"{}")), "kgx"),
    ("edges.tsv", lambda p: p.write_bytes(HEAD), "kgx"),
    ("other.tsv", lambda p: p.write_bytes(HEAD), "kgx"),
    ("other.jsonl", lambda p: p.write_bytes(b'{"id":"A","category":[]}\n'), "kgx"),
    ("x.sif", lambda p: p.write_bytes(b""), "sif"),
    ("x.sif.gz", lambda p: p.write_bytes(gzip.compress(b"A b C")), "sif"),
    ("x.graphml", lambda p: p.write_bytes(b""), "graphml"),
    ("x.xml", lambda p: p.write_bytes(GRAPHML % b""), "graphml"),
    ("x.xml", lambda p: p.write_bytes(b"<rdf:RDF/>"), "rdf"),
    ("x.ttl", lambda p: p.write_bytes(b""), "rdf"),
    ("x.nt.gz", lambda p: p.write_bytes(gzip.compress(b"")), "rdf"),
    ("x.jsonld", lambda p: p.write_bytes(b"{}"), "rdf"),
    ("x.cx2", lambda p: p.write_bytes(b"[]"), "cx2"),
]


@pytest.mark.parametrize(("name", "make", "format"), NAMES, ids=[n[0] + n[2] for n in NAMES])
def test_formats_are_guessed(
    tmp_path: Path, name: str, make: Callable[[Path], object], format: str
) -> None:
    make(tmp_path / name)
    assert guess(tmp_path / name) == format
