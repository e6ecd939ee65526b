"""RDF terms without an RDF library: an IRI is a `str`, a literal a `Literal`.

Every record has an IRI made from its id alone, so that the id can be read back from it:
an external entity keeps its public IRI, everything else lies under the base. There are no
blank nodes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from moagraph.identifiers import BASE, compress, prefixes
from moagraph.rdf import namespaces as known
from moagraph.records import MachinePart, Quantity, Variant

BIOLINK, DCTERMS, OIO, OWL = known.BIOLINK, known.DCTERMS, known.OIO, known.OWL
RDF, RDFS, SKOS, VOID, XSD = known.RDF, known.RDFS, known.SKOS, known.VOID, known.XSD

TYPE = RDF + "type"
LABEL = RDFS + "label"
STRING = XSD + "string"
INTEGER = XSD + "integer"
DECIMAL = XSD + "decimal"
BOOLEAN = XSD + "boolean"

_UNKNOWN_PREFIX = "https://bioregistry.io/"
_NO_CURIE = BASE + "entity/"
_SAFE = ":+-._~"
_IN_IRI = "!$&'()*+,/:;=?@~"
_PLAIN = re.compile(r"[A-Za-z0-9:+._~-]*")
_OWN_PREFIX = "moa"


class Literal(NamedTuple):
    """A literal by its lexical form and datatype; language tags are not used."""

    value: str
    datatype: str = STRING


Node: TypeAlias = str | Literal
Triple: TypeAlias = tuple[str, str, Node]


def entity_iri(entity_id: str) -> str:
    """Return the public IRI of an entity or source id.

    A prefix that prefixes.tsv does not have goes through the Bioregistry's resolver.
    """
    return _entity_iri(entity_id)


@lru_cache(maxsize=1 << 16)
def _entity_iri(entity_id: str) -> str:
    prefix, colon, local = entity_id.partition(":")
    if not colon or not local:
        return _NO_CURIE + quote(entity_id, safe=_SAFE)
    row = prefixes().get(prefix)
    if row is None:
        return _UNKNOWN_PREFIX + quote(entity_id, safe=_IN_IRI)
    # A slash under the base would read as a record of another kind.
    return row.namespace + quote(local, safe=_SAFE if prefix == _OWN_PREFIX else _IN_IRI)


def entity_id(iri: str) -> str | None:
    """Return the id that `entity_iri` made an IRI from, or None for any other IRI."""
    from urllib.parse import unquote

    if iri.startswith(_NO_CURIE):
        return unquote(iri[len(_NO_CURIE) :])
    if iri.startswith(_UNKNOWN_PREFIX):
        return unquote(iri[len(_UNKNOWN_PREFIX) :])
    curie = compress(iri)
    return None if curie is None else unquote(curie)


def assertion_iri(assertion_id: str) -> str:
    """Return the IRI of an assertion."""
    return f"{BASE}assertion/{_quote(assertion_id)}"


def evidence_iri(evidence_id: str) -> str:
    """Return the IRI of an evidence row."""
    return f"{BASE}evidence/{_quote(evidence_id)}"


def fact_iri(fact_id: str) -> str:
    """Return the IRI of a fact."""
    return f"{BASE}fact/{_quote(fact_id)}"


def seed_claim_iri(claim_id: str) -> str:
    """Return the IRI of a claim of the founding article."""
    return f"{BASE}article-claim/{_quote(claim_id)}"


def machine_part_iri(part: MachinePart) -> str:
    """Return the IRI of a participant of a machine in a phase."""
    return f"{BASE}machine-part/{_quote(part.machine)}/{part.phase}/{_quote(part.participant)}"


def variant_iri(variant: Variant) -> str:
    """Return the IRI of what a variant does to one feature."""
    parts = (variant.gene, variant.change, variant.feature)
    return f"{BASE}variant/{'/'.join(map(_quote, parts))}"


def quantity_iri(quantity: Quantity) -> str:
    """Return the IRI of a quantity: a digest of its cells, as it has no id of its own."""
    cells = (quantity.kind, quantity.relation, quantity.value, quantity.unit)
    rest = (quantity.assay, quantity.time, quantity.concentration)
    from hashlib import sha256

    digest = sha256("\t".join((*cells, *rest)).encode()).hexdigest()[:8]
    return f"{BASE}quantity/{_quote(quantity.evidence)}/{digest}"


def _quote(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quote(text, safe=_SAFE)
