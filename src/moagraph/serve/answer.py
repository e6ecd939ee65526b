"""The body of an answer as a worker makes it: bounded, counted, compressed."""

from __future__ import annotations

import gzip
import io
import re
from typing import Any

from moagraph.serve.limits import Limits

_WORTH = 1024
"""Bytes below which compression costs more than it saves."""
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


class TooMuch(Exception):
    """An answer has more rows or bytes than it may have."""


class Body(io.BytesIO):
    """A stream that an answer is written to, and that refuses to become too long."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits

    def write(self, data: Any) -> int:
        """Take some bytes.

        Raises:
            TooMuch: the answer is longer than it may be.
        """
        if self.tell() + len(data) > self.limits.answer:
            raise TooMuch(
                f"the answer is longer than the {self.limits.answer:,} bytes it may have; "
                "ask for less, or add LIMIT"
            )
        return super().write(data)

    def check_rows(self, form: str) -> None:
        """Refuse a body with more rows or triples than it may have.

        Raises:
            TooMuch: it has more.
        """
        # A row has at least one byte, so that most answers need no counting.
        if self.tell() > self.limits.rows and rows_in(self.getvalue(), form) > self.limits.rows:
            raise TooMuch(
                f"the answer has more than the {self.limits.rows:,} rows it may have; "
                "ask for less, or add LIMIT"
            )

    def ended(self, head: dict[str, Any], *, packed: bool) -> tuple[dict[str, Any], bytes]:
        """Return head and bytes, compressed if that is wanted and worth it."""
        if packed and self.tell() >= _WORTH:
            head["encoding"] = "gzip"
            return head, gzip.compress(self.getbuffer(), 3, mtime=0)
        return head, self.getvalue()


def rows_in(data: bytes, form: str) -> int:
    """Return the rows of a result, or the triples of a graph, without reading it in full.

    Exact for the formats of rows and the line-based ones of triples; for the others at least the
    number of their statements.
    """
    if form == "json":
        return _STRING.sub(b"", data).count(b",{") + 1
    if form == "xml":
        return data.count(b"<result>")
    if form == "csv":
        return re.sub(rb'"[^"]*"', b"", data).count(b"\n") - 1
    if form == "tsv":
        return data.count(b"\n") - 1
    if form in ("ntriples", "nquads"):
        return data.count(b"\n")
    if form == "rdfxml":
        return data.count(b"\n\t\t<")
    if form == "jsonld":
        return data.count(b'"@value"') + data.count(b'"@id"')
    return data.count(b" ;\n") + data.count(b" .\n") + data.count(b" ,\n")
