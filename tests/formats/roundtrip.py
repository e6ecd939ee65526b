"""What a graph is expected to be after a trip through a format, by the losses that it states."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from moagraph.dataset.imported import Imported
from moagraph.exchange import exporting
from moagraph.exchange.importing import read
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity

FILES = {
    "kgx_tsv": "",
    "kgx_jsonl": "",
    "graphml": "graph.graphml",
    "cx2": "graph.cx2",
    "sif": "graph.sif",
}


class Graph:
    """The records of an import, walked over in the order in which a writer does."""

    def __init__(self, imported: Imported) -> None:
        self.entities = {e.id: e for e in imported.entities}
        self.claims = {a.id: a for a in imported.assertions}
        self.sources = {s.id: s for s in imported.sources}
        self.evidence = list(imported.evidence)
        self.report = imported.report


def export(kb: KnowledgeBase, format: str, folder: Path) -> Path:
    """Write a graph and return the file or folder."""
    written = getattr(exporting, format)(kb)
    folder.mkdir(parents=True, exist_ok=True)
    for name, pieces in written.texts.items():
        path = folder / (name or FILES[format])
        path.write_text("".join(pieces), encoding="utf-8", newline="")
    return folder / FILES[format] if FILES[format] else folder


def there_and_back(kb: KnowledgeBase, format: str, folder: Path) -> Graph:
    """Write a graph, read it again, and return what came back."""
    return Graph(read([export(kb, format, folder)]))


def kept_claims(kb: KnowledgeBase) -> dict[str, Assertion]:
    """Return the claims that a flat format holds: all but the refuted."""
    return {a.id: a for a in kb.assertions.values() if kb.status(a) != "refuted"}


def kept_entities(kb: KnowledgeBase) -> dict[str, Entity]:
    """Return the entities."""
    return dict(kb.entities)


def cited(
    claims: dict[str, Assertion], evidence: object, sources: object
) -> Counter[tuple[str, str, str]]:
    """Return claim, stance and publication of all evidence that a flat format holds, once each."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in evidence:  # type: ignore[attr-defined]
        source = sources.get(row.source)  # type: ignore[attr-defined]
        if row.about in claims and row.stance in ("supports", "refutes") and source is not None:
            name = source.pmid or source.doi or source.url
            if source.pmid or source.doi or name.startswith(("http://", "https://")):
                found[row.about, row.stance, name] = 1
    return found
