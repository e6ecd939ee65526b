"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from moagraph.errors import DataError
from moagraph.files import write_atomically


def test_writes_utf8_with_lf_and_makes_folders(tmp_path: Path) -> None:
    target = tmp_path / "new" / "answer.md"
    write_atomically(target, "α\n")
    assert target.read_bytes() == "α\n".encode()
    assert [p.name for p in target.parent.iterdir()] == ["answer.md"]


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "answer.md"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match="No space left"):
        write_atomically(target, "new")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["answer.md"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="it is a folder"):
        write_atomically(tmp_path, "x")


def test_a_full_device_is_one_message() -> None:
    with pytest.raises(DataError, match="No space left"):
        write_atomically("/dev/full", "x")


def test_the_mode_of_a_replaced_file_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "answer.md"
    target.write_text("old")
    target.chmod(0o640)
    write_atomically(target, "new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_path_through_a_new_folder_never_replaces_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    keep = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    write_atomically(tmp_path / "new" / ".." / "pipe", "x")
    assert os.read(keep, 10) == b"x"
    os.close(keep)
    assert pipe.is_fifo()
