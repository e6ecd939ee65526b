"""Ids of imported claims: those given where they can be ids of ours, else readable ones."""

from __future__ import annotations

from moagraph.formats.curies import slug
from moagraph.identifiers import SLUG_PATTERN


class ClaimIds:
    """Gives each claim of one import an id of its own.

    Ids are remembered by their hash: two million of them take a few hundred megabytes less. Two
    ids of one hash, should they ever meet, only cost the later one a number.
    """

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}
        self._next: dict[int, int] = {}
        self._others: dict[int, set[int]] = {}

    def take(
        self, given: str, subject: str, relation: str, target: str, kind: str, content: int
    ) -> str:
        """Return the id of a claim; "" if a claim of that id with the same content has it."""
        name = _base(given) if given else _readable(subject, relation, target, kind)
        key = hash(name)
        if key not in self._taken:
            self._taken[key] = content
            return name
        if content in (self._taken[key], *self._others.get(key, ())):
            return ""
        self._others.setdefault(key, set()).add(content)
        number = self._next.get(key, 2)
        while hash(f"{name}-{number}") in self._taken:
            number += 1
        self._next[key] = number + 1
        self._taken[hash(f"{name}-{number}")] = content
        return f"{name}-{number}"


def _base(given: str) -> str:
    return given if SLUG_PATTERN.match(given) and len(given) <= 200 else slug(given)


def _readable(subject: str, relation: str, target: str, kind: str) -> str:
    text = f"{subject} {relation} {target}".replace(":", ".")
    return slug(text) + ("" if kind == "mechanism" else f"-{kind}")
