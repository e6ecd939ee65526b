"""A digest of tables: the same tables give the same one on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from moagraph.tables import TABLES, format_table

if TYPE_CHECKING:
    from pathlib import Path

    from moagraph.tables import Tables


def digest_of(folders: Iterable[Path]) -> str:
    """Return a digest of folders of tables: the same tables give the same one everywhere."""
    import hashlib

    digest = hashlib.sha256()
    for folder in folders:
        for table in TABLES:
            path = folder / table.file_name
            if path.exists():
                digest.update(table.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def digest_of_tables(tables: Tables) -> str:
    """Return the digest that a folder with these tables in their written form has."""
    import hashlib

    digest = hashlib.sha256()
    for table in TABLES:
        rows = getattr(tables, table.name)
        if rows:
            digest.update(table.name.encode())
            digest.update(format_table(table, rows).encode())
    return digest.hexdigest()[:12]
