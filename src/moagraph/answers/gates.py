"""The replay of a gate claim: does the graph explain that the drug needs, or is held by, X?"""

from __future__ import annotations

from typing import Any

from moagraph.answers.parts import ClaimView, Part, Ref
from moagraph.frozen import field


class GateReplay(Part):
    """A gate claim, how it was replayed, and whether something was lost, weakened or gained.

    `verdict` is "explained" or "not explained by the graph".
    """

    claim: ClaimView
    explained: bool
    drug: Ref
    how: dict[str, Any] = field(default_factory=dict)
    lost: tuple[Ref, ...] = ()
    weakened: tuple[Ref, ...] = ()
    lifted: tuple[Ref, ...] = ()

    @property
    def verdict(self) -> str:
        """Return the outcome in words."""
        return "explained" if self.explained else "not explained by the graph"

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, with the outcome in words."""
        return {**Part.to_dict(self), "verdict": self.verdict}
