"""`paths A B`: every path that fires, lazily, shortest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from moagraph.answers.parts import PathView
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.build import Builder
from moagraph.mechanism.ends import narrower_of, targets_of
from moagraph.mechanism.filters import PathFilter
from moagraph.mechanism.firing import Engine
from moagraph.mechanism.moved import Moved
from moagraph.mechanism.question import Question
from moagraph.mechanism.routes import Routes, along, left_out, routes
from moagraph.mechanism.search import Walk, walk_of
from moagraph.mechanism.searches import search_for
from moagraph.mechanism.second import engine_for, start_context
from moagraph.mechanism.verdict import is_disputed


class PathSearch(Iterator[PathView]):
    """The paths of one question: an iterator of views; `walks` yields bare ones.

    `cut` tells, once the walk has ended, whether the bound stopped it; `more` whether
    `max_paths` did.
    """

    def __init__(self, kb: KnowledgeBase, question: Question, engine: Engine | None = None) -> None:
        self.kb = kb
        self.question = question
        self.context = start_context(kb, question, question.b)
        self.engine = engine or engine_for(kb, question, self.context)
        self.filter = PathFilter(self.engine, question)
        self.search = search_for(
            self.engine,
            self.context,
            step_filter=self.filter.step if question.filtered else None,
            node_filter=self.filter.node if question.avoid else None,
            metapath=self.filter.metapath,
        )
        self.targets = targets_of(kb, question.b)
        self.more = False
        self._views: Iterator[PathView] | None = None

    @property
    def cut(self) -> bool:
        """Tell whether the bound may have stopped paths that go on to the end.

        If not, there are no longer ones.
        """
        metapath = self.filter.metapath
        if metapath is not None and metapath.longest is not None:
            return self.search.cut and self.question.max_length < metapath.longest - 1
        return self.search.cut or self.search.unseen

    @property
    def gave_up(self) -> bool:
        """Tell whether so many steps were tried in vain that the rest was left."""
        return self.search.gave_up

    def all_walks(self) -> Iterator[Walk]:
        """Yield every path, however many."""
        for trail in self.search.to(self.targets):
            walk = walk_of(trail)
            if self.filter.walk(walk):
                yield walk

    def walks(self) -> Iterator[Walk]:
        """Yield paths up to `max_paths`."""
        found = self.all_walks()
        yield from islice(found, self.question.max_paths)
        self.more = next(found, None) is not None

    def count(self) -> int:
        """Return the number of paths within the bound, whatever `max_paths` says."""
        if self.question.via or self.question.through_category or self.question.same_record:
            return sum(1 for _ in self.all_walks())
        return sum(1 for _ in self.search.to(self.targets))

    def routes(self) -> Routes:
        """Return the most ways over nodes that there can be, and up to which length.

        It is counted without walking them, all filters but the metapath left aside. A way over
        nodes is as many paths as its steps have claims.
        """
        return routes(self.engine, self.filter.metapath)

    def along(self) -> dict[str, Any]:
        """Return the `metapath`, the most ways it leaves out and both in words, if there is one."""
        metapath = self.filter.metapath
        if metapath is None:
            return {}
        missed = left_out(self.engine, metapath)
        return {
            "metapath": str(metapath),
            "left_out": missed.to_dict(),
            "text": along(metapath, missed),
        }

    def __next__(self) -> PathView:
        if self._views is None:
            self._views = self._view()
        return next(self._views)

    def _view(self) -> Iterator[PathView]:
        builder = Builder(self.kb)
        moved = Moved(self.engine, self.context)
        for number, walk in enumerate(self.walks(), start=1):
            yield builder.path(
                self.engine,
                walk,
                moved=moved,
                disputed=is_disputed(self.kb, walk),
                rank=number,
                why_ranked="shortest first",
                narrower=narrower_of(self.kb, walk, self.question.b),
            )


def paths(kb: KnowledgeBase, question: Question, engine: Engine | None = None) -> PathSearch:
    """Return the paths from A to B as an iterable that walks only as far as it is asked to.

    `engine` may be one of the same background, for many ends of one question.
    """
    return PathSearch(kb, question, engine)
