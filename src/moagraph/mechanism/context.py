"""The values that a path carries: cell, disease, species.

On each axis a restriction fits if it is empty, or equal to or an ancestor of the carried
value. If nothing is carried it becomes the carried value. A descendant fits as *narrower* and
is carried on from there.
"""

from __future__ import annotations

from typing import NamedTuple

from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion

AXES = ("cell", "disease", "species")


class Context(NamedTuple):
    """What is carried at one point of a path; "" where nothing is."""

    cell: str = ""
    disease: str = ""
    species: str = ""


class Fit(NamedTuple):
    """How a claim meets a context: what is carried at it, and what does not fit.

    `misfits` are pairs of axis and restriction, `narrower` the restrictions below the carried
    value.
    """

    context: Context
    narrower: tuple[str, ...] = ()
    misfits: tuple[tuple[str, str], ...] = ()


def fit(kb: KnowledgeBase, claim: Assertion, carried: Context) -> Fit:
    """Fit the restrictions of a claim into the carried values."""
    values = list(carried)
    narrower: list[str] = []
    misfits: list[tuple[str, str]] = []
    for place, restriction in enumerate((claim.cell, claim.disease, claim.species)):
        value = values[place]
        if not restriction or restriction == value:
            continue
        if not value:
            values[place] = restriction
        elif kb.is_a(value, restriction):
            continue
        elif kb.is_a(restriction, value):
            values[place] = restriction
            narrower.append(restriction)
        else:
            misfits.append((AXES[place], restriction))
    return Fit(Context(*values), tuple(narrower), tuple(misfits))


def meets_end(kb: KnowledgeBase, node: str, end: str) -> tuple[bool, tuple[str, ...]]:
    """Tell whether a claim on a node is a claim on the end asked for, and what is narrower.

    An end that is a disease is met by claims on it or an ancestor; a claim on a descendant
    meets it as narrower. Any other end is met by itself only.
    """
    if node == end:
        return True, ()
    entity = kb.entities.get(end)
    if entity is None or entity.kind != "disease":
        return False, ()
    if kb.is_a(end, node):
        return True, ()
    if kb.is_a(node, end):
        return True, (node,)
    return False, ()
