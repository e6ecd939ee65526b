"""The endpoint against the `oxigraph` server, and under questions that never end.

    python benchmarks/serve.py [--seconds N] [--clients N]

Both servers hold the same graph and answer the same small queries over loopback, in turn, asked
by one light client process. Printed are answers a second, the median and 99th percentile of their
time, the processor time of the server for each, and our ratio to the peer: for queries that come
again (ours keeps answers, the graph being fixed) and for queries none of which comes twice. The
peer runs without limits, ours with all of them.

Then each of eleven runaways is asked of our server, limited to two seconds, while a second client
asks simple queries: when the runaway was answered, and the worst time of the others.
"""

from __future__ import annotations

import argparse
import os
import re
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
SMALL = (
    'SELECT * { ?s rdfs:label "lenalidomide" }',
    "SELECT ?p ?o { CHEBI:63791 ?p ?o } LIMIT 10",
    "ASK { CHEBI:63791 rdfs:label ?l }",
    "SELECT ?c ?o { ?c moa:hasSubject CHEBI:63791 ; moa:hasObject ?o } LIMIT 20",
    "SELECT ?o ?l { CHEBI:63791 moa:increasesDegradationOf ?o . ?o rdfs:label ?l }",
    "SELECT ?e { ?c moa:hasSubject CHEBI:63791 ; moa:hasEvidence ?e } LIMIT 20",
    "SELECT ?l { ?s a biolink:Drug ; rdfs:label ?l } LIMIT 10",
    "CONSTRUCT { CHEBI:63791 ?p ?o } { CHEBI:63791 ?p ?o } LIMIT 10",
)
PREFIXES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX moa: <https://w3id.org/moagraph/>
PREFIX biolink: <https://w3id.org/biolink/vocab/>
PREFIX CHEBI: <http://purl.obolibrary.org/obo/CHEBI_>
"""
LIMIT = 2.0
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


class Server(NamedTuple):
    """A running server: its process, port and the path that takes queries."""

    process: subprocess.Popen[bytes]
    port: int
    path: str


class Load(NamedTuple):
    """What a load brought: answers a second, and milliseconds."""

    rate: float
    median: float
    worst: float
    processor: float


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def ours(*options: str) -> Server:
    """Start our server."""
    port = free_port()
    command = [sys.executable, "-m", "moagraph_cli", "serve", "--port", str(port), *options]
    return started(command, port, "/sparql")


def peer(folder: str) -> Server:
    """Start the `oxigraph` server over the same graph."""
    program = shutil.which("oxigraph", path=os.path.dirname(sys.executable)) or "oxigraph"
    load = [program, "load", "-l", folder, "-f", str(ROOT / "ontology" / "moagraph.ttl")]
    subprocess.run(load, check=True, capture_output=True)
    port = free_port()
    command = [program, "serve-read-only", "-l", folder, "--bind", f"127.0.0.1:{port}"]
    return started(command, port, "/query")


def started(command: list[str], port: int, path: str) -> Server:
    """Start a process and wait until it listens."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            server = Server(process, port, path)
            if ask(server, "ASK {}")[0] == 200:
                return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{command[0]} did not start")


def message(server: Server, query: str) -> bytes:
    """Return a request."""
    target = f"{server.path}?query={quote(query)}"
    accept = "text/turtle, application/sparql-results+json"
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n".encode()


def whole(data: bytes) -> bool:
    """Tell whether a reply is complete."""
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return False
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    if length:
        return len(body) >= int(length.group(1))
    return data.endswith(b"0\r\n\r\n")


