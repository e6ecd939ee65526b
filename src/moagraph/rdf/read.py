"""RDF in our form to tables: the exact inverse of `moagraph.rdf.project`.

What the projection derives (labels of claims, status, sign, direct triples, parsed conditions)
is not read but computed anew from the records. Nodes of other vocabularies are passed over; a
node that speaks ours and makes no sound record is an error, so that no claim is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from moagraph.errors import DataError
from moagraph.rdf import terms as t
from moagraph.rdf.nodes import Nodes, parse
from moagraph.rdf.predicates import moa
from moagraph.rdf.records import Builder
from moagraph.rdf.source import check_source, open_source
from moagraph.tables import Tables

DATASET = moa("dataset/moagraph")


class ReadGraph(NamedTuple):
    """The records of a document with the name and the version that it gives itself, or ""."""

    tables: Tables
    name: str
    version: str


def read_rdf(source: str | Path | bytes, format: str = "") -> Tables:
    """Return the records of RDF in our form.

    Args:
        source: a file, maybe gzip, or the bytes of a document.
        format: turtle, ntriples, nquads, trig, rdfxml or jsonld; by the name of a file if
            none is given.

    Raises:
        DataError: it cannot be read, is not well formed, or is not in our form. The message
            names the file and the line, or the node at fault.
    """
    return read_graph(source, format).tables


def read_graph(source: str | Path | bytes, format: str = "") -> ReadGraph:
    """Return what `read_rdf` does, with the name and version of the dataset."""
    if isinstance(source, bytes):
        document = check_source(source, format, "RDF")
    else:
        document = open_source(source, format)
    return graph_of(parse(document), document.name)


def graph_of(nodes: Nodes, name: str) -> ReadGraph:
    """Return the records that nodes stand for; `name` is how messages call the source.

    Raises:
        DataError: the nodes hold no claim in our form, or one that is not sound.
    """
    tables = Builder(nodes, name).tables()
    if not tables.assertions and not tables.entities:
        raise DataError(
            "holds no claims in moagraph's form; `moagraph import` reads other formats", file=name
        )
    about = nodes.get(DATASET, {})
    title = _first(about, t.DCTERMS + "title").removeprefix("moagraph: ")
    return ReadGraph(tables, title, _first(about, t.OWL + "versionInfo"))


def _first(about: Mapping[str, Iterable[str]], predicate: str) -> str:
    """Return the value of a predicate; of several, as after a merge, all of them."""
    return ", ".join(sorted(set(about.get(predicate, ()))))
