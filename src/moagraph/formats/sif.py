"""SIF, the simple interaction format of Cytoscape: `A interaction B`, one or more to a line.

Reading: fields are parted by TAB where the line has one, else by blanks; a line of one name is a
node alone. The extended form of Pathway Commons, which begins with a header, is read by its
columns: an edge with its sources to a line, then the nodes.

Writing: only what SIF can say - two names and a word; see `LOSSES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from moagraph.dataset.imported import Imported, Report
from moagraph.errors import DataError
from moagraph.formats.kgx.read import ends_of, read_rows
from moagraph.formats.kgx.rows import Row
from moagraph.formats.lines import Meter, alone, head, lines
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
    if is_extended(head(path)):
        return read_rows(
            lambda _report: _extended_nodes(path),
            lambda report: _extended_edges(path, report, meter),
            str(path),
            path.name.partition(".")[0],
        )

    def nodes(_report: Report) -> Iterator[tuple[int, Row]]:
        return _nodes(path)

    def edges(report: Report) -> Iterator[tuple[int, Row]]:
        return _edges(path, report, meter)

    return read_rows(nodes, edges, str(path), path.name.partition(".")[0])


def _nodes(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield each name once."""
    seen: set[str] = set()
    for number, parts in _fields(path, Report(), None):
        for name in (parts[0], *parts[2:]):
            if name not in seen:
                seen.add(name)
                yield number, {"id": name}


def _edges(path: Path, report: Report, meter: Meter | None) -> Iterator[tuple[int, Row]]:
    for number, parts in _fields(path, report, meter):
        if len(parts) == 2:
            what = f"{parts[0][:60]!r} {parts[1][:60]!r}: a name and a word without a second name"
            report.add("dropped", what, file=str(path), line=number)
        for target in parts[2:]:
            yield number, {"subject": parts[0], "predicate": parts[1], "object": target}


def _fields(path: Path, report: Report, meter: Meter | None) -> Iterator[tuple[int, list[str]]]:
    for number, line in lines(path, report, meter):
        if "\r" in line and "\r" in line.rstrip("\r"):
            raise alone(path, number)
        if "\t" in line:
            parts = [clean for part in line.split("\t") if (clean := part.strip())]
        else:
            parts = line.split()
        if parts:
            yield number, parts


_ENDS = ("PARTICIPANT_A", "INTERACTION_TYPE", "PARTICIPANT_B")
_EXTENDED = {
    **dict(zip(_ENDS, ("subject", "predicate", "object"), strict=True)),
    "INTERACTION_DATA_SOURCE": "primary_knowledge_source",
    "INTERACTION_PUBMED_ID": "publications",
    "PARTICIPANT": "id",
    "PARTICIPANT_TYPE": "category",
    "PARTICIPANT_NAME": "name",
    "UNIFICATION_XREF": "xref",
}
_CLASSES = {
    "ProteinReference": "biolink:Protein",
    "SmallMoleculeReference": "biolink:SmallMolecule",
    "DnaReference": "biolink:NucleicAcidEntity",
    "RnaReference": "biolink:RNAProduct",
}


def is_extended(first: bytes) -> bool:
    """Tell by its beginning whether a file is SIF in the form that has a header."""
    return first.startswith("\t".join(_ENDS).encode())


def _sections(
    path: Path, report: Report, meter: Meter | None
) -> Iterator[tuple[int, bool, dict[str, str]]]:
    """Yield line, whether it is an edge, and fields by column; a blank line ends the edges."""
    header: list[str] = []
    for number, line in lines(path, report, meter):
        cells = [cell.strip() for cell in line.split("\t")]
        if not header:
            header = cells
        elif not line.strip():
            header = []
        elif len(cells) > len(header):
            what = f"{len(cells)} fields where the header has {len(header)}"
            raise DataError(f"{what}; look for a stray TAB", file=str(path), line=number)
        else:
            yield number, "PARTICIPANT_A" in header, dict(zip(header, cells, strict=False))


def _extended_edges(path: Path, report: Report, meter: Meter | None) -> Iterator[tuple[int, Row]]:
    for number, is_edge, cells in _sections(path, report, meter):
        if not is_edge:
            continue
        row: Row = {_EXTENDED.get(name, name): cell for name, cell in cells.items() if cell}
        ids = cells.get("INTERACTION_PUBMED_ID", "").split(";")
        row["publications"] = tuple(f"PMID:{i}" if i.isdigit() else i for i in ids if i)
        if row["publications"]:
            row["knowledge_source"] = row.pop("primary_knowledge_source", "")
        yield number, row


def _extended_nodes(path: Path) -> Iterator[tuple[int, Row]]:
    seen: set[str] = set()
    for number, is_edge, cells in _sections(path, Report(), None):
        if is_edge:
            continue
        row: Row = {_EXTENDED.get(name, name): cell for name, cell in cells.items() if cell}
        classes = (cells.get("PARTICIPANT_TYPE", ""),)
        row["category"] = tuple(_CLASSES.get(each, each) for each in classes if each)
        row["xref"] = tuple(filter(None, cells.get("UNIFICATION_XREF", "").split(";")))
        seen.add(cells.get("PARTICIPANT", ""))
        yield number, row
    ends = (
        {"subject": c.get(_ENDS[0], ""), "object": c.get(_ENDS[2], "")}
        for _, is_edge, c in _sections(path, Report(), None)
        if is_edge
    )
    for number, row in ends_of((0, dict(each)) for each in ends):
        if row["id"] not in seen:
            yield number, row


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
