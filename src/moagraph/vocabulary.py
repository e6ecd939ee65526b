"""The closed vocabularies: signs, kinds of entities and claims, stances, codes.

A sign tells how the functional amount of the object moves when that of the subject rises.
Only +1, -1 and "unknown" can be steps of a path; "none" and "structural" relations are
evidence for participants and contexts. The relations themselves are in `moagraph.relations`.
"""

from __future__ import annotations

from typing import Literal

WalkSign = Literal[1, -1, "unknown"]
Sign = Literal[1, -1, "unknown", "none", "structural"]

DRUG_KINDS = frozenset({"drug", "drug class", "combination"})
CHEMICAL_KINDS = DRUG_KINDS | {"chemical"}
MACROMOLECULE_KINDS = frozenset({"protein", "protein family", "gene", "complex"})
ACTOR_KINDS = CHEMICAL_KINDS | MACROMOLECULE_KINDS | {"feature", "state"}
DISEASE_KINDS = frozenset({"disease", "phenotype"})
PLACE_KINDS = frozenset({"cell", "cell line", "anatomy", "taxon"})

ENTITY_KINDS = (
    CHEMICAL_KINDS
    | MACROMOLECULE_KINDS
    | DISEASE_KINDS
    | PLACE_KINDS
    | {"feature", "process", "state"}
)

ASSERTION_KINDS = ("mechanism", "observation", "outcome", "gate")
GATE_RELATIONS = frozenset({"confers resistance to", "confers sensitivity to"})
POLARITIES = ("asserted", "negated")
STRENGTHS = ("essential", "supportive")
EXTENTS = ("complete", "partial", "weak")
DIRECTNESS = ("direct", "indirect", "inferred")
TRANSFERS = ("secreted", "contact", "systemic")
VARIANT_EFFECTS = ("removes", "restores", "keeps")
STANCES = ("supports", "refutes", "inconclusive")
BASES = ("full text", "abstract", "title", "secondary")
SOURCE_KINDS = (
    "primary",
    "review",
    "label",
    "database record",
    "preprint",
    "abstract",
    "press",
)
FACT_STATUSES = ("current", "superseded")
STATUSES = ("supported", "contested", "refuted", "negated", "unsourced")

VERDICTS = (
    "decreases",
    "increases",
    "changes",
    "conflicting",
    "observed_only",
    "shown_not",
    "none",
)
AGREEMENTS = ("explained", "contradicted", "unexplained")
REASON_CODES = (
    "unknown_name",
    "no_connection",
    "missing_participant",
    "missing_state",
    "other_species",
    "other_context",
    "filtered",
    "length_bound",
    "negated",
)

PHASE_NAMES = {1: "bind", 2: "recruit", 3: "ubiquitinate", 4: "degrade"}
HUMAN = "NCBITaxon:9606"
DEFAULT_MAX_LENGTH = 8


def walkable(sign: Sign) -> bool:
    """Tell whether a claim with this sign can be a step of a path."""
    return sign in (1, -1, "unknown")


def status_of(polarity: str, supported: object, refuted: object) -> str:
    """Return the status of a claim by what evidence there is: one of `STATUSES`.

    Inconclusive evidence alone neither supports nor refutes.
    """
    if refuted:
        return "contested" if supported else "refuted"
    if not supported:
        return "unsourced"
    return "negated" if polarity == "negated" else "supported"


def product(signs: list[WalkSign] | tuple[WalkSign, ...]) -> WalkSign:
    """Multiply signs; one unknown factor makes the product unknown."""
    result: WalkSign = 1
    for sign in signs:
        if sign == "unknown":
            return "unknown"
        result = 1 if result == sign else -1
    return result
