"""The scripts of the page's interpreter, joined in the order in which they build on each other."""

from __future__ import annotations

from pathlib import Path

# The last part defines `MoaInterpreter.open`; its head says what can be asked and answered.
PARTS = (
    "rules/graph.js",
    "rules/background.js",
    "rules/firing.js",
    "rules/search.js",
    "rules/verdict.js",
    "rules/words.js",
    "rules/views.js",
    "rules/reasons.js",
    "rules/counter.js",
    "rules/gap.js",
    "rules/explain.js",
    "rules/effects.js",
    "rules/whatif.js",
    "interpreter.js",
)


def interpreter_source() -> str:
    """Return the interpreter as the text of one classic script.

    Its parts share one scope; only `MoaInterpreter` is seen from outside.
    """
    folder = Path(__file__).parent
    parts = [(folder / name).read_text(encoding="utf-8") for name in PARTS]
    return "\n".join(['(function () {\n"use strict";\n', *parts, "})();\n"])
