"""On random small hypergraphs the engine and a brute-force reading of the text agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.explain import explain
from moagraph.mechanism.paths import paths
from moagraph.mechanism.question import Question
from moagraph.mechanism.whatif import whatif
from tests import vectors_support as support
from tests.mechanism.naive import SIGN, World

PROTEINS = ["moa:p0", "moa:p1", "moa:p2", "moa:p3"]
NODES = [*PROTEINS, "moa:cx", "moa:x"]
CELLS = ["moa:cell", "moa:t", "moa:b"]
DISEASES = ["moa:neo", "moa:mm"]
FEATURE = "moa:f"
STATE = "moa:s"
ENTITIES = [
    {"id": "moa:drug", "label": "drug", "kind": "drug"},
    {"id": "moa:p0", "label": "p0", "kind": "protein", "members": [FEATURE]},
    *({"id": p, "label": p, "kind": "protein"} for p in PROTEINS[1:]),
    {"id": "moa:cx", "label": "cx", "kind": "complex", "members": ["moa:p1", "moa:p2"]},
    {"id": "moa:m", "label": "m", "kind": "complex", "members": ["moa:p2", "moa:p3"]},
    {"id": "moa:x", "label": "x", "kind": "process"},
    {"id": FEATURE, "label": "f", "kind": "feature"},
    {"id": STATE, "label": "s", "kind": "state"},
    {"id": "moa:cell", "label": "cell", "kind": "cell"},
    {"id": "moa:t", "label": "t", "kind": "cell", "parents": ["moa:cell"]},
    {"id": "moa:b", "label": "b", "kind": "cell", "parents": ["moa:cell"]},
    {"id": "moa:neo", "label": "neo", "kind": "disease"},
    {"id": "moa:mm", "label": "mm", "kind": "disease", "parents": ["moa:neo"]},
]
GATES = [*[""] * 6, "moa:s", "!moa:s", "moa:p3", "moa:f", "moa:s|moa:p2,moa:p3", "!moa:s|moa:f"]
STANCES = [["supports"], ["supports"], ["supports"], ["supports", "refutes"], ["refutes"], []]


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    """One claim between nodes, with whatever a claim can have."""
    subject = draw(st.sampled_from(["moa:drug", "moa:drug", *NODES]))
    end = draw(st.sampled_from([*NODES, *DISEASES]))
    transfer = draw(st.sampled_from(["", "", "", "secreted"]))
    return {
        "subject": subject,
        "relation": draw(st.sampled_from([r for r in SIGN if r not in ("sustains", "restrains")])),
        "object": end,
        "kind": "mechanism",
        "polarity": draw(st.sampled_from(["asserted"] * 6 + ["negated"])),
        "via": draw(st.sampled_from(["", "", "moa:m"])),
        "requires": draw(st.sampled_from(GATES)),
        "cell": draw(st.sampled_from(["", "", "", "", "", *CELLS])),
        "disease": draw(st.sampled_from(["", "", "", "", *DISEASES])),
        "transfer": transfer,
        "object_cell": draw(st.sampled_from(["", *CELLS])) if transfer else "",
        "stances": draw(st.sampled_from(STANCES)),
    }


@st.composite
def vectors(draw: st.DrawFn) -> dict[str, Any]:
    """A graph and a question."""
    rows = draw(st.lists(claims(), min_size=6, max_size=18))
    rows = [r for r in rows if r["subject"] != r["object"]]
    evidence: list[dict[str, str]] = []
    for number, row in enumerate(rows):
        row["id"] = f"a{number}"
        for stance in row.pop("stances"):
            evidence.append({"id": f"e{len(evidence)}", "about": row["id"], "stance": stance})
    parts = [("moa:m", 1, "moa:p0"), ("moa:m", 2, "moa:f"), ("moa:m", 3, "moa:p2")]
    parts += [("moa:m", 3, "moa:p3"), ("moa:cx", 1, "moa:p1")]
    groups = draw(st.sampled_from(["", "g"]))
    machines = [
        {
            "machine": machine,
            "phase": phase,
            "participant": name,
            "alternative_group": groups if phase == 3 else "",
            "strength": draw(st.sampled_from(["essential", "essential", "supportive"])),
        }
        for machine, phase, name in parts
    ]
    if groups:
        for row in machines:
            row["strength"] = "essential" if row["phase"] == 3 else row["strength"]
    brought = draw(st.sampled_from([[], ["moa:t"], ["moa:neo"], ["!moa:p1"]]))
    names = st.sampled_from([*PROTEINS, STATE, FEATURE, "moa:m"])
    question = {
        "op": "explain",
        "a": draw(st.sampled_from(["moa:drug", "moa:drug", "moa:p1"])),
        "b": draw(st.sampled_from(["moa:x", "moa:mm", "moa:neo", "moa:cx"])),
        "cell": draw(st.sampled_from(["", "", *CELLS])),
        "without": draw(st.lists(names, max_size=2, unique=True)),
        "state": draw(st.sampled_from([[], [], [STATE]])),
        "max_length": draw(st.sampled_from([2, 8])),
    }
    graph = {
        "entities": ENTITIES,
        "machines": machines,
        "states": [{"id": STATE, "brought_by": brought}],
        "assertions": rows,
        "evidence": evidence,
    }
    return {"graph": graph, "question": question}


def key(ids: list[str], passages: list[tuple[int, str, str]]) -> tuple[str, ...]:
    """Return steps and passages in one line, as the naive reading writes them."""
    found: list[str] = []
    for number in range(len(ids) + 1):
        found += [ids[number - 1]] if number else []
        found += [f"{component}>{complex_}" for at, component, complex_ in passages if at == number]
    return tuple(found)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(vectors())
def test_engine_equals_brute_force(vector: dict[str, Any]) -> None:
    """Paths, signs, phases, cells and the verdict are the same."""
    kb = KnowledgeBase(support.tables_of(vector))
    question = support.question_of(vector)
    answer = explain(kb, question)
    world = World(vector["graph"], vector["question"])
    wanted = {
        ids: ("unknown" if p["sign"] is None else p["sign"], p["cell"], p["phases"])
        for ids, p in world.paths().items()
    }
    got = {
        key(
            [s.id for s in path.steps],
            [(p.after, p.component.id, p.complex.id) for p in path.passages],
        ): (
            path.sign,
            path.cell.id if path.cell else "",
            {s.id: [p.number for p in s.phases if p.reached] for s in path.steps},
        )
        for path in answer.paths
    }
    assert got == wanted
    assert len(got) == len(answer.paths)
    verdict = world.verdict()
    if verdict:
        assert answer.verdict == verdict
    else:
        assert answer.verdict in ("none", "shown_not")
        assert answer.reasons


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(vectors())
def test_paths_come_shortest_first(vector: dict[str, Any]) -> None:
    """The lazy search yields the same paths as explain, by length."""
    kb = KnowledgeBase(support.tables_of(vector))
    question: Question = support.question_of(vector)
    lengths = [path.length for path in paths(kb, question)]
    assert lengths == sorted(lengths)
    assert len(lengths) == len(explain(kb, question).paths)


def lets_nothing_through(vector: dict[str, Any]) -> None:
    """Take from a graph all by which a removal may add an effect."""
    for row in vector["graph"]["assertions"]:
        row["requires"] = "" if "!" in row["requires"] else row["requires"]
    for row in vector["graph"]["machines"]:
        row["alternative_group"] = ""
    for row in vector["graph"]["states"]:
        row["brought_by"] = [item for item in row["brought_by"] if item[0] != "!"]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(vectors(), st.sampled_from([*PROTEINS[1:], STATE, FEATURE, "moa:m"]))
def test_a_removal_adds_nothing_unless_something_lets_it(
    vector: dict[str, Any], removed: str
) -> None:
    """Without `!X`, alternatives and complete loss, the paths after are among those before."""
    lets_nothing_through(vector)
    vector["question"]["a"] = "moa:drug"
    kb = KnowledgeBase(support.tables_of(vector))
    before = replace(support.question_of(vector), without=(), state=())
    after = replace(before, without=(removed,))
    old = {path.records for path in paths(kb, before)}
    new = {path.records for path in paths(kb, after)}
    assert new <= old
    assert not whatif(kb, after).lifted


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(vectors(), st.sampled_from([*PROTEINS[1:], STATE, FEATURE, "moa:m"]))
def test_what_is_lifted_names_what_let_it_through(vector: dict[str, Any], removed: str) -> None:
    """Lost effects name what broke them, lifted ones what let them through."""
    vector["question"]["a"] = "moa:drug"
    kb = KnowledgeBase(support.tables_of(vector))
    question = replace(support.question_of(vector), b="", without=(removed,), state=())
    answer = whatif(kb, question)
    assert all(effect.broken_by for effect in answer.lost)
    assert all(effect.let_through_by for effect in answer.lifted)
