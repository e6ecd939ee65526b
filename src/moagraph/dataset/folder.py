"""Replace a dataset as a whole: one writer, new data beside the old, one rename."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from moagraph.dataset.manifest import GENERATION, MANIFEST, is_dataset
from moagraph.errors import DataError
from moagraph.files import write_atomically

LOCK = ".moagraph-lock"
_NEW = ".new-"


def _ours(name: str) -> bool:
    return name in (LOCK, MANIFEST) or name.startswith(_NEW) or bool(GENERATION.match(name))


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give a fresh folder to write into, for the one writer of a dataset.

    What is written there counts only after `publish`; when the block ends, whatever was not
    published is removed. The old dataset stays until then.

    Raises:
        DataError: the folder holds something else, cannot be written, or is being written.
    """
    above = next((f for f in folder.absolute().parents if is_dataset(f)), None)
    if above is not None:
        message = f"lies in the dataset {above}, which would remove it; name a folder beside it"
        raise DataError(message, file=str(folder))
    made = not folder.exists()
    try:
        try:
            _claim(folder)
        except OSError as error:
            raise DataError(f"cannot be written: {error.strerror}", file=str(folder)) from error
        with _locked(folder):
            try:
                _sweep(folder)
                new = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
                # Who may read the one may read the other.
                os.chmod(new, folder.stat().st_mode & 0o777)
                yield new
            finally:
                _sweep(folder)
                if made and not is_dataset(folder):
                    shutil.rmtree(folder, ignore_errors=True)
    finally:
        # It may have been interrupted between making the folder and locking it.
        if made:
            _remove_bare(folder)


def _sweep(folder: Path) -> None:
    """Remove what was not published, ours or of a writer that was killed."""
    for name in os.listdir(folder):
        if name.startswith(_NEW):
            shutil.rmtree(folder / name, ignore_errors=True)


def _remove_bare(folder: Path) -> None:
    """Remove a folder that has nothing in it but a lock that nobody holds."""
    with suppress(OSError, DataError):
        if os.listdir(folder) == [LOCK]:
            with _locked(folder):
                (folder / LOCK).unlink()
        folder.rmdir()


def _claim(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise DataError("is a file; a dataset is a folder", file=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    others = [name for name in os.listdir(folder) if not _ours(name)]
    if others and not is_dataset(folder):
        raise DataError(
            f"is a folder with other things in it ({others[0]!r}); name a new folder",
            file=str(folder),
        )


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; it goes when the process does, however it ends."""
    with (folder / LOCK).open("a+b") as stream:
        try:
            _lock(stream.fileno())
        except OSError:
            raise DataError(
                "another import is writing this dataset; wait for it or name another folder",
                file=str(folder),
            ) from None
        yield


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def publish(folder: Path, new: Path, generation: str, manifest: str) -> None:
    """Make what was written the dataset: rename, replace the manifest, drop what was before."""
    for path in new.iterdir():
        _sync(path)
    _sync(new)
    os.rename(new, folder / generation)
    _sync(folder)
    write_atomically(folder / MANIFEST, manifest)
    _sync(folder)
    for name in os.listdir(folder):
        if GENERATION.match(name) and name != generation:
            shutil.rmtree(folder / name, ignore_errors=True)


def _sync(path: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
