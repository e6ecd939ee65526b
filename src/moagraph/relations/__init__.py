"""The relations of the vocabulary with sign, inverse, domain, range and mappings.

`ontology/schema.ttl` says the same in OWL, and a test holds the two together. Predicates are
those of Biolink 4.4.4, the RO terms those of the release of 2025-12-17.
"""

from __future__ import annotations

from moagraph.relations.loose import LOOSE
from moagraph.relations.relation import Relation
from moagraph.relations.signed import SIGNED
from moagraph.relations.unsigned import UNSIGNED
from moagraph.vocabulary import Sign

__all__ = ["LOOSE_RELATIONS", "RELATIONS", "Relation", "sign_of"]

RELATIONS: dict[str, Relation] = {
    relation.label: relation for relation in (*SIGNED, *UNSIGNED, *LOOSE)
}

LOOSE_RELATIONS = frozenset(relation.label for relation in LOOSE)
"""The relations of imported graphs that claim no cause; they have no observation twin."""


def sign_of(relation: str) -> Sign:
    """Return the sign of a relation by its label; raises KeyError for an unknown one."""
    return RELATIONS[relation].sign
