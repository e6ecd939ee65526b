"""The grammar of `requires`.

`|` binds tighter than `,`: `A|B,C` is (A or B) and C. `!` belongs to its own term. A value is
a tuple of groups that must all hold; a group holds if one of its terms does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Term(NamedTuple):
    """One entity of a gate; `negated` terms hold while the entity is not raised."""

    entity: str
    negated: bool = False

    def __str__(self) -> str:
        return f"!{self.entity}" if self.negated else self.entity


Group = tuple[Term, ...]


@lru_cache(maxsize=4096)
def parse_requires(text: str) -> tuple[Group, ...]:
    """Return the groups of a `requires` cell; empty parts are ignored."""
    groups: list[Group] = []
    for part in text.split(","):
        terms = tuple(_term(word.strip()) for word in part.split("|") if word.strip())
        if terms:
            groups.append(terms)
    return tuple(groups)


def _term(word: str) -> Term:
    if word.startswith("!"):
        return Term(word[1:].strip(), True)
    return Term(word)
