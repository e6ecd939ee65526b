"""One question from its text or name to bytes, in a worker: what command and library share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from moagraph.sparql.results import GRAPH_FORMATS, RESULT_FORMATS, Result
from moagraph.sparql.worker import Written, run

if TYPE_CHECKING:
    from moagraph.knowledge import KnowledgeBase
    from moagraph.sparql.engine import Term

DEFAULT_TIMEOUT = 60.0


class Queried(Protocol):
    """What answers queries: a store here, or an endpoint elsewhere."""

    def query(
        self, text: str, *, bindings: Mapping[str, Term] | None = None, limit: int = 0
    ) -> Result:
        """Run a query and return its result."""


Table = Callable[[tuple[str, ...], list[tuple[str, ...]]], str]


def ask(
    engine: Callable[[], Queried],
    knowledge: Callable[[], KnowledgeBase],
    text: str,
    *,
    name: str = "",
    settings: Mapping[str, str] | None = None,
    format: str = "",
    table: Table | None = None,
    limit: int = 0,
    timeout: float = DEFAULT_TIMEOUT,
) -> Written:
    """Run a query, or a named question, in a worker and return the result as bytes.

    Args:
        engine: opens the engine; it is called in the worker.
        knowledge: opens the knowledge base that names of parameters are looked up in.
        text: the query; not looked at if `name` is given.
        settings: values of parameters by name.
        format: a W3C format, an RDF syntax, md or table; for none, table for rows and truth
            values, and Turtle for triples.
        table: lays out a table for a terminal.
    """

    def task() -> Written:
        from moagraph.sparql.named import bind, question

        asked = question(name) if name else None
        terms = bind(knowledge(), asked, settings or {}) if settings or asked else {}
        result = engine().query(asked.text if asked else text, bindings=terms, limit=limit)
        data = written(result, format, table)
        truth = result.kind != "truth" or result.boolean
        return Written(data, result.kind, truth, result.truncated, result.notes)

    return run(task, timeout=timeout)


def written(result: Result, format: str, table: Table | None = None) -> bytes:
    """Return a result in a format; see `ask`."""
    if format in RESULT_FORMATS or format in GRAPH_FORMATS:
        return result.write(format)
    if format == "md":
        return result.to_markdown().encode()
    if result.kind == "triples" and not format:
        return result.write("turtle")
    if result.kind == "truth":
        return b"yes\n" if result.boolean else b"no\n"
    rows = result.rows()
    if table is None:
        return "".join("\t".join(row) + "\n" for row in [result.columns, *rows]).encode()
    return (table(result.columns, rows) + "\n").encode("utf-8", "backslashreplace")
