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


RUNAWAYS = {
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
