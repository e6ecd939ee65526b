"""The graph of steps as arrays in one file: read by memory map without numpy.

Forward rows list where the steps from a node lead, backward rows whence they come. A row is
sorted by the node at the other end and then by claim; rows lie one after another, and
`forward_start[n] : forward_start[n + 1]` is the row of node n.

| array | what |
|---|---|
| `forward_start`, `backward_start` | int64, one more than there are nodes |
| `forward_node`, `forward_claim`, `forward_sign` | int32, int32, int8 |
| `backward_node`, `backward_claim` | int32, int32 |
| `kind` | uint8, the number of the kind of each node |
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from moagraph.dataset.manifest import Section, damaged

if TYPE_CHECKING:
    from moagraph.dataset.rows import Arcs

_CODES = {
    "forward_start": "q",
    "forward_node": "i",
    "forward_claim": "i",
    "forward_sign": "b",
    "backward_start": "q",
    "backward_node": "i",
    "backward_claim": "i",
    "kind": "B",
}
_ALIGN = 8


# Importing numpy takes as long as sorting so many steps without it.
_FEW = 100_000


def write_index(path: Path, arcs: Arcs, kind_of: array[int]) -> dict[str, Section]:
    """Write the arrays and return where each lies."""
    nodes = len(kind_of)
    rows = _rows if len(arcs.claim) <= _FEW else _rows_of_many
    sections: dict[str, Section] = {}
    with path.open("wb") as stream:
        starts, (object_, claim, sign) = rows(
            arcs.subject, arcs.object, nodes, (arcs.object, arcs.claim, arcs.sign)
        )
        _put(stream, sections, "forward_start", starts)
        _put(stream, sections, "forward_node", object_)
        _put(stream, sections, "forward_claim", claim)
        _put(stream, sections, "forward_sign", sign)
        starts, (subject, claim) = rows(
            arcs.object, arcs.subject, nodes, (arcs.subject, arcs.claim)
        )
        _put(stream, sections, "backward_start", starts)
        _put(stream, sections, "backward_node", subject)
        _put(stream, sections, "backward_claim", claim)
        _put(stream, sections, "kind", array("B", kind_of))
    return sections


Columns = tuple["array[int]", ...]


def _rows(
    row: array[int], other: array[int], nodes: int, columns: Columns
) -> tuple[array[int], Columns]:
    """Return where each row begins, and columns in the order of row and other end.

    Claims keep their order, which is ascending.
    """
    order = sorted(range(len(row)), key=lambda n: (row[n], other[n]))
    starts = array("q", bytes(8 * (nodes + 1)))
    for node in row:
        starts[node + 1] += 1
    for node in range(nodes):
        starts[node + 1] += starts[node]
    return starts, tuple(array(c.typecode, map(c.__getitem__, order)) for c in columns)


def _rows_of_many(
    row: array[int], other: array[int], nodes: int, columns: Columns
) -> tuple[array[int], Columns]:
    """Return what `_rows` does, by numpy."""
    import numpy as np

    key = np.asarray(row, dtype=np.int64) * max(nodes, 1) + np.asarray(other)
    order = np.argsort(key, kind="stable")
    starts = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(np.asarray(row), minlength=nodes), out=starts[1:])
    sorted_ = tuple(array(c.typecode, np.asarray(c)[order].tobytes()) for c in columns)
    return array("q", starts.tobytes()), sorted_


def _put(stream: BinaryIO, sections: dict[str, Section], name: str, values: array[int]) -> None:
    if values.typecode != _CODES[name]:
        values = array(_CODES[name], values)
    stream.write(b"\0" * (-stream.tell() % _ALIGN))
    sections[name] = Section(_CODES[name], stream.tell(), len(values))
    stream.write(values.tobytes())


class IndexFile:
    """The arrays of an index as read-only views on the memory-mapped file."""

    def __init__(self, path: Path, sections: Mapping[str, Section]) -> None:
        size = path.stat().st_size
        with path.open("rb") as stream:
            whole = (
                memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
                if size
                else memoryview(b"")
            )
        self._whole = whole
        self._path = path
        self._sections = sections
        self.forward_start = self._view("forward_start")
        self.forward_node = self._view("forward_node")
        self.forward_claim = self._view("forward_claim")
        self.forward_sign = self._view("forward_sign")
        self.backward_start = self._view("backward_start")
        self.backward_node = self._view("backward_node")
        self.backward_claim = self._view("backward_claim")
        self.kind = self._view("kind")

    def faults(self, nodes: int, claims: int) -> Iterator[str]:
        """Yield in words what does not hold together; every number is looked at."""
        for starts, ends, numbers in (
            (self.forward_start, self.forward_node, self.forward_claim),
            (self.backward_start, self.backward_node, self.backward_claim),
        ):
            if len(starts) != nodes + 1 or starts[0] != 0 or starts[nodes] != len(ends):
                yield "the rows do not cover the steps"
            elif any(a > b for a, b in pairwise(starts)) or len(ends) != len(numbers):
                yield "the rows do not follow each other"
            elif len(ends) and not (min(ends) >= 0 and max(ends) < nodes):
                yield "a step leads to no node"
            elif len(numbers) and not (min(numbers) >= 0 and max(numbers) < claims):
                yield "a step has no claim"
        if len(self.kind) != nodes or len(self.forward_sign) != len(self.forward_node):
            yield "kinds or signs are missing"

    def _view(self, name: str) -> memoryview[int]:
        section = self._sections.get(name)
        if section is None or section.code != _CODES[name] or section.offset % _ALIGN:
            raise damaged(self._path, f"the array {name} is missing")
        end = section.offset + section.length * array(section.code).itemsize
        if section.length < 0 or section.offset < 0 or end > len(self._whole):
            raise damaged(self._path, f"the array {name} is cut short")
        found: memoryview[int] = self._whole[section.offset : end].cast(section.code)  # type: ignore[call-overload]
        return found
