"""Numbers, conditions and dates read as what they are meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moagraph.check.book import Book, fault, short
from moagraph.check.conditions import parse_condition
from moagraph.findings import Finding
from moagraph.records import Fact, Quantity
from moagraph.tables import TABLES

COMPARISONS = ("=", "<", ">", "~", "<=", ">=")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_RANGE = re.compile(rf"{_NUMBER.pattern}-{_NUMBER.pattern}")
_DOSE = re.compile(r"\d\s*([pnum]?M|([num]|k)?g(/\w+)?)\b")
_TIME = re.compile(r"[\d.-]+\s*(s|min|h|d|days?|weeks?|months?)")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def is_number(text: str) -> bool:
    """Tell whether a text is a plain number: no blanks, thousands or units."""
    return _NUMBER.fullmatch(text) is not None


def check_values(book: Book) -> Iterator[Finding]:
    """Find values, bounds, conditions and dates that cannot be read."""
    for quantity in book.tables.quantities:
        yield from _quantity(quantity)
    for fact in book.tables.facts:
        yield from _bounds(fact)
        try:
            parse_condition(fact.condition)
        except ValueError as error:
            yield fault("fact-condition", fact, "condition", f"condition: {error}")
        if fact.date and not _DATE.fullmatch(fact.date):
            yield fault("bad-date", fact, "date", f"{short(fact.date)} is no date")
    for source in book.tables.sources:
        for column in ("year", "retrieved"):
            value = getattr(source, column)
            if value and not _DATE.fullmatch(value):
                yield fault("bad-date", source, column, f"{short(value)} is no date")
    yield from _spaces(book)


def _quantity(quantity: Quantity) -> Iterator[Finding]:
    if quantity.relation not in COMPARISONS:
        message = f"{short(quantity.relation)} is no comparison"
        yield fault("quantity-value", quantity, "relation", message)
    if quantity.unit and not (is_number(quantity.value) or _RANGE.fullmatch(quantity.value)):
        message = f"{short(quantity.value)} {quantity.unit} is no number"
        yield fault("quantity-value", quantity, "value", message)
    if _DOSE.search(quantity.time):
        message = f"time {short(quantity.time)} reads as a dose"
        yield fault("quantity-value", quantity, "time", message)
    if _TIME.fullmatch(quantity.concentration):
        message = f"concentration {short(quantity.concentration)} reads as a time"
        yield fault("quantity-value", quantity, "concentration", message)


def _bounds(fact: Fact) -> Iterator[Finding]:
    if not (fact.value or fact.low or fact.high):
        yield fault("fact-bounds", fact, "value", f"{fact.id} has neither value nor bounds")
    for column in ("low", "high"):
        value = getattr(fact, column)
        if value and not is_number(value):
            yield fault("fact-bounds", fact, column, f"{column} {short(value)} is no number")
            return
    if fact.low and fact.high and float(fact.low) > float(fact.high):
        yield fault("fact-bounds", fact, "low", f"low {fact.low} lies above high {fact.high}")


def _spaces(book: Book) -> Iterator[Finding]:
    for table in TABLES:
        for row in getattr(book.tables, table.name):
            for column in table.columns:
                value = getattr(row, column)
                if isinstance(value, str) and (value != value.strip() or "  " in value):
                    yield fault("stray-space", row, column, f"{column}: {short(value)}")
