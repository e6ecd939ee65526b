"""`whatif A`: the effects of A in a background, and in that background changed.

Before: the question's cell and disease, human, nothing else. After: with --species, --variant,
--without, --state, --with. A question that changes nothing, about anything but a drug, asks for
the removal of A. With B the effects are those on the nodes of the paths from A to B before or
after; each end is searched by itself, as in `effects`.
"""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.answers.parts import PathView
from moagraph.answers.whatif import BreakView, WhatIf, WhatIfEffect
from moagraph.counting import counted
from moagraph.errors import QuestionError
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.context import Context, fit
from moagraph.mechanism.effects import observed_ends, ranked_paths
from moagraph.mechanism.explain import Found
from moagraph.mechanism.firing import Engine, Failure, Firing
from moagraph.mechanism.model import DRUGS, model_of, sign_of_relation
from moagraph.mechanism.outcomes import Outcome, Outcomes
from moagraph.mechanism.phrases import reason_of, regimen_line
from moagraph.mechanism.question import ANY_SPECIES, Question
from moagraph.mechanism.search import Passage, Walk, passages
from moagraph.mechanism.second import (
    direct_claims,
    regimens,
    reported_interactions,
    start_context,
)
from moagraph.mechanism.verdict import counting, word
from moagraph.records import Assertion

SHOWN_PATHS = 2
MOST_ENDS_OF_LARGE = 20


def whatif(
    kb: KnowledgeBase,
    question: Question,
    before: Outcomes | None = None,
    *,
    show_paths: bool = True,
) -> WhatIf:
    """Answer what a change of the background does to the effects of A.

    `before` may hold the outcomes of `question.before()` at all ends, for many what-ifs of one
    drug; it is left aside where the question has an end. `show_paths` False leaves out the paths
    that carry each effect, and what is no longer explained.

    Raises:
        UnknownName: a variant is not known; the error lists the known ones.
        QuestionError: species "any", or nothing is changed and A is a drug.
    """
    if question.species == ANY_SPECIES:
        raise QuestionError("what-if compares with one species; ask for one of them")
    if not _changes(question):
        if model_of(kb).kind(question.a) in DRUGS:
            raise QuestionError(
                "nothing is changed; use --without, --variant, --state, --species or --with"
            )
        question = replace(question, without=(question.a,))
    return _WhatIf(kb, question, before, show_paths).answer()


def _changes(q: Question) -> bool:
    return bool(q.without or q.variant or q.state or q.with_ or q.species)


