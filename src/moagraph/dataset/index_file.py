"""The graph of steps as arrays in one file: written with numpy, read by memory map without it.

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
from typing import TYPE_CHECKING, Any, BinaryIO

from moagraph.dataset.manifest import Section, damaged

if TYPE_CHECKING:
    import numpy as np

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


def write_index(path: Path, arcs: Arcs, kind_of: array[int]) -> dict[str, Section]:
    """Write the arrays and return where each lies."""
    import numpy as np

    subject = np.asarray(arcs.subject, dtype=np.int32)
    object_ = np.asarray(arcs.object, dtype=np.int32)
    claim = np.asarray(arcs.claim, dtype=np.int32)
    sign = np.asarray(arcs.sign, dtype=np.int8)
    nodes = len(kind_of)
    sections: dict[str, Section] = {}
    with path.open("wb") as stream:
        order = _order(subject, object_, nodes)
        _put(stream, sections, "forward_start", _starts(subject, nodes))
        _put(stream, sections, "forward_node", object_[order])
        _put(stream, sections, "forward_claim", claim[order])
        _put(stream, sections, "forward_sign", sign[order])
        order = _order(object_, subject, nodes)
        _put(stream, sections, "backward_start", _starts(object_, nodes))
        _put(stream, sections, "backward_node", subject[order])
        _put(stream, sections, "backward_claim", claim[order])
        _put(stream, sections, "kind", np.asarray(kind_of, dtype=np.uint8))
    return sections


def _order(row: np.ndarray[Any, Any], other: np.ndarray[Any, Any], nodes: int) -> Any:
    """Return the order by row and other end; claims keep theirs, which is ascending."""
    import numpy as np

    key = row.astype(np.int64) * max(nodes, 1) + other
    return np.argsort(key, kind="stable")


def _starts(row: np.ndarray[Any, Any], nodes: int) -> np.ndarray[Any, Any]:
    import numpy as np

    starts = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=nodes), out=starts[1:])
    return starts


def _put(
    stream: BinaryIO, sections: dict[str, Section], name: str, values: np.ndarray[Any, Any]
) -> None:
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
