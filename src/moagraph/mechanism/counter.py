"""What speaks against an answer; it stands on every answer and never changes the verdict.

Refuting and inconclusive evidence on the steps of shown paths and on what was observed; negated
and opposite claims between nodes of the paths (or the two ends), wherever they were made, and on
what A does to a node on the way; observations that disagree with the verdict, fitting or made
elsewhere; claims that the drug does not need a node of a path; and, for routes that do not fire,
gate claims on the drug about nodes that no path passes: with them the route would matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moagraph.answers.parts import CounterView
from moagraph.mechanism.build import Builder
from moagraph.mechanism.context import Context, fit, meets_end
from moagraph.mechanism.firing import Engine
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.reasons import Blocked
from moagraph.mechanism.search import Walk, times
from moagraph.mechanism.verdict import ONE_SIGN, word
from moagraph.records import Assertion
from moagraph.vocabulary import WalkSign, walkable

_STANCES = {"refutes": "refuting_evidence", "inconclusive": "inconclusive_evidence"}


class CounterEvidence:
    """Collects what speaks against the answer to one question."""

    def __init__(
        self,
        engine: Engine,
        builder: Builder,
        context: Context,
        walks: tuple[Walk, ...],
        verdict: str,
        shown: Iterable[Assertion] = (),
        blocked: Iterable[Blocked] = (),
        observed: Iterable[Assertion] = (),
    ) -> None:
        self.engine = engine
        self.kb = engine.kb
        self.builder = builder
        self.context = context
        self.question = engine.background.question
        self.verdict = verdict
        self.steps = {f.claim.id: f.claim.assertion for w in walks for f in w.steps}
        self.told = (*self.steps.values(), *shown, *observed)
        self.shown = {a.id for a in shown}
        self.blocked = tuple(blocked)
        self.moves = _net_signs(walks)
        carried = (c.cell for w in walks for f in w.steps for c in (f.at, f.after))
        self.cells = {cell for cell in carried if cell}
        self.drugs = self.kb.ancestors(self.question.a)
        self.nodes = {node for w in walks for node in w.nodes} | {self.question.a, self.question.b}
        self.pairs: dict[tuple[str, str], set[object]] = {}
        for a in self.steps.values():
            signs = self.pairs.setdefault((a.subject, a.object), set())
            signs.add(sign_of_relation(a.relation))

    def collect(self) -> tuple[CounterView, ...]:
        """Return everything found, each claim under one heading."""
        found: dict[tuple[str, str], CounterView] = {}
        rows = (
            *self._evidence(),
            *self._between(),
            *self._on_the_way(),
            *self._observations(),
            *self._needless(),
            *self._gates(),
        )
        for view in rows:
            found.setdefault((view.claim.id, view.about), view)
        return tuple(found.values())

    def _view(self, code: str, a: Assertion, about: str, text: str) -> CounterView:
        claim = self.builder.claim(a)
        return CounterView(code, text, about, claim, claim.evidence)

    def _evidence(self) -> Iterator[CounterView]:
        for a in self.told:
            for stance, code in _STANCES.items():
                rows = tuple(e for e in self.builder.evidence(a.id) if e.stance == stance)
                if rows:
                    claim = self.builder.claim(a)
                    against = "speaks against" if stance == "refutes" else "does not settle"
                    text = f"{rows[0].reference} {against}: {claim.sentence}"
                    yield CounterView(code, text, a.id, claim, rows)

    def _between(self) -> Iterator[CounterView]:
        """Yield negated and opposite claims between nodes of the paths."""
        for node in sorted(self.nodes):
            for a in self.kb.by_subject.get(node, ()):
                sign = sign_of_relation(a.relation)
                if a.object not in self.nodes or not walkable(sign) or a.id in self.steps:
                    continue
                if a.kind not in ("mechanism", "observation") or a.id in self.shown:
                    continue
                ends = (a.subject, a.object) == (self.question.a, self.question.b)
                signs = self.pairs.get((a.subject, a.object), set())
                if a.polarity == "negated":
                    if signs or ends:
                        text = f"against it: {self.builder.claim(a).sentence}"
                        yield self._view("negated_claim", a, _about(a), text)
                elif self._opposes(sign, signs):
                    text = f"the opposite is claimed: {self.builder.claim(a).sentence}"
                    yield self._view("opposite_claim", a, _about(a), text)

    def _opposes(self, sign: object, signs: set[object]) -> bool:
        return sign != "unknown" and bool(signs - {"unknown"}) and sign not in signs

    def _on_the_way(self) -> Iterator[CounterView]:
        """Yield claims that A does not move a node of its paths as they say, or the other way."""
        for a in self.kb.by_subject.get(self.question.a, ()):
            signs = self.moves.get(a.object, set())
            if not signs or a.kind not in ("mechanism", "observation"):
                continue
            if a.id in self.steps or a.id in self.shown:
                continue
            if any(axis == "species" for axis, _ in fit(self.kb, a, self.context).misfits):
                continue
            sign = sign_of_relation(a.relation)
            if a.polarity == "negated":
                if sign in signs:
                    text = f"against it: {self.builder.claim(a).sentence}"
                    yield self._view("negated_claim", a, _about(a), text)
            elif walkable(sign) and self._opposes(sign, signs):
                text = f"seen the other way: {self.builder.claim(a).sentence}"
                yield self._view("opposite_claim", a, _about(a), text)

    def _observations(self) -> Iterator[CounterView]:
        """Yield observations of A on B that differ from the verdict, wherever they were made."""
        if self.verdict not in (*ONE_SIGN, "shown_not", "none"):
            return
        where = "observed elsewhere" if self.verdict == "none" else "observed the other way"
        for a in self.kb.by_subject.get(self.question.a, ()):
            if a.kind not in ("observation", "outcome") or a.polarity == "negated":
                continue
            if not meets_end(self.kb, a.object, self.question.b)[0]:
                continue
            seen = word([sign_of_relation(a.relation)])
            if seen in ONE_SIGN and seen != self.verdict:
                text = f"{where}: {self.builder.claim(a).sentence}"
                yield self._view("observation", a, _about(a), text)

    def _gates(self) -> Iterator[CounterView]:
        """Yield gate claims on the drug about the nodes of blocked routes."""
        names: set[str] = set()
        for block in self.blocked:
            for firing in (*block.passed, *([block.firing] if block.firing else [])):
                names.update((firing.claim.subject, firing.claim.object))
        for a in self._gates_on(names - self.nodes):
            if a.polarity == "asserted":
                text = f"this route is held to matter: {self.builder.claim(a).sentence}"
                yield self._view("unused_route", a, _about(a), text)

    def _needless(self) -> Iterator[CounterView]:
        """Yield claims that a node of a path does not matter to the drug."""
        for a in self._gates_on(self.nodes):
            if self.kb.status(a) == "negated":
                text = f"against it: {self.builder.claim(a).sentence}"
                yield self._view("negated_claim", a, _about(a), text)

    def _gates_on(self, names: set[str]) -> Iterator[Assertion]:
        """Yield the gate claims about some things and the drug that speak of this place."""
        for name in sorted(names - self.drugs):
            for a in self.kb.by_subject.get(name, ()):
                if a.kind == "gate" and a.object in self.drugs and self._is_here(a):
                    yield a

    def _is_here(self, a: Assertion) -> bool:
        """Tell whether a claim fits the context, and names no cell that no path comes through."""
        if fit(self.kb, a, self.context).misfits or (a.disease and not self.context.disease):
            return False
        near = (self.kb.is_a(a.cell, c) or self.kb.is_a(c, a.cell) for c in self.cells)
        return not (a.cell and self.cells) or any(near)


def _net_signs(walks: Iterable[Walk]) -> dict[str, set[object]]:
    """Return how the paths move the nodes between their ends, of a start that is given."""
    found: dict[str, set[object]] = {}
    for walk in walks:
        sign: WalkSign = walk.start_sign
        for firing in walk.steps[:-1] if sign == 1 else ():
            sign = times(sign, firing.claim.sign)
            found.setdefault(firing.claim.object, set()).add(sign)
    return found


def _about(a: Assertion) -> str:
    return f"{a.subject} {a.object}"
