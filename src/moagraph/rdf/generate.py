"""Generate what is made of the built-in tables: graph, reasoned layer, digest; tests hold all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from moagraph.digest import digest_of
from moagraph.rdf.graphs import write
from moagraph.rdf.reasoned import reasoned_triples
from moagraph.rdf.turtle import turtle
from moagraph.resources import data_root, ontology_root
from moagraph.shipped import shipped_size

if TYPE_CHECKING:
    from moagraph.knowledge import KnowledgeBase

GRAPH_FILE = "moagraph.ttl"
REASONED_FILE = "moagraph-reasoned.ttl"


def build(root: Path | None = None) -> Path:
    """Write graph and reasoned layer of the built-in tables; return the path of the graph.

    The folder is the one that `moagraph` itself reads, unless another is given to write to.
    """
    from moagraph.knowledge import KnowledgeBase as Known

    folder = root or ontology_root()
    digest = f"{digest_of([data_root()])} {shipped_size()}\n"
    (folder / "DIGEST").write_text(digest, encoding="utf-8", newline="\n")
    path = folder / GRAPH_FILE
    for name, text in zip((GRAPH_FILE, REASONED_FILE), generated(Known.read()), strict=True):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return path


def generated(kb: KnowledgeBase) -> tuple[str, str]:
    """Return the graph and the reasoned layer as Turtle."""
    return write(kb), turtle(reasoned_triples(kb))
