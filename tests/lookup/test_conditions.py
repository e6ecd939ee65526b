"""Conditions of facts: the grammar, and what holds at a value."""

from __future__ import annotations

import pytest

from moagraph.errors import QuestionError
from moagraph.lookup.conditions import holds, parse_at


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        ("crcl 30..60 mL/min", "40", True),
        ("crcl 30..60 mL/min", "60", True),
        ("crcl 30..60 mL/min", "61", False),
        ("crcl <30 mL/min", "30", False),
        ("crcl <30 mL/min", "29.9", True),
        ("crcl >=30 mL/min; crcl <50 mL/min", "55", False),
        ("crcl >=30 mL/min; crcl <50 mL/min", "40", True),
        ("dialysis yes", "40", None),
        ("", "40", None),
        ("crcl <30 mL/min; dialysis no", "20", True),
        ("crcl 30..60 mL/min", "forty", False),
    ],
)
def test_holds(condition: str, value: str, expected: bool | None) -> None:
    assert holds(condition, {"crcl": value}) is expected


def test_words_are_compared_without_case() -> None:
    assert holds("dialysis yes", {"dialysis": "YES"}) is True


def test_settings_of_a_question() -> None:
    assert parse_at(("crcl=40", " Dialysis = no")) == {"crcl": "40", "dialysis": "no"}
    with pytest.raises(QuestionError, match="PARAMETER=VALUE"):
        parse_at(("crcl",))
