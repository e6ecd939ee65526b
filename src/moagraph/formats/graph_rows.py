"""Nodes and edges of general graphs as rows of KGX, by the names that tools give attributes.

The names are those of Cytoscape, networkx, igraph, yEd, Gephi and of this program. An edge that has
no direction claims no cause, so it is kept as `associated with`.
"""

from __future__ import annotations

from collections.abc import Callable

from moagraph.formats.curies import known_curie
from moagraph.formats.kgx.rows import Row, Value
from moagraph.formats.predicates import word_of_sign

PREDICATE = (
    *("predicate", "relation", "interaction", "shared interaction", "key", "label", "type"),
    # Gephi, and tables that were read into Cytoscape.
    *("Edge Label", "Interaction", "Relation", "Label"),
)
OLD_IDS = frozenset({"id", "_nx_name"})
"""Under these igraph keeps the ids that a graph had, beside ids of its own."""
# What Python writes where an attribute has no value.
NOTHING = frozenset({"None", "nan"})
_NAME = ("name", "label", "shared name")
_CLASS = ("category", "type", "node_type")
Say = Callable[[str, str], None]
"""Takes an action of a report, and the reason."""


def name_node(row: Row, inner: str, given: str = "", label: str = "") -> str:
    """Give the attributes of a node the names of KGX, and return its id."""
    rename(row, _NAME, "name")
    if label:
        row.setdefault("name", label)
    name = str(row.get("name", ""))
    row["id"] = row.pop("curie", "") or given or (name if known_curie(name) else inner)
    rename(row, _CLASS, "category")
    rename(row, ("moagraph:kind", "kind"), "moagraph:kind")
    return str(row["id"])


def name_edge(row: Row, say: Say, *, directed: bool, arrows: str = "target") -> None:
    """Give the attributes of an edge, which has its ends already, the names of KGX.

    Args:
        row: the edge; what it says becomes its predicate.
        say: takes what is read otherwise than it is written.
        directed: whether the edge has a direction at all.
        arrows: the ends at which an arrow is drawn, of `source target`.
    """
    rename(row, PREDICATE, "predicate")
    if directed and arrows == "source":
        say("repaired", "an edge with its arrow at the source: read backwards")
        row["subject"], row["object"] = row["object"], row["subject"]
    signed = word_of_sign(str(row.get("sign", "")))
    leads = directed and arrows in ("source", "target")
    if not row.get("predicate") and signed and leads:
        row["predicate"] = signed
        say("repaired", f"an edge says no relation but its sign; read as {signed}")
    elif not row.get("predicate"):
        row["predicate"] = "associated with"
        say("unknown", "an edge says no relation; kept as associated with")
    elif not leads:
        say("unknown", f"an edge without direction ({str(row['predicate'])[:60]})")
        row["original_predicate"], row["predicate"] = "", "associated with"


def rename(row: Row, names: tuple[str, ...], wanted: str) -> None:
    """Give the first of some names that a row has the wanted one."""
    if row.get(wanted):
        return
    for name in names:
        if row.get(name):
            row[wanted] = row.pop(name)
            return


def listed(row: Row, lists: frozenset[str]) -> Row:
    """Return a row whose lists are parted, without what is empty."""
    return {name: _parted(value, name in lists) for name, value in row.items() if value}


def _parted(value: Value, many: bool) -> Value:
    if many and isinstance(value, str):
        return tuple(part for part in value.split("|") if part)
    return value
