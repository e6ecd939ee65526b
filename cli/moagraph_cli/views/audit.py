"""The report of an audit as text: counts first, then the sections."""

from __future__ import annotations

from moagraph.answers.auditing import FAULTS, SECTIONS, AuditReport
from moagraph_cli.terminal import safe, style, wrap

_FEW = 10


def audit_view(report: AuditReport) -> str:
    """Return an audit; long sections are cut unless they were asked for."""
    lines = [style(safe(report.title()), bold=True)]
    longest = max(len(name) for name in report.sections)
    for name, count in report.counts.items():
        colour = "red" if count and name in FAULTS[:2] else None
        lines.append(f"  {name.ljust(longest)}  {style(str(count).rjust(5), fg=colour)}")
    for name in report.sections:
        found = report.in_section(name)
        if not found or (name not in FAULTS and not report.only):
            continue
        lines += ["", style(wrap(f"{SECTIONS[name]} [{name}]"), bold=True)]
        shown = found if report.only else found[:_FEW]
        for line in shown:
            lines.append(wrap(f"{line.claim}  [{line.status}; {line.id}]", "  ", "    "))
            if line.note:
                lines.append(wrap(line.note, "      ", "        "))
            if report.only and line.references:
                lines.append(style(wrap("; ".join(line.references), "      "), dim=True))
        if len(found) > len(shown):
            lines.append(f"  and {len(found) - len(shown)} more: --only {name}")
    return "\n".join(lines)
