"""The real DrugMechDB records at hand: compiled, their paths are those that networkx finds."""

from __future__ import annotations

import os
import random

import networkx as nx
import pytest
from tests.conftest import missing

from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.opened import StoredKnowledge
from moagraph.dataset.verify import verify
from moagraph.formats import drugmechdb
from moagraph.graph import Graph
from moagraph.mechanism.model import is_step

RECORDS = os.environ.get("MOAGRAPH_DRUGMECHDB", "")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> StoredKnowledge:
    if not RECORDS:
        missing("a folder of DrugMechDB records, named by MOAGRAPH_DRUGMECHDB,")
    folder = tmp_path_factory.mktemp("records") / "drugmechdb"
    write(drugmechdb.read(RECORDS), folder)
    assert verify(folder) == []
    return open_dataset(folder)


def graph_of(kb: StoredKnowledge) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for claim in kb.tables.assertions:
        if is_step(claim):
            graph.add_edge(claim.subject, claim.object)
    return graph


def test_paths_are_those_of_networkx(records: StoredKnowledge) -> None:
    graph = Graph(records)
    whole = graph_of(records)
    chance = random.Random(11)
    drugs = sorted(e.id for e in records.entities_of_kind("drug", "chemical") if e.id in whole)
    diseases = sorted(e.id for e in records.entities_of_kind("disease") if e.id in whole)
    closed = {e.id for e in records.entities_of_kind(*records.closed_kinds)}
    joined = 0
    for _ in range(400):
        a, b = chance.choice(drugs), chance.choice(diseases)
        allowed = whole.subgraph(set(whole) - closed | {a, b})
        wanted = {
            tuple(path)
            for path in (
                nx.all_simple_paths(allowed, a, b, cutoff=5) if nx.has_path(allowed, a, b) else ()
            )
        }
        found = [(walk.nodes, walk.sign) for walk in graph.paths(a, b, max_length=5).all_walks()]
        assert {nodes for nodes, _ in found} == wanted
        lengths = [len(nodes) for nodes, _ in found]
        assert lengths == sorted(lengths)
        joined += bool(found)
        if joined == 10:
            return
    pytest.fail(f"only {joined} pairs are joined")


def test_every_claim_of_a_path_knows_its_records(records: StoredKnowledge) -> None:
    answer = Graph(records).explain("mesh:D000068877", "mesh:D015464")
    assert answer.paths
    for path in answer.paths:
        held = [set(records.records_of(step.id)) for step in path.steps]
        assert all(held)
        assert all(names & set(path.records) for names in held)
    crossed = [path.why_ranked.startswith("within one record") for path in answer.paths]
    assert crossed == sorted(crossed, reverse=True)
