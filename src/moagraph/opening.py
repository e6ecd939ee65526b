"""From what a user names as data to a knowledge base: the one place that tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moagraph.errors import DataError
from moagraph.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from pathlib import Path


def open_knowledge(*data: str | Path) -> KnowledgeBase:
    """Return the built-in knowledge base, or the one that the data make.

    Args:
        data: a compiled dataset, or one or more folders of tables; nothing for the built-in
            graph.

    Raises:
        DataError: something cannot be read, does not hold together, or cannot be joined.
    """
    if data:
        from moagraph import dataset

        compiled = [each for each in data if dataset.is_dataset(each)]
        if compiled:
            if len(data) > 1:
                raise DataError(
                    "a compiled dataset is asked by itself; import all data into one dataset",
                    file=str(compiled[0]),
                )
            return dataset.open(compiled[0])
    return KnowledgeBase.read(*data)
