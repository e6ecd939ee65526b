"""A small folder of tables to start from: a drug in three steps, every row real and sourced.

The rows are those of the built-in tables, so they are as checked as these; only the tables that a
start needs are written, beside a README that walks through every column.
"""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from pathlib import Path

from moagraph.errors import DataError
from moagraph.files import umask
from moagraph.frozen import replace
from moagraph.knowledge import KnowledgeBase
from moagraph.tables import ASSERTIONS, ENTITIES, EVIDENCE, SOURCES, Tables, format_table

CLAIMS = (
    "bortezomib-inhibits-proteasome",
    "mm-survival-sustains-mm",
    "proteasome-sustains-mm-cells",
)
_TABLES = (ENTITIES, ASSERTIONS, EVIDENCE, SOURCES)


def example_tables() -> Tables:
    """Return the rows of the example."""
    kb = KnowledgeBase.read()
    claims = [kb.assertions[name] for name in CLAIMS]
    evidence = [
        row
        for claim in claims
        for row in kb.evidence_about[claim.id]
        if kb.sources[row.source].pmid or kb.sources[row.source].doi
    ]
    named = {e for c in claims for e in (c.subject, c.object, c.cell, c.disease, c.species) if e}
    named |= {e for row in evidence for e in (*row.cell, *row.disease, *row.species)}
    entities = [
        replace(
            entity,
            parents=tuple(p for p in entity.parents if p in named),
            members=tuple(m for m in entity.members if m in named),
        )
        for entity in kb.entities.values()
        if entity.id in named
    ]
    return Tables(
        entities=tuple(entities),
        assertions=tuple(claims),
        evidence=tuple(evidence),
        sources=tuple(kb.sources[name] for name in sorted({row.source for row in evidence})),
    )


def _readme(folder: str) -> str:
    text = (Path(__file__).parent / "starting.md").read_text(encoding="utf-8")
    return text.replace("{folder}", shlex.quote(folder))


def write_example(folder: str | Path) -> list[str]:
    """Write the example into a new or empty folder, whole or not at all; return the file names.

    Raises:
        DataError: the folder holds something, or cannot be written.
    """
    if not str(folder):
        raise DataError("the name of the folder is empty; name a new folder")
    target = Path(folder)
    tables = example_tables()
    texts = {t.file_name: format_table(t, getattr(tables, t.name)) for t in _TABLES}
    texts["README.md"] = _readme(str(folder))
    temporary = ""
    try:
        if target.exists() and not target.is_dir():
            raise DataError("is a file; name a new folder", file=str(target))
        if target.exists() and any(target.iterdir()):
            raise DataError("is not empty; name a new folder", file=str(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = tempfile.mkdtemp(dir=target.parent, prefix=".moagraph-init-")
        for name, text in texts.items():
            (Path(temporary) / name).write_text(text, encoding="utf-8", newline="\n")
        os.chmod(temporary, 0o777 & ~umask())
        os.replace(temporary, target)
        temporary = ""
    except OSError as error:
        raise DataError(f"cannot be written: {error.strerror}", file=str(target)) from error
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)
    return list(texts)
