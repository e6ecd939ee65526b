"""Relations of imported graphs that join two things and claim no cause.

Foreign mechanisms lead through places, parts and correlations as through causes. Such a link
can be walked, so that the foreign path is found, but its sign is unknown: a path through it
never says that something rises or falls. The claims of the built-in graph do without them.
"""

from __future__ import annotations

from moagraph.relations.relation import ANY, Relation


def _loose(
    label: str, local_name: str, definition: str, biolink: str, ro: str = "", inverse: str = ""
) -> Relation:
    """Return a relation of unknown sign; without an inverse it is symmetric."""
    return Relation(
        label, local_name, "unknown", inverse or label, definition, ANY, ANY, biolink, (), ro
    )


LOOSE: tuple[Relation, ...] = (
    _loose(
        "correlated with",
        "correlatedWith",
        "Subject and object vary together; neither a cause nor a direction is claimed.",
        "biolink:correlated_with",
        "RO:0002610",
    ),
    _loose(
        "positively correlated with",
        "positivelyCorrelatedWith",
        "Subject and object rise and fall together; no cause is claimed.",
        "biolink:positively_correlated_with",
    ),
    _loose(
        "negatively correlated with",
        "negativelyCorrelatedWith",
        "One of subject and object falls where the other rises; no cause is claimed.",
        "biolink:negatively_correlated_with",
    ),
    _loose(
        "interacts with",
        "interactsWith",
        "Subject and object act on each other, or touch; what that changes is not said.",
        "biolink:interacts_with",
        "RO:0002434",
    ),
    _loose(
        "participates in",
        "participatesIn",
        "The subject takes part in the process; whether it drives or brakes it is not said.",
        "biolink:participates_in",
        "RO:0000056",
        "involves",
    ),
    _loose(
        "occurs in",
        "occursIn",
        "The subject takes place, lies or is expressed in the organism, tissue, cell or disease.",
        "biolink:occurs_in",
        "BFO:0000066",
        "is site of",
    ),
    _loose(
        "manifestation of",
        "manifestationOf",
        "The subject is a sign by which the disease or process shows itself.",
        "biolink:manifestation_of",
        "",
        "has manifestation",
    ),
    _loose(
        "linked to",
        "linkedTo",
        "A source joins subject and object by part, class, order or likeness, not by an effect.",
        "biolink:related_to",
    ),
)
