"""The face of the library: one object that answers every question of the command line.

    >>> import moagraph
    >>> g = moagraph.load()
    >>> g.info("revlimid").entity.label
    'lenalidomide'

Every method takes names as a person writes them and returns a frozen answer with `to_dict()`
(the JSON keys of the command line), `to_markdown()` and, in notebooks, an HTML display.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moagraph.knowledge import KnowledgeBase

if TYPE_CHECKING:
    import networkx as nx

    from moagraph.lookup import ArticleSheet, EvidenceSheet, FactSheet, Hits, Info, Stats


def load(*data: str | Path) -> Graph:
    """Return the built-in graph, or the graph of one or more folders of tables.

    Raises:
        DataError: a folder cannot be read or its tables have errors.
    """
    return Graph(KnowledgeBase.read(*data))


class Graph:
    """A knowledge base with all questions that can be asked of it."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    @property
    def version(self) -> str:
        """Return the release date of the data, if any, and a digest of the tables."""
        return self.kb.version

    def __repr__(self) -> str:
        return repr(self.kb).replace("KnowledgeBase", "Graph")

    # -- look-ups -----------------------------------------------------------

    def info(self, name: str) -> Info:
        """Return what one entity is and every claim that names it."""
        from moagraph.lookup import info

        return info(self.kb, name)

    def search(self, text: str, *, kind: str = "", limit: int = 0) -> Hits:
        """Return entities that a text finds, best first; `limit` 0 is all."""
        from moagraph.lookup import search

        return search(self.kb, text, kind=kind, limit=limit)

    def evidence(self, *names: str) -> EvidenceSheet:
        """Return the evidence for one id or name, or for what joins two entities."""
        from moagraph.lookup import evidence

        return evidence(self.kb, *names)

    def facts(
        self,
        drug: str,
        *,
        properties: Iterable[str] = (),
        at: Mapping[str, str] | None = None,
        indication: str = "",
        jurisdiction: str = "",
    ) -> FactSheet:
        """Return the facts of a drug that hold at given values of parameters."""
        from moagraph.lookup import facts

        return facts(
            self.kb,
            drug,
            properties=tuple(properties),
            at=at,
            indication=indication,
            jurisdiction=jurisdiction,
        )

    @staticmethod
    def parse_at(settings: tuple[str, ...]) -> dict[str, str]:
        """Parse `parameter=value` settings, such as `crcl=40`."""
        from moagraph.lookup.conditions import parse_at

        return parse_at(settings)

    def stats(self) -> Stats:
        """Return counts of what the graph holds."""
        from moagraph.lookup import stats

        return stats(self.kb)

    def article(self) -> ArticleSheet:
        """Return the founding article claim by claim, and where each lives."""
        from moagraph.lookup import article

        return article(self.kb)

    def references(self, source_ids: Iterable[str], style: str) -> str:
        """Return sources as `bib` or `ris` text."""
        from moagraph.formats.references import to_bibtex, to_ris

        sources = [self.kb.sources[i] for i in source_ids if i in self.kb.sources]
        return to_bibtex(sources) if style == "bib" else to_ris(sources)

    # -- projections --------------------------------------------------------

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """Return a frozen networkx MultiDiGraph with the records on nodes and edges."""
        from moagraph.formats.to_networkx import to_networkx

        return to_networkx(self.kb)
