"""How the server starts, ends, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.serve.client import Reply, Server, alive

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def gone(processes: list[int]) -> bool:
    """Wait until all processes have ended."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if not any(alive(process) for process in processes):
            return True
        time.sleep(0.05)
    return False


def serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a server that is not to start."""
    command = [sys.executable, "-m", "moagraph_cli", "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_all_processes(tmp_path: Path, number: int, code: int) -> None:
    server = Server(tmp_path)
    assert server.get("ASK {}").status == 200
    processes = server.children()
    assert len(processes) > 1
    assert server.stop(number) == code
    assert gone(processes)
    assert "Traceback" not in server.log.read_text()


def test_a_stop_answers_what_runs(tmp_path: Path) -> None:
    server = Server(tmp_path, "--timeout", "60")
    found: list[Reply] = []
    thread = threading.Thread(target=lambda: found.append(server.post(RUNAWAY)))
    thread.start()
    time.sleep(1)
    processes = server.children()
    assert server.stop() == 0
    thread.join(30)
    assert found[0].status == 503
    assert gone(processes)


def test_an_idle_client_does_not_hold_up_the_end(tmp_path: Path) -> None:
    server = Server(tmp_path)
    with socket.create_connection(("127.0.0.1", server.port)) as stream:
        stream.sendall(b"GET /sparql HTTP/1.1\r\n")
        assert server.stop() == 0


def test_workers_do_not_outlive_a_server_that_is_killed(tmp_path: Path) -> None:
    server = Server(tmp_path, "--timeout", "60")
    thread = threading.Thread(target=_ask_in_vain, args=(server,))
    thread.start()
    time.sleep(1)
    processes = server.children()
    server.stop(signal.SIGKILL)
    assert gone(processes)
    thread.join(30)


def _ask_in_vain(server: Server) -> None:
    with contextlib.suppress(OSError):
        server.post(RUNAWAY)


def test_without_the_nursery_the_server_ends_and_says_so(tmp_path: Path) -> None:
    server = Server(tmp_path, "--timeout", "60")
    thread = threading.Thread(target=_ask_in_vain, args=(server,))
    thread.start()
    time.sleep(1)
    processes = server.children()
    os.kill(processes[0], signal.SIGKILL)
    assert server.process.wait(timeout=30) == 4
    thread.join(30)
    assert gone(processes)
    assert "the process that forks workers is gone" in server.log.read_text()


def test_a_port_in_use(tmp_path: Path) -> None:
    server = Server(tmp_path)
    try:
        run = serve("--port", str(server.port))
    finally:
        server.stop()
    assert run.returncode == 4
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "the port is in use" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--port", "65536"), 2),
        (("--timeout", "0"), 2),
        (("--workers", "0"), 2),
        (("--memory", "x"), 2),
        (("--port", "0", "--host", "203.0.113.1"), 4),
        (("--port", "0", "--host", "no such host"), 4),
        (("--port", "0", "-d", "no-such-folder"), 4),
    ],
)
def test_what_cannot_be_served(arguments: tuple[str, ...], code: int) -> None:
    run = serve(*arguments)
    assert run.returncode == code
    assert run.stdout == ""
    assert "Traceback" not in run.stderr


def test_a_remote_endpoint_is_not_served_again(server: Server) -> None:
    run = serve("--port", "0", "-d", f"http://127.0.0.1:{server.port}/sparql")
    assert run.returncode == 2
    assert "is an endpoint already" in run.stderr


def test_other_data(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    for table in (root / "ontology" / "data").glob("*.tsv"):
        text = table.read_text(encoding="utf-8")
        if table.name == "entities.tsv":
            text = text.replace("\tlenalidomide\t", "\tlenalidomide of ours\t", 1)
        (folder / table.name).write_text(text, encoding="utf-8")
    server = Server(tmp_path, "-d", str(folder))
    try:
        query = "ASK { ?s rdfs:label 'lenalidomide of ours' }"
        assert server.get(query).json["boolean"] is True
        assert server.request("GET", "/api/info?name=lenalidomide+of+ours").status == 200
    finally:
        assert server.stop() == 0


def test_a_compiled_dataset(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setenv("MOAGRAPH_CACHE", str(tmp_path / "cache"))
    target = tmp_path / "ours.moa"
    command = [sys.executable, "-m", "moagraph_cli", "import", str(root / "ontology" / "data")]
    subprocess.run([*command, "-o", str(target)], check=True, capture_output=True, timeout=120)
    compiled = Server(tmp_path, "-d", str(target), "--timeout", "15")
    try:
        query = "SELECT ?l { ?s a biolink:Drug ; rdfs:label ?l } ORDER BY ?l"
        assert compiled.get(query).json == server.get(query).json
        assert compiled.post(RUNAWAY).status == 504
        assert compiled.get(query + " #again").json == server.get(query).json
        asked = "/api/explain?a=lenalidomide&b=IKZF1"
        verdict = compiled.request("GET", asked).json["verdict"]
        assert verdict == server.request("GET", asked).json["verdict"]
    finally:
        assert compiled.stop() == 0


def test_a_log_that_nobody_reads_stops_nobody(tmp_path: Path) -> None:
    server = Server(tmp_path)
    port = server.port
    server.stop()
    command = [sys.executable, "-m", "moagraph_cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert b"http://" in process.stderr.readline()
        for number in range(1500):
            assert server.request("GET", f"/{number}{'x' * 200}").status == 404
        process.terminate()
        assert process.wait(timeout=30) == 0
