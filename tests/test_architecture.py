"""Arrows point one way, heavy packages stay out of the start, files stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "moagraph"

# Each room may import from the rooms before it. Rooms on one line are neighbours and know
# nothing of each other.
ORDER: tuple[frozenset[str], ...] = (
    frozenset({"errors", "findings", "characters", "counting", "frozen"}),
    frozenset({"frame", "resources", "files", "pathindex"}),
    frozenset({"identifiers"}),
    frozenset({"vocabulary"}),
    frozenset({"relations"}),
    frozenset({"records"}),
    frozenset({"tables", "names"}),
    frozenset({"digest", "reading"}),
    frozenset({"shipped"}),
    frozenset({"check"}),
    frozenset({"knowledge"}),
    frozenset({"sheet", "dataset"}),
    frozenset({"lookup", "answers"}),
    frozenset({"mechanism"}),
    frozenset({"rdf", "view", "formats"}),
    frozenset({"sparql", "foreign", "exchange", "validation"}),
    frozenset({"remote"}),
    frozenset({"opening"}),
    frozenset({"graph"}),
    frozenset({"serve"}),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}


def room_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


# `python -m moagraph` is the command line, so that file alone looks up to it.
OUTSIDE = {"__init__", "__main__"}
SOURCES = sorted(p for p in SOURCE.rglob("*.py") if room_of(p) not in OUTSIDE)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_downward(path: Path) -> None:
    room = room_of(path)
    assert room in RANK, f"{room} has no place in the order of rooms"
    for module in imports_of(path):
        if module.startswith("moagraph_cli"):
            pytest.fail(f"{path} imports the command line")
        if not module.startswith("moagraph."):
            continue
        other = module.split(".")[1]
        if other == room:
            continue
        assert RANK[other] < RANK[room], f"{room} must not import {other}"


@pytest.mark.parametrize(
    "path",
    [*SOURCES, *sorted((ROOT / "cli").rglob("*.py"))],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body
            doc = body[0] if isinstance(body[0], ast.Expr) else None
            start = (doc.end_lineno or 0) if doc else node.lineno
            length = (node.end_lineno or 0) - start
            assert length <= 50, f"{node.name} has {length} lines"


def test_the_types_of_all_code_are_checked_strictly() -> None:
    """Plain `mypy` names its own files: what the list leaves out is never looked at."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert {"src", "cli", "tests", "benchmarks"} <= set(settings["files"])


def test_ontology_holds_no_python() -> None:
    assert not list((ROOT / "ontology").rglob("*.py"))


@pytest.mark.parametrize(
    "arguments", [["--help"], ["explain", "--help"], ["explain", "lenalidomide", "IKZF1"]]
)
def test_heavy_packages_stay_out_of_the_start(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from moagraph_cli.main import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit:\n"
        "    pass\n"
        "heavy = {'rdflib', 'networkx', 'pyvis', 'numpy', 'pyoxigraph', 'pyshacl', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stderr.strip().splitlines()[-1] == "[]"
