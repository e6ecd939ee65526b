"""What a query gives: rows, a truth value, or triples, computed as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from moagraph.errors import QuestionError

if TYPE_CHECKING:
    import pyoxigraph as ox

    Row: TypeAlias = "tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]"

RESULT_FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""The formats of rows and truth values that W3C defines, with their media types."""

GRAPH_FORMATS = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "trig": "application/trig",
    "nquads": "application/n-quads",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""The formats of triples, with their media types."""


class Result:
    """The result of one query. It is read once: by iterating, or by one of its writers.

    `kind` is rows, truth or triples. `notes` are remarks for the person who asks.
    """

    def __init__(
        self,
        raw: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
        *,
        notes: tuple[str, ...] = (),
        limit: int = 0,
    ) -> None:
        import pyoxigraph as ox

        self.notes = notes
        self.limit = limit
        self.truncated = False
        self._raw = raw
        self._kept: list[Any] | None = None
        self.variables: tuple[str, ...] = ()
        if isinstance(raw, ox.QuerySolutions):
            self.kind = "rows"
            self.variables = tuple(variable.value for variable in raw.variables)
        else:
            self.kind = "truth" if isinstance(raw, ox.QueryBoolean) else "triples"

    def __iter__(self) -> Iterator[Any]:
        """Yield rows as tuples of terms, None where unbound; or triples; or the truth value."""
        if self._kept is not None:
            yield from self._kept
        elif self.kind == "truth":
            yield self.boolean
        else:
            limit = self.limit
            convert = tuple if self.kind == "rows" else _same
            for number, found in enumerate(self._raw):  # type: ignore[arg-type]
                if limit and number == limit:
                    self.truncated = True
                    return
                yield convert(found)

    @property
    def boolean(self) -> bool:
        """Return the truth value of an ASK."""
        return bool(self._raw)

    def keep(self) -> Result:
        """Read everything now, so that it can be read again; return the result itself."""
        if self._kept is None:
            self._kept = list(self)
        return self

    def write(self, format: str, stream: IO[bytes] | None = None) -> bytes:
        """Return the result in a W3C format or RDF syntax, or write it to a stream.

        Raises:
            QuestionError: the format is none for this kind of result; the error names those
                that are.
        """
        formats = GRAPH_FORMATS if self.kind == "triples" else RESULT_FORMATS
        if format not in formats:
            what = {"rows": "a SELECT", "truth": "an ASK", "triples": "a CONSTRUCT or DESCRIBE"}
            message = f"{format!r} is no format for {what[self.kind]}; take {', '.join(formats)}"
            raise QuestionError(message, suggestions=tuple(formats))
        from moagraph.sparql.writers import write

        data = write(self, self._whole(), format, stream)
        return data or b""

    def _whole(self) -> Any:
        """Return what the engine gave if it can be written as it is: unread and not to be cut."""
        return self._raw if self._kept is None and not self.limit else None

    # -- the protocol of every answer ----------------------------------------

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns of `rows`."""
        if self.kind == "rows":
            return self.variables
        return ("answer",) if self.kind == "truth" else ("subject", "predicate", "object")

    def rows(self) -> list[tuple[str, ...]]:
        """Return everything as text: IRIs with prefixes, literals plain, "" where unbound."""
        from moagraph.sparql.display import shown

        self.keep()
        if self.kind == "truth":
            return [("yes" if self.boolean else "no",)]
        return [tuple(map(shown, row)) for row in self]

    def to_dict(self) -> dict[str, Any]:
        """Return SPARQL 1.1 Query Results JSON; triples under `triples` as N-Triples terms."""
        import json

        self.keep()
        if self.kind == "triples":
            return {"triples": [[str(term) for term in triple] for triple in self]}
        found: dict[str, Any] = json.loads(self.write("json"))
        return found

    def to_markdown(self) -> str:
        """Return a table."""
        from moagraph.sparql.display import markdown

        return markdown(self.columns, self.rows())

    def __repr__(self) -> str:
        what = f"{self.kind} of {', '.join(self.variables)}" if self.variables else self.kind
        return f"<Result: {what}; rows() lists them, to_markdown() shows them>"

    def _repr_html_(self) -> str:
        from moagraph.sheet import html_table

        return html_table("", self.columns, self.rows())


def _same(value: Any) -> Any:
    return value
