"""CURIEs, prefixes and the folding of names for look-up.

The one prefix table is `ontology/prefixes.tsv` (columns prefix, namespace, pattern, name);
patterns are those of the Bioregistry.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from moagraph.errors import DataError
from moagraph.resources import ontology_file

BASE = "https://w3id.org/moagraph/"
CURIE_PATTERN = re.compile(r"^[A-Za-z][\w.]*:[^\s<>\"{}|\\^`]+$")
SLUG_PATTERN = re.compile(r"^[a-z0-9][a-z0-9.+-]*$")

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


class Prefix(NamedTuple):
    """A CURIE prefix: its namespace IRI and the pattern of its local identifiers."""

    prefix: str
    namespace: str
    pattern: str
    name: str


@cache
def prefixes() -> dict[str, Prefix]:
    """Return the prefix table by prefix, in file order."""
    with open(ontology_file("prefixes.tsv"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    table: dict[str, Prefix] = {}
    for line in lines[1:]:
        row = Prefix(*line.split("\t"))
        table[row.prefix] = row
    return table


def split_curie(curie: str) -> tuple[str, str]:
    """Split a CURIE at its first colon; raises DataError if there is none."""
    prefix, colon, local = curie.partition(":")
    if not colon:
        raise DataError(f"not a CURIE: {curie!r}")
    return prefix, local


def expand(curie: str) -> str:
    """Return the IRI of a CURIE.

    Raises:
        DataError: no colon, or a prefix that the prefix table does not have.
    """
    prefix, local = split_curie(curie)
    known = prefixes().get(prefix)
    if known is None:
        raise DataError(f"unknown prefix {prefix!r} in {curie!r}")
    return known.namespace + local


def compress(iri: str) -> str | None:
    """Return the CURIE of an IRI by the longest namespace that fits, or None."""
    known, pattern = _namespaces()
    found = pattern.match(iri)
    return None if found is None else f"{known[found.group()]}:{iri[found.end() :]}"


@cache
def _namespaces() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return prefixes by namespace, and a pattern that finds the longest namespace."""
    known: dict[str, str] = {}
    for prefix in prefixes().values():
        known.setdefault(prefix.namespace, prefix.prefix)
    longest_first = sorted(known, key=lambda namespace: -len(namespace))
    return known, re.compile("|".join(map(re.escape, longest_first)))


def fold(name: str) -> str:
    """Fold a name for look-up: NFKC, case, dashes and runs of blanks; never look-alikes."""
    if name.isascii():
        return " ".join(name.casefold().split())
    text = unicodedata.normalize("NFKC", name).translate(_DASHES)
    return " ".join(unicodedata.normalize("NFKC", text.casefold()).split())
