"""Records as YAML, in the layout of the current DrugMechDB repository."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from moagraph.formats.drugmechdb.records import DrugMechRecord, EvidenceItem, Link, Node


def to_yaml(records: Iterable[DrugMechRecord]) -> str:
    """Return one record as a mapping, several (or none) as a list of mappings.

    Text that YAML would read as something else (NO, 012, 1e3, null) is quoted, so that any
    reader gets back what was written. Lines and remarks of the records are not written.
    """
    import yaml

    listed = [_record(record) for record in records]
    content: object = listed[0] if len(listed) == 1 else listed
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(content, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return str(text)


def _record(record: DrugMechRecord) -> dict[str, Any]:
    graph = {
        "_id": record.id,
        "disease": record.disease,
        "disease_mesh": record.disease_mesh,
        "drug": record.drug,
        "drug_mesh": record.drug_mesh,
        "drugbank": record.drugbank,
    }
    content: dict[str, Any] = {
        "directed": True,
        "graph": _filled(graph),
        "links": [_link(link) for link in record.links],
        "multigraph": True,
        "nodes": [_node(node) for node in record.nodes],
    }
    if record.references:
        content["references"] = list(record.references)
    if record.comment:
        content["comment"] = record.comment
    return content


def _node(node: Node) -> dict[str, Any]:
    content: dict[str, Any] = {"id": node.id, "label": node.label, "name": node.name}
    if node.alt_names:
        content["alt_names"] = list(node.alt_names)
    if node.alt_ids:
        content["alt_ids"] = list(node.alt_ids)
    return content


def _link(link: Link) -> dict[str, Any]:
    content: dict[str, Any] = {"key": link.key, "source": link.source, "target": link.target}
    if link.aspect:
        content["object_aspect_qualifier"] = link.aspect
    if link.direction:
        content["object_direction_qualifier"] = link.direction
    if link.evidence:
        content["evidence"] = [_evidence(item) for item in link.evidence]
    return content


def _evidence(item: EvidenceItem) -> dict[str, str]:
    values = item._asdict()
    del values["line"]
    return _filled(values)


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
