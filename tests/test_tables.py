"""Tables: what is read is what was written, and every fault is found with its place."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph import reading
from moagraph import tables as t
from moagraph.errors import DataError
from moagraph.records import Assertion, Entity
from moagraph.resources import data_root

HEADER = "\t".join(t.ENTITIES.columns)


def read(path: Path, text: str | bytes) -> tuple[list[Entity], list[tuple[str, int, int]]]:
    file = path / "entities.tsv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    rows, findings = reading.read_table(t.ENTITIES, file)
    return rows, [(f.code, f.line, f.column) for f in findings]


def row(identifier: str, label: str = "x") -> str:
    cells = {"id": identifier, "label": label, "kind": "protein"}
    return "\t".join(cells.get(name, "") for name in t.ENTITIES.columns)


def test_reads_a_row_with_its_line(tmp_path: Path) -> None:
    rows, faults = read(tmp_path, f"{HEADER}\n{row('moa:a')}\n")
    assert faults == []
    assert rows[0].id == "moa:a"
    assert rows[0].origin == ("entities.tsv", 2)


QUOTED = '"MZ1, a ""PROTAC"""'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("header", 1, 0)),
        (f"{HEADER}\tcolour\n", ("header", 1, 11)),
        (HEADER.replace("\tlabel", "") + "\n", ("header", 1, 0)),
        (f"{HEADER}\nmoa:a\tonly\n", ("row-width", 2, 3)),
        (f"{HEADER}\n{row('moa:a')}", ("encoding", 2, 0)),
        (f"{HEADER}\n{row('moa:a')}\r\n", ("spreadsheet", 2, 0)),
        (f"\ufeff{HEADER}\n{row('moa:a')}\n", ("spreadsheet", 1, 1)),
        (f"{HEADER}\n{row('moa:a', QUOTED)}\n", ("spreadsheet", 2, 2)),
        (f"{HEADER.replace(chr(9), ',')}\n", ("header", 1, 1)),
        (f"{HEADER.replace(chr(9), ';')}\n", ("header", 1, 1)),
        (f"{HEADER.replace(chr(9), '    ')}\n", ("header", 1, 1)),
        (f"{HEADER}\n{row('moa:b')}\n{row('moa:a')}\n", ("row-order", 3, 1)),
        (f"{HEADER}\n{row('moa:a')}\n{row('moa:a')}\n", ("duplicate-id", 3, 1)),
        (f"{HEADER}\n{row('moa:a', '')}\n", ("empty-field", 2, 2)),
        (f"{HEADER}\n{row('moa:a', 'a' + chr(27))}\n", ("control-character", 2, 2)),
        (f"{HEADER}\n{row('moa:a', 'a' + chr(0x202E))}\n", ("control-character", 2, 2)),
    ],
)
def test_names_each_fault(tmp_path: Path, text: str, expected: tuple[str, int, int]) -> None:
    _, faults = read(tmp_path, text)
    assert expected in faults


def test_what_a_spreadsheet_adds_is_told_once_and_read_past(tmp_path: Path) -> None:
    lines = [HEADER, *(row(f"moa:{letter}") for letter in "abc")]
    rows, faults = read(tmp_path, "\ufeff" + "\r\n".join(lines) + "\r\n")
    assert [r.id for r in rows] == ["moa:a", "moa:b", "moa:c"]
    assert faults == [("spreadsheet", 1, 1), ("spreadsheet", 2, 0)]


def test_a_quotation_in_a_field_is_no_fault(tmp_path: Path) -> None:
    label = 'a "hot, spot" of it'
    _, faults = read(tmp_path, f"{HEADER}\n{row('moa:a', label)}\n")
    assert faults == []


def test_bytes_that_are_not_utf8_are_placed(tmp_path: Path) -> None:
    _, faults = read(tmp_path, HEADER.encode() + b"\nab\xffc\n")
    assert faults == [("encoding", 2, 3)]


def test_utf16_is_named(tmp_path: Path) -> None:
    _, faults = read(tmp_path, HEADER.encode("utf-16"))
    assert faults == [("encoding", 0, 0)]


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no tables"):
        reading.read_folder(tmp_path)
    with pytest.raises(DataError, match="no such file or folder"):
        reading.read_folder(tmp_path / "absent")


def test_a_directory_in_place_of_a_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "entities.tsv").mkdir()
    with pytest.raises(DataError, match="regular file"):
        reading.read_folder(tmp_path)


def test_machine_phase_is_one_to_four(tmp_path: Path) -> None:
    file = tmp_path / "machines.tsv"
    file.write_text("\t".join(t.MACHINES.columns) + "\nmoa:m\t5\tmoa:p\t\tessential\t\n")
    rows, findings = reading.read_table(t.MACHINES, file)
    assert rows == []
    assert [f.code for f in findings] == ["machine-phase"]


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Entity("moa:a", "a").label = "b"  # type: ignore[misc]


def test_a_list_item_with_a_bar_cannot_be_written() -> None:
    with pytest.raises(DataError, match="holds"):
        t.format_table(t.ENTITIES, [Entity("moa:a", "a", kind="drug", synonyms=("x|y",))])


CELL = (
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"], exclude_characters="|"),
        min_size=1,
        max_size=12,
    )
    .map(str.strip)
    .filter(bool)
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(CELL, CELL, st.lists(CELL, max_size=3)), max_size=6, unique_by=lambda r: r[0]
    )
)
def test_writing_then_reading_is_the_identity(rows: list[tuple[str, str, list[str]]]) -> None:
    written = [Entity(i, label, kind="drug", synonyms=tuple(s)) for i, label, s in rows]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "entities.tsv"
        file.write_text(t.format_table(t.ENTITIES, written), encoding="utf-8", newline="\n")
        read_back, findings = reading.read_table(t.ENTITIES, file)
    assert [f for f in findings if f.severity == "error"] == []
    assert sorted(read_back, key=lambda e: e.id) == sorted(written, key=lambda e: e.id)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_findings_never_in_an_exception(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "assertions.tsv"
        file.write_bytes(content)
        rows, findings = reading.read_table(t.ASSERTIONS, file)
    assert findings
    assert all(isinstance(row, Assertion) for row in rows)


def test_the_built_in_tables_are_in_their_written_form() -> None:
    for table in t.TABLES:
        path = data_root() / table.file_name
        rows, findings = reading.read_table(table, path)
        assert findings == []
        assert t.format_table(table, rows) == path.read_text(encoding="utf-8")
