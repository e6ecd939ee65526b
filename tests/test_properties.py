"""What must hold of any graph, whatever is claimed in it."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from moagraph.vocabulary import product
from tests import strategies
from tests.oracle import evaluate, normal
from tests.oracle_engine import ask, drawn, paths

Vector = dict[str, Any]
REMOVABLE = [*strategies.PROTEINS, *strategies.FEATURES.values(), strategies.COMPLEX]
REMOVABLE += [strategies.LIGASE, strategies.PROCESS, *strategies.STATES]


def asked(vector: Vector, **more: Any) -> Vector:
    """Return a vector with a question that says more."""
    return {**vector, "question": {**vector["question"], **more}}


def may_be_added(vector: Vector, ids: tuple[str, ...], removed: str) -> bool:
    """Tell whether a path has what a removal may open: `!X`, a passage, a complete loss."""
    claims = {a["id"]: a for a in vector["graph"]["assertions"]}
    losses = {s["id"] for s in vector["graph"]["states"] if f"!{removed}" in s["brought_by"]}
    here = vector["question"]["a"]
    for one in ids:
        gate = claims[one].get("requires", "")
        if claims[one]["subject"] != here or "!" in gate or any(s in gate for s in losses):
            return True
        here = claims[one]["object"]
    # A path may end with a passage to the complex that was asked for.
    return bool(here == strategies.COMPLEX or here != vector["question"]["b"])


@drawn(120)
@given(strategies.vectors("explain"), st.sampled_from(REMOVABLE))
def test_a_removal_only_removes(vector: Vector, removed: str) -> None:
    """A removal adds a path only through `!X`, a lost alternative or a complete loss."""
    vector["question"].pop("with", None)
    vector["question"].pop("without", None)
    assume(vector["question"]["a"] != removed)
    before, _ = ask(vector)
    after, _ = ask(asked(vector, without=[removed]))
    for added in paths(after) - paths(before):
        assert may_be_added(vector, added, removed), f"{added} in {json.dumps(vector)}"


@drawn(120)
@given(strategies.vectors("explain"))
def test_every_shown_path_fires(vector: Vector) -> None:
    """No path is shown that the oracle does not fire."""
    answer, _ = ask(vector)
    fired = {tuple(p["steps"]) for p in evaluate(vector)["paths"]}
    assert paths(answer) <= fired, json.dumps(vector)


@drawn(80)
@given(strategies.vectors("explain"))
def test_the_unrelated_changes_nothing(vector: Vector) -> None:
    """An entity with claims of its own, joined to nothing, leaves the answer as it was."""
    more = copy.deepcopy(vector)
    for name in ("moa:far", "moa:further"):
        more["graph"]["entities"].append({"id": name, "label": name[4:], "kind": "protein"})
    more["graph"]["assertions"].append(
        {
            "id": "far-raises-further",
            "subject": "moa:far",
            "relation": "increases",
            "object": "moa:further",
            "kind": "mechanism",
            "polarity": "asserted",
        }
    )
    assert _core(ask(more)[0]) == _core(ask(vector)[0]), json.dumps(vector)


@drawn(120)
@given(strategies.vectors("explain"))
def test_the_sign_is_the_product(vector: Vector) -> None:
    """The sign of a path is the product over its steps, from how the start moves."""
    answer, _ = ask(vector)
    question = vector["question"]
    removed = question["a"] in question.get("without", []) and question["a"] != strategies.DRUG
    start = -1 if removed else 1
    for path in answer["paths"]:
        signs = (start, *(step["sign"] for step in path["steps"]))
        assert path["sign"] == product(signs), json.dumps(vector)


@drawn(80)
@given(strategies.vectors("explain"), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(vector: Vector, random: Random) -> None:
    """Tables in another order give the same answer."""
    mixed = copy.deepcopy(vector)
    for rows in mixed["graph"].values():
        random.shuffle(rows)
    assert _core(ask(mixed)[0]) == _core(ask(vector)[0]), json.dumps(vector)


def _core(answer: dict[str, Any]) -> Any:
    shown = {k: answer[k] for k in ("verdict", "agreement", "groups", "disputed", "narrower")}
    shown["paths"] = [(list(ids),) for ids in sorted(paths(answer))]
    shown["signs"] = sorted(str(p["sign"]) for p in answer["paths"])
    shown["reasons"] = [(r["code"], r["what"]) for r in answer["reasons"]]
    return normal(shown)
