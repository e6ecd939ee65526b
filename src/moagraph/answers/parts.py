"""The parts that answers are made of: entities, evidence, phases, steps, paths, reasons.

`to_dict()` gives the keys of the JSON answers, the same for every command. A step carries the
marks `weakened_by`, `unknown_features`, `by_orthology` and `fires`; a path carries `voting`,
`start_sign`, `arithmetic` and `passages` (component to complex: neither steps nor counted).
Signs are 1, -1 or "unknown".
"""

from __future__ import annotations

from typing import Any

from moagraph.frozen import Frozen
from moagraph.vocabulary import WalkSign

_PLAIN = (str, int, float, bool, type(None))


def plain(value: Any, made: dict[int, Any] | None = None) -> Any:
    """Return a value as JSON would hold it: records as dicts, tuples as lists.

    `made` holds, by identity, what was made of records that stand in many places: evidence and
    steps are shared between paths, and so are their dicts.
    """
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, (tuple, list)):
        return [plain(item, made) for item in value]
    if isinstance(value, dict):
        return {key: plain(item, made) for key, item in value.items()}
    if type(value).to_dict is not Part.to_dict:
        return value.to_dict()
    made = {} if made is None else made
    known = made.get(id(value))
    if known is None:
        known = made[id(value)] = value.plain_fields(made)
    return known


class Part(Frozen):
    """A frozen record whose fields are its JSON keys."""

    def __hash__(self) -> int:
        return hash(tuple(str(getattr(self, n)) for n in self._fields[:2]))

    def __repr__(self) -> str:
        values = ((n, getattr(self, n)) for n in self._fields)
        shown = ", ".join(f"{n}={v!r}" for n, v in values if v not in ((), "", None, {}))
        return f"{type(self).__name__}({shown})"

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON would hold them."""
        return self.plain_fields({})

    def plain_fields(self, made: dict[int, Any]) -> dict[str, Any]:
        """Return the fields as `plain` makes them."""
        return {name: plain(getattr(self, name), made) for name in self._fields}


class Ref(Part):
    """An entity by id and label."""

    id: str
    label: str


class QuantityView(Part):
    """A measured number of an evidence row."""

    kind: str
    relation: str
    value: str
    unit: str = ""
    assay: str = ""
    time: str = ""
    concentration: str = ""


class EvidenceView(Part):
    """One source about one claim."""

    id: str
    reference: str
    stance: str
    eco: str = ""
    basis: str = ""
    first_author: str = ""
    year: str = ""
    statement: str = ""
    quantities: tuple[QuantityView, ...] = ()
    about: str = ""
    source: str = ""
    source_kind: str = ""
    cell: tuple[Ref, ...] = ()
    disease: tuple[Ref, ...] = ()
    species: tuple[Ref, ...] = ()
    system: str = ""


class ParticipantView(Part):
    """A participant of a phase; those with the same group stand in for one another."""

    id: str
    label: str
    present: bool
    strength: str = "essential"
    alternative_group: str = ""


class GapView(Part):
    """No mechanism is known from `start` to `end`; `seen` are the claims that narrow the gap."""

    start: Ref
    end: Ref
    seen: tuple[str, ...] = ()


class NearbyView(Part):
    """A question near the asked one that has an answer, and the command that asks it.

    Its end is a term above or below the asked one (`relation` is broader or narrower), or its
    start a member of the asked class, or the two have changed places (reversed);
    `observed_sign` is "" where nothing was observed.
    """

    start: Ref
    end: Ref
    relation: str
    verdict: str
    observed_sign: str = ""
    command: str = ""


class PhaseView(Part):
    """One phase of a machine at a step; `number` is 1 bind to 4 degrade."""

    name: str
    participants: tuple[ParticipantView, ...]
    reached: bool
    blocked_by: tuple[Ref, ...] = ()
    evidence: tuple[EvidenceView, ...] = ()
    number: int = 0


class StepView(Part):
    """One claim as it stands in a path."""

    id: str
    subject: Ref
    relation: str
    object: Ref
    sign: WalkSign
    kind: str = "mechanism"
    via: Ref | None = None
    requires: str = ""
    phases: tuple[PhaseView, ...] = ()
    cell: Ref | None = None
    disease: Ref | None = None
    species: Ref | None = None
    seen_in: tuple[Ref, ...] = ()
    directness: str = ""
    extent: str = ""
    status: str = ""
    self_effect: bool = False
    evidence: tuple[EvidenceView, ...] = ()
    sentence: str = ""
    weakened_by: tuple[Ref, ...] = ()
    unknown_features: tuple[Ref, ...] = ()
    by_orthology: bool = False
    transfer: str = ""
    object_cell: Ref | None = None
    fires: bool = True
    self_effect_on: tuple[Ref, ...] = ()
    note: str = ""
    needs: str = ""


class PassageView(Part):
    """A lowered component lowers its complex, after step number `after` (0: at the start)."""

    after: int
    component: Ref
    complex: Ref
    sentence: str = ""


class PathView(Part):
    """A path from A to B: its steps, its sign by arithmetic, its rank and why it has it."""

    steps: tuple[StepView, ...]
    sign: WalkSign
    rank: int = 0
    why_ranked: str = ""
    disputed: bool = False
    contexts: tuple[str, ...] = ()
    sourced: str = ""
    length: int = 0
    records: tuple[str, ...] = ()
    voting: bool = True
    start_sign: WalkSign = 1
    arithmetic: str = ""
    passages: tuple[PassageView, ...] = ()
    narrower: tuple[str, ...] = ()
    cell: Ref | None = None
    end: Ref | None = None

    @property
    def foreign(self) -> tuple[str, ...]:
        """Return the imported records that hold its steps; none where they came from none.

        Where a single record holds all steps, these are all such records.
        """
        ids = {step.id for step in self.steps}
        return () if ids.issuperset(self.records) else self.records


class ArmView(Part):
    """The paths that share a first neosubstrate and a cell; arms are listed, never summed."""

    neosubstrate: Ref
    cell: Ref | None
    sign: str
    paths: tuple[int, ...]
    voting: bool = True


class Reason(Part):
    """Why there is no voting path. `what` is an id; `who_brings_it` are ids or variants."""

    code: str
    text: str
    what: str
    who_brings_it: tuple[str, ...] = ()
    step: str = ""
    phase: str = ""


class ClaimView(Part):
    """A claim that is shown and not walked: an observation, a gate, a negated claim."""

    id: str
    kind: str
    subject: Ref
    relation: str
    object: Ref
    sign: str
    polarity: str
    status: str
    sentence: str
    cell: Ref | None = None
    disease: Ref | None = None
    species: Ref | None = None
    seen_in: tuple[Ref, ...] = ()
    evidence: tuple[EvidenceView, ...] = ()
    note: str = ""


class CounterView(Part):
    """Something that speaks against an answer, and which part of it.

    `code` is refuting_evidence, inconclusive_evidence, negated_claim, opposite_claim,
    observation, weakening_gate or unused_route.
    """

    code: str
    text: str
    about: str
    claim: ClaimView
    evidence: tuple[EvidenceView, ...] = ()
