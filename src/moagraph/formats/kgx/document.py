"""KGX as one JSON document, `{"nodes": [...], "edges": [...]}`, or an array of either.

The document is read piece by piece, once for its nodes and once for its edges, whichever come
first: no more than one element of it sits in memory.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from moagraph.errors import DataError
from moagraph.formats.lines import MAX_LINE, READING, Meter, broken, open_binary, size_of

_CHUNK = 1 << 18
_BLANKS = " \t\r\n"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PARTS = {"nodes": "nodes", "edges": "edges", "links": "edges"}
"""What the lists of a document are called; networkx and D3 name edges links."""
Pairs = Callable[[list[tuple[str, Any]]], dict[str, Any]]
Beside = Callable[[int, str, Any], None]
"""Takes line, key and value of what stands beside nodes and edges."""


def elements(
    path: Path,
    part: str,
    of_pairs: Pairs,
    meter: Meter | None = None,
    beside: Beside | None = None,
) -> Iterator[tuple[int, Any]]:
    """Yield the line and content of each element of one part, nodes or edges.

    An array without a document around it is whatever part is asked for. The walk over the edges
    goes on to the end of the document, so that a cut one is told of, and hands what stands beside
    nodes and edges to `beside`.

    Raises:
        DataError: no sound JSON, or no list where the part belongs; the message names the line.
    """
    size = size_of(path)
    with open_binary(path) as stream:
        source = _Source(stream, path, of_pairs)
        if source.peek() == "[":
            yield from source.array()
        elif source.peek() == "{":
            yield from _of_object(source, part, beside)
        else:
            raise source.wrong('is no JSON of KGX; it is {"nodes": [...], "edges": [...]}')
        if part == "edges" and source.peek():
            raise source.wrong("goes on after the end of its JSON")
    if meter is not None:
        meter.done += size


def _of_object(source: _Source, part: str, beside: Beside | None) -> Iterator[tuple[int, Any]]:
    seen: set[str] = set()
    source.take("{")
    while source.peek() != "}":
        key = source.value()
        if not isinstance(key, str) or key in seen:
            raise source.wrong(f"the key {str(key)[:40]!r} stands twice, or is no text")
        seen.add(key)
        source.take(":")
        line = source.line
        if key not in PARTS:
            value = source.value()
            if part == "edges" and beside is not None:
                beside(line, key, value)
        elif source.peek() != "[":
            raise source.wrong(f"{key} is no list; of KGX it is a list of objects")
        else:
            for line, element in source.array():
                if PARTS[key] == part:
                    yield line, element
            if key == part == "nodes":
                return
        if source.peek() != "}":
            source.take(",")
    source.take("}")
    if seen.isdisjoint(PARTS):
        raise source.wrong('has neither nodes nor edges; of KGX it is {"nodes": [], "edges": []}')


class _Source:
    """The text of a document, of which only what is not yet read is kept."""

    def __init__(self, stream: IO[bytes], path: Path, of_pairs: Pairs) -> None:
        self._stream = stream
        self._path = path
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._parse = json.JSONDecoder(object_pairs_hook=of_pairs).raw_decode
        self._text = ""
        self._place = 0
        self.line = 1
        self._started = False
        self._ended = False

    def wrong(self, what: str) -> DataError:
        """Return the message for what stands at the present place."""
        return DataError(what, file=str(self._path), line=self.line)

    def peek(self) -> str:
        """Return the next character that is no blank, "" at the end."""
        while True:
            text, place = self._text, self._place
            while place < len(text) and text[place] in _BLANKS:
                place += 1
            self._pass(place)
            if place < len(text):
                return text[place]
            if self._ended:
                return ""
            self._fill()

    def take(self, wanted: str) -> None:
        """Pass over a character.

        Raises:
            DataError: another one stands there.
        """
        found = self.peek()
        if found != wanted:
            what = repr(found) if found else "the end of the file"
            raise self.wrong(f"is no sound JSON: {what} where {wanted!r} belongs")
        self._place += 1

    def value(self) -> Any:
        """Return the value that begins here, and pass over it."""
        self.peek()
        while True:
            try:
                found, end = self._parse(self._text, self._place)
            except RecursionError:
                raise self.wrong("is nested too deeply") from None
            except ValueError as error:
                left = len(self._text) - self._place
                if self._ended or left > MAX_LINE:
                    why = getattr(error, "msg", str(error))[:200]
                    much = f", or longer than {MAX_LINE:,} characters" if left > MAX_LINE else ""
                    raise self.wrong(f"is no sound JSON: {why}{much}") from None
            else:
                if end < len(self._text) or self._ended:
                    self._pass(end)
                    return found
            self._fill()

    def array(self) -> Iterator[tuple[int, Any]]:
        """Yield the line and content of each element of the array that begins here."""
        self.take("[")
        more = self.peek() != "]"
        while more:
            line = self.line
            yield line, self.value()
            more = self.peek() != "]"
            if more:
                self.take(",")
                self.peek()
        self.take("]")

    def _pass(self, place: int) -> None:
        self.line += self._text.count("\n", self._place, place)
        self._place = place

    def _fill(self) -> None:
        left = self._text[self._place :]
        try:
            raw = self._stream.read(max(_CHUNK, len(left)))
            if not self._started and raw.startswith(_UTF_16):
                raise self.wrong("is UTF-16; save it as UTF-8")
            self._started, self._ended = True, not raw
            self._text = left + self._decode(raw, final=self._ended)
        except UnicodeDecodeError:
            raise self.wrong("holds a byte that is not UTF-8; save the file as UTF-8") from None
        except READING as error:
            raise broken(self._path, error, self.line) from error
        self._place = 0
