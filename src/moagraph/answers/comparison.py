"""The answer to `compare`: one row per item, one cell per drug.

A cell's `status` keeps apart what readers mix up. Neosubstrates and binding: shown, weak,
shown not, contested, inconclusive, not tested. Effects: the verdicts of `explain`. Indications:
alone, in combination, contested, refuted, label, not recorded. Safety claims: observed, in
combination, shown not, contested, not recorded. Facts: stated, not stated.

`value` holds everything in one line, `summary` what fits a terminal, `measures` every number on
its own, `claims` the ids of claims and facts, `sign` the direction of an effect. Not tested means
that the graph holds no evidence; it is never evidence of absence.
"""

from __future__ import annotations

from typing import Any

from moagraph.answers.measures import Measure
from moagraph.answers.parts import EvidenceView, Part, Ref, plain
from moagraph.answers.words import cited
from moagraph.frozen import field
from moagraph.sheet import Sheet, escape_markdown, html_table, markdown_table, short

ASPECTS = (
    "neosubstrates",
    "binding",
    "effects",
    "indications",
    "pharmacology",
    "safety",
    "chemistry",
)
ABSENT = ("not tested", "not recorded", "not stated", "none")
NEGATIVE = ("shown not", "shown_not", "refuted")
OPEN = ("inconclusive",)
NOT_HEAD_TO_HEAD = (
    "Figures of different trials are not head-to-head: patients, doses, partners and "
    "follow-up differ."
)
NOT_ADVICE = "Not medical advice; check the current label."
NOT_TESTED = "not tested: the graph holds no evidence for it, nor against it."


class Cell(Part):
    """What is known of one item for one drug."""

    value: str
    status: str
    evidence: tuple[EvidenceView, ...] = ()
    summary: str = ""
    measures: tuple[Measure, ...] = ()
    claims: tuple[str, ...] = ()
    sign: str = ""

    @property
    def positive(self) -> bool:
        """Tell whether the drug has the item, by evidence or by a path that fires."""
        return self.status not in (*ABSENT, *NEGATIVE, *OPEN)

    @property
    def text(self) -> str:
        """Return status and summary as one line."""
        if self.status == "stated":
            return self.summary
        status = self.status.replace("_", " ")
        return f"{status}: {self.summary}" if self.summary else status


class Row(Part):
    """One item with a cell for each drug, by drug id."""

    aspect: str
    item: Ref
    cells: dict[str, Cell]

    @property
    def facts(self) -> bool:
        """Tell whether the row holds facts, of which nobody asks who has them."""
        return all(cell.status in ("stated", "not stated") for cell in self.cells.values())

    @property
    def contrast(self) -> bool:
        """Tell whether a drug has the item and another was shown not to, or reverses it."""
        cells = self.cells.values()
        negative = any(cell.status in NEGATIVE for cell in cells)
        return self.opposed or (negative and any(cell.positive for cell in cells))

    @property
    def opposed(self) -> bool:
        """Tell whether one drug raises what another lowers."""
        return {"increases", "decreases"} <= {cell.sign for cell in self.cells.values()}


class Shared(Part):
    """An item with the drugs that have it, by status."""

    aspect: str
    item: Ref
    statuses: dict[str, str]


