"""Terms of our namespace that a query names and that do not exist, with the nearest ones."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from moagraph.identifiers import BASE
from moagraph.rdf.layers import LAYERS, SCHEMA_FILE
from moagraph.resources import ontology_file

if TYPE_CHECKING:
    import pyoxigraph as ox

    from moagraph.sparql.guard import Checked

MAX_NOTES = 10
"""The most terms of one query that are remarked on."""


def unknown_terms(store: ox.Store, checked: Checked, known: set[str]) -> tuple[str, ...]:
    """Return a note for each IRI under our base that neither the data nor the schema knows.

    `known` are IRIs that were found before; those found now are added.
    """
    notes: list[str] = []
    for iri in checked.names:
        if not iri.startswith(BASE) or iri in LAYERS or iri in known:
            continue
        if len(notes) == MAX_NOTES:
            notes.append("further names of the query are not looked up")
            break
        if _used(store, iri) or iri[len(BASE) :] in terms():
            known.add(iri)
        else:
            notes.append(_note(iri))
    return tuple(notes)


def _used(store: ox.Store, iri: str) -> bool:
    import pyoxigraph as ox

    node = ox.NamedNode(iri)
    found = (
        store.quads_for_pattern(None, node, None, None),
        store.quads_for_pattern(node, None, None, None),
        store.quads_for_pattern(None, None, node, None),
    )
    return any(next(quads, None) is not None for quads in found)


@cache
def terms() -> frozenset[str]:
    """Return the local names of the classes and relations of the schema."""
    with open(ontology_file(SCHEMA_FILE), encoding="utf-8") as file:
        return frozenset(re.findall(r"^moa:([A-Za-z]\w*)\s", file.read(), re.MULTILINE))


def _note(iri: str) -> str:
    import difflib

    local = iri[len(BASE) :]
    near = difflib.get_close_matches(local, terms(), n=2, cutoff=0.5)
    hint = f"; did you mean {' or '.join(f'moa:{name}' for name in near)}?" if near else ""
    return f"moa:{local} is neither in the data nor in the schema{hint}"