def load(server: Server, clients: int, seconds: float, *, fresh: bool) -> Load:
    """Ask small queries by so many connections; with `fresh` none of them twice."""
    texts = [PREFIXES + query for query in SMALL]
    ready = [message(server, text) for text in texts]
    asked = 0

    def following() -> bytes:
        nonlocal asked
        asked += 1
        if fresh:
            return message(server, f"{texts[asked % len(texts)]} #{time.monotonic_ns()}")
        return ready[asked % len(ready)]

    selector = selectors.DefaultSelector()
    for _ in range(clients):
        stream = socket.create_connection(("127.0.0.1", server.port))
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream.send(following())
        selector.register(stream, selectors.EVENT_READ, [b"", time.perf_counter()])
    before, times = processor(server.process.pid), []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _ in selector.select(1):
            assert isinstance(key.fileobj, socket.socket)
            state, stream = key.data, key.fileobj
            state[0] += stream.recv(1 << 18)
            if whole(state[0]):
                if not state[0].startswith(b"HTTP/1.1 200"):
                    raise SystemExit(f"not answered: {state[0][:500]!r}")
                now = time.perf_counter()
                times.append(now - state[1])
                stream.send(following())
                state[:] = [b"", now]
    used = processor(server.process.pid) - before
    for key in list(selector.get_map().values()):
        assert isinstance(key.fileobj, socket.socket)
        key.fileobj.close()
    times.sort()
    count = len(times)
    return Load(
        count / seconds,
        1000 * times[count // 2],
        1000 * times[int(count * 0.99)],
        1e6 * used / count,
    )


def processor(process: int) -> float:
    """Return the processor seconds of a process and all under it, those that ended included."""
    ticks = 0
    todo = [process]
    for each in todo:
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
            for task in Path(f"/proc/{each}/task").glob("*/children"):
                todo += map(int, task.read_text().split())
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(server: Server, query: str) -> tuple[int, float]:
    """POST a query; return the status and the seconds it took, all of the reply included."""
    start = time.perf_counter()
    head = (
        f"POST {server.path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(query)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as stream:
        stream.sendall((head + query).encode())
        data = b""
        while piece := stream.recv(1 << 18):
            data += piece
    return int(data[9:12]), time.perf_counter() - start


def throughput(clients: int, seconds: float) -> None:
    """Measure both servers in turn and print their answers a second."""
    with tempfile.TemporaryDirectory() as folder:
        servers = {"moagraph": ours(), "oxigraph": peer(folder)}
        try:
            for fresh in (False, True):
                print(
                    f"\n{clients} clients, queries that",
                    "never come twice:" if fresh else "come again:",
                )
                found: dict[str, list[Load]] = {name: [] for name in servers}
                for _ in range(3):
                    for name, server in servers.items():
                        found[name].append(load(server, clients, seconds, fresh=fresh))
                best = {name: max(loads) for name, loads in found.items()}
                for name, one in best.items():
                    print(
                        f"  {name:9} {one.rate:8.0f} answers/s, median {one.median:6.2f} ms, "
                        f"99 % {one.worst:6.2f} ms, {one.processor:5.0f} us of processor each"
                    )
                ratio = best["moagraph"].rate / best["oxigraph"].rate
                cost = best["oxigraph"].processor / best["moagraph"].processor
                print(f"  ratio     {ratio:8.2f} (bar 0.20); by processor time {cost:.2f}")
        finally:
            for server in servers.values():
                server.process.terminate()
                server.process.wait()


def runaways() -> None:
    """Ask each runaway alone, then eight at a time, beside a client with simple queries."""
    server = ours("--timeout", str(LIMIT), "--memory", "512")
    time.sleep(3)  # until all workers that it keeps ready are there
    try:
        print(f"\nrunaways, limit {LIMIT:g} s (bar {LIMIT + 1:g} s; others 100 ms)")
        beside(server, "nothing beside", [])
        for name, query in RUNAWAYS.items():
            beside(server, name, [query])
        eight = [RUNAWAYS["cross product"] + f" # {number}" for number in range(8)]
        beside(server, "eight at a time", eight)
    finally:
        server.process.terminate()
        server.process.wait()


def beside(server: Server, name: str, queries: list[str]) -> None:
    """Ask simple queries while others run, and print the worst times of both."""
    found: list[tuple[int, float]] = []
    threads = [
        threading.Thread(target=lambda query=query: found.append(ask(server, query)))
        for query in queries
    ]
    for thread in threads:
        thread.start()
    end = time.perf_counter() + LIMIT + 0.3
    times = []
    while time.perf_counter() < end:
        status, took = ask(server, PREFIXES + SMALL[0] + f" #{time.monotonic_ns()}")
        assert status in (200, 503)
        times.append(1000 * took)
        time.sleep(0.005)
    for thread in threads:
        thread.join()
    status, took = max(found, key=lambda each: each[1]) if found else (0, 0.0)
    times.sort()
    print(
        f"  {name:19} {status or '':3} after {took:5.2f} s; others: median "
        f"{times[len(times) // 2]:6.2f} ms, worst {times[-1]:6.2f} ms of {len(times)}"
    )


def main() -> None:
    """Measure and print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--clients", type=int, default=32)
    arguments = parser.parse_args()
    throughput(arguments.clients, arguments.seconds)
    runaways()


if __name__ == "__main__":
    main()
