"""The table of link keys agrees with the vocabulary, and newer spellings lead to its keys."""

from __future__ import annotations

import re

import pytest

from moagraph.foreign.polarity import table
from moagraph.formats.drugmechdb.link_keys import by_key, rows, spelled_key
from moagraph.relations import LOOSE_RELATIONS, RELATIONS
from moagraph.vocabulary import ASSERTION_KINDS

SIGNS = {"+1": 1, "-1": -1, "unknown": "unknown", "none": "none"}
GONE_FROM_BIOLINK = frozenset(
    {
        "affects risk for",
        "ameliorates",
        "contraindicated for",
        "decreases abundance of",
        "decreases activity of",
        "decreases expression of",
        "decreases response to",
        "decreases synthesis of",
        "decreases uptake of",
        "directly interacts with",
        "exacerbates",
        "increases abundance of",
        "increases activity of",
        "increases degradation of",
        "increases expression of",
        "increases response to",
        "increases stability of",
        "increases transport of",
        "molecularly interacts with",
        "negatively regulates",
        "positively regulates",
        "predisposes",
        "prevents",
    }
)


def test_each_of_the_67_keys_has_one_row_and_no_other_has() -> None:
    """The keys that DrugMechDB's own table lists, and the plain `affects` of newer records."""
    ours = [row.key for row in rows() if row.subject == "any"]
    assert len(ours) == len(set(ours)) == 68
    assert set(ours) - set(table()) == {"affects"}
    assert set(table()) <= set(ours)
    assert {row.subject for row in rows()} == {"any", "chemical"}


@pytest.mark.parametrize("row", rows(), ids=lambda r: f"{r.key}/{r.subject}")
def test_a_row_says_what_the_vocabulary_says(row: object) -> None:
    """Relation, sign, kind and direction are words of ours; a reason is given."""
    from moagraph.formats.drugmechdb.link_keys import LinkKey

    assert isinstance(row, LinkKey)
    assert SIGNS[row.sign] == RELATIONS[row.relation].sign
    assert row.kind in ASSERTION_KINDS
    assert row.direction in ("forward", "reverse")
    assert row.reason.endswith(".")
    assert not row.biolink or re.fullmatch(r"biolink:[a-z_]+", row.biolink)


def test_signs_never_contradict_those_of_drugmechdb() -> None:
    """Where both give a sign it is the same; where theirs is none, so is ours."""
    for row in rows():
        theirs = table()[row.key].sign if row.key in table() else 0
        if row.kind != "mechanism":
            continue
        assert SIGNS[row.sign] in (theirs, "unknown"), row.key


def test_what_has_no_sign_is_walked_without_one() -> None:
    """Unsigned keys are steps of unknown sign; correlation never has a sign here."""
    for row in rows():
        if row.kind == "mechanism" and row.sign not in ("+1", "-1"):
            assert row.sign == "unknown"
        if "correlated" in row.key:
            assert row.relation in LOOSE_RELATIONS


def test_reverse_keys_are_those_whose_cause_is_the_target() -> None:
    """The passive forms, and the derived thing that comes first."""
    found = {row.key for row in rows() if row.reverse}
    assert found == {
        "affected by",
        "caused by",
        "derives from",
        "disrupted by",
        "is metabolite of",
        "produced by",
    }


def test_a_drug_on_a_condition_is_no_step() -> None:
    """`treats` by a drug is an outcome, its kin observations; by a process they are steps."""
    assert by_key()["treats", True].kind == "outcome"
    assert by_key()["treats", False].relation == "restrains"
    for key in ("prevents", "ameliorates", "exacerbates", "predisposes"):
        assert by_key()[key, True].kind == "observation"
        assert by_key()[key, False].kind == "mechanism"
    assert by_key()["causes", True] == by_key()["causes", False]


def test_23_keys_are_no_predicates_of_biolink_4_4_4() -> None:
    """Each of the others is the predicate that it spells."""
    plain = [row for row in rows() if row.subject == "any"]
    assert {row.key for row in plain if not row.in_biolink} == GONE_FROM_BIOLINK
    assert all(row.current == row.key for row in plain if row.in_biolink)


@pytest.mark.parametrize(
    ("key", "aspect", "direction", "plain"),
    [
        ("decreases activity of", "", "", "decreases activity of"),
        ("DECREASES ACTIVITY OF", "", "", "decreases activity of"),
        ("biolink:positively_correlated_with", "", "", "positively correlated with"),
        ("affects", "", "", "affects"),
        ("affects", "activity", "decreased", "decreases activity of"),
        ("affects", "degradation", "increased", "increases degradation of"),
        ("affects", "abundance", "Upregulated", "increases abundance of"),
        ("affects", "", "decreased", "negatively regulates"),
        ("affects", "activity_or_abundance", "increased", "positively regulates"),
        ("regulates", "", "downregulated", "negatively regulates"),
        ("regulates", "", "", "regulates"),
        ("ameliorates condition", "", "", "ameliorates"),
        ("preventative for condition", "", "", "prevents"),
        ("contraindicated in", "", "", "contraindicated for"),
        ("affects", "colour", "increased", ""),
        ("frobs", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_key_is_read_in_both_forms(key: str, aspect: str, direction: str, plain: str) -> None:
    """Plain, in the site's capitals, and as Biolink 4.4.4 spells it."""
    assert spelled_key(key, aspect, direction) == plain
