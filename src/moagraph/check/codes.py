"""The registry of findings: one row per code, from which docs and tests are made.

An *error* makes the data unusable: something is named that does not exist, or a rule that
reasoning rests on is broken. Everything else is a *warning*: the data load and answer, and
the warning says what they lack. A foreign folder made by a program (no statements, one
source, its own slugs) must load, so what it lacks is never an error.
"""

from __future__ import annotations

from moagraph.check import codes_form as form
from moagraph.check import codes_meaning as meaning
from moagraph.check.code import Code

__all__ = ["CODES", "Code", "as_markdown"]

CODES: dict[str, Code] = {
    code.code: code
    for group in (
        form.FILE,
        form.REFERENCES,
        form.TERMS,
        form.IDENTIFIERS,
        meaning.ENTITIES,
        meaning.CLAIMS,
        meaning.MACHINES,
        meaning.EVIDENCE,
        meaning.VALUES,
        meaning.SHAPES,
    )
    for code in group
}


def as_markdown() -> str:
    """Return the registry as a Markdown table, for the docs."""
    lines = ["| code | severity | meaning | remedy | example |", "|---|---|---|---|---|"]
    for row in CODES.values():
        cells = (f"`{row.code}`", row.severity, row.meaning, row.remedy, row.example)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
