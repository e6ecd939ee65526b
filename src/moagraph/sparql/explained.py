"""The engine's word on a query it cannot parse, made readable."""

from __future__ import annotations

import re
from itertools import pairwise

from moagraph.sparql.faults import QueryFault, fault, place_of
from moagraph.sparql.tokens import Token, tokens

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
    read = tokens(text)
    seen = _misplaced(read)
    if seen is not None:
        return fault(text, seen[0].start, seen[1])
    found = next((t for t in read if t.start + len(t.text) > place), None)
    if found is None:
        message = "the query is not whole: it ends too early, or a part before this is wanting"
        return fault(text, len(text.rstrip()), message)
    if message_is_plain(match.group(3)):
        return fault(text, found.start, match.group(3))
    return fault(text, found.start, f"{found.text!r} is not expected here")


def _misplaced(read: list[Token]) -> tuple[Token, str] | None:
    """Return the first token that a common slip has put in its place, and what should be there.

    The engine reports the furthest place it got to, which for these is far from the slip.
    """
    for token, after in zip(read, [*read[1:], Token("end", "", 0)], strict=True):
        word, next_ = token.text.upper(), after.text.upper()
        if token.kind == "sign":
            if token.text == after.text == ".":
                return after, "two full stops in a row"
        elif token.kind != "word":
            continue
        elif word == "FILTER" and after.kind in ("variable", "number", "string", "iri"):
            return after, "FILTER wants its condition in ( )"
        elif word in ("ORDER", "GROUP") and next_ != "BY":
            return token, f"{word} wants BY after it"
        elif word in ("LIMIT", "OFFSET") and after.kind != "number":
            return token, f"{word} wants a number after it"
        elif word in ("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE") and _bare(read, token):
            return token, f"write ({word}(...) AS ?name)"
    words = [t.text.upper() for t in read]
    if "GROUP" in words and ("SELECT", "*") in pairwise(words):
        return read[words.index("*")], "SELECT * cannot stand with GROUP BY; name the variables"
    return None


def _bare(read: list[Token], token: Token) -> bool:
    """Tell whether an aggregate follows SELECT without brackets around it."""
    before = read[: read.index(token)]
    last = next((t.text.upper() for t in reversed(before) if t.kind != "variable"), "")
    return last in ("SELECT", "DISTINCT")


def message_is_plain(expected: str) -> bool:
    """Tell whether the engine says a sentence and not a list of what it would have taken."""
    return " " in expected and not _NO_MORE.search(expected)
