"""Whether one claim fires at one point of a path, and what its machine does there.

The order in which a claim can fail: species, cell and disease, a negated claim, then the
object, the phases of the machine and the gates together. A phase is reached iff it and all
before it have every essential participant; the effect needs the last one. Phases without a row
are not listed. A missing machine, or one of its members that no phase lists, stops the step
without belonging to a phase.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from moagraph.frozen import Frozen
from moagraph.mechanism.background import Background
from moagraph.mechanism.context import Context, fit
from moagraph.mechanism.model import Claim, Machine
from moagraph.mechanism.requires import Group, Term
from moagraph.records import Assertion
from moagraph.vocabulary import HUMAN, Sign

RECRUIT = 2


class Failure(NamedTuple):
    """Why a step does not fire: a reason code, what is missing, and who brings it."""

    code: str
    what: str
    who: tuple[str, ...] = ()
    wanted_absent: bool = False
    phase: int = 0


class Phase(NamedTuple):
    """One phase of a machine at a step."""

    number: int
    participants: tuple[str, ...]
    reached: bool
    missing: tuple[str, ...]
    shown_by: tuple[str, ...]


class Firing(Frozen, eq=False):
    """A claim at a step. `at` is carried there, `after` from there on."""

    claim: Claim
    at: Context
    after: Context
    failures: tuple[Failure, ...] = ()
    phases: tuple[Phase, ...] = ()
    weakened_by: tuple[str, ...] = ()
    unknown_features: tuple[str, ...] = ()
    by_orthology: bool = False
    narrower: tuple[str, ...] = ()

    @property
    def fires(self) -> bool:
        """Tell whether the effect happens."""
        return not self.failures


class Engine:
    """Fires claims in one background; remembers what it has worked out."""

    def __init__(self, background: Background) -> None:
        self.background = background
        self.model = background.model
        self.kb = background.kb
        self._known: dict[tuple[str, Context], Firing] = {}
        self._quick = background.species == HUMAN

    @cached_property
    def all_fire(self) -> bool:
        """Tell whether nothing can stop a step: no gates in the data, nothing taken away."""
        return self.ungated and self._quick and not self.background.without

    @cached_property
    def ungated(self) -> bool:
        """Tell whether the data are a dataset without any gate or restriction."""
        index = self.model.index
        return index is not None and not index.kb.gated and not self.model.negated

    def fire(self, claim: Claim, carried: Context) -> Firing:
        """Return how a claim fares with these carried values."""
        key = (claim.assertion.id, carried)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._fire(claim, carried)
        return found

    def _fire(self, claim: Claim, carried: Context) -> Firing:
        if claim.plain and self._quick and not self.background.without:
            return Firing(claim, carried, carried)
        a = claim.assertion
        met = fit(self.kb, a, carried)
        failures = self._context_failures(claim, met.misfits, met.context)
        phases, missing, weak = self._phases(claim, met.context)
        if not failures:
            failures = [*self._object_failures(claim), *missing]
            failures.extend(self._gate_failures(claim, met.context))
        after = met.context._replace(cell=a.object_cell) if a.transfer else met.context
        orthology = self.background.species != HUMAN and not a.species and not failures
        return Firing(
            claim,
            met.context,
            after,
            tuple(dict.fromkeys(failures)),
            phases,
            () if failures else weak,
            self._unknown_features(claim, met.context) if orthology else (),
            orthology,
            met.narrower,
        )

    # -- context ------------------------------------------------------------

    def _context_failures(
        self, claim: Claim, misfits: tuple[tuple[str, str], ...], at: Context
    ) -> list[Failure]:
        for axis, restriction in misfits:
            if axis == "species":
                return [Failure("other_species", restriction)]
        if self.replaced(claim.assertion):
            return [Failure("other_species", self.background.species)]
        if misfits:
            return [Failure("other_context", restriction) for _, restriction in misfits]
        return [Failure("negated", n.id) for n in self.blockers(claim.assertion, claim.sign, at)]

    def replaced(self, a: Assertion) -> bool:
        """Tell whether a claim made in the species of the question stands in for this one."""
        species = self.background.species
        if species == HUMAN or a.species:
            return False
        return (a.kind, a.subject, a.object, species) in self.model.made_in

    def blockers(self, a: Assertion, sign: Sign, at: Context) -> list[Assertion]:
        """Return the negated claims that block this one where it is unrestricted."""
        rows = self.model.negated.get((a.subject, a.object, sign), ())
        return [n for n in rows if self._blocks(n, a, at)]

    def _blocks(self, negated: Assertion, a: Assertion, at: Context) -> bool:
        pairs = (
            (negated.cell, a.cell, at.cell),
            (negated.disease, a.disease, at.disease),
            (negated.species, a.species, at.species),
        )
        return all(
            not limit or (not own and value and self.kb.is_a(value, limit))
            for limit, own, value in pairs
        )

    # -- participants -------------------------------------------------------

    def _object_failures(self, claim: Claim) -> list[Failure]:
        if self.background.gone(claim.object):
            return [Failure("missing_participant", claim.object)]
        return []

    def _phases(
        self, claim: Claim, at: Context
    ) -> tuple[tuple[Phase, ...], list[Failure], tuple[str, ...]]:
        """Return the phases, what stops the machine, and the supportive parts that are missing."""
        if not claim.assertion.via:
            return (), [], ()
        machine = self.model.machine(claim.assertion.via)
        failures = self._machine_failures(machine)
        standing = not (failures and failures[0].what == machine.id)
        phases: list[Phase] = []
        weak: list[str] = []
        reached = standing
        for number, participants, groups, shown in _stages(machine, claim):
            missing: list[str] = []
            for names, essential in groups:
                if any(self.background.present(name, at) for name in names):
                    continue
                if not essential and self.model.spared(claim.subject).issuperset(names):
                    continue
                (missing if essential else weak).extend(names)
            if missing and reached:
                failures.extend(self._lack(name, number) for name in missing)
            reached = reached and not missing
            phases.append(Phase(number, participants, reached, tuple(missing), shown))
        return tuple(phases), failures, tuple(weak)

    def _machine_failures(self, machine: Machine) -> list[Failure]:
        background = self.background
        if machine.id in background.without or machine.id in background.blocked:
            return [Failure("missing_participant", machine.id)]
        return [self._lack(m) for m in machine.loose if background.absent(m)]

    def _lack(self, entity: str, phase: int = 0) -> Failure:
        """Return the failure for a missing participant; a species lacks what variants restore."""
        who: tuple[str, ...] = ()
        features = self.background.features
        if features.native_lacks(entity) and not features.removed_by_variant(entity):
            who = features.restorers(entity)
        return Failure("missing_participant", entity, who, phase=phase)

    def _unknown_features(self, claim: Claim, at: Context) -> tuple[str, ...]:
        needed = [t.entity for t in claim.terms if not t.negated]
        if claim.assertion.via:
            machine = self.model.machine(claim.assertion.via)
            needed[:0] = [
                name for _, parts in machine.phases for part in parts for name in part.alternatives
            ]
        return tuple(
            dict.fromkeys(
                name
                for name in needed
                if self.model.kind(name) == "feature"
                and self.background.features.unknown(name)
                and self.background.present(name, at)
            )
        )

    # -- gates --------------------------------------------------------------

    def _gate_failures(self, claim: Claim, at: Context) -> list[Failure]:
        failures: list[Failure] = []
        recruit = () if claim.assertion.via else claim.recruit
        for group in (*recruit, *claim.gates):
            if not any(self.holds(term, at) for term in group):
                failures.extend(self._unmet(term, at) for term in group)
        return failures

    def holds(self, term: Term, at: Context) -> bool:
        """Tell whether one term of a gate holds at a step."""
        if term.negated:
            return not self.background.raised_at(term.entity, at)
        return self.background.present(term.entity, at)

    def _unmet(self, term: Term, at: Context) -> Failure:
        background = self.background
        if term.negated:
            who = background.bringers(term.entity, at)
            return Failure("missing_state", term.entity, who, wanted_absent=True)
        if self.model.kind(term.entity) in ("state", "disease", "cell", "cell line", "taxon"):
            return Failure("missing_state", term.entity, background.bringers(term.entity))
        return self._lack(term.entity)


_Stage = tuple[int, tuple[str, ...], list[tuple[tuple[str, ...], bool]], tuple[str, ...]]


def _stages(machine: Machine, claim: Claim) -> list[_Stage]:
    """Return the phases of a machine with the degron of the claim in phase 2."""
    stages: dict[int, _Stage] = {}
    for number, parts in machine.phases:
        names = tuple(name for part in parts for name in part.alternatives)
        shown = tuple(dict.fromkeys(s for part in parts for s in part.shown_by))
        stages[number] = (number, names, [(p.alternatives, p.essential) for p in parts], shown)
    if claim.recruit:
        number, names, groups, shown = stages.get(RECRUIT, (RECRUIT, (), [], ()))
        extra = [_names(group) for group in claim.recruit]
        names = (*names, *(name for group in extra for name in group))
        stages[RECRUIT] = (number, names, [*groups, *((g, True) for g in extra)], shown)
    return [stages[number] for number in sorted(stages)]


def _names(group: Group) -> tuple[str, ...]:
    return tuple(term.entity for term in group)
