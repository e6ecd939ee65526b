"""All simple paths on graphs of millions of edges, in pure Python at the speed of its sets.

A graph is two arrays per direction (compressed sparse rows), as `moagraph.dataset` keeps them
under a memory map. Rows become sets when a search first comes by; paths come lazily, shortest
first. Nodes are numbers from 0; what they stand for is not known here.
"""

from __future__ import annotations

from moagraph.pathindex.graph import Graph, graph_of
from moagraph.pathindex.paths import PathSearch, Spent

__all__ = ["Graph", "PathSearch", "Spent", "graph_of"]
