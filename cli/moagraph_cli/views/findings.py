"""Findings of checks, grouped by file."""

from __future__ import annotations

from typing import Any

from moagraph.counting import counted
from moagraph.findings import Finding
from moagraph.frozen import Frozen
from moagraph_cli.terminal import style, wrap


class Report(Frozen):
    """The findings of one or more folders."""

    checked: tuple[tuple[str, tuple[Finding, ...]], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return ("folder", "code", "severity", "message", "file", "line", "column", "remedy")

    def rows(self) -> list[tuple[str, ...]]:
        """Return one row per finding."""
        return [
            (folder, f.code, f.severity, f.message, f.file, str(f.line), str(f.column), f.remedy)
            for folder, findings in self.checked
            for f in findings
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return `findings, errors, warnings`."""
        found = [f for _, findings in self.checked for f in findings]
        return {
            "findings": [
                {"folder": folder, **f.to_dict()}
                for folder, findings in self.checked
                for f in findings
            ],
            "errors": sum(f.severity == "error" for f in found),
            "warnings": sum(f.severity == "warn" for f in found),
        }

    def to_markdown(self) -> str:
        """Return a Markdown table of the findings."""
        from moagraph.sheet import markdown_table

        return markdown_table(self.columns, self.rows())


def findings_view(report: Report) -> str:
    """Return the findings as text, one block each, and a count."""
    lines: list[str] = []
    several = len(report.checked) > 1
    for folder, findings in report.checked:
        inside = f"{folder}/" if several and folder != "together" else ""
        for f in findings:
            place = (
                inside
                + f.file
                + (f":{f.line}" if f.line else "")
                + (f":{f.column}" if f.column else "")
            )
            colour = "red" if f.severity == "error" else "yellow"
            lines.append(f"{place}: {style(f.severity, fg=colour)} [{f.code}]")
            lines.append(wrap(f.message, "  "))
            if f.remedy:
                lines.append(wrap(f"-> {f.remedy}", "  ", "     "))
    counts = report.to_dict()
    folders = ", ".join(folder for folder, _ in report.checked)
    lines.append(
        f"{folders}: {counted(counts['errors'], 'error')}, {counted(counts['warnings'], 'warning')}"
    )
    return "\n".join(lines)
