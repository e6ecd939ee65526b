"""`explain A B`: verdict, arms, ranked paths, counter-evidence, or why not."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from moagraph.answers.answer import Answer
from moagraph.answers.parts import (
    ArmView,
    ClaimView,
    CounterView,
    GapView,
    PathView,
    Reason,
    StepView,
)
from moagraph.answers.words import SIGN_WORDS
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.compare_claims import combinations_with
from moagraph.mechanism.context import Context
from moagraph.mechanism.counter import CounterEvidence
from moagraph.mechanism.ends import narrower_of
from moagraph.mechanism.firing import Engine, Firing
from moagraph.mechanism.gap import gaps_between
from moagraph.mechanism.model import sign_of_relation
from moagraph.mechanism.moved import Moved
from moagraph.mechanism.nearby import nearby, said_of_both
from moagraph.mechanism.paths import paths
from moagraph.mechanism.phrases import describe, reason_of
from moagraph.mechanism.question import ANY_SPECIES, Question
from moagraph.mechanism.ranking import Ranker
from moagraph.mechanism.reasons import Blocked, WhyNot
from moagraph.mechanism.search import Walk
from moagraph.mechanism.second import regimens, reported_interactions
from moagraph.mechanism.species import species_of
from moagraph.mechanism.verdict import (
    Observed,
    Vote,
    agreement,
    class_observations,
    disputed_claims,
    negated_to,
    observations_to,
    shown_not_in,
    vote,
)
from moagraph.records import Assertion
from moagraph.vocabulary import walkable

MAX_VOTES = 5000
# For each of many ends or drugs in a large graph.
MAX_VOTES_OF_MANY = 500


class Found:
    """The fired paths of one question and their votes.

    All of them vote, whatever `max_paths` lists, unless there are more than `MAX_VOTES`, or
    than `most`: `exhausted` tells.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        question: Question,
        engine: Engine | None = None,
        most: int = 0,
    ) -> None:
        self.kb = kb
        self.question = question
        self.search = paths(kb, question, engine)
        self.context = self.search.context
        self.engine = self.search.engine
        self.targets = self.search.targets
        limit = most or max(question.max_paths, MAX_VOTES)
        self.walks = tuple(islice(self.search.all_walks(), limit + 1))
        self.exhausted = len(self.walks) <= limit and not self.search.search.gave_up
        self.capped = len(self.walks) > question.max_paths or not self.exhausted
        self.vote: Vote = vote(kb, self.walks)


def explain(kb: KnowledgeBase, question: Question) -> Answer:
    """Answer how A acts on B.

    With species "any" the answer is the one for human and lists all species in `per_species`.

    Raises:
        UnknownName: a variant is not known; the error lists the known ones.
    """
    if question.species == ANY_SPECIES:
        answers: dict[str, Any] = {
            taxon: explain(kb, replace(question, species=taxon)) for taxon in species_of(kb)
        }
        human = explain(kb, replace(question, species=""))
        return replace(human, question=question.to_dict(), per_species=answers)
    return _Explanation(kb, question).answer()


