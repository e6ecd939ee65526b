"""Queries from a stranger: refused before an engine reads them, or ended at a limit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.bounded import Trap, is_refused, run

GOES_OUT = {
    "service": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "service, silent": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "service by a variable": "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "from": "SELECT * FROM <URL> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "load": "LOAD <URL>",
    "insert": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "service by a prefix": "PREFIX s: <URL> SELECT * { SERVICE s: { ?s ?p ?o } }",
    "service by a base": "BASE <URL> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "service without blanks": "SELECT*{sErViCe<URL>{?s ?p ?o}}",
    "service by an escape": "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "service after a comment": "SELECT * { # '''\n SERVICE <URL> { ?s ?p ?o } # '''\n }",
    "service after a carriage return": "SELECT * { #\r SERVICE <URL> { ?s ?p ?o }\n }",
    "service in a filter": "ASK { FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "service in a query in a query": "SELECT * { { SELECT * { MINUS { SERVICE ?x { } } } } }",
    "description from": "DESCRIBE <urn:a> FROM <URL>",
    "construction from": "CONSTRUCT { ?s ?p ?o } FROM <URL> { ?s ?p ?o }",
    "from by an escape": "SELECT * FROM <\\u0068ttp://127.0.0.1:9/> { ?s ?p ?o }",
    "load in silence": "LOAD SILENT <URL> INTO GRAPH <urn:g>",
    "load after a query": "ASK {} ; LOAD <URL>",
    "insert after a prefix": "PREFIX a: <a:> INSERT DATA { a:b a:c a:d }",
    "insert using": "INSERT { ?s ?p ?o } USING <URL> WHERE { ?s ?p ?o }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "with": "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "drop": "DROP SILENT ALL",
    "create": "CREATE GRAPH <urn:g>",
    "copy": "COPY DEFAULT TO <urn:g>",
    "move": "MOVE DEFAULT TO <urn:g>",
    "add": "ADD DEFAULT TO <urn:g>",
    "round brackets": "ASK { FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }",
    "lists": "ASK { ?s ?p " + "(" * 3000 + ")" * 3000 + "}",
    "minus": "SELECT (" + "-" * 20_000 + "1 AS ?x) {}",
    "inverse paths": "ASK { ?s " + "^ " * 20_000 + "<urn:a> ?o }",
    "paths": "ASK { ?s " + "(" * 3000 + "<urn:a>" + ")" * 3000 + " ?o }",
    "unions": "ASK {" + "{} UNION " * 5000 + "{} }",
    "queries in queries": "SELECT * {" * 200 + "}" * 200,
    "conditions": "SELECT (" + "IF(true," * 3000 + "1" + ",1)" * 3000 + " AS ?x) {}",
    "triples in triples": "ASK { " + "<< " * 3000 + " }",
    "annotations": "ASK { ?s ?p ?o " + "{| ?a ?b " * 3000 + "}",
    "a long id": "ASK { <a:" + "x" * 900_000 + "> ?p ?o }",
    "a long name": "ASK { moa:" + "x" * 900_000 + " ?p ?o }",
    "half of a pair": "SELECT ('\\uD800' AS ?x) {}",
    "beyond all letters": "SELECT ('\\U00110000' AS ?x) {}",
    "a function of a file": "SELECT (<file:///etc/passwd>(1) AS ?x) {}",
    "a page": "<script>alert(1)</script>",
    "another language": "'; DROP TABLE x; --",
    "nothing": "",
    "only a comment": "# ASK {}",
    "a number beyond all": "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999",
    "braces": "ASK " + "{" * 3000 + "}" * 3000,
    "not": "ASK { FILTER(" + "!" * 20_000 + "true) }",
    "nested nodes": "ASK { ?s ?p " + "[ <urn:b> " * 3000 + "1" + "]" * 3000 + "}",
    "a megabyte": "ASK {} #" + "x" * 1_100_000,
    "NUL": "ASK { ?s ?p '\0' ",
    "a mark that turns text around": "ASK { ?s \u202e?p ?o",
    "a terminal's command": "ASK { ?s \x1b[31m ?o",
}


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.close()


@pytest.mark.parametrize("case", GOES_OUT)
def test_a_hostile_query_is_one_message(tmp_path: Path, trap: Trap, case: str) -> None:
    text = GOES_OUT[case].replace("URL", trap.url).encode()
    is_refused(run("query", "--file", "-", at=tmp_path, given=text), 2)
    assert trap.visits == 0


@pytest.mark.parametrize(
    "text", ["ASK {}".encode("utf-16"), "ASK { ?é ?p ?o }".encode("latin-1"), b"\xed\xa0\x80"]
)
def test_a_query_in_another_encoding_is_told(tmp_path: Path, text: bytes) -> None:
    is_refused(run("query", "--file", "-", at=tmp_path, given=text), 4, "not UTF-8")


HARMLESS = {
    "a mark of UTF-8": "\ufeffASK {}",
    "a keyword in a text": "ASK { BIND('SERVICE <URL> { } LOAD' AS ?x) }",
    "a keyword in a long text": 'ASK { BIND("""\n SERVICE <URL> { } # """ AS ?x) }',
    "a keyword in a comment": "ASK { } # SERVICE <URL> { }",
    "a keyword as a prefix": "PREFIX SERVICE: <URL> ASK { FILTER(SERVICE:x = SERVICE:x) }",
    "a keyword as a variable": "ASK { BIND(1 AS ?SERVICE) FILTER(?SERVICE = 1) }",
    "a keyword in an id": "ASK { FILTER(<urn:SERVICE#LOAD> = <urn:SERVICE#LOAD>) }",
    "an escape in a text": "ASK { BIND('\\u0027 } SERVICE <URL> { ?s ?p ?o } #' AS ?x) }",
    "a long text": "ASK { BIND('" + "x" * 900_000 + "' AS ?x) }",
    "an expression that others hang on": "ASK { FILTER(!REGEX('" + "a" * 40 + "!', '^(a+)+$')) }",
    "brackets in a text": "ASK { BIND('" + "{[(" * 100_000 + "' AS ?x) }",
}


