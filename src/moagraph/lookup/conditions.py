"""Which facts hold at given values of parameters: `--at crcl=40`.

The grammar of conditions is that of `moagraph.check.conditions`.
"""

from __future__ import annotations

from collections.abc import Mapping

from moagraph.check.conditions import Condition, parse_condition
from moagraph.errors import QuestionError


def parse_at(settings: tuple[str, ...]) -> dict[str, str]:
    """Parse `parameter=value` settings of a question.

    Raises:
        QuestionError: a setting is not of that form.
    """
    result: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise QuestionError(f"--at takes PARAMETER=VALUE, for example crcl=40; got {setting!r}")
        result[name.strip().casefold()] = value.strip()
    return result


def terms(condition: str) -> tuple[Condition, ...]:
    """Return the terms of a condition, none if it does not follow the grammar."""
    try:
        return parse_condition(condition)
    except ValueError:
        return ()


def holds(condition: str, at: Mapping[str, str]) -> bool | None:
    """Tell whether a condition holds at given values.

    Returns:
        True or False if every term about a given parameter holds or one does not; None if
        the condition says nothing of any given parameter.
    """
    verdicts = [
        term.holds(at[term.parameter.casefold()])
        for term in terms(condition)
        if term.parameter.casefold() in at
    ]
    return all(verdicts) if verdicts else None
