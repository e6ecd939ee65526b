"""What speaks against an answer; it stands on every answer and never changes the verdict.

Refuting and inconclusive evidence on the steps of shown paths; negated and opposite claims
between nodes of the paths (or the two ends), wherever they were made; observations that
disagree with the verdict, fitting or made elsewhere; and, for routes that do not fire, gate
claims on the drug about what these routes are made of: with them the route would matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from moagraph.answers.parts import CounterView
from moagraph.mechanism.build import Builder
from moagraph.mechanism.context import Context, fit, meets_end
from moagraph.mechanism.filters import touched
from moagraph.mechanism.firing import Engine
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.reasons import Blocked
from moagraph.mechanism.search import Walk
from moagraph.mechanism.verdict import ONE_SIGN, word
from moagraph.records import Assertion
from moagraph.vocabulary import walkable

_STANCES = {"refutes": "refuting_evidence", "inconclusive": "inconclusive_evidence"}


class CounterEvidence:
    """Collects what speaks against the answer to one question."""

    def __init__(
        self,
        engine: Engine,
        builder: Builder,
        context: Context,
        walks: Iterable[Walk],
        verdict: str,
        shown: Iterable[Assertion] = (),
        blocked: Iterable[Blocked] = (),
    ) -> None:
        self.engine = engine
        self.kb = engine.kb
        self.builder = builder
        self.context = context
        self.question = engine.background.question
        self.verdict = verdict
        self.steps = {f.claim.id: f.claim.assertion for w in walks for f in w.steps}
        self.shown = {a.id for a in shown}
        self.blocked = tuple(blocked)
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
            *self._observations(),
            *self._gates(),
        )
        for view in rows:
            found.setdefault((view.claim.id, view.about), view)
        return tuple(found.values())

    def _view(self, code: str, a: Assertion, about: str, text: str) -> CounterView:
        claim = self.builder.claim(a)
        return CounterView(code, text, about, claim, claim.evidence)

    def _evidence(self) -> Iterator[CounterView]:
        for a in self.steps.values():
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

    def _observations(self) -> Iterator[CounterView]:
        """Yield observations of A on B that differ from the verdict, wherever they were made."""
        if self.verdict not in ONE_SIGN:
            return
        for a in self.kb.by_subject.get(self.question.a, ()):
            if a.kind not in ("observation", "outcome") or a.polarity == "negated":
                continue
            if not meets_end(self.kb, a.object, self.question.b)[0]:
                continue
            seen = word([sign_of_relation(a.relation)])
            if seen in ONE_SIGN and seen != self.verdict:
                text = f"observed the other way: {self.builder.claim(a).sentence}"
                yield self._view("observation", a, _about(a), text)

    def _gates(self) -> Iterator[CounterView]:
        """Yield gate claims on the drug about what a blocked route is made of."""
        names: set[str] = set()
        for block in self.blocked:
            names.update(failure.what for failure in block.failures)
            if block.firing is not None:
                names.update(touched(self.engine, block.firing, present_only=False))
        drugs = self.kb.ancestors(self.question.a)
        for name in sorted(names - drugs):
            for a in self.kb.by_subject.get(name, ()):
                if a.kind != "gate" or a.object not in drugs or a.polarity == "negated":
                    continue
                if not fit(self.kb, a, self.context).misfits:
                    text = f"this route is held to matter: {self.builder.claim(a).sentence}"
                    yield self._view("unused_route", a, _about(a), text)


def _about(a: Assertion) -> str:
    return f"{a.subject} {a.object}"
