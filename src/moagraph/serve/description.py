"""The service description: what the endpoint can do, in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from moagraph.serve.jobs import ROWS, TRIPLES
from moagraph.serve.messages import Refused
from moagraph.serve.negotiation import choose

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}


def describe(
    endpoint: str, accept: str | None, layers: dict[str, int], size: int
) -> tuple[str, bytes]:
    """Return media type and bytes of the service description.

    Args:
        endpoint: the address of the service.
        accept: the Accept header of the request.
        layers: the named graphs, and how many triples each has.
        size: how many triples the default graph has.

    Raises:
        Refused: the client accepts no RDF syntax.
    """
    import pyoxigraph as ox

    chosen = choose(accept, TRIPLES)
    if chosen is None:
        message = f"none of the accepted media types is one of {', '.join(TRIPLES)}"
        raise Refused(406, "not_acceptable", message)
    form, media = chosen
    syntax = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
    }[form]
    prefixes = {"sd": _SD, "rdf": _RDF, "void": _VOID, "xsd": _XSD, "formats": _FORMATS}
    data = ox.serialize(_triples(endpoint, layers, size), format=syntax, prefixes=prefixes)
    return media, data or b""


def _triples(endpoint: str, layers: dict[str, int], size: int):  # type: ignore[no-untyped-def]
    import pyoxigraph as ox

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    def counted(count: int) -> ox.Literal:
        return ox.Literal(str(count), datatype=ox.NamedNode(_XSD + "integer"))

    a, triples = ox.NamedNode(_RDF + "type"), ox.NamedNode(_VOID + "triples")
    service, data = ox.NamedNode(endpoint), ox.BlankNode("dataset")
    default = ox.BlankNode("default")
    yield ox.Triple(service, a, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), service)
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL10Query"))
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for form in dict.fromkeys((*ROWS.values(), *TRIPLES.values())):
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(_FORMATS + _NAMES[form]))
    yield ox.Triple(service, sd("defaultDataset"), data)
    yield ox.Triple(data, a, sd("Dataset"))
    yield ox.Triple(data, sd("defaultGraph"), default)
    yield ox.Triple(default, a, sd("Graph"))
    yield ox.Triple(default, triples, counted(size))
    for number, (name, count) in enumerate(sorted(layers.items())):
        named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield ox.Triple(data, sd("namedGraph"), named)
        yield ox.Triple(named, a, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), ox.NamedNode(name))
        yield ox.Triple(named, sd("graph"), graph)
        yield ox.Triple(graph, a, sd("Graph"))
        yield ox.Triple(graph, triples, counted(count))
