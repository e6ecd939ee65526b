"""How a run ends: exit codes, and an answer that cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE, CompletedProcess
from typing import IO

import pytest

QUESTION = ["explain", "lenalidomide", "multiple myeloma"]


def run(arguments: list[str], stdout: int | IO[str] = PIPE) -> CompletedProcess[str]:
    command = [sys.executable, "-m", "moagraph_cli", *arguments]
    return subprocess.run(command, stdout=stdout, stderr=PIPE, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (QUESTION, 0),
        (["explain", "lenalidomide", "GSPT1"], 1),
        (["explain", "lenalidomide"], 2),
        (["explain", "lenalidomid", "GSPT1"], 3),
        (["-d", "/no/such/folder", "stats"], 4),
    ],
)
def test_exit_codes(arguments: list[str], code: int) -> None:
    done = run(arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("arguments", [QUESTION, ["explain", "lenalidomide", "GSPT1"]])
def test_a_full_disk_is_told(arguments: list[str]) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = run(arguments, stdout=full)
    assert done.returncode == 4
    assert done.stderr.startswith("moagraph: cannot write the answer")


def test_a_reader_that_leaves_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    done = run(QUESTION, stdout=write)
    os.close(write)
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_closed_output_is_no_traceback() -> None:
    command = [sys.executable, "-m", "moagraph_cli", *QUESTION]
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" "$@" >&-', *command],
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_the_whole_answer_reaches_a_pipe() -> None:
    whole = run([*QUESTION, "-O", "json"]).stdout
    assert whole.endswith("}\n")
    assert whole.count("\n") > 1000


def test_an_id_in_a_table_stays_in_one_piece() -> None:
    shown = run(["search", "cereblon"]).stdout.splitlines()
    ids = [line.split()[0] for line in shown[1:] if not line.startswith(" ")]
    asked = run(["search", "cereblon", "-O", "tsv"]).stdout.splitlines()
    assert ids == [line.split("\t")[0] for line in asked[1:]]


def test_drugs_of_one_known_sign_are_listed_before_those_of_both() -> None:
    shown = run(["drugs-for", "multiple myeloma", "-O", "tsv"]).stdout.splitlines()
    verdicts = [line.split("\t")[2] for line in shown[1:]]
    assert "conflicting" in verdicts
    first = verdicts.index("conflicting")
    assert set(verdicts[:first]) == {"decreases"}
