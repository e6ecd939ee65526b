"""Metapaths: what types of nodes a path goes through, in order, both ends included.

    Drug > Protein > ... > Disease

A type is a kind of ours (`drug`, `process`) or a class (`SmallMolecule`), in any case and with or
without blanks or `biolink:`; `A|B` is either, `*` any one node, `...` any number of nodes, none
included. A complex that a path passes because a component is lowered is a node like any other.

A metapath is walked along with the path: each node has a *place*, the elements of the metapath at
which it may stand there. Places are the bits of a number. A path follows the metapath iff its
last node has a place among those that may be last.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from moagraph.errors import QuestionError, UnknownName
from moagraph.frozen import Frozen
from moagraph.knowledge import KnowledgeBase

SYNTAX = (
    'write the types from A to B with > between, such as "Drug > Protein > ... > Disease"; '
    "A|B is either type, * any one node, ... any number of nodes"
)
_GAPS = ("...", "…", "**")
_ARROWS = re.compile(r"\s*(?:->|→|>)\s*")
_LONGEST = 128
_SHOWN = 40

Type = tuple[str, str]
"""Class and kind of an entity."""


class Element(Frozen):
    """One element of a metapath: the words of its types, none for any; a gap is any number."""

    words: tuple[str, ...] = ()
    gap: bool = False

    def __str__(self) -> str:
        return "..." if self.gap else "|".join(self.words) or "*"


def parse(text: str) -> tuple[Element, ...]:
    """Return the elements of a metapath as it is written.

    Raises:
        QuestionError: it is empty, has an empty element, or is endless.
    """
    elements = tuple(_element(part, text) for part in _ARROWS.split(text.strip()))
    if len(elements) > _LONGEST:
        raise QuestionError(f"the metapath has more than {_LONGEST} elements")
    if len(elements) < 2 and not elements[0].gap:
        raise QuestionError(f"the metapath {text.strip()!r} has one end only; {SYNTAX}")
    return elements


def _element(part: str, text: str) -> Element:
    if part in _GAPS:
        return Element(gap=True)
    if part == "*":
        return Element()
    words = tuple(word.strip() for word in part.split("|"))
    if not all(map(folded, words)) or any("*" in w or ".." in w for w in words):
        raise QuestionError(f"the metapath {text.strip()!r} cannot be read: {SYNTAX}")
    return Element(words)


def folded(word: str) -> str:
    """Return a type as it is compared: without case, blanks, dashes and `biolink:`."""
    return re.sub(r"[\s_-]+", "", word.casefold().strip().removeprefix("biolink:"))


def matching(types: Iterable[Type], word: str) -> frozenset[Type]:
    """Return the types of which a word is the class or the kind."""
    wanted = folded(word)
    return frozenset(t for t in types if wanted in (folded(t[0]), folded(t[1])))


def known_types(types: Mapping[Type, int], word: str) -> frozenset[Type]:
    """Return the types that a word means in some data.

    Raises:
        UnknownName: none of their entities has it; the message lists the types they have.
    """
    found = matching(types, word)
    if found:
        return found
    names = names_of(types)
    near = [names[close] for close in difflib.get_close_matches(folded(word), names, n=3)]
    hint = f"; did you mean {near[0]!r}?" if near else "."
    listed = ", ".join([*names.values()][:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    raise UnknownName(
        f"no entity here is of the type {word!r}{hint} The types here are {listed or 'none'}",
        suggestions=near,
    )


def names_of(types: Mapping[Type, int]) -> dict[str, str]:
    """Return the classes and kinds of some data as they are written, those of most first."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for (category, kind), number in types.items():
        for key, name in {folded(n): n for n in (category, kind) if n}.items():
            counts[key] += number
            written.setdefault(key, name)
    return {key: written[key] for key in sorted(counts, key=lambda key: (-counts[key], key))}


class Metapath:
    """A metapath against the types of some data.

    Args:
        elements: what `parse` returned.
        types: the types of the data with their counts.

    Raises:
        UnknownName: an element names a type that no entity has.
    """

    def __init__(self, elements: tuple[Element, ...], types: Mapping[Type, int]) -> None:
        self.elements = elements
        self.types: tuple[frozenset[Type] | None, ...] = tuple(
            frozenset().union(*(known_types(types, word) for word in element.words))
            if element.words
            else None
            for element in elements
        )
        count = len(elements)
        self.first = self._from(0)
        self.follow = tuple(
            self._from(place + 1) | (1 << place if elements[place].gap else 0)
            for place in range(count)
        )
        self.last = sum(
            1 << place for place in range(count) if all(e.gap for e in elements[place + 1 :])
        )
        self._standing: dict[Type, int] = {}
        self._following: dict[int, int] = {}

    def _from(self, place: int) -> int:
        """Return the places at which a node may stand where the element at one comes next."""
        found = 0
        for at in range(place, len(self.elements)):
            found |= 1 << at
            if not self.elements[at].gap:
                break
        return found

    @property
    def longest(self) -> int | None:
        """Return the most nodes of a path that follows it, None where there is a gap."""
        return None if any(e.gap for e in self.elements) else len(self.elements)

    def standing(self, type_: Type) -> int:
        """Return the places at which a node of a type may stand at all."""
        known = self._standing.get(type_)
        if known is None:
            known = self._standing[type_] = sum(
                1 << place
                for place, wanted in enumerate(self.types)
                if wanted is None or type_ in wanted
            )
        return known

    def following(self, places: int) -> int:
        """Return the places at which the node after one may stand, whatever its type."""
        known = self._following.get(places)
        if known is None:
            known = 0
            for place, after in enumerate(self.follow):
                if places >> place & 1:
                    known |= after
            self._following[places] = known
        return known

    def before(self, places: int) -> int:
        """Return the places from which a node at one of some places may come next."""
        return sum(1 << place for place, after in enumerate(self.follow) if after & places)

    def __str__(self) -> str:
        return " > ".join(map(str, self.elements))


def type_of(kb: KnowledgeBase, entity_id: str) -> Type:
    """Return class and kind of an entity, empty for an unknown one."""
    entity = kb.entities.get(entity_id)
    return (entity.category, entity.kind) if entity else ("", "")


def metapath_of(kb: KnowledgeBase, text: str) -> Metapath | None:
    """Return a metapath against the types of a knowledge base, None for an empty text."""
    return Metapath(parse(text), kb.types) if text else None


def check_ends(kb: KnowledgeBase, text: str, a: str, b: str) -> None:
    """Refuse a metapath that the ends of a question do not fit.

    Raises:
        QuestionError: it cannot be read, or A or B is of another type than its ends.
        UnknownName: it names a type that no entity has.
    """
    metapath = metapath_of(kb, text)
    if metapath is None:
        return
    for end, places, verb, element in (
        (a, metapath.first, "begins", metapath.elements[0]),
        (b, metapath.last, "ends", metapath.elements[-1]),
    ):
        if not end:
            continue
        type_ = type_of(kb, end)
        if not metapath.standing(type_) & places:
            category, kind = type_
            words = f"{kind} ({category})" if kind and category else kind or category
            raise QuestionError(
                f"the metapath {verb} with {element}, and {kb.label(end)} is of the type "
                f"{words or 'that has no name'}"
            )
