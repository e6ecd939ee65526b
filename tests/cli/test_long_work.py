"""Long work tells a terminal that it goes on; Ctrl-C ends it with 130 and leaves nothing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.pseudo_terminal import Terminal

# The sign of life comes at once, so that fast machines draw it too.
PROGRAM = [
    sys.executable,
    "-c",
    "from moagraph_cli import busy, progress; busy._FIRST = progress._FIRST = 0.01; "
    "from moagraph_cli.main import run; run()",
]
ATTEMPTS = 5


def lay_graph(folder: Path) -> None:
    """Write a graph of made-up edges that takes a while to import."""
    draw = random.Random(1)
    names = [f"HGNC:{n}" for n in range(1, 2001)]
    with (folder / "g_nodes.tsv").open("w", encoding="utf-8") as nodes:
        nodes.write("id\tname\tcategory\n")
        nodes.writelines(f"{name}\tgene {name[5:]}\tbiolink:Gene\n" for name in names)
    with (folder / "g_edges.tsv").open("w", encoding="utf-8") as edges:
        edges.write("subject\tpredicate\tobject\n")
        for _ in range(20_000):
            edges.write(f"{draw.choice(names)}\tbiolink:activates\t{draw.choice(names)}\n")


def lay_pairs(folder: Path) -> None:
    (folder / "pairs.tsv").write_text("lenalidomide\tmultiple myeloma\n" * 300, encoding="utf-8")


# The command, and what it draws while it works.
WORK = {
    "import": (["import", "g_nodes.tsv", "g_edges.tsv", "-o", "g.moa"], "[", lay_graph),
    "export": (["export", "trig", "-o", "graph.trig"], "working ...", None),
    "view": (["view", "--all", "-o", "all.html"], "working ...", None),
    "search of paths": (
        ["paths", "lenalidomide", "MM", "--max-length", "14", "--max-paths", "0", "-o", "p.tsv"],
        "working ...",
        None,
    ),
    "batch": (["batch", "pairs.tsv", "-o", "answers.tsv"], "of 300 lines", lay_pairs),
}


def interrupt(command: list[str], drawn: str, folder: Path) -> None:
    before = {path.name for path in folder.iterdir()}
    for _ in range(ATTEMPTS):
        with Terminal([*PROGRAM, *command], folder) as terminal:
            terminal.wait_for(drawn)
            terminal.type("\x03")
            if terminal.end() == 130:
                assert "interrupted" in terminal.text
                assert "Traceback" not in terminal.text
                break
        for path in folder.iterdir():  # it was done before the key came
            if path.name not in before and path.is_file():
                path.unlink()
    else:
        pytest.fail(f"{command} was never interrupted")
    assert {path.name for path in folder.iterdir()} == before


@pytest.mark.parametrize("work", WORK)
def test_long_work_tells_that_it_goes_on_and_can_be_interrupted(work: str, tmp_path: Path) -> None:
    command, drawn, lay = WORK[work]
    if lay is not None:
        lay(tmp_path)
    interrupt(command, drawn, tmp_path)


def test_the_audit_of_many_records_can_be_interrupted(tmp_path: Path) -> None:
    records = os.environ.get("MOAGRAPH_DRUGMECHDB", "")
    if not Path(records).is_dir() or not records:
        missing("a folder of DrugMechDB records (MOAGRAPH_DRUGMECHDB)")
    interrupt(["-d", records, "audit", "-o", "report.html"], "working ...", tmp_path)


def test_the_sign_of_life_is_gone_before_the_answer(tmp_path: Path) -> None:
    with Terminal([*PROGRAM, "effects", "lenalidomide"], tmp_path) as terminal:
        assert terminal.end() == 0
        drawn = terminal.seen.rpartition(b"working ...")[2]
        assert b"\r\x1b[K" in drawn.partition(b"Effects of")[0]


@pytest.mark.parametrize("arguments", [["effects", "lenalidomide"], ["-q", "stats"]])
def test_no_file_and_no_pipe_gets_a_sign_of_life(arguments: list[str]) -> None:
    done = subprocess.run(
        [*PROGRAM, *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\r" not in done.stdout
