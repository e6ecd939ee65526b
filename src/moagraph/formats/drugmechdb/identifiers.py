"""The identifiers of DrugMechDB as CURIEs of the one prefix table.

DrugMechDB writes `DB:DB00480`, `taxonomy:9606` and `reactome:R-HSA-1`. An id that no pattern
fits is never mended by guessing: it keeps a local name under `moa:`, and the reader says so.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from moagraph.identifiers import prefixes

LOCAL = "moa:drugmechdb-"
"""How the ids begin that stand for a text which is no identifier."""

_ALIASES = {
    "db": "drugbank",
    "taxonomy": "NCBITaxon",
    "react": "reactome",
    "tigr": "tigrfam",
    "uniprotkb": "uniprot",
    "kegg": "kegg.pathway",
    "pubmed": "PMID",
}
_ISOFORM = re.compile(r"^[A-Z0-9]{6,10}-\d+$")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_NOTHING = frozenset({"", "null", "none", "nan", "~", "na", "n/a"})
_REVERSED = {"drugbank": "DB", "NCBITaxon": "taxonomy", "tigrfam": "TIGR", "mesh": "MESH"}
_REVERSED |= {"uniprot": "UniProt", "uniprot.isoform": "UniProt", "interpro": "InterPro"}
_REVERSED |= {"pfam": "Pfam"}


class Identifier(NamedTuple):
    """A CURIE, and what was wrong with the text it was made from, "" if nothing was.

    `curie` is "" if the text names nothing. `known` tells whether a pattern of the prefix
    table fits; if not, the CURIE is a local one.
    """

    curie: str
    problem: str = ""
    known: bool = True


@lru_cache(maxsize=200_000)
def normalise(text: str) -> Identifier:
    """Return the identifier that a text of DrugMechDB means."""
    visible = _INVISIBLE.sub("", text)
    prefix, colon, local = visible.partition(":")
    if text.strip().casefold() in _NOTHING or (colon and local.strip().casefold() in _NOTHING):
        return Identifier("", "names nothing" if text.strip() else "is empty", known=False)
    if not colon:
        return Identifier(local_curie(text), "has no prefix", known=False)
    problem = "has blanks" if local != local.strip() or prefix != prefix.strip() else ""
    problem = "has invisible characters" if visible != text else problem
    prefix, local = prefix.strip(), local.strip()
    ours = _prefix(prefix)
    if not ours:
        return Identifier(local_curie(text), f"has the unknown prefix {prefix[:40]!r}", known=False)
    if ours == "uniprot" and _ISOFORM.match(local):
        ours = "uniprot.isoform"
    if local.casefold().startswith(f"{prefix.casefold()}:"):
        local, problem = local[len(prefix) + 1 :], "repeats its prefix"
    if not _pattern(ours).fullmatch(local):
        return Identifier(
            local_curie(text), f"is no {prefixes()[ours].name} identifier", known=False
        )
    return Identifier(f"{ours}:{local}", problem)


def several(text: str) -> tuple[str, ...]:
    """Return the CURIEs of a text that joins sound ids by commas, else nothing."""
    parts = [normalise(part.strip()) for part in text.split(",")]
    sound = len(parts) > 1 and all(p.known and not p.problem for p in parts)
    return tuple(p.curie for p in parts) if sound else ()


def local_curie(text: str) -> str:
    """Return a CURIE of our own for a text that is no identifier."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    if not slug:
        slug = text.encode("utf-8", "surrogatepass").hex()[:40]
    return f"{LOCAL}{slug}"


def denormalise(curie: str) -> str:
    """Return a CURIE as DrugMechDB writes it."""
    prefix, _, local = curie.partition(":")
    return f"{_REVERSED.get(prefix, prefix)}:{local}"


@cache
def _prefix(prefix: str) -> str:
    folded = prefix.casefold()
    return _ALIASES.get(folded) or {p.casefold(): p for p in prefixes()}.get(folded, "")


@cache
def _pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(prefixes()[prefix].pattern)
