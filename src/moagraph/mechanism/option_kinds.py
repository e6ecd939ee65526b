"""What each option of a question takes: a cell, a disease, a species, a state, a drug.

An entity of another kind would be carried along and change nothing, and the answer would look as
if it had been taken into account. Entities without a kind, as imports have, pass.
"""

from __future__ import annotations

from typing import NamedTuple

from moagraph.errors import QuestionError
from moagraph.records import Entity
from moagraph.vocabulary import CHEMICAL_KINDS, DISEASE_KINDS, ENTITY_KINDS, PLACE_KINDS


class Takes(NamedTuple):
    """What an option takes, in words and as kinds."""

    what: str
    kinds: frozenset[str]


TAKES: dict[str, Takes] = {
    "cell": Takes("a cell", frozenset({"cell", "cell line", "anatomy"})),
    "disease": Takes("a disease", DISEASE_KINDS | {"state", "process"}),
    "species": Takes("a species", frozenset({"taxon"})),
    "state": Takes("a state", ENTITY_KINDS - CHEMICAL_KINDS - PLACE_KINDS),
    "with": Takes("a drug", CHEMICAL_KINDS),
}
_INSTEAD = {
    **dict.fromkeys(CHEMICAL_KINDS, "--with gives a second drug"),
    **dict.fromkeys(DISEASE_KINDS, "--disease carries a disease"),
    "cell": "--cell names a cell",
    "cell line": "--cell names a cell",
    "taxon": "--species names a species",
    "state": "--state brings a state",
}


def check_kind(option: str, entity: Entity) -> Entity:
    """Return an entity that an option takes; an option that is not listed takes any.

    Raises:
        QuestionError: it is of a kind that the option does not take.
    """
    takes = TAKES.get(option)
    if takes and entity.kind and entity.kind not in takes.kinds:
        instead = _INSTEAD.get(entity.kind, "--without takes it away")
        message = f"--{option} takes {takes.what}, and {entity.label} is of kind {entity.kind}"
        raise QuestionError(f"{message}; {instead}")
    return entity
