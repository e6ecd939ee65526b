"""From what a user names as data to a knowledge base: the one place that tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moagraph.errors import DataError
from moagraph.knowledge import KnowledgeBase, read_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from moagraph.tables import Tables


def open_knowledge(*data: str | Path) -> KnowledgeBase:
    """Return the built-in knowledge base, or the one that the data make.

    Args:
        data: a compiled dataset, or one or more folders of tables or files of RDF in our form;
            or the address of an endpoint; nothing for the built-in graph.

    Raises:
        DataError: something cannot be read, does not hold together, or cannot be joined.
    """
    if data:
        if "" in data:
            raise DataError("the name of the data is empty")
        from moagraph.remote.address import is_address

        if any(is_address(each) for each in data):
            return _remote(data)
        from moagraph import dataset

        compiled = [each for each in data if dataset.is_dataset(each)]
        if compiled:
            if len(data) > 1:
                raise DataError(
                    "a compiled dataset is asked by itself; import all data into one dataset",
                    file=str(compiled[0]),
                )
            return dataset.open(compiled[0])
        if any(is_rdf(each) for each in data):
            return _with_rdf(data)
        _refuse_records(data)
        _refuse_foreign(data)
    return KnowledgeBase.read(*data)


def _refuse_records(data: Sequence[str | Path]) -> None:
    from moagraph.formats.drugmechdb import holds_records

    for each in data:
        if holds_records(each):
            raise DataError(
                "holds DrugMechDB records: `moagraph import` compiles them into a dataset that "
                "answers; `audit` and `compare-record` read them as they are",
                file=str(each),
            )


def _refuse_foreign(data: Sequence[str | Path]) -> None:
    """Tell what to do with files of other tools, and with names that lead nowhere."""
    import os
    from pathlib import Path

    from moagraph.exchange.importing import guess

    for each in data:
        if any(os.path.exists(os.path.join(each, f"{n}.tsv")) for n in ("entities", "assertions")):
            continue
        if os.path.exists(each):
            try:
                found = guess(Path(each))
            except (DataError, OSError):
                continue
            if found != "tables":
                raise DataError(
                    f"is a graph of another tool ({found}): `moagraph import` compiles it into "
                    "a dataset that answers",
                    file=str(each),
                )


def _remote(data: Sequence[str | Path]) -> KnowledgeBase:
    from moagraph.remote import connect

    if len(data) > 1:
        raise DataError("an endpoint is asked by itself; give one -d")
    return connect(str(data[0]))


def are_tables(data: Sequence[str]) -> bool:
    """Tell whether all of some places are folders of tables: no dataset, RDF or endpoint."""
    import os

    return all(os.path.exists(os.path.join(each, "entities.tsv")) for each in data)


def is_rdf(path: str | Path) -> bool:
    """Tell whether a path is RDF by its name; a folder is one of tables whatever its name."""
    import os

    from moagraph.rdf.source import format_of

    return bool(format_of(str(path))) and not os.path.isdir(path)


def _with_rdf(data: Sequence[str | Path]) -> KnowledgeBase:
    from pathlib import Path

    from moagraph.digest import digest_of_tables
    from moagraph.rdf import read_graph

    parts: list[Tables] = []
    versions: list[str] = []
    for each in data:
        told = ""
        if is_rdf(each):
            tables, _, told = read_graph(Path(each))
        else:
            tables = read_tables(each)
        # What a file says of its version holds only while its claims are those.
        digest = digest_of_tables(tables)
        versions.append(told if told.endswith(digest) else digest)
        parts.append(tables.within(each) if len(data) > 1 else tables)
    return KnowledgeBase.joined(
        parts,
        where=" -d ".join(map(str, data)),
        name=", ".join(Path(each).name for each in data),
        version=", ".join(versions),
    )
