"""One step: does a claim fire with what is carried to it, and with which marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.oracle_graph import HUMAN, Graph, Row, terms
from tests.oracle_world import Carried, World


class Fault(NamedTuple):
    """Why a step does not fire."""

    code: str
    what: str
    who: tuple[str, ...] = ()


@dataclass
class Step:
    """What became of a claim at its place in a path."""

    claim: Row
    faults: list[Fault] = field(default_factory=list)
    phases: list[int] = field(default_factory=list)
    weakened: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    narrower: list[str] = field(default_factory=list)
    by_orthology: bool = False
    after: Carried = Carried("", "", "")
    causes: int = 0

    @property
    def fires(self) -> bool:
        """Tell whether the step fires."""
        return not self.faults


def fit(graph: Graph, claim: Row, carried: Carried) -> tuple[Carried, list[str], list[Fault]]:
    """Fit a claim's restrictions: what is carried then, what is narrower, what does not fit."""
    narrower: list[str] = []
    faults: list[Fault] = []
    for axis in Carried._fields:
        restriction, value = claim.get(axis) or "", getattr(carried, axis)
        if not restriction or restriction in graph.ancestors(value):
            continue
        if not value or value in graph.ancestors(restriction):
            if value:
                narrower.append(restriction)
            carried = carried._replace(**{axis: restriction})
        else:
            code = "other_species" if axis == "species" else "other_context"
            faults.append(Fault(code, restriction))
    return carried, narrower, faults


def replaced(graph: Graph, claim: Row, species: str) -> bool:
    """Tell whether a claim made in the species takes the place of an unrestricted one."""
    if species == HUMAN or claim.get("species"):
        return False
    return any(
        graph.is_step(other)
        and other.get("species") == species
        and (other["subject"], other["object"]) == (claim["subject"], claim["object"])
        for other in graph.assertions
    )


def blocked(graph: Graph, claim: Row, carried: Carried) -> list[str]:
    """Return the supported negated claims that block an unrestricted one where it stands."""
    found = []
    for other in graph.assertions:
        axes = [axis for axis in Carried._fields if other.get(axis)]
        if (
            graph.status(other) == "negated"
            and (other["subject"], other["object"]) == (claim["subject"], claim["object"])
            and graph.sign(other) == graph.sign(claim)
            and axes
            and all(other[axis] in graph.ancestors(getattr(carried, axis)) for axis in axes)
            and not any(claim.get(axis) for axis in axes)
        ):
            found.append(other["id"])
    return found


def participants(graph: Graph, claim: Row) -> dict[int, list[Row]]:
    """Return the rows of a claim's machine by phase; a degron in `requires` is of phase 2."""
    phases: dict[int, list[Row]] = {}
    if not claim.get("via"):
        return phases
    for row in graph.rows_of(claim["via"]):
        phases.setdefault(int(row["phase"]), []).append(row)
    for clause in terms(claim.get("requires")):
        if is_degron(graph, claim, clause):
            for term in clause:
                group = "|".join(clause) if len(clause) > 1 else ""
                phases.setdefault(2, []).append(
                    {"participant": term, "clause": group, "strength": "essential", "phase": 2}
                )
    return dict(sorted(phases.items()))


def is_degron(graph: Graph, claim: Row, clause: list[str]) -> bool:
    """Tell whether a term of a glue claim is a feature, so that it counts in phase 2."""
    return bool(claim.get("via")) and all(graph.kind(term) == "feature" for term in clause)


def evaluate(world: World, claim: Row, carried: Carried) -> Step:
    """Evaluate a claim with what is carried to it."""
    graph = world.graph
    step = Step(claim)
    here, step.narrower, faults = fit(graph, claim, carried)
    if faults:
        _add(step, faults)
    taken = replaced(graph, claim, here.species)
    if taken:
        _add(step, [Fault("other_species", here.species)])
    _add(step, [Fault("negated", name) for name in blocked(graph, claim, here)])
    for node in (claim["subject"], claim["object"]):
        if world.node_absent(node):
            _add(step, [Fault("missing_participant", node)])
    _phases(world, step, here)
    for clause in terms(claim.get("requires")):
        if not is_degron(graph, claim, clause) and not any(_met(world, t, here) for t in clause):
            _add(step, [_unmet(world, term) for term in clause])
    step.by_orthology = world.species != HUMAN and not claim.get("species") and not taken
    step.unknown = [f for f in _features(graph, claim) if world.unknown_feature(f)]
    step.after = here
    if claim.get("transfer"):
        step.after = here._replace(cell=claim.get("object_cell") or "")
    return step


