"""Where foreign records come from: files and folders of YAML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from moagraph.errors import DataError
from moagraph.formats.drugmechdb.reader import EXTENSIONS, RecordReader
from moagraph.formats.drugmechdb.records import DrugMechRecord, Remark


class RecordSet(NamedTuple):
    """Records, what the reader said of files that hold none, and what to call them all."""

    records: tuple[DrugMechRecord, ...]
    remarks: tuple[Remark, ...] = ()
    name: str = ""


def holds_records(data: str | Path) -> bool:
    """Tell whether a path is a YAML file, or a folder of YAML files and of no tables."""
    path = Path(data)
    if path.suffix.casefold() in EXTENSIONS and not path.is_dir():
        return True
    try:
        if not path.is_dir() or (path / "entities.tsv").exists():
            return False
        return any(p.suffix.casefold() in EXTENSIONS for p in path.iterdir())
    except OSError:
        return False


def open_records(data: Sequence[str | Path]) -> RecordSet | None:
    """Return the foreign records of some data, None if the data are no such records.

    Raises:
        DataError: records are mixed with other data, or cannot be read.
    """
    found = [holds_records(part) for part in data]
    if not any(found):
        return None
    if not all(found):
        other = data[found.index(False)]
        raise DataError("is no DrugMechDB record, but other data are", file=str(other))
    reader = RecordReader()
    records = tuple(reader.records(data))
    return RecordSet(records, tuple(reader.remarks), ", ".join(Path(p).name for p in data))