@pytest.mark.parametrize("case", HARMLESS)
def test_a_query_that_only_looks_hostile_is_answered(tmp_path: Path, trap: Trap, case: str) -> None:
    text = HARMLESS[case].replace("URL", trap.url).encode()
    done = run("query", "--file", "-", at=tmp_path, given=text)
    assert (done.returncode, done.stdout.strip()) == (0, "yes"), done.stderr
    assert trap.visits == 0


def test_names_that_nobody_knows_are_remarked_on_briefly(tmp_path: Path) -> None:
    text = "ASK { VALUES ?x { " + " ".join(f"moa:no{n}" for n in range(900)) + " } }"
    done = run("query", "--file", "-", at=tmp_path, given=text.encode())
    assert (done.returncode, done.stdout) == (0, "yes\n")
    assert 5 < done.stderr.count("\n") < 15


def swelling() -> str:
    text = f"'{'x' * 1000}'"
    for old, new in ("xy", "yz", "zw", "wa"):
        text = f"REPLACE({text}, '{old}', '{new * 1000}')"
    return f"SELECT (STRLEN({text}) AS ?n) {{}}"


RUNAWAYS = {
    "replacing": swelling(),
    "joining": "SELECT (GROUP_CONCAT(?o; SEPARATOR='"
    + "x" * 10_000
    + "') AS ?x) { ?a ?b ?o . ?c ?d ?e }",
    "lists of values": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"VALUES ?x{i} {{ {' '.join(map(str, range(100)))} }}" for i in range(8))
    + "}",
    "order": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a",
    "paths": "SELECT * { ?a (!<a:b>|!^<a:b>)* ?b . ?b (!<a:b>|!^<a:b>)* ?c }",
    "distinct rows": "SELECT DISTINCT ?a ?d ?e ?c { ?a ?b ?c . ?d ?e ?f }",
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "doubling": "SELECT ?x31 { BIND('xxxxxxxx' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(31))
    + "}",
}


@pytest.mark.parametrize("case", RUNAWAYS)
def test_a_runaway_is_ended(tmp_path: Path, case: str) -> None:
    done = run("query", RUNAWAYS[case], "--timeout", "2", "-o", "out.csv", at=tmp_path)
    is_refused(done, done.returncode)
    assert done.returncode in (2, 4)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "name",
    ['x" } INSERT DATA { <urn:a> <urn:b> "', "x> <urn:evil> <", "'''", "\\u0000", "?protein"],
)
def test_a_parameter_is_a_name_and_never_text_of_the_query(tmp_path: Path, name: str) -> None:
    is_refused(run("query", "--name", "neosubstrates", "-p", f"drug={name}", at=tmp_path), 3)


def test_the_path_of_a_query_may_be_no_file(tmp_path: Path) -> None:
    for name in ("/dev/zero", "missing.rq", "."):
        is_refused(run("query", "--file", name, at=tmp_path), 4)
