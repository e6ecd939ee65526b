"""What goes wrong while something is written or read: signals, full disks, other writers."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from moagraph.dataset.verify import verify
from tests.hostile.bounded import is_refused, run

PROGRAM = [sys.executable, "-m", "moagraph_cli"]


def sif(path: Path, count: int, word: str) -> Path:
    """Write a chain of claims, as long as it takes to meet an import on its way."""
    rows = [f"{word} {n}\tactivates\t{word} {n + 1}\n" for n in range(count)]
    path.write_text("".join(rows), encoding="utf-8")
    return path


def first(dataset: Path, at: Path) -> str:
    """Return the word that the names of a dataset begin with."""
    done = run("-d", str(dataset), "search", "0", "-O", "tsv", at=at)
    assert done.returncode == 0, done.stderr
    words = {row.split("\t")[1].split()[0] for row in done.stdout.splitlines()[1:]}
    assert len(words) == 1, words
    return words.pop()


# -- signals ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_an_import_that_is_asked_to_end_leaves_nothing(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    file = sif(tmp_path / "g.sif", 60_000, "new")
    target = tmp_path / "d"
    with subprocess.Popen(
        [*PROGRAM, "import", str(file), "-o", str(target)],
        stderr=subprocess.PIPE,
        text=True,
        # Under nohup or in the background of a script the tests themselves ignore some signals.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs here
    ) as process:
        while not any(target.glob(".new-*")):
            time.sleep(0.005)
        process.send_signal(number)
        _, said = process.communicate(timeout=120)
    assert process.returncode == code, said
    assert "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["g.sif"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_file_that_is_being_written_is_old_or_new(tmp_path: Path, number: signal.Signals) -> None:
    """Ended at random moments, from the first to beyond the last."""
    target = tmp_path / "g.nt"
    command = [*PROGRAM, "export", "ntriples", "-o", str(target)]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    whole = time.monotonic() - started
    new = target.read_bytes()
    draw = random.Random(number)
    for _ in range(6):
        target.write_bytes(b"old\n")
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            time.sleep(whole * draw.uniform(0.1, 1.1))
            process.send_signal(number)
        assert target.read_bytes() in (b"old\n", new)
        left = [p for p in tmp_path.iterdir() if p != target]
        if number == signal.SIGTERM:
            assert left == []
        for path in left:  # nothing can tidy up after SIGKILL; what is left has no data's name
            assert path.name.startswith(".moagraph-")
            path.unlink()


def test_an_example_that_is_being_written_is_whole_or_absent(tmp_path: Path) -> None:
    draw = random.Random(3)
    command = [*PROGRAM, "init", str(tmp_path / "mine")]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    whole = time.monotonic() - started
    names = sorted(p.name for p in (tmp_path / "mine").iterdir())
    for _ in range(5):
        shutil.rmtree(tmp_path / "mine", ignore_errors=True)
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            time.sleep(whole * draw.uniform(0.3, 1.0))
            process.kill()
        if (tmp_path / "mine").exists():
            assert sorted(p.name for p in (tmp_path / "mine").iterdir()) == names


# -- a full disk --------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 440 kB, or lend a limit on files where nothing may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    size = ["-t", "tmpfs", "-o", "size=440k,mode=777", "tmpfs", str(place)]
    mounted = (
        shutil.which("mount")
        and not subprocess.run(["mount", *size], capture_output=True, check=False).returncode
    )
    try:
        yield place
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=False)


def is_a_small_disk(place: Path) -> bool:
    return os.statvfs(place).f_blocks * os.statvfs(place).f_frsize < 10_000_000


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "ntriples", "-o", "disk/g.nt"],
        ["export", "cx2", "-o", "disk/g.cx2"],
        ["view", "--all", "-o", "disk/page.html"],
        ["import", "g.sif", "-o", "disk/d"],
        ["query", "SELECT * { ?s ?p ?o }", "--limit", "0", "-o", "disk/all.csv"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_full_disk_is_told_and_left_as_it_was(
    tmp_path: Path, small_disk: Path, arguments: list[str]
) -> None:
    sif(tmp_path / "g.sif", 20_000, "new")
    (small_disk / "kept").write_text("kept\n", encoding="utf-8")
    if not is_a_small_disk(small_disk):
        # No right to mount: /dev/full stands for the disk.
        if arguments[0] != "query":
            return
        arguments = [*arguments[:-1], "/dev/full"]
    done = run(*arguments, at=tmp_path)
    is_refused(done, 4, "cannot be written")
    assert "No space left" in done.stderr or "disk is full" in done.stderr
    assert [p.name for p in small_disk.iterdir()] == ["kept"]
    assert (small_disk / "kept").read_text(encoding="utf-8") == "kept\n"


def test_an_import_onto_a_full_disk_leaves_the_old_dataset(
    tmp_path: Path, small_disk: Path
) -> None:
    sif(tmp_path / "old.sif", 20, "old")
    sif(tmp_path / "new.sif", 20_000, "new")
    assert run("import", "old.sif", "-o", "disk/d", at=tmp_path).returncode == 0
    if is_a_small_disk(small_disk):
        is_refused(run("import", "new.sif", "-o", "disk/d", at=tmp_path), 4, "written")
    assert first(small_disk / "d", tmp_path) == "old"
    assert verify(small_disk / "d") == []


# -- other writers ------------------------------------------------------------


def test_of_many_writers_one_whole_dataset_is_left(tmp_path: Path) -> None:
    """Some are told that another writes; the dataset is that of one of them, and whole."""
    words = ("one", "two", "three", "four")
    for word in words:
        sif(tmp_path / f"{word}.sif", 3000, word)
    target = tmp_path / "d"
    running = [
        subprocess.Popen(
            [*PROGRAM, "import", str(tmp_path / f"{word}.sif"), "-o", str(target)],
            stderr=subprocess.PIPE,
            text=True,
        )
        for word in words
    ]
    said = [process.communicate(timeout=240)[1] for process in running]
    codes = [process.returncode for process in running]
    assert 0 in codes
    for code, text in zip(codes, said, strict=True):
        assert code in (0, 4), text
        assert "Traceback" not in text
        if code == 4:
            assert "another import is writing this dataset" in text
    assert first(target, tmp_path) in words
    assert verify(target) == []
    assert len([p for p in target.iterdir() if p.is_dir()]) == 1


READER = """
import sys
from moagraph.dataset import open

