"""SPARQL at an endpoint: our guard and prefixes before it, our results after it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from moagraph.characters import escape
from moagraph.errors import DataError
from moagraph.rdf.namespaces import namespaces
from moagraph.rdf.source import check_source
from moagraph.remote.client import JSON, Body, Endpoint
from moagraph.sparql.guard import check
from moagraph.sparql.results import Result

if TYPE_CHECKING:
    import pyoxigraph as ox

    from moagraph.knowledge import KnowledgeBase
    from moagraph.sparql.engine import Term

_SYNTAXES = {
    "application/n-triples": "ntriples",
    "text/plain": "ntriples",
    "text/ntriples": "ntriples",
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/n-quads": "nquads",
    "application/trig": "trig",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
}
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_ASKED = "__ASK_RETVAL"


class _Anything(frozenset[str]):
    """The graphs of an endpoint that FROM may name: it knows them, we do not."""

    def __contains__(self, graph: object) -> bool:
        return True


class RemoteEngine:
    """Passes queries on to an endpoint; what `moagraph.sparql.engine.Engine` is for a store."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        limit: int = 0,
    ) -> Result:
        """Run a query there and return its result; arguments are those of `Engine.query`.

        Raises:
            QueryFault, QueryRefused: our guard does not let it out.
            DataError: the endpoint does not answer, or refuses it; with what it says.
        """
        checked = check(text, namespaces(), _Anything())
        self.endpoint.begin()
        rows = checked.form in ("select", "ask")
        accept = f"{JSON}, application/json;q=0.5" if rows else _TRIPLES
        body = self.endpoint.send(_declared(checked.text) + _values(bindings or {}), accept)
        if not rows:
            return Result(self._triples(body), limit=limit)
        document = self.endpoint.document(body)
        if checked.form == "ask":
            document = _truth(document)
        return Result(self._solutions(document), notes=_notes(document, body), limit=limit)

    def _solutions(self, document: dict[str, Any]) -> ox.QuerySolutions | ox.QueryBoolean:
        import pyoxigraph as ox

        data = json.dumps(document).encode()
        try:
            found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
            if isinstance(found, ox.QuerySolutions):
                # Terms are read one by one, later: what is no term is to be found now.
                for _ in found:
                    pass
                found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, MemoryError) as error:
            raise self._unreadable(error) from error
        return found

    def _triples(self, body: Body) -> ox.QueryTriples:
        """Return the triples of a body, read whole by the guarded reader of RDF."""
        import pyoxigraph as ox

        syntax = _SYNTAXES.get(body.media_type)
        if syntax is None:
            raise self.endpoint.fault(
                f"answered with {body.media_type or 'no content type'}, not with RDF"
            )
        source = check_source(body.data, syntax, self.endpoint.address.shown)
        store = ox.Store()
        format_ = ox.RdfFormat.from_media_type(body.media_type) or ox.RdfFormat.N_TRIPLES
        try:
            store.bulk_load(source.data, format=format_)
        except (SyntaxError, ValueError, MemoryError) as error:
            raise self._unreadable(error) from error
        found = store.query(
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", use_default_graph_as_union=True
        )
        assert isinstance(found, ox.QueryTriples)
        return found

    def _unreadable(self, error: Exception) -> DataError:
        message = f"answered with results that cannot be read: {error}"
        return self.endpoint.fault(escape(message[:400]))


def _declared(text: str) -> str:
    """Return a query with those of our prefixes that it may use; its own come after and win."""
    used = [
        f"PREFIX {prefix}: <{namespace}>"
        for prefix, namespace in namespaces().items()
        if f"{prefix}:" in text
    ]
    return "".join(f"{line}\n" for line in used) + text


def _values(bindings: Mapping[str, Term]) -> str:
    """Return the terms of variables as the last clause of a query."""
    if not bindings:
        return ""
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(term) for term in bindings.values())
    return f"\nVALUES ({names}) {{ ({terms}) }}"


def _truth(document: dict[str, Any]) -> dict[str, Any]:
    """Return the result of an ASK as W3C has it; Virtuoso 7 sends a row with 1, or no row."""
    if "boolean" in document:
        return document
    results = document.get("results")
    rows = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(rows, list):
        return document
    values = {
        str(cell.get("value")) for row in rows if isinstance(row, dict) for cell in _cells(row)
    }
    return {"head": {}, "boolean": bool(values & {"1", "true"})}


def _cells(row: dict[str, Any]) -> list[dict[str, Any]]:
    cell = row.get(_ASKED)
    return [cell] if isinstance(cell, dict) else []


def _notes(document: dict[str, Any], body: Body) -> tuple[str, ...]:
    """Say that an endpoint that limits its rows has sent as many as it may."""
    results = document.get("results")
    rows = results.get("bindings") if isinstance(results, dict) else None
    limited = isinstance(rows, list) and re.fullmatch(r"[0-9]{1,9}", body.max_rows)
    if limited and len(rows or ()) >= int(body.max_rows):
        return (f"the endpoint sends {body.max_rows} rows at most; there may be more",)
    return ()


def engine_of(kb: KnowledgeBase) -> RemoteEngine:
    """Return the engine of a knowledge base that lies behind an endpoint."""
    from moagraph.remote.knowledge import RemoteKnowledge

    if not isinstance(kb, RemoteKnowledge):
        raise TypeError(f"{kb!r} lies behind no endpoint")
    return RemoteEngine(kb.endpoint)
