"""Hostile and broken input at the shell: one message, the right exit code, nothing half written.

Each case runs the program as a process of its own, bounded in time and memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import bounded

VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"
SECONDS = 30


def run(
    arguments: list[str], *, given: str = "", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run in a new folder that nobody else writes to."""
    with tempfile.TemporaryDirectory() as folder:
        told = bounded.run(
            *arguments, at=Path(folder), given=given.encode(), environment=environment
        )
        assert sorted(os.listdir(folder)) in (["guard"], ["cache", "guard"])
    return told


def is_one_message(done: subprocess.CompletedProcess[str], code: int) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("moagraph: ")
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 4000


# -- names -------------------------------------------------------------------

ESC = "\x1b[31mred\x1b[0m"


@pytest.mark.parametrize(
    "name",
    [
        ESC,
        "\u202eedimodilanel",
        "len\u0430lidomide",  # a Cyrillic letter
        "'; DROP TABLE drugs; --",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "x" * 100_000,
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "{}",
        "%s%s%n",
        "lenalidomide\nIKZF1",
    ],
)
def test_a_hostile_name_is_unknown_and_printed_harmlessly(name: str) -> None:
    done = run(["explain", name, "IKZF1"])
    is_one_message(done, 3)
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


def test_bytes_that_are_no_text_are_an_unknown_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "moagraph_cli", "info", b"\xff\xfe"],
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "", "IKZF1"],
        ["explain", "lenalidomide", " "],
        ["whatif", "lenalidomide", "--without", ""],
        ["info", ""],
        ["compare", "lenalidomide", ""],
    ],
)
def test_an_empty_name_is_told(arguments: list[str]) -> None:
    is_one_message(run(arguments), 3)


@pytest.mark.parametrize("option", ["--cell", "--disease", "--species", "--metapath"])
def test_an_empty_option_is_not_passed_over(option: str) -> None:
    """It would widen the question: `--cell "$CELL"` in a script that knows no CELL."""
    done = run(["explain", "lenalidomide", "multiple myeloma", option, ""])
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{option} is empty; leave it out" in done.stderr


# -- tables ------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VALID, tmp_path / "tables"))


def as_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def as_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def as_missing(path: Path) -> None:
    path.unlink()


def as_empty(path: Path) -> None:
    path.write_bytes(b"")


def as_utf16(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def as_binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 4096)


def with_nul(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"a\x00b\n")


