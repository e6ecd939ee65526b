"""A folder made by a program lacks much and still loads: what it lacks is a warning."""

from __future__ import annotations

from moagraph.check import CODES, check_tables
from moagraph.frozen import replace
from moagraph.records import Assertion, Entity, Evidence, MachinePart, Source, State
from moagraph.tables import Tables

FOREIGN = Tables(
    entities=(
        Entity("moa:drug", "drug", "SmallMolecule", "drug"),
        Entity("moa:ligase", "ligase", "MacromolecularComplex", "complex"),
        Entity("moa:p", "p", "Protein", "protein", members=("moa:p-degron",)),
        Entity("moa:p-degron", "p-degron", "NamedThing", "feature"),
        Entity("moa:s", "s", "NamedThing", "state"),
    ),
    machines=(MachinePart("moa:ligase", 1, "moa:ligase"), MachinePart("moa:ligase", 4, "moa:p")),
    states=(State("moa:s"),),
    assertions=(
        Assertion("a1", "moa:drug", "sustains", "moa:p", via="moa:ligase", requires="moa:p-degron"),
        Assertion("a2", "moa:p", "increases", "moa:p", cell="moa:s", transfer="contact"),
        Assertion("a3", "moa:p", "treats", "moa:drug", kind="mechanism", requires="!moa:s"),
    ),
    evidence=(Evidence("e1", "a1", "moa:source", statement="a1"),),
    sources=(Source("moa:source", first_author="Nobody", year="2020"),),
)


def test_what_a_foreign_folder_lacks_is_only_a_warning() -> None:
    """No identifier, no proof of strength, odd kinds, a gap in the phases: it all loads."""
    findings = check_tables(FOREIGN)
    assert {f.severity for f in findings} == {"warn"}
    assert {f.code for f in findings} >= {
        "source-without-identifier",
        "strength-unshown",
        "phase-gap",
        "range",
        "self-claim",
        "context-kind",
        "claim-without-evidence",
    }


def test_the_degron_of_a_claim_is_its_phase_of_recruiting() -> None:
    parts = (MachinePart("moa:ligase", 1, "moa:ligase"), MachinePart("moa:ligase", 3, "moa:p"))
    findings = check_tables(replace(FOREIGN, machines=parts))
    assert "phase-gap" not in {f.code for f in findings}
    bare = tuple(replace(claim, requires="") for claim in FOREIGN.assertions)
    findings = check_tables(replace(FOREIGN, machines=parts, assertions=bare))
    assert "phase-gap" in {f.code for f in findings}


def test_errors_are_only_what_makes_data_unusable() -> None:
    """The list of errors is short and changes on purpose only."""
    assert {c.code for c in CODES.values() if c.severity == "error"} == {
        "missing-table",
        "encoding",
        "header",
        "row-width",
        "empty-field",
        "duplicate-id",
        "control-character",
        "machine-phase",
        "unknown-entity",
        "unknown-source",
        "orphan-evidence",
        "orphan-quantity",
        "shown-by-unknown",
        "seed-claim-dangling",
        "unknown-relation",
        "unknown-term",
        "not-a-curie",
        "parent-cycle",
        "member-cycle",
        "requires-grammar",
        "machine-without-phase",
    }


def test_rows_shared_by_two_folders_may_be_equal_but_not_differ() -> None:
    """Merging folders that both describe an entity is fine as long as they agree."""
    twice = Tables(entities=FOREIGN.entities * 2)
    assert "duplicate-id" not in {f.code for f in check_tables(twice)}
    other = Entity("moa:drug", "another drug", "SmallMolecule", "drug")
    differ = Tables(entities=(*FOREIGN.entities, other))
    assert "duplicate-id" in {f.code for f in check_tables(differ)}
