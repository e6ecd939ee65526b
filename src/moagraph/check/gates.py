"""The grammar of `requires`: `,` is AND, `|` is OR and binds tighter, `!X` is absence of X."""

from __future__ import annotations

from typing import NamedTuple

from moagraph.identifiers import CURIE_PATTERN


class Term(NamedTuple):
    """One term of a gate: an entity, or its absence."""

    id: str
    absent: bool


def parse_requires(text: str) -> tuple[tuple[Term, ...], ...]:
    """Return the groups of a gate: all must hold, of each group one term.

    Raises:
        ValueError: the text does not follow the grammar; the message says where.
    """
    if not text:
        return ()
    return tuple(tuple(_term(part) for part in group.split("|")) for group in text.split(","))


def _term(part: str) -> Term:
    text = part.strip()
    absent = text.startswith("!")
    name = text[1:] if absent else text
    if not text:
        raise ValueError("a term is empty")
    if not name or name.startswith("!"):
        raise ValueError(f"a `!` in {text!r} has no id of its own")
    if any(c in name for c in "() \t"):
        raise ValueError(f"{name!r} holds a blank or a bracket")
    if not CURIE_PATTERN.match(name):
        raise ValueError(f"{name!r} is not an id")
    return Term(name, absent)
