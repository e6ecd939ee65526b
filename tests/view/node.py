"""The page's interpreter as tests reach it: graphs and questions in, answers out of node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from moagraph.view.interpreter import interpreter_source
from tests.conftest import missing

Json = dict[str, Any]
Ask = tuple[str, Json]

# Left out by the interpreter: the page looks them up by the id of the claim.
_LOOKED_UP = ("evidence", "note")


def ask(batches: Iterable[tuple[Json, list[Ask]]], folder: Path) -> list[list[Json]]:
    """Return the answers to the questions about each graph, all from one process."""
    node = shutil.which("node")
    if node is None:
        missing("node")
    script = folder / "interpreter.js"
    script.write_text(interpreter_source(), encoding="utf-8")
    lines = [json.dumps({"claims": claims, "questions": asks}) for claims, asks in batches]
    run = subprocess.run(
        [str(node), str(Path(__file__).with_name("ask.js")), str(script)],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    found: list[list[Json]] = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(found) == len(lines)
    return found


def shown(value: Any) -> Any:
    """Return a Python answer as the interpreter gives it: without what the page looks up."""
    if isinstance(value, list):
        return [shown(item) for item in value]
    if isinstance(value, dict):
        return {k: shown(v) for k, v in value.items() if k not in _LOOKED_UP}
    return value
