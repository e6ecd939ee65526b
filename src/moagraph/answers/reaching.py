"""The answer to `drugs-for`: which drugs reach an end, through what, and what was only seen.

`drugs` have paths that fire; each lists its arms by neosubstrate (else by first object) and cell.
`observed` are outcomes and observations of drugs without such a path, `shown_not` the negated
ones. A combination's outcome is the combination's.
"""

from __future__ import annotations

from typing import Any

from moagraph.answers.parts import ArmView, ClaimView, Part, PathView, Ref, plain
from moagraph.answers.words import cited
from moagraph.counting import counted
from moagraph.frozen import field
from moagraph.sheet import Sheet

SYMBOLS = {"increases": "+", "decreases": "-", "changes": "?"}


class Reaching(Part):
    """A drug with paths that fire: the verdict, its arms, and the best path."""

    drug: Ref
    verdict: str
    agreement: str
    arms: tuple[ArmView, ...]
    paths: int
    best: PathView
    disputed: bool = False
    narrower: tuple[str, ...] = ()
    capped: bool = False

    @property
    def neosubstrates(self) -> tuple[Ref, ...]:
        """Return the first objects of the arms, each once, voting arms first."""
        ordered = sorted(self.arms, key=lambda arm: not arm.voting)
        return tuple(dict.fromkeys(arm.neosubstrate for arm in ordered))

    def to_dict(self) -> dict[str, Any]:
        """Return the fields and `neosubstrates`."""
        return {**Part.to_dict(self), "neosubstrates": plain(self.neosubstrates)}


class Seen(Part):
    """A drug, class or combination of which an effect was seen, without a path."""

    drug: Ref
    kind: str
    sign: str
    claims: tuple[ClaimView, ...]


class DrugsFor(Sheet):
    """The drugs that reach an end."""

    question: dict[str, Any]
    b: Ref
    drugs: tuple[Reaching, ...] = ()
    observed: tuple[Seen, ...] = ()
    shown_not: tuple[Seen, ...] = ()
    bound: int = 0
    data_version: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    left_out: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            "drug_id",
            "drug",
            "verdict",
            "agreement",
            "through",
            "paths",
            "best_path",
            "sourced",
            "references",
        )

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per drug: those with a path, then observed ones, then shown not."""
        rows: list[tuple[str, ...]] = [
            (
                d.drug.id,
                d.drug.label,
                d.verdict,
                d.agreement,
                "; ".join(ref.label for ref in d.neosubstrates),
                str(d.paths),
                path_words(d.best),
                d.best.sourced,
                "; ".join(cited(e for s in d.best.steps for e in s.evidence)),
            )
            for d in self.drugs
        ]
        for verdict, group in (("observed_only", self.observed), ("shown_not", self.shown_not)):
            for seen in group:
                names = cited(e for c in seen.claims for e in c.evidence)
                words = "; ".join(claim.sentence for claim in seen.claims)
                row = (seen.drug.id, seen.drug.label, verdict, "", "", "0", words, "")
                rows.append((*row, "; ".join(names)))
        return rows

    def title(self) -> str:
        """Return how many drugs reach the end."""
        title = (
            f"{counted(len(self.drugs), 'drug reaches', 'drugs reach')} {self.b.label} by mechanism"
        )
        if self.left_out:
            title += f"; {self.left_out:,} further away, not looked at"
        return title

    @property
    def exit_code(self) -> int:
        """Return 0 if a drug reaches the end or was seen to act on it, else 1."""
        return 0 if self.drugs or self.observed else 1

    def to_dict(self) -> dict[str, Any]:
        """Return `question, b, drugs, observed, shown_not, bound, context, data_version`.

        In a large graph `left_out` drugs, those with the longest ways, were not looked at.
        """
        left_out = {"left_out": self.left_out} if self.left_out else {}
        return {
            "question": self.question,
            "b": plain(self.b),
            "drugs": plain(self.drugs),
            "observed": plain(self.observed),
            "shown_not": plain(self.shown_not),
            "bound": self.bound,
            **left_out,
            "context": self.context,
            "data_version": self.data_version,
        }


def path_words(path: PathView) -> str:
    """Return a path on one line: `lenalidomide -| IKZF1 -> IL2`; `-?>` for an unknown sign."""
    arrows = {1: "->", -1: "-|", "unknown": "-?>"}
    words = [path.steps[0].subject.label] if path.steps else []
    for step in path.steps:
        if words[-1] != step.subject.label:
            words += ["=>", step.subject.label]
        words += [arrows[step.sign], step.object.label]
    return " ".join(words)
