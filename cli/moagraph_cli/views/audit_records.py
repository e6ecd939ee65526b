"""The audit of foreign records as text: signs and counts first, then the findings."""

from __future__ import annotations

from moagraph.counting import counted
from moagraph.foreign.audit import RecordAudit
from moagraph.foreign.codes import CODES
from moagraph_cli.terminal import safe, style, wrap

_FEW = 3
_COLOURS = {"error": "red", "warn": "yellow"}


def audit_records_view(report: RecordAudit, *, whole: bool) -> str:
    """Return the report; a code shows its first few findings unless `whole`."""
    lines = [style(safe(report.title()), bold=True)]
    if len(report.records) != 1:
        nets = ", ".join(f"{number:,} {net}" for net, number in report.nets.items())
        lines.append(f"Net sign of the records, by DrugMechDB's own table: {nets}.")
    else:
        one = report.records[0]
        lines.append(
            wrap(
                f"{one.drug} for {one.disease}: net {one.net}, by DrugMechDB's own table "
                f"({counted(one.paths, 'path')}: {one.negative} negative, {one.positive} positive)."
            )
        )
    lines.append("")
    longest = max((len(code) for code in report.counts), default=0)
    lines.append(f"  {'code'.ljust(longest)}  weight  findings  records")
    for code, (findings, records) in report.counts.items():
        if not findings and len(report.records) == 1:
            continue
        severity = CODES[code].severity
        colour = _COLOURS[severity] if findings else None
        row = f"  {code.ljust(longest)}  {severity.ljust(6)}  {findings:>8,}  {records:>7,}"
        lines.append(style(row, fg=colour))
    for code, (findings, _) in report.counts.items():
        if findings:
            lines += _section(report, code, whole)
    return "\n".join(lines)


def _section(report: RecordAudit, code: str, whole: bool) -> list[str]:
    found = report.in_code(code)
    lines = ["", style(wrap(f"{CODES[code].meaning} [{code}]"), bold=True)]
    shown = found if whole else found[:_FEW]
    for finding in shown:
        lines.append(wrap(f"{finding.record or finding.file}: {finding.message}", "  ", "    "))
        if finding.path:
            lines.append(style(wrap(finding.path, "      ", "        "), dim=True))
    if len(found) > len(shown):
        lines.append(f"  and {len(found) - len(shown):,} more: --only {code}")
    return lines
