"""Ids are CURIEs whose prefix is known and whose local part has the right form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from moagraph.check.book import Book, fault, short
from moagraph.findings import Finding
from moagraph.identifiers import CURIE_PATTERN, prefixes, split_curie
from moagraph.records import Record, Source
from moagraph.relations import RELATIONS

_RESERVED = frozenset(f"moa:{r.local_name}" for r in RELATIONS.values())
_IDENTIFIED_ELSEWHERE = ("label", "database record", "press")


@cache
def _pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(prefixes()[prefix].pattern)


def fits(curie: str) -> bool:
    """Tell whether the local part has the form that its prefix asks for."""
    prefix, local = split_curie(curie)
    return _pattern(prefix).fullmatch(local) is not None


def check_curies(book: Book) -> Iterator[Finding]:
    """Find ids and cross-references that are malformed or of an unknown prefix."""
    for entity in book.tables.entities:
        yield from _curie(entity, "id", entity.id)
        if entity.id in _RESERVED:
            yield fault("reserved-id", entity, "id", f"{entity.id} is a term of the schema")
        for xref in entity.xrefs:
            yield from _curie(entity, "xrefs", xref)
    for row in book.tables.evidence:
        if row.eco:
            yield from _curie(row, "eco", row.eco)
    for variant in book.tables.variants:
        if variant.reference_sequence:
            yield from _curie(variant, "reference_sequence", variant.reference_sequence)
    for source in book.tables.sources:
        yield from _curie(source, "id", source.id)
        yield from _source(source)


def _curie(row: Record, column: str, curie: str) -> Iterator[Finding]:
    if not CURIE_PATTERN.match(curie):
        yield fault("not-a-curie", row, column, f"{short(curie)} is not prefix:local")
        return
    prefix, local = split_curie(curie)
    if prefix not in prefixes():
        yield fault("unknown-prefix", row, column, f"{prefix!r} is no prefix of prefixes.tsv")
    elif not fits(curie):
        pattern = prefixes()[prefix].pattern
        message = f"{short(local)} is no id of {prefixes()[prefix].name}: {pattern}"
        yield fault("bad-curie", row, column, message)


def _source(source: Source) -> Iterator[Finding]:
    for column, prefix in (("pmid", "PMID"), ("doi", "doi")):
        value = getattr(source, column)
        if value and not fits(f"{prefix}:{value}"):
            yield fault("bad-curie", source, column, f"{short(value)} is no {column.upper()}")
        elif source.id.startswith(f"{prefix}:") and value:
            named = source.id.partition(":")[2]
            if named.casefold() != value.casefold():
                message = f"{source.id} has the {column.upper()} {value}"
                yield fault("source-mismatch", source, column, message)
    told = source.pmid or source.doi or source.id.startswith(("PMID:", "doi:"))
    if not told and not (source.kind in _IDENTIFIED_ELSEWHERE and source.url):
        message = f"{source.id} has neither PMID nor DOI"
        yield fault("source-without-identifier", source, "pmid", message)
