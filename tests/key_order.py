"""Tables in the order in which files hold them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from moagraph.tables import TABLES, Tables

if TYPE_CHECKING:
    from moagraph.tables import AnyTables


def in_key_order(tables: AnyTables) -> Tables:
    """Return the tables as they stand in files: rows by key."""

    def key(row: Any, columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(getattr(row, column)) for column in columns)

    rows = {}
    for table in TABLES:
        columns = (*table.key, *(c for c in table.columns if c not in table.key))
        found = getattr(tables, table.name)
        rows[table.name] = tuple(sorted(found, key=partial(key, columns=columns)))
    return Tables(**rows)