class _Explanation:
    """One explanation being put together."""

    def __init__(self, kb: KnowledgeBase, question: Question) -> None:
        self.kb = kb
        self.question = question
        self.found = Found(kb, question)
        self.engine: Engine = self.found.engine
        self.context: Context = self.found.context
        self.builder = Builder(kb)
        self.moved = Moved(self.engine, self.context)

    def answer(self) -> Answer:
        """Return the answer."""
        q = self.question
        votes = self.found.vote
        observed = observations_to(self.engine, q.a, q.b, self.context)
        negated = negated_to(self.engine, q.a, q.b, self.context)
        verdict, narrower = votes.verdict, self._narrower(votes)
        why = WhyNot(self.engine, self.context, self.found.targets)
        if votes.voting:
            blocked = list(why.stopped())
        else:
            verdict, narrower = self._without_paths(observed, negated)
            blocked = why.reasons()
        paths = self._paths()
        ruling = negated.claims if verdict == "shown_not" else ()
        counter = self._counter(verdict, ruling, blocked, observed.claims)
        answer = Answer(
            question=q.to_dict(),
            verdict=verdict,
            agreement=agreement(self.kb, verdict, bool(votes.voting), observed),
            arms=arms_of(paths),
            paths=paths,
            counter_evidence=counter,
            observations=self.builder.claims(observed.claims),
            reasons=() if votes.voting else self._reasons(blocked, ruling),
            bound=q.max_length,
            capped=self.found.capped,
            data_version=self.kb.version,
            a=self.builder.ref(q.a),
            b=self.builder.ref(q.b),
            groups=votes.groups,
            voting=tuple(walk.ids for walk in votes.voting),
            disputed=votes.disputed,
            narrower=narrower,
            shown_not_in=shown_not_in(ruling),
            shown_not_by=self.builder.claims(ruling),
            observed_sign=observed.sign,
            class_observations=self._of_classes(),
            gaps=self._gaps() if verdict == "observed_only" else (),
            nearby=nearby(self.kb, q, Found) if verdict == "none" else (),
            other_claims=self._others(ruling, counter),
            combination_outcomes=() if votes.voting and observed.claims else self._combined(),
            regimen=self.builder.claims(regimens(self.kb, q.a, q.with_)),
            reported_interactions=self._reported(),
            blocked_steps=self._steps(b.firing for b in blocked if b.firing is not None),
            passed_steps=self._steps(f for b in blocked for f in b.passed),
            bound_cut=self.found.search.cut,
            exhausted=self.found.exhausted,
            metapath=self.found.search.along(),
            sourced=_sourced(paths),
        )
        return describe(self.kb, answer, self.context)

    def _counter(
        self,
        verdict: str,
        ruling: tuple[Assertion, ...],
        blocked: list[Blocked],
        observed: tuple[Assertion, ...],
    ) -> tuple[CounterView, ...]:
        found = self.found
        counter = CounterEvidence(
            self.engine, self.builder, self.context, found.walks, verdict, ruling, blocked, observed
        )
        return counter.collect()

    def _reported(self) -> tuple[ClaimView, ...]:
        claims = reported_interactions(self.engine, self.context, self.found.walks)
        return self.builder.claims(claims)

    def _of_classes(self) -> tuple[ClaimView, ...]:
        q = self.question
        return self.builder.claims(class_observations(self.engine, q.a, q.b, self.context))

    def _others(
        self, ruling: Iterable[Assertion], counter: Iterable[CounterView]
    ) -> tuple[ClaimView, ...]:
        q = self.question
        told = frozenset((*(c.id for c in ruling), *(view.claim.id for view in counter)))
        return self.builder.claims(said_of_both(self.kb, q.a, q.b, told))

    def _gaps(self) -> tuple[GapView, ...]:
        q = self.question
        if q.filtered or q != q.before():
            # A path that a filter hides, or a change of the background breaks, is no gap.
            return ()
        ref = self.builder.ref
        return tuple(
            GapView(ref(g.start), ref(g.end), g.seen) for g in gaps_between(self.kb, q.a, q.b)
        )

    def _combined(self) -> tuple[ClaimView, ...]:
        """Return what combinations with A were seen to do to B; it is theirs, not A's."""
        q = self.question
        ends = self.kb.ancestors(q.b)
        return self.builder.claims(
            claim
            for name in combinations_with(self.kb, q.a)
            if not q.with_
            for claim in self.kb.by_subject.get(name, ())
            if claim.kind in ("outcome", "observation")
            and claim.polarity == "asserted"
            and claim.object in ends
            and walkable(sign_of_relation(claim.relation))
        )

    def _steps(self, found: Iterable[Firing]) -> tuple[StepView, ...]:
        firings = {firing.claim.id: firing for firing in found}
        return tuple(self.builder.step(self.engine, f, self.moved(f)) for f in firings.values())

    def _without_paths(self, observed: Observed, negated: Observed) -> tuple[str, tuple[str, ...]]:
        if negated.claims:
            return "shown_not", negated.narrower
        if observed.sign:
            return "observed_only", observed.narrower
        return "none", ()

    def _narrower(self, votes: Vote) -> tuple[str, ...]:
        end = self.question.b
        return tuple(
            dict.fromkeys(v for walk in votes.voting for v in narrower_of(self.kb, walk, end))
        )

    def _paths(self) -> tuple[PathView, ...]:
        ranker = Ranker(self.engine, self.context)
        voting = set(map(id, self.found.vote.voting))
        disputed = disputed_claims(self.kb, self.found.walks)
        ordered: list[Walk] = sorted(
            self.found.walks, key=lambda w: (id(w) not in voting, ranker.key(w))
        )
        return tuple(
            self.builder.path(
                self.engine,
                walk,
                moved=self.moved,
                disputed=not disputed.isdisjoint(walk.ids),
                voting=id(walk) in voting,
                rank=rank,
                why_ranked=ranker.why(walk),
                narrower=narrower_of(self.kb, walk, self.question.b),
            )
            for rank, walk in enumerate(ordered[: self.question.max_paths], start=1)
        )

    def _reasons(self, blocked: list[Blocked], ruling: tuple[Any, ...]) -> tuple[Reason, ...]:
        found: dict[tuple[str, str], Reason] = {}
        for claim in ruling:
            found["negated", claim.id] = Reason(
                "negated", f"{self.builder.claim(claim).sentence}", claim.id, (), claim.id
            )
        for block in blocked:
            for failure in block.failures:
                key = (failure.code, failure.what)
                if key not in found and not (ruling and failure.code == "no_connection"):
                    found[key] = reason_of(self.kb, self.question, block.firing, failure)
        return tuple(found.values())


def arms_of(paths: tuple[PathView, ...]) -> tuple[ArmView, ...]:
    """Group paths into arms by first neosubstrate (else first object) and last cell."""
    groups: dict[tuple[str, str, str], list[PathView]] = {}
    for path in paths:
        if not path.steps:
            continue
        first = next((s for s in path.steps if s.via is not None), path.steps[0])
        cell = path.cell.id if path.cell else ""
        groups.setdefault((first.object.id, cell, str(path.sign)), []).append(path)
    arms = []
    for members in groups.values():
        first = next((s for s in members[0].steps if s.via is not None), members[0].steps[0])
        arms.append(
            ArmView(
                first.object,
                members[0].cell,
                SIGN_WORDS[members[0].sign],
                tuple(path.rank for path in members),
                any(path.voting for path in members),
            )
        )
    return tuple(arms)


def _sourced(paths: tuple[PathView, ...]) -> str:
    steps = {step.id: step.status for path in paths for step in path.steps}
    sourced = sum(status != "unsourced" for status in steps.values())
    return f"{sourced} of {len(steps)} steps sourced" if steps else ""
