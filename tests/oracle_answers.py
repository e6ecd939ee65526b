"""Verdicts, effects and what-ifs from evaluated paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.oracle_graph import HUMAN, Graph, Row, listed
from tests.oracle_paths import Path, paths_to
from tests.oracle_step import fit, replaced, second_drug
from tests.oracle_world import Carried, World

WORDS = {1: "increases", -1: "decreases", "unknown": "changes"}
Question = dict[str, Any]


def world_of(graph: Graph, question: Question, end: str) -> World:
    """Return the background of a question for one end, with what second drugs do in it."""
    disease = question.get("disease") or (end if graph.kind(end) == "disease" else "")
    carried = Carried(question.get("cell") or "", disease, question.get("species") or HUMAN)
    world = World(
        graph,
        question["a"],
        carried,
        set(listed(question.get("without"))),
        [graph.variant(v) for v in listed(question.get("variant"))],
        set(listed(question.get("state"))),
        listed(question.get("with")),
    )
    second_drug(world)
    return world


def is_mechanism(claim: Row) -> bool:
    """Tell whether a claim is of kind mechanism."""
    return bool(claim.get("kind", "mechanism") == "mechanism")


def one_sign(signs: Iterable[Any]) -> str:
    """Join signs: a known one beats unknown ones, both known ones are conflicting."""
    known = {s for s in signs if s != "unknown"}
    if len(known) == 2:
        return "conflicting"
    return WORDS[known.pop()] if known else "changes"


@dataclass
class Explained:
    """The answer on one end."""

    graph: Graph
    question: Question
    end: str

    @cached_property
    def world(self) -> World:
        """Return the background for this end."""
        return world_of(self.graph, self.question, self.end)

    @cached_property
    def bound(self) -> int:
        """Return the longest length asked for."""
        return int(self.question.get("max_length") or 8)

    @cached_property
    def candidates(self) -> list[Path]:
        """Return all structural paths."""
        return paths_to(self.world, self.end, self.bound)

    @cached_property
    def paths(self) -> list[Path]:
        """Return the fired paths that no filter hides."""
        return [p for p in self.candidates if p.fires and not self.hidden_by(p)]

    def hidden_by(self, path: Path) -> list[str]:
        """Return the filters that hide a path."""
        via, avoid = listed(self.question.get("via")), listed(self.question.get("avoid"))
        return [v for v in via if v not in path.names] + [v for v in avoid if v in path.names]

    @cached_property
    def voting(self) -> list[Path]:
        """Return the paths that vote: the undisputed ones if there are any."""
        sound = [p for p in self.paths if not p.disputed(self.graph)]
        return sound or self.paths

    @cached_property
    def groups(self) -> dict[str, str]:
        """Return the sign in each cell."""
        cells = {p.after.cell for p in self.voting}
        return {c: one_sign(p.sign for p in self.voting if p.after.cell == c) for c in cells}

    def claims_between(
        self, kinds: tuple[str, ...], polarity: str, subjects: set[str]
    ) -> list[Row]:
        """Return the claims from A to B that fit."""
        return [
            a
            for a in self.graph.assertions
            if a.get("kind", "mechanism") in kinds
            and a.get("polarity", "asserted") == polarity
            and a["subject"] in subjects
            and a["object"] in self.graph.ends(self.end)
            and self.graph.sign(a) in WORDS
            and not fit(self.graph, a, self.world.carried)[2]
            and not (is_mechanism(a) and replaced(self.graph, a, self.world.species))
        ]

    @cached_property
    def shown_not(self) -> list[Row]:
        """Return the supported negated claims."""
        found = self.claims_between(("mechanism", "observation"), "negated", {self.question["a"]})
        return [a for a in found if self.graph.status(a) == "negated"]

    @cached_property
    def observations(self) -> list[Row]:
        """Return the observations of A on B."""
        return self.claims_between(("observation",), "asserted", {self.question["a"]})

    @cached_property
    def outcomes(self) -> list[Row]:
        """Return the outcomes of A itself."""
        return self.claims_between(("outcome",), "asserted", {self.question["a"]})

    @cached_property
    def class_observations(self) -> list[Row]:
        """Return what was reported for a class of A."""
        classes = self.graph.ancestors(self.question["a"]) - {self.question["a"]}
        return self.claims_between(("observation",), "asserted", classes)

    def counting(self, rows: list[Row]) -> list[Row]:
        """Return the observations that count: contested ones only if no other does."""
        sound = [r for r in rows if self.graph.status(r) not in ("refuted", "contested")]
        return sound or [r for r in rows if self.graph.status(r) == "contested"]

    def signs(self, rows: list[Row]) -> list[Any]:
        """Return the signs of the observations that count."""
        return [self.graph.sign(r) for r in self.counting(rows)]

    @cached_property
    def observed_sign(self) -> str:
        """Return the sign of observations and outcomes, or nothing."""
        signs = self.signs(self.observations + self.outcomes)
        return one_sign(signs) if signs else ""

    @cached_property
    def verdict(self) -> str:
        """Return the verdict's code."""
        if self.voting:
            return one_sign(p.sign for p in self.voting)
        if self.shown_not:
            return "shown_not"
        return "observed_only" if self.observed_sign else "none"

    @cached_property
    def narrower(self) -> list[str]:
        """Return the contexts below those asked for that the verdict holds in."""
        found = {n for p in self.voting for n in p.narrower}
        rows = {
            "shown_not": self.shown_not,
            "observed_only": self.counting(self.observations + self.outcomes),
        }
        for row in rows.get(self.verdict, []):
            found |= set(fit(self.graph, row, self.world.carried)[1])
            found |= {row["object"]} if self.graph.ends(self.end)[row["object"]] else set()
        return sorted(found)

    @cached_property
    def agreement(self) -> str:
        """Return how observations stand to the mechanism."""
        seen = self.signs(self.observations + self.outcomes)
        if not seen:
            return ""
        if not self.voting:
            return "unexplained"
        if self.verdict not in ("increases", "decreases"):
            return ""
        return "explained" if {WORDS[s] for s in seen} == {self.verdict} else "contradicted"

    @cached_property
    def reasons(self) -> list[dict[str, Any]]:
        """Return why no path votes."""
        if self.voting:
            return []
        found: set[tuple[str, str, tuple[str, ...]]] = set()
        if self.verdict == "shown_not":
            found = {("negated", row["id"], ()) for row in self.shown_not}
        for path in self.candidates:
            hidden = self.hidden_by(path)
            if hidden and path.fires:
                found |= {("filtered", what, ()) for what in hidden}
            elif not hidden:
                found |= {(f.code, f.what, f.who) for f in path.faults}
        if not found:
            longer = paths_to(self.world, self.end, len(self.graph.assertions))
            code = "length_bound" if len(longer) > len(self.candidates) else "no_connection"
            found = {(code, self.end, ())}
        return [{"code": c, "what": w, "who_brings_it": list(b)} for c, w, b in sorted(found)]

    @cached_property
    def certain_reasons(self) -> bool:
        """Tell whether each path fails by one cause only, so that its reason is not a choice.

        Whether a passage that leads nowhere belongs to a structural path is not told either, nor
        whether a path beyond the bound must fire.
        """
        if not self.candidates and self.question.get("max_length"):
            return False
        return not any(
            p.causes > 1 or self.hidden_by(p) or (p.faults and p.has_passage)
            for p in self.candidates
        )


