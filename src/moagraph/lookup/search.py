"""Find entities by any part of any of their names."""

from __future__ import annotations

from typing import Any

from moagraph.knowledge import KnowledgeBase
from moagraph.records import Entity
from moagraph.sheet import Sheet


class Hits(Sheet):
    """Entities that a text finds, best first, each with the name that matched.

    `suggestions` holds the nearest names when nothing was found.
    """

    text: str
    found: tuple[tuple[Entity, str], ...]
    suggestions: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return ("id", "label", "kind", "matched", "description")

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per entity."""
        return [(e.id, e.label, e.kind, name, e.description) for e, name in self.found]

    def to_dict(self) -> dict[str, Any]:
        """Return `text, hits, suggestions`."""
        return {
            "text": self.text,
            "hits": [dict(zip(self.columns, row, strict=True)) for row in self.rows()],
            "suggestions": list(self.suggestions),
        }


def search(kb: KnowledgeBase, text: str, *, kind: str = "", limit: int = 0) -> Hits:
    """Return the entities whose id, label, synonym or cross-reference holds the text."""
    found = [hit for hit in kb.names.search(text) if not kind or hit[0].kind == kind]
    if limit:
        found = found[:limit]
    suggestions = () if found else tuple(kb.names.suggest(text))
    return Hits(text, tuple(found), suggestions)
