"""Check a folder as it lies on disk: its files, then its meaning, then its shape.

One fault gives one finding. Where a file lost rows, the ids that would have been found there
are not reported as unknown; where a row has an error, its shape is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from moagraph.check import check_tables
from moagraph.check.book import sort_findings
from moagraph.findings import Finding
from moagraph.reading import read_folder
from moagraph.tables import TABLES, Tables
from moagraph.validation.shapes import check_shapes

TOGETHER = "together"
"""How the findings of several folders together are called; their files name the folders."""

_ALL = frozenset(table.name for table in TABLES)
_RESTS_ON: dict[str, frozenset[str]] = {
    "unknown-entity": frozenset({"entities"}),
    "statement-off-topic": frozenset({"entities", "assertions"}),
    "unmet-requirement": frozenset({"entities", "states"}),
    "variant-feature": frozenset({"entities"}),
    "unused-entity": _ALL,
    "unknown-source": frozenset({"sources"}),
    "orphan-evidence": frozenset({"assertions", "facts"}),
    "orphan-quantity": frozenset({"evidence"}),
    "shown-by-unknown": frozenset({"assertions"}),
    "seed-claim-dangling": frozenset({"assertions", "facts", "evidence"}),
    "unknown-variant": frozenset({"variants", "entities"}),
    "claim-without-evidence": frozenset({"evidence"}),
    "one-sided-contradiction": frozenset({"evidence"}),
    "machine-without-phase": frozenset({"machines"}),
    "phase-gap": frozenset({"machines"}),
    "shape": _ALL,
}
"""Which tables must be whole for a finding to mean anything."""


def check_folder(path: str | Path) -> list[Finding]:
    """Return every fault of a folder of tables: of the files, of meaning, of shape.

    Raises:
        DataError: the folder is missing or is no folder of tables.
    """
    folder = Path(path)
    tables, findings = read_folder(folder)
    lossy = {f.file.removesuffix(".tsv") for f in findings if f.severity == "error"}
    meaning = [f for f in check_tables(tables) if not lossy & _RESTS_ON.get(f.code, frozenset())]
    if not lossy:
        meaning += _unless_faulty(check_shapes(tables), meaning)
    places = _places(folder)
    return sort_findings([*findings, *(_place(finding, places) for finding in meaning)])


def check_folders(paths: Sequence[str]) -> list[tuple[str, list[Finding]]]:
    """Return the faults of the files of each folder, then those of all folders together.

    Together they are asked, so one may name what another holds.

    Raises:
        DataError: a folder is missing or is no folder of tables.
    """
    read = [(path, *read_folder(Path(path))) for path in paths]
    found = [(path, sort_findings(findings)) for path, _, findings in read]
    if not any(f.severity == "error" for _, findings in found for f in findings):
        tables = Tables.joined(part.within(path) for path, part, _ in read)
        found.append((TOGETHER, check_records(tables)))
    return found


def check_records(tables: Tables) -> list[Finding]:
    """Return every fault of records that are in no folder: of meaning and of shape."""
    meaning = check_tables(tables)
    return sort_findings([*meaning, *_unless_faulty(check_shapes(tables), meaning)])


def _unless_faulty(shapes: Iterable[Finding], known: Iterable[Finding]) -> list[Finding]:
    faulty = {(f.file, f.line) for f in known if f.severity == "error"}
    return [f for f in shapes if (f.file, f.line) not in faulty]


def _places(folder: Path) -> dict[str, dict[int, int]]:
    """Map, for each file whose columns are shuffled, usual field numbers to those on disk."""
    shuffled: dict[str, dict[int, int]] = {}
    for table in TABLES:
        path = folder / table.file_name
        if not path.is_file():
            continue
        with path.open("rb") as file:
            first = file.readline().decode("utf-8", "replace")
        header = first.removeprefix("\ufeff").rstrip("\r\n").split("\t")
        if tuple(header) != table.columns:
            shuffled[table.file_name] = {
                usual: header.index(name) + 1
                for usual, name in enumerate(table.columns, start=1)
                if name in header
            }
    return shuffled


def _place(finding: Finding, places: dict[str, dict[int, int]]) -> Finding:
    moved = places.get(finding.file)
    if moved is None or not finding.column:
        return finding
    return finding._replace(column=moved.get(finding.column, 0))