def _add(step: Step, faults: list[Fault]) -> None:
    if faults:
        step.faults.extend(faults)
        step.causes += 1


def _phases(world: World, step: Step, here: Carried) -> None:
    """Walk the phases in order; the first that lacks an essential participant stops the rest."""
    claim = step.claim
    machine = claim.get("via")
    if machine and machine in (world.without | world.lowered):
        _add(step, [Fault("missing_participant", machine)])
        return
    for phase, rows in participants(world.graph, claim).items():
        missing = []
        for row in rows:
            who = row["participant"]
            if world.present(who, here) or any(
                world.present(p, here) for p in _instead(world.graph, row, rows)
            ):
                continue
            if row["strength"] == "essential":
                missing.append(who)
            else:
                step.weakened.append(who)
        if missing:
            _add(step, [_absent(world, who) for who in missing])
            step.causes += len(missing) - 1
            step.weakened = []
            return
        step.phases.append(phase)
    if machine and world.graph.kind(machine) == "complex" and not world.present(machine, here):
        # A member without a row is essential to the complex, and of no phase.
        bare = [
            m
            for m in world.graph.members(machine)
            if not any(r["participant"] == m for r in world.graph.rows_of(machine))
        ]
        _add(step, [_absent(world, m) for m in bare if not world.present(m, here)])


def _instead(graph: Graph, row: Row, rows: list[Row]) -> list[str]:
    if "clause" in row:
        return [
            r["participant"] for r in rows if row["clause"] and r.get("clause") == row["clause"]
        ]
    return graph.alternatives(row)


def _met(world: World, term: str, here: Carried) -> bool:
    if term.startswith("!"):
        return not world.is_raised(term[1:], here)
    return world.present(term, here)


def _unmet(world: World, term: str) -> Fault:
    if term.startswith("!"):
        return Fault("missing_state", term[1:])
    if world.graph.kind(term) == "state":
        return Fault("missing_state", term, tuple(world.graph.brought_by(term)))
    return _absent(world, term)


def _absent(world: World, name: str) -> Fault:
    if world.graph.kind(name) == "feature" and not world.has_feature(name):
        removed = any(
            v["effect"] == "removes" and (v["gene"], v["change"]) in world.variants
            for v in world.graph.variants
            if v["feature"] == name
        )
        return Fault("missing_participant", name, () if removed else tuple(world.restorers(name)))
    return Fault("missing_participant", name)


def _features(graph: Graph, claim: Row) -> list[str]:
    names = [row["participant"] for row in graph.rows_of(claim.get("via") or "")]
    names += [t for clause in terms(claim.get("requires")) for t in clause]
    return sorted({n for n in names if graph.kind(n) == "feature"})


def required(graph: Graph, claim: Row) -> list[str]:
    """Return all participants of a claim: those of its machine and those its gate names."""
    names = [row["participant"] for row in graph.rows_of(claim.get("via") or "")]
    return names + [t.lstrip("!") for c in terms(claim.get("requires")) for t in c]


def matched(world: World, claim: Row, carried: Carried) -> set[str]:
    """Return what a filter can match at a step: nodes, machine, participants, proteins."""
    graph = world.graph
    names = {claim["subject"], claim["object"]}
    if claim.get("via"):
        names.add(claim["via"])
    for row in graph.rows_of(claim.get("via") or ""):
        if not row.get("alternative_group") or world.present(row["participant"], carried):
            names.add(row["participant"])
    names |= {t for c in terms(claim.get("requires")) for t in c if not t.startswith("!")}
    return names | {o for n in names for o in graph.owners(n)}


def second_drug(world: World) -> list[Any]:
    """Let the second drugs act: return the ids of the claims that do."""
    graph, acting = world.graph, []
    base = World(
        graph, world.a, world.carried, world.without, world.variants, world.states, world.second
    )
    for claim in graph.assertions:
        if (
            claim["subject"] in world.second
            and graph.is_step(claim)
            and graph.status(claim) != "refuted"
            and claim.get("directness") == "direct"
            and graph.sign(claim) in (1, -1)
            and evaluate(base, claim, world.carried).fires
        ):
            acting.append(claim["id"])
            (world.raised if graph.sign(claim) == 1 else world.lowered).add(claim["object"])
    return acting