def with_bom(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def with_cr(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def with_carriage_returns_alone(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))


def with_long_field(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x" * 10_000_000 + b"\n")


def with_short_row(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"only-one-field\n")


def with_long_row(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"a\t" * 60 + b"\n")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def of_a_million_lines(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x\n" * 1_000_000)


@pytest.mark.parametrize(
    "spoil",
    [
        as_fifo,
        as_folder,
        as_device,
        as_loop,
        as_missing,
        as_empty,
        as_utf16,
        as_binary,
        with_nul,
        with_carriage_returns_alone,
        with_long_field,
        with_short_row,
        with_long_row,
        cut_short,
        of_a_million_lines,
    ],
    ids=lambda f: f.__name__,
)
def test_a_broken_table_is_one_message_with_its_place(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(folder / "assertions.tsv")
    done = run(["-d", str(folder), "stats"])
    is_one_message(done, 4)
    assert "assertions.tsv" in done.stderr


@pytest.mark.parametrize("spoil", [with_bom, with_cr], ids=lambda f: f.__name__)
def test_what_a_spreadsheet_adds_to_a_table_changes_nothing(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    before = run(["-d", str(folder), "stats", "-O", "json"])
    assert before.returncode == 0, before.stderr
    spoil(folder / "assertions.tsv")
    after = run(["-d", str(folder), "stats", "-O", "json"])
    counts = [json.loads(done.stdout) for done in (before, after)]
    for told in counts:
        told.pop("data_version", None)
    assert counts[0] == counts[1]
    told = run(["-d", str(folder), "validate", "-O", "tsv"])
    assert "assertions.tsv" in told.stdout


def test_validate_reports_a_broken_table_as_findings(folder: Path) -> None:
    with_cr(folder / "assertions.tsv")
    with_short_row(folder / "evidence.tsv")
    done = run(["-d", str(folder), "validate", "-O", "tsv"])
    assert done.returncode == 1
    assert {"assertions.tsv", "evidence.tsv"} <= {
        row.split("\t")[4] for row in done.stdout.splitlines()
    }


def labelled(folder: Path, label: str) -> None:
    """Give the first drug of the folder a label."""
    path = folder / "entities.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if len(cells) > 3 and cells[3] == "drug":
            cells[1] = label
            lines[number] = "\t".join(cells)
            break
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    "label", ["<img src=x onerror=alert(1)>", "=1+2", "a|b", "[x](javascript:1)"]
)
def test_a_hostile_label_is_text_everywhere(folder: Path, label: str) -> None:
    labelled(folder, label)
    shown = run(["-d", str(folder), "search", label])
    assert shown.returncode == 0, shown.stderr
    assert label in shown.stdout
    as_csv = run(["-d", str(folder), "search", label, "-O", "csv"]).stdout
    assert "\n=" not in as_csv
    assert ",=" not in as_csv
    as_markdown = run(["-d", str(folder), "search", label, "-O", "md"]).stdout
    assert "<img" not in as_markdown.replace("\\<img", "")
    assert "[x](" not in as_markdown


def test_a_controlling_label_never_reaches_the_terminal_raw(folder: Path) -> None:
    labelled(folder, "drug\u202egurd")
    done = run(["-d", str(folder), "stats"])
    if done.returncode == 0:
        done = run(["-d", str(folder), "search", "drug"])
    assert "\u202e" not in done.stdout + done.stderr


# -- the environment ---------------------------------------------------------


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""},
        {"HOME": "/no/such/home", "XDG_CACHE_HOME": "/no/such/cache"},
        {"HOME": "/proc", "XDG_CACHE_HOME": "/proc/cache"},
        {"COLUMNS": "1", "LINES": "1"},
        {"TERM": "dumb", "NO_COLOR": "1"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["no locale", "no home", "read-only home", "narrow", "dumb", "ascii"],
)
def test_a_poor_environment_still_answers(environment: dict[str, str]) -> None:
    done = run(["explain", "lenalidomide", "multiple myeloma"], environment=environment)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "IKZF1" in done.stdout


# -- output ------------------------------------------------------------------


@pytest.mark.parametrize("target", ["/", "/dev/full", "/proc/answer.md"])
def test_an_output_that_cannot_be_written_is_told(target: str) -> None:
    is_one_message(run(["explain", "lenalidomide", "IKZF1", "-o", target]), 4)


def test_a_killed_run_leaves_the_old_answer(tmp_path: Path) -> None:
    """Batch writes its answer at the end or as it goes, and never a torn file."""
    target = tmp_path / "answers.jsonl"
    target.write_text("old\n", encoding="utf-8")
    pairs = "lenalidomide\tmultiple myeloma\n" * 2000
    process = subprocess.Popen(
        [sys.executable, "-m", "moagraph_cli", "batch", "-", "-o", str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(pairs[:20_000])
    process.stdin.flush()
    time.sleep(1)
    process.send_signal(signal.SIGKILL)
    process.wait(SECONDS)
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    assert target.read_text(encoding="utf-8") == "old\n"


def test_ctrl_c_ends_with_130_and_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "answers.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "moagraph_cli", "batch", "-", "-o", str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write("lenalidomide\tIKZF1\n")
    process.stdin.flush()
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == []


def test_one_bad_line_does_not_stop_a_batch() -> None:
    bad = "no tab here\nlenalidomide\tno such thing\n\x00\t\x1b\n"
    given = f"lenalidomide\tIKZF1\n{bad}lenalidomide\tIKZF3\n"
    done = run(["batch", "-", "-O", "jsonl"], given=given)
    lines = [line for line in done.stdout.splitlines() if line]
    assert sum('"decreases"' in line for line in lines) == 2
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
