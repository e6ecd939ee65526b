"""The projection as a graph of rdflib, and as text in any RDF syntax."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moagraph.errors import QuestionError
from moagraph.rdf.namespaces import namespaces
from moagraph.rdf.project import triples
from moagraph.rdf.terms import STRING, Literal
from moagraph.rdf.turtle import ntriples, ordered, turtle

if TYPE_CHECKING:
    import rdflib

    from moagraph.knowledge import KnowledgeBase

FORMATS = ("turtle", "ntriples", "trig", "jsonld", "rdfxml")


def to_rdflib(kb: KnowledgeBase) -> rdflib.Graph:
    """Return a new rdflib graph with our prefixes bound."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in namespaces().items():
        graph.bind(prefix, namespace, override=True, replace=True)
    datatypes: dict[str, rdflib.URIRef | None] = {STRING: None}
    for subject, predicate, node in triples(kb):
        if isinstance(node, Literal):
            datatype = datatypes.setdefault(node.datatype, rdflib.URIRef(node.datatype))
            value: rdflib.term.Node = rdflib.Literal(node.value, datatype=datatype)
        else:
            value = rdflib.URIRef(node)
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), value))
    return graph


def write(kb: KnowledgeBase, format: str = "turtle") -> str:
    """Return the graph as text: turtle, ntriples, trig, jsonld or rdfxml.

    The same records give the same bytes in every format.

    Raises:
        QuestionError: another format is asked for.
    """
    if format == "turtle":
        return turtle(triples(kb))
    if format == "ntriples":
        return ntriples(triples(kb))
    if format not in FORMATS:
        raise QuestionError(f"unknown RDF format {format!r}", suggestions=FORMATS)
    return _by_oxigraph(kb, format)


def _by_oxigraph(kb: KnowledgeBase, name: str) -> str:
    import pyoxigraph as ox

    formats = {
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    quads = []
    for subject, predicate, node in ordered(triples(kb)):
        value: ox.NamedNode | ox.Literal
        if isinstance(node, Literal):
            value = ox.Literal(node.value, datatype=ox.NamedNode(node.datatype))
        else:
            value = ox.NamedNode(node)
        quads.append(ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value))
    known = namespaces()
    data = ox.serialize(quads, format=formats[name], prefixes=known)
    return (data or b"").decode("utf-8")
