"""The closed vocabularies: relations with their signs, kinds, stances, codes.

A sign tells how the functional amount of the object moves when that of the subject rises.
Only +1, -1 and "unknown" can be steps of a path; "none" and "structural" relations are
evidence for participants and contexts. `ontology/schema.ttl` says the same in OWL, and a
test holds the two together. Predicates are those of Biolink 4.4.4, the RO terms those of
the release of 2025-12-17.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

WalkSign = Literal[1, -1, "unknown"]
Sign = Literal[1, -1, "unknown", "none", "structural"]


class Relation(NamedTuple):
    """One relation of the vocabulary.

    `domain` and `range` are sets of entity kinds, empty for any kind. `biolink` is a
    predicate, `qualifiers` its Biolink qualifiers as `name=value` pairs.
    """

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

_ANY: frozenset[str] = frozenset()
_TRAIT = frozenset({"process", "phenotype", "disease", "cell"})
_CAUSES = "qualified_predicate=biolink:causes"
_TRANSCRIPTION = "causal_mechanism_qualifier=transcriptional_regulation"


def _aspect(aspect: str, direction: str) -> tuple[str, ...]:
    return (
        _CAUSES,
        f"object_aspect_qualifier={aspect}",
        f"object_direction_qualifier={direction}",
    )


RELATIONS: dict[str, Relation] = {
    relation.label: relation
    for relation in (
        Relation(
            "increases",
            "increases",
            1,
            "is increased by",
            "The amount, activity or extent of the object rises when the subject rises.",
            _ANY,
            _ANY,
            "biolink:affects",
            (_CAUSES, "object_direction_qualifier=increased"),
            "",
        ),
        Relation(
            "activates",
            "activates",
            1,
            "is activated by",
            "The subject raises the activity of the object.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("activity", "increased"),
            "RO:0002450",
        ),
        Relation(
            "increases abundance of",
            "increasesAbundanceOf",
            1,
            "abundance is increased by",
            "The subject raises the quantity of the object.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("abundance", "increased"),
            "RO:0011009",
        ),
        Relation(
            "increases expression of",
            "increasesExpressionOf",
            1,
            "expression is increased by",
            "The subject raises the expression of the object, by whatever route.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("expression", "increased"),
            "RO:0011008",
        ),
        Relation(
            "activates transcription of",
            "activatesTranscriptionOf",
            1,
            "transcription is activated by",
            "The subject raises the transcription of the gene of the object.",
            _ANY,
            _ANY,
            "biolink:affects",
            (*_aspect("expression", "increased"), _TRANSCRIPTION),
            "RO:0003003",
        ),
        Relation(
            "decreases degradation of",
            "decreasesDegradationOf",
            1,
            "degradation is decreased by",
            "The subject keeps the object from being degraded, so its amount rises.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("degradation", "decreased"),
            "RO:0011015",
        ),
        Relation(
            "promotes",
            "promotes",
            1,
            "is promoted by",
            "The subject raises the extent of a process, cell fate or phenotype.",
            _ANY,
            _TRAIT,
            "biolink:affects",
            (_CAUSES, "object_direction_qualifier=increased"),
            "RO:0002304",
        ),
        Relation(
            "sustains",
            "sustains",
            1,
            "is sustained by",
            "The burden of the disease or phenotype rises with the subject.",
            _ANY,
            DISEASE_KINDS,
            "biolink:contributes_to",
            (),
            "RO:0003304",
        ),
        Relation(
            "causes",
            "causes",
            1,
            "is caused by",
            "The subject brings about the phenotype, process or disease.",
            _ANY,
            DISEASE_KINDS | {"process", "state"},
            "biolink:causes",
            (),
            "RO:0003303",
        ),
        Relation(
            "decreases",
            "decreases",
            -1,
            "is decreased by",
            "The amount, activity or extent of the object falls when the subject rises.",
            _ANY,
            _ANY,
            "biolink:affects",
            (_CAUSES, "object_direction_qualifier=decreased"),
            "",
        ),
        Relation(
            "inhibits",
            "inhibits",
            -1,
            "is inhibited by",
            "The subject lowers the activity or the extent of the object.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("activity", "decreased"),
            "RO:0002449",
        ),
        Relation(
            "decreases abundance of",
            "decreasesAbundanceOf",
            -1,
            "abundance is decreased by",
            "The subject lowers the quantity of the object.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("abundance", "decreased"),
            "RO:0011010",
        ),
        Relation(
            "decreases expression of",
            "decreasesExpressionOf",
            -1,
            "expression is decreased by",
            "The subject lowers the expression of the object, by whatever route.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("expression", "decreased"),
            "RO:0011007",
        ),
        Relation(
            "represses transcription of",
            "repressesTranscriptionOf",
            -1,
            "transcription is repressed by",
            "The subject lowers the transcription of the gene of the object.",
            _ANY,
            _ANY,
            "biolink:affects",
            (*_aspect("expression", "decreased"), _TRANSCRIPTION),
            "RO:0003002",
        ),
        Relation(
            "increases degradation of",
            "increasesDegradationOf",
            -1,
            "degradation is increased by",
            "The subject has the object degraded, so its amount falls.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("degradation", "increased"),
            "RO:0011014",
        ),
        Relation(
            "restrains",
            "restrains",
            -1,
            "is restrained by",
            "The burden of the disease or phenotype falls when the subject rises.",
            _ANY,
            DISEASE_KINDS,
            "biolink:ameliorates_condition",
            (),
            "RO:0003307",
        ),
        Relation(
            "treats",
            "treats",
            -1,
            "is treated by",
            "The drug or combination is used against the disease, by trial or label.",
            CHEMICAL_KINDS,
            DISEASE_KINDS,
            "biolink:treats",
            (),
            "RO:0002606",
        ),
        Relation(
            "affects",
            "affects",
            "unknown",
            "is affected by",
            "The subject changes the object; the direction is not known.",
            _ANY,
            _ANY,
            "biolink:affects",
            (),
            "",
        ),
        Relation(
            "binds",
            "binds",
            "none",
            "binds",
            "Subject and object touch; being bound is not a change of amount.",
            _ANY,
            _ANY,
            "biolink:directly_physically_interacts_with",
            ("causal_mechanism_qualifier=binding",),
            "RO:0002436",
        ),
        Relation(
            "alters substrate specificity of",
            "altersSubstrateSpecificityOf",
            "none",
            "substrate specificity is altered by",
            "The subject changes which substrates the enzyme or ligase takes.",
            _ANY,
            MACROMOLECULE_KINDS,
            "biolink:affects",
            (),
            "",
        ),
        Relation(
            "ubiquitinates",
            "ubiquitinates",
            "none",
            "is ubiquitinated by",
            "The subject attaches ubiquitin to the object; a phase, not an effect.",
            _ANY,
            _ANY,
            "biolink:affects",
            _aspect("ubiquitination", "increased"),
            "RO:0002480",
        ),
        Relation(
            "neddylates",
            "neddylates",
            "none",
            "is neddylated by",
            "The subject attaches NEDD8 to the object.",
            _ANY,
            MACROMOLECULE_KINDS,
            "biolink:affects",
            _aspect("molecular_modification", "increased"),
            "",
        ),
        Relation(
            "phosphorylates",
            "phosphorylates",
            "none",
            "is phosphorylated by",
            "The subject attaches phosphate to the object; its effect is a claim of its own.",
            _ANY,
            MACROMOLECULE_KINDS,
            "biolink:affects",
            _aspect("phosphorylation", "increased"),
            "RO:0002447",
        ),
        Relation(
            "located in",
            "locatedIn",
            "none",
            "is location of",
            "The subject lies in the object.",
            _ANY,
            _ANY,
            "biolink:located_in",
            (),
            "RO:0001025",
        ),
        Relation(
            "associated with",
            "associatedWith",
            "none",
            "associated with",
            "Subject and object occur together; no cause is claimed.",
            _ANY,
            _ANY,
            "biolink:associated_with",
            (),
            "",
        ),
        Relation(
            "confers resistance to",
            "confersResistanceTo",
            "none",
            "is resisted through",
            "With the subject present or raised, the drug does less.",
            _ANY,
            CHEMICAL_KINDS,
            "biolink:associated_with_resistance_to",
            (),
            "",
        ),
        Relation(
            "confers sensitivity to",
            "confersSensitivityTo",
            "none",
            "is effective through",
            "The drug needs the subject: without it the drug does less.",
            _ANY,
            CHEMICAL_KINDS,
            "biolink:associated_with_sensitivity_to",
            (),
            "",
        ),
        Relation(
            "part of",
            "partOf",
            "structural",
            "has part",
            "The subject is a component of the object.",
            _ANY,
            _ANY,
            "biolink:part_of",
            (),
            "BFO:0000050",
        ),
        Relation(
            "is a",
            "isA",
            "structural",
            "has subclass",
            "Every subject is an object.",
            _ANY,
            _ANY,
            "biolink:subclass_of",
            (),
            "",
        ),
    )
}

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


def sign_of(relation: str) -> Sign:
    """Return the sign of a relation by its label; raises KeyError for an unknown one."""
    return RELATIONS[relation].sign


def walkable(sign: Sign) -> bool:
    """Tell whether a claim with this sign can be a step of a path."""
    return sign in (1, -1, "unknown")


def product(signs: list[WalkSign] | tuple[WalkSign, ...]) -> WalkSign:
    """Multiply signs; one unknown factor makes the product unknown."""
    result: WalkSign = 1
    for sign in signs:
        if sign == "unknown":
            return "unknown"
        result = 1 if result == sign else -1
    return result
