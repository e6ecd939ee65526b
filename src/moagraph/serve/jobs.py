"""What a worker can be asked. An answer is a head and the bytes of the body.

The head of an answer has `status` and `type` (media type), perhaps `encoding` and `notes`; that of
a failure `status`, `error`, the object that the command line prints under `-O json`, and `text`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from moagraph.errors import MoagraphError
from moagraph.serve.answer import Body, TooMuch
from moagraph.serve.errors import error_object
from moagraph.serve.limits import Limits
from moagraph.serve.negotiation import choose

if TYPE_CHECKING:
    from moagraph.graph import Graph
    from moagraph.sparql.engine import Engine
    from moagraph.sparql.results import Result

Answered = tuple[dict[str, Any], bytes]

ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types of rows and truth values, our favourites first, and the format of each."""

TRIPLES = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
}
"""Media types of triples."""

_STATUS = {2: 400, 3: 404}


class Jobs:
    """Answers jobs over one graph.

    Without an engine each worker opens one: a store on disk has threads, which no fork inherits.
    """

    def __init__(self, graph: Graph, engine: Engine | None, limits: Limits) -> None:
        self.graph = graph
        self.limits = limits
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """Return the engine of this process."""
        if self._engine is None:
            from moagraph.sparql.engine import Engine

            self._engine = Engine.of(self.graph.kb)
        return self._engine

    def answer(self, job: Mapping[str, Any]) -> Answered:
        """Return the answer to a job: `do` is sparql or a question of the API."""
        try:
            if job["do"] == "sparql":
                return self._sparql(job)
            if job["do"] == "graph":
                return self._graph(job)
            return self._named(job) if job["do"] == "named" else self._question(job)
        except MoagraphError as error:
            status = _STATUS.get(error.exit_code, 500)
            return {"status": status, "error": error.to_dict(), "text": str(error)}, b""
        except TooMuch as error:
            return refusal(500, "too_large", str(error))
        except RecursionError:
            return refusal(400, "too_deep", "the question is nested too deeply")

    def _sparql(self, job: Mapping[str, Any]) -> Answered:
        default, named = job["default"], job["named"]
        result = self.engine.query(job["query"], default_graphs=default, named_graphs=named)
        return self._written(result, job)

    def _named(self, job: Mapping[str, Any]) -> Answered:
        from moagraph.sparql.named import bind, question

        asked = question(job["name"])
        terms = bind(self.graph.kb, asked, job["settings"])
        return self._written(self.engine.query(asked.text, bindings=terms), job)

    def _written(self, result: Result, job: Mapping[str, Any]) -> Answered:
        offered = TRIPLES if result.kind == "triples" else ROWS
        chosen = choose(job["accept"], offered)
        if chosen is None:
            message = f"none of the accepted media types is one of {', '.join(offered)}"
            return refusal(406, "not_acceptable", message)
        form, media = chosen
        body = Body(self.limits)
        result.write(form, body)
        if result.kind != "truth":
            body.check_rows(form)
        head = {"status": 200, "type": media, "notes": result.notes}
        return body.ended(head, packed=job["gzip"])

    def _graph(self, job: Mapping[str, Any]) -> Answered:
        body = Body(self.limits)
        body.write(self.graph.view().to_html().encode("utf-8", "replace"))
        return body.ended({"status": 200, "type": "text/html"}, packed=job["gzip"])

    def _question(self, job: Mapping[str, Any]) -> Answered:
        from moagraph.serve.questions import ask

        value = ask(self.graph, job["do"], job["arguments"])
        body = Body(self.limits)
        body.write(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace"))
        body.write(b"\n")
        return body.ended({"status": 200, "type": "application/json"}, packed=job["gzip"])


def refusal(status: int, code: str, message: str) -> Answered:
    """Return a failure with the keys of every error."""
    return {"status": status, "error": error_object(code, message), "text": message}, b""
