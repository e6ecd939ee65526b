"""The engine's word on a query it cannot parse, made readable."""

from __future__ import annotations

import re

from moagraph.sparql.faults import QueryFault, fault, place_of
from moagraph.sparql.tokens import tokens

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_SAID = (
    ("Prefix not found", "this prefix is not declared"),
    (
        "The SELECT contains a variable that is unbound",
        "SELECT names a variable that is neither grouped by nor aggregated",
    ),
    ("Duplicated variable name in SELECT", "SELECT names a variable twice"),
)
_NO_MORE = re.compile(r'"[^"]*"|\'[^\']*\'|\[[^\]]*\]')


def explained(text: str, message: str) -> QueryFault:
    """Return a fault with the place and, in our words, the cause that the engine gives."""
    match = _PLACE.match(message)
    if match is None:
        return QueryFault(message.partition("\n")[0])
    place = place_of(text, int(match.group(1)), int(match.group(2)))
    for theirs, ours in _SAID:
        if theirs in match.group(3):
            return fault(text, place, ours)
    found = next((t for t in tokens(text) if t.start + len(t.text) > place), None)
    if found is None:
        return fault(text, len(text.rstrip()), "the query ends too early")
    if message_is_plain(match.group(3)):
        return fault(text, found.start, match.group(3))
    return fault(text, found.start, f"{found.text!r} is not expected here")


def message_is_plain(expected: str) -> bool:
    """Tell whether the engine says a sentence and not a list of what it would have taken."""
    return " " in expected and not _NO_MORE.search(expected)
