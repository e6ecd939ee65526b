"""Compiled datasets: imported once, opened in milliseconds, searched by arrays.

A dataset is a folder: `moagraph-dataset.json` says what it is and checks that it is whole,
SQLite holds records and names, one file of arrays holds the graph of steps.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from moagraph.dataset.manifest import MANIFEST, is_dataset

if TYPE_CHECKING:
    from moagraph.dataset.imported import Imported
    from moagraph.dataset.manifest import Manifest
    from moagraph.dataset.opened import StoredKnowledge
    from moagraph.dataset.writer import Progress

__all__ = ["MANIFEST", "is_dataset", "open", "write"]


def open(folder: str | Path) -> StoredKnowledge:
    """Open a dataset as a knowledge base; see `moagraph.dataset.opened`."""
    from moagraph.dataset import opened

    return opened.open(folder)


def write(imported: Imported, folder: str | Path, progress: Progress | None = None) -> Manifest:
    """Write what a reader yields as a dataset; see `moagraph.dataset.writer`."""
    from moagraph.dataset import writer

    return writer.write(imported, folder, progress)
