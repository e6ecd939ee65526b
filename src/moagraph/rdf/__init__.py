"""RDF: the projection of the records onto triples, and its syntaxes.

`triples` is pure and needs no RDF library; `to_rdflib` and the less common syntaxes import
one when they are called.
"""

from __future__ import annotations

from moagraph.rdf.generate import build
from moagraph.rdf.graphs import FORMATS, to_rdflib, write
from moagraph.rdf.project import by_record, triples
from moagraph.rdf.read import read_graph, read_rdf
from moagraph.rdf.terms import Literal, Triple

__all__ = [
    "FORMATS",
    "Literal",
    "Triple",
    "build",
    "by_record",
    "read_graph",
    "read_rdf",
    "to_rdflib",
    "triples",
    "write",
]
