"""Where foreign records come from: YAML files, folders of them, datasets compiled from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from moagraph.dataset import is_dataset
from moagraph.errors import DataError, UnknownName
from moagraph.formats import drugmechdb
from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.formats.drugmechdb.records import DrugMechRecord, Remark, from_json


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
    """Tell whether a path is a file or folder of records, or a dataset made of such."""
    path = Path(data)
    if is_dataset(path):
        return any(True for _ in _documents(path))
    return drugmechdb.holds_records(path)


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
    name = ", ".join(Path(p).name or str(p) for p in data)
    compiled = [part for part in data if is_dataset(Path(part))]
    reader = RecordReader()
    records = [record for part in compiled for record in _stored(part)]
    files = [part for part in data if part not in compiled]
    if files:
        records.extend(reader.records(files))
    remarks = [remark for part in compiled for remark in _of_no_record(part)]
    return RecordSet(tuple(records), (*remarks, *reader.remarks), name)


_OF_FILES = re.compile(r"(.+) \[(index-file|no-record|unreadable-file)\]")


def _of_no_record(folder: str | Path) -> Iterator[Remark]:
    """Yield what the import of a dataset said of files that hold no record."""
    from moagraph import dataset

    for said in dataset.open(folder).remarks():
        found = None if said.record else _OF_FILES.fullmatch(said.reason)
        if found is not None:
            yield Remark(found[2], found[1], said.file, "", said.line)


def _documents(folder: str | Path) -> Iterator[tuple[str, str]]:
    from moagraph import dataset

    return dataset.open(folder).documents()


def _stored(folder: str | Path) -> Iterator[DrugMechRecord]:
    for name, text in _documents(folder):
        try:
            yield from_json(text)
        except (ValueError, TypeError) as error:
            raise DataError(f"the record {name} is damaged: {error}", file=str(folder)) from error


def find_record(name: str, data: Sequence[str | Path]) -> tuple[DrugMechRecord, list[str | Path]]:
    """Return the record that a name means, and the data that are no records.

    The name is that of a YAML file with one record, or the id of a record in the data.

    Raises:
        UnknownName: no record of the data has the id; the nearest are suggested.
        DataError: the file cannot be read or holds several records, or no data hold records.
    """
    rest = [part for part in data if not holds_records(part)]
    path = Path(name)
    if drugmechdb.is_record_name(path):
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
        raise UnknownName(f"{name!r} is no file of records, and no -d names DrugMechDB records")
    for record in records.records:
        if record.id == name:
            return record, rest
    raise unknown_record(name, [r.id for r in records.records])
