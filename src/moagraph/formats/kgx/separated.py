"""Rows of KGX files whose fields are parted: by TAB as they are, by comma with quotes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from moagraph.counting import counted
from moagraph.dataset.imported import Report
from moagraph.errors import DataError
from moagraph.formats.kgx.forms import header_of
from moagraph.formats.lines import Meter, lines, one_line

_NAMES = {"\t": "TAB", ",": "comma", ";": "semicolon"}


def separated_rows(
    path: Path, report: Report, meter: Meter | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Yield line and fields, the header first; each row is as wide as the header.

    Fields that are parted by TAB are taken as they stand, unless the header has quotes; all others
    may stand in quotes, also over several lines.

    Raises:
        DataError: a row that is not as wide as the header, or a quote without its end.
    """
    source = lines(path, report, meter)
    _, first = next(source, (0, ""))
    header, delimiter, quoted = header_of(first)
    if len(header) < 2 or len(set(header)) != len(header):
        what = "has a column twice" if len(set(header)) != len(header) else "has no header of KGX"
        remedy = "its first line names the columns, such as subject, predicate and object"
        message = f"{what}; it begins with {first[:80]!r}, and {remedy}"
        raise DataError(message, file=str(path), line=1)
    usual = "," if path.name.casefold().removesuffix(".gz").endswith(".csv") else "\t"
    if delimiter != usual:
        what = f"fields are parted by {_NAMES[delimiter]}, not by {_NAMES[usual]}"
        report.add("repaired", what, file=str(path), line=1)
    yield 1, header
    if quoted or delimiter != "\t":
        found = _quoted(source, path, delimiter)
    else:
        found = ((number, line.split("\t")) for number, line in source if line)
    width = len(header)
    for number, cells in found:
        if len(cells) != width:
            raise DataError(
                f"{counted(len(cells), 'field')} where the header has {width}; "
                f"look for a missing or a stray {_NAMES[delimiter]}",
                file=str(path),
                line=number,
            )
        yield number, cells


def _quoted(
    source: Iterator[tuple[int, str]], path: Path, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    last = [1]

    def texts() -> Iterator[str]:
        for number, line in source:
            last[0] = number
            yield f"{line}\n"

    reader = csv.reader(texts(), delimiter=delimiter, strict=True)
    while True:
        start = last[0] + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"cannot be read: {error}; look for a quote without its end"
            raise DataError(message, file=str(path), line=start) from None
        if cells:
            yield start, [one_line(cell) for cell in cells]
