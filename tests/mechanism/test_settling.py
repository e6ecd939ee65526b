"""Rings and long chains of parts and states have an answer, and it is the least fixed point."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.explain import explain
from moagraph.mechanism.question import Question
from moagraph.mechanism.settling import settle
from moagraph.records import Assertion, Entity, State
from moagraph.tables import Tables

NAMES = "abcdef"
Groups = dict[str, tuple[tuple[str, ...], ...]]


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.lists(
            st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple), max_size=3
        ).map(tuple),
    ),
    st.frozensets(st.sampled_from(NAMES), max_size=2),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4),
)
def test_nothing_holds_without_a_cause(
    needs: Groups, causes: frozenset[str], asked: list[str]
) -> None:
    held = set(causes)
    for _ in NAMES:
        held |= {n for n, groups in needs.items() if any(held.issuperset(g) for g in groups)}
    known: dict[str, bool] = {}
    for name in asked:
        found = settle(name, known, causes.__contains__, lambda n: needs.get(n, ()))
        assert found == (name in held)
    assert all(value == (name in held) for name, value in known.items())


def asked(
    entities: list[Entity],
    requires: str,
    states: tuple[State, ...] = (),
    more: tuple[Assertion, ...] = (),
    **question: Any,
) -> str:
    """Return the verdict of a drug on a process whose claim has a gate."""
    ends = [Entity("moa:d", "d", kind="drug"), Entity("moa:x", "x", kind="process")]
    claim = Assertion("dx", "moa:d", "increases", "moa:x", requires=requires)
    tables = Tables(entities=(*ends, *entities), assertions=(claim, *more), states=states)
    return explain(KnowledgeBase(tables), Question("moa:d", "moa:x", **question)).verdict


def part(name: str, kind: str, *members: str) -> Entity:
    return Entity(f"moa:{name}", name, kind=kind, members=tuple(f"moa:{m}" for m in members))


@pytest.mark.parametrize(
    "kinds", [("protein", "feature"), ("protein", "protein"), ("complex",) * 2]
)
def test_a_ring_of_parts_is_there_until_one_is_removed(kinds: tuple[str, str]) -> None:
    ring = [part("p", kinds[0], "q"), part("q", kinds[1], "p")]
    for name in ("moa:p", "moa:q"):
        assert asked(ring, name) == "increases"
        assert asked(ring, name, without=("moa:p",)) == "none"
    assert asked([part("p", "protein", "p")], "moa:p") == "increases"


def test_deep_and_wide_parts_are_worked_out_once() -> None:
    chain = [part(f"c{n}", "complex", f"c{n + 1}") for n in range(3000)]
    chain.append(part("c3000", "protein"))
    assert asked(chain, "moa:c0") == "increases"
    assert asked(chain, "moa:c0", without=("moa:c3000",)) == "none"
    # 2 ** 30 ways lead from the top to the bottom.
    wide = [
        part(f"w{n}{x}", "complex", f"w{n + 1}a", f"w{n + 1}b") for n in range(30) for x in "ab"
    ]
    wide += [part("w30a", "protein"), part("w30b", "protein")]
    assert asked(wide, "moa:w0a") == "increases"
    assert asked(wide, "moa:w0a", without=("moa:w30b",)) == "none"


def test_rings_and_chains_of_states_bring_what_something_brings() -> None:
    names = [f"moa:s{n}" for n in range(2000)]
    entities = [Entity(name, name, kind="state") for name in names]
    chain = tuple(State(a, (b,)) for a, b in pairwise(names))
    ring = (*chain, State(names[-1], (names[0],)))
    for states in (chain, ring):
        assert asked(entities, names[0], states) == "none"
        assert asked(entities, names[0], states, state=(names[-1],)) == "increases"
        assert asked(entities, names[0], states, state=(names[-1],), without=(names[9],)) == "none"
