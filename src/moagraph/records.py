"""The rows of the tables as frozen values that know their file and line.

Each class is one table of `ontology/data/`; its field names are the columns, in order.
Lists are tuples, an empty cell is "" or (). `origin` never takes part in equality.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from moagraph.frozen import Frozen, field


class Origin(NamedTuple):
    """Where a row was read: file name as the user gave it, one-based line."""

    file: str = ""
    line: int = 0


_NOWHERE = Origin()


def _origin() -> Any:
    return field(default=_NOWHERE, compare=False)


class Entity(Frozen):
    """A thing that claims are about: drug, protein, feature, process, cell, disease, state."""

    id: str
    label: str
    category: str = "NamedThing"
    kind: str = ""
    parents: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    taxon: str = ""
    description: str = ""
    origin: Origin = _origin()


class MachinePart(Frozen):
    """One participant of a machine in one phase (1 bind, 2 recruit, 3 ubiquitinate, 4 degrade).

    Participants of the same `alternative_group` stand in for one another. `shown_by` is the
    assertion that carries the evidence for the strength.
    """

    machine: str
    phase: int
    participant: str
    alternative_group: str = ""
    strength: str = "essential"
    shown_by: str = ""
    origin: Origin = _origin()


class State(Frozen):
    """A state of the background and what brings it.

    `brought_by` holds entity ids, `GENE:CHANGE` variants, and `!X` for the complete loss of X.
    """

    id: str
    brought_by: tuple[str, ...] = ()
    origin: Origin = _origin()


class Variant(Frozen):
    """A change of a gene product and what it does to one of its features.

    `native_in` names the taxa whose normal sequence this is.
    """

    gene: str
    change: str
    effect: str
    feature: str
    native_in: tuple[str, ...] = ()
    reference_sequence: str = ""
    origin: Origin = _origin()


class Assertion(Frozen):
    """One claim: subject, relation, object, with its machine, gate, context and polarity."""

    id: str
    subject: str
    relation: str
    object: str
    kind: str = "mechanism"
    via: str = ""
    requires: str = ""
    cell: str = ""
    disease: str = ""
    species: str = ""
    transfer: str = ""
    object_cell: str = ""
    extent: str = ""
    directness: str = ""
    polarity: str = "asserted"
    note: str = ""
    origin: Origin = _origin()


class Evidence(Frozen):
    """What one source shows about one assertion or fact, and where it was seen."""

    id: str
    about: str
    source: str
    stance: str = "supports"
    eco: str = ""
    basis: str = ""
    cell: tuple[str, ...] = ()
    disease: tuple[str, ...] = ()
    species: tuple[str, ...] = ()
    system: str = ""
    statement: str = ""
    origin: Origin = _origin()


class Quantity(Frozen):
    """A measured number that hangs on an evidence row; assays are never merged."""

    evidence: str
    kind: str
    relation: str
    value: str
    unit: str = ""
    assay: str = ""
    time: str = ""
    concentration: str = ""
    origin: Origin = _origin()


class Source(Frozen):
    """A publication, label or record that evidence comes from."""

    id: str
    kind: str = "primary"
    pmid: str = ""
    doi: str = ""
    first_author: str = ""
    journal: str = ""
    year: str = ""
    title: str = ""
    url: str = ""
    jurisdiction: str = ""
    retrieved: str = ""
    origin: Origin = _origin()


class Fact(Frozen):
    """A value of a drug under stated conditions, jurisdiction and date."""

    id: str
    entity: str
    property: str
    value: str = ""
    low: str = ""
    high: str = ""
    unit: str = ""
    indication: str = ""
    regimen: str = ""
    condition: str = ""
    population: str = ""
    arm: str = ""
    n: str = ""
    jurisdiction: str = ""
    date: str = ""
    status: str = "current"
    origin: Origin = _origin()


class SeedClaim(Frozen):
    """A sentence of the founding article and what in the graph holds or corrects it."""

    id: str
    claim: str
    section: str = ""
    held_by: tuple[str, ...] = ()
    status: str = "holds"
    corrected_by: tuple[str, ...] = ()
    remark: str = ""
    origin: Origin = _origin()


Record = (
    Entity
    | MachinePart
    | State
    | Variant
    | Assertion
    | Evidence
    | Quantity
    | Source
    | Fact
    | SeedClaim
)
