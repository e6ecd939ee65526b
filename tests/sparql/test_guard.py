"""What is refused, what is not, and that a keyword cannot hide from the tokens."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moagraph.rdf.layers import LAYERS, REASONED
from moagraph.rdf.namespaces import namespaces
from moagraph.sparql.faults import QueryFault, QueryRefused
from moagraph.sparql.guard import MAX_DEPTH, Checked, check
from moagraph.sparql.tokens import tokens

PREFIXES = {**namespaces(), "ex": "http://example.org/", "": "http://example.org/default/"}


def checked(text: str) -> Checked:
    return check(text, PREFIXES, LAYERS)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o SERVICE ?o { ?s ?p ?o } }",
        "SELECT * { SERVICE ex:x{ ?s ?p ?o } }",
        "SELECT * {\n# a comment\nSERVICE\n# another\n<http://127.0.0.1:1/> { } }",
        "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }",
        "SELECT * { ?s ?p trueSERVICE ex:x { } }",
        "SELECT * { ?s ?p 1SERVICE ex:x { } }",
        "SELECT * { ?s ?p 'a'@enSERVICE ex:x { } }",
        "SELECT * { VALUES ?v { '''x' } SERVICE <http://127.0.0.1:1/> {?s ?p ?o} #\\q'''\n }",
        "SELECT * { VALUES ?v { '''x' } SERVICE <http://127.0.0.1:1/> {?s ?p ?o} #\\uD800'''\n }",
        "SELECT * { FILTER(?a<?b#>'''\n) SERVICE <http://127.0.0.1:1/> {?s ?p ?o}#'''\n }",
        "SELECT * { #\r'''\nSERVICE <http://127.0.0.1:1/> {?s ?p ?o} #'''\n }",
        "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "BASE <http://127.0.0.1:1/> SELECT * FROM <x> { ?s ?p ?o }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:1/>",
        "CLEAR ALL",
        "DROP GRAPH <urn:x>",
        "ASK {} ; INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "ASK " + "{" * 5000,
        "ASK {" + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1) + "}",
        "ASK { FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }",
        "ASK { ?s ?p " + "[ <urn:b> " * 3000 + "1" + "]" * 3000 + "}",
        "ASK { FILTER(1<" + "(" * 900 + "1" + ")" * 900 + "&&3>2) }",
        "ASK { FILTER(" + "!" * 20000 + "true) }",
        "SELECT (1" + "+1" * 20000 + " AS ?x) {}",
        "SELECT (" + "-" * 20000 + "1 AS ?x) {}",
        "ASK { FILTER(true" + " && true" * 20000 + ") }",
        "ASK { ?s ?p ?o" + " MINUS { ?s ?p ?o }" * 5000 + "}",
        "ASK {" + "".join(f"BIND(1 AS ?v{n}) " for n in range(5000)) + "}",
        "ASK { ?s <urn:a>" + "|<urn:a>" * 20000 + " ?o }",
        "ASK { <<" + "<< " * 200 + "}",
        "ASK {} #" + "x" * 1_000_000,
    ],
    ids=lambda text: text[:60],
)
def test_what_is_dangerous_is_refused(text: str) -> None:
    with pytest.raises(QueryFault):
        checked(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x> {}' }",
        'SELECT * { ?s ?p """a\nSERVICE <http://x> { } INSERT DATA""" }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://x> { }",
        "SELECT * { ?SERVICE ex:SERVICE ?LOAD . ?LOAD ex:service/ex:INSERT _:DELETE }",
        "SELECT * { <http://SERVICE/#LOAD> ?p ?o }",
        "PREFIX SERVICE: <http://service/> SELECT * { SERVICE:x ?p 'x'@service }",
        f"SELECT * FROM <{REASONED}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED moa:reasonedLayer { GRAPH ?g { ?s ?p ?o } }",
        "ask{filter(?a<3&&?b>2)}",
        "ASK { FILTER(1 IN (" + ",".join(map(str, range(20000))) + ")) }",
        "ASK { VALUES ?x { " + "'{((((' " * 20000 + "} }",
        "DESCRIBE moa:crl4-crbn",
        "SELECT ?é { ?é ?p 'ü'@de-CH, '''it's''', \"a\\\"b\", 1.5e3, .5, 3 }",
        "SELECT * { ?s ex:a\\-b%20c ?o ; ex:b.c ?x . _:b0 ?p \"\", '' }",
        "SELECT * { ?s rdfs:label ?o\r\n# comment\r\n}",
        "SELECT (GROUP_CONCAT(?x; SEPARATOR=', ') AS ?y) { ?x ^ex:a|!(ex:b|^ex:c) ?z }",
    ],
    ids=lambda text: text[:60],
)
def test_what_is_harmless_passes(text: str) -> None:
    assert checked(text).form in ("select", "ask", "describe")


