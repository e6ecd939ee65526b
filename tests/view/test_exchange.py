"""What a picture shows as GraphML and CX2, read back by tools that know them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from click.testing import CliRunner

from moagraph.graph import Graph
from moagraph_cli.main import cli
from tests.view.pages import EVIL, LEN, hostile_graph

NS = "{http://graphml.graphdrawing.org/xmlns}"


def test_graphml_is_read_by_networkx(graph: Graph, tmp_path: Path) -> None:
    view = graph.view("lenalidomide", "multiple myeloma")
    read: Any = nx.read_graphml(view.write(tmp_path / "x.graphml"), force_multigraph=True)
    assert set(read.nodes) == set(view.picture.entities)
    assert {key for _, _, key in read.edges(keys=True)} == {a.id for a in view.picture.claims}
    assert read.nodes[LEN]["label"] == "lenalidomide"
    assert read.nodes[LEN]["y"] == 0
    for _, _, key, values in read.edges(keys=True, data=True):
        claim = graph.kb.assertions[key]
        assert values["relation"] == claim.relation
        assert values["status"] == graph.kb.status(claim)
        assert values["sign"] in ("1", "-1")


def test_cx2_has_the_parts_and_counts_that_the_format_asks_for(graph: Graph) -> None:
    view = graph.view("lenalidomide", "multiple myeloma")
    value = json.loads(view.to_cx2())
    assert value[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert value[-1] == {"status": [{"success": True}]}
    parts = {key: rows for part in value[1:-1] for key, rows in part.items()}
    for row in parts.pop("metaData"):
        assert row["elementCount"] == len(parts[row["name"]])
    declared = parts["attributeDeclarations"][0]
    for name, rows in (("nodes", parts["nodes"]), ("edges", parts["edges"])):
        assert len({row["id"] for row in rows}) == len(rows)
        assert all(set(row["v"]) <= set(declared[name]) for row in rows)
    numbers = {row["id"] for row in parts["nodes"]}
    assert all({row["s"], row["t"]} <= numbers for row in parts["edges"])
    assert {row["v"]["id"] for row in parts["nodes"]} == set(view.picture.entities)


def test_hostile_names_survive_as_text() -> None:
    view = hostile_graph().view()
    root = ElementTree.fromstring(view.to_graphml())
    labels = {d.text for d in root.iter(f"{NS}data") if d.get("key") == "n_label"}
    assert EVIL in labels
    assert json.loads(view.to_cx2())


@pytest.mark.parametrize("name", ["x.html", "x.graphml", "x.cx2"])
def test_the_command_writes_by_ending(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    run = CliRunner().invoke(cli, ["view", "lenalidomide", "IKZF1", "-o", str(target)])
    assert run.exit_code == 0, run.output
    assert "lenalidomide" in target.read_text(encoding="utf-8")


def test_explain_writes_the_page_too(tmp_path: Path) -> None:
    for arguments in (["-O", "html"], ["-o", str(tmp_path / "x.html")]):
        run = CliRunner().invoke(cli, ["explain", "lenalidomide", "IKZF1", *arguments])
        assert run.exit_code == 0, run.output
    shown = CliRunner().invoke(cli, ["explain", "lenalidomide", "GSPT1", "-O", "html"])
    assert shown.exit_code == 1
    assert shown.stdout.startswith("<!DOCTYPE html>")
    assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["lenalidomid", "-o", "x.html"], 3, "lenalidomide"),
        (["lenalidomide", "-o", "x.pdf"], 2, ".html"),
        (["a", "b", "c", "-o", "x.html"], 2, "at most two"),
        (["--all", "lenalidomide", "-o", "x.html"], 2, "takes no names"),
        (["--compare", "lenalidomide", "-o", "x.html"], 2, "two or more"),
        (["lenalidomide"], 2, "--output"),
        (["lenalidomide", "-o", "/proc/x/y.html"], 4, "cannot be written"),
    ],
)
def test_bad_questions_have_one_message_and_their_code(
    arguments: list[str], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(cli, ["view", *arguments])
    assert run.exit_code == code, run.output
    assert words in run.output
    assert "Traceback" not in run.output
    assert not list(tmp_path.iterdir())
