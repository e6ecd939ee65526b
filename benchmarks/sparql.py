"""SPARQL through moagraph against pyoxigraph as it is and against rdflib, on the built-in graph.

    python benchmarks/sparql.py [--rounds N] [--limit SECONDS] [--no-rdflib]

Twelve kinds of query: a look-up, one hop, reachability, a path joined with a type, a claim with
its evidence, two signed hops, a self join, an aggregate, a negation, optional and regular
expression, distinct and order, and a chain of four hops. Each is run in turn by moagraph, by
pyoxigraph on an identical store, and by rdflib; all must give the same rows. CPU seconds of this
process, least of the rounds. rdflib is stopped at the limit, which then counts as its time.

The bars: at most 1.2 times pyoxigraph and a millisecond; rdflib at least 25 times slower, as a
geometric mean.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from measure import TooLong, at_most, cpu

import moagraph
from moagraph.rdf.namespaces import namespaces
from moagraph.sparql.engine import Engine

QUERIES = {
    "look-up": "SELECT ?l { CHEBI:63791 rdfs:label ?l }",
    "one hop": "SELECT ?p { CHEBI:63791 moa:increasesDegradationOf ?p }",
    "reachability": "SELECT ?x { uniprot:Q13422 (^moa:hasSubject/moa:hasObject)+ ?x }",
    "path and type": """SELECT ?disease {
        { SELECT DISTINCT ?disease { CHEBI:63791 (^moa:hasSubject/moa:hasObject)+ ?disease } }
        ?disease a moa:Disease }""",
    "claim and evidence": """SELECT ?claim ?author ?year {
        ?claim moa:hasSubject CHEBI:63791 ; moa:hasObject uniprot:P48729 ; moa:hasEvidence ?e .
        ?e moa:hasStance "supports" ; dcterms:source ?s .
        ?s moa:firstAuthor ?author ; moa:inYear ?year }""",
    "two signed hops": """SELECT ?a ?b ?c ?s ?t {
        ?one moa:hasSubject ?a ; moa:hasObject ?b ; moa:hasSign ?s ; moa:claimKind "mechanism" .
        ?two moa:hasSubject ?b ; moa:hasObject ?c ; moa:hasSign ?t ; moa:claimKind "mechanism" .
        FILTER(?s IN ("+1", "-1") && ?t IN ("+1", "-1")) }""",
    "self join": """SELECT DISTINCT ?a ?b ?p {
        ?a moa:increasesDegradationOf ?p . ?b moa:increasesDegradationOf ?p .
        FILTER(STR(?a) < STR(?b)) }""",
    "aggregate": """SELECT ?drug (COUNT(DISTINCT ?s) AS ?n) {
        ?drug a moa:Drug . ?c moa:hasSubject ?drug ; moa:hasEvidence/dcterms:source ?s }
        GROUP BY ?drug ORDER BY DESC(?n) ?drug LIMIT 20""",
    "negation": """SELECT ?protein {
        ?protein a moa:Protein
        MINUS { ?claim moa:hasObject ?protein ; moa:claimKind "mechanism" } }""",
    "optional and regex": """SELECT ?x ?l ?alt {
        ?x a moa:Protein ; rdfs:label ?l OPTIONAL { ?x skos:altLabel ?alt }
        FILTER(REGEX(?l, "^ikzf|^zfp", "i")) }""",
    "distinct and order": """SELECT DISTINCT ?author ?year {
        ?s a moa:Source ; moa:firstAuthor ?author ; moa:inYear ?year }
        ORDER BY ?year ?author LIMIT 200""",
    "four hops": """SELECT DISTINCT ?m ?claim ?source {
        moa:crl4-crbn moa:hasMember ?m . ?claim moa:hasObject ?m ; moa:hasEvidence ?e .
        ?e dcterms:source ?source . ?source moa:sourceKind "primary" }""",
}
T = TypeVar("T")
ALLOWED, EXTRA, SLOWER = 1.2, 0.001, 25


def best(call: Callable[[], T], rounds: int) -> tuple[float, T]:
    """Return the least CPU seconds of some rounds, and what the call returned."""
    found = [cpu(call, least=0.02) for _ in range(rounds)]
    return min(seconds for seconds, _ in found), found[0][1]


def rows_by_us(engine: Engine, text: str) -> list[Any]:
    """Ask the engine of moagraph."""
    return list(engine.query(text))


def rows_by_pyoxigraph(store: Any, text: str) -> list[Any]:
    """Ask a store of pyoxigraph itself."""
    return list(store.query(text, prefixes=namespaces()))


def rows_of(found: object) -> list[tuple[str, ...]]:
    """Return rows as sorted text, from either library."""
    return sorted(
        tuple(str(getattr(term, "value", term) if term is not None else "") for term in row)
        for row in found  # type: ignore[attr-defined]
    )


def main() -> None:
    """Measure all queries and print one line each, then the bars."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=20)
    parser.add_argument("--no-rdflib", action="store_true")
    options = parser.parse_args()
    graph = moagraph.load()
    engine, native = Engine.of(graph.kb), Engine.of(graph.kb).store
    other = None if options.no_rdflib else graph.to_rdflib()
    print(
        f"{'query':<20}{'rows':>7}{'moagraph':>11}{'pyoxigraph':>12}{'ratio':>7}{'rdflib':>11}{'x':>8}"
    )
    held, slower = True, []
    for name, text in QUERIES.items():
        ours, mine = best(partial(rows_by_us, engine, text), options.rounds)
        theirs, known = best(partial(rows_by_pyoxigraph, native, text), options.rounds)
        rows = rows_of(mine)
        assert rows == rows_of(known), name
        held = held and ours <= ALLOWED * theirs + EXTRA
        line = f"{name:<20}{len(rows):>7}{ours * 1e3:>9.3f}ms{theirs * 1e3:>10.3f}ms"
        line += f"{ours / theirs:>7.2f}"
        if other is not None:
            seconds, same = rdflib_cost(other, text, options.limit, rows)
            slower.append(seconds / ours)
            line += f"{seconds * 1e3:>9.1f}ms{seconds / ours:>7.0f}x{same}"
        print(line, flush=True)
    print(f"at most {ALLOWED}x and 1 ms: {'held' if held else 'NOT held'}")
    if slower:
        mean = math.exp(sum(map(math.log, slower)) / len(slower))
        print(f"rdflib, geometric mean: {mean:.0f}x ({'held' if mean >= SLOWER else 'NOT held'})")


def rdflib_cost(
    other: object, text: str, limit: float, rows: list[tuple[str, ...]]
) -> tuple[float, str]:
    """Return the CPU seconds of rdflib, and a mark: stopped, or other rows than ours."""
    try:
        with at_most(limit):
            ask = other.query  # type: ignore[attr-defined]
            seconds, found = cpu(lambda: list(ask(text, initNs=namespaces())), least=0)
    except TooLong:
        return limit, " stopped"
    return seconds, "" if rows_of(found) == rows else " other rows"


if __name__ == "__main__":
    main()
