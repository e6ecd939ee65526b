"""The IRIs of our own terms, and which predicate a claim has.

Observations have predicates of their own: `moa:observedToIncrease` beside `moa:increases`,
because an effect that was seen is not a step that was shown.
"""

from __future__ import annotations

import re
from functools import cache

from moagraph.identifiers import BASE
from moagraph.records import Assertion
from moagraph.relations import LOOSE_RELATIONS, RELATIONS
from moagraph.vocabulary import GATE_RELATIONS

KIND_CLASSES = {
    "drug": "Drug",
    "drug class": "DrugClass",
    "combination": "Combination",
    "chemical": "OtherChemical",
    "protein": "Protein",
    "protein family": "ProteinFamily",
    "gene": "Gene",
    "complex": "Complex",
    "feature": "Feature",
    "process": "Process",
    "phenotype": "Phenotype",
    "disease": "Disease",
    "cell": "Cell",
    "cell line": "CellLine",
    "anatomy": "Anatomy",
    "state": "State",
    "taxon": "Taxon",
}
"""The class of each kind of entity."""

_NEVER_OBSERVED = GATE_RELATIONS | LOOSE_RELATIONS | {"treats", "part of", "is a"}


def moa(name: str) -> str:
    """Return the IRI of one of our terms."""
    return BASE + name


def observed_name(local_name: str) -> str:
    """Return the local name of the observation twin of a relation.

    >>> observed_name("repressesTranscriptionOf"), observed_name("locatedIn")
    ('observedToRepressTranscriptionOf', 'observedToBeLocatedIn')
    """
    match = re.match(r"[a-z]+", local_name)
    verb = match.group() if match else ""
    rest = local_name[len(verb) :]
    if verb in ("located", "associated"):
        return f"observedToBe{verb.capitalize()}{rest}"
    stem = verb[:-2] if verb.endswith("sses") else verb[:-1]
    return f"observedTo{stem.capitalize()}{rest}"


@cache
def observable(relation: str) -> bool:
    """Tell whether a relation has an observation twin."""
    return relation not in _NEVER_OBSERVED


def predicate(assertion: Assertion) -> str:
    """Return the predicate of a claim: its relation's, or the twin of an observation."""
    known = RELATIONS.get(assertion.relation)
    if known is None:
        return moa("affects")
    if assertion.kind == "observation" and observable(assertion.relation):
        return moa(observed_name(known.local_name))
    return moa(known.local_name)


@cache
def relations_by_predicate() -> dict[str, str]:
    """Return the label of the relation of each predicate, twins included."""
    found = {moa(r.local_name): r.label for r in RELATIONS.values()}
    for relation in RELATIONS.values():
        if observable(relation.label):
            found[moa(observed_name(relation.local_name))] = relation.label
    return found
