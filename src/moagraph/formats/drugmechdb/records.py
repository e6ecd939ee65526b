"""A DrugMechDB record as it was written: ids, labels and keys unchanged, lines remembered.

The reader mends the form (misspelt fields, scalars for lists) and never the content; whatever
it mends, skips or finds odd becomes a remark of the record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple


class Remark(NamedTuple):
    """Something about the form of a record: what was mended, skipped or is missing."""

    code: str
    message: str
    file: str = ""
    record: str = ""
    line: int = 0


class EvidenceItem(NamedTuple):
    """A piece of evidence on a link, as newer records have it."""

    reference: str
    snippet: str = ""
    supports: str = ""
    evidence_source: str = ""
    explanation: str = ""
    source_tier: str = ""
    line: int = 0


class Node(NamedTuple):
    """A node: its id as written, its type (`label`) and its name."""

    id: str
    label: str
    name: str
    alt_names: tuple[str, ...] = ()
    alt_ids: tuple[str, ...] = ()
    line: int = 0


class Link(NamedTuple):
    """A link; `aspect` and `direction` are the Biolink object qualifiers of newer records."""

    source: str
    key: str
    target: str
    aspect: str = ""
    direction: str = ""
    evidence: tuple[EvidenceItem, ...] = ()
    line: int = 0


class DrugMechRecord(NamedTuple):
    """One mechanism: the indication, its nodes and links, references and comment."""

    id: str
    drug: str
    drug_mesh: str
    drugbank: str
    disease: str
    disease_mesh: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    references: tuple[str, ...] = ()
    comment: str = ""
    file: str = ""
    line: int = 0
    remarks: tuple[Remark, ...] = ()

    def node(self, node_id: str) -> Node | None:
        """Return the first node with an id, or None."""
        return next((n for n in self.nodes if n.id == node_id), None)

    @property
    def drug_node(self) -> str:
        """Return the id of the node that is the drug of the indication, "" if none is.

        It is found by the ids of the indication, and by its name where they lead nowhere;
        never by the label `Drug`, which metabolites carry too.
        """
        return _end(self.nodes, (self.drug_mesh, self.drugbank), self.drug)

    @property
    def disease_node(self) -> str:
        """Return the id of the node that is the disease of the indication, "" if none is."""
        return _end(self.nodes, (self.disease_mesh,), self.disease)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain values; `from_dict` is the inverse."""
        values = self._asdict()
        values["nodes"] = [n._asdict() for n in self.nodes]
        values["links"] = [
            {**link._asdict(), "evidence": [e._asdict() for e in link.evidence]}
            for link in self.links
        ]
        values["remarks"] = [r._asdict() for r in self.remarks]
        return values


def from_dict(values: Mapping[str, Any]) -> DrugMechRecord:
    """Return a record from what `to_dict` gave."""
    nodes = tuple(
        Node(**{**n, "alt_names": tuple(n["alt_names"]), "alt_ids": tuple(n["alt_ids"])})
        for n in values["nodes"]
    )
    links = tuple(
        Link(**{**link, "evidence": tuple(EvidenceItem(**e) for e in link["evidence"])})
        for link in values["links"]
    )
    remarks = tuple(Remark(**r) for r in values["remarks"])
    rest = {**values, "nodes": nodes, "links": links, "remarks": remarks}
    rest["references"] = tuple(values["references"])
    return DrugMechRecord(**rest)


def to_json(record: DrugMechRecord) -> str:
    """Return a record as JSON text; `from_json` is the inverse."""
    return json.dumps(record.to_dict(), ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> DrugMechRecord:
    """Return a record from its JSON text; raises ValueError, KeyError or TypeError for others."""
    return from_dict(json.loads(text))


def _end(nodes: tuple[Node, ...], ids: tuple[str, ...], name: str) -> str:
    present = {n.id for n in nodes}
    for node_id in ids:
        if node_id and node_id in present:
            return node_id
    wanted = name.casefold()
    named = [n.id for n in nodes if wanted and n.name.casefold() == wanted]
    return named[0] if len(set(named)) == 1 else ""
