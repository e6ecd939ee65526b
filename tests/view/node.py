"""The page's interpreter as tests reach it: graphs and questions in, answers out of node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from moagraph.view.interpreter import interpreter_source
from tests.conftest import missing

Json = dict[str, Any]
Ask = tuple[str, Json]

# Left out by the interpreter: the page looks rows up by the id of the claim; `whatif` repeats.
_LOOKED_UP = ("evidence", "note", "whatif")


def ask(batches: Iterable[tuple[Json | None, list[Ask]]], folder: Path) -> Iterator[list[Json]]:
    """Yield the answers to the questions about each graph, all from one process.

    A batch without a graph is about the graph of the batch before.
    """
    node = shutil.which("node")
    if node is None:
        missing("node")
    script, asked, answered = (folder / name for name in ("interpreter.js", "asked", "answered"))
    script.write_text(interpreter_source(), encoding="utf-8")
    with asked.open("w", encoding="utf-8") as file:
        for claims, asks in batches:
            file.write(json.dumps({"claims": claims, "questions": asks}) + "\n")
    driver = Path(__file__).with_name("ask.js")
    run = subprocess.run(
        [str(node), str(driver), str(script), str(asked), str(answered)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    with answered.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def shown(value: Any) -> Any:
    """Return a Python answer as the interpreter gives it: without what the page looks up."""
    if isinstance(value, list):
        return [shown(item) for item in value]
    if isinstance(value, dict):
        return {k: shown(v) for k, v in value.items() if k not in _LOOKED_UP}
    return value


def difference(python: Any, page: Any, at: str = "") -> str:
    """Return where two answers differ first, "" if they do not; the page may say more."""
    if isinstance(python, dict) and isinstance(page, dict):
        for name in python:
            if name not in page:
                return f"{at}.{name}: not in the page's answer"
            found = difference(python[name], page[name], f"{at}.{name}")
            if found:
                return found
        return ""
    if isinstance(python, list) and isinstance(page, list):
        if len(python) != len(page):
            return f"{at}: {python!r} is not {page!r}"
        pairs = enumerate(zip(python, page, strict=True))
        return next((d for i, (x, y) in pairs if (d := difference(x, y, f"{at}[{i}]"))), "")
    return "" if python == page and type(python) is type(page) else f"{at}: {python!r}, {page!r}"
