"""From files of any format that is read to records: `guess` the format, then `read`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from moagraph.characters import is_unicode
from moagraph.errors import DataError

if TYPE_CHECKING:
    from moagraph.dataset.imported import Imported
    from moagraph.formats.lines import Meter

FORMATS = ("drugmechdb", "kgx", "rdf", "sif", "graphml", "cx2", "node-link", "tables")
_BY_ENDING = {
    ".yaml": "drugmechdb",
    ".yml": "drugmechdb",
    ".sif": "sif",
    ".graphml": "graphml",
    ".cx2": "cx2",
}
_KNOWN = (
    "DrugMechDB (.yaml .json), KGX (_nodes and _edges, .tsv .csv or .jsonl, a .tar.gz of both, or "
    "one .json), "
    "RDF (.ttl .nt .nq .trig .rdf .owl .jsonld), SIF (.sif), GraphML (.graphml), CX2 (.cx2), "
    "node-link of networkx (.json), folders of tables; each file may be gzip"
)

_NO_FOLDER = (
    "holds no records of DrugMechDB, no _nodes and _edges of one KGX graph and no tables, which "
    "are read as a folder; of other formats name the file"
)


def read(paths: Sequence[str | Path], format: str = "", meter: Meter | None = None) -> Imported:
    """Return what files or folders of one format hold.

    Args:
        paths: one graph; several files only for DrugMechDB, a KGX pair and folders of tables.
        format: one of `FORMATS`; guessed from names and content if none is given.
        meter: counts the bytes that are read, for a progress bar.

    Raises:
        DataError: nothing that can be read, or formats that do not go together.
    """
    if not all(map(str, paths)):
        raise DataError("the name of a file is empty; name a file or a folder")
    named = [Path(p) for p in paths]
    for path in named:
        if not is_unicode(str(path)):
            raise DataError("has a name that is no UTF-8; rename it", file=str(path))
    formats = {format or guess(path) for path in named}
    if len(formats) > 1:
        raise DataError(f"files of one format at a time; these are {', '.join(sorted(formats))}")
    imported = _read_as(formats.pop(), named, meter)
    imported.source = ", ".join(map(str, named))
    return imported


def _read_as(found: str, named: list[Path], meter: Meter | None) -> Imported:
    if found == "drugmechdb":
        from moagraph.formats import drugmechdb

        return drugmechdb.read(*named)
    if found == "tables":
        return _tables(named)
    if found == "kgx":
        return _kgx(named, meter)
    if len(named) > 1:
        raise DataError(f"one {found} file at a time", file=str(named[1]))
    if found == "rdf":
        return _rdf(named[0])
    if found == "sif":
        from moagraph.formats.sif import read_sif

        return read_sif(named[0], meter)
    if found == "cx2":
        from moagraph.formats.cx2 import read_cx2

        return read_cx2(named[0])
    if found == "node-link":
        from moagraph.formats.node_link import read_node_link

        return read_node_link(named[0])
    from moagraph.formats.graphml_read import read_graphml

    return read_graphml(named[0])


def guess(path: Path) -> str:
    """Return the format of a file or folder.

    Raises:
        DataError: it is missing, no regular file, or of no format that is read.
    """
    from moagraph.dataset import is_dataset
    from moagraph.formats import drugmechdb
    from moagraph.formats.drugmechdb import folders

    if not path.is_dir():
        from moagraph.formats.lines import size_of

        size_of(path)
        return _guess_file(path)
    if is_dataset(path):
        raise DataError("is a dataset already; ask it with -d", file=str(path))
    if (path / "entities.tsv").exists() or (path / "assertions.tsv").exists():
        return "tables"
    if any(folders.is_yaml(p) for p in path.iterdir()):
        return "drugmechdb"
    from moagraph.formats.kgx.read import find_pair

    try:
        find_pair(path)
    except DataError as error:
        if "several" in error.message:
            raise
        if drugmechdb.holds_records(path):
            return "drugmechdb"
        raise DataError(_NO_FOLDER, file=str(path)) from None
    return "kgx"


def _guess_file(path: Path) -> str:
    from moagraph.formats.archives import is_archive
    from moagraph.formats.drugmechdb import folders
    from moagraph.formats.kgx.forms import is_json, role_by_content
    from moagraph.formats.kgx.read import is_kgx_name
    from moagraph.formats.lines import head
    from moagraph.formats.node_link import is_node_link
    from moagraph.formats.sif import is_extended
    from moagraph.rdf.source import EXTENSIONS

    ending = Path(path.name.casefold().removesuffix(".gz")).suffix
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if is_json(path) and is_node_link(head(path)):
        return "node-link"
    if is_json(path) and role_by_content(head(path)):
        return "kgx"
    if folders.is_json_record(path):
        return "drugmechdb"
    if is_kgx_name(path) or is_archive(path):
        return "kgx"
    first = head(path)
    if ending in EXTENSIONS:
        return "graphml" if b"<graphml" in first else "rdf"
    if b"<graphml" in first:
        return "graphml"
    if is_extended(first):
        return "sif"
    if role_by_content(first):
        return "kgx"
    raise DataError(f"is of no format that is read: {_KNOWN}; --format says which", file=str(path))


def total_size(paths: Sequence[str | Path]) -> int:
    """Return the bytes of the files that will be read, as far as they can be told."""
    from moagraph.formats.kgx.read import find_pair
    from moagraph.formats.lines import size_of

    parts: dict[Path, None] = {}
    for path in map(Path, paths):
        try:
            found: Sequence[Path | None] = find_pair(path)
        except (DataError, OSError):
            found = [path]
        parts.update(dict.fromkeys(p for p in found if p is not None))
    return sum(size_of(p) for p in parts if not p.is_dir())


def _tables(folders: list[Path]) -> Imported:
    from moagraph.dataset.imported import imported_tables
    from moagraph.knowledge import KnowledgeBase

    kb = KnowledgeBase.read(*folders)
    return imported_tables(kb.tables, name=kb.name, version=kb.version)


def _kgx(paths: list[Path], meter: Meter | None) -> Imported:
    from moagraph.formats.kgx.read import read_kgx

    return read_kgx(*paths, meter=meter)


def _rdf(path: Path) -> Imported:
    from moagraph.dataset.imported import imported_tables
    from moagraph.rdf.read import read_graph

    found = read_graph(path)
    name = found.name or path.name.partition(".")[0]
    return imported_tables(found.tables, name=name, version=found.version)
