"""Every id that is used leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moagraph.check.book import Book, fault, short
from moagraph.check.gates import parse_requires
from moagraph.findings import Finding
from moagraph.identifiers import prefixes
from moagraph.records import Record
from moagraph.tables import TABLES

_ENTITY_COLUMNS: dict[str, tuple[str, ...]] = {
    "entities": ("parents", "members", "taxon"),
    "machines": ("machine", "participant"),
    "states": ("id",),
    "variants": ("gene", "feature", "native_in"),
    "assertions": ("subject", "object", "via", "cell", "disease", "species", "object_cell"),
    "evidence": ("cell", "disease", "species"),
    "facts": ("entity",),
}
_FREE_COLUMNS = ("indication", "regimen", "population")
"""Columns of facts that hold an id or plain words."""


def entity_ids(book: Book) -> Iterator[tuple[Record, str, str]]:
    """Yield every place where an entity is named: record, column, id."""
    for table, columns in _ENTITY_COLUMNS.items():
        for row in getattr(book.tables, table):
            for column in columns:
                value = getattr(row, column)
                for name in (value,) if isinstance(value, str) else value:
                    if name:
                        yield row, column, name
    yield from _ids_in_text(book)


def _ids_in_text(book: Book) -> Iterator[tuple[Record, str, str]]:
    """Yield the ids within gates, causes of states and columns that may hold words."""
    for assertion in book.tables.assertions:
        try:
            groups = parse_requires(assertion.requires)
        except ValueError:
            continue
        yield from ((assertion, "requires", term.id) for group in groups for term in group)
    for state in book.tables.states:
        for cause in state.brought_by:
            name = cause.removeprefix("!")
            if cause.startswith("!") or name in book.entities or is_curie(name):
                yield state, "brought_by", name
    for fact in book.tables.facts:
        for column in _FREE_COLUMNS:
            for name in getattr(fact, column).split("|"):
                if is_curie(name):
                    yield fact, column, name


def is_curie(text: str) -> bool:
    """Tell whether a text reads as an id of a known prefix, not as plain words."""
    prefix, colon, local = text.partition(":")
    return bool(colon and local) and prefix in prefixes() and " " not in text


def check_references(book: Book) -> Iterator[Finding]:
    """Find ids that lead nowhere, and rows that share an id."""
    for row, column, name in entity_ids(book):
        if name not in book.entities:
            yield fault("unknown-entity", row, column, f"{column}: no entity is {short(name)}")
    yield from _sources_and_evidence(book)
    yield from _seed_claims(book)
    yield from _brought_by_variants(book)
    yield from _duplicates(book)


def _sources_and_evidence(book: Book) -> Iterator[Finding]:
    sources = {s.id for s in book.tables.sources}
    evidence = {e.id for e in book.tables.evidence}
    for row in book.tables.evidence:
        if row.source not in sources:
            yield fault("unknown-source", row, "source", f"no source is {short(row.source)}")
        if row.about not in book.assertions and row.about not in book.facts:
            message = f"{short(row.about)} is neither an assertion nor a fact"
            yield fault("orphan-evidence", row, "about", message)
    for quantity in book.tables.quantities:
        if quantity.evidence not in evidence:
            message = f"no evidence is {short(quantity.evidence)}"
            yield fault("orphan-quantity", quantity, "evidence", message)
    for part in book.tables.machines:
        if part.shown_by and part.shown_by not in book.assertions:
            message = f"no assertion is {short(part.shown_by)}"
            yield fault("shown-by-unknown", part, "shown_by", message)


def _seed_claims(book: Book) -> Iterator[Finding]:
    evidence = {e.id for e in book.tables.evidence}
    for claim in book.tables.seed_claims:
        for column in ("held_by", "corrected_by"):
            for name in getattr(claim, column):
                if not (name in book.assertions or name in book.facts or name in evidence):
                    message = f"{short(name)} is no assertion, fact or evidence"
                    yield fault("seed-claim-dangling", claim, column, message)
        if not claim.held_by and not claim.corrected_by:
            yield fault("seed-claim-unheld", claim, "held_by", f"{claim.id} points nowhere")


def _brought_by_variants(book: Book) -> Iterator[Finding]:
    known = {(v.gene, v.change) for v in book.tables.variants}
    for state in book.tables.states:
        for cause in state.brought_by:
            if cause.startswith("!") or cause in book.entities or is_curie(cause):
                continue
            gene, _, change = cause.rpartition(":")
            if not any((g, change) in known for g in book.genes_named(gene)):
                message = f"{short(cause)} is neither an entity nor a known GENE:CHANGE"
                yield fault("unknown-variant", state, "brought_by", message)


def _duplicates(book: Book) -> Iterator[Finding]:
    """Two rows with one id; within one file the reader has said so already."""
    for table in TABLES:
        if table.key != ("id",):
            continue
        rows: Iterable[Record] = getattr(book.tables, table.name)
        seen: dict[str, Record] = {}
        for row in rows:
            first = seen.setdefault(row.id, row)  # type: ignore[union-attr]
            if first is not row and first != row:
                where = f"{first.origin.file}:{first.origin.line}"
                message = f"{row.id} stands differently at {where}"  # type: ignore[union-attr]
                yield fault("duplicate-id", row, "id", message)
    for fact in book.tables.facts:
        if fact.id in book.assertions:
            message = f"{fact.id} is also the id of an assertion"
            yield fault("duplicate-id", fact, "id", message)
