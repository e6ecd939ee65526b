"""The scripts of the page's interpreter, joined in the order in which they build on each other."""

from __future__ import annotations

from pathlib import Path

# The last part defines `MoaInterpreter.open`; its head says what can be asked and answered.
PARTS = ("interpreter.js",)


def interpreter_source() -> str:
    """Return the interpreter as the text of one classic script."""
    folder = Path(__file__).parent
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in PARTS)
