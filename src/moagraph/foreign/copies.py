"""Records that repeat one another, found by comparing all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from moagraph.foreign.checks import find
from moagraph.foreign.finding import RecordFinding
from moagraph.foreign.paths import too_large
from moagraph.formats.drugmechdb.records import DrugMechRecord

_DISEASE = "the disease"


def check_copies(records: Iterable[DrugMechRecord]) -> Iterator[RecordFinding]:
    """Yield a finding for each record of which another is a copy, or a copy but the disease."""
    alike: dict[tuple[object, ...], list[DrugMechRecord]] = defaultdict(list)
    for record in records:
        disease = record.disease_node
        if record.links and disease and not too_large(record):
            alike[_drug(record), _shape(record, disease)].append(record)
    for group in alike.values():
        by_disease: dict[str, list[DrugMechRecord]] = defaultdict(list)
        for record in group:
            by_disease[record.disease_node].append(record)
        for same in by_disease.values():
            for record in same if len(same) > 1 else ():
                others = ", ".join(r.id for r in same if r is not record)
                yield find(record, "duplicate-record", f"the same links as {others}")
        if len(by_disease) > 1:
            for record in group:
                yield find(record, "copy", _words(record, group))


def _words(record: DrugMechRecord, group: list[DrugMechRecord]) -> str:
    others = [r for r in group if r.disease_node != record.disease_node]
    named = ", ".join(f"{r.id} ({r.disease})" for r in others[:4])
    more = f" and {len(others) - 4} more" if len(others) > 4 else ""
    return f"with the disease left out, the links are those of {named}{more}"


def _drug(record: DrugMechRecord) -> str:
    return record.drug_node or record.drugbank or record.drug_mesh or record.drug.casefold()


def _shape(record: DrugMechRecord, disease: str) -> frozenset[tuple[str, ...]]:
    def end(node: str) -> str:
        return _DISEASE if node == disease else node

    return frozenset(
        (end(link.source), link.key, end(link.target), link.aspect, link.direction)
        for link in record.links
    )
