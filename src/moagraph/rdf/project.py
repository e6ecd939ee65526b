"""Project a knowledge base onto RDF: each record to its own triples, by pure functions.

An assertion is a node with subject, predicate and object. Beside it stands a *derived* direct
triple, only where one may walk it without looking: the claim is supported, asserted, of kind
mechanism, outcome or observation, holds without restriction, and has no gate. The degron that a
glue claim requires is a participant (design 4.10), not a gate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from moagraph.check.conditions import parse_condition
from moagraph.check.gates import parse_requires
from moagraph.check.references import is_curie
from moagraph.identifiers import BASE
from moagraph.rdf import terms as t
from moagraph.rdf.predicates import KIND_CLASSES, moa, observable, predicate
from moagraph.rdf.terms import Literal, Triple
from moagraph.records import (
    Assertion,
    Entity,
    Evidence,
    Fact,
    MachinePart,
    Quantity,
    Record,
    SeedClaim,
    Source,
    State,
    Variant,
)
from moagraph.relations import RELATIONS
from moagraph.tables import TABLES
from moagraph.vocabulary import status_of

if TYPE_CHECKING:
    from moagraph.knowledge import KnowledgeBase

# Engines keep a decimal by its value, so another form of it has to be kept as text.
_CANONICAL = re.compile(r"(?!-0$)-?(0|[1-9]\d{0,14})(\.\d{0,5}[1-9])?", re.ASCII)
_PLAIN = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_LISTS = {
    table.record: tuple(c for c in table.columns if c in table.list_columns) for table in TABLES
}
_WALKED = ("mechanism", "outcome", "observation")


def triples(kb: KnowledgeBase) -> Iterator[Triple]:
    """Yield every triple of a knowledge base; a triple may come twice."""
    yield from _dataset(kb)
    for _, found in by_record(kb):
        yield from found


def by_record(kb: KnowledgeBase) -> Iterator[tuple[Record, Iterable[Triple]]]:
    """Yield each record with its triples, table by table."""
    yield from _projected(kb.tables.entities, _entity)
    yield from _projected(kb.tables.machines, _machine_part)
    yield from _projected(kb.tables.states, _state)
    yield from _projected(kb.tables.variants, _variant)
    for claim, evidence in kb.with_evidence():
        stances = {row.stance for row in evidence}
        status = status_of(claim.polarity, "supports" in stances, "refutes" in stances)
        yield claim, _assertion(kb, claim, status)
    yield from _projected(kb.tables.evidence, lambda row: _evidence(kb, row))
    yield from _projected(kb.tables.quantities, _quantity)
    yield from _projected(kb.tables.sources, _source)
    yield from _projected(kb.tables.facts, _fact)
    yield from _projected(kb.tables.seed_claims, lambda row: _seed_claim(kb, row))


def _projected(
    rows: Iterable[Any], project: Callable[[Any], Iterable[Triple]]
) -> Iterator[tuple[Record, Iterable[Triple]]]:
    return ((row, project(row)) for row in rows)


def _dataset(kb: KnowledgeBase) -> Iterator[Triple]:
    node = moa("dataset/moagraph")
    yield node, t.TYPE, t.VOID + "Dataset"
    yield node, t.DCTERMS + "title", Literal(f"moagraph: {kb.name}")
    yield node, t.DCTERMS + "conformsTo", BASE
    yield node, t.OWL + "versionInfo", Literal(kb.version)
    if kb.name == "built-in":
        licence = "https://creativecommons.org/publicdomain/zero/1.0/"
        yield node, t.DCTERMS + "license", licence


def _texts(node: str, row: object, columns: Iterable[tuple[str, str]]) -> Iterator[Triple]:
    """Yield a literal for each filled column; `columns` are (column, predicate IRI)."""
    for column, name in columns:
        value = getattr(row, column)
        if value:
            yield node, name, Literal(value)


def _links(node: str, name: str, ids: Iterable[str]) -> Iterator[Triple]:
    for each in ids:
        if each:
            yield node, moa(name), t.entity_iri(each)


def _order(node: str, row: Record) -> Iterator[Triple]:
    """Yield the order of each list that is not in the order of code points.

    A set of triples has no order; the numbers are places in the sorted list of the values.
    """
    for column in _LISTS[type(row)]:
        values = getattr(row, column)
        if len(values) > 1:
            unique = sorted(set(values))
            if list(values) != unique:
                places = " ".join(str(unique.index(value)) for value in values)
                yield node, moa("inOrder"), Literal(f"{column} {places}")


def _number(node: str, name: str, text: str) -> Iterator[Triple]:
    """Yield a decimal where the text is one; the text too where the decimal would lose it."""
    if not text:
        return
    if _PLAIN.fullmatch(text):
        yield node, moa(name), Literal(text.removeprefix("+"), t.DECIMAL)
    if not _CANONICAL.fullmatch(text):
        yield node, moa(f"{name}Text"), Literal(text)


def _entity(row: Entity) -> Iterator[Triple]:
    node = t.entity_iri(row.id)
    yield node, t.TYPE, moa(KIND_CLASSES.get(row.kind, "Entity"))
    if row.category:
        yield node, t.TYPE, t.BIOLINK + row.category
    yield node, t.LABEL, Literal(row.label)
    for synonym in row.synonyms:
        yield node, t.SKOS + "altLabel", Literal(synonym)
    for xref in row.xrefs:
        yield node, t.OIO + "hasDbXref", Literal(xref)
    yield from _links(node, "hasParent", row.parents)
    yield from _links(node, "hasMember", row.members)
    yield from _links(node, "inTaxon", (row.taxon,))
    yield from _texts(node, row, (("description", t.DCTERMS + "description"),))
    if row.kind not in KIND_CLASSES:
        yield node, moa("kindText"), Literal(row.kind)
    yield from _order(node, row)


def _machine_part(row: MachinePart) -> Iterator[Triple]:
    node = t.machine_part_iri(row)
    yield node, t.TYPE, moa("MachinePart")
    yield from _links(node, "ofMachine", (row.machine,))
    yield from _links(node, "hasParticipant", (row.participant,))
    yield node, moa("inPhase"), Literal(str(row.phase), t.INTEGER)
    names = ("alternative_group", moa("alternativeGroup")), ("strength", moa("hasStrength"))
    yield from _texts(node, row, names)
    if row.shown_by:
        yield node, moa("shownBy"), t.assertion_iri(row.shown_by)


def _state(row: State) -> Iterator[Triple]:
    node = t.entity_iri(row.id)
    for cause in row.brought_by:
        if cause.startswith("!"):
            yield node, moa("broughtByLossOf"), t.entity_iri(cause[1:])
        elif is_curie(cause):
            yield node, moa("broughtBy"), t.entity_iri(cause)
        else:
            yield node, moa("broughtByVariant"), Literal(cause)
    if not row.brought_by:
        yield node, moa("broughtByNothing"), Literal("true", t.BOOLEAN)
    yield from _order(node, row)


def _variant(row: Variant) -> Iterator[Triple]:
    node = t.variant_iri(row)
    yield node, t.TYPE, moa("Variant")
    yield from _links(node, "ofGene", (row.gene,))
    yield from _links(node, "changesFeature", (row.feature,))
    yield from _links(node, "nativeIn", row.native_in)
    names = ("change", moa("hasChange")), ("effect", moa("hasEffect"))
    yield from _texts(node, row, names)
    if is_curie(row.reference_sequence):
        yield from _links(node, "referenceSequence", (row.reference_sequence,))
    elif row.reference_sequence:
        yield node, moa("referenceSequenceText"), Literal(row.reference_sequence)
    yield from _order(node, row)


def gated(kb: KnowledgeBase, row: Assertion) -> bool:
    """Tell whether a claim requires more than features that take part in it."""
    try:
        groups = parse_requires(row.requires)
    except ValueError:
        return True
    for group in groups:
        entity = kb.entities.get(group[0].id)
        is_feature = entity is not None and entity.kind == "feature"
        if len(group) > 1 or group[0].absent or not is_feature:
            return True
    return False


def walkable(kb: KnowledgeBase, row: Assertion, status: str) -> bool:
    """Tell whether a claim of a status has a direct triple."""
    if row.kind not in _WALKED or row.relation not in RELATIONS:
        return False
    if row.kind == "observation" and not observable(row.relation):
        return False
    restricted = row.cell or row.disease or row.species
    return not restricted and status == "supported" and not (row.requires and gated(kb, row))


def _assertion(kb: KnowledgeBase, row: Assertion, status: str) -> Iterator[Triple]:
    node = t.assertion_iri(row.id)
    subject, object_ = t.entity_iri(row.subject), t.entity_iri(row.object)
    name = predicate(row)
    yield node, t.TYPE, moa("Assertion")
    yield node, t.LABEL, Literal(_label(kb, row))
    yield node, moa("hasSubject"), subject
    yield node, moa("hasPredicate"), name
    yield node, moa("hasObject"), object_
    yield node, moa("claimKind"), Literal(row.kind)
    yield node, moa("hasPolarity"), Literal(row.polarity)
    yield node, moa("hasStatus"), Literal(status)
    if row.relation in RELATIONS:
        yield node, moa("hasSign"), Literal(sign_text(row.relation))
    else:
        yield node, moa("relationText"), Literal(row.relation)
    for held, place in (
        ("viaMachine", row.via),
        ("holdsInCell", row.cell),
        ("holdsInDisease", row.disease),
        ("holdsInSpecies", row.species),
        ("takenUpInCell", row.object_cell),
    ):
        if place:
            yield node, moa(held), t.entity_iri(place)
    yield from _texts(
        node,
        row,
        (
            ("requires", moa("requiresAll")),
            ("transfer", moa("hasTransfer")),
            ("extent", moa("hasExtent")),
            ("directness", moa("hasDirectness")),
            ("note", t.SKOS + "note"),
        ),
    )
    if row.requires:
        yield from _required(node, row)
    if walkable(kb, row, status):
        yield subject, name, object_


def sign_text(relation: str) -> str:
    """Return the sign of a relation as the schema writes it: +1, -1, unknown ..."""
    sign = RELATIONS[relation].sign
    return f"{sign:+d}" if isinstance(sign, int) else sign


def _required(node: str, row: Assertion) -> Iterator[Triple]:
    try:
        groups = parse_requires(row.requires)
    except ValueError:
        return
    for group in groups:
        for term in group:
            name = "requiresAbsenceOf" if term.absent else "requiresEntity"
            yield node, moa(name), t.entity_iri(term.id)


def _label(kb: KnowledgeBase, row: Assertion) -> str:
    parts = [kb.label(row.subject), row.relation, kb.label(row.object)]
    parts += [f"in {kb.label(place)}" for place in (row.cell, row.disease, row.species) if place]
    notes = [word for word in ("observation",) if row.kind == word]
    notes += [row.polarity] if row.polarity == "negated" else []
    return " ".join(parts) + (f" ({', '.join(notes)})" if notes else "")


def _evidence(kb: KnowledgeBase, row: Evidence) -> Iterator[Triple]:
    node = t.evidence_iri(row.id)
    known = row.about in kb.assertions
    about = t.assertion_iri(row.about) if known else t.fact_iri(row.about)
    yield about, moa("hasEvidence"), node
    yield node, t.TYPE, moa("Evidence")
    yield node, t.DCTERMS + "source", t.entity_iri(row.source)
    yield from _links(node, "evidenceType", (row.eco,))
    yield from _links(node, "seenInCell", row.cell)
    yield from _links(node, "seenInDisease", row.disease)
    yield from _links(node, "seenInSpecies", row.species)
    names = ("stance", "basis", "system", "statement")
    yield from _texts(node, row, ((name, moa(f"has{name.capitalize()}")) for name in names))
    yield from _order(node, row)


def _quantity(row: Quantity) -> Iterator[Triple]:
    node = t.quantity_iri(row)
    yield t.evidence_iri(row.evidence), moa("hasQuantity"), node
    yield node, t.TYPE, moa("Quantity")
    yield from _number(node, "hasValue", row.value)
    names = (
        ("kind", moa("quantityKind")),
        ("relation", moa("hasComparison")),
        ("unit", moa("hasUnit")),
        ("assay", moa("hasAssay")),
        ("time", moa("afterTime")),
        ("concentration", moa("atConcentration")),
    )
    yield from _texts(node, row, names)


def _source(row: Source) -> Iterator[Triple]:
    node = t.entity_iri(row.id)
    yield node, t.TYPE, moa("Source")
    names = (
        ("kind", moa("sourceKind")),
        ("pmid", moa("hasPmid")),
        ("doi", moa("hasDoi")),
        ("first_author", moa("firstAuthor")),
        ("journal", moa("inJournal")),
        ("year", moa("inYear")),
        ("title", t.DCTERMS + "title"),
        ("url", moa("seenAt")),
        ("jurisdiction", moa("hasJurisdiction")),
        ("retrieved", moa("retrievedOn")),
    )
    yield from _texts(node, row, names)


def _fact(row: Fact) -> Iterator[Triple]:
    node = t.fact_iri(row.id)
    yield t.entity_iri(row.entity), moa("hasFact"), node
    yield node, t.TYPE, moa("Fact")
    yield from _number(node, "hasValue", row.value)
    yield from _number(node, "hasLow", row.low)
    yield from _number(node, "hasHigh", row.high)
    for column in ("indication", "regimen", "population"):
        name = f"for{column.capitalize()}"
        value = getattr(row, column)
        parts = value.split("|") if value else []
        linked = bool(parts) and all(map(is_curie, parts))
        if linked:
            yield from _links(node, name, parts)
        if value and not (linked and parts == sorted(set(parts))):
            yield node, moa(f"{name}Text"), Literal(value)
    names = (
        ("property", moa("ofProperty")),
        ("unit", moa("hasUnit")),
        ("condition", moa("underCondition")),
        ("arm", moa("inArm")),
        ("n", moa("sampleSize")),
        ("jurisdiction", moa("hasJurisdiction")),
        ("date", t.DCTERMS + "date"),
        ("status", moa("factStatus")),
    )
    yield from _texts(node, row, names)
    yield from _conditions(node, row.condition)


def _conditions(fact: str, text: str) -> Iterator[Triple]:
    try:
        parts = parse_condition(text)
    except ValueError:
        return
    for place, part in enumerate(parts, start=1):
        node = f"{fact}/condition/{place}"
        yield fact, moa("hasCondition"), node
        yield node, t.TYPE, moa("Condition")
        yield node, moa("hasParameter"), Literal(part.parameter)
        low = "hasLow" if part.low_included else "liesAbove"
        high = "hasHigh" if part.high_included else "liesBelow"
        for name, bound in ((low, part.low), (high, part.high)):
            if bound is not None:
                yield node, moa(name), Literal(f"{bound.normalize():f}", t.DECIMAL)
        if part.level:
            yield node, moa("hasLevel"), Literal(part.level)
        if part.unit:
            yield node, moa("hasUnit"), Literal(part.unit)


def _seed_claim(kb: KnowledgeBase, row: SeedClaim) -> Iterator[Triple]:
    node = t.seed_claim_iri(row.id)
    yield node, t.TYPE, moa("ArticleClaim")
    for column, name in (("held_by", "heldBy"), ("corrected_by", "correctedBy")):
        for each in getattr(row, column):
            if each in kb.assertions:
                yield node, moa(name), t.assertion_iri(each)
            elif each in kb.evidence_by_id:
                yield node, moa(name), t.evidence_iri(each)
            else:
                yield node, moa(name), t.fact_iri(each)
    names = (
        ("claim", moa("hasText")),
        ("section", moa("inSection")),
        ("status", moa("articleStatus")),
        ("remark", t.SKOS + "note"),
    )
    yield from _texts(node, row, names)
    yield from _order(node, row)
