"""The quick reader of the shipped tables gives what the checking reader gives."""

from __future__ import annotations

from moagraph.resources import data_root
from moagraph.shipped import ShippedTables
from moagraph.tables import TABLES, read_folder


def test_both_readers_agree() -> None:
    quick = ShippedTables(data_root())
    checked, findings = read_folder(data_root())
    assert [f for f in findings if f.severity == "error"] == []
    for table in TABLES:
        ours, theirs = getattr(quick, table.name), getattr(checked, table.name)
        assert ours == theirs
        assert [row.origin for row in ours] == [row.origin for row in theirs]
