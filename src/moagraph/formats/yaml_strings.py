"""YAML as text: every scalar stays what its author typed.

A mechanism record is text. Read as YAML 1.1 usually is, `NO` becomes false, `012` ten, `1e3` a
number and `2021-03-04` a date; tags build objects, and a few anchors unfold to gigabytes. Here
scalars stay strings, tags are refused, and so are duplicate keys, deep nesting, files beyond a
size and anchors that unfold beyond a bound. Plain text is read by `yaml_blocks`, all other by
libyaml's parser where PyYAML has it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from moagraph.errors import DataError
from moagraph.files import unpack_gzip
from moagraph.formats.yaml_blocks import Mapping, read_plain

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 40
MAX_VALUES = 4_000_000
MAX_UNFOLDED = 2_000_000
"""How many values the aliases of one file may add to those that are written out."""

_GZIP = b"\x1f\x8b"
_PLAIN_TAGS = frozenset(
    {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
)


Value = str | list[Any] | Mapping
"""A scalar as text, a list of values, or a mapping of text to values."""


def read_bytes(path: str | Path) -> bytes:
    """Return the content of a regular file of a bearable size, gzip unpacked.

    Raises:
        DataError: the file is missing, unreadable, too large, or no regular file.
    """
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise DataError("is no regular file; copy it into one first", file=str(path))
        if status.st_size > MAX_BYTES:
            raise DataError(
                f"has {status.st_size:,} bytes; {MAX_BYTES:,} are the limit: split it",
                file=str(path),
            )
        with open(path, "rb", buffering=0) as stream:
            data = stream.read()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from error
    except DataError:
        raise
    except ValueError as error:
        raise DataError(f"cannot be read: {error}", file=repr(str(path))) from error
    return unpack_gzip(data, MAX_BYTES, str(path)) if data[:2] == _GZIP else data


def read_documents(data: bytes, file: str) -> list[Value]:
    """Return the documents of a YAML text; `file` names it in messages.

    Raises:
        DataError: no YAML, or YAML that is refused (see the module), with the line.
    """
    plain = read_plain(data)
    if plain is not None:
        return [plain]
    from yaml import YAMLError
    from yaml.reader import ReaderError

    try:
        return _Builder(data, file).documents()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        remedy = "mend it there"
        if isinstance(error, ReaderError):
            # It tells the place in bytes; and what it cannot read is most often no text at all.
            line = data.count(b"\n", 0, error.position) + 1
            remedy = "save it as text in UTF-8"
        raise DataError(f"is no valid YAML: {what}; {remedy}", file=file, line=line) from error


def _parser(data: bytes) -> Any:
    try:
        from yaml import CSafeLoader
    except ImportError:
        from yaml import SafeLoader

        return SafeLoader(data)
    return CSafeLoader(data)


class _Builder:
    """Builds values from the events of a parser, without recursion."""

    def __init__(self, data: bytes, file: str) -> None:
        self.next_event = _parser(data).get_event
        self.file = file
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.made = 0
        self.unfolded = 0

    def refuse(self, what: str, event: Any) -> DataError:
        return DataError(what, file=self.file, line=event.start_mark.line + 1)

    def documents(self) -> list[Value]:  # noqa: PLR0912 - flat: it runs for every scalar
        """Return the documents."""
        from yaml import events as e

        scalar, ends = e.ScalarEvent, (e.MappingEndEvent, e.SequenceEndEvent)
        map_start, list_start = e.MappingStartEvent, e.SequenceStartEvent
        found: list[Value] = []
        stack: list[tuple[Any, str | None, str | None, int]] = []
        holder: Any = found
        key: str | None = None
        value: Any
        next_event, plain = self.next_event, _PLAIN_TAGS
        while self.made <= MAX_VALUES:
            event = next_event()
            kind = event.__class__
            if kind is scalar:
                self.made += 1
                value = event.value
                if event.tag is not None or event.anchor is not None:
                    self._check(event)
                    self._name(event.anchor, value, 1)
            elif kind is map_start or kind is list_start:
                self.made += 1
                if event.tag not in plain or len(stack) >= MAX_DEPTH:
                    self._check(event, depth=len(stack))
                if key is None and holder.__class__ is Mapping:
                    raise self.refuse("has a list or mapping as a key", event)
                stack.append((holder, key, event.anchor, self.made))
                key = None
                holder = [] if kind is list_start else Mapping()
                if kind is map_start:
                    holder.line = event.start_mark.line + 1
                continue
            elif kind in ends:
                value = holder
                holder, key, anchor, before = stack.pop()
                self._name(anchor, value, self.made - before + 1)
            elif kind is e.AliasEvent:
                value = self._alias(event)
            elif kind is e.StreamEndEvent:
                return found
            else:
                continue
            if holder.__class__ is not Mapping:
                holder.append(value)
            elif key is None:
                key = self._key(holder, value, event)
            else:
                holder[key] = value
                key = None
        raise self.refuse(f"holds more than {MAX_VALUES:,} values; split it", event)

    def _key(self, holder: Mapping, value: Any, event: Any) -> str:
        if value.__class__ is not str:
            raise self.refuse("has a list or mapping as a key", event)
        if value in holder:
            raise self.refuse(f"has the key {value[:80]!r} twice in one mapping", event)
        return str(value)

    def _check(self, event: Any, depth: int = 0) -> None:
        if event.tag not in _PLAIN_TAGS:
            raise self.refuse(f"has the tag {event.tag[:80]!r}; tags are not read", event)
        if depth >= MAX_DEPTH:
            raise self.refuse(f"is nested more than {MAX_DEPTH} levels deep", event)

    def _name(self, anchor: str | None, value: Any, size: int) -> None:
        if anchor is not None:
            self.anchors[anchor] = (value, size)

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            raise self.refuse(f"has the alias *{event.anchor[:80]} before its anchor", event)
        value, size = self.anchors[event.anchor]
        self.unfolded += size
        self.made += size
        if self.unfolded > MAX_UNFOLDED:
            raise self.refuse("has aliases that unfold beyond all bounds", event)
        return value
