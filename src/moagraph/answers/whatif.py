"""The answer to `whatif`: the effects of A before and after a change of the background.

The key `whatif` holds `background, lost, weakened, kept, changed, lifted, observations,
reported_interactions`; the same keys stand at the top level too. An effect has `object`, `sign`
as a word (of a lost one: the sign before), `broken_by` (ids: the missing participants, gates or
nodes of the paths that no longer fire), `breaks` with phase and evidence, and
`let_through_by` for a lifted one. An effect that is there before and after counts the voting paths
that the change stops and those that it opens (`paths_lost`, `paths_gained`), with what does so
(`stopped`, `opened`): a kept effect may have lost its main route. `gates` are the claims of
resistance and sensitivity to A about what is changed. `no_longer_explained` are ids of
observations.
"""

from __future__ import annotations

from typing import Any

from moagraph.answers.parts import ClaimView, EvidenceView, Part, PathView, Ref
from moagraph.frozen import field
from moagraph.sheet import short

KEYS = (
    "background",
    "lost",
    "weakened",
    "kept",
    "changed",
    "lifted",
    "observations",
    "reported_interactions",
)


class BreakView(Part):
    """What stopped (or weakened, or let through) a step: a participant, a gate, a node."""

    what: Ref
    step: str
    code: str
    text: str
    phase: str = ""
    evidence: tuple[EvidenceView, ...] = ()


class WhatIfEffect(Part):
    """One effect, before and after."""

    object: Ref
    sign: str
    broken_by: tuple[str, ...] = ()
    let_through_by: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    breaks: tuple[BreakView, ...] = ()
    paths_before: tuple[PathView, ...] = ()
    paths_after: tuple[PathView, ...] = ()
    paths_lost: int = 0
    paths_gained: int = 0
    stopped: tuple[BreakView, ...] = ()
    opened: tuple[BreakView, ...] = ()


class WhatIf(Part):
    """What a change of the background does to the effects of A."""

    question: dict[str, Any]
    background: dict[str, Any]
    lost: tuple[WhatIfEffect, ...] = ()
    weakened: tuple[WhatIfEffect, ...] = ()
    kept: tuple[WhatIfEffect, ...] = ()
    changed: tuple[WhatIfEffect, ...] = ()
    lifted: tuple[WhatIfEffect, ...] = ()
    observations: tuple[ClaimView, ...] = ()
    no_longer_explained: tuple[str, ...] = ()
    reported_interactions: tuple[ClaimView, ...] = ()
    regimen: tuple[ClaimView, ...] = ()
    regimen_line: str = ""
    blocked: tuple[ClaimView, ...] = ()
    verdict_before: str = ""
    verdict_after: str = ""
    bound: int = 0
    capped: bool = False
    bound_cut: bool = False
    context: dict[str, Any] = field(default_factory=dict)
    data_version: str = ""
    a: Ref = field(default_factory=lambda: Ref("", ""))
    b: Ref | None = None
    text: str = ""
    gates: tuple[ClaimView, ...] = ()

    @property
    def exit_code(self) -> int:
        """Return 0 if there is an effect before or after, else 1."""
        groups = (self.lost, self.weakened, self.kept, self.changed, self.lifted)
        return 0 if any(groups) else 1

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, and the groups once more under `whatif`."""
        found = Part.to_dict(self)
        found["whatif"] = {key: found[key] for key in KEYS}
        found["whatif"]["no_longer_explained"] = found["no_longer_explained"]
        return found

    def to_markdown(self, level: str = "curator") -> str:
        """Return the answer as Markdown; `level` is student or curator."""
        from moagraph.answers.render import whatif_markdown

        return whatif_markdown(self, level)

    def __repr__(self) -> str:
        return short(self, self.text)

    def _repr_html_(self) -> str:
        from moagraph.answers.render import html_of

        return html_of(self.to_markdown())
