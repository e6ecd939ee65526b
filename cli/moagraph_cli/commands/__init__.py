"""One command per file; `COMMANDS` names all of them, in the order of the manual.

A command is imported when it is asked for. The manual needs one line of each, and importing all
of them for it would cost more than any answer; a test holds each line to its command.
"""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: the module and function of that name here, and its line in the manual."""

    module: str
    help: str


COMMANDS: dict[str, Entry] = {
    "explain": Entry(
        "explain",
        "Explain how A acts on B: verdict, paths, sign, evidence, and what speaks against it.",
    ),
    "paths": Entry(
        "paths", "List every mechanistic path from A to B, shortest first, edge by edge."
    ),
    "effects": Entry(
        "effects", "Show everything A raises or lowers, by cell: predicted against observed."
    ),
    "whatif": Entry(
        "whatif",
        "Show what a change of the background takes from the effects of A, or adds to them.",
    ),
    "compare": Entry(
        "compare",
        "Compare drugs: neosubstrates with numbers, binding, effects, indications and more.",
    ),
    "view": Entry(
        "view", "Draw a mechanism as one HTML file: seen, questioned and checked offline."
    ),
    "serve": Entry(
        "serve", "Serve the graph by SPARQL and HTTP, read only, with a page to ask it."
    ),
    "resistance": Entry(
        "resistance",
        "Show what makes cells resist or respond to a drug, each claim replayed by what-if.",
    ),
    "binders": Entry(
        "binders", "Show the drugs known to bind a target: how tightly, by which assay and paper."
    ),
    "drugs-for": Entry(
        "drugs_for",
        "Show which drugs reach a disease, protein or phenotype, and by which neosubstrate.",
    ),
    "info": Entry("info", "Show what one entity is and every claim that names it."),
    "search": Entry(
        "search", "Find entities by any part of an id, label, synonym or cross-reference."
    ),
    "evidence": Entry(
        "evidence",
        "Show every source for a claim, a fact, a paper, an entity, or for what joins two.",
    ),
    "facts": Entry(
        "facts", "Show the values of a drug with condition, jurisdiction, date and source."
    ),
    "query": Entry("query", "Ask in SPARQL 1.1, or one of the named questions."),
    "batch": Entry(
        "batch",
        "Explain many pairs: two names a line with a tab between, from FILE or stdin.",
    ),
    "audit": Entry(
        "audit",
        "Check observations and gates against the mechanisms, and claims against their evidence.",
    ),
    "compare-record": Entry(
        "compare_record",
        "Lay a foreign record beside our graph: steps in common, missing, contradicting.",
    ),
    "validate": Entry(
        "validate", "Check tables and report all findings, with file, line, column and remedy."
    ),
    "init": Entry(
        "init",
        "Start tables of your own: a small sourced example in a new folder, with a README.",
    ),
    "import": Entry(
        "import_",
        "Compile a graph of another tool, or tables, into a dataset for -d.",
    ),
    "export": Entry(
        "export", "Write the graph in a format of other tools, and say on stderr what it loses."
    ),
    "stats": Entry("stats", "Count what the graph holds."),
    "completion": Entry(
        "completion", "Print what makes a shell complete commands, options, drugs and diseases."
    ),
}
