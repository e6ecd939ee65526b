"""Findings name the file, line and field that a curator has to look at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from moagraph.errors import DataError
from moagraph.validation import check_folder

FOLDERS = Path(__file__).resolve().parents[1] / "invalid"


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("unknown-relation", ("assertions.tsv", 2, 3)),
        ("unknown-term", ("evidence.tsv", 2, 4)),
        ("statement-off-topic", ("evidence.tsv", 2, 11)),
        ("fact-condition", ("facts.tsv", 2, 10)),
        ("shape", ("entities.tsv", 2, 10)),
        ("duplicate-claim", ("assertions.tsv", 3, 1)),
        ("encoding", ("entities.tsv", 2, 55)),
    ],
)
def test_a_finding_leads_to_its_field(code: str, place: tuple[str, int, int]) -> None:
    """Line and column are one-based; shapes are mapped back to the row of their node."""
    finding = check_folder(FOLDERS / code)[0]
    assert (finding.file, finding.line, finding.column) == place


def test_columns_follow_a_shuffled_header(tmp_path: Path) -> None:
    """With the columns in another order the field number is the one on disk."""
    folder = tmp_path / "shuffled"
    shutil.copytree(FOLDERS / "unknown-relation", folder)
    path = folder / "assertions.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join("\t".join(reversed(row)) + "\n" for row in rows), encoding="utf-8")
    (finding,) = check_folder(folder)
    assert finding.column == len(rows[0]) - 2


def test_findings_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    """Several faults are told at once, by file, line and column."""
    folder = tmp_path / "several"
    shutil.copytree(FOLDERS / "valid", folder)
    path = folder / "assertions.tsv"
    text = path.read_text(encoding="utf-8").replace("\tmechanism\t", "\tmechanics\t")
    path.write_text(text.replace("treats", "cures"), encoding="utf-8")
    findings = check_folder(folder)
    assert len(findings) >= 4
    places = [(f.file, f.line, f.column) for f in findings]
    assert places == sorted(places)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """A path that does not exist is never `no problems`."""
    with pytest.raises(DataError, match="no such file or folder"):
        check_folder(tmp_path / "nowhere")
