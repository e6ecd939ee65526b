"""Results for people: terms in short form, tables in Markdown and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from moagraph.rdf.namespaces import namespaces


def shown(term: object) -> str:
    """Return a term for reading: a prefixed name, a plain literal, "" for none."""
    if term is None:
        return ""
    value = getattr(term, "value", None)
    if value is None:
        return str(term)
    kind = type(term).__name__
    if kind == "NamedNode":
        return short(value)
    return f"_:{value}" if kind == "BlankNode" else str(value)


@lru_cache(maxsize=10_000)
def short(iri: str) -> str:
    """Return an IRI by the longest namespace that fits, or as it is."""
    best = ""
    for prefix, namespace in namespaces().items():
        if iri.startswith(namespace) and (not best or len(namespace) > len(namespaces()[best])):
            best = prefix
    return f"{best}:{iri[len(namespaces()[best]) :]}" if best else iri


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; bars and line breaks in cells are made harmless."""
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    from moagraph.characters import escape

    plain = escape(" ".join(text.split()))
    for character in "\\|<[*_`":
        plain = plain.replace(character, "\\" + character)
    return plain
