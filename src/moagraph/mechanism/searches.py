"""The quickest search for the data at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moagraph.mechanism.context import Context
from moagraph.mechanism.firing import Engine
from moagraph.mechanism.search import NodeFilter, Search, StepFilter

if TYPE_CHECKING:
    from moagraph.mechanism.metapath import Metapath


def search_for(
    engine: Engine,
    context: Context,
    *,
    step_filter: StepFilter | None = None,
    node_filter: NodeFilter | None = None,
    opened: bool = False,
    metapath: Metapath | None = None,
) -> Search:
    """Return the search for a question: over the records, or over the arrays of a dataset.

    `opened` lets paths go through every kind of node, whatever the data say.
    """
    options: dict[str, Any] = {
        "step_filter": step_filter,
        "node_filter": node_filter,
        "opened": opened,
        "metapath": metapath,
    }
    index = engine.model.index
    if index is None:
        return Search(engine, context, **options)
    from moagraph.mechanism.indexed import IndexedSearch

    return IndexedSearch(index, engine, context, **options)
