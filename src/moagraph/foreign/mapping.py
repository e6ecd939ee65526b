"""Which entity of our graph each node of a foreign record is."""

from __future__ import annotations

from typing import NamedTuple

from moagraph.formats.drugmechdb.identifiers import normalise, several
from moagraph.formats.drugmechdb.merge import type_of
from moagraph.formats.drugmechdb.records import DrugMechRecord, Node
from moagraph.knowledge import KnowledgeBase
from moagraph.vocabulary import CHEMICAL_KINDS, DISEASE_KINDS, MACROMOLECULE_KINDS

_ALIKE = (CHEMICAL_KINDS, MACROMOLECULE_KINDS, DISEASE_KINDS | {"process"})


class MappedNode(NamedTuple):
    """A node, the entity that it is ("" if none), and how that was found: identifier or name."""

    node: Node
    entity: str
    by: str


class NodeMap:
    """The nodes of a record as entities of a knowledge base.

    An identifier leads to an entity as its id or as a cross-reference. Where none does, a name
    counts that leads to exactly one entity of a like kind.
    """

    def __init__(self, kb: KnowledgeBase, record: DrugMechRecord) -> None:
        self.kb = kb
        self.record = record
        self.nodes: dict[str, MappedNode] = {}
        for node in record.nodes:
            if node.id not in self.nodes:
                self.nodes[node.id] = self._map(node)
        self.entities = frozenset(m.entity for m in self.nodes.values() if m.entity)

    def entity(self, node_id: str) -> str:
        """Return the entity of a node, "" if it is none."""
        mapped = self.nodes.get(node_id)
        return mapped.entity if mapped else ""

    @property
    def drug(self) -> str:
        """Return the entity of the drug, by the ids and the name of the indication."""
        found = self.entity(self.record.drug_node)
        ids = self._curies((self.record.drug_mesh, self.record.drugbank))
        return found or self._by_ids(ids) or self._by_name((self.record.drug,), "drug")

    @property
    def disease(self) -> str:
        """Return the entity of the disease, by the id and the name of the indication."""
        found = self.entity(self.record.disease_node)
        ids = self._curies((self.record.disease_mesh,))
        return found or self._by_ids(ids) or self._by_name((self.record.disease,), "disease")

    def _map(self, node: Node) -> MappedNode:
        texts = [node.id, *node.alt_ids]
        if node.id == self.record.drug_node:
            texts += [self.record.drug_mesh, self.record.drugbank]
        if node.id == self.record.disease_node:
            texts.append(self.record.disease_mesh)
        found = self._by_ids(self._curies(texts))
        if found:
            return MappedNode(node, found, "identifier")
        kind = type_of(node.label)[0]
        found = self._by_name((node.name, *node.alt_names), kind)
        return MappedNode(node, found, "name" if found else "")

    def _curies(self, texts: list[str] | tuple[str, ...]) -> list[str]:
        found: list[str] = []
        for text in texts:
            one = normalise(text)
            found += [one.curie] if one.known else list(several(text))
        return found

    def _by_ids(self, curies: list[str]) -> str:
        for curie in curies:
            entities = self.kb.names.find(curie)
            if len(entities) == 1:
                return entities[0].id
        return ""

    def _by_name(self, names: tuple[str, ...], kind: str) -> str:
        for name in names:
            alike = [e for e in self.kb.names.find(name) if name and _alike(e.kind, kind)]
            if len(alike) == 1:
                return alike[0].id
        return ""


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in kinds and other in kinds for kinds in _ALIKE)
