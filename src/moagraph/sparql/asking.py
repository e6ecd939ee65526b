"""One question from its text or name to bytes, in a worker: what command and library share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from moagraph.sparql.faults import QueryFailed
from moagraph.sparql.results import GRAPH_FORMATS, RESULT_FORMATS, Result
from moagraph.sparql.worker import MEMORY, MIB, WORKING_MEMORY, Written, bound_memory, run

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
    memory: int = WORKING_MEMORY,
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
        memory: MiB that the answer may take beyond the graph, 0 for as many as there are.
    """

    def task() -> Written:
        from moagraph.sparql.named import bind, question

        asked = question(name) if name else None
        terms = bind(knowledge(), asked, settings or {}) if settings or asked else {}
        opened = engine()
        bound_memory(memory)
        try:
            result = opened.query(asked.text if asked else text, bindings=terms, limit=limit)
            data = written(result, format, table)
        except (RuntimeError, OSError) as error:
            if isinstance(error, (RecursionError, NotImplementedError)):
                raise
            raise QueryFailed(f"the engine gave up: {error}") from error
        truth = result.kind != "truth" or result.boolean
        return Written(data, result.kind, truth, result.truncated, result.notes)

    try:
        return run(task, timeout=timeout, memory=memory and MEMORY + memory * MIB)
    except QueryFailed:
        from moagraph.sparql.stores import remove_damaged

        if not remove_damaged():
            raise
        message = "the triples in the cache were damaged and have been removed; ask again"
        raise QueryFailed(message) from None


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