kb = open(sys.argv[1])
print("opened", flush=True)
for line in sys.stdin:
    names = {e.label.split()[0] for e in kb.tables.entities}
    found = {kb.by_subject[e][0].object for e in list(kb.entities)[:50] if e in kb.by_subject}
    print(*sorted(names), len(found), flush=True)
"""


def test_a_dataset_that_is_replaced_and_removed_is_read_to_the_end(tmp_path: Path) -> None:
    """A process that has it open sees what was there when it opened it, and nothing else."""
    for word in ("old", "new"):
        sif(tmp_path / f"{word}.sif", 300, word)
    assert run("import", "old.sif", "-o", "d", at=tmp_path).returncode == 0
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(tmp_path / "d")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def asked() -> str:
            assert reader.stdin is not None
            assert reader.stdout is not None
            reader.stdin.write("?\n")
            reader.stdin.flush()
            return reader.stdout.readline()

        assert reader.stdout.readline() == "opened\n"
        assert run("import", "new.sif", "-o", "d", at=tmp_path).returncode == 0
        before = asked()
        assert before.startswith("old ")
        assert first(tmp_path / "d", tmp_path) == "new"
        shutil.rmtree(tmp_path / "d")
        assert asked() == before
        reader.stdin.close()
    assert reader.returncode == 0


def test_who_opens_while_it_is_replaced_reads_all_old_or_all_new(tmp_path: Path) -> None:
    for word in ("old", "new"):
        sif(tmp_path / f"{word}.sif", 300, word)
    assert run("import", "old.sif", "-o", "d", at=tmp_path).returncode == 0
    replacing = subprocess.Popen(
        [
            "sh",
            "-c",
            'for n in 1 2 3 4; do for w in new old; do "$0" -m moagraph_cli -q import $w.sif -o d '
            "|| exit 1; done; done",
            sys.executable,
        ],
        cwd=tmp_path,
    )
    seen = set()
    while replacing.poll() is None:
        seen.add(first(tmp_path / "d", tmp_path))
    assert replacing.returncode == 0
    assert seen <= {"old", "new"}


def test_tables_that_change_while_they_are_read_are_told_or_read(tmp_path: Path) -> None:
    """A file that somebody saves meanwhile is read as it was or as it is, or refused."""
    valid = Path(__file__).resolve().parents[1] / "invalid" / "valid"
    tables = Path(shutil.copytree(valid, tmp_path / "tables"))
    content = (tables / "evidence.tsv").read_bytes()
    running = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\n"
            "p = pathlib.Path(sys.argv[1])\n"
            "whole = p.read_bytes()\n"
            "while True:\n"
            "    p.write_bytes(whole[: len(whole) // 2])\n"
            "    p.write_bytes(whole)\n",
            str(tables / "evidence.tsv"),
        ]
    )
    try:
        for _ in range(6):
            done = run("-d", "tables", "stats", at=tmp_path)
            assert done.returncode in (0, 4), done.stderr
            if done.returncode == 4:
                is_refused(done, 4, "evidence.tsv")
    finally:
        running.kill()
        running.wait()
    (tables / "evidence.tsv").write_bytes(content)
    assert run("-d", "tables", "stats", at=tmp_path).returncode == 0
