"""What an assertion may say: kinds of subject and object, context, transfer, gates."""

from __future__ import annotations

from collections.abc import Iterator

from moagraph.check.book import Book, fault, short
from moagraph.check.gates import parse_requires
from moagraph.findings import Finding
from moagraph.records import Assertion, Evidence
from moagraph.relations import RELATIONS
from moagraph.vocabulary import GATE_RELATIONS

CONTEXT_KINDS = {
    "cell": frozenset({"cell", "cell line", "anatomy"}),
    "object_cell": frozenset({"cell", "cell line", "anatomy"}),
    "disease": frozenset({"disease", "phenotype"}),
    "species": frozenset({"taxon"}),
}


def check_claims(book: Book) -> Iterator[Finding]:
    """Find claims that the vocabulary, or another claim, does not allow."""
    for claim in book.tables.assertions:
        yield from _relation(book, claim)
        yield from _transfer(claim)
        yield from _requires(book, claim)
    yield from _contexts(book)
    yield from _duplicates(book)


def _relation(book: Book, claim: Assertion) -> Iterator[Finding]:
    if claim.subject == claim.object:
        message = f"{book.label(claim.subject)} acts on itself"
        yield fault("self-claim", claim, "object", message)
    relation = RELATIONS.get(claim.relation)
    if relation is None:
        return
    ends = (("domain", "subject", relation.domain), ("range", "object", relation.range))
    for code, column, allowed in ends:
        name = getattr(claim, column)
        kind = book.kind(name)
        if kind and allowed and kind not in allowed:
            message = f"{claim.relation} takes no {kind} as {column}: {book.label(name)}"
            kinds = ", ".join(sorted(allowed))
            yield fault(code, claim, column, message, f"its {column} is one of: {kinds}")
    if (claim.kind == "gate") != (claim.relation in GATE_RELATIONS):
        message = f"kind {claim.kind} with the relation {claim.relation}"
        yield fault("gate-relation", claim, "kind", message)
    if (claim.kind == "outcome") != (claim.relation == "treats"):
        message = f"kind {claim.kind} with the relation {claim.relation}"
        yield fault("outcome-relation", claim, "kind", message)


def _transfer(claim: Assertion) -> Iterator[Finding]:
    if claim.transfer and not claim.object_cell and claim.transfer != "systemic":
        message = f"transfer {claim.transfer} names no cell that takes it up"
        yield fault("transfer-without-cell", claim, "object_cell", message)
    if claim.object_cell and not claim.transfer:
        message = "object_cell without a transfer"
        yield fault("transfer-without-cell", claim, "transfer", message)


def _requires(book: Book, claim: Assertion) -> Iterator[Finding]:
    try:
        groups = parse_requires(claim.requires)
    except ValueError as error:
        yield fault("requires-grammar", claim, "requires", f"requires: {error}")
        return
    for group in groups:
        for term in group:
            kind = book.kind(term.id)
            if term.absent:
                continue
            if kind == "feature" and term.id not in book.owner_of_feature:
                message = f"no protein has the feature {book.label(term.id)}"
                yield fault("unmet-requirement", claim, "requires", message)
            elif kind == "state" and term.id not in book.states:
                message = f"states.tsv does not tell what brings {book.label(term.id)}"
                yield fault("unmet-requirement", claim, "requires", message)


def _contexts(book: Book) -> Iterator[Finding]:
    rows: tuple[tuple[str, tuple[Assertion | Evidence, ...], tuple[str, ...]], ...] = (
        (
            "context-kind",
            book.tables.assertions,
            ("cell", "disease", "species", "object_cell"),
        ),
        ("evidence-context", book.tables.evidence, ("cell", "disease", "species")),
    )
    for code, table, columns in rows:
        for row in table:
            for column in columns:
                value = getattr(row, column)
                for name in (value,) if isinstance(value, str) else value:
                    kind = book.kind(name)
                    if kind and kind not in CONTEXT_KINDS[column]:
                        message = f"{column}: {short(book.label(name))} is a {kind}"
                        yield fault(code, row, column, message)
    for state in book.tables.states:
        kind = book.kind(state.id)
        if kind and kind != "state":
            yield fault("context-kind", state, "id", f"{book.label(state.id)} is a {kind}")
    for variant in book.tables.variants:
        for name in variant.native_in:
            kind = book.kind(name)
            if kind and kind != "taxon":
                message = f"native_in: {book.label(name)} is a {kind}"
                yield fault("context-kind", variant, "native_in", message)
        owner = book.owner_of_feature.get(variant.feature)
        if owner != variant.gene and variant.feature in book.entities:
            message = f"{book.label(variant.feature)} is no feature of {book.label(variant.gene)}"
            yield fault("variant-feature", variant, "feature", message)


def _duplicates(book: Book) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], Assertion] = {}
    for claim in book.tables.assertions:
        key = (
            *(claim.subject, claim.relation, claim.object, claim.kind, claim.via),
            *(claim.cell, claim.disease, claim.species, claim.transfer, claim.object_cell),
            claim.polarity,
            claim.requires,
        )
        first = seen.setdefault(key, claim)
        if first is not claim and first.id != claim.id:
            yield fault("duplicate-claim", claim, "id", f"{claim.id} says the same as {first.id}")
