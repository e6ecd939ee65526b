"""Places that are no file, cannot be read or written, or are two things at once."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.hostile.bounded import is_refused, run

VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"
PROGRAM = [sys.executable, "-m", "moagraph_cli"]

# How each command is given a file or folder to read.
READERS: dict[str, list[str]] = {
    "stats": ["-d", "PLACE", "stats"],
    "validate": ["-d", "PLACE", "validate"],
    "explain": ["-d", "PLACE", "explain", "A", "B"],
    "export": ["-d", "PLACE", "export", "turtle"],
    "view": ["-d", "PLACE", "view", "-o", "page.html"],
    "audit": ["-d", "PLACE", "audit"],
    "import": ["import", "PLACE", "-o", "out"],
    "batch": ["batch", "PLACE"],
    "query": ["query", "--file", "PLACE"],
}


def as_missing(_: Path) -> None:
    pass


def as_fifo(path: Path) -> None:
    os.mkfifo(path)


def as_zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def as_loop(path: Path) -> None:
    path.symlink_to(path.name)


def as_dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def as_socket(path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        listener.bind(path.name)
    finally:
        os.chdir(before)
        listener.close()


def as_empty_folder(path: Path) -> None:
    path.mkdir()


THINGS = (as_missing, as_fifo, as_zero, as_loop, as_dangling, as_socket, as_empty_folder)


@pytest.mark.parametrize("make", THINGS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("command", READERS)
def test_what_is_no_file_is_told(tmp_path: Path, command: str, make: object) -> None:
    place = tmp_path / "place"
    make(place)  # type: ignore[operator]
    before = sorted(p.name for p in tmp_path.iterdir())
    done = run(*(a.replace("PLACE", "place") for a in READERS[command]), at=tmp_path)
    is_refused(done, 4, "place")
    after = {p.name for p in tmp_path.iterdir()} - {"guard", "cache"}
    assert sorted(after) == before


@pytest.mark.parametrize("command", ["stats", "import", "batch", "query", "validate"])
@pytest.mark.parametrize("name", ["x" * 300, "x/" * 3000, "\x1b[31m", "a\nmoagraph: all is well"])
def test_a_name_of_a_place_that_cannot_be(tmp_path: Path, command: str, name: str) -> None:
    done = run(*(a.replace("PLACE", name) for a in READERS[command]), at=tmp_path)
    is_refused(done, 4)
    assert done.stderr.count("\n") == 1
    assert "answer" not in done.stderr


def test_an_empty_name_of_data_is_not_this_folder(tmp_path: Path) -> None:
    for table in VALID.iterdir():
        shutil.copy(table, tmp_path)
    is_refused(run("-d", "", "stats", at=tmp_path), 4, "empty")


def test_a_file_of_another_kind_is_not_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("years of work\n", encoding="utf-8")
    done = run("-d", "notes.txt", "stats", at=tmp_path)
    is_refused(done, 4, "notes.txt: is no folder of tables")
    assert "no such" not in done.stderr


def as_nobody(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """Run as a user who owns nothing here, if we are root; otherwise as ourselves."""
    before = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if os.getuid() != 0:
        before = []
    elif shutil.which("setpriv") is None:
        missing("setpriv")
    environment = {**os.environ, "MOAGRAPH_CACHE": "", "HOME": "/nonexistent"}
    return subprocess.run(
        [*before, *PROGRAM, *arguments],
        cwd=at,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def open_place(tmp_path: Path) -> Path:
    """Return a folder that every user can enter, whatever lies above it."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & 0o005 != 0o005 and os.getuid() == folder.stat().st_uid:
            if not str(folder).startswith(("/tmp/", os.environ.get("TMPDIR", "/tmp") + "/")):
                break
            folder.chmod(folder.stat().st_mode | 0o055)
    if os.getuid() == 0 and not _others_run_python(tmp_path):
        missing("a Python that other users can run")
    return tmp_path


def _others_run_python(at: Path) -> bool:
    return as_nobody("--version", at=at).returncode == 0


@pytest.mark.parametrize("command", [c for c in READERS if c != "query"] + ["query"])
def test_what_may_not_be_read_is_told(open_place: Path, command: str) -> None:
    for name, content in (("a.ttl", ""), ("a.yaml", ""), ("a.sif", ""), ("a.rq", "")):
        path = open_place / name
        path.write_text(content, encoding="utf-8")
        path.chmod(0)
    open_place.chmod(0o777)
    name = {"import": "a.sif", "batch": "a.rq", "query": "a.rq"}.get(command, "a.ttl")
    done = as_nobody(*(a.replace("PLACE", name) for a in READERS[command]), at=open_place)
    is_refused(done, 4, name, "Permission denied")


@pytest.mark.parametrize("command", ["stats", "validate", "import", "audit", "export"])
@pytest.mark.parametrize("mode", [0o000, 0o400, 0o100])
def test_a_folder_that_may_not_be_entered_is_told(
    open_place: Path, command: str, mode: int
) -> None:
    folder = Path(shutil.copytree(VALID, open_place / "mine"))
    folder.chmod(mode)
    done = as_nobody(*(a.replace("PLACE", "mine") for a in READERS[command]), at=open_place)
    folder.chmod(0o700)
    is_refused(done, 4, "mine")


# -- output -------------------------------------------------------------------

WRITERS: dict[str, list[str]] = {
    "explain": ["explain", "lenalidomide", "IKZF1", "-o", "PLACE"],
    "view": ["view", "lenalidomide", "IKZF1", "-o", "PLACE"],
    "export": ["export", "sif", "--about", "IKZF1", "-o", "PLACE"],
    "query": ["query", "SELECT * { ?s ?p ?o } LIMIT 1", "-o", "PLACE"],
    "batch": ["batch", "-", "-o", "PLACE"],
    "validate": ["validate", "-o", "PLACE"],
}
ENDINGS = {"explain": ".md", "view": ".html", "export": ".sif", "query": ".csv"}


