"""Sources and evidence of merged claims: what a link cites, else the record that lists it.

Older records cite sources for the record as a whole; such a citation is repeated in words with
each claim, and is no evidence for any one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from moagraph.formats.drugmechdb.identifiers import local_curie
from moagraph.formats.drugmechdb.merge import Held
from moagraph.formats.drugmechdb.records import DrugMechRecord, EvidenceItem
from moagraph.records import Assertion, Evidence, Origin, Source

STANCES = {
    "SUPPORT": "supports",
    "PARTIAL": "supports",
    "REFUTE": "refutes",
    "WRONG_STATEMENT": "refutes",
    "NO_EVIDENCE": "inconclusive",
}
"""Our stance for each value of `supports`; an unknown or missing value is inconclusive."""

_PRIMARY = frozenset({"HUMAN_CLINICAL", "MODEL_ORGANISM", "IN_VITRO"})
_PUBMED = re.compile(r"(?:^(?:PMID|pubmed):\s*|pubmed\.ncbi[^/]*/|/pubmed/)(\d+)", re.IGNORECASE)
_DOI = re.compile(r"(?:^doi:\s*|doi\.org/)(10\.\d{2,9}/\S+)", re.IGNORECASE)
_RECORD_ID = re.compile(r"^[A-Za-z]+\d+_MESH_[A-Z]\d+_\d+$")
_SITE = "https://sulab.github.io/DrugMechDB/"


class Evidences:
    """Makes sources and evidence while claims are walked over once."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self._statements: dict[str, str] = {}
        self._of_record: dict[str, str] = {}

    def of_record(self, record: DrugMechRecord) -> str:
        """Return the id of the source that a record itself is."""
        known = self._of_record.get(record.id)
        if known is not None:
            return known
        source_id = self._of_record[record.id] = local_curie(record.id)
        if source_id not in self.sources:
            page = f"{_SITE}{record.id.casefold().replace('_', '-')}.html"
            self.sources[source_id] = Source(
                source_id,
                "database record",
                title=f"DrugMechDB record {record.id}: {record.drug}, {record.disease}",
                url=page if _RECORD_ID.match(record.id) else "",
                origin=Origin(record.file, record.line),
            )
            cited = "; ".join(record.references)
            self._statements[source_id] = (
                f"Listed in the record, which cites as a whole: {cited}."
                if cited
                else "Listed in the record, which cites nothing."
            )
        return source_id

    def of_reference(self, record: DrugMechRecord, item: EvidenceItem) -> str:
        """Return the id of the source that a piece of evidence names."""
        pubmed, doi = _PUBMED.search(item.reference), _DOI.search(item.reference)
        pmid = pubmed.group(1) if pubmed else ""
        if pmid:
            source_id = f"PMID:{pmid}"
        else:
            source_id = f"doi:{doi.group(1)}" if doi else local_curie(item.reference)
        if source_id not in self.sources:
            url = item.reference if item.reference.startswith(("http://", "https://")) else ""
            self.sources[source_id] = Source(
                source_id,
                "primary" if item.evidence_source in _PRIMARY else "database record",
                pmid=pmid,
                doi=doi.group(1) if doi and not pmid else "",
                title="" if pmid or doi else item.reference,
                url="" if pmid or doi else url,
                origin=Origin(record.file, item.line),
            )
        return source_id

    def evidence(self, claims: Iterable[tuple[Assertion, list[Held]]]) -> Iterator[Evidence]:
        """Yield the evidence of claims; `sources` is whole when this has ended."""
        for claim, holders in claims:
            number = 0
            for record, link in holders:
                for item in link.evidence:
                    number += 1
                    yield self._cited(claim, record, item, number)
                if not link.evidence:
                    number += 1
                    source = self.of_record(record)
                    yield Evidence(
                        f"{claim.id}.{number}",
                        claim.id,
                        source,
                        basis="secondary",
                        statement=self._statements[source],
                        origin=Origin(record.file, link.line),
                    )

    def _cited(
        self, claim: Assertion, record: DrugMechRecord, item: EvidenceItem, number: int
    ) -> Evidence:
        partial = "Partial support. " if item.supports == "PARTIAL" else ""
        quoted = f'"{item.snippet}"' if item.snippet else ""
        said = " ".join(part for part in (quoted, item.explanation) if part)
        return Evidence(
            f"{claim.id}.{number}",
            claim.id,
            self.of_reference(record, item),
            STANCES.get(item.supports.upper(), "inconclusive"),
            basis="abstract" if item.snippet else "secondary",
            system=item.evidence_source.replace("_", " ").casefold(),
            statement=f"{partial}{said}".strip(),
            origin=Origin(record.file, item.line),
        )
