"""A server as a process of its own, and a client that sees every byte of it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

START = 60.0
"""Seconds that a server may take to start: machines that run tests are slow at times."""


class Reply(NamedTuple):
    """A reply, read whole."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)

    @property
    def media(self) -> str:
        """Return the media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


class Server:
    """A running server on a free port of the loopback address."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.log = folder / "log"
        command = [sys.executable, "-m", "moagraph_cli", "serve", "--port", "0", *options]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log
            )
        self.port = self._port()

    def _port(self) -> int:
        end = time.monotonic() + START
        while time.monotonic() < end:
            said = self.log.read_text(encoding="utf-8")
            if "http://127.0.0.1:" in said:
                return int(said.partition("http://127.0.0.1:")[2].partition("/")[0])
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.process.kill()
        self.process.wait()
        raise AssertionError(f"the server did not start: {self.log.read_text()}")

    def request(
        self,
        method: str,
        target: str,
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 60.0,
    ) -> Reply:
        """Send a request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, target, data, headers or {})
            reply = connection.getresponse()
            found = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, found, reply.read())
        finally:
            connection.close()

    def get(self, query: str, accept: str | None = None, **more: str) -> Reply:
        """Ask a query by GET."""
        headers = {} if accept is None else {"Accept": accept}
        target = "/sparql?" + urlencode({"query": query, **more}, quote_via=quote)
        return self.request("GET", target, None, headers)

    def post(self, query: str | bytes, accept: str | None = None) -> Reply:
        """Ask a query by POST, directly."""
        headers = {"Content-Type": "application/sparql-query"}
        if accept is not None:
            headers["Accept"] = accept
        return self.request("POST", "/sparql", query, headers)

    def form(self, accept: str | None = None, **fields: str) -> Reply:
        """Ask a query by POST of a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if accept is not None:
            headers["Accept"] = accept
        return self.request("POST", "/sparql", urlencode(fields), headers)

    def raw(self, data: bytes, timeout: float = 60.0) -> bytes:
        """Send bytes and return all that comes until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as stream:
            stream.sendall(data)
            return everything(stream)

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines of the log that are JSON."""
        text = self.log.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    def logged(self, mark: str) -> list[dict[str, Any]]:
        """Return the lines of the log that hold a mark, waiting for the first."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            found = [line for line in self.lines() if mark in json.dumps(line)]
            if found:
                return found
            time.sleep(0.05)
        return []

    def children(self) -> list[int]:
        """Return the processes under the server, by Linux's account of them."""
        found = [self.process.pid]
        for process in found:
            for task in Path(f"/proc/{process}/task").glob("*/children"):
                found += [int(child) for child in task.read_text().split()]
        return found[1:]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=30)


def everything(stream: socket.socket) -> bytes:
    """Return all that a socket brings until its end."""
    found = b""
    try:
        while data := stream.recv(65536):
            found += data
    except ConnectionError:
        pass
    return found


def alive(process: int) -> bool:
    """Tell whether a process runs still."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
