"""Files inside a tar archive, plain or gzip: KGX graphs are handed on as one such file.

A member is named like a file in a folder, `graph.tar.gz/graph_nodes.tsv`, and read as a stream:
nothing is unpacked to the disk.
"""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from typing import IO, Any, cast

from moagraph.formats.gunzip import unpacked

_ENDINGS = (".tar", ".tar.gz", ".tgz")
_MAX_MEMBERS = 10_000


def is_archive(path: Path) -> bool:
    """Tell by the name whether a path is a tar archive."""
    return path.name.casefold().endswith(_ENDINGS)


def archive_of(path: Path) -> Path | None:
    """Return the archive that a path leads into, None if it leads into none."""
    return next((p for p in path.parents if is_archive(p) and p.is_file()), None)


def members(archive: Path) -> list[Path]:
    """Return the regular files of an archive, as paths that lead into it.

    Raises:
        OSError, EOFError, tarfile.TarError, zlib.error: it is no sound archive.
    """
    found = []
    with unpacked(archive.open("rb"), archive) as stream, _tar(stream) as tar:
        for count, member in enumerate(tar):
            if count == _MAX_MEMBERS:
                raise tarfile.TarError(f"holds more than {_MAX_MEMBERS:,} files")
            if member.isreg() and _stays_inside(member.name):
                found.append(archive / member.name)
    return sorted(found)


def _stays_inside(name: str) -> bool:
    """Tell whether the name of a member leads nowhere but into the archive."""
    return not name.startswith("/") and ".." not in Path(name).parts


def _tar(stream: IO[bytes]) -> tarfile.TarFile:
    # Gzip is unpacked by what knows a bomb; other packing is not read.
    return tarfile.open(fileobj=stream, mode="r:")


class Member(io.BufferedReader):
    """The content of a member; closing it closes the archive."""

    def __init__(self, stream: IO[bytes], content: IO[bytes]) -> None:
        super().__init__(cast("Any", content), 1 << 18)
        self._stream = stream

    def close(self) -> None:
        """Close the content and the archive."""
        super().close()
        self._stream.close()


def open_member(path: Path, archive: Path) -> Member:
    """Open a member for reading.

    Raises:
        FileNotFoundError: the archive has no such regular file.
        OSError, EOFError, tarfile.TarError, zlib.error: it is no sound archive.
    """
    wanted = path.relative_to(archive)
    stream = unpacked(archive.open("rb"), archive)
    try:
        tar = _tar(stream)
        for member in tar:
            if member.isreg() and Path(member.name) == wanted:
                content = tar.extractfile(member)
                if content is not None:
                    return Member(stream, content)
        raise FileNotFoundError(2, "No such file in the archive", str(path))
    except BaseException:
        stream.close()
        raise
