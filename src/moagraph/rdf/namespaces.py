"""Every prefix that we write and declare: those of prefixes.tsv and of the RDF vocabularies."""

from __future__ import annotations

from functools import cache

from moagraph.identifiers import BASE, prefixes

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
VOID = "http://rdfs.org/ns/void#"
OIO = "http://www.geneontology.org/formats/oboInOwl#"
BIOLINK = "https://w3id.org/biolink/vocab/"

_OWN = {
    "article-claim": BASE + "article-claim/",
    "assertion": BASE + "assertion/",
    "evidence": BASE + "evidence/",
    "fact": BASE + "fact/",
    "dcterms": DCTERMS,
    "oboInOwl": OIO,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}


@cache
def namespaces() -> dict[str, str]:
    """Return the namespace of each prefix. The value is shared: copy it before a change."""
    return {p.prefix: p.namespace for p in prefixes().values()} | _OWN
