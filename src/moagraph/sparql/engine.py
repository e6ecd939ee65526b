"""Queries over a knowledge base: guarded, with prefixes declared, and faults explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias

from moagraph.rdf.layers import LAYERS, MAX_REASONED, REASONED, files_mark
from moagraph.rdf.namespaces import namespaces
from moagraph.sparql.faults import QueryFault, QueryRefused
from moagraph.sparql.guard import Checked, check
from moagraph.sparql.results import Result
from moagraph.sparql.stores import (
    cached_store,
    compiled_store,
    fill_claims,
    fill_layers,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

    from moagraph.knowledge import KnowledgeBase

Term: TypeAlias = "ox.NamedNode | ox.Literal"


class Engine:
    """A store with the graph of one knowledge base; open one with `Engine.of`.

    The named graphs are loaded by the first query that speaks of named graphs.
    """

    def __init__(
        self, store: ox.Store, kb: KnowledgeBase | None, *, layered: bool, cached: str = ""
    ) -> None:
        self.store = store
        self._kb = kb
        self._layered = layered
        self._known: set[str] = set()
        self._cached = cached
        self._lock = Lock()

    @classmethod
    def of(cls, kb: KnowledgeBase) -> Engine:
        """Return an engine over the graph of a knowledge base, in memory.

        That of a compiled dataset is kept in the user's cache and opened from there: large
        data are projected once.
        """
        import pyoxigraph as ox

        if kb.is_compiled():
            found = compiled_store(kb)
            if found is not None:
                return cls(found, kb, layered=True)
        store = ox.Store()
        fill_claims(store, kb)
        return cls(store, kb, layered=False)

    @classmethod
    def shipped(cls) -> Engine:
        """Return an engine over the built-in graph for one query, as cheaply as can be.

        It is opened from the user's cache; where there is none, read into memory. There are two
        stores in the cache, one with the claims and one with the layers too, so that the first
        query of all waits for no more than it asks for.
        """
        from moagraph.shipped import shipped_version

        version = f"{shipped_version()}-{files_mark()}"
        found = cached_store(f"{version}-claims", lambda store: fill_claims(store, None))
        if found is not None:
            return cls(found, None, layered=False, cached=version)
        import pyoxigraph as ox

        store = ox.Store()
        fill_claims(store, None)
        return cls(store, None, layered=False)

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        limit: int = 0,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        """Run a query and return its result, which is computed as it is read.

        Args:
            text: SPARQL 1.1; the prefixes of prefixes.tsv and of the RDF vocabularies need
                no declaration.
            bindings: terms for variables that the query selects, by name.
            limit: the most rows or triples to return, 0 for all; the result tells if it cut.
            default_graphs, named_graphs: IRIs of graphs that the query sees instead of those that
                its FROM names, as the SPARQL protocol has it.

        Raises:
            QueryFault: the query cannot be read; line, column and the line itself.
            QueryRefused: it would write, go out, or is too long or too deep.
        """
        checked = check(text, namespaces(), LAYERS)
        dataset = _dataset(default_graphs, named_graphs)
        if checked.graphs or dataset:
            self.load_layers()
        found = self._run(checked, bindings, dataset)
        return Result(found, notes=self._notes(checked), limit=limit)

    def load_layers(self) -> None:
        """Load the named graphs now, if they are not there."""
        with self._lock:
            if self._layered:
                return
            if self._cached:
                self.store = self._store_with_layers()
            else:
                fill_layers(self.store, self._kb)
            self._layered = True

    def _store_with_layers(self) -> ox.Store:
        import pyoxigraph as ox

        def fill(store: ox.Store) -> None:
            fill_claims(store, self._kb)
            fill_layers(store, self._kb)

        found = cached_store(f"{self._cached}-layers", fill)
        if found is None:
            found = ox.Store()
            fill(found)
        return found

    def _run(
        self, checked: Checked, bindings: Mapping[str, Term] | None, dataset: dict[str, Any]
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        import pyoxigraph as ox

        terms: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): term for name, term in (bindings or {}).items()
        }
        try:
            return self.store.query(
                checked.text, prefixes=_prefixes(checked.text), substitutions=terms, **dataset
            )
        except SyntaxError as error:
            from moagraph.sparql.explained import explained

            raise explained(checked.text, str(error)) from None
        except RuntimeError as error:
            wanting = [n for n in bindings or () if f"variable ?{n} in its SELECT" in str(error)]
            if not wanting:
                raise QueryFault(str(error)) from None
            message = f"?{wanting[0]} cannot be set: the query does not select it"
            raise QueryFault(message) from None

    def _notes(self, checked: Checked) -> tuple[str, ...]:
        from moagraph.sparql.known import unknown_terms

        notes = unknown_terms(self.store, checked, self._known)
        if REASONED in checked.names and self.store_is_without(REASONED):
            notes += (
                f"these data have no reasoned layer: it is made of up to {MAX_REASONED:,} claims; "
                "`moagraph explain` answers for data of any size",
            )
        return notes

    def store_is_without(self, graph: str) -> bool:
        """Tell whether a named graph is empty or missing."""
        import pyoxigraph as ox

        return not self.store.contains_named_graph(ox.NamedNode(graph))


def _prefixes(text: str) -> dict[str, str]:
    """Return the prefixes that a query may use: the engine reads all it is given each time."""
    return {prefix: iri for prefix, iri in namespaces().items() if f"{prefix}:" in text}


def _dataset(default: Sequence[str], named: Sequence[str]) -> dict[str, Any]:
    """Return how the engine is told of the graphs that a query sees, nothing if of none."""
    for iri in (*default, *named):
        if iri not in LAYERS:
            known = " or ".join(f"<{name}>" for name in sorted(LAYERS))
            raise QueryRefused(f"there is no graph {iri!r} but ours ({known}); nothing is fetched")
    if not default and not named:
        return {}
    import pyoxigraph as ox

    return {
        "default_graph": [ox.NamedNode(iri) for iri in default],
        "named_graphs": [ox.NamedNode(iri) for iri in named],
    }


__all__ = ["Engine", "QueryFault", "QueryRefused", "Term"]
