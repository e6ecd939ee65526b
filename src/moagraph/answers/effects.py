"""The answer to `effects`: what rises and falls with A, predicted against observed.

`effects` holds what mechanisms predict, each with `sign` as a word (increases, decreases,
changes, conflicting), its groups by cell and its best paths; `observed` every object that was
seen to change, with the joint sign and the agreement; `agreement` the same by object id.
"""

from __future__ import annotations

from typing import Any

from moagraph.answers.parts import ClaimView, Part, PathView, Ref
from moagraph.frozen import field
from moagraph.sheet import short


class EffectView(Part):
    """What mechanisms say about one object, and whether observations agree."""

    object: Ref
    sign: str
    groups: dict[str, str] = field(default_factory=dict)
    disputed: bool = False
    paths: tuple[PathView, ...] = ()
    path_count: int = 0
    narrower: tuple[str, ...] = ()
    agreement: str = ""
    observed_sign: str = ""
    observations: tuple[ClaimView, ...] = ()

    @property
    def verdict(self) -> str:
        """Return the sign word."""
        return self.sign

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, and the sign under `verdict` too."""
        return {**Part.to_dict(self), "verdict": self.sign}


class ObservedView(Part):
    """What was observed of A on one object."""

    object: Ref
    sign: str
    agreement: str
    observations: tuple[ClaimView, ...] = ()
    predicted: str = ""


class Effects(Part):
    """Everything that A raises or lowers."""

    question: dict[str, Any]
    effects: tuple[EffectView, ...] = ()
    observed: tuple[ObservedView, ...] = ()
    agreement: dict[str, str] = field(default_factory=dict)
    class_observations: tuple[ClaimView, ...] = ()
    bound: int = 0
    capped: bool = False
    bound_cut: bool = False
    context: dict[str, Any] = field(default_factory=dict)
    data_version: str = ""
    a: Ref = field(default_factory=lambda: Ref("", ""))
    text: str = ""
    per_species: dict[str, Any] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """Return 0 if anything is predicted or observed, else 1."""
        answers = list(self.per_species.values()) or [self]
        return 0 if any(a.effects or a.observed for a in answers) else 1

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON would hold them."""
        found = Part.to_dict(self)
        found["per_species"] = {
            name: {e.object.id: e.sign for e in a.effects} for name, a in self.per_species.items()
        }
        return found

    def to_markdown(self, level: str = "curator") -> str:
        """Return the answer as Markdown; `level` is student or curator."""
        from moagraph.answers.render import effects_markdown

        return effects_markdown(self, level)

    def __repr__(self) -> str:
        return short(self, self.text)

    def _repr_html_(self) -> str:
        from moagraph.answers.render import html_of

        return html_of(self.to_markdown())
