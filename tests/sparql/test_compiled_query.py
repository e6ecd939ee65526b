"""A question to a compiled dataset makes its triples once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from moagraph import dataset
from moagraph.dataset.imported import Imported
from moagraph.records import Assertion, Entity
from moagraph.sparql import stores
from moagraph_cli.main import cli


def test_a_second_query_opens_what_the_first_has_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened before the worker is forked, the store would be built anew in the worker."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(stores, "_users", [])
    claim = Assertion("c", "EX:1", "inhibits", "EX:2")
    dataset.write(
        Imported([Entity("EX:1", "one"), Entity("EX:2", "two")], [claim]), tmp_path / "data"
    )
    command = ["-d", str(tmp_path / "data"), "query", "SELECT (count(*) AS ?n) { ?s a ?o }"]
    first = CliRunner().invoke(cli, command)
    monkeypatch.setattr(stores, "_users", [])
    monkeypatch.setattr(stores, "fill_compiled", lambda *_: pytest.fail("was built anew"))
    monkeypatch.setattr(
        "moagraph.sparql.engine.fill_claims", lambda *_: pytest.fail("was built anew")
    )
    second = CliRunner().invoke(cli, command)
    assert (first.exit_code, second.exit_code) == (0, 0), second.output
    assert first.output == second.output
