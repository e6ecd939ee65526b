"""Records made of a few words, for the tests of the audit."""

from __future__ import annotations

from moagraph.foreign.audit import RecordAudit, audit_records
from moagraph.formats.drugmechdb.records import DrugMechRecord, EvidenceItem, Link, Node

TYPES = {
    "MESH:C1": ("Drug", "testomab"),
    "UniProt:P01375": ("Protein", "TNF"),
    "UniProt:P15692": ("Protein", "VEGFA"),
    "GO:0006954": ("BiologicalProcess", "inflammation"),
    "GO:0001525": ("BiologicalProcess", "angiogenesis"),
    "HP:0001945": ("PhenotypicFeature", "fever"),
    "MESH:D1": ("Disease", "Testitis"),
    "MESH:D2": ("Disease", "Probosis"),
}
SHORT = {
    "drug": "MESH:C1",
    "tnf": "UniProt:P01375",
    "vegf": "UniProt:P15692",
    "inflammation": "GO:0006954",
    "angiogenesis": "GO:0001525",
    "fever": "HP:0001945",
    "disease": "MESH:D1",
    "other": "MESH:D2",
}
CITED = (EvidenceItem("PMID:1", "it does", "SUPPORT"),)
SOUND = (
    "drug -decreases activity of-> tnf",
    "tnf -positively regulates-> inflammation",
    "inflammation -causes-> disease",
)


def link(text: str, line: int = 0) -> Link:
    """Return the link of `source -key-> target`."""
    source, rest = text.split(" -", 1)
    key, target = rest.split("-> ")
    return Link(SHORT.get(source, source), key, SHORT.get(target, target), "", "", CITED, line)


def record(
    *links: str, disease: str = "disease", record_id: str = "R1", nodes: tuple[Node, ...] = ()
) -> DrugMechRecord:
    """Return a record with these links, and the nodes that they name."""
    made = tuple(link(text, number + 10) for number, text in enumerate(links))
    ends = dict.fromkeys(end for one in made for end in (one.source, one.target))
    listed = nodes or tuple(
        Node(end, *TYPES.get(end, ("Protein", end)), line=number + 50)
        for number, end in enumerate(ends)
    )
    return DrugMechRecord(
        record_id,
        "testomab",
        "MESH:C1",
        "",
        TYPES[SHORT[disease]][1],
        SHORT[disease],
        listed,
        made,
        ("https://pubmed.ncbi.nlm.nih.gov/1/",),
        file="r.yaml",
        line=1,
    )


def audit(*records: DrugMechRecord, only: tuple[str, ...] = ()) -> RecordAudit:
    """Return the audit of records."""
    return audit_records(records, only=only)


def codes(*records: DrugMechRecord) -> list[str]:
    """Return the codes found, but for old predicates, which most links are."""
    return [f.code for f in audit(*records).findings if f.code != "old-predicate"]
