"""A folder that is sealed when it is whole: later it can be told if anything in it changed.

A store on disk checks what it reads of a file, but not that the files are its own: one that was
swapped for another's answers, and answers wrongly. A pipe in the place of a file is waited for.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from contextlib import suppress

MARK = "whole"
_SMALL = 8 << 20
"""Up to so many bytes a folder is read to the last one; of a larger one both ends of each file."""
_END = 1 << 16
_BLOCK = 1 << 20
_MOST = 1 << 20


def seal(folder: str, name: str) -> None:
    """Write down what a folder holds, and under which name."""
    files = {n: _told(os.path.join(folder, n)) for n in os.listdir(folder)}
    with open(os.path.join(folder, MARK), "w", encoding="utf-8") as file:
        json.dump({"name": name, "files": files}, file)


def is_whole(folder: str, name: str, *, all_bytes: bool = False) -> bool:
    """Tell whether a folder is ours and holds what it held when it was sealed under that name."""
    try:
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode) or not _own(found):
            return False
        told = json.loads(_read(os.path.join(folder, MARK)))
        files = told["files"]
        if told["name"] != name or {*files, MARK} != set(os.listdir(folder)):
            return False
        all_bytes = all_bytes or sum(size for size, _, _ in files.values()) <= _SMALL
        for file, (size, ends, whole) in files.items():
            path = os.path.join(folder, file)
            if _size(path) != size:
                return False
            if (_sum(path) != whole) if all_bytes else (_sum_of_ends(path, size) != ends):
                return False
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False
    return True


def remove(folder: str) -> None:
    """Remove a folder, or whatever stands in its place; a link goes, what it leads to stays."""
    import shutil

    with suppress(OSError):
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            os.unlink(folder)
            return
    shutil.rmtree(folder, ignore_errors=True)


def _own(found: os.stat_result) -> bool:
    return not hasattr(os, "getuid") or found.st_uid == os.getuid()


def _told(path: str) -> tuple[int, int, int]:
    size = _size(path)
    return size, _sum_of_ends(path, size), _sum(path)


def _size(path: str) -> int:
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise OSError("no regular file")
    return found.st_size


def _read(path: str) -> bytes:
    if _size(path) > _MOST:
        raise OSError("too large")
    with open(path, "rb") as file:
        return file.read(_MOST)


def _sum(path: str) -> int:
    total = 0
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            total = zlib.crc32(block, total)
    return total


def _sum_of_ends(path: str, size: int) -> int:
    with open(path, "rb") as file:
        first = zlib.crc32(file.read(_END))
        file.seek(max(0, size - _END))
        return zlib.crc32(file.read(_END), first)
