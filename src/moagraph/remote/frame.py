"""The frame of a remote graph: what things are and how they are put together, without claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import terms as t
from moagraph.tables import Tables


class Frame:
    """Entities, machines, states and variants, with the ways from one to its kin."""

    def __init__(self, tables: Tables, nodes: list[str]) -> None:
        self.tables = tables
        self.nodes = nodes
        self._kb = KnowledgeBase(tables, name="frame")
        self._iri = {entity.id: t.entity_iri(entity.id) for entity in tables.entities}
        self._id = {iri: name for name, iri in self._iri.items()}

    def iris(self, ids: Iterable[str]) -> list[str]:
        """Return the IRIs of entities, sorted; those of unknown ones are left out."""
        return sorted(self._iri[name] for name in ids if name in self._iri)

    def id_of(self, iri: str) -> str:
        """Return the id of an entity's IRI, "" for an unknown one."""
        return self._id.get(iri, "")

    def of_kind(self, kind: str) -> list[str]:
        """Return the entities of a kind."""
        return [entity.id for entity in self._kb.entities_of_kind(kind)]

    def shown_by(self) -> list[str]:
        """Return the IRIs of the claims that show the strength of a participant."""
        parts = self.tables.machines
        return sorted({t.assertion_iri(part.shown_by) for part in parts if part.shown_by})

    def above_and_below(self, ids: Iterable[str]) -> set[str]:
        """Return entities with everything that they are or that is one of them."""
        found: set[str] = set()
        for name in ids:
            found |= {name, *self._kb.ancestors(name), *self._kb.descendants(name)}
        return found

    def with_members_of_classes(self, ids: Iterable[str]) -> list[str]:
        """Return entities, those that are classes of drugs with their members, each once."""
        found: dict[str, None] = {}
        for name in ids:
            found.setdefault(name)
            entity = self._kb.entities.get(name)
            if entity is not None and entity.kind == "drug class":
                found.update(dict.fromkeys(sorted(self._kb.descendants(name))))
        return list(found)

    def kin(self, ids: Iterable[str]) -> set[str]:
        """Return entities with what they are, what is one of them, their parts and wholes."""
        found = self.above_and_below(ids)
        for name in sorted(found):
            found.update(self.wholes.get(name, ()))
        stack = sorted(found)
        while stack:
            entity = self._kb.entities.get(stack.pop())
            for member in entity.members if entity else ():
                if member not in found:
                    found.add(member)
                    stack.append(member)
        return found

    @cached_property
    def wholes(self) -> dict[str, list[str]]:
        """Return whatever has an entity among its members."""
        found: dict[str, list[str]] = defaultdict(list)
        for entity in self.tables.entities:
            for member in entity.members:
                found[member].append(entity.id)
        return found

    def with_wholes(self, ids: Iterable[str]) -> set[str]:
        """Return nodes with the complexes that they may lower, however often put together."""
        found = set(ids)
        stack = list(found)
        while stack:
            for whole in self._kb.complexes_of.get(stack.pop(), ()):
                if whole not in found:
                    found.add(whole)
                    stack.append(whole)
        return found

    def with_parts(self, ids: Iterable[str]) -> set[str]:
        """Return nodes with the components that may lower them, however often put together."""
        found = set(ids)
        stack = list(found)
        while stack:
            entity = self._kb.entities.get(stack.pop())
            if entity is None or entity.kind != "complex":
                continue
            for member in entity.members:
                if member not in found:
                    found.add(member)
                    stack.append(member)
        return found
