"""Stores that hold a graph: in memory, or on disk in the user's cache, ready to open.

To read the built-in graph as text costs ten times what it costs to open it. So its first query
from a shell builds a store in the cache folder, under the digest of the tables, and the next
ones open that. The folder is made beside its place and renamed into it: two processes at once,
or one killed half-way, leave a whole store or none. Where nothing can be written the graph is
read into memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from moagraph.rdf.layers import (
    CLAIMS_FILE,
    MAX_REASONED,
    REASONED,
    REASONED_FILE,
    SCHEMA,
    SCHEMA_FILE,
    generated_files,
)
from moagraph.sparql.sealed import is_whole, remove, seal

if TYPE_CHECKING:
    import pyoxigraph as ox

    from moagraph.knowledge import KnowledgeBase

_FORM = "2"
MAX_PROJECTED = 300_000
"""The most claims of a dataset that are made into triples."""
_PORTION = 200_000


def fill_claims(store: ox.Store, kb: KnowledgeBase | None) -> None:
    """Load the default graph of a knowledge base, None for the built-in one."""
    import pyoxigraph as ox

    from moagraph.resources import ontology_file

    if _shipped(kb):
        store.bulk_load(path=ontology_file(CLAIMS_FILE), format=ox.RdfFormat.TURTLE)
        return
    from moagraph.rdf.oxigraph import quads
    from moagraph.rdf.project import triples

    found = triples(_known(kb))
    # In portions: the loader holds all that it is given at once.
    while portion := list(islice(found, _PORTION)):
        store.bulk_extend(quads(portion, None))


def fill_layers(store: ox.Store, kb: KnowledgeBase | None) -> None:
    """Load the named graphs: the schema and the reasoned layer.

    The reasoned layer asks every drug about every end: only data of the size of our own have it.
    """
    import pyoxigraph as ox

    from moagraph.resources import ontology_file

    fill_schema(store)
    if _shipped(kb):
        reasoned = ox.NamedNode(REASONED)
        turtle = ox.RdfFormat.TURTLE
        store.bulk_load(path=ontology_file(REASONED_FILE), format=turtle, to_graph=reasoned)
        return
    known = _known(kb)
    if len(known.tables.assertions) > MAX_REASONED:
        return
    from moagraph.rdf.oxigraph import quads
    from moagraph.rdf.reasoned import reasoned_triples

    store.bulk_extend(quads(reasoned_triples(known), REASONED))


def fill_schema(store: ox.Store) -> None:
    """Load the schema into its named graph."""
    import pyoxigraph as ox

    from moagraph.resources import ontology_file

    turtle, schema = ox.RdfFormat.TURTLE, ox.NamedNode(SCHEMA)
    store.bulk_load(path=ontology_file(SCHEMA_FILE), format=turtle, to_graph=schema)


def fill_compiled(store: ox.Store, kb: KnowledgeBase) -> None:
    """Load the graphs of a compiled dataset."""
    fill_claims(store, kb)
    fill_layers(store, kb)


def _shipped(kb: KnowledgeBase | None) -> bool:
    from moagraph.shipped import ShippedTables

    return (kb is None or isinstance(kb.tables, ShippedTables)) and generated_files()


def _known(kb: KnowledgeBase | None) -> KnowledgeBase:
    if kb is not None:
        return kb
    from moagraph.knowledge import KnowledgeBase

    return KnowledgeBase.read()


def compiled_store(kb: KnowledgeBase) -> ox.Store | None:
    """Return the store of a compiled dataset from the cache, built now if it is not there.

    Raises:
        QuestionError: the dataset is too large to be made into triples.
    """
    claims = len(kb.tables.assertions)
    if claims > MAX_PROJECTED:
        from moagraph.errors import QuestionError

        raise QuestionError(
            f"{claims:,} claims are too many to be made into triples, which is done up to "
            f"{MAX_PROJECTED:,}; write them with `moagraph export ntriples`, load them into a "
            "SPARQL store and ask it with `-d https://...`"
        )
    return cached_store(kb.fingerprint, lambda store: fill_compiled(store, kb))


def is_cached(version: str) -> bool:
    """Tell whether the store of a version of the data lies in the cache, and is whole."""
    folder, key = _cache_folder(), _key(version)
    return bool(folder) and is_whole(os.path.join(folder, key), key)


def remove_damaged() -> bool:
    """Read every byte of the stores in the cache; tell whether some were damaged and are gone.

    A store of many claims is opened without this: it takes the time of reading it.
    """
    folder = _cache_folder()
    damaged = [
        os.path.join(folder, name)
        for name in (os.listdir(folder) if folder else ())
        if name.startswith(f"{_FORM}-")
        and not is_whole(os.path.join(folder, name), name, all_bytes=True)
    ]
    for place in damaged:
        remove(place)
    return bool(damaged)


def cached_store(version: str, fill: Callable[[ox.Store], None]) -> ox.Store | None:
    """Return the store of a version of the data from the cache, built now if it is not there.

    What is not as it was built is thrown away and built anew. None where the cache cannot be
    used: no folder to write to, or a full disk.
    """
    import pyoxigraph as ox

    folder = _cache_folder()
    if not folder or _forked_from_a_user():
        return None
    key = _key(version)
    place = os.path.join(folder, key)
    try:
        if not is_whole(place, key):
            _build(folder, key, fill)
        return ox.Store.read_only(place)
    except (OSError, RuntimeError):
        remove(place)
        return None


_users: list[int] = []


def _forked_from_a_user() -> bool:
    """Tell whether this process was forked from one that has used stores on disk.

    Their library has threads, which a fork leaves behind: opening one here would wait for them
    for ever.
    """
    here = os.getpid()
    if any(user != here for user in _users):
        return True
    if not _users:
        _users.append(here)
    return False


def _build(folder: str, key: str, fill: Callable[[ox.Store], None]) -> None:
    import tempfile

    import pyoxigraph as ox

    place = os.path.join(folder, key)
    new = tempfile.mkdtemp(dir=folder, prefix=".new-")
    try:
        store = ox.Store(new)
        fill(store)
        store.optimize()
        store.flush()
        del store
        seal(new, key)
        # Another process may have built it meanwhile.
        if not is_whole(place, key):
            remove(place)
        try:
            os.rename(new, place)
        except OSError:
            if not is_whole(place, key):
                raise
        _tidy(folder, place)
    finally:
        remove(new)


def _tidy(folder: str, place: str) -> None:
    """Remove stores of other versions that nobody has opened for a month."""
    import time

    for name in os.listdir(folder):
        other = os.path.join(folder, name)
        old = time.time() - os.lstat(other).st_mtime > 30 * 86400
        if other != place and old:
            remove(other)


def _key(version: str) -> str:
    import pyoxigraph as ox

    from moagraph import __version__

    parts = (_FORM, __version__, ox.__version__, version)
    return "-".join("".join(c if c.isalnum() or c in ".+" else "_" for c in p) for p in parts)


def _cache_folder() -> str:
    """Return a folder of our own to keep stores in, empty if there is none.

    `MOAGRAPH_CACHE` names another, or none if it is empty.
    """
    asked = os.environ.get("MOAGRAPH_CACHE")
    places = [_user_cache(), _temporary()] if asked is None else [asked]
    for place in filter(None, places):
        folder = os.path.join(place, "sparql")
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK) and _ours(folder):
            return folder
    return ""


def _user_cache() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if not base:
        home = os.path.expanduser("~")
        base = os.path.join(home, ".cache") if os.path.isabs(home) else ""
    return os.path.join(base, "moagraph") if os.path.isabs(base or "") else ""


def _temporary() -> str:
    number = os.getuid() if hasattr(os, "getuid") else 0
    base = os.environ.get("TMPDIR", "/tmp" if os.name == "posix" else "")
    return os.path.join(base, f"moagraph-{number}") if base else ""


def _ours(folder: str) -> bool:
    """Tell whether a folder and the one above it belong to us alone to write.

    In a shared place another user could have made it and put a store of his own into it.
    """
    if not hasattr(os, "getuid"):
        return True
    for place in (folder, os.path.dirname(folder)):
        found = os.lstat(place)
        if found.st_uid != os.getuid() or found.st_mode & 0o022:
            return False
    return True
