"""Where foreign records come from: files and folders of YAML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from moagraph.errors import DataError, UnknownName
from moagraph.formats.drugmechdb.reader import EXTENSIONS, RecordReader
from moagraph.formats.drugmechdb.records import DrugMechRecord, Remark


def unknown_record(name: str, known: Sequence[str]) -> UnknownName:
    """Return the error for a record that does not exist, with the nearest ids."""
    import difflib

    near = tuple(difflib.get_close_matches(name, known, 5, 0.6))
    hint = f"; near: {', '.join(near)}" if near else ""
    return UnknownName(f"no record {name!r}{hint}", suggestions=near)


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


def find_record(name: str, data: Sequence[str | Path]) -> tuple[DrugMechRecord, list[str | Path]]:
    """Return the record that a name means, and the data that are no records.

    The name is that of a YAML file with one record, or the id of a record in the data.

    Raises:
        UnknownName: no record of the data has the id; the nearest are suggested.
        DataError: the file cannot be read or holds several records, or no data hold records.
    """
    rest = [part for part in data if not holds_records(part)]
    path = Path(name)
    if path.suffix.casefold() in EXTENSIONS:
        found = tuple(RecordReader().records([path]))
        if len(found) > 1:
            ids = ", ".join(r.id for r in found[:3])
            raise DataError(
                f"holds {len(found)} records ({ids} ...): give it with -d, and the id of one",
                file=name,
            )
        return found[0], rest
    records = open_records([part for part in data if holds_records(part)])
    if records is None:
        raise UnknownName(f"{name!r} is no YAML file, and no -d names DrugMechDB records")
    for record in records.records:
        if record.id == name:
            return record, rest
    raise unknown_record(name, [r.id for r in records.records])
