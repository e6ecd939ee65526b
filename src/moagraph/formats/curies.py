"""Identifiers of other tools as CURIEs of the one prefix table, and back in Biolink's spelling.

What no pattern of the table fits is never mended by guessing: it gets a local name under `moa:`
and stays findable by what it was written as.
"""

from __future__ import annotations

import re
from functools import cache

from moagraph.identifiers import compress, prefixes

_TO_OURS = {
    "uniprotkb": "uniprot",
    "react": "reactome",
    "rxcui": "rxnorm",
    "taxonomy": "NCBITaxon",
    "pubmed": "PMID",
    "pmcid": "pmc",
    "ncbi_gene": "ncbigene",
    "entrez": "ncbigene",
    "db": "drugbank",
    "orpha": "orphanet",
    "gtopdb": "iuphar.ligand",
    "mim": "omim",
}
_TO_BIOLINK = {
    "uniprot": "UniProtKB",
    "reactome": "REACT",
    "rxnorm": "RXCUI",
    "mesh": "MESH",
    "drugbank": "DRUGBANK",
    "ncbigene": "NCBIGene",
    "hgnc": "HGNC",
    "ensembl": "ENSEMBL",
    "pubchem.compound": "PUBCHEM.COMPOUND",
    "chembl.compound": "CHEMBL.COMPOUND",
    "chembl.target": "CHEMBL.TARGET",
    "unii": "UNII",
    "omim": "OMIM",
    "umls": "UMLS",
    "pfam": "PFAM",
    "hmdb": "HMDB",
    "inchikey": "INCHIKEY",
    "cas": "CAS",
    "pmc": "PMC",
    "kegg.compound": "KEGG.COMPOUND",
    "kegg.drug": "KEGG.DRUG",
    "kegg.pathway": "KEGG.PATHWAY",
    "tigrfam": "TIGRFAM",
    "uniprot.isoform": "UNIPROT.ISOFORM",
    "complexportal": "ComplexPortal",
    "cellosaurus": "Cellosaurus",
    "mgi": "MGI",
    "atc": "ATC",
}
"""The prefixes that Biolink 4.4.4 spells in another way than the prefix table."""

_NOT_SLUG = re.compile(r"[^a-z0-9.+]+")


def known_curie(text: str) -> str:
    """Return a CURIE of the prefix table for an identifier, "" if no pattern fits."""
    if text.startswith(("http://", "https://")):
        return _of_iri(text)
    prefix, colon, local = text.partition(":")
    if not colon or not local:
        return ""
    ours = _prefix(prefix)
    return f"{ours}:{local}" if ours and _pattern(ours).fullmatch(local) else ""


def _of_iri(iri: str) -> str:
    """Return the CURIE of an IRI: of a namespace of the table, or of a resolver of CURIEs."""
    tail = iri.partition("://")[2]
    for written in (f"http://{tail}", f"https://{tail}"):
        curie = compress(written)
        if curie and known_curie(curie):
            return known_curie(curie)
    host, *parts = tail.removeprefix("www.").split("/")
    if host not in _RESOLVERS or not parts:
        return ""
    *above, name = parts
    return known_curie(name) or (known_curie(f"{above[-1]}:{name}") if above else "")


_RESOLVERS = frozenset({"identifiers.org", "bioregistry.io", "uniprot.org"})


def to_biolink(curie: str) -> str:
    """Return a CURIE with the prefix as Biolink spells it."""
    prefix, _, local = curie.partition(":")
    return f"{_TO_BIOLINK.get(prefix, prefix)}:{local}"


def slug(text: str) -> str:
    """Return a text as a readable local name: lower case, digits, hyphens; never empty."""
    found = _NOT_SLUG.sub("-", text.casefold()).strip("-.+")[:120].strip("-.+")
    return found or text.encode("utf-8", "surrogatepass").hex()[:40] or "empty"


class Identifiers:
    """The ids of one import: each foreign id gets one of ours, no two get the same."""

    def __init__(self) -> None:
        self.ours: dict[str, str] = {}
        self._made: dict[str, int] = {}

    def __call__(self, text: str) -> str:
        """Return our id for a foreign one."""
        known = self.ours.get(text)
        if known is None:
            known = known_curie(text)
            if not known:
                known = self._local(text)
            elif known.startswith("moa:"):
                known = self._own(known)
            self.ours[text] = known
        return known

    def _own(self, curie: str) -> str:
        """Keep a name that is written as one of ours, unless it was made for something else."""
        name = curie.removeprefix("moa:")
        return self._local(name) if self._made.setdefault(name, 0) else curie

    def _local(self, text: str) -> str:
        base = name = slug(text)
        if base not in self._made:
            self._made[base] = 1
            return f"moa:{base}"
        times = self._made[base] + 1
        while times and name in self._made:
            times += 1
            name = f"{base}-{times}"
        self._made[base] = max(times, 1)
        self._made.setdefault(name, 1)
        return f"moa:{name}"


@cache
def _by_folded_prefix() -> dict[str, str]:
    return {p.casefold(): p for p in prefixes()} | _TO_OURS


def _prefix(prefix: str) -> str:
    return _by_folded_prefix().get(prefix.casefold(), "")


@cache
def _pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(prefixes()[prefix].pattern)