def writes(command: str, place: str, at: Path) -> subprocess.CompletedProcess[str]:
    return run(
        *(a.replace("PLACE", place) for a in WRITERS[command]),
        at=at,
        given=b"lenalidomide\tIKZF1\n",
    )


@pytest.mark.parametrize("command", WRITERS)
def test_a_folder_is_no_output_file(tmp_path: Path, command: str) -> None:
    place = "out" + ENDINGS.get(command, ".tsv")
    (tmp_path / place).mkdir()
    is_refused(writes(command, place, tmp_path), 4, place, "folder")
    assert list((tmp_path / place).iterdir()) == []


@pytest.mark.parametrize("command", WRITERS)
def test_an_output_folder_that_is_a_file_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("kept\n", encoding="utf-8")
    place = "file/out" + ENDINGS.get(command, ".tsv")
    is_refused(writes(command, place, tmp_path), 4, "cannot be written")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept\n"


@pytest.mark.parametrize("command", WRITERS)
def test_missing_folders_of_an_output_are_made(tmp_path: Path, command: str) -> None:
    place = "new/er/out" + ENDINGS.get(command, ".tsv")
    done = writes(command, place, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / place).stat().st_size
    assert len(list((tmp_path / place).parent.iterdir())) == 1


@pytest.mark.parametrize("command", ["explain", "view", "import", "init"])
def test_a_folder_that_may_not_be_written_is_told(open_place: Path, command: str) -> None:
    (open_place / "a.sif").write_text("A activates B\n", encoding="utf-8")
    shut = open_place / "shut"
    shut.mkdir(mode=0o555)
    arguments = {
        "import": ["import", "a.sif", "-o", "shut/d"],
        "init": ["init", "shut/mine"],
    }.get(command) or [a.replace("PLACE", "shut/a.html") for a in WRITERS[command]]
    is_refused(as_nobody(*arguments, at=open_place), 4, "shut", "Permission denied")
    assert list(shut.iterdir()) == []


def test_a_file_that_may_not_be_written_is_left(open_place: Path) -> None:
    kept = open_place / "kept.md"
    kept.write_text("kept\n", encoding="utf-8")
    kept.chmod(0o444)
    open_place.chmod(0o777)
    done = as_nobody("explain", "lenalidomide", "IKZF1", "-o", "kept.md", at=open_place)
    is_refused(done, 4, "kept.md")
    assert kept.read_text(encoding="utf-8") == "kept\n"


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "answer.md").write_text("old\n", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("real/answer.md")
    assert writes("explain", "link.md", tmp_path).returncode == 0
    assert (tmp_path / "link.md").is_symlink()
    assert "IKZF1" in (tmp_path / "real" / "answer.md").read_text(encoding="utf-8")
    assert [p.name for p in (tmp_path / "real").iterdir()] == ["answer.md"]


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.md").symlink_to("loop.md")
    is_refused(writes("explain", "loop.md", tmp_path), 4, "loop.md")
    assert (tmp_path / "loop.md").is_symlink()


def test_the_longest_name_that_a_file_can_have_is_written(tmp_path: Path) -> None:
    name = "x" * 252 + ".md"
    assert writes("explain", name, tmp_path).returncode == 0
    assert (tmp_path / name).stat().st_size


def test_the_output_may_be_the_input(tmp_path: Path) -> None:
    """All is read before the first byte is written."""
    first = run("export", "turtle", "-o", "g.ttl", at=tmp_path)
    assert first.returncode == 0, first.stderr
    for target in ("h.ttl", "g.ttl"):
        again = run("-d", "g.ttl", "export", "turtle", "-o", target, at=tmp_path)
        assert again.returncode == 0, again.stderr
    assert (tmp_path / "g.ttl").read_bytes() == (tmp_path / "h.ttl").read_bytes()


@pytest.mark.parametrize("target", ["tables", "tables/entities.tsv", "."])
def test_an_import_onto_its_input_leaves_the_input(tmp_path: Path, target: str) -> None:
    shutil.copytree(VALID, tmp_path / "tables")
    before = {p.name: p.read_bytes() for p in (tmp_path / "tables").iterdir()}
    is_refused(run("import", "tables", "-o", target, at=tmp_path), 4)
    assert {p.name: p.read_bytes() for p in (tmp_path / "tables").iterdir()} == before


def test_a_pipe_that_a_shell_hands_over_is_read(tmp_path: Path) -> None:
    """Process substitution, `batch <(...)`, is no hostile file."""
    reading, writing = os.pipe()

    def hand_over() -> None:
        os.write(writing, b"lenalidomide\tIKZF1\n")
        os.close(writing)

    threading.Thread(target=hand_over).start()
    done = subprocess.run(
        [*PROGRAM, "batch", f"/dev/fd/{reading}"],
        pass_fds=[reading],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    os.close(reading)
    assert done.returncode == 0, done.stderr
    assert "\tdecreases\t" in done.stdout


def test_a_batch_has_a_bound(tmp_path: Path) -> None:
    (tmp_path / "many.tsv").write_bytes(b"lenalidomide\tIKZF1\n" * 1_000_000)
    is_refused(run("batch", "many.tsv", "-o", "out.tsv", at=tmp_path), 4, "many.tsv", "split")
    is_refused(run("batch", "/dev/fd/0", at=tmp_path, given=b"\n" * 17_000_000), 4, "split")
    assert not (tmp_path / "out.tsv").exists()
