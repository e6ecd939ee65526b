"""A query in a process of its own: limits hold, errors come back as they were raised."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from moagraph.errors import AmbiguousName, DataError, MoagraphError, QuestionError, UnknownName
from moagraph.sparql.engine import Engine
from moagraph.sparql.faults import QueryFailed, QueryFault, QueryRefused, QueryTimeout
from moagraph.sparql.worker import Written, run

RUNAWAYS = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c",
    "SELECT (COUNT(*) AS ?n) { ?a (moa:hasEvidence|!moa:hasEvidence)* ?b . ?c !a* ?d }",
    "SELECT DISTINCT ?x { ?a ?p ?b . ?c ?q ?d . BIND(CONCAT(STR(?a), STR(?d)) AS ?x) }",
]


def count() -> int:
    return len(os.listdir("/proc/self/fd"))


def children() -> set[str]:
    """Return the processes below this one; those of fixtures are among them."""
    files = Path("/proc/self/task").glob("*/children")
    return {number for file in files for number in file.read_text(encoding="ascii").split()}


def test_what_a_task_returns_comes_back() -> None:
    written = Written(b"\x00data\n" * 300_000, "rows", False, True, ("a note",))
    assert run(lambda: written) == written
    assert run(lambda: written, timeout=60) == written


@pytest.mark.parametrize("text", RUNAWAYS)
def test_a_runaway_query_is_stopped(engine: Engine, text: str) -> None:
    """The limit holds although the engine heeds no signal; no process and no pipe is left."""
    before, below = count(), children()
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"0\.5 seconds"):
        run(lambda: Written(engine.query(text).write("json")), timeout=0.5)
    assert time.monotonic() - start < 30
    assert count() == before
    assert children() <= below


def test_memory_is_bounded(engine: Engine) -> None:
    """Text that doubles itself thirty times ends its process, not ours."""
    doubling = "".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1}) " for n in range(34))
    text = f"SELECT (STRLEN(?v34) AS ?n) {{ BIND('abcdefgh' AS ?v0) {doubling} }}"
    with pytest.raises(QueryFailed, match="memory"):
        run(lambda: Written(engine.query(text).write("json")), timeout=60, memory=2 * 1024**3)


def test_a_crash_is_a_message() -> None:
    """What kills the engine's process does not kill ours."""
    deep = "SELECT (1" + "+1" * 60_000 + " AS ?x) {}"
    with pytest.raises(QueryFailed, match="memory or of depth"):
        run(lambda: Written(str(ox.Store().query(deep)).encode()))
    with pytest.raises(QueryFailed, match="without an answer"):
        run(lambda: os._exit(3))


@pytest.mark.parametrize(
    "error",
    [
        QueryFault("m", line=2, column=3, excerpt="x\n^", suggestions=["a"]),
        QueryRefused("m", line=1, column=1),
        UnknownName("m", suggestions=("a", "b")),
        AmbiguousName("m"),
        DataError("m", file="f.tsv", line=3),
        QuestionError("m"),
        MoagraphError("m"),
    ],
)
def test_errors_come_back_as_they_were(error: MoagraphError) -> None:
    def task() -> Written:
        raise error

    with pytest.raises(type(error)) as caught:
        run(task)
    assert type(caught.value) is type(error)
    assert caught.value.to_dict() == error.to_dict()
    assert str(caught.value) == str(error)


def test_an_interrupt_ends_both(engine: Engine) -> None:
    """Ctrl-C reaches the one who waits; it ends the one who computes."""
    below = children()
    timer = signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    signal.setitimer(signal.ITIMER_REAL, 0.4)
    try:
        with pytest.raises(KeyboardInterrupt):
            run(lambda: Written(engine.query(RUNAWAYS[0]).write("json")))
    finally:
        signal.signal(signal.SIGALRM, timer)
    assert children() <= below


def test_a_fork_of_a_process_with_stores_on_disk_does_not_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads do not survive a fork; the child reads the graph into memory."""
    monkeypatch.setenv("MOAGRAPH_CACHE", str(tmp_path))
    text = "ASK { moa:crl4-crbn a moa:Complex }"
    assert Engine.shipped().query(text).boolean
    written = run(lambda: Written(Engine.shipped().query(text).write("csv")), timeout=50)
    assert written.data == b"true\n"
