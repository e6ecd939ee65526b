"""What is said of the bound is true: where it cut nothing off, there is no longer path."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

import tests.vectors_support as support
from moagraph.dataset import open as open_dataset
from moagraph.dataset import write
from moagraph.dataset.imported import imported_tables
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.paths import paths
from moagraph.mechanism.question import Question
from tests import strategies
from tests.mechanism.small import claim, graph, slug
from tests.oracle_engine import drawn


def long_way() -> KnowledgeBase:
    """Return a graph with a way of one step and one of seven."""
    names = ["a", *(f"x{n}" for n in range(6)), "b"]
    kinds = {"a": "drug", "b": "disease", **dict.fromkeys(names[1:-1], "protein")}
    texts = ["a increases b", *(f"{one} increases {two}" for one, two in pairwise(names))]
    return graph(kinds, [claim(f"c{n}", text) for n, text in enumerate(texts)])


@pytest.mark.parametrize("form", ["tables", "compiled"])
@pytest.mark.parametrize("metapath", ["", "drug > ... > disease"])
def test_a_far_longer_way_is_cut_off(form: str, metapath: str, tmp_path: Path) -> None:
    kb = long_way()
    if form == "compiled":
        write(imported_tables(kb.tables, name=kb.name, version=kb.version), tmp_path / "d")
        kb = open_dataset(tmp_path / "d")
    for length in range(1, 10):
        question = Question(slug("a"), slug("b"), max_length=length, metapath=metapath)
        search = paths(kb, question)
        assert len(list(search)) == (1 if length < 7 else 2)
        assert search.cut == (length < 7)


def test_where_nothing_is_cut_off_there_is_nothing_longer(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    told = {True: 0, False: 0}

    @drawn(150)
    @given(strategies.vectors("explain"))
    def check(vector: dict[str, object]) -> None:
        kb = KnowledgeBase(support.tables_of(vector))
        folder = tmp_path_factory.mktemp("d") / "d"
        write(imported_tables(kb.tables, name=kb.name, version=kb.version), folder)
        there = open_dataset(folder)
        question = support.question_of(vector)
        longest = len(kb.entities)
        everything = [w.ids for w in paths(kb, replace(question, max_length=longest)).all_walks()]
        for length in (1, 2, 3):
            for metapath in ("", "* > ... > *"):
                asked = replace(question, max_length=length, metapath=metapath)
                ours, theirs = paths(kb, asked), paths(there, asked)
                found = [w.ids for w in ours.all_walks()]
                assert [w.ids for w in theirs.all_walks()] == found
                assert theirs.cut == ours.cut
                assert ours.cut or len(found) == len(everything)
                told[ours.cut] += 1

    check()
    assert min(told.values()) > 20
