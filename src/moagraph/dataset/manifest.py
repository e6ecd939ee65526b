"""`moagraph-dataset.json`: what a dataset is made of, and whether it is whole.

A dataset is a folder with this file and a folder of its own for the data, named by their
digest. Data are never changed in place: a new import writes a new folder beside the old one and
then replaces this file in one step, so that whoever has the dataset open goes on reading what
was there, and whoever opens it reads all old or all new data.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from moagraph.errors import DataError
from moagraph.frozen import Frozen, field

MANIFEST = "moagraph-dataset.json"
FORMAT = 1
RECORDS = "records.sqlite"
INDEX = "index.bin"
REPORT = "report.json"
FILES = (RECORDS, INDEX, REPORT)
GENERATION = re.compile(r"^data-[0-9a-f]{16}$")
_ENDS = 1 << 16
_SMALL = 1 << 20
_BLOCK = 1 << 20
_MAX_MANIFEST = 1 << 20


class Part(NamedTuple):
    """A file of a dataset: size in bytes, CRC of both its ends, SHA-256 of all of it."""

    size: int
    ends: int
    sha256: str


class Section(NamedTuple):
    """An array in the index file: type code of `array`, place in bytes, number of values."""

    code: str
    offset: int
    length: int


class Manifest(Frozen):
    """The content of `moagraph-dataset.json`.

    `closed_kinds` are kinds of entities that paths do not go through unless asked to.
    """

    generation: str
    name: str
    version: str
    written_by: str
    counts: dict[str, int] = field(default_factory=dict)
    files: dict[str, Part] = field(default_factory=dict)
    index: dict[str, Section] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    closed_kinds: tuple[str, ...] = ()
    byte_order: str = sys.byteorder

    def to_json(self) -> str:
        """Return the text of the file."""
        content: dict[str, Any] = {"format": FORMAT}
        content.update({name: getattr(self, name) for name in self._fields})
        return json.dumps(content, indent=1) + "\n"


def is_dataset(folder: str | Path) -> bool:
    """Tell whether a folder says of itself that it is a compiled dataset."""
    # Unlike `Path`, this says no of a name that no file can have.
    return os.path.isfile(os.path.join(folder, MANIFEST))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a dataset.

    Raises:
        DataError: no dataset, one of another format version, or a damaged manifest.
    """
    path = folder / MANIFEST
    try:
        with path.open("rb") as stream:
            text = stream.read(_MAX_MANIFEST + 1)
    except FileNotFoundError:
        what = "is no dataset: it has no" if folder.is_dir() else "there is no such folder with a"
        raise DataError(f"{what} {MANIFEST}", file=str(folder)) from None
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from error
    try:
        content = json.loads(text)
        made = content["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged(path, "it is not what an import writes") from None
    if made != FORMAT:
        raise DataError(
            f"this dataset has format version {str(made)[:20]}, this moagraph reads version "
            f"{FORMAT}; import it again with this moagraph",
            file=str(path),
        )
    try:
        return _manifest(content, path)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise damaged(path, "it is not what an import writes") from None


def _manifest(content: dict[str, Any], path: Path) -> Manifest:
    found = Manifest(
        generation=str(content["generation"]),
        name=str(content["name"]),
        version=str(content["version"]),
        written_by=str(content["written_by"]),
        counts={str(k): int(v) for k, v in content["counts"].items()},
        files={str(k): Part(int(s), int(e), str(h)) for k, (s, e, h) in content["files"].items()},
        index={str(k): Section(str(c), *map(int, r)) for k, (c, *r) in content["index"].items()},
        kinds=tuple(map(str, content["kinds"])),
        closed_kinds=tuple(map(str, content["closed_kinds"])),
        byte_order=str(content["byte_order"]),
    )
    if not GENERATION.match(found.generation) or set(found.files) != set(FILES):
        raise damaged(path, "it names files that no import writes")
    if not all(n.isidentifier() and 0 <= c < 1 << 31 for n, c in found.counts.items()):
        raise damaged(path, "it counts what cannot be")
    if found.byte_order != sys.byteorder:
        raise DataError(
            "this dataset was made on a machine of the other byte order; import it again here",
            file=str(path),
        )
    return found


def damaged(path: Path, why: str) -> DataError:
    """Return the error for a dataset that is not whole."""
    return DataError(f"the dataset is damaged: {why}; import it again", file=str(path))


def measure(path: Path) -> Part:
    """Return size, CRC of the ends and digest of a file."""
    import hashlib

    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return Part(size, ends_of(path, size), digest.hexdigest())


def ends_of(path: Path, size: int) -> int:
    """Return the CRC of the first and last 64 kB of a file."""
    with path.open("rb") as stream:
        crc = zlib.crc32(stream.read(_ENDS))
        stream.seek(max(0, size - _ENDS))
        return zlib.crc32(stream.read(_ENDS), crc)


def check_ends(folder: Path, manifest: Manifest) -> None:
    """Check sizes and ends of the files of a dataset, and small files to the last byte.

    That takes a millisecond; `moagraph.dataset.verify` reads all of large files too.

    Raises:
        DataError: a file has not the size, the beginning or the end that was written.
        FileNotFoundError: a file is gone; another import may have replaced the dataset.
    """
    for name, part in manifest.files.items():
        path = folder / manifest.generation / name
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise damaged(path, "it is no regular file")
        size = status.st_size
        if size != part.size:
            raise damaged(path, f"the file has {size} bytes and must have {part.size}")
        found = ends_of(path, size)
        if found != part.ends or (size <= _SMALL and measure(path).sha256 != part.sha256):
            raise damaged(path, "the file was changed")
