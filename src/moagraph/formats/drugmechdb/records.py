"""A DrugMechDB record as it was written: ids, labels and keys unchanged, lines remembered.

The reader mends the form (misspelt fields, scalars for lists) and never the content; whatever
it mends, skips or finds odd becomes a remark of the record.
"""

from __future__ import annotations

import json
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


_encode = json.JSONEncoder(separators=(",", ":")).encode


def to_json(record: DrugMechRecord) -> str:
    """Return a record as JSON text, its fields as lists in their order; see `from_json`."""
    return _encode(record)


def from_json(text: str) -> DrugMechRecord:
    """Return the record of a JSON text; raises ValueError or TypeError for any other text."""
    record = DrugMechRecord(*json.loads(text))
    return record._replace(
        nodes=tuple(_node(*values) for values in record.nodes),
        links=tuple(_link(*values) for values in record.links),
        references=tuple(record.references),
        remarks=tuple(Remark(*values) for values in record.remarks),
    )


def _node(*values: Any) -> Node:
    node = Node(*values)
    return node._replace(alt_names=tuple(node.alt_names), alt_ids=tuple(node.alt_ids))


def _link(*values: Any) -> Link:
    link = Link(*values)
    return link._replace(evidence=tuple(EvidenceItem(*item) for item in link.evidence))


def _end(nodes: tuple[Node, ...], ids: tuple[str, ...], name: str) -> str:
    present = {n.id for n in nodes}
    for node_id in ids:
        if node_id and node_id in present:
            return node_id
    wanted = name.casefold()
    named = [n.id for n in nodes if wanted and n.name.casefold() == wanted]
    return named[0] if len(set(named)) == 1 else ""
