"""The quick reader of the shipped tables gives what the checking reader gives."""

from __future__ import annotations

from typing import Any

from moagraph.digest import digest_of
from moagraph.reading import read_folder
from moagraph.resources import data_root, ontology_file
from moagraph.shipped import ShippedTables, shipped_size, shipped_version
from moagraph.tables import EVIDENCE, QUANTITIES, SOURCES, TABLES, Table


def test_both_readers_agree() -> None:
    quick = ShippedTables()
    checked, findings = read_folder(data_root())
    assert [f for f in findings if f.severity == "error"] == []
    for table in TABLES:
        ours, theirs = getattr(quick, table.name), getattr(checked, table.name)
        assert ours == theirs
        assert [row.origin for row in ours] == [row.origin for row in theirs]


def test_both_readers_group_alike() -> None:
    quick = ShippedTables()
    checked, _ = read_folder(data_root())
    columns: tuple[tuple[Table[Any], str], ...] = ((EVIDENCE, "about"), (QUANTITIES, "evidence"))
    for table, column in columns:
        assert dict(quick.grouped(table, column)) == dict(checked.grouped(table, column))
    assert dict(quick.keyed(SOURCES, "id")) == dict(checked.keyed(SOURCES, "id"))
    stances = ("about", "stance")
    assert dict(quick.column_by(EVIDENCE, *stances)) == dict(checked.column_by(EVIDENCE, *stances))
    assert "no such claim" not in quick.grouped(EVIDENCE, "about")


def test_the_digest_on_file_is_that_of_the_tables() -> None:
    digest = digest_of([data_root()])
    with open(ontology_file("DIGEST"), encoding="utf-8") as file:
        assert file.read() == f"{digest} {shipped_size()}\n"
    assert shipped_version().endswith(f"+{digest}")
