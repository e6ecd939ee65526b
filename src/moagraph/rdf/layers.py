"""The graphs beside the default one, and the files that hold what is built in."""

from __future__ import annotations

import os

from moagraph.identifiers import BASE
from moagraph.resources import ontology_file
from moagraph.shipped import shipped_size

REASONED = BASE + "reasonedLayer"
SCHEMA = BASE + "schemaLayer"
LAYERS = frozenset({REASONED, SCHEMA})
"""The named graphs of every engine; a query reaches them by GRAPH or FROM."""

MAX_REASONED = 2_000
"""The most claims of which a reasoned layer is made."""

CLAIMS_FILE = "moagraph.ttl"
REASONED_FILE = "moagraph-reasoned.ttl"
SCHEMA_FILE = "schema.ttl"


def generated_files() -> bool:
    """Tell whether the generated files are of the tables as they stand.

    They are not while a claim is being added to the built-in tables.
    """
    with open(ontology_file("DIGEST"), encoding="utf-8") as file:
        size = file.read().strip().partition(" ")[2]
    files = all(os.path.exists(ontology_file(name)) for name in (CLAIMS_FILE, REASONED_FILE))
    return files and size == str(shipped_size())


def files_mark() -> str:
    """Return a mark of the files that hold what is built in: another one if a file changes."""
    from zlib import crc32

    found = [
        os.stat(ontology_file(name))
        for name in (CLAIMS_FILE, REASONED_FILE, SCHEMA_FILE)
        if os.path.exists(ontology_file(name))
    ]
    text = " ".join(f"{each.st_size} {each.st_mtime_ns}" for each in found)
    return f"{crc32(text.encode()):08x}"
