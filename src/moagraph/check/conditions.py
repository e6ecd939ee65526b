"""The grammar of `condition` in facts: parameters with bounds, joined by `;`, all must hold.

    crcl 30..60 mL/min        both bounds, both included
    crcl 30..<60 mL/min       both bounds, the upper excluded
    crcl >=50 mL/min          one bound: < <= > >= =
    dialysis yes              a circumstance: yes or no
    child_pugh A              a class by its letter

A parameter is one word, as in `--at crcl=40`.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

_NAME = r"(?P<name>[A-Za-z][\w.-]*)"
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_UNIT = r"(?:\s+(?P<unit>\S.*))?"
_RANGE = re.compile(rf"{_NAME}\s+(?P<low>{_NUMBER})\.\.(?P<open><?)(?P<high>{_NUMBER}){_UNIT}")
_BOUND = re.compile(rf"{_NAME}\s+(?P<op><=|>=|<|>|=)\s*(?P<value>{_NUMBER}){_UNIT}")
_LEVEL = re.compile(rf"{_NAME}\s+(?P<level>yes|no|[A-Z])")


class Condition(NamedTuple):
    """One parameter and where it must lie; `level` is set where that is no number."""

    parameter: str
    low: Decimal | None = None
    high: Decimal | None = None
    low_included: bool = True
    high_included: bool = True
    unit: str = ""
    level: str = ""

    def holds(self, value: str) -> bool:
        """Tell whether a value, as a person typed it, fulfils the condition."""
        if self.level:
            return value.strip().casefold() == self.level.casefold()
        if not is_number(value):
            return False
        number = Decimal(value.strip())
        above = self.low is None or number > self.low or (self.low_included and number == self.low)
        below = (
            self.high is None or number < self.high or (self.high_included and number == self.high)
        )
        return above and below


def is_number(value: str) -> bool:
    """Tell whether a value, as a person typed it, is a number that can be compared."""
    try:
        return Decimal(value.strip()).is_finite()
    except InvalidOperation:
        return False


def parse_condition(text: str) -> tuple[Condition, ...]:
    """Return the parameters of a condition, all of which must hold.

    Raises:
        ValueError: a part follows none of the forms, or its bounds cross.
    """
    return tuple(_part(part.strip()) for part in text.split(";")) if text else ()


def _part(part: str) -> Condition:
    if match := _LEVEL.fullmatch(part):
        return Condition(match["name"], level=match["level"])
    if match := _RANGE.fullmatch(part):
        low, high = Decimal(match["low"]), Decimal(match["high"])
        if low > high:
            raise ValueError(f"the bounds of {part!r} cross")
        closed = not match["open"]
        return Condition(match["name"], low, high, high_included=closed, unit=match["unit"] or "")
    if match := _BOUND.fullmatch(part):
        return _bound(match["name"], match["op"], Decimal(match["value"]), match["unit"] or "")
    raise ValueError(f"{part!r} is not a parameter with its bounds")


def _bound(name: str, op: str, value: Decimal, unit: str) -> Condition:
    if op == "=":
        return Condition(name, value, value, unit=unit)
    if op.startswith("<"):
        return Condition(name, None, value, high_included=op == "<=", unit=unit)
    return Condition(name, value, None, low_included=op == ">=", unit=unit)
