"""Links that are safe to follow: made from identifiers that look right, and from https only."""

from __future__ import annotations

import re
from urllib.parse import quote

from moagraph.errors import DataError
from moagraph.identifiers import expand
from moagraph.records import Source

_PMID = re.compile(r"(?:PMID:)?([1-9][0-9]{0,8})")
_DOI = re.compile(r"(?:doi:)?(10\.[0-9]{4,9}/[^\s<>\"']+)")
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[^\s<>\"'\\]*)?")


def source_link(source: Source | None) -> str:
    """Return where a source can be read: PubMed, else its DOI, else its https address, else ""."""
    if source is None:
        return ""
    if found := _PMID.fullmatch(source.pmid):
        return f"https://pubmed.ncbi.nlm.nih.gov/{found[1]}/"
    if found := _DOI.fullmatch(source.doi):
        return "https://doi.org/" + quote(found[1], safe="/:;()._-")
    return https(source.url)


def https(text: str) -> str:
    """Return the text if it is an https address, else ""."""
    return text if _HTTPS.fullmatch(text) else ""


def entity_link(curie: str) -> str:
    """Return the public address of an identifier if its prefix is known, else ""."""
    if curie.startswith("moa:"):
        return ""
    try:
        iri = expand(curie)
    except DataError:
        return ""
    return https(iri.replace("http://", "https://", 1))
