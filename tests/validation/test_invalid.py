"""Each finding code has one small broken folder that triggers it and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from moagraph.check import CODES
from moagraph.check.codes import as_markdown
from moagraph.errors import DataError
from moagraph.knowledge import KnowledgeBase
from moagraph.validation import check_folder

FOLDERS = Path(__file__).resolve().parents[1] / "invalid"


def test_every_code_has_a_folder_and_every_folder_a_code() -> None:
    """A new code without an example, or an example of nothing, fails here."""
    assert {path.name for path in FOLDERS.iterdir() if path.is_dir()} == {*CODES, "valid"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_broken_folder_triggers_exactly_its_code(code: str) -> None:
    """The findings are all of one code, with its severity, a place and a remedy."""
    findings = check_folder(FOLDERS / code)
    assert {finding.code for finding in findings} == {code}
    for finding in findings:
        assert finding.severity == CODES[code].severity
        assert finding.message
        assert finding.remedy
        assert finding.file.endswith(".tsv")
        assert finding.line >= 1 or code == "missing-table"


def test_a_sound_folder_has_no_finding() -> None:
    """The valid folder uses every table and every check is silent."""
    assert check_folder(FOLDERS / "valid") == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_registry_explains_each_code(code: str) -> None:
    """Docs are made from the registry, so every field says something."""
    row = CODES[code]
    assert row.code == code
    assert row.meaning.endswith(".")
    assert row.remedy
    assert row.example


def test_the_registry_can_be_printed() -> None:
    """One row per code, and a `|` in a cell does not break the table."""
    lines = as_markdown().splitlines()
    assert len(lines) == len(CODES) + 2
    assert {line.replace("\\|", "").count("|") for line in lines} == {6}


@pytest.mark.parametrize("code", sorted(CODES))
def test_only_an_error_keeps_a_folder_from_loading(code: str) -> None:
    """A folder with warnings answers questions, one with errors is refused with its place."""
    if CODES[code].severity == "warn":
        assert KnowledgeBase.read(FOLDERS / code).assertions
        return
    with pytest.raises(DataError) as caught:
        KnowledgeBase.read(FOLDERS / code)
    assert caught.value.file
