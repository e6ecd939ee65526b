"""Names longer than a command line can carry, and letters that look or are composed alike."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.bounded import run

NAMES = {
    "x" * 1_000_000: "nothing is called 'xxx",
    "e\u0301": "nothing is called",
    "len\u0430lidomide": "did you mean lenalidomide",
    "\u202elenalidomide": "nothing is called '\\u202elenalidomide'",
    "\0": "nothing is called '\\x00'",
    "\x1b[2J": "nothing is called '\\x1b[2J'",
    '"lenalidomide': "did you mean lenalidomide",
    "../../etc/passwd": "nothing is called '../../etc/passwd'",
    "lenalidomide": "",
    "LENALIDOMIDE": "",
    "\uff4cenalidomide": "",  # a wide letter is the letter
}


def test_any_name_is_known_or_told(tmp_path: Path) -> None:
    text = "".join(f"{name}\tIKZF1\n" for name in NAMES)
    done = run("batch", "-", "-O", "tsv", at=tmp_path, given=text.encode())
    assert done.returncode == 3, done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    assert len(rows) == len(NAMES)
    for row, (name, message) in zip(rows, NAMES.items(), strict=True):
        assert row[1] == name
        assert row[3] == ("" if message else "decreases")
        assert row[-1].startswith(message) or message in row[-1]
        assert len(row[-1]) < 1000
    assert "Traceback" not in done.stderr
    assert not [c for c in done.stderr if not c.isprintable() and c != "\n"]
