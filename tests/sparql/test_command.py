"""`moagraph query`: formats, exit codes, parameters by name, and one clear message for a fault."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moagraph.graph import Graph
from moagraph_cli.main import cli

ROWS = "SELECT ?p ?l { CHEBI:63791 moa:increasesDegradationOf ?p . ?p rdfs:label ?l } ORDER BY ?l"


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["query", *arguments], input=text)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv", "md", "table"])
def test_rows_in_every_format(form: str) -> None:
    result = run(ROWS, "-O", form)
    assert result.exit_code == 0, result.output
    assert "IKZF1" in result.stdout
    if form == "json":
        found = json.loads(result.stdout)["results"]["bindings"]
        assert {"type": "literal", "value": "IKZF1"} in [row["l"] for row in found]
    if form == "csv":
        rows = list(csv.reader(io.StringIO(result.stdout)))
        assert rows[0] == ["p", "l"]


@pytest.mark.parametrize("form", ["turtle", "ntriples", "trig", "nquads", "jsonld", "rdfxml"])
def test_triples_in_every_syntax(form: str) -> None:
    result = run("DESCRIBE moa:crl4-crbn", "-O", form)
    assert result.exit_code == 0
    assert "crl4-crbn" in result.stdout


def test_ask_tells_by_its_exit_code() -> None:
    yes = run("ASK { moa:crl4-crbn a moa:Complex }")
    no = run("ASK { moa:crl4-crbn a moa:Drug }")
    assert (yes.exit_code, yes.stdout, no.exit_code, no.stdout) == (0, "yes\n", 1, "no\n")


def test_a_query_comes_from_a_file_or_stdin(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(ROWS, encoding="utf-8")
    expected = run(ROWS, "-O", "tsv").stdout
    assert run("--file", str(tmp_path / "q.rq"), "-O", "tsv").stdout == expected
    assert run("-", "-O", "tsv", text=ROWS).stdout == expected
    assert run("--file", "-", "-O", "tsv", text="\ufeff" + ROWS).stdout == expected


def test_the_extension_decides_the_format(tmp_path: Path) -> None:
    for name, start in {"a.srj": "{", "a.csv": "p,l", "a.xml": "<?xml", "a.md": "| p"}.items():
        assert run(ROWS, "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize("name", ["lenalidomide", "Revlimid", "CC-5013", "CHEBI:63791"])
def test_a_parameter_is_a_name_as_everywhere(name: str) -> None:
    result = run("--name", "neosubstrates", "-p", f"drug={name}", "-O", "tsv")
    assert result.exit_code == 0
    assert "IKZF1" in result.stdout


def test_parameters_bind_variables_of_any_query() -> None:
    text = "SELECT ?d ?p { ?d moa:increasesDegradationOf ?p }"
    rows = run(text, "-p", "d=Revlimid", "-O", "csv").stdout.splitlines()[1:]
    assert rows
    assert all(row.startswith("http://purl.obolibrary.org/obo/CHEBI_63791,") for row in rows)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["SELECT * { ?s ?p"], 2, ["line 1, column 10", "^"]),
        (["SELECT * { ?s foo:x ?o }"], 2, ["'foo:' is not declared"]),
        (["SELECT * { SERVICE <http://127.0.0.1:1/> {} }"], 2, ["SERVICE is refused"]),
        (["INSERT DATA {}"], 2, ["INSERT is an update"]),
        (["--name", "neosubstrate"], 3, ["neosubstrates", "--list"]),
        (["--name", "neosubstrates"], 2, ["needs drug"]),
        (["--name", "neosubstrates", "-p", "drug=nothing-like-it"], 3, ["nothing-like-it"]),
        (["--name", "neosubstrates", "-p", "drg=x"], 2, ["no parameter 'drg'", "drug"]),
        (["--name", "neosubstrates", "-p", "drug"], 2, ["name=value"]),
        (["ASK {}", "-p", "a=CRBN", "-p", "a=CRBN"], 2, ["twice"]),
        (["ASK {}", "-O", "turtle"], 2, ["no format for an ASK"]),
        (["DESCRIBE moa:crl4-crbn", "-O", "csv"], 2, ["turtle"]),
        (["--file", "/nowhere/q.rq"], 4, ["/nowhere/q.rq"]),
        (["--file", "/proc"], 4, ["/proc"]),
        (["ASK {}", "--name", "neosubstrates"], 2, ["one of"]),
        ([], 2, ["one of"]),
    ],
)
def test_a_fault_is_one_clear_message(arguments: list[str], code: int, words: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert all(word in result.stderr for word in words), result.stderr
    assert "Traceback" not in result.stderr


def test_errors_are_json_where_json_was_asked_for() -> None:
    found = json.loads(run("SELECT * {", "-O", "json").stdout)["error"]
    assert (found["code"], found["line"], found["column"]) == ("bad_query", 1, 10)


def test_a_term_that_does_not_exist_is_told_on_stderr() -> None:
    result = run("SELECT * { ?x moa:inhibts ?y }", "-O", "json")
    assert result.exit_code == 0
    assert "moa:inhibits" in result.stderr
    assert json.loads(result.stdout)["results"]["bindings"] == []


def test_a_limit_is_told() -> None:
    result = run("SELECT * { ?s ?p ?o }", "--limit", "2", "-O", "csv")
    assert len(result.stdout.splitlines()) == 3
    assert "more than 2 rows" in result.stderr


def test_the_list_shows_every_question() -> None:
    found = json.loads(run("--list", "-O", "json").stdout)
    shown = run("--list").stdout
    for question in found:
        assert question["name"] in shown
        assert question["title"]
        assert question["example"].startswith(f"moagraph query --name {question['name']}")


def test_other_data_are_asked_as_well() -> None:
    folder = Path(__file__).resolve().parents[1] / "invalid" / "valid"
    asked = ["-d", str(folder), "--name", "neosubstrates", "-p", "drug=lenalidomide", "-O", "tsv"]
    result = run(*asked)
    assert result.exit_code == 0, result.output
    assert "len-degrades-ikzf1" in result.stdout
    reasoned = run("-d", str(folder), "SELECT * { GRAPH moa:reasonedLayer { ?m a moa:Mechanism } }")
    assert reasoned.stdout.count("mechanism/") >= 1


def test_control_characters_do_not_reach_the_terminal() -> None:
    result = run("SELECT ('\\u001b[31m\\u202Ered' AS ?x) {}")
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_an_interrupt_stops_a_query_at_once() -> None:
    """The whole program, as a shell starts it: 130, no traceback, nothing left running."""
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    process = subprocess.Popen(
        [sys.executable, "-m", "moagraph_cli", "query", text],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(3)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_python_asks_the_same(graph: Graph) -> None:
    """`Graph.query` and the command give the same rows."""
    asked = graph.query(name="neosubstrates", parameters={"drug": "Revlimid"})
    shown = run("--name", "neosubstrates", "-p", "drug=Revlimid", "-O", "json").stdout
    assert asked.to_dict() == json.loads(shown)
    assert len(asked.rows()) == len(asked.to_dict()["results"]["bindings"]) > 5
    assert len(graph.to_rdflib()) > 40_000
