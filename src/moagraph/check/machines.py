"""Machines: every `via` has participants, phases run without a gap, strength is shown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from moagraph.check.book import Book, fault
from moagraph.findings import Finding
from moagraph.records import MachinePart


def check_machines(book: Book) -> Iterator[Finding]:
    """Find machines without phases and participants nothing provides or shows."""
    for claim in book.tables.assertions:
        if claim.via and claim.via not in book.machines and claim.via in book.entities:
            message = f"machines.tsv has no row for {book.label(claim.via)}"
            yield fault("machine-without-phase", claim, "via", message)
    parts: dict[str, list[MachinePart]] = defaultdict(list)
    for part in book.tables.machines:
        parts[part.machine].append(part)
        if part.strength == "essential" and not part.shown_by:
            message = f"nothing shows that {book.label(part.participant)} is essential"
            yield fault("strength-unshown", part, "shown_by", message)
        lacking = part.participant not in book.owner_of_feature
        if book.kind(part.participant) == "feature" and lacking:
            message = f"no protein has the feature {book.label(part.participant)}"
            yield fault("unmet-requirement", part, "participant", message)
    recruiting = _recruiting(book)
    for machine, rows in parts.items():
        phases = {row.phase for row in rows}
        if machine in recruiting:
            phases.add(2)
        missing = sorted(set(range(1, max(phases) + 1)) - phases)
        if missing:
            late = next(row for row in rows if row.phase > missing[0])
            message = f"{book.label(machine)} has no phase {missing[0]}"
            yield fault("phase-gap", late, "phase", message)


def _recruiting(book: Book) -> set[str]:
    """Return the machines of which a claim brings the part of phase 2: a feature that it needs."""
    found: set[str] = set()
    for claim in book.tables.assertions:
        if claim.via:
            needed = re.split(r"[,|]", claim.requires)
            if any(book.kind(term) == "feature" for term in needed):
                found.add(claim.via)
    return found