class Comparison(Sheet):
    """Drugs side by side."""

    drugs: tuple[Ref, ...]
    lines: tuple[Row, ...]
    aspects: tuple[str, ...] = ASPECTS
    notes: tuple[str, ...] = ()
    data_version: str = ""
    question: dict[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return `aspect, item_id, item` and three columns for each drug."""
        per_drug = [
            name
            for drug in self.drugs
            for name in (f"{drug.label} status", drug.label, f"{drug.label} references")
        ]
        return ("aspect", "item_id", "item", *per_drug)

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per item, with every number."""
        return [
            (
                row.aspect,
                row.item.id,
                row.item.label,
                *(text for drug in self.drugs for text in _flat(row.cells[drug.id])),
            )
            for row in self.lines
        ]

    def title(self) -> str:
        """Return the drugs that are compared."""
        return " against ".join(drug.label for drug in self.drugs)

    # -- what is common and what is not -------------------------------------

    def shared(self) -> tuple[Shared, ...]:
        """Return the items that every drug has, facts left aside."""
        return tuple(
            _item(row)
            for row in self.lines
            if not row.facts
            and not row.opposed
            and all(cell.positive for cell in row.cells.values())
        )

    def unique(self) -> dict[str, tuple[Shared, ...]]:
        """Return, by drug id, the items that only this drug has; see the others' statuses."""
        found: dict[str, list[Shared]] = {drug.id: [] for drug in self.drugs}
        for row in self.lines:
            having = [drug for drug, cell in row.cells.items() if cell.positive]
            if len(having) == 1 and len(self.drugs) > 1 and not row.facts:
                found[having[0]].append(_item(row))
        return {drug: tuple(items) for drug, items in found.items()}

    def differs(self) -> tuple[Shared, ...]:
        """Return the items that some drug has and another was shown not to have, or reverses."""
        return tuple(_item(row) for row in self.lines if row.contrast)

    # -- forms --------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """Return `drugs, rows, shared, unique, differs, aspects, notes, data_version`."""
        return {
            "question": self.question,
            "drugs": plain(self.drugs),
            "aspects": list(self.aspects),
            "rows": plain(self.lines),
            "shared": plain(self.shared()),
            "unique": plain(self.unique()),
            "differs": plain(self.differs()),
            "notes": list(self.notes),
            "data_version": self.data_version,
        }

    def to_markdown(self) -> str:
        """Return one table for each aspect, with references by number."""
        parts = [f"## {escape_markdown(self.title())}", ""]
        parts += [f"- {escape_markdown(line)}" for line in self.headlines()]
        heads = ("", *(drug.label for drug in self.drugs))
        for aspect, rows in self.by_aspect():
            cells = [
                (row.item.label, *(row.cells[drug.id].text for drug in self.drugs)) for row in rows
            ]
            parts += ["", f"### {aspect}", "", markdown_table(heads, cells).rstrip("\n")]
        if self.notes:
            parts += ["", *(escape_markdown(note) for note in self.notes)]
        return "\n".join(parts) + "\n"

    def __repr__(self) -> str:
        return short(self, self.title())

    def _repr_html_(self) -> str:
        heads = ("", *(drug.label for drug in self.drugs))
        return "".join(
            html_table(
                aspect,
                heads,
                [
                    (row.item.label, *(row.cells[drug.id].text for drug in self.drugs))
                    for row in rows
                ],
            )
            for aspect, rows in self.by_aspect()
        )

    def by_aspect(self) -> list[tuple[str, list[Row]]]:
        """Return the rows of each aspect that has some, in the order of the aspects."""
        found = [(name, [r for r in self.lines if r.aspect == name]) for name in self.aspects]
        return [(name, rows) for name, rows in found if rows]

    def headlines(self, limit: int = 0) -> list[str]:
        """Return in words what is shared, what is one drug's own, and what was shown to differ.

        `limit` cuts long lists, and says so; 0 leaves them whole.
        """
        return [f"{aspect}, {line}" for aspect in self.aspects for line in self.gist(aspect, limit)]

    def gist(self, aspect: str, limit: int = 0) -> list[str]:
        """Return the headlines of one aspect."""
        if len(self.drugs) < 2:
            return []
        labels = {drug.id: drug.label for drug in self.drugs}
        lines = [
            f"{each.item.label}: {_by_status(each, labels)}"
            for each in self.differs()
            if each.aspect == aspect
        ]
        shared = [s.item.label for s in self.shared() if s.aspect == aspect]
        if shared:
            lines.append(f"shared: {_cut(shared, limit)}")
        for drug, items in self.unique().items():
            own = [s.item.label for s in items if s.aspect == aspect]
            if own:
                lines.append(f"only {labels[drug]}: {_cut(own, limit)}")
        return lines


def _cut(names: list[str], limit: int) -> str:
    if limit and len(names) > limit:
        return f"{', '.join(names[:limit])} and {len(names) - limit} more"
    return ", ".join(names)


def _flat(cell: Cell) -> tuple[str, str, str]:
    return (cell.status, cell.value, "; ".join(cited(cell.evidence)))


def _item(row: Row) -> Shared:
    return Shared(row.aspect, row.item, {drug: cell.status for drug, cell in row.cells.items()})


def _by_status(shared: Shared, labels: dict[str, str]) -> str:
    groups: dict[str, list[str]] = {}
    for drug, status in shared.statuses.items():
        groups.setdefault(status.replace("_", " "), []).append(labels[drug])
    return "; ".join(f"{status} for {', '.join(who)}" for status, who in groups.items())
