"""Fetch nodes and claims in batches, and notice when an endpoint leaves rows out.

Engines cut large answers without a word. So every batch is asked together with its count; a
batch that comes back short is halved, and a single node's rows are paged. Lists of subjects are
read page by page from the last one on until a page is empty, which no cut can shorten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from moagraph.errors import DataError
from moagraph.rdf.nodes import Nodes
from moagraph.rdf.predicates import moa
from moagraph.remote.client import Endpoint, Row

BATCH = 150
PAGE = 1000
_IN_IRI = frozenset('<>"{}|^`\\')


class Edge(NamedTuple):
    """A claim as IRIs: its node, subject, predicate, object, kind and polarity."""

    claim: str
    subject: str
    predicate: str
    object: str
    kind: str
    polarity: str


class Fetcher:
    """Reads from one graph of an endpoint; what was fetched once is kept for the call."""

    def __init__(self, endpoint: Endpoint, graph: str = "") -> None:
        self.endpoint = endpoint
        self.graph = graph
        self.nodes: Nodes = {}
        self._edges: dict[tuple[str, str], tuple[Edge, ...]] = {}
        self._size = BATCH

    def describe(self, iris: Iterable[str]) -> None:
        """Fetch every triple of the nodes that are not here yet into `nodes`."""
        wanted = [iri for iri in dict.fromkeys(iris) if iri not in self.nodes]

        def pattern(batch: Sequence[str]) -> str:
            return f"{_values('s', batch)} ?s ?p ?o"

        for batch, rows in self._batches(wanted, pattern, ("s", "p", "o")):
            for iri in batch:
                self.nodes[iri] = {}
            for subject, predicate, value in rows:
                if subject not in self.nodes:
                    raise self.endpoint.fault("answered about nodes that were not asked for")
                self.nodes[subject].setdefault(predicate, []).append(value)

    def edges(self, side: str, iris: Iterable[str]) -> list[Edge]:
        """Return the claims whose `subject` or `object`, as side says, is one of the nodes."""
        asked = list(dict.fromkeys(iris))
        wanted = [iri for iri in asked if (side, iri) not in self._edges]
        variable, place = ("s", 1) if side == "subject" else ("o", 3)

        def pattern(batch: Sequence[str]) -> str:
            return (
                f"{_values(variable, batch)} ?c <{moa('hasSubject')}> ?s ; "
                f"<{moa('hasPredicate')}> ?p ; <{moa('hasObject')}> ?o ; "
                f"<{moa('claimKind')}> ?k ; <{moa('hasPolarity')}> ?q"
            )

        names = ("c", "s", "p", "o", "k", "q")
        for batch, rows in self._batches(wanted, pattern, names):
            found: dict[str, list[Edge]] = {iri: [] for iri in batch}
            for row in rows:
                if row[place] not in found:
                    raise self.endpoint.fault("answered about nodes that were not asked for")
                found[row[place]].append(Edge(*row))
            self._edges.update({(side, iri): tuple(each) for iri, each in found.items()})
        return [edge for iri in asked for edge in self._edges[side, iri]]

    def about(self, predicate: str, iris: Iterable[str]) -> list[str]:
        """Return the subjects that lead to one of the nodes by a predicate."""

        def pattern(batch: Sequence[str]) -> str:
            return f"{_values('o', batch)} ?s <{predicate}> ?o"

        found = self._batches(list(dict.fromkeys(iris)), pattern, ("s", "o"))
        return list(dict.fromkeys(row[0] for _, rows in found for row in rows))

    def of_classes(self, classes: Iterable[str]) -> list[str]:
        """Return every node of some classes, in the endpoint's order."""
        values = _values("c", sorted(classes))
        found: dict[str, None] = {}
        last = ""
        while True:
            after = f' FILTER(STR(?s) > "{_escaped(last)}")' if last else ""
            inner = self._in_graph(f"{values} ?s a ?c{after}")
            query = f"SELECT DISTINCT ?s WHERE {{ {inner} }} ORDER BY STR(?s) LIMIT {PAGE}"
            rows = self.endpoint.select(query, ("s",))
            if not rows:
                return list(found)
            fresh = dict.fromkeys(row[0] for row in rows if row[0] not in found)
            if not fresh:
                raise self.endpoint.fault("gives the same page again and again")
            found |= fresh
            last = rows[-1][0]

    # -- batches ------------------------------------------------------------

    def _in_graph(self, pattern: str) -> str:
        return f"GRAPH <{_checked(self.graph)}> {{ {pattern} }}" if self.graph else pattern

    def _batches(
        self,
        iris: Sequence[str],
        pattern: Callable[[Sequence[str]], str],
        names: tuple[str, ...],
    ) -> Iterator[tuple[Sequence[str], list[Row]]]:
        start = 0
        while start < len(iris):
            batch = iris[start : start + self._size]
            inner = self._in_graph(pattern(batch))
            rows, count = self._counted(inner, names)
            if len(rows) != count and len(batch) > 1:
                self._size = len(batch) // 2
                continue
            if len(rows) != count:
                rows = self._paged(inner, names, count)
            start += len(batch)
            yield batch, rows

    def _counted(self, inner: str, names: tuple[str, ...]) -> tuple[list[Row], int]:
        """Return the rows of a pattern, and how many the endpoint says there are."""
        shown = " ".join(f"?{name}" for name in names)
        query = (
            f"SELECT ?n {shown} WHERE {{ {{ SELECT (COUNT(*) AS ?n) WHERE {{ {inner} }} }} "
            f"UNION {{ {inner} }} }}"
        )
        rows = self.endpoint.select(query, ("n", *names))
        counts = [row[0] for row in rows if row[0]]
        found = [row[1:] for row in rows if not row[0]]
        if not counts:
            return found, -1
        if len(counts) > 1 or not re.fullmatch("[0-9]{1,12}", counts[0]):
            raise self.endpoint.fault("answered with a count that is no number")
        return found, int(counts[0])

    def _paged(self, inner: str, names: tuple[str, ...], count: int) -> list[Row]:
        """Return all rows of a pattern by pages, as many as the endpoint said."""
        shown = " ".join(f"?{name}" for name in names)
        rows: dict[Row, None] = {}
        while count < 0 or len(rows) < count:
            query = (
                f"SELECT {shown} WHERE {{ {inner} }} ORDER BY {shown} "
                f"LIMIT {PAGE} OFFSET {len(rows)}"
            )
            before = len(rows)
            rows.update(dict.fromkeys(self.endpoint.select(query, names)))
            if len(rows) == before:
                break
        if len(rows) < count:
            raise self.endpoint.capped(f"rows of the endpoint itself ({len(rows)} of {count})")
        return list(rows)


def _checked(iri: str) -> str:
    """Return an IRI that can stand in a query between angle brackets; a hostile one cannot."""
    if iri.startswith("_:"):
        raise DataError(
            f"the endpoint has the blank node {iri[:80]!r} where moagraph's form has an IRI; "
            "a blank node cannot be asked about"
        )
    if not iri or not _IN_IRI.isdisjoint(iri) or any(ord(c) <= 32 for c in iri):
        raise DataError(f"the endpoint names {iri[:80]!r}, which is no IRI")
    return iri


def _values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{_checked(iri)}>' for iri in iris)} }}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
