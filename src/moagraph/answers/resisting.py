"""The answer to `resistance`: gate claims on a drug, each with its replay and its evidence.

`strength` of a gate is what its replay does: lost, weakened, changed, lost or weakened in part
(B is kept, an arm is not), lifted (the factor adds effects, or its removal does), or not
explained by the graph. For a negated gate it is unchanged (as the claim says) or contradicted.
`explained` tells whether that is what the claim says. `opposes` are objects that the factor and
the drug move in opposite directions by mechanism: no replay, but a reason to look there.
"""

from __future__ import annotations

from typing import Any

from moagraph.answers.parts import ClaimView, Part, Ref, plain
from moagraph.answers.whatif import BreakView
from moagraph.answers.words import cited
from moagraph.counting import counted
from moagraph.frozen import field
from moagraph.sheet import Sheet

UNEXPLAINED = "not explained by the graph"
DIRECTIONS = {
    "confers resistance to": "resistance",
    "confers sensitivity to": "sensitivity",
}


class Replay(Part):
    """One what-if for one gate: its command, the effects it moved, and what broke them."""

    drug: Ref
    command: str
    strength: str = ""
    lost: tuple[Ref, ...] = ()
    weakened: tuple[Ref, ...] = ()
    changed: tuple[Ref, ...] = ()
    lifted: tuple[Ref, ...] = ()
    kept: int = 0
    breaks: tuple[BreakView, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """Return in words how many effects were moved."""
        names = ("lost", "weakened", "changed", "lifted")
        counts = [f"{len(getattr(self, n))} {n}" for n in names if getattr(self, n)]
        text = ", ".join([*counts, *([f"{self.kept} kept"] if self.kept else [])])
        if self.before:
            text += f"; {self.before} before, {self.after} after"
        return text


class Gate(Part):
    """One gate claim on a drug, its class or its combination."""

    claim: ClaimView
    factor: Ref
    direction: str
    scope: str
    scope_of: Ref
    strength: str
    explained: bool
    replays: tuple[Replay, ...] = ()
    seen: tuple[str, ...] = ()
    opposes: tuple[Ref, ...] = ()

    @property
    def best(self) -> Replay | None:
        """Return the replay that gave the strength, else the first."""
        return next((r for r in self.replays if r.strength == self.strength), None) or next(
            iter(self.replays), None
        )

    @property
    def breaks(self) -> tuple[str, ...]:
        """Return which steps and phases the replay breaks, in words, each kind once."""
        if self.best is None or self.strength == UNEXPLAINED:
            return ()
        steps: dict[str, list[str]] = {}
        for each in self.best.breaks:
            where = f"{each.what.label}, phase {each.phase}" if each.phase else each.what.label
            steps.setdefault(where, []).append(each.step)
        return tuple(_break_words(where, named) for where, named in steps.items())

    def to_dict(self) -> dict[str, Any]:
        """Return the fields and `breaks` in words."""
        return {**Part.to_dict(self), "breaks": list(self.breaks)}


def _break_words(where: str, steps: list[str]) -> str:
    named = list(dict.fromkeys(step for step in steps if step))
    if len(named) > 2:
        return f"{where}: {counted(len(named), 'step')}"
    return f"{where}: {', '.join(named)}" if named else where


class ResistanceAnswer(Sheet):
    """What makes cells resist or respond to a drug."""

    drug: Ref
    gates: tuple[Gate, ...]
    b: Ref | None = None
    notes: tuple[str, ...] = ()
    data_version: str = ""
    question: dict[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return (
            "claim_id",
            "factor",
            "direction",
            "polarity",
            "scope",
            "status",
            "strength",
            "replay",
            "effects",
            "breaks",
            "seen_in",
            "statement",
            "references",
        )

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per gate claim."""
        return [
            (
                gate.claim.id,
                gate.factor.label,
                gate.direction,
                gate.claim.polarity,
                gate.scope,
                gate.claim.status,
                gate.strength,
                gate.best.command if gate.best else "",
                gate.best.text if gate.best else "",
                "; ".join(gate.breaks),
                ", ".join(gate.seen),
                " / ".join(e.statement for e in gate.claim.evidence),
                "; ".join(cited(gate.claim.evidence)),
            )
            for gate in self.gates
        ]

    def title(self) -> str:
        """Return how many claims there are and how many the graph explains."""
        explained = sum(gate.explained for gate in self.gates)
        on = f" on {self.b.label}" if self.b else ""
        return (
            f"{self.drug.label}: {counted(len(self.gates), 'claim')} of resistance or sensitivity, "
            f"{explained} explained by replay{on}"
        )

    @property
    def exit_code(self) -> int:
        """Return 0 if there is a claim, else 1."""
        return 0 if self.gates else 1

    def to_dict(self) -> dict[str, Any]:
        """Return `question, drug, b, gates, notes, data_version`."""
        return {
            "question": self.question,
            "drug": plain(self.drug),
            "b": plain(self.b),
            "gates": plain(self.gates),
            "notes": list(self.notes),
            "data_version": self.data_version,
        }
