"""Entities among themselves: rings of parents, equal labels, odd members, idle rows."""

from __future__ import annotations

from collections.abc import Iterator

from moagraph.check.book import Book, fault
from moagraph.check.references import entity_ids
from moagraph.findings import Finding
from moagraph.identifiers import fold
from moagraph.records import Assertion, Entity
from moagraph.vocabulary import CHEMICAL_KINDS, MACROMOLECULE_KINDS

_WHOLES = {
    "protein": frozenset({"feature"}),
    "protein family": MACROMOLECULE_KINDS | {"feature"},
    "gene": frozenset({"feature"}),
    "complex": MACROMOLECULE_KINDS | CHEMICAL_KINDS | {"feature"},
    "combination": CHEMICAL_KINDS,
    "drug": CHEMICAL_KINDS,
    "drug class": CHEMICAL_KINDS,
}


def check_entities(book: Book) -> Iterator[Finding]:
    """Find rings, equal labels, members that do not fit, and entities nobody needs."""
    yield from _rings(book)
    yield from _member_rings(book)
    labels: dict[str, Entity] = {}
    for entity in book.tables.entities:
        first = labels.setdefault(fold(entity.label), entity)
        if first.id != entity.id:
            message = f"{first.id} has the label {entity.label!r} too"
            yield fault("label-duplicate", entity, "label", message)
        fitting = _WHOLES.get(entity.kind)
        for member in entity.members:
            kind = book.kind(member)
            if kind and fitting is not None and kind not in fitting:
                message = f"{book.label(member)} is a {kind}, no part of a {entity.kind}"
                yield fault("member-kind", entity, "members", message)
    yield from _unused(book)


def _rings(book: Book) -> Iterator[Finding]:
    for entity in book.tables.entities:
        for parent in entity.parents:
            if entity.id in book.ancestors(parent):
                message = f"{entity.label} is its own ancestor through {book.label(parent)}"
                yield fault("parent-cycle", entity, "parents", message)
                break


def _member_rings(book: Book) -> Iterator[Finding]:
    """Find each member by which an entity becomes part of itself."""
    done: set[str] = set()
    for root in book.tables.entities:
        above: dict[str, Iterator[str]] = {}
        if root.id not in done:
            above[root.id] = iter(root.members)
        while above:
            name, members = next(reversed(above.items()))
            member = next(members, None)
            if member is None:
                done.add(name)
                del above[name]
            elif member in above:
                whole, label = book.entities[name], book.label(member)
                message = f"{label} is part of itself through {book.label(name)}"
                yield fault("member-cycle", whole, "members", message)
            elif member not in done and member in book.entities:
                above[member] = iter(book.entities[member].members)


def _unused(book: Book) -> Iterator[Finding]:
    used: set[str] = set()
    for row, _, name in entity_ids(book):
        used.add(name)
        if isinstance(row, Assertion):
            used.update(book.ancestors(name))
    for entity in book.tables.entities:
        if entity.id not in used and not (entity.parents or entity.members):
            yield fault("unused-entity", entity, "id", f"nothing refers to {entity.label}")
