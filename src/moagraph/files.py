"""Write a file whole or not at all; read only what ends."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from moagraph.errors import DataError

_BLOCK = 1 << 20
_HANDED_OVER = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


def open_stream(path: str | Path) -> IO[bytes]:
    """Open a regular file, or a pipe that a shell has handed over, for reading bytes.

    Whoever opens a named pipe waits until somebody writes to it, and a device need not end.

    Raises:
        DataError: there is no such file, it cannot be read, or it is a folder, pipe or device.
    """
    name = os.fspath(path)
    try:
        mode = os.stat(name).st_mode
        if stat.S_ISDIR(mode):
            raise DataError("is a folder where a file belongs", file=name)
        if not stat.S_ISREG(mode) and not name.startswith(_HANDED_OVER):
            raise DataError(
                "is no regular file; copy it into one, or hand it over by `-`", file=name
            )
        return open(name, "rb")
    except ValueError as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"cannot be read: {error}", file=name) from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=name) from error


def unpack_gzip(data: bytes, most: int, name: str) -> bytes:
    """Return what a gzip file holds, member after member.

    Raises:
        DataError: it is cut or damaged, or unpacks to more than `most` bytes; `name` names it.
    """
    import gzip
    import io
    import zlib

    parts: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while part := stream.read(_BLOCK):
                size += len(part)
                if size > most:
                    raise DataError(f"unpacks to more than {most:,} bytes, the limit", file=name)
                parts.append(part)
    except EOFError as error:
        raise DataError("is a gzip file that is cut short; fetch it again", file=name) from error
    except (OSError, zlib.error) as error:
        raise DataError("is a damaged gzip file; fetch it again", file=name) from error
    return b"".join(parts)


def check_apart(written: str | Path, *read: str | Path) -> None:
    """See that a file to be written is none of those that are read.

    Raises:
        DataError: it is, and what is there would be lost.
    """
    place = Path(os.path.realpath(written))
    for each in read:
        other = Path(os.path.realpath(each))
        if place == other or (other in place.parents and place.exists()):
            raise DataError("is what is read here; name another file", file=str(written))


def write_atomically(path: str | Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write content to a file: UTF-8, LF, whole or not at all; missing folders are made.

    Content that comes in pieces is never held as a whole.

    The content goes to a temporary file in the same folder, is flushed to disk and renamed,
    so that a crash or a full disk leaves the old file or none. A symbolic link stays one: what
    it leads to is written.

    Raises:
        DataError: the file cannot be written; the message says why.
    """
    write_together({path: content})


def write_together(contents: Mapping[Any, str | bytes | Iterable[bytes]]) -> None:
    """Write several files, by their paths, as `write_atomically` does: all of them or none.

    Raises:
        DataError: one of them cannot be written.
    """
    prepared: list[tuple[str, Path]] = []
    made: list[Path] = []
    target = Path()
    try:
        for path, content in contents.items():
            target = Path(path)
            made += _missing(target.parent)
            _prepare(target, content, prepared)
        while prepared:
            os.replace(*prepared[0])
            del prepared[0]
        made.clear()
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", file=str(target)) from error
    finally:
        for temporary, _ in prepared:
            Path(temporary).unlink(missing_ok=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


def _missing(folder: Path) -> list[Path]:
    """Return the folders that are not there yet, innermost first."""
    return [f for f in (folder, *folder.parents) if not os.path.lexists(f)]


def _prepare(
    target: Path, content: str | bytes | Iterable[bytes], prepared: list[tuple[str, Path]]
) -> None:
    """Write content beside its target, and note what is to be renamed to what."""
    if "\0" in str(target):
        raise DataError("cannot be written: its name holds a NUL", file=str(target))
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    data: Iterable[bytes] = (content,) if isinstance(content, bytes) else content
    # Folders first: a path with `..` may only then be seen to lead to a device.
    target.parent.mkdir(parents=True, exist_ok=True)
    old = _mode(target)
    if old is not None and not stat.S_ISREG(old):
        _write_special(target, data)
        return
    real = Path(os.path.realpath(target))
    if old is not None and not os.access(real, os.W_OK):
        raise DataError("cannot be written: it is write-protected", file=str(target))
    # Not by its name: that may be as long as a name can be.
    descriptor, temporary = tempfile.mkstemp(dir=real.parent, prefix=".moagraph-")
    prepared.append((temporary, real))
    with os.fdopen(descriptor, "wb") as stream:
        stream.writelines(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.chmod(temporary, 0o666 & ~umask() if old is None else old & 0o777)


def _mode(path: Path) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _write_special(target: Path, data: Iterable[bytes]) -> None:
    if target.is_dir():
        raise DataError("cannot be written: it is a folder", file=str(target))
    try:
        with target.open("wb") as stream:
            stream.writelines(data)
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", file=str(target)) from error


def umask() -> int:
    """Return which permissions new files are not to have."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
