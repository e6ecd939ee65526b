"""The search finds every simple path once, shorter ones first: against brute force and networkx."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.pathindex import Graph, PathSearch, graph_of
from moagraph.pathindex.paths import ranked

Edges = list[tuple[int, int]]
NODES = 8


def brute_force(
    edges: Edges, start: int, end: int, limit: int, closed: frozenset[int] = frozenset()
) -> set[tuple[int, ...]]:
    """Return the simple paths by trying everything."""
    found: set[tuple[int, ...]] = set()
    heads: list[tuple[int, ...]] = [(start,)] if start != end else []
    while heads:
        head = heads.pop()
        for a, b in edges:
            if a != head[-1] or b in head or len(head) > limit:
                continue
            if b == end:
                found.add((*head, b))
            elif b not in closed:
                heads.append((*head, b))
    return found


@st.composite
def questions(draw: st.DrawFn) -> tuple[Edges, int, int, int]:
    node = st.integers(0, NODES - 1)
    edges = draw(st.lists(st.tuples(node, node), max_size=30))
    return edges, draw(node), draw(node), draw(st.integers(1, 7))


def both_ways(edges: Edges) -> Edges:
    return [*edges, *((b, a) for a, b in edges)]


@pytest.mark.parametrize("directed", [True, False])
@settings(derandomize=True, deadline=None, max_examples=150)
@given(questions(), st.frozensets(st.integers(0, NODES - 1), max_size=2))
def test_all_paths_are_found_once(
    directed: bool, question: tuple[Edges, int, int, int], closed: frozenset[int]
) -> None:
    edges, start, end, limit = question
    graph = graph_of(NODES, edges, directed=directed)
    found = list(PathSearch(graph, start, end, limit, closed=closed))
    wanted = brute_force(edges if directed else both_ways(edges), start, end, limit, closed)
    assert set(found) == wanted
    assert len(found) == len(wanted)
    lengths = [len(path) for path in found]
    assert lengths == sorted(lengths)
    again = PathSearch(graph, start, end, limit, closed=closed)
    for length in range(1, limit + 1):
        assert sorted(again.of_length(length)) == sorted(p for p in wanted if len(p) == length + 1)


@pytest.mark.parametrize("directed", [True, False])
@settings(derandomize=True, deadline=None, max_examples=100)
@given(questions())
def test_networkx_finds_the_same(directed: bool, question: tuple[Edges, int, int, int]) -> None:
    edges, start, end, limit = question
    peer = nx.DiGraph(edges) if directed else nx.Graph(edges)
    peer.add_nodes_from(range(NODES))
    theirs = (
        [tuple(p) for p in nx.all_simple_paths(peer, start, end, cutoff=limit)]
        if start != end
        else []
    )
    graph = graph_of(NODES, edges, directed=directed)
    assert sorted(PathSearch(graph, start, end, limit)) == sorted(theirs)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(questions(), st.frozensets(st.integers(0, NODES - 1), min_size=1, max_size=2))
def test_via_keeps_what_passes(question: tuple[Edges, int, int, int], via: frozenset[int]) -> None:
    edges, start, end, limit = question
    graph = graph_of(NODES, edges)
    found = set(PathSearch(graph, start, end, limit, via=via))
    assert found == {p for p in brute_force(edges, start, end, limit) if via <= set(p)}


@pytest.mark.parametrize("directed", [True, False])
@settings(derandomize=True, deadline=None, max_examples=100)
@given(questions(), st.frozensets(st.integers(0, NODES - 1), max_size=2))
def test_walks_are_an_upper_bound(
    directed: bool, question: tuple[Edges, int, int, int], closed: frozenset[int]
) -> None:
    edges, start, end, limit = question
    edges = [(a, b) for a, b in edges if a != b]
    search = PathSearch(graph_of(NODES, edges, directed=directed), start, end, limit, closed=closed)
    counts = Counter(len(path) - 1 for path in search)
    walks = search.walks()
    assert set(walks) == (set(range(1, limit + 1)) if start != end else set())
    for length, count in walks.items():
        assert count >= counts[length]
        assert length > 3 or count == counts[length]
    assert set(search.walks(budget=-1)) <= {1}


@settings(derandomize=True, deadline=None, max_examples=60)
@given(questions(), st.integers(1, 12))
def test_what_a_cap_leaves_out_is_told(question: tuple[Edges, int, int, int], limit: int) -> None:
    edges, start, end, longest = question
    everything = list(PathSearch(graph_of(NODES, edges), start, end, longest))
    search = PathSearch(graph_of(NODES, edges), start, end, longest)
    found, spent = search.first(limit)
    assert [len(p) for p in found] == [len(p) for p in everything[:limit]]
    assert set(found) <= set(everything)
    assert spent.given == len(found) == min(limit, len(everything))
    assert spent.capped == (len(everything) > limit)
    whole = {p for p in everything if len(p) - 1 <= spent.longest}
    assert whole <= set(found)


def test_the_first_paths_come_without_the_rest() -> None:
    # A ladder of 2 ** 40 paths: listing them all would not end.
    edges = [(3 * i + a, 3 * i + b) for i in range(40) for a, b in ((0, 1), (0, 2), (1, 3), (2, 3))]
    search = PathSearch(graph_of(121, edges), 0, 120, 80)
    assert len(list(islice(search, 10))) == 10
    assert search.walks()[80] == 2**40


def test_a_long_path_needs_no_deep_stack() -> None:
    graph = graph_of(5001, pairwise(range(5001)))
    (path,) = PathSearch(graph, 0, 5000, 5000)
    assert path == tuple(range(5001))


def test_ends_alike_have_no_path_and_parallel_edges_are_one() -> None:
    graph = graph_of(3, [(0, 0), (0, 1), (0, 1), (1, 2)])
    assert list(PathSearch(graph, 0, 0, 4)) == []
    assert list(PathSearch(graph, 0, 2, 4)) == [(0, 1, 2)]
    assert list(PathSearch(graph, 2, 0, 4)) == []


def test_sets_are_forgotten_when_they_hold_too_much() -> None:
    edges = [(a, b) for a in range(40) for b in range(40) if a != b]
    graph = graph_of(40, edges)
    graph.forward.budget = 100
    tight = sorted(PathSearch(graph, 0, 39, 3))
    assert tight == sorted(PathSearch(graph_of(40, edges), 0, 39, 3))
    assert len(tight) == 1 + 38 + 38 * 37


def test_paths_by_hubs_weigh_less() -> None:
    # 0 to 4 by the rare node 1, and by the hub 2 that everything meets.
    edges = [(0, 1), (1, 4), (0, 2), (2, 4), *((2, n) for n in range(5, 60))]
    graph = graph_of(60, edges)
    best = ranked(PathSearch(graph, 0, 4, 2), graph.hub_weight, 2)
    assert [path for _, path in best] == [(0, 1, 4), (0, 2, 4)]
    # (2 * 1) * (1 * 2) edges on the way, and (2 * 1) * (56 * 2).
    assert best[0][0] == pytest.approx(-(4**-0.4))
    assert best[1][0] == pytest.approx(-(224**-0.4))


def test_kinds_of_nodes_can_be_closed() -> None:
    graph = graph_of(4, [(0, 1), (1, 3), (0, 2), (2, 3)], kind=[0, 1, 2, 0])
    closed = graph.of_kinds(frozenset({1}))
    assert list(PathSearch(graph, 0, 3, 3, closed=closed)) == [(0, 2, 3)]


def test_an_edge_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="names a node"):
        graph_of(2, [(0, 2)])
    assert len(Graph(graph_of(2, []).forward, graph_of(2, []).backward)) == 2
