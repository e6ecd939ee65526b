"""Findings about what entities, claims, machines, evidence and values say."""

from __future__ import annotations

from moagraph.check.code import Code

ENTITIES = (
    Code(
        "parent-cycle",
        "error",
        "An entity is its own ancestor.",
        "remove the parent that closes the ring",
        "T cell is a CD4 T cell is a T cell",
    ),
    Code(
        "member-cycle",
        "error",
        "An entity is part of itself.",
        "remove the member that closes the ring",
        "a complex that has a complex as member which has the first as member",
    ),
    Code(
        "label-duplicate",
        "warn",
        "Two entities have the same label, so a question cannot tell them apart.",
        "merge them, or make the labels differ",
        "IKZF1 for the human and the mouse protein",
    ),
    Code(
        "member-kind",
        "warn",
        "A member does not fit its whole: a protein has features, a complex proteins, a "
        "combination drugs.",
        "correct the member, or the kind of one of the two",
        "a cell as member of a complex",
    ),
    Code(
        "unused-entity",
        "warn",
        "Nothing refers to an entity, and it says nothing but its name.",
        "remove it, or add the claim that it was meant for",
        "a phenotype that no claim names",
    ),
)

CLAIMS = (
    Code(
        "domain",
        "warn",
        "The subject is of a kind that the relation does not take.",
        "correct the subject or choose another relation",
        "a cell that treats",
    ),
    Code(
        "range",
        "warn",
        "The object is of a kind that the relation does not take.",
        "correct the object or choose another relation",
        "IKZF1 sustains IRF4",
    ),
    Code(
        "self-claim",
        "warn",
        "Subject and object are the same; the step is never walked.",
        "name what it acts through, or remove the claim",
        "IRF4 activates IRF4",
    ),
    Code(
        "gate-relation",
        "warn",
        "A gate without a gate relation, or a gate relation on another kind of claim.",
        "kind gate goes with confers resistance to and confers sensitivity to",
        "kind gate, relation inhibits",
    ),
    Code(
        "outcome-relation",
        "warn",
        "An outcome without treats, or treats on another kind of claim.",
        "kind outcome goes with treats",
        "kind mechanism, relation treats",
    ),
    Code(
        "duplicate-claim",
        "warn",
        "Two rows make the same claim, so its evidence is split.",
        "merge them and let the evidence point at one",
        "same subject, relation, object, kind, via, context and polarity",
    ),
    Code(
        "context-kind",
        "warn",
        "A cell that is no cell, a disease that is none, a species that is no taxon, a state "
        "that is no state.",
        "put the value into the right column, or correct its kind",
        "cell MONDO:0009693",
    ),
    Code(
        "transfer-without-cell",
        "warn",
        "A claim crosses to another cell without naming it, or names it without a transfer.",
        "fill both transfer and object_cell, or neither; systemic may do without a cell",
        "transfer contact, object_cell empty",
    ),
    Code(
        "requires-grammar",
        "error",
        "`requires` cannot be read.",
        "write ids with `,` for AND, `|` for OR (binds tighter) and `!` before its own id",
        "moa:a||moa:b",
    ),
    Code(
        "unmet-requirement",
        "warn",
        "Nothing provides what is required: a feature that no protein has, or a state that "
        "states.tsv does not list.",
        "add the feature to the members of its protein, or the state to states.tsv",
        "requires moa:ikzf1-degron, IKZF1 without members",
    ),
    Code(
        "variant-feature",
        "warn",
        "A variant changes a feature that is not one of its gene's.",
        "add the feature to the members of the protein, or correct the row",
        "CRBN V388I on the degron of IKZF1",
    ),
)

MACHINES = (
    Code(
        "machine-without-phase",
        "error",
        "`via` names a machine of which machines.tsv has no row.",
        "add its participants by phase, or correct `via`",
        "via moa:vhl",
    ),
    Code(
        "phase-gap",
        "warn",
        "The phases of a machine do not run 1, 2, 3 ... without a gap.",
        "add the missing phase, or renumber",
        "phases 1 and 3",
    ),
    Code(
        "strength-unshown",
        "warn",
        "A participant is called essential and no claim is named that shows it.",
        "name the assertion in `shown_by`; without evidence of abolition it is supportive",
        "essential, shown_by empty",
    ),
)

EVIDENCE = (
    Code(
        "claim-without-evidence",
        "warn",
        "A claim or fact has no evidence row.",
        "add evidence, or accept that it is printed as unsourced",
        "an assertion that no evidence is about",
    ),
    Code(
        "one-sided-contradiction",
        "warn",
        "Two claims contradict each other in overlapping contexts, and one has no evidence.",
        "add the evidence of that side, or remove the claim",
        "A activates B with a paper, A inhibits B without",
    ),
    Code(
        "evidence-incomplete",
        "warn",
        "Evidence lacks its statement, its ECO code or what was read (basis).",
        "fill in the column",
        "statement empty",
    ),
    Code(
        "statement-off-topic",
        "warn",
        "A statement names neither subject nor object of its claim by label or synonym; a parent, "
        "a member, or the protein of a feature or state stands for it.",
        "name one of them in the statement, or move the evidence to the claim it is about",
        "'The drug was well tolerated.' for CRBN binds DDB1",
    ),
    Code(
        "evidence-context",
        "warn",
        "Evidence was seen in a cell that is no cell, a disease that is none, or a species "
        "that is no taxon.",
        "put the value into the right column, or correct its kind",
        "seen in the cell NCBITaxon:10090",
    ),
)

VALUES = (
    Code(
        "fact-condition",
        "warn",
        "A condition cannot be read.",
        "write `parameter 30..60 unit`, `parameter 30..<60 unit`, `parameter <30 unit`, "
        "`parameter >=50 unit` or `parameter yes`, joined by `; `",
        "CrCl between 30 and 60",
    ),
    Code(
        "fact-bounds",
        "warn",
        "A fact has neither value nor bounds, or bounds that are no numbers or cross.",
        "give a value, or low <= high",
        "low 60, high 30",
    ),
    Code(
        "quantity-value",
        "warn",
        "A quantity has an unknown comparison, a unit on something that is no number, or time and "
        "concentration in each other's column.",
        "relation is one of = < > ~ <= >=; a value with a unit is a plain number or low-high; a "
        "dose is a concentration",
        "value about 10, unit nM",
    ),
    Code(
        "bad-date",
        "warn",
        "A date is not YYYY, YYYY-MM or YYYY-MM-DD.",
        "write the date like 2026-11-23",
        "23.11.2026",
    ),
    Code(
        "seed-claim-unheld",
        "warn",
        "A claim of the article points nowhere.",
        "fill in held_by or corrected_by",
        "held_by empty",
    ),
)

SHAPES = (
    Code(
        "shape",
        "warn",
        "A record does not have the shape that shapes.ttl asks for.",
        "the message says what is expected",
        "a source without title, journal or address",
    ),
)
