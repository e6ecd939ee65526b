"""The plain part of YAML, read line by line: what nearly every mechanism record is written in.

Block mappings and lists of plain scalars, each on a line or folded over several. libyaml reads
them well, but makes an object of every token. Here one pattern takes all lines apart. A text
with anything that is not wholly understood (quotes, comments, blank lines, anchors, tags, flow,
block scalars, several documents, odd indentation, a key twice) is left to libyaml as a whole,
which also words every error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

MAX_LEVELS = 20
MAX_LINES = 1_000_000
"""Longer texts are left to libyaml, whose reader counts the values: a line holds four at most."""

_CHUNK = 1 << 16
_MAX_FOLDED = 10_000
"""Beyond this length a folded scalar is left to libyaml: each line would copy it again."""

_REST = r"[^:\x00-\x1f\x7f]*+"
# A colon before a blank or at the end of a line makes a key. In front stands nothing that could
# begin anything but plain text.
_PLAIN = rf"[\w(/+.<=$^;~\\]{_REST}(?::(?![ \n]){_REST})*+"
_LINE = re.compile(
    rf"^( *+)(- )?+(?:([A-Za-z_][A-Za-z0-9_-]{{0,99}}+):(?: |(?=\n)))?+({_PLAIN})?+\n",
    re.MULTILINE,
)
# Beyond ASCII: controls, line breaks, blanks, marks of byte order, no characters.
_ODD = re.compile("[\x80-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ROOT = "root"

Row = tuple[str, str, str, str]
"""Indentation, mark of a list item, key and text of a line, each "" if it has none."""


class Mapping(dict[str, Any]):
    """A mapping that knows its one-based line."""

    __slots__ = ("line",)
    line: int


class _NotPlainError(Exception):
    """The text holds something beyond the plain part of YAML."""


def read_plain(data: bytes) -> Mapping | list[Any] | None:
    """Return the one document of a text that is plain throughout, None for any other text."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if not text.endswith("\n"):
        text += "\n"
    if " #" in text or " \n" in text or not (text.isascii() or _ODD.search(text) is None):
        return None
    try:
        return _read(_rows(text))
    except _NotPlainError:
        return None


def _rows(text: str) -> Iterator[Row]:
    if text.count("\n") > MAX_LINES:
        raise _NotPlainError
    at, size = 0, len(text)
    while at < size:
        end = text.find("\n", min(at + _CHUNK, size - 1)) + 1
        rows = _LINE.findall(text, at, end)
        if len(rows) != text.count("\n", at, end):
            raise _NotPlainError
        yield from rows
        at = end


def _read(rows: Iterable[Row]) -> Mapping | list[Any]:  # noqa: PLR0912 - flat: once a line
    """Return what rows hold.

    The keys of the innermost mapping stand at `keys_at`, or the marks of the innermost list at
    `marks_at`; the other is -1. Around the document is a mapping whose one key waits for it.
    """
    root = Mapping()
    holder: Any = root
    keys_at = marks_at = -1
    waiting, last = _ROOT, ""  # the key that has no value yet, the one that got the last text
    outer: list[tuple[int, int, Any]] = []
    for line, (indent, mark, key, text) in enumerate(rows, 1):
        at = len(indent)
        if not key and not mark:
            if at <= keys_at or at <= marks_at:
                raise _NotPlainError
            last = _go_on(holder, waiting, last, text)
            waiting = ""
            continue
        if waiting and (at > keys_at or (mark and at == keys_at)):
            outer.append((keys_at, marks_at, holder))
            holder[waiting] = made = [] if mark else _mapping(line)
            waiting, holder = "", made
            keys_at, marks_at = (-1, at) if mark else (at, -1)
        else:
            if waiting:
                holder[waiting] = ""
                waiting = ""
            while at != (marks_at if mark else keys_at):
                if not outer:
                    raise _NotPlainError
                keys_at, marks_at, holder = outer.pop()
        if mark:
            if not key:
                if not text:
                    raise _NotPlainError
                holder.append(text)
                continue
            outer.append((keys_at, marks_at, holder))
            made = _mapping(line)
            holder.append(made)
            holder, keys_at, marks_at = made, at + 2, -1
        if key in holder or len(outer) > MAX_LEVELS:
            raise _NotPlainError
        if text:
            holder[key] = text
            last = key
        else:
            waiting = key
    if waiting:
        holder[waiting] = ""
    found = root[_ROOT]
    if isinstance(found, (Mapping, list)):
        return found
    raise _NotPlainError


def _go_on(holder: Any, waiting: str, last: str, text: str) -> str:
    """Put a line of text where it belongs; return the key of the mapping that has it now."""
    if not text:
        raise _NotPlainError
    if waiting:
        holder[waiting] = text
        return waiting
    place = last if holder.__class__ is Mapping else -1
    if len(holder[place]) > _MAX_FOLDED:
        raise _NotPlainError
    holder[place] += f" {text}"
    return last


def _mapping(line: int) -> Mapping:
    made = Mapping()
    made.line = line
    return made
