"""A digest of tables: the same tables give the same one on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from moagraph.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path


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
