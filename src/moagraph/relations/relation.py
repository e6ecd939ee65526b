"""What a relation is, and what the tables of relations share."""

from __future__ import annotations

from typing import NamedTuple

from moagraph.vocabulary import Sign

ANY: frozenset[str] = frozenset()
"""Domain or range of a relation that holds for entities of any kind."""


class Relation(NamedTuple):
    """One relation; `domain` and `range` are entity kinds, empty for any kind."""

    label: str
    local_name: str
    sign: Sign
    inverse: str
    definition: str
    domain: frozenset[str]
    range: frozenset[str]
    biolink: str
    qualifiers: tuple[str, ...]
    ro: str