def moved_by_the_drug(graph: Graph, question: Question) -> set[str]:
    """Return every end of a fired path of the asked drug, in the question's context."""
    if not graph.is_drug(question["a"]):
        return set()
    end = question.get("b") or ""
    if graph.kind(end) == "disease" and not question.get("disease"):
        question = {**question, "disease": end}
    return {e for e in graph.entities if e != question["a"] and _reaches(graph, question, e)}


def _reaches(graph: Graph, question: Question, end: str) -> bool:
    plain = {k: v for k, v in question.items() if k not in ("via", "avoid")}
    return any(p.nodes[-1] == end for p in Explained(graph, plain, end).paths)


def effects_of(graph: Graph, question: Question) -> dict[str, Explained]:
    """Return the answer on every end that a fired path reaches."""
    found = {}
    for end in graph.entities:
        answer = Explained(graph, question, end)
        if end != question["a"] and any(p.nodes[-1] == end for p in answer.paths):
            found[end] = answer
    return found


def reported(graph: Graph, question: Question, answers: list[Explained]) -> list[str]:
    """Return what is reported of the second drugs on the drug and on what takes part."""
    names = {question["a"]} | {n for a in answers for p in a.paths for n in p.names}
    carried = world_of(graph, question, question.get("b") or "")
    acting = second_drug(carried)
    return sorted(
        a["id"]
        for a in graph.assertions
        if a["subject"] in listed(question.get("with"))
        and a["object"] in names
        and a.get("kind", "mechanism") in ("gate", "observation", "mechanism")
        and a["id"] not in acting
    )


def before_of(question: Question) -> Question:
    """Return the question before: its cell and disease, human, nothing else."""
    kept = ("op", "a", "b", "cell", "disease", "max_length", "via", "avoid")
    return {k: v for k, v in question.items() if k in kept}


def whatif(graph: Graph, question: Question) -> dict[str, Any]:
    """Compare the effects before and after."""
    asked_before = before_of(question)
    before, after = effects_of(graph, asked_before), effects_of(graph, question)
    shown = set(before) | set(after)
    answers = [*before.values(), *after.values()]
    if question.get("b"):
        answers = [Explained(graph, q, question["b"]) for q in (asked_before, question)]
        shown &= {n for answer in answers for p in answer.paths for n in p.nodes} | {question["b"]}
    out: dict[str, Any] = {k: {} for k in ("lost", "weakened", "kept", "changed", "lifted")}
    for end in sorted(shown):
        if end not in after:
            out["lost"][end] = before[end].verdict
        elif end not in before:
            out["lifted"][end] = after[end].verdict
        elif before[end].verdict != after[end].verdict:
            out["changed"][end] = after[end].verdict
        elif all(any(s.weakened for s in p.steps) for p in after[end].voting):
            out["weakened"][end] = after[end].verdict
        else:
            out["kept"][end] = after[end].verdict
    out["broken_by"] = {
        end: sorted(_broken(graph, question, before[end])) for end in sorted(out["lost"])
    }
    out["no_longer_explained"] = sorted(
        row["id"]
        for end, answer in before.items()
        if answer.agreement == "explained"
        and Explained(graph, question, end).agreement != "explained"
        for row in answer.observations
        if end in shown
    )
    out["reported_interactions"] = reported(graph, question, answers)
    return out


def _broken(graph: Graph, question: Question, was: Explained) -> set[str]:
    fired = {tuple(p.ids) for p in was.paths}
    now = Explained(graph, question, was.end)
    return {f.what for p in now.candidates if tuple(p.ids) in fired for f in p.faults}
