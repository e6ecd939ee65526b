"""What a page shows: the claims that are drawn, the main path, and what is said beside it."""

from __future__ import annotations

from moagraph.frozen import Frozen
from moagraph.records import Assertion


class PathLine(Frozen):
    """A path of the answer, for the list of paths and for stepping through it."""

    claims: tuple[str, ...]
    sign: str
    arithmetic: str
    disputed: bool = False
    voting: bool = True
    sentences: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()


class Picture(Frozen):
    """The content of a page.

    `claims` are drawn, `listed` stand in the table only. Claims of the `quiet` kinds are hidden at
    first, for there are too many to be read at once. `spine` holds the claims of the main
    path in order. `drugs` are those asked for, or those compared. `notes` are shown to the
    reader: bounds, cuts, what is not drawn.
    """

    title: str
    summary: str
    claims: tuple[Assertion, ...]
    listed: tuple[Assertion, ...] = ()
    spine: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    paths: tuple[PathLine, ...] = ()
    notes: tuple[str, ...] = ()
    mode: str = "mechanism"
    verdict: str = ""
    bound: int = 0
    cut: bool = False
    quiet: tuple[str, ...] = ()

    @property
    def entities(self) -> tuple[str, ...]:
        """Return every entity that is drawn, in order of id."""
        found = {e for a in self.claims for e in (a.subject, a.object, a.via) if e}
        return tuple(sorted(found | set(self.drugs) | set(self.ends)))
