"""What is done once before the first fork, so that no question pays for it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from moagraph.serve.app import Site

if TYPE_CHECKING:
    import pyoxigraph as ox

    from moagraph.graph import Graph
    from moagraph.sparql.engine import Engine

_QUESTION = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 1"
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1"


def prepare(graph: Graph) -> tuple[Engine | None, Site]:
    """Return the engine over a graph, warm, and the pages of the site.

    None for an engine with a store on disk: that is built now, and opened by each worker.
    """
    import pyoxigraph as ox

    from moagraph.rdf.layers import LAYERS
    from moagraph.serve.pages import drawable, pages
    from moagraph.sparql.engine import Engine
    from moagraph.sparql.named import names
    from moagraph.sparql.results import GRAPH_FORMATS, RESULT_FORMATS

    engine = Engine.of(graph.kb)
    engine.load_layers()
    for form in RESULT_FORMATS:
        engine.query(_QUESTION).write(form)
    for form in GRAPH_FORMATS:
        engine.query(_GRAPH).write(form)
    _think(graph)
    layers = {name: _count(engine, ox.NamedNode(name)) for name in LAYERS}
    size = _count(engine, ox.DefaultGraph())
    questions = tuple(f"/questions/{name}" for name in names())
    site = Site(graph.version, layers, size, questions, drawable(graph), pages(graph))
    gc.collect()
    return None if graph.kb.is_compiled() else engine, site


def _count(engine: Engine, name: ox.NamedNode | ox.DefaultGraph) -> int:
    return sum(1 for _ in engine.store.quads_for_pattern(None, None, None, name))


def _think(graph: Graph) -> None:
    """Ask each kind of question once: modules are imported and lazy look-ups made."""
    drugs = [e.id for e in graph.kb.entities.values() if e.kind == "drug"][:2]
    if len(drugs) == 2:
        graph.effects(drugs[0]).to_dict()
        graph.explain(drugs[0], drugs[-1]).to_dict()
        graph.whatif(drugs[0], with_=drugs[1:]).to_dict()
        graph.compare(*drugs).to_dict()
        graph.info(drugs[0]).to_dict()
        graph.search("a").to_dict()
