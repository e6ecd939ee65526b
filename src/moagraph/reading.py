"""Read the tables: every row that can be understood becomes a record, every fault a finding.

Reading never stops at the first fault; findings have file, line and column. Meaning is checked
in `moagraph.check`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from moagraph.characters import is_deceptive
from moagraph.counting import counted
from moagraph.errors import DataError
from moagraph.findings import Finding
from moagraph.records import Origin, Record
from moagraph.tables import ASSERTIONS, ENTITIES, EVIDENCE, TABLES, Table, Tables

if TYPE_CHECKING:
    from pathlib import Path

R = TypeVar("R", bound=Record)

MAX_BYTES = 256 * 1024 * 1024
MAX_FIELD = 100_000
_PARTINGS = ((",", "commas"), (";", "semicolons"), (" ", "blanks"))


def read_folder(folder: Path) -> tuple[Tables, list[Finding]]:
    """Read every table of a folder.

    Returns:
        the records and all structural findings. A missing optional table is empty.

    Raises:
        DataError: the folder is missing or is no folder of tables.
    """
    _check_folder(folder)
    if not any((folder / table.file_name).exists() for table in TABLES):
        raise DataError(
            f"holds no tables; expected {ENTITIES.file_name}, {ASSERTIONS.file_name} and "
            f"{EVIDENCE.file_name}",
            file=str(folder),
        )
    found: dict[str, tuple[Any, ...]] = {}
    findings: list[Finding] = []
    for table in TABLES:
        path = folder / table.file_name
        if not path.exists():
            found[table.name] = ()
            if not table.optional:
                remedy = f"add it with the header: {' '.join(table.columns)}"
                if (folder / f"{table.name}.csv").exists():
                    remedy = f"save {table.name}.csv as tab-separated text under this name"
                findings.append(
                    Finding(
                        "missing-table",
                        "error",
                        f"{table.file_name} is missing",
                        table.file_name,
                        remedy=remedy,
                    )
                )
            continue
        rows, faults = read_table(table, path)
        found[table.name] = tuple(rows)
        findings.extend(faults)
    return Tables(**found), findings


def _check_folder(folder: Path) -> None:
    try:
        mode = os.stat(folder).st_mode
        if stat.S_ISDIR(mode):
            os.listdir(folder)
            return
    except FileNotFoundError:
        raise DataError("there is no such file or folder", file=str(folder)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DataError(f"cannot be read: {why}", file=str(folder)) from error
    raise DataError(
        "is no folder of tables, no dataset, and no RDF by its name (.ttl, .nt, .nq, .trig, .rdf, "
        ".owl, .jsonld); `moagraph import` reads the files of other tools",
        file=str(folder),
    )


def read_table(table: Table[R], path: Path) -> tuple[list[R], list[Finding]]:
    """Read one table; see `read_folder`."""
    text, findings = _read_text(path, table.file_name)
    if text is None:
        return [], findings
    reader = _Reader(table)
    rows = reader.read(text)
    return rows, findings + reader.findings


def _read_text(path: Path, name: str) -> tuple[str | None, list[Finding]]:
    def fault(message: str, remedy: str, line: int = 0, column: int = 0) -> list[Finding]:
        return [Finding("encoding", "error", message, name, line, column, remedy)]

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DataError("is not a regular file; copy it into one first", file=str(path))
        if status.st_size > MAX_BYTES:
            raise DataError(f"is larger than {MAX_BYTES} bytes", file=str(path))
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, fault("the file is UTF-16", "save it as UTF-8 without a byte order mark")
    findings: list[Finding] = []
    if raw.startswith(b"\xef\xbb\xbf"):
        findings = [_spreadsheet("the file begins with a byte order mark", name, 1, 1)]
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        return None, findings + fault("a byte is not UTF-8", "save the file as UTF-8", line, column)
    return text, findings


def _spreadsheet(message: str, file: str, line: int, column: int = 0) -> Finding:
    """Return the remark on what a spreadsheet adds: it is understood, and no part of a table."""
    remedy = "the tables have LF line ends, no byte order mark and no quotes"
    return Finding("spreadsheet", "warn", message, file, line, column, remedy)


class _Reader(Generic[R]):
    """One pass over the text of a table, collecting findings as it goes."""

    def __init__(self, table: Table[R]) -> None:
        self.table = table
        self.findings: list[Finding] = []
        self.carriage = False

    def _remark(self, message: str, line: int, column: int = 0) -> None:
        self.findings.append(_spreadsheet(message, self.table.file_name, line, column))

    def fault(self, code: str, message: str, line: int, column: int = 0, remedy: str = "") -> None:
        self.findings.append(
            Finding(code, "error", message, self.table.file_name, line, column, remedy)
        )

    def read(self, text: str) -> list[R]:
        if text and not text.endswith("\n"):
            self.fault(
                "encoding",
                "the last line has no end",
                text.count("\n") + 1,
                remedy="the file may be cut; end it with a newline",
            )
        lines = text.split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        if not lines:
            self.fault("header", "the file is empty", 1, remedy=self._header_remedy())
            return []
        header = lines[0].rstrip("\r").split("\t")
        if not self._check_header(header):
            return []
        make = self._maker(header)
        rows: list[R] = []
        seen: dict[tuple[str, ...], int] = {}
        previous: tuple[str, ...] = ()
        for number, line in enumerate(lines[1:], start=2):
            cells = self._cells(line, number, len(header))
            if cells is None:
                continue
            row = dict(zip(header, cells, strict=True))
            if not self._complete(row, header, number):
                continue
            key = tuple(row.get(column, "") for column in self.table.key)
            if key in seen:
                self.fault(
                    "duplicate-id",
                    f"{' '.join(key)} stands already on line {seen[key]}",
                    number,
                    1,
                    "give the row its own id, or remove it",
                )
                continue
            seen[key] = number
            if len(key) == 1 and key < previous:
                self._out_of_order(key[0], number)
            previous = max(previous, key) if len(key) == 1 else previous
            record = make(row, number)
            if record is not None:
                rows.append(record)
        return rows

    def _header_remedy(self) -> str:
        return f"the header is: {' '.join(self.table.columns)}"

    def _check_header(self, header: Sequence[str]) -> bool:
        sound = True
        columns = self.table.columns
        if len(header) == 1 and len(columns) > 1:
            parting = next((n for s, n in _PARTINGS if len(header[0].split(s)) > 1), "")
            if parting:
                what = f"the columns are parted by {parting} where TABs belong"
                remedy = "save the file as tab-separated text"
                self.fault("header", what, 1, 1, f"{remedy}; {self._header_remedy()}")
                return False
        for place, name in enumerate(header, start=1):
            if name not in columns:
                self.fault("header", f"unknown column {name!r}", 1, place, self._header_remedy())
                sound = False
            elif name in header[: place - 1]:
                self.fault("header", f"column {name!r} stands twice", 1, place)
                sound = False
        for name in columns:
            if name not in header:
                self.fault("header", f"column {name!r} is missing", 1, 0, self._header_remedy())
                sound = sound and name not in self.table.required
        return sound

    def _cells(self, line: str, number: int, width: int) -> list[str] | None:
        if line.endswith("\r"):
            if not self.carriage:
                self._remark("lines end with CR LF", number)
            self.carriage = True
            line = line[:-1]
        cells = line.split("\t")
        if len(cells) != width:
            self.fault(
                "row-width",
                f"{counted(len(cells), 'field')} where the header has {width}",
                number,
                min(len(cells), width) + 1,
                "check for a missing or a stray TAB",
            )
            return None
        if '"' in line:
            for column, cell in enumerate(cells, start=1):
                inner = cell[1:-1]
                if len(cell) > 1 and cell[0] == cell[-1] == '"' and ("," in inner or '""' in inner):
                    self._remark(f"the field stands in quotes: {cell[:60]}", number, column)
        if not line.replace("\t", "").isprintable():
            for column, cell in enumerate(cells, start=1):
                bad = next((c for c in cell if is_deceptive(c)), "")
                if bad:
                    self.fault(
                        "control-character",
                        f"the field holds the control character U+{ord(bad):04X}",
                        number,
                        column,
                        "remove it",
                    )
        if len(line) > MAX_FIELD:
            self.fault("row-width", "the row is too long", number, 0, f"at most {MAX_FIELD}")
            return None
        return cells

    def _complete(self, row: Mapping[str, str], header: Sequence[str], number: int) -> bool:
        empty = [name for name in self.table.required if not row.get(name)]
        for name in empty:
            self.fault(
                "empty-field",
                f"{name} is empty",
                number,
                header.index(name) + 1,
                f"{name} is needed in every row",
            )
        return not empty

    def _out_of_order(self, key: str, number: int) -> None:
        self.findings.append(
            Finding(
                "row-order",
                "warn",
                f"{key} is out of order",
                self.table.file_name,
                number,
                1,
                f"sort the rows by {self.table.key[0]}",
            )
        )

    def _maker(self, header: Sequence[str]) -> Callable[[Mapping[str, str], int], R | None]:
        record: Any = self.table.record
        lists = self.table.list_columns.intersection(header)
        file_name = self.table.file_name

        def make(row: Mapping[str, str], number: int) -> R | None:
            values: dict[str, Any] = dict(row)
            for name in lists:
                cell = values[name]
                values[name] = tuple(part.strip() for part in cell.split("|")) if cell else ()
            if "phase" in values:
                if values["phase"] not in ("1", "2", "3", "4"):
                    self.fault(
                        "machine-phase",
                        f"phase {values['phase']!r} is none of 1, 2, 3, 4",
                        number,
                        header.index("phase") + 1,
                        "1 bind, 2 recruit, 3 ubiquitinate, 4 degrade",
                    )
                    return None
                values["phase"] = int(values["phase"])
            made: R = record(**values, origin=Origin(file_name, number))
            return made

        return make
