"""The condition of a fact: bounds on named parameters, all of which must hold.

Grammar: terms joined by `;`. A term is `parameter low..high unit` (both ends included),
`parameter <x unit` with `<`, `<=`, `>`, `>=` or `=`, or `parameter word` (`dialysis yes`).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from moagraph.errors import QuestionError

_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_RANGE = re.compile(
    rf"^(?P<name>\S+)\s+(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})(?:\s+(?P<unit>.+))?$"
)
_BOUND = re.compile(
    rf"^(?P<name>\S+)\s+(?P<op><=|>=|<|>|=)\s*(?P<value>{_NUMBER})(?:\s+(?P<unit>.+))?$"
)
_WORD = re.compile(r"^(?P<name>\S+)\s+(?P<word>.+)$")

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


class Term(NamedTuple):
    """One term: the parameter, a test of a value, and the words it was written in."""

    parameter: str
    holds: Callable[[str], bool]
    text: str
    unit: str = ""


def parse_condition(text: str) -> list[Term]:
    """Parse a condition into its terms, all of which must hold.

    Raises:
        ValueError: a term does not fit the grammar; the message shows it.
    """
    return [_parse_term(part.strip()) for part in text.split(";") if part.strip()]


def _parse_term(text: str) -> Term:
    match = _RANGE.match(text)
    if match:
        low, high = float(match["low"]), float(match["high"])
        if low > high:
            raise ValueError(f"bounds in the wrong order: {text!r}")

        def between(value: str) -> bool:
            return low <= _number(value) <= high

        return Term(match["name"].casefold(), between, text, match["unit"] or "")
    match = _BOUND.match(text)
    if match:
        compare, bound = _OPERATORS[match["op"]], float(match["value"])

        def bounded(value: str) -> bool:
            return compare(_number(value), bound)

        return Term(match["name"].casefold(), bounded, text, match["unit"] or "")
    match = _WORD.match(text)
    if match:
        word = match["word"].casefold()

        def same(value: str) -> bool:
            return value.casefold() == word

        return Term(match["name"].casefold(), same, text)
    raise ValueError(f"not a condition: {text!r}")


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return float("nan")


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


def holds(condition: str, at: Mapping[str, str]) -> bool | None:
    """Tell whether a condition holds at given values.

    Returns:
        True or False if every term about a given parameter holds or one does not; None if
        the condition says nothing of any given parameter.
    """
    verdicts = [t.holds(at[t.parameter]) for t in _terms(condition) if t.parameter in at]
    return all(verdicts) if verdicts else None


def _terms(condition: str) -> list[Term]:
    try:
        return parse_condition(condition)
    except ValueError:
        return []
