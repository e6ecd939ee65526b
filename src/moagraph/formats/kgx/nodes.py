"""Nodes of KGX, and of formats that are read as if they were KGX, as entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from moagraph.counting import counted
from moagraph.dataset.imported import Report
from moagraph.formats.categories import KINDS, choose
from moagraph.formats.curies import Identifiers, known_curie
from moagraph.formats.kgx.columns import NODE_READ, NODE_WORDS, OTHER_NODE_NAMES
from moagraph.formats.kgx.rows import Row
from moagraph.records import Entity, Origin

_BARE = frozenset({"id", "name", "category"})
_chosen = lru_cache(maxsize=1_000)(choose)


class Nodes:
    """Reads nodes; `kinds` holds the kind of each entity when they have been walked over."""

    def __init__(self, ids: Identifiers, report: Report) -> None:
        self.ids = ids
        self.report = report
        self.kinds: dict[str, str] = {}
        self._columns: Counter[str] = Counter()
        self._classes: Counter[str] = Counter()

    def entities(self, found: Iterable[tuple[int, Row]], file: str) -> Iterator[Entity]:
        """Yield an entity for each row; the first of rows with one id counts."""
        counts = self.report.counts
        for number, row in found:
            counts["nodes"] += 1
            for column in row.keys() & OTHER_NODE_NAMES.keys():
                usual = OTHER_NODE_NAMES[column]
                parts = [part for each in texts(row, column) for part in each.split("; ")]
                row[usual] = (*texts(row, usual), *parts)
                del row[column]
            written = text(row, "id")
            if not written:
                counts["nodes not read"] += 1
                self.report.add("dropped", "a node without id", file=file, line=number)
                continue
            if not row.keys() <= NODE_READ:
                self._columns.update(name for name in row if name not in NODE_READ)
            name = self.ids(written)
            if name in self.kinds:
                counts["nodes merged"] += 1
                self.report.add(
                    "merged", f"the node {name} stands there twice; the first counts", file=file,
                    line=number, record=written,
                )  # fmt: skip
                continue
            yield self._entity(name, written, row, Origin(file, number))
        self._finish(file)

    def _entity(self, name: str, written: str, row: Row, origin: Origin) -> Entity:
        if row.keys() <= _BARE:
            return self._bare(name, written, row, origin)
        category, kind = choose(texts(row, "category"))
        if category == "NamedThing":
            self._classes.update(c for c in texts(row, "category") if not c.endswith("NamedThing"))
        own = text(row, "moagraph:kind")
        kind = own if own in NODE_WORDS else kind
        self.kinds[name] = kind
        label = text(row, "name") or text(row, "symbol") or written
        synonyms = [*texts(row, "synonym"), text(row, "symbol"), text(row, "full_name")]
        if name.startswith("moa:") and written != name:
            synonyms.append(written)
        same = [*texts(row, "xref"), *texts(row, "same_as"), *texts(row, "equivalent_identifiers")]
        xrefs = {found: None for each in same if (found := known_curie(each)) and found != name}
        synonyms += [each for each in same if not known_curie(each)]
        taxa = [known_curie(each) for each in texts(row, "in_taxon")]
        return Entity(
            name,
            label,
            category,
            kind,
            parents=tuple(self.ids(p) for p in texts(row, "moagraph:parents")),
            members=tuple(self.ids(p) for p in texts(row, "moagraph:members")),
            synonyms=distinct(synonyms, label),
            xrefs=tuple(xrefs),
            taxon=next((t for t in taxa if t.startswith("NCBITaxon:")), ""),
            description=text(row, "description"),
            origin=origin,
        )

    def _bare(self, name: str, written: str, row: Row, origin: Origin) -> Entity:
        """Return what `_entity` does of a node with an id and perhaps a name and a class."""
        category, kind = _chosen(texts(row, "category"))
        self.kinds[name] = kind
        label = text(row, "name") or written
        if category == "NamedThing" and "category" in row:
            self._classes.update(c for c in texts(row, "category") if not c.endswith("NamedThing"))
        local = name.startswith("moa:") and written != name
        synonyms = (
            distinct([written], label) if local and (written != label or "|" in label) else ()
        )
        return Entity(name, label, category, kind, synonyms=synonyms, origin=origin)

    def _finish(self, file: str) -> None:
        for column, count in sorted(self._columns.items()):
            self.report.add(
                "dropped",
                f"column {column}: {counted(count, 'value is', 'values are')} not read",
                file=file,
            )
        for name, count in sorted(self._classes.items()):
            known = name.rpartition(":")[2] in KINDS
            what = "too wide to say a kind" if known else "unknown here; kept as NamedThing"
            self.report.add(
                "unknown", f"category {name} of {counted(count, 'node')}: {what}", file=file
            )


def text(row: Row, column: str) -> str:
    """Return the text of a column, "" if there is none."""
    value = row.get(column, "")
    return value if value.__class__ is str else "|".join(value)


def texts(row: Row, column: str) -> tuple[str, ...]:
    """Return the texts of a column that holds several."""
    value = row.get(column, ())
    if isinstance(value, str):
        return (value,) if value else ()
    return value


def distinct(names: list[str], label: str) -> tuple[str, ...]:
    """Return names that differ from the label and from each other.

    A `|` would part a name in a table; it is written as a broken bar.
    """
    found = dict.fromkeys(name.replace("|", "¦").strip() for name in names)
    return tuple(name for name in found if name and name != label)
