"""The answer to `explain`.

Beyond the stable keys its JSON holds: `text` (the verdict in one sentence),
`regimen_line`, `groups` (cell or "" to verdict), `voting` (step ids of the paths that vote),
`disputed` (true if those are disputed), `narrower`, `shown_not_in`, `observed_sign`,
`class_observations`, `combination_outcomes` (what was seen of combinations with A on B, where A
alone has no path or was not observed), `gaps` (between what a mechanism is unknown, where an
effect was only observed), `nearby` (broader and narrower ends, and members of a class, that have
an answer, where this has none), `other_claims` (between A and B, either way, that are no cause:
binding, gates, places), `regimen`,
`reported_interactions`, `blocked_steps` (steps that stop structural paths, with their phases),
`passed_steps` (steps that fire before those), `bound_cut` (longer paths were not looked at),
`exhausted` (every path within the bound voted), `metapath` (and what it leaves out), `per_species`
(verdicts) and `species_answers` (whole answers) with `--species any`. The short ones of these
stand in `context` too.
"""

from __future__ import annotations

from typing import Any

from moagraph.answers.parts import (
    ArmView,
    ClaimView,
    CounterView,
    GapView,
    NearbyView,
    Part,
    PathView,
    Reason,
    Ref,
    StepView,
)
from moagraph.frozen import field
from moagraph.sheet import short

POSITIVE = ("decreases", "increases", "changes", "conflicting", "observed_only")


class Answer(Part):
    """How A acts on B: the verdict, the paths that carry it, and what speaks against it."""

    question: dict[str, Any]
    verdict: str
    agreement: str = ""
    arms: tuple[ArmView, ...] = ()
    paths: tuple[PathView, ...] = ()
    counter_evidence: tuple[CounterView, ...] = ()
    observations: tuple[ClaimView, ...] = ()
    reasons: tuple[Reason, ...] = ()
    bound: int = 0
    capped: bool = False
    context: dict[str, Any] = field(default_factory=dict)
    data_version: str = ""
    a: Ref = field(default_factory=lambda: Ref("", ""))
    b: Ref = field(default_factory=lambda: Ref("", ""))
    text: str = ""
    regimen_line: str = ""
    groups: dict[str, str] = field(default_factory=dict)
    voting: tuple[tuple[str, ...], ...] = ()
    disputed: bool = False
    narrower: tuple[str, ...] = ()
    shown_not_in: tuple[str, ...] = ()
    shown_not_by: tuple[ClaimView, ...] = ()
    observed_sign: str = ""
    class_observations: tuple[ClaimView, ...] = ()
    combination_outcomes: tuple[ClaimView, ...] = ()
    gaps: tuple[GapView, ...] = ()
    nearby: tuple[NearbyView, ...] = ()
    other_claims: tuple[ClaimView, ...] = ()
    regimen: tuple[ClaimView, ...] = ()
    reported_interactions: tuple[ClaimView, ...] = ()
    blocked_steps: tuple[StepView, ...] = ()
    passed_steps: tuple[StepView, ...] = ()
    bound_cut: bool = False
    exhausted: bool = True
    metapath: dict[str, Any] = field(default_factory=dict)
    sourced: str = ""
    per_species: dict[str, Any] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """Return 0 for an answer, 1 for a negative one; over all species with `any`."""
        verdicts = [a.verdict for a in self.per_species.values()] or [self.verdict]
        return 0 if any(v in POSITIVE for v in verdicts) else 1

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON keys that the module's docstring tells."""
        found = Part.to_dict(self)
        found["per_species"] = {name: a.verdict for name, a in self.per_species.items()}
        found["species_answers"] = {name: a.to_dict() for name, a in self.per_species.items()}
        return found

    def to_markdown(self, level: str = "curator") -> str:
        """Return the answer as Markdown; `level` is student or curator."""
        from moagraph.answers.render import answer_markdown

        return answer_markdown(self, level)

    def __repr__(self) -> str:
        return short(self, self.text, "path", len(self.paths))

    def _repr_html_(self) -> str:
        from moagraph.answers.render import html_of

        return html_of(self.to_markdown())