def test_faults_name_the_place() -> None:
    """Line, column, the line itself and a caret below the fault."""
    with pytest.raises(QueryFault) as caught:
        checked("SELECT ?x {\n\t?x drgu:y ?z .\n}")
    assert (caught.value.line, caught.value.column) == (2, 5)
    assert str(caught.value).splitlines()[1:] == ["   ?x drgu:y ?z .", "      ^"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * { ?s rfds:label ?o }", ["'rfds:'", "rdfs:"]),
        ("SELEC * { ?s ?p ?o }", ["SELECT"]),
        ("SELECT * { ?s ?p ?o OPTONAL { } }", ["'OPTONAL'", "OPTIONAL"]),
        ("SELECT * { ?s ?p ?o", ["never closed"]),
        ("SELECT * { ?s ?p 'x }", ["does not end"]),
        ("SELECT * { ?s ?p ?o ) }", [") where }"]),
        ("", ["empty"]),
        ("PREFIX a: <urn:a>", ["ends after its prefixes"]),
        ("SELECT * FROM <http://x/> { }", ["FROM is refused", REASONED]),
        ("DELETE { } WHERE { }", ["DELETE is an update"]),
    ],
)
def test_faults_say_what_to_do(text: str, words: list[str]) -> None:
    with pytest.raises(QueryFault) as caught:
        checked(text)
    assert all(word in str(caught.value) for word in words)


def test_an_update_is_refused_and_not_merely_unknown() -> None:
    with pytest.raises(QueryRefused):
        checked("LOAD <http://x/>")


def test_names_are_expanded() -> None:
    names = checked("PREFIX x: <urn:x:> ASK { x:a ex:b\\-c <urn:d> }").names
    assert set(names) == {"urn:x:", "urn:x:a", "http://example.org/b-c", "urn:d"}


PIECES = [
    *"{}()[].,;<>#'\"\\ \n\r\t?!&|^*/+-=@:1aé",
    *["SERVICE", "<http://127.0.0.1:9/>", "'''", '"""', "ex:a", "?x", "SELECT *", "FILTER", "true"],
    *["EXISTS", "\\u0027", "\\q", "''", "VALUES ?v", "_:b", "@en", "1.", "<urn:a#b>", "BIND", "AS"],
]
PLACE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
@example("?s ?p '''x' } ", " #\\q'''\n")
def test_no_text_around_hides_a_service(before: str, after: str) -> None:
    """What the engine would run as SERVICE, the guard has refused: the engine decides."""
    text = f"SELECT * {{ {before} {PLACE} {after} }}"
    try:
        checked(text)
    except QueryFault:
        return
    with contextlib.suppress(SyntaxError):
        list(ox.Store().query(text, prefixes=PREFIXES))  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(text: str) -> None:
    with contextlib.suppress(QueryFault):
        assert checked(text).text == text


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_tokens_cover_the_text(text: str) -> None:
    """Nothing but blanks and comments lies between tokens."""
    try:
        found = tokens(text)
    except QueryFault:
        return
    end = 0
    for token in found:
        between = text[end : token.start]
        assert all(not line.strip() or "#" in line for line in between.split("\n"))
        assert text[token.start : token.start + len(token.text)] == token.text
        end = token.start + len(token.text)


class _Counter(http.server.BaseHTTPRequestHandler):
    hits = 0

    def do_GET(self) -> None:
        type(self).hits += 1
        self.send_error(404)

    do_POST = do_GET  # noqa: N815 - named by the base class

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[str]:
    _Counter.hits = 0
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Counter)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_engine_would_go_out_and_the_guard_does_not(listener: str) -> None:
    """The danger is real: without the guard a request arrives."""
    text = f"SELECT * {{ SERVICE SILENT <{listener}> {{ ?s ?p ?o }} }}"
    list(ox.Store().query(text))  # type: ignore[arg-type]
    assert _Counter.hits
    _Counter.hits = 0
    with pytest.raises(QueryRefused):
        checked(text)
    assert not _Counter.hits


LONG = {
    "prefix": "a." * 480_000,
    "local name": "SELECT * {" + "a:" + "." * 900_000,
    "iri": "SELECT * {" + "<a" * 400_000,
    "string": "SELECT * { '''" + "''b" * 300_000,
    "node": "SELECT * {" + "_:a..." * 160_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_million_characters_are_read_in_one_go(name: str) -> None:
    """Not once more from each character: that would take hours, and this suite would stand."""
    with contextlib.suppress(QueryFault):
        checked(LONG[name])
