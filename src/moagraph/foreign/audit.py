"""`audit` of foreign records: each by itself, then all against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from moagraph.counting import counted
from moagraph.errors import QuestionError
from moagraph.foreign.checks import check_record
from moagraph.foreign.codes import CODES
from moagraph.foreign.copies import check_copies
from moagraph.foreign.finding import RecordFinding
from moagraph.foreign.paths import record_paths
from moagraph.foreign.polarity import RULE, SOURCE
from moagraph.foreign.source import unknown_record
from moagraph.formats.drugmechdb.records import DrugMechRecord, Remark
from moagraph.sheet import Sheet, escape_markdown, markdown_table

LEVELS = ("error", "warn", "none")
NETS = ("negative", "positive", "mixed", "open", "no path")


class RecordSummary(NamedTuple):
    """One record: its indication, its size, and its paths by sign."""

    id: str
    drug: str
    disease: str
    nodes: int
    links: int
    paths: int
    negative: int
    positive: int
    net: str


class RecordAudit(Sheet):
    """The answer: a summary of each record, and the findings by weight of their code."""

    records: tuple[RecordSummary, ...]
    findings: tuple[RecordFinding, ...]
    only: tuple[str, ...] = ()
    data: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the table of findings."""
        return ("code", "severity", "record", "message", "link", "path", "remedy", "file", "line")

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per finding."""
        return [
            (f.code, f.severity, f.record, f.message, f.link, f.path, f.remedy, f.file, str(f.line))
            for f in self.findings
        ]

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Return for each code how many findings it has, and in how many records."""
        findings: Counter[str] = Counter(f.code for f in self.findings)
        records = Counter(code for code, _ in {(f.code, f.record) for f in self.findings})
        return {
            code: (findings[code], records[code])
            for code in CODES
            if not self.only or code in self.only
        }

    @property
    def nets(self) -> dict[str, int]:
        """Return how many records have each net sign."""
        counted = Counter(r.net for r in self.records)
        return {net: counted[net] for net in NETS}

    def title(self) -> str:
        """Return the number of records and of findings."""
        faulty = len({f.record for f in self.findings if f.severity == "error"})
        return (
            f"{counted(len(self.records), 'record')} in {self.data or 'memory'}: "
            f"{counted(len(self.findings), 'finding')}, errors in {faulty:,}"
        )

    def fails(self, level: str) -> bool:
        """Tell whether a finding is as grave as a level; "none" never fails."""
        if level == "none":
            return False
        return any(level == "warn" or f.severity == "error" for f in self.findings)

    def in_code(self, code: str) -> list[RecordFinding]:
        """Return the findings of a code."""
        return [f for f in self.findings if f.code == code]

    def to_markdown(self) -> str:
        """Return the report: signs, counts, then the findings of each code."""
        nets = markdown_table(tuple(self.nets), [tuple(f"{n:,}" for n in self.nets.values())])
        counted = [
            (code, CODES[code].severity, CODES[code].meaning, f"{findings:,}", f"{records:,}")
            for code, (findings, records) in self.counts.items()
        ]
        columns = ("code", "weight", "meaning", "findings", "records")
        parts = [
            f"## {escape_markdown(self.title())}\n",
            f"Net sign of the records: {escape_markdown(RULE)}, by {escape_markdown(SOURCE)}.\n",
            nets,
            markdown_table(columns, counted),
        ]
        for code, (findings, _) in self.counts.items():
            if findings:
                rows = [
                    (f.record, f.message, f.path, f"{f.file}:{f.line}" if f.line else f.file)
                    for f in self.in_code(code)
                ]
                parts.append(f"### {code}\n\n{escape_markdown(CODES[code].meaning)}\n")
                parts.append(markdown_table(("record", "what is wrong", "path", "where"), rows))
        return "\n".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Return `codes, rule, sign_table, counts, net, records, findings, data`."""
        return {
            "codes": {code: CODES[code].meaning for code in self.counts},
            "rule": RULE,
            "sign_table": SOURCE,
            "counts": {c: {"findings": n, "records": m} for c, (n, m) in self.counts.items()},
            "net": self.nets,
            "records": [r._asdict() for r in self.records],
            "findings": [f.to_dict() for f in self.findings],
            "data": self.data,
        }


def audit_records(
    records: Iterable[DrugMechRecord],
    *,
    only: Iterable[str] = (),
    record: Iterable[str] = (),
    remarks: Iterable[Remark] = (),
    data: str = "",
) -> RecordAudit:
    """Audit records.

    Args:
        records: the records; copies are looked for among all of them.
        only: the codes to report; all if empty.
        record: the ids of the records to report; all if empty.
        remarks: what the reader said of files that hold no record.
        data: what to call the records in the title.

    Raises:
        QuestionError: a code that does not exist.
        UnknownName: a record that does not exist; the nearest ids are suggested.
    """
    codes = tuple(dict.fromkeys(only))
    for code in codes:
        if code not in CODES:
            raise QuestionError(f"no code {code!r}; there are: {', '.join(CODES)}")
    listed = list(records)
    wanted = _wanted(listed, tuple(dict.fromkeys(record)))
    summaries: list[RecordSummary] = []
    findings: list[RecordFinding] = []
    for one in listed:
        if wanted and one.id not in wanted:
            continue
        paths = record_paths(one)
        findings.extend(check_record(one, paths))
        summaries.append(
            RecordSummary(
                one.id,
                one.drug,
                one.disease,
                len(one.nodes),
                len(one.links),
                len(paths.paths),
                len(paths.with_net("negative")),
                len(paths.with_net("positive")),
                paths.net,
            )
        )
    findings.extend(f for f in check_copies(listed) if not wanted or f.record in wanted)
    if not wanted:
        findings.extend(_of_files(remarks))
    place = {code: number for number, code in enumerate(CODES)}
    kept = [f for f in findings if not codes or f.code in codes]
    kept.sort(key=lambda f: (place[f.code], f.record, f.line))
    return RecordAudit(tuple(summaries), tuple(kept), codes, data)


def _wanted(records: list[DrugMechRecord], ids: tuple[str, ...]) -> frozenset[str]:
    known = [r.id for r in records]
    for record_id in ids:
        if record_id not in known:
            raise unknown_record(record_id, known)
    return frozenset(ids)


def _of_files(remarks: Iterable[Remark]) -> Iterable[RecordFinding]:
    for remark in remarks:
        text = f"{remark.message} [{remark.code}]"
        yield RecordFinding("form", "warn", remark.record, text, file=remark.file, line=remark.line)
