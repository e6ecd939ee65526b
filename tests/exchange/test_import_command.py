"""`moagraph import` writes a whole dataset or none, whatever happens to it."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import moagraph
from moagraph.dataset import is_dataset
from moagraph.dataset.verify import verify

COMMAND = [sys.executable, "-m", "moagraph_cli"]


def run(*arguments: str) -> tuple[int, str, str]:
    from moagraph_cli.main import cli

    result = CliRunner().invoke(cli, list(arguments), prog_name="moagraph")
    return result.exit_code, result.stdout, result.stderr


def kgx(folder: Path, count: int, seed: int = 1) -> Path:
    """Write a KGX graph with a number of edges, and return its folder."""
    folder.mkdir()
    draw = random.Random(seed)
    with (folder / "g_nodes.tsv").open("w", encoding="utf-8") as nodes:
        nodes.write("id\tcategory\tname\n")
        nodes.writelines(f"NCBIGene:{n}\tbiolink:Gene\tgene {n}\n" for n in range(500))
    with (folder / "g_edges.tsv").open("w", encoding="utf-8") as edges:
        edges.write("id\tsubject\tpredicate\tobject\tpublications\n")
        for n in range(count):
            a, b = draw.randrange(500), draw.randrange(500)
            row = f"s{seed}-e{n}\tNCBIGene:{a}\tbiolink:regulates\tNCBIGene:{b}\tPMID:{n + 1}\n"
            edges.write(row)
    return folder


def first_claim(dataset: Path) -> str:
    return next(iter(moagraph.load(dataset).kb.assertions))


def test_a_dataset_answers_and_keeps_its_report(tmp_path: Path) -> None:
    file = tmp_path / "small.sif"
    file.write_text("DrugX\tinhibits\tKinase\nKinase\tactivates\tGrowth\nhalf\tword\n")
    code, out, err = run("import", str(file), "-o", str(tmp_path / "d"), "--report", "-")
    assert code == 0
    assert out.splitlines()[0] == "action\treason\tfile\tline\trecord"
    assert out.splitlines()[1].startswith("dropped\t'half' 'word'")
    assert "2 claims (2 can be steps of a path)" in err
    assert f"dropped: {file}:3: 'half' 'word'" in err
    (kept,) = (tmp_path / "d").rglob("report.json")
    assert json.loads(kept.read_text())["remarks"][0]["line"] == 3
    code, out, _ = run("-d", str(tmp_path / "d"), "explain", "DrugX", "Growth", "-O", "json")
    assert code == 0
    assert json.loads(out)["verdict"] == "decreases"


def test_the_report_is_written_by_its_extension(tmp_path: Path) -> None:
    file = tmp_path / "small.sif"
    file.write_text("half word\n")
    for name in ("r.json", "r.tsv"):
        report = tmp_path / name
        code, out, _ = run("import", str(file), "-o", str(tmp_path / "d"), "--report", str(report))
        assert (code, out) == (0, "")
        assert "half" in report.read_text()
    assert json.loads((tmp_path / "r.json").read_text())["remarks"][0]["action"] == "dropped"


def test_nothing_lost_is_said_too(tmp_path: Path) -> None:
    file = tmp_path / "small.sif"
    file.write_text("A activates B\n")
    _, _, err = run("import", str(file), "-o", str(tmp_path / "d"))
    assert "nothing was dropped, merged, mended or unknown" in err
    code, out, err = run("-q", "import", str(file), "-o", str(tmp_path / "d"))
    assert (code, out, err) == (0, "", "")


def test_our_own_tables_answer_the_same(tmp_path: Path, root: Path) -> None:
    code, _, err = run("import", str(root / "ontology" / "data"), "-o", str(tmp_path / "d"))
    assert code == 0, err
    question = ("explain", "lenalidomide", "IKZF1", "-O", "json")
    one = json.loads(run(*question)[1])
    other = json.loads(run("-d", str(tmp_path / "d"), *question)[1])
    one.pop("data_version")
    other.pop("data_version")
    assert one == other


def test_rdf_of_ours_answers_the_same(tmp_path: Path, root: Path) -> None:
    code, _, err = run("import", str(root / "ontology" / "moagraph.ttl"), "-o", str(tmp_path / "d"))
    assert code == 0, err
    one = moagraph.load().explain("lenalidomide", "IKZF1").to_dict()
    other = moagraph.load(tmp_path / "d").explain("lenalidomide", "IKZF1").to_dict()
    assert one["verdict"] == other["verdict"]
    assert [p["sign"] for p in one["paths"]] == [p["sign"] for p in other["paths"]]


def test_usage(tmp_path: Path) -> None:
    assert run("import")[0] == 2
    file = tmp_path / "a.sif"
    file.write_text("A activates B\n")
    assert run("import", str(file))[0] == 2
    other = tmp_path / "b.graphml"
    other.write_text("<graphml/>")
    code, _, err = run("import", str(file), str(other), "-o", str(tmp_path / "d"))
    assert code == 4
    assert "one format at a time" in err
    code, _, err = run("import", str(file), str(file), "-o", str(tmp_path / "d"))
    assert code == 4
    assert "one sif file at a time" in err


def test_what_is_no_dataset_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.sif"
    file.write_text("A activates B\n")
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "thesis.txt").write_text("years of work")
    code, _, err = run("import", str(file), "-o", str(papers))
    assert code == 4
    assert "other things in it" in err
    assert (papers / "thesis.txt").read_text() == "years of work"
    code, _, err = run("import", str(file), "-o", str(papers / "thesis.txt"))
    assert code == 4
    assert (papers / "thesis.txt").read_text() == "years of work"


def test_a_target_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "a.sif"
    file.write_text("A activates B\n")
    code, _, err = run("import", str(file), "-o", "/proc/nothing/here")
    assert code == 4
    assert "cannot be written" in err
    assert err.count("\n") == 1


def test_a_graph_of_another_tool_as_data_is_told_of_import(tmp_path: Path) -> None:
    file = tmp_path / "a.sif"
    file.write_text("A activates B\n")
    for path in (file, kgx(tmp_path / "kgx", 3)):
        code, _, err = run("-d", str(path), "info", "A")
        assert code == 4
        assert "`moagraph import` compiles it" in err


def test_a_dataset_is_not_imported(tmp_path: Path) -> None:
    file = tmp_path / "a.sif"
    file.write_text("A activates B\n")
    run("import", str(file), "-o", str(tmp_path / "d"))
    code, _, err = run("import", str(tmp_path / "d"), "-o", str(tmp_path / "e"))
    assert code == 4
    assert "is a dataset already" in err


@pytest.mark.parametrize("limit", [100_000, 300_000, 2_000_000])
def test_a_full_disk_leaves_the_old_dataset(tmp_path: Path, limit: int) -> None:
    target = tmp_path / "d"
    run("import", str(kgx(tmp_path / "old", 50)), "-o", str(target))
    before = sorted(p.name for p in target.iterdir())
    new = kgx(tmp_path / "new", 20_000, seed=2)
    # The first limits are met by what waits on disk, the last by the dataset itself.

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ended = subprocess.run(
        [*COMMAND, "import", str(new), "-o", str(target)],
        preexec_fn=small,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 4, ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "written" in ended.stderr
    assert sorted(p.name for p in target.iterdir()) == before
    assert first_claim(target) == "s1-e0"
    assert verify(target) == []


def test_an_import_killed_at_any_moment_leaves_the_old_dataset(tmp_path: Path) -> None:
    target = tmp_path / "d"
    run("import", str(kgx(tmp_path / "old", 50)), "-o", str(target))
    new = kgx(tmp_path / "new", 20_000, seed=2)
    command = [*COMMAND, "import", str(new), "-o", str(target)]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    whole = time.monotonic() - started
    assert first_claim(target) == "s2-e0"
    run("import", str(tmp_path / "old"), "-o", str(target))
    draw = random.Random(7)
    killed = 0
    for _ in range(8):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            time.sleep(whole * draw.uniform(0.2, 1.0))
            process.kill()
        killed += process.returncode == -signal.SIGKILL
        assert is_dataset(target)
        assert verify(target) == []
        assert first_claim(target) in ("s1-e0", "s2-e0")
    assert killed
    code, _, err = run("import", str(tmp_path / "old"), "-o", str(target))
    assert code == 0, err
    assert len([p for p in target.iterdir() if p.is_dir()]) == 1


def test_an_interrupted_import_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    new = kgx(tmp_path / "new", 30_000)
    target = tmp_path / "d"
    with subprocess.Popen(
        [*COMMAND, "import", str(new), "-o", str(target)], stderr=subprocess.PIPE, text=True
    ) as process:
        while not target.exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.strip().splitlines()[-1] == "interrupted"
    assert not target.exists()


def test_of_two_writers_one_is_told(tmp_path: Path) -> None:
    new = kgx(tmp_path / "new", 30_000)
    target = tmp_path / "d"
    command = [*COMMAND, "import", str(new), "-o", str(target)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as first:
        while not target.exists() or not any(target.glob(".new-*")):
            time.sleep(0.01)
        code, _, err = run("import", str(new), "-o", str(target))
        assert code == 4
        assert "another import is writing this dataset" in err
        first.communicate(timeout=120)
    assert first.returncode == 0
    assert verify(target) == []


def test_a_bar_is_drawn_on_a_terminal_only(tmp_path: Path) -> None:
    command = [*COMMAND, "import", str(kgx(tmp_path / "new", 30_000)), "-o", str(tmp_path / "d")]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL) as process:
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError):
            while block := os.read(ours, 4096):
                seen += block
    os.close(ours)
    assert process.returncode == 0
    assert b"[#" in seen
    # Which stages are seen depends on how fast the machine is.
    assert any(stage in seen for stage in (b"entities", b"assertions", b"sources", b"evidence"))
    command[-3] = str(kgx(tmp_path / "small", 100))
    piped = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert b"\r" not in piped.stderr
    assert b"[#" not in piped.stderr
