"""Generate what is made of the built-in tables: the graph and the digest; tests hold both."""

from __future__ import annotations

from pathlib import Path

from moagraph.digest import digest_of
from moagraph.rdf.graphs import write
from moagraph.resources import data_root, ontology_root
from moagraph.shipped import shipped_size

GRAPH_FILE = "moagraph.ttl"


def build(root: Path | None = None) -> Path:
    """Write the graph of the built-in tables into an ontology folder and return its path.

    The folder is the one that `moagraph` itself reads, unless another is given to write to.
    """
    from moagraph.knowledge import KnowledgeBase

    folder = root or ontology_root()
    digest = f"{digest_of([data_root()])} {shipped_size()}\n"
    (folder / "DIGEST").write_text(digest, encoding="utf-8", newline="\n")
    path = folder / GRAPH_FILE
    path.write_text(write(KnowledgeBase.read()), encoding="utf-8", newline="\n")
    return path
