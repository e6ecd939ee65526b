"""What A does to every end, each end by itself.

The disease carried is `--disease`, else the end if it is a disease; so ends that are diseases
are searched one by one, all others in one walk.
"""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.context import Context
from moagraph.mechanism.explain import MAX_VOTES_OF_MANY, Found
from moagraph.mechanism.filters import PathFilter
from moagraph.mechanism.firing import Engine
from moagraph.mechanism.model import model_of
from moagraph.mechanism.question import Question
from moagraph.mechanism.search import Walk, walk_of
from moagraph.mechanism.searches import search_for
from moagraph.mechanism.second import engine_for, start_context
from moagraph.mechanism.verdict import Vote, vote

# Where there are more, the graph counts as large; so many take some hundred megabytes.
MAX_TRAILS = 50_000
MAX_TRAILS_OF_LARGE = 5_000
_MOST_DISEASES = 10


class Outcome:
    """The paths of A to one end, and how they vote."""

    def __init__(
        self, end: str, walks: Iterable[Walk], votes: Vote, engine: Engine, context: Context
    ) -> None:
        self.end = end
        self.walks = tuple(walks)
        self.vote = votes
        self.engine = engine
        self.context = context

    @property
    def verdict(self) -> str:
        """Return the verdict of the paths, "" without any."""
        return self.vote.verdict


class Outcomes:
    """The outcomes of one question at all ends, or at those asked for."""

    def __init__(
        self, kb: KnowledgeBase, question: Question, ends: Iterable[str] | None = None
    ) -> None:
        self.kb = kb
        self.question = question
        self.context = start_context(kb, question)
        self.engine = engine_for(kb, question, self.context)
        self.capped = False
        self.cut = False
        index = self.engine.model.index
        self.large = index is not None and not index.exact
        if ends is not None:
            found = self._one_by_one(ends)
        else:
            found = {} if self.large else self._spread()
            if self.large or self.capped:
                self.large = True
                found = self._near()
            else:
                found.update(self._one_by_one(self._diseases()))
        self.by_end: dict[str, Outcome] = {
            end: outcome for end, outcome in sorted(found.items()) if outcome.walks
        }

    @property
    def given_up(self) -> str:
        """Return in words that not every path was looked at, "" if all were."""
        if not self.capped:
            return ""
        near = ", of a large graph what is nearest was looked at" if self.large else ""
        return f" The search was given up for its size: there may be more{near}."

    def _is_disease(self, node: str) -> bool:
        entity = self.kb.entities.get(node)
        return entity is not None and entity.kind == "disease"

    def _diseases(self) -> list[str]:
        a = self.question.a
        entering = model_of(self.kb).entering
        diseases = (entity.id for entity in self.kb.entities_of_kind("disease"))
        return [name for name in diseases if name != a and entering.get(name)]

    def _one_by_one(self, ends: Iterable[str]) -> dict[str, Outcome]:
        found = {}
        # Only what second drugs block depends on the disease that the end brings.
        engine = None if self.question.with_ else self.engine
        ends = list(ends)
        many = self.large and len(ends) > 1
        for end in ends:
            most = MAX_VOTES_OF_MANY if many and end != self.question.b else 0
            result = Found(self.kb, replace(self.question, b=end), engine, most)
            self.capped = self.capped or not result.exhausted
            # How far the end lies from anything is known of the end asked for: a fragment of a
            # store has no more.
            asked = end == self.question.b
            self.cut = self.cut or (result.search.cut if asked else result.search.search.cut)
            found[end] = Outcome(end, result.walks, result.vote, result.engine, result.context)
        return found

    def _near(self) -> dict[str, Outcome]:
        """Return the outcomes at the nodes that are reached first in a large graph.

        Where claims have restrictions the disease that is carried decides, and diseases are
        searched one by one: those reached first.
        """
        found = self._spread()
        if self.engine.ungated:
            return found
        diseases = [end for end in found if self._is_disease(end)]
        self.capped = self.capped or len(diseases) > _MOST_DISEASES
        for end in diseases:
            del found[end]
        return {**found, **self._one_by_one(diseases[:_MOST_DISEASES])}

    def _spread(self) -> dict[str, Outcome]:
        question = self.question
        filters = PathFilter(self.engine, question)
        search = search_for(
            self.engine,
            self.context,
            step_filter=filters.step if question.filtered else None,
            node_filter=filters.node if question.avoid else None,
        )
        walks: dict[str, list[Walk]] = {}
        for count, trail in enumerate(search.nearest() if self.large else search.everywhere()):
            if count >= (MAX_TRAILS_OF_LARGE if self.large else MAX_TRAILS):
                self.capped = True
                break
            if not self.large and self._is_disease(trail.node):
                continue
            held = walks.setdefault(trail.node, [])
            walk = walk_of(trail)
            if filters.walk(walk):
                held.append(walk)
        self.cut = search.cut
        return {
            end: Outcome(end, held, vote(self.kb, held), self.engine, self.context)
            for end, held in walks.items()
        }
