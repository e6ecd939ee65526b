"""Paths and signs of records, against networkx and plain multiplication."""

from __future__ import annotations

import os
from typing import Any

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.foreign.paths import breaking_link, record_paths, signed
from moagraph.foreign.polarity import table
from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.formats.drugmechdb.records import DrugMechRecord, Link
from tests.conftest import missing
from tests.foreign.small import record

NODES = ("drug", "tnf", "vegf", "inflammation", "angiogenesis", "fever", "disease")
KEYS = sorted(table())
LINKS = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(KEYS), st.sampled_from(NODES)).map(
        lambda t: f"{t[0]} -{t[1]}-> {t[2]}"
    ),
    max_size=12,
)


def naive_paths(one: DrugMechRecord) -> set[tuple[tuple[str, str, str], ...]]:
    """Return the paths by networkx."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for link in one.links:
        graph.add_edge(link.source, link.target, key=link.key)
    if not (one.drug_node in graph and one.disease_node in graph):
        return set()
    # The edges of a multigraph have keys, of which its type says nothing.
    found: Any = nx.all_simple_edge_paths(graph, one.drug_node, one.disease_node)
    return {tuple((a, key, b) for a, b, key in path) for path in found}


def naive_net(links: tuple[Link, ...]) -> str:
    """Return the net sign by the words of the rule."""
    counted = []
    for link in links:
        row = table()[link.key]
        if row.role in ("contextual", "structural"):
            continue
        if row.role == "reverse" or row.sign == 0:
            return "open"
        counted.append(row.sign)
    if not counted:
        return "neutral"
    return "negative" if counted.count(-1) % 2 else "positive"


def check(one: DrugMechRecord) -> None:
    """Compare the paths and nets of a record with the naive ones."""
    found = record_paths(one)
    assert found.complete
    written = [tuple(link[:3] for link in p.links) for p in found.paths]
    assert len(set(written)) == len(written)
    assert set(written) == naive_paths(one)
    assert [len(p.links) for p in found.paths] == sorted(len(p.links) for p in found.paths)
    assert [p.net for p in found.paths] == [naive_net(p.links) for p in found.paths]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(LINKS)
def test_paths_and_signs_of_any_record(links: list[str]) -> None:
    """Loops, circles, parallel and repeated links among them."""
    check(record(*links))


def test_paths_and_signs_of_the_real_records() -> None:
    """All of them."""
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if not folder:
        missing("MOAGRAPH_DRUGMECHDB, a folder of DrugMechDB records,")
    assert folder
    for one in RecordReader().records([folder]):
        check(one)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(LINKS)
def test_turning_the_breaking_link_mends_the_path(links: list[str]) -> None:
    """Whatever link is named, with its sign turned the path nets negative."""
    found = record_paths(record(*links))
    for path in found.with_net("positive"):
        link, _ = breaking_link(path, found.with_net("negative"))
        assert link in path.links
        sign = table()[link.key].sign
        other = "positively regulates" if sign < 0 else "negatively regulates"
        turned = tuple(one._replace(key=other) if one is link else one for one in path.links)
        assert signed(turned).net == "negative"
