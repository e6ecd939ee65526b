"""Run the SHACL shapes over the projection and lead each result back to its row.

The only place that imports pyshacl. A result about a node becomes a finding at the row whose
record made the node; the graph is built in memory and nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from moagraph.check.book import fault
from moagraph.findings import Finding
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import by_record, to_rdflib
from moagraph.rdf.terms import TYPE
from moagraph.records import Entity, Record, State
from moagraph.resources import ontology_root
from moagraph.tables import TABLES, Tables

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_COLUMNS = {
    "statement": ("hasStatement",),
    "note": ("note",),
    "label": ("label",),
    "description": ("description",),
    "title": ("title",),
    "kind": ("claimKind", "quantityKind", "sourceKind"),
}


def check_shapes(tables: Tables) -> Iterator[Finding]:
    """Yield a finding for each result of validating the projection of the tables."""
    import pyshacl

    kb = KnowledgeBase(tables, name="validated")
    _, report, _ = pyshacl.validate(
        to_rdflib(kb), shacl_graph=_shapes(), inference="none", advanced=False, meta_shacl=False
    )
    makers = _makers(kb)
    for focus, path, message in sorted(_results(report)):
        record = makers.get(focus)
        if record is None:
            yield Finding("shape", "warn", f"{focus}: {message}", remedy="see shapes.ttl")
        else:
            yield fault("shape", record, _column(record, path), message)


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    path = ontology_root() / "shapes.ttl"
    return rdflib.Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")


def _results(report: Any) -> Iterator[tuple[str, str, str]]:
    import rdflib

    term = rdflib.Namespace(_SH)
    for result in report.subjects(rdflib.RDF.type, term.ValidationResult):
        path = report.value(result, term.resultPath)
        yield (
            str(report.value(result, term.focusNode)),
            str(path) if isinstance(path, rdflib.URIRef) else "",
            str(report.value(result, term.resultMessage)),
        )


def _makers(kb: KnowledgeBase) -> dict[str, Record]:
    """Map each node to the record that gives it its type."""
    found: dict[str, Record] = {}
    for record, triples in by_record(kb):
        if isinstance(record, State):
            continue
        for subject, predicate, _ in triples:
            if predicate == TYPE and (subject not in found or isinstance(record, Entity)):
                found[subject] = record
    return found


def _column(record: Record, path: str) -> str:
    """Return the column that a property path speaks of, empty where there is none."""
    name = path.rpartition("/")[2].rpartition("#")[2]
    columns = next(t.columns for t in TABLES if t.record is type(record))
    for column, names in _COLUMNS.items():
        if name in names and column in columns:
            return column
    plain = name.removeprefix("has").casefold()
    return plain if plain in columns else ""