class _WhatIf:
    """One what-if being put together."""

    def __init__(
        self, kb: KnowledgeBase, question: Question, before: Outcomes | None, show_paths: bool
    ) -> None:
        self.kb = kb
        self.question = question
        self.builder = Builder(kb)
        self.show_paths = show_paths
        self._left_out = 0
        old = question.before()
        ends: list[str] | None = None
        if question.b:
            ends = self._nodes(old, question)
        self.before = before if before and not ends else Outcomes(kb, old, ends)
        self.after = Outcomes(kb, question, ends)
        names = {*self.before.by_end, *self.after.by_end}
        self.ends = sorted(names)

    def _nodes(self, *questions: Question) -> list[str]:
        """Return the nodes on the paths to B.

        In a large graph these are only those on paths that pass what is removed, shortest first,
        and then those on other short ones.
        """
        removed = set(self.question.without) - {self.question.a}
        walks = [walk for question in questions for walk in Found(self.kb, question).walks]
        walks.sort(key=lambda walk: removed.isdisjoint(walk.nodes))
        names = dict.fromkeys([self.question.b, *(node for walk in walks for node in walk.nodes)])
        names.pop(self.question.a, None)
        index = model_of(self.kb).index
        if index is not None and not index.exact and len(names) > MOST_ENDS_OF_LARGE:
            self._left_out = len(names) - MOST_ENDS_OF_LARGE
            return sorted(list(names)[:MOST_ENDS_OF_LARGE])
        return sorted(names)

    def answer(self) -> WhatIf:
        """Return the answer."""
        q = self.question
        sorted_out: dict[str, list[WhatIfEffect]] = {
            name: [] for name in ("lost", "weakened", "kept", "changed", "lifted")
        }
        for end in self.ends:
            name, effect = self._effect(end)
            sorted_out[name].append(effect)
        observations = self._unexplained() if self.show_paths else []
        claims = regimens(self.kb, q.a, q.with_)
        self.direct = direct_claims(self.after.engine, self.after.context)
        shown = self.builder.claims(claims)
        groups = {name: tuple(found) for name, found in sorted_out.items()}
        return WhatIf(
            question=q.to_dict(),
            background=self._background(),
            **groups,
            observations=self.builder.claims(observations),
            no_longer_explained=tuple(a.id for a in observations),
            reported_interactions=self.builder.claims(self._reported()),
            regimen=shown,
            regimen_line=regimen_line(self.kb, shown),
            blocked=self.builder.claims(self.direct),
            verdict_before=self._verdict(self.before),
            verdict_after=self._verdict(self.after),
            bound=q.max_length,
            capped=self.before.capped or self.after.capped or bool(self._left_out),
            bound_cut=self.before.cut or self.after.cut,
            context={
                **start_context(self.kb, q, q.b)._asdict(),
                "regimen": [a.id for a in claims],
                "regimen_combinations": [a.subject for a in claims],
            },
            data_version=self.kb.version,
            a=self.builder.ref(q.a),
            b=self.builder.maybe(q.b),
            text=self._text(groups),
            gates=self.builder.claims(self._gates()) if self.show_paths else (),
        )

    def _verdict(self, outcomes: Outcomes) -> str:
        if not self.question.b:
            return ""
        outcome = outcomes.by_end.get(self.question.b)
        return outcome.verdict if outcome else "none"

    def _background(self) -> dict[str, list[str] | str]:
        q = self.question
        return {
            "cell": q.cell,
            "disease": q.disease,
            "species": q.taxon,
            "without": list(q.without),
            "variant": list(q.variant),
            "state": list(q.state),
            "with": list(q.with_),
        }

    # -- effects ------------------------------------------------------------

    def _effect(self, end: str) -> tuple[str, WhatIfEffect]:
        old, new = self.before.by_end.get(end), self.after.by_end.get(end)
        was, now = old.verdict if old else "", new.verdict if new else ""
        weak = _weakened(new) if new else ()
        lost, broken = self._breaks(old, self.after) if old else (0, [])
        gained, opened = self._breaks(new, self.before) if new else (0, [])
        effect = WhatIfEffect(
            self.builder.ref(end),
            now or was,
            before=was,
            after=now,
            breaks=tuple(broken),
            paths_before=self._paths(old),
            paths_after=self._paths(new),
            paths_lost=lost,
            paths_gained=gained,
        )
        ids = tuple(dict.fromkeys(b.what.id for b in broken))
        if not now:
            return "lost", replace(effect, broken_by=ids)
        if not was:
            through = tuple(dict.fromkeys(b.what.id for b in opened))
            return "lifted", replace(effect, let_through_by=through, breaks=tuple(opened))
        effect = replace(effect, stopped=tuple(broken), opened=tuple(opened))
        if was != now:
            return "changed", replace(effect, broken_by=ids)
        if weak:
            return "weakened", replace(effect, broken_by=weak, breaks=self._weak_breaks(new))
        return "kept", replace(effect, breaks=())

    def _paths(self, outcome: Outcome | None) -> tuple[PathView, ...]:
        if outcome is None or not self.show_paths:
            return ()
        return ranked_paths(self.kb, self.builder, outcome, SHOWN_PATHS)

    def _breaks(self, outcome: Outcome, other: Outcomes) -> tuple[int, list[BreakView]]:
        """Return how many voting paths of an outcome the other background stops, and by what."""
        found: dict[tuple[str, str], BreakView] = {}
        count = 0
        context = start_context(self.kb, other.question, outcome.end)
        for walk in outcome.vote.voting:
            failures = first_failures(other.engine, walk, context)
            count += bool(failures)
            for firing, failure in failures:
                key = (failure.what, firing.claim.id if firing else "")
                if key not in found:
                    found[key] = self._break(other.question, firing, failure)
        return count, list(found.values())

    def _break(self, question: Question, firing: Firing | None, failure: Failure) -> BreakView:
        reason = reason_of(self.kb, question, firing, failure)
        shown: tuple[str, ...] = ()
        if firing is not None:
            shown = self._shown_by(firing, failure.what) if failure.phase else (firing.claim.id,)
        rows = [e for about in shown for e in self.builder.evidence(about)]
        return BreakView(
            self.builder.ref(failure.what),
            reason.step,
            failure.code,
            reason.text,
            reason.phase,
            tuple(rows),
        )

    def _shown_by(self, firing: Firing, what: str) -> tuple[str, ...]:
        """Return the claims which show that a participant matters: its own, not its phase's."""
        parts = self.kb.machine_parts.get(firing.claim.assertion.via, ())
        own = [p.shown_by for p in parts if p.participant == what and p.shown_by]
        drugs = self.kb.ancestors(self.question.a)
        rows = self.kb.by_subject.get(what, ())
        gates = [a.id for a in rows if a.kind == "gate" and a.object in drugs]
        return tuple(dict.fromkeys(own or gates))

    def _weak_breaks(self, outcome: Outcome | None) -> tuple[BreakView, ...]:
        if outcome is None:
            return ()
        found: dict[tuple[str, str], BreakView] = {}
        for walk in outcome.vote.voting:
            for firing in walk.steps:
                parts = self.kb.machine_parts.get(firing.claim.assertion.via, ())
                for name in firing.weakened_by:
                    part = next((p for p in parts if p.participant == name), None)
                    shown = part.shown_by if part else ""
                    found[name, firing.claim.id] = BreakView(
                        self.builder.ref(name),
                        firing.claim.id,
                        "weakened",
                        f"{self.kb.label(name)} supports the step and is not essential",
                        evidence=self.builder.evidence(shown) if shown else (),
                    )
        return tuple(found.values())

    # -- observations and second drugs --------------------------------------

    def _unexplained(self) -> list[Assertion]:
        """Return the observations that mechanisms explained before and do not after."""
        only: Iterable[str] | None = self.ends if self.question.b else None
        observed = observed_ends(self.kb, self.before, self.question.before(), only)
        found = []
        for end, seen in observed.items():
            old, new = self.before.by_end.get(end), self.after.by_end.get(end)
            for claim in counting(self.kb, seen.claims):
                sign = word([sign_of_relation(claim.relation)])
                if old and old.verdict == sign and not (new and new.verdict == sign):
                    found.append(claim)
        return list(dict.fromkeys(found))

    def _reported(self) -> tuple[Assertion, ...]:
        walks: list[Walk] = []
        for outcomes in (self.before, self.after):
            for outcome in outcomes.by_end.values():
                walks.extend(outcome.walks)
        return reported_interactions(self.after.engine, self.after.context, walks)

    def _gates(self) -> list[Assertion]:
        """Return the gate claims on A about what is changed, whatever became of the effects."""
        q = self.question
        background = self.after.engine.background
        context = start_context(self.kb, q, q.b)
        names = {*q.without, *q.state, *background.features.given()}
        for row in self.kb.tables.states:
            if any(background.is_changed_by(item) for item in row.brought_by):
                names.add(row.id)
        drugs = self.kb.ancestors(q.a)
        return [
            a
            for name in sorted(names)
            for a in self.kb.by_subject.get(name, ())
            if a.kind == "gate" and a.object in drugs and not fit(self.kb, a, context).misfits
        ]

    def _text(self, groups: dict[str, tuple[WhatIfEffect, ...]]) -> str:
        counts = [f"{len(found)} {name}" for name, found in groups.items() if found]
        text = f"{self.kb.label(self.question.a)}: {', '.join(counts) or 'no effect'}"
        if self.question.b:
            text += (
                f"; on {self.kb.label(self.question.b)}: {self._verdict(self.before)} before, "
                f"{self._verdict(self.after)} after{_moved_paths(groups, self.question.b)}"
            )
        if self.direct:
            text += "; full inhibition by the second drug is assumed"
        text += f". Paths up to {counted(self.question.max_length, 'step')} were searched."
        if self._left_out:
            text += (
                f" {counted(self._left_out, 'end')} on paths to "
                f"{self.kb.label(self.question.b)} left out."
            )
        return text + (self.before.given_up or self.after.given_up)


