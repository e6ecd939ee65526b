"""Small graphs for tests, in the notation `drug inhibits a`; ids become `moa:` slugs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity, Evidence, MachinePart, Quantity, Source
from moagraph.relations import RELATIONS
from moagraph.tables import Tables

_LONGEST_FIRST = sorted(RELATIONS, key=len, reverse=True)


def slug(name: str) -> str:
    """Return the id of a name."""
    return f"moa:{name}" if name else ""


def claim(name: str, text: str, **more: str) -> Assertion:
    """Return an assertion from `subject relation object`."""
    relation = next(r for r in _LONGEST_FIRST if f" {r} " in text)
    subject, object_ = text.split(f" {relation} ")
    given: dict[str, Any] = {**more}
    for key in ("via", "cell", "disease", "object_cell"):
        if key in given:
            given[key] = slug(given[key])
    return Assertion(name, slug(subject), relation, slug(object_), **given)


def source(name: str, **more: str) -> Source:
    """Return a source that exists for the test only."""
    given: dict[str, Any] = {
        "kind": "primary",
        "first_author": name.title(),
        "year": "2020",
        **more,
    }
    return Source(f"moa:source-{name}", **given)


def evidence(about: str, of: str, stance: str = "supports", **more: Any) -> Evidence:
    """Return evidence of a source about a claim."""
    given = {"basis": "full text", "statement": f"{of} on {about}", **more}
    for axis in ("cell", "disease"):
        if axis in given:
            given[axis] = (slug(given[axis]),)
    return Evidence(f"{about}.{of}.{stance}", about, f"moa:source-{of}", stance, **given)


def graph(
    kinds: Mapping[str, str],
    claims: Iterable[Assertion],
    rows: Iterable[Evidence] | None = None,
    sources: Iterable[Source] = (),
    quantities: Iterable[Quantity] = (),
    machines: Iterable[MachinePart] = (),
) -> KnowledgeBase:
    """Return a knowledge base; without `rows` each claim has one supporting primary source."""
    claims = tuple(claims)
    sources = tuple(sources) or (source("one"),)
    if rows is None:
        rows = [evidence(c.id, "one") for c in claims]
    entities = tuple(Entity(slug(name), name, kind=kind) for name, kind in kinds.items())
    tables = Tables(
        entities=entities,
        assertions=claims,
        evidence=tuple(rows),
        sources=sources,
        quantities=tuple(quantities),
        machines=tuple(machines),
    )
    return KnowledgeBase(tables, name="small", version="test")
