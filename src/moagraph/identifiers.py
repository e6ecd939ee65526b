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

_LONGEST_FORM = 200
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


def other_forms(name: str) -> tuple[tuple[str, ...], ...]:
    """Return what a name that nothing is called may be another form of, in order of trust.

    An IRI stands for its CURIE, `MONDO_0009693` for `MONDO:0009693`, a bare accession
    (`DB00480`) for a CURIE of each prefix whose pattern it fits; then blanks for dashes, dashes
    for blanks, and one of several. Forms of one group are equally good.
    """
    text = name.strip()
    if text.startswith(("http://", "https://")):
        tail = re.split(r"[/#=]", text)[-1]
        return ((compress(text) or tail, tail, tail.replace("_", ":", 1)),)
    if not 3 <= len(text) <= _LONGEST_FORM:
        return ()
    groups: list[tuple[str, ...]] = []
    if re.fullmatch(r"[A-Za-z.]+_\w+", text):
        groups.append((text.replace("_", ":", 1),))
    if re.search(r"\d", text) and re.search(r"[A-Za-z]", text) and ":" not in text:
        known = tuple(
            f"{prefix.prefix}:{text}"
            for prefix in prefixes().values()
            if prefix.pattern and re.fullmatch(prefix.pattern, text)
        )
        groups.append(known)
    spelled = fold(text)
    for form in (spelled, spelled.removesuffix("s")):
        groups.append((form, form.replace("-", " "), form.replace(" ", "-")))
    return tuple(group for group in groups if group)
