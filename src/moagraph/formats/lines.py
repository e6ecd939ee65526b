"""Lines of text files that anybody may have made: plain or gzip, never more than is bearable.

Only regular files are opened. A cut or swollen gzip stream, UTF-16, a NUL, a byte that is no
UTF-8 and a line without end are each one message with file, line and remedy.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from moagraph.dataset.imported import Report
from moagraph.errors import DataError
from moagraph.formats.archives import Member, archive_of, open_member
from moagraph.formats.gunzip import Gunzip, unpacked

MAX_LINE = 1_000_000
_BLOCK = 1 << 18
_MARKUP = (b"<!doctype", b"<html", b"<?xml")
READING = (OSError, EOFError, zlib.error, tarfile.TarError)
"""What reading a file raises that is cut, damaged or out of reach; see `broken`."""


_ONE_LINE = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\0": ""})


def one_line(text: str) -> str:
    """Return a text with blanks for TABs and line ends, and without NULs, as a table holds it."""
    return text if text.isprintable() else text.translate(_ONE_LINE)


class Meter:
    """How many bytes of the files at hand are read; a progress bar looks at it."""

    def __init__(self, total: int = 0) -> None:
        self.total = total
        self.done = 0


def size_of(path: Path) -> int:
    """Return the size of a regular file; of a file in an archive, that of the archive.

    Raises:
        DataError: missing, unreadable, or no regular file (a folder, a pipe, a device).
    """
    try:
        status = os.stat(path)
    except NotADirectoryError as error:
        archive = archive_of(path)
        if archive is None:
            raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from error
        return size_of(archive)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(f"cannot be read: {why}", file=str(path)) from error
    if stat.S_ISDIR(status.st_mode):
        raise DataError("is a folder where a file belongs", file=str(path))
    if not stat.S_ISREG(status.st_mode):
        raise DataError("is no regular file; copy it into one first", file=str(path))
    return status.st_size


def open_binary(path: Path) -> IO[bytes]:
    """Open a regular file, or one in an archive, for reading, unpacking gzip.

    Raises:
        DataError: see `size_of`; or it cannot be opened.
    """
    size_of(path)
    archive = None if path.exists() else archive_of(path)
    try:
        raw: IO[bytes] = path.open("rb") if archive is None else open_member(path, archive)
        return unpacked(raw, path)
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from error
    except (EOFError, zlib.error, tarfile.TarError) as error:
        raise broken(path, error) from error


def head(path: Path, size: int = 65536) -> bytes:
    """Return the first bytes of a file, unpacked, without a byte order mark."""
    try:
        with open_binary(path) as stream:
            return stream.read(size).removeprefix(b"\xef\xbb\xbf")
    except READING as error:
        raise broken(path, error) from error


def lines(path: Path, report: Report, meter: Meter | None = None) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line, without its end.

    A byte order mark and CR LF line ends are taken off, with a remark.

    Raises:
        DataError: the file cannot be read to its end; the message names the line.
    """
    size = size_of(path)
    number = unpacked = 0
    carriage = False
    rest = b""
    with open_binary(path) as stream:
        packed = isinstance(stream, Member) or (
            isinstance(stream, io.BufferedReader) and isinstance(stream.raw, Gunzip)
        )
        before = meter.done if meter else 0
        read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        block = b" "
        while block:
            try:
                block = read(_BLOCK)
            except READING as error:
                raise broken(path, error, number + 1) from error
            data = rest + block
            unpacked += len(block)
            cut = data.rfind(b"\n") + 1 if block else len(data)
            data, rest = data[:cut], data[cut:]
            if data and not number:
                end = data.find(b"\n") + 1 or len(data)
                data = _start(data[:end], path, report) + data[end:]
            if b"\r" in data:
                carriage = carriage or b"\r\n" in data
                data = data.replace(b"\r\n", b"\n")
            if meter is not None:
                meter.done = before + min(size, unpacked // 8 if packed else unpacked)
            for line in _parted(data, path, number):
                number += 1
                yield number, line
            if len(rest) > MAX_LINE:
                if not number:
                    _start(rest, path, report)
                raise _too_long(path, number + 1)
    if meter is not None:
        meter.done = before + size
    if carriage:
        report.add("repaired", "line ends CR LF are read as LF", file=str(path))


def _parted(data: bytes, path: Path, number: int) -> Iterable[str]:
    """Return the lines of a block, the first of which comes after line `number`."""
    if not data:
        return ()
    if b"\0" not in data and len(data) <= MAX_LINE:
        try:
            return data.decode("utf-8").removesuffix("\n").split("\n")
        except UnicodeDecodeError:
            pass
    # Something is wrong with one of them: those before it are read.
    return (
        _text(raw, path, place)
        for place, raw in enumerate(data.removesuffix(b"\n").split(b"\n"), number + 1)
    )


def _too_long(path: Path, number: int) -> DataError:
    message = f"the line is longer than {MAX_LINE:,} bytes; split or shorten it"
    return DataError(message, file=str(path), line=number)


def _start(raw: bytes, path: Path, report: Report) -> bytes:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError("is UTF-16; save it as UTF-8", file=str(path), line=1)
    if raw.lstrip()[:15].lower().startswith(_MARKUP):
        message = "is a web page or XML, not lines of text; fetch the file itself"
        raise DataError(message, file=str(path), line=1)
    if b"\r" in raw.rstrip(b"\r\n"):
        raise alone(path, 1)
    if raw.startswith(b"\xef\xbb\xbf"):
        report.add("repaired", "the byte order mark is taken off", file=str(path), line=1)
        return raw[3:]
    return raw


def alone(path: Path, line: int) -> DataError:
    """Return the message for lines that end with CR alone: read as one, they are other lines."""
    return DataError("has a line end of CR alone; save it with LF", file=str(path), line=line)


def _text(raw: bytes, path: Path, number: int) -> str:
    if len(raw) >= MAX_LINE:
        raise _too_long(path, number)
    if b"\0" in raw:
        raise DataError("the line holds a NUL; remove it", file=str(path), line=number)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} of the line is not UTF-8; save the file as UTF-8"
        raise DataError(message, file=str(path), line=number) from None


def broken(path: Path, error: Exception, line: int | None = None) -> DataError:
    """Return the message for an error of reading."""
    if isinstance(error, tarfile.TarError):
        message = f"is no sound archive: {str(error).partition(':')[0]}"
    elif isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        message = "the gzip file is cut or damaged; fetch it again"
    else:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return DataError(message, file=str(path), line=line)
