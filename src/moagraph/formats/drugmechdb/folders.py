"""Which files hold records: by their names, and JSON by its content too."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

MAX_FOLDERS = 40
"""How deep folders of records are looked into."""
LOOKED_AT = 20_000
"""How many names tell what a folder is; somebody may name the whole disk."""
_PARTS = (b'"nodes"', b'"links"', b'"edges"')


def is_yaml(path: str | Path) -> bool:
    """Tell whether a path is YAML by its name, plain or gzip."""
    return _plain(path).endswith((".yaml", ".yml"))


def is_json(path: str | Path) -> bool:
    """Tell whether a path is JSON by its name, plain or gzip."""
    return _plain(path).endswith(".json")


def _plain(path: str | Path) -> str:
    return str(path).casefold().removesuffix(".gz")


def is_json_record(path: Path) -> bool:
    """Tell whether a JSON file begins like a record: any other JSON is somebody else's."""
    from moagraph.errors import DataError
    from moagraph.formats.lines import head

    if not is_json(path):
        return False
    try:
        first = head(path)
    except DataError:
        return False
    return b'"graph"' in first and any(part in first for part in _PARTS)


def holds_some(folder: Path) -> bool:
    """Tell whether a folder, or one in it, holds files of records; so many names are looked at.

    Raises:
        OSError: the folder itself cannot be listed.
    """
    waiting, looked = [folder], 0
    for place in waiting:
        try:
            for path in place.iterdir():
                looked += 1
                if looked > LOOKED_AT:
                    return False
                if is_yaml(path) or is_json_record(path):
                    return True
                if not path.name.startswith(".") and path.is_dir() and not path.is_symlink():
                    waiting.append(path)
        except OSError:
            if place is folder:
                raise
    return False


def record_files(
    folder: Path, say: Callable[[str, Path], None] | None = None, depth: int = 0
) -> Iterator[Path]:
    """Yield the files of a folder, and of the folders in it, that may hold records, by name.

    Hidden folders are passed over, and so is a folder behind a link or too deep: `say` is told of
    it.

    Raises:
        OSError: the folder itself cannot be listed.
    """
    found = sorted(folder.iterdir())
    for path in found:
        if is_yaml(path) or is_json_record(path):
            yield path
    for path in found:
        if path.name.startswith(".") or is_yaml(path) or not path.is_dir():
            continue
        if path.is_symlink():
            if say is not None:
                say("is a link to a folder: not followed", path)
            continue
        if depth >= MAX_FOLDERS:
            if say is not None:
                say(f"is a folder more than {MAX_FOLDERS} deep: not read", path)
            continue
        try:
            yield from record_files(path, say, depth + 1)
        except OSError as error:
            if say is not None:
                say(f"cannot be read: {os.strerror(error.errno or 0)}", path)
