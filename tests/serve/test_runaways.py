"""Eleven questions that no engine here stops by itself: each ends at its limit, alone."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from tests.serve.client import Reply, Server

LIMIT = 3.0
LATE = 20.0
"""Seconds that machine and client may add on a busy day; benchmarks/serve.py measures closely."""

_LISTS = " ".join(f"VALUES ?x{i} {{ {' '.join(map(str, range(100)))} }}" for i in range(8))
_DOUBLED = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
RUNAWAYS = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "product of values": f"SELECT (COUNT(*) AS ?n) {{ {_LISTS} }}",
    "order of a product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a LIMIT 1",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|!^<a:b>)+ ?b . ?c (!<a:b>|!^<a:b>)+ ?d }",
    "doubling": f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('0123456789abcdef' AS ?x0) {_DOUBLED} }}",
    "braces": "SELECT * " + "{" * 3000 + "}" * 3000,
    "nots": "SELECT * { FILTER(" + "!" * 20000 + "true) }",
    "nodes": "SELECT * { ?s ?p " + "[ <a:b> " * 3000 + "1" + " ]" * 3000 + " }",
    "expression": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    "FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '^(a+)+$')) }",
    "huge result": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "long list": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c IN ("
    + ", ".join(f'"{i}"' for i in range(30000))
    + ")) }",
}


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_ends_and_delays_nobody(strict: Server, name: str) -> None:
    found: list[Reply] = []
    start = time.monotonic()
    thread = threading.Thread(target=lambda: found.append(strict.post(RUNAWAYS[name])))
    thread.start()
    number = 0
    while thread.is_alive() and time.monotonic() - start < LIMIT + LATE:
        number += 1
        reply = strict.get(f"ASK {{ }} # {name} {number}")
        assert reply.json["boolean"] is True
    thread.join(LATE)
    assert found, "the runaway was not answered"
    assert time.monotonic() - start < LIMIT + LATE
    assert found[0].status in (400, 500, 504)
    assert found[0].text.strip()


def test_many_runaways_at_a_time(strict: Server) -> None:
    found: list[int] = []
    queries = [RUNAWAYS["cross product"] + f" # {i}" for i in range(40)]
    threads = [
        threading.Thread(target=lambda query=query: found.append(strict.post(query).status))
        for query in queries
    ]
    for thread in threads:
        thread.start()
    for number in range(10):
        assert strict.get(f"ASK {{ }} # many {number}").status in (200, 503)
    for thread in threads:
        thread.join(60)
    assert len(found) == len(queries)
    assert set(found) <= {503, 504}
    assert strict.get("ASK { } # after many").status == 200


def test_what_stopped_a_question_is_told(strict: Server) -> None:
    assert "3 seconds" in strict.post(RUNAWAYS["cross product"]).text
    assert strict.post(RUNAWAYS["cross product"]).status == 504


def test_memory_is_bounded(small: Server) -> None:
    reply = small.post(RUNAWAYS["doubling"])
    assert reply.status == 500
    assert "128 MiB" in reply.text


def test_rows_are_bounded_and_never_cut(small: Server) -> None:
    query = "SELECT ?s { ?s ?p ?o } LIMIT "
    for accept in ("text/csv", "text/tab-separated-values", "application/json", "text/xml"):
        whole = small.get(query + "2000", accept)
        assert whole.status == 200
        more = small.get(query + "2001", accept)
        assert more.status == 500
        assert "2,000 rows" in more.text


def test_bytes_are_bounded_and_never_cut(small: Server) -> None:
    query = "SELECT (CONCAT(?l, ?l, ?l, ?l) AS ?x) { BIND(STR('%s') AS ?l) }"
    assert small.post(query % ("x" * 200_000)).status == 200
    reply = small.post(query % ("x" * 300_000))
    assert reply.status == 500
    assert "1,048,576 bytes" in reply.text


def test_a_worker_that_is_killed_is_replaced(strict: Server) -> None:
    workers = strict.children()[1:]
    for process in workers:
        os.kill(process, signal.SIGKILL)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        reply = strict.get(f"ASK {{ }} # {time.monotonic()}")
        if reply.status == 200 and not set(workers) & set(strict.children()):
            return
    pytest.fail("the workers are not replaced")
