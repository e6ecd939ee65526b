"""Write a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from moagraph.errors import DataError


def write_atomically(path: str | Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write content to a file: UTF-8, LF, whole or not at all; missing folders are made.

    Content that comes in pieces is never held as a whole.

    The content goes to a temporary file in the same folder, is flushed to disk and renamed,
    so that a crash or a full disk leaves the old file or none.

    Raises:
        DataError: the file cannot be written; the message says why.
    """
    target = Path(path)
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    data: Iterable[bytes] = (content,) if isinstance(content, bytes) else content
    temporary = ""
    try:
        # Folders first: a path with `..` may only then be seen to lead to a device.
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file():
            _write_special(target, data)
            return
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(data)
            stream.flush()
            os.fsync(stream.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode)
        os.replace(temporary, target)
        temporary = ""
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", file=str(target)) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _write_special(target: Path, data: Iterable[bytes]) -> None:
    if target.is_dir():
        raise DataError("cannot be written: it is a folder", file=str(target))
    try:
        with target.open("wb") as stream:
            stream.writelines(data)
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", file=str(target)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
