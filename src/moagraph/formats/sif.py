"""SIF, the simple interaction format of Cytoscape: `A interaction B`, one or more to a line.

Reading: fields are parted by TAB where the line has one, else by blanks; a line of one name is a
node alone. Writing: only what SIF can say - two names and a word; see `LOSSES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from moagraph.dataset.imported import Imported, Report
from moagraph.formats.kgx.read import ends_of, read_rows
from moagraph.formats.kgx.rows import Row
from moagraph.formats.lines import Meter, lines
from moagraph.formats.predicates import said_with_kind

if TYPE_CHECKING:
    from moagraph.formats.selection import Selection

LOSSES = (
    "labels, kinds, evidence, machines, gates, restrictions and notes are not written: SIF has "
    "two names and a word",
    "negated and refuted claims are left out: SIF would assert them",
)


def read_sif(path: Path, meter: Meter | None = None) -> Imported:
    """Return the graph of a SIF file.

    Raises:
        DataError: while it is walked over, if the file cannot be read.
    """

    def nodes(_report: Report) -> Iterator[tuple[int, Row]]:
        yield from ends_of(_named(path))

    def edges(report: Report) -> Iterator[tuple[int, Row]]:
        return _edges(path, report, meter)

    return read_rows(nodes, edges, str(path), path.name.partition(".")[0])


def _named(path: Path) -> Iterator[tuple[int, Row]]:
    for number, parts in _fields(path, Report(), None):
        for name in (parts[0], *parts[2:]):
            yield number, {"subject": name}


def _edges(path: Path, report: Report, meter: Meter | None) -> Iterator[tuple[int, Row]]:
    for number, parts in _fields(path, report, meter):
        if len(parts) == 2:
            what = f"{parts[0][:60]!r} {parts[1][:60]!r}: a name and a word without a second name"
            report.add("dropped", what, file=str(path), line=number)
        for target in parts[2:]:
            yield number, {"subject": parts[0], "predicate": parts[1], "object": target}


def _fields(path: Path, report: Report, meter: Meter | None) -> Iterator[tuple[int, list[str]]]:
    for number, line in lines(path, report, meter):
        parts = [part.strip() for part in (line.split("\t") if "\t" in line else line.split())]
        parts = [part for part in parts if part]
        if parts:
            yield number, parts


def write_sif(chosen: Selection) -> Iterator[str]:
    """Yield asserted claims as SIF, one to a line, each line once, parted by TABs.

    The word is the relation; that of an observation or gate says so: `decreases (observation)`.
    """
    # Millions of lines are told apart by the numbers of their words.
    numbers: dict[str, int] = {}
    seen: set[int] = set()
    for claim in chosen.claims:
        if claim.polarity != "asserted":
            continue
        words = (claim.subject, said_with_kind(claim.relation, claim.kind), claim.object)
        key = 0
        for word in words:
            key = key << 40 | numbers.setdefault(word, len(numbers))
        if key not in seen:
            seen.add(key)
            yield "\t".join(words) + "\n"
