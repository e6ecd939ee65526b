"""Generate `ontology/moagraph.ttl` from the built-in tables; a test regenerates it."""

from __future__ import annotations

from pathlib import Path

from moagraph.rdf.graphs import write
from moagraph.resources import ontology_root

GRAPH_FILE = "moagraph.ttl"


def build(root: Path | None = None) -> Path:
    """Write the graph of the built-in tables into an ontology folder and return its path.

    The folder is the one that `moagraph` itself reads, unless another is given to write to.
    """
    from moagraph.knowledge import KnowledgeBase

    path = (root or ontology_root()) / GRAPH_FILE
    path.write_text(write(KnowledgeBase.read()), encoding="utf-8", newline="\n")
    return path
