"""What a reader of a foreign format yields: records as they come, and a report of every loss."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from moagraph.errors import DataError
from moagraph.records import (
    Assertion,
    Entity,
    Evidence,
    Fact,
    MachinePart,
    Quantity,
    SeedClaim,
    Source,
    State,
    Variant,
)

if TYPE_CHECKING:
    from moagraph.tables import AnyTables

MAX_REMARKS = 2_000_000

Action = Literal["dropped", "merged", "repaired", "unknown"]


class Remark(NamedTuple):
    """One thing that was not taken over as it stood: what was done, why, and where it stands."""

    action: Action
    reason: str
    file: str = ""
    line: int = 0
    record: str = ""


@dataclass
class Report:
    """Everything that was dropped, merged, repaired or not understood, and counts of the rest."""

    remarks: list[Remark] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(
        self, action: Action, reason: str, *, file: str = "", line: int = 0, record: str = ""
    ) -> None:
        """Add a remark.

        Raises:
            DataError: there are so many that the file cannot be what it is taken for.
        """
        if len(self.remarks) >= MAX_REMARKS:
            raise DataError(
                f"more than {MAX_REMARKS:,} things cannot be taken as they stand; the last: "
                f"{reason}",
                file=file or None,
                line=line or None,
            )
        # The same words come again and again.
        self.remarks.append(Remark(action, sys.intern(reason), file, line, record))

    def to_json(self) -> Iterator[str]:
        """Yield `to_dict` as JSON in pieces: the remarks of a large graph fill a disk."""
        import json

        yield f'{{"counts": {json.dumps(dict(sorted(self.counts.items())))},\n"remarks": ['
        for place, remark in enumerate(self.remarks):
            yield ("," if place else "") + "\n" + json.dumps(remark._asdict())
        yield "]}\n"

    def to_dict(self) -> dict[str, Any]:
        """Return `counts, remarks` as plain values."""
        return {
            "counts": dict(sorted(self.counts.items())),
            "remarks": [remark._asdict() for remark in self.remarks],
        }


@dataclass
class Imported:
    """Records of a foreign source.

    Each iterable may be a generator and is walked over once, in this order: entities,
    assertions, sources, evidence, memberships, then the rest. The report may grow until the
    last of them has ended.

    Args:
        memberships: pairs of a claim and a foreign record that holds it.
        documents: foreign records as their reader writes them (a name and a text), kept word
            for word so that the dataset can be audited as the source could.
        source: the files, for messages.
        name, version: of the source; without a version the digest of the content is one.
        closed_kinds: kinds of entities that paths go through only when asked to.
    """

    entities: Iterable[Entity]
    assertions: Iterable[Assertion]
    sources: Iterable[Source] = ()
    evidence: Iterable[Evidence] = ()
    memberships: Iterable[tuple[str, str]] = ()
    documents: Iterable[tuple[str, str]] = ()
    report: Report = field(default_factory=Report)
    machines: Iterable[MachinePart] = ()
    states: Iterable[State] = ()
    variants: Iterable[Variant] = ()
    quantities: Iterable[Quantity] = ()
    facts: Iterable[Fact] = ()
    seed_claims: Iterable[SeedClaim] = ()
    name: str = ""
    version: str = ""
    closed_kinds: Iterable[str] = ()
    source: str = ""


def imported_tables(tables: AnyTables, *, name: str = "", version: str = "") -> Imported:
    """Return tables of our own as something to compile."""
    return Imported(
        entities=tables.entities,
        assertions=tables.assertions,
        sources=tables.sources,
        evidence=tables.evidence,
        machines=tables.machines,
        states=tables.states,
        variants=tables.variants,
        quantities=tables.quantities,
        facts=tables.facts,
        seed_claims=tables.seed_claims,
        name=name,
        version=version,
    )
