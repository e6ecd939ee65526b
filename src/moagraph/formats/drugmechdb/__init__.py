"""DrugMechDB: records of how a drug treats a disease, read into our records and written back.

`drugmechdb.read("drugmechdb/records")` reads a folder of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from moagraph.formats.drugmechdb.folders import holds_some, is_json, is_json_record, is_yaml

if TYPE_CHECKING:
    from moagraph.dataset.imported import Action, Imported, Report
    from moagraph.formats.drugmechdb.records import DrugMechRecord, Remark
    from moagraph.knowledge import KnowledgeBase

CLOSED_KINDS = ("combination", "disease", "drug", "drug class")
"""What a path goes through only when asked to: other drugs and diseases are other records."""

_DROPPED = frozenset(
    {
        "evidence-without-reference",
        "incomplete-link",
        "index-file",
        "link-without-end",
        "negated-link",
        "no-record",
        "node-without-id",
        "self-loop",
        "unknown-field",
        "unreadable-file",
        "wrong-form",
    }
)
_MERGED = frozenset(
    {"duplicate-link", "duplicate-node", "several-names", "several-types", "two-spellings"}
)
_UNKNOWN = frozenset(
    {
        "malformed-id",
        "missing-field",
        "shared-name",
        "unknown-key",
        "unknown-qualifiers",
        "unknown-type",
    }
)


def read(*paths: str | Path, name: str = "") -> Imported:
    """Read files and folders of records into something to compile.

    Records stay separate mechanisms: `memberships` tells which of them hold a claim, and
    `documents` keeps each as it was read. The report has a line for all that was mended, merged,
    dropped or not understood.

    Raises:
        DataError: a file that is named cannot be read, or nothing holds a record.
    """
    from moagraph.dataset.imported import Imported, Report
    from moagraph.formats.drugmechdb.evidence import Evidences
    from moagraph.formats.drugmechdb.merge import Merge
    from moagraph.formats.drugmechdb.reader import RecordReader
    from moagraph.formats.drugmechdb.records import to_json

    reader = RecordReader()
    merge = Merge(reader.records(paths))
    claims = list(merge.assertions())
    maker = Evidences()
    evidence = list(maker.evidence(claims))
    report = Report()
    _fill(report, [*reader.remarks, *merge.remarks, *merge.name_remarks()])
    report.counts.update(
        {
            "files": reader.files,
            "records": reader.count,
            "links": merge.links + reader.unread_links,
            "links not read": reader.unread_links + merge.unread_links,
            "links merged": merge.repeated_links + sum(len(h) - 1 for _, h in claims),
            "claims": len(claims),
        }
    )
    return Imported(
        entities=merge.entities(),
        assertions=(claim for claim, _ in claims),
        sources=maker.sources.values(),
        evidence=evidence,
        memberships=((claim.id, held.record.id) for claim, holders in claims for held in holders),
        documents=((record.id, to_json(record)) for record in merge.records),
        report=report,
        name=name or ", ".join(Path(p).name for p in paths),
        closed_kinds=CLOSED_KINDS,
    )


def export(kb: KnowledgeBase, pairs: Iterable[tuple[str, str]] = ()) -> tuple[str, Report]:
    """Return our mechanisms as DrugMechDB YAML, and a report of what they lost.

    Args:
        kb: the graph.
        pairs: ids of a drug and a disease for each record; by default every drug with a disease
            that it treats and that a path reaches. A dataset that was compiled from records
            gives back these instead, and nothing is lost.
    """
    from moagraph.dataset.imported import Report
    from moagraph.formats.drugmechdb.write import write
    from moagraph.formats.drugmechdb.yaml_out import to_yaml

    report = Report()
    asked = list(pairs)
    kept = [] if asked else _documents(kb)
    if kept:
        report.counts.update(records=len(kept), links=sum(len(r.links) for r in kept))
        return to_yaml(kept), report
    written = list(write(kb, asked))
    for record, losses in written:
        for loss in losses:
            report.add("dropped", loss, record=record.id)
    report.counts.update(
        records=len(written), links=sum(len(record.links) for record, _ in written)
    )
    return to_yaml(record for record, _ in written), report


def is_record_name(path: str | Path) -> bool:
    """Tell whether a path is named like a file of records: YAML or JSON, plain or gzip."""
    return is_yaml(path) or is_json(path)


def holds_records(path: str | Path) -> bool:
    """Tell whether a path is a file of records, or a folder that holds some and no tables.

    Files in the folders of a folder count too.
    """
    where = Path(path)
    try:
        if not where.is_dir():
            return is_yaml(where) or is_json_record(where)
        if (where / "entities.tsv").exists():
            return False
        return holds_some(where)
    except OSError:
        return False


def _documents(kb: KnowledgeBase) -> list[DrugMechRecord]:
    """Return the records that a dataset was compiled from, none for any other graph."""
    from moagraph.dataset.opened import StoredKnowledge
    from moagraph.formats.drugmechdb.records import from_json

    if not isinstance(kb, StoredKnowledge):
        return []
    return [from_json(text) for _, text in kb.documents()]


def _fill(report: Report, remarks: Iterable[Remark]) -> None:
    for remark in remarks:
        report.add(
            _action(remark.code),
            f"{remark.message} [{remark.code}]",
            file=remark.file,
            line=remark.line,
            record=remark.record,
        )


def _action(code: str) -> Action:
    if code in _DROPPED:
        return "dropped"
    if code in _MERGED:
        return "merged"
    return "unknown" if code in _UNKNOWN else "repaired"
