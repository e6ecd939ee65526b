"""Real servers with the built-in graph, started once, and one in memory for random graphs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import moagraph
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import write
from tests.conftest import missing

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VIRTUOSO_GRAPH = "https://example.org/graph/moagraph"
VIRTUOSO_ROWS = 1000

_INI = """
[Database]
DatabaseFile = {home}/v.db
ErrorLogFile = {home}/v.log
LockFile = {home}/v.lck
TransactionFile = {home}/v.trx
xa_persistent_file = {home}/v.pxa
[TempDatabase]
DatabaseFile = {home}/t.db
TransactionFile = {home}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 8
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
CheckpointInterval = 0
DirsAllowed = {home}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


def wait_for(ready: Callable[[], bool], process: subprocess.Popen[bytes], what: str) -> None:
    """Wait until a server answers, at most a minute."""
    for _ in range(300):
        if process.poll() is not None:
            pytest.fail(f"{what} ended with {process.returncode}")
        if ready():
            return
        time.sleep(0.2)
    pytest.fail(f"{what} did not begin to answer")


def listens(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex(("127.0.0.1", port)) == 0


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(20)


@pytest.fixture(scope="session")
def triples(tmp_path_factory: pytest.TempPathFactory, graph: Graph) -> Path:
    """Return the built-in graph as a file of N-Triples."""
    path = tmp_path_factory.mktemp("triples") / "moagraph.nt"
    path.write_text(write(graph.kb, "ntriples"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory, triples: Path) -> Iterator[str]:
    """Serve the built-in graph from Oxigraph and yield the address."""
    if not OXIGRAPH.exists():
        missing("the oxigraph server")
    home = tmp_path_factory.mktemp("oxigraph")
    store = ["--location", str(home / "store")]
    loading = [str(OXIGRAPH), "load", *store, "--file", str(triples)]
    subprocess.run(loading, check=True, capture_output=True, timeout=120)
    port = free_port()
    serving = [str(OXIGRAPH), "serve-read-only", *store, "--bind", f"127.0.0.1:{port}"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(serving, stdout=log, stderr=log)
    try:
        wait_for(lambda: listens(port), process, "oxigraph")
        yield f"http://127.0.0.1:{port}/query"
    finally:
        stop(process)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory, triples: Path) -> Iterator[str]:
    """Serve the built-in graph from Virtuoso, which cuts every answer at a thousand rows."""
    if shutil.which("virtuoso-t") is None:
        missing("Virtuoso (virtuoso-t)")
    home = tmp_path_factory.mktemp("virtuoso")
    shutil.copy(triples, home / "moagraph.nt")
    sql, http = free_port(), free_port()
    ini = home / "virtuoso.ini"
    ini.write_text(_INI.format(home=home, sql=sql, http=http, rows=VIRTUOSO_ROWS))
    with (home / "out").open("wb") as log:
        process = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", str(ini)], stdout=log, stderr=log, cwd=home
        )

    def run(statement: str) -> bool:
        asked = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={statement}"]
        return not subprocess.run(asked, capture_output=True, timeout=120, check=False).returncode

    try:
        wait_for(lambda: listens(sql) and run("status();"), process, "Virtuoso")
        load = f"ld_dir('{home}', 'moagraph.nt', '{VIRTUOSO_GRAPH}'); rdf_loader_run();"
        assert run(load)
        wait_for(lambda: listens(http), process, "Virtuoso's endpoint")
        yield f"http://127.0.0.1:{http}/sparql"
    finally:
        stop(process)


@pytest.fixture(scope="session")
def from_oxigraph(oxigraph: str) -> Graph:
    """Return the graph behind Oxigraph; what it fetched is kept, as within one call."""
    return moagraph.load(oxigraph)


@pytest.fixture(scope="session")
def from_virtuoso(virtuoso: str) -> Graph:
    """Return the graph behind Virtuoso."""
    return moagraph.load(virtuoso)


@pytest.fixture(scope="session")
def small_kb() -> KnowledgeBase:
    """Return the synthetic folder that uses every table."""
    folder = Path(__file__).resolve().parents[1] / "invalid" / "valid"
    return KnowledgeBase.read(folder)
