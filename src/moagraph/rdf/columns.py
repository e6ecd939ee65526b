"""Which predicate fills which column: the plain part of reading RDF back into tables."""

from __future__ import annotations

from moagraph.rdf import terms as t
from moagraph.rdf.predicates import moa

# How a column is filled: the text of a predicate, the entity it leads to, the record of ours it
# leads to, or the number it gives. The other columns have ways of their own.
TEXT, ENTITY, RECORD, NUMBER = "text", "entity", "record", "number"
COLUMNS: dict[str, dict[str, tuple[str, str]]] = {
    "entities": {
        "label": (TEXT, t.LABEL),
        "parents": (ENTITY, moa("hasParent")),
        "members": (ENTITY, moa("hasMember")),
        "synonyms": (TEXT, t.SKOS + "altLabel"),
        "xrefs": (TEXT, t.OIO + "hasDbXref"),
        "taxon": (ENTITY, moa("inTaxon")),
        "description": (TEXT, t.DCTERMS + "description"),
    },
    "machines": {
        "machine": (ENTITY, moa("ofMachine")),
        "participant": (ENTITY, moa("hasParticipant")),
        "alternative_group": (TEXT, moa("alternativeGroup")),
        "strength": (TEXT, moa("hasStrength")),
        "shown_by": (RECORD, moa("shownBy")),
    },
    "states": {},
    "variants": {
        "gene": (ENTITY, moa("ofGene")),
        "change": (TEXT, moa("hasChange")),
        "effect": (TEXT, moa("hasEffect")),
        "feature": (ENTITY, moa("changesFeature")),
        "native_in": (ENTITY, moa("nativeIn")),
    },
    "assertions": {
        "subject": (ENTITY, moa("hasSubject")),
        "object": (ENTITY, moa("hasObject")),
        "kind": (TEXT, moa("claimKind")),
        "via": (ENTITY, moa("viaMachine")),
        "requires": (TEXT, moa("requiresAll")),
        "cell": (ENTITY, moa("holdsInCell")),
        "disease": (ENTITY, moa("holdsInDisease")),
        "species": (ENTITY, moa("holdsInSpecies")),
        "transfer": (TEXT, moa("hasTransfer")),
        "object_cell": (ENTITY, moa("takenUpInCell")),
        "extent": (TEXT, moa("hasExtent")),
        "directness": (TEXT, moa("hasDirectness")),
        "polarity": (TEXT, moa("hasPolarity")),
        "note": (TEXT, t.SKOS + "note"),
    },
    "evidence": {
        "source": (ENTITY, t.DCTERMS + "source"),
        "stance": (TEXT, moa("hasStance")),
        "eco": (ENTITY, moa("evidenceType")),
        "basis": (TEXT, moa("hasBasis")),
        "cell": (ENTITY, moa("seenInCell")),
        "disease": (ENTITY, moa("seenInDisease")),
        "species": (ENTITY, moa("seenInSpecies")),
        "system": (TEXT, moa("hasSystem")),
        "statement": (TEXT, moa("hasStatement")),
    },
    "quantities": {
        "kind": (TEXT, moa("quantityKind")),
        "relation": (TEXT, moa("hasComparison")),
        "value": (NUMBER, moa("hasValue")),
        "unit": (TEXT, moa("hasUnit")),
        "assay": (TEXT, moa("hasAssay")),
        "time": (TEXT, moa("afterTime")),
        "concentration": (TEXT, moa("atConcentration")),
    },
    "sources": {
        "kind": (TEXT, moa("sourceKind")),
        "pmid": (TEXT, moa("hasPmid")),
        "doi": (TEXT, moa("hasDoi")),
        "first_author": (TEXT, moa("firstAuthor")),
        "journal": (TEXT, moa("inJournal")),
        "year": (TEXT, moa("inYear")),
        "title": (TEXT, t.DCTERMS + "title"),
        "url": (TEXT, moa("seenAt")),
        "jurisdiction": (TEXT, moa("hasJurisdiction")),
        "retrieved": (TEXT, moa("retrievedOn")),
    },
    "facts": {
        "property": (TEXT, moa("ofProperty")),
        "value": (NUMBER, moa("hasValue")),
        "low": (NUMBER, moa("hasLow")),
        "high": (NUMBER, moa("hasHigh")),
        "unit": (TEXT, moa("hasUnit")),
        "condition": (TEXT, moa("underCondition")),
        "arm": (TEXT, moa("inArm")),
        "n": (TEXT, moa("sampleSize")),
        "jurisdiction": (TEXT, moa("hasJurisdiction")),
        "date": (TEXT, t.DCTERMS + "date"),
        "status": (TEXT, moa("factStatus")),
    },
    "seed_claims": {
        "claim": (TEXT, moa("hasText")),
        "section": (TEXT, moa("inSection")),
        "held_by": (RECORD, moa("heldBy")),
        "status": (TEXT, moa("articleStatus")),
        "corrected_by": (RECORD, moa("correctedBy")),
        "remark": (TEXT, t.SKOS + "note"),
    },
}
