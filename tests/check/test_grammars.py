"""The two small grammars of the tables: gates and conditions."""

from __future__ import annotations

import pytest

from moagraph.check.conditions import parse_condition
from moagraph.check.gates import Term, parse_requires


def test_or_binds_tighter_than_and() -> None:
    """`A|B,C` is (A or B) and C; `!` belongs to its own term."""
    assert parse_requires("moa:a|!moa:b,moa:c") == (
        (Term("moa:a", False), Term("moa:b", True)),
        (Term("moa:c", False),),
    )
    assert parse_requires("") == ()


@pytest.mark.parametrize("text", ["moa:a||moa:b", ",moa:a", "!", "!!moa:a", "(moa:a)", "a", " "])
def test_a_gate_that_cannot_be_read_is_refused(text: str) -> None:
    """Empty terms, lone marks, brackets and words that are no ids."""
    with pytest.raises(ValueError, match=r"term|id|blank"):
        parse_requires(text)


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ("crcl 30..60 mL/min", "30", True),
        ("crcl 30..60 mL/min", "60", True),
        ("crcl 30..<60 mL/min", "60", False),
        ("crcl <30 mL/min", "29.9", True),
        ("crcl >=50 mL/min", "50", True),
        ("crcl >50 mL/min", "50", False),
        ("dialysis yes", "YES", True),
        ("dialysis no", "yes", False),
        ("child_pugh B", "b", True),
        ("crcl 30..60 mL/min", "about 40", False),
    ],
)
def test_a_condition_tells_whether_a_value_fits(condition: str, value: str, holds: bool) -> None:
    """Bounds are included unless written otherwise."""
    (part,) = parse_condition(condition)
    assert part.holds(value) is holds


@pytest.mark.parametrize(
    "text", ["normal renal function", "crcl 60..30", "crcl between 30 and 60", "40 % or more", ";"]
)
def test_words_are_no_condition(text: str) -> None:
    """What cannot be compared belongs into another column."""
    with pytest.raises(ValueError, match=r"parameter|cross"):
        parse_condition(text)


def test_the_parts_of_a_condition_are_joined_by_semicolons() -> None:
    """All parts must hold; the unit is kept."""
    parts = parse_condition("crcl >=30 mL/min; dialysis no")
    assert [(p.parameter, p.unit, p.level) for p in parts] == [
        ("crcl", "mL/min", ""),
        ("dialysis", "", "no"),
    ]
