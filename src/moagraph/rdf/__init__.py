"""RDF: the projection of the records onto triples, and its syntaxes.

`triples` is pure and needs no RDF library; `to_rdflib` and the less common syntaxes import
one when they are called. Each name is fetched from its module when it is first used, so that a
query that needs the prefixes does not pay for the projection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_HOMES = {
    "FORMATS": "graphs",
    "Literal": "terms",
    "Triple": "terms",
    "build": "generate",
    "by_record": "project",
    "read_graph": "read",
    "read_rdf": "read",
    "to_rdflib": "graphs",
    "triples": "project",
    "write": "graphs",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{home}"), name)