def _moved_paths(groups: dict[str, tuple[WhatIfEffect, ...]], end: str) -> str:
    """Return how many paths to an end were lost and gained beside others, in brackets."""
    effect = next((e for found in groups.values() for e in found if e.object.id == end), None)
    if effect is None or not (effect.before and effect.after):
        return ""
    counts = ((effect.paths_lost, "lost"), (effect.paths_gained, "gained"))
    words = [f"{counted(n, 'path')} {word}" for n, word in counts if n]
    return f" ({', '.join(words)})" if words else ""


def _weakened(outcome: Outcome) -> tuple[str, ...]:
    """Return what weakens an effect, if every voting path passes a weakened step."""
    voting = outcome.vote.voting
    if not all(any(f.weakened_by for f in walk.steps) for walk in voting):
        return ()
    return tuple(
        dict.fromkeys(name for walk in voting for f in walk.steps for name in f.weakened_by)
    )


def _passage_failures(engine: Engine, passage: Passage, at: Context) -> list[Failure]:
    """Return why a component does not lower its complex: it is gone, or something stands in."""
    if engine.background.gone(passage.complex):
        return [Failure("missing_participant", passage.complex)]
    rivals = dict(engine.model.lowers.get(passage.component, ())).get(passage.complex, ())
    names = dict.fromkeys(
        name for group in rivals for name in group if engine.background.present(name, at)
    )
    return [Failure("stands_in", name) for name in names]


def first_failures(
    engine: Engine, walk: Walk, context: Context
) -> list[tuple[Firing | None, Failure]]:
    """Return why a path does not fire in another background; empty if it does."""
    start = walk.nodes[0]
    if engine.background.gone(start) or engine.background.start_sign != walk.start_sign:
        return [(None, Failure("missing_participant", start))]
    carried = context
    through = {p.after: p for p in walk.passages}
    for place in range(len(walk.steps) + 1):
        passage = through.get(place)
        if passage is not None and passage.complex not in passages(
            engine, passage.component, -1, carried
        ):
            return [(None, f) for f in _passage_failures(engine, passage, carried)]
        if place == len(walk.steps):
            break
        firing = engine.fire(walk.steps[place].claim, carried)
        if not firing.fires:
            return [(firing, failure) for failure in firing.failures]
        carried = firing.after
    return []
