"""The shipped queries are SPARQL 1.1 and nothing else: rdflib gives the same rows.

Only the synthetic folder is asked: rdflib would take minutes for the built-in graph.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from moagraph.knowledge import KnowledgeBase
from moagraph.rdf.export import nquads_text
from moagraph.rdf.namespaces import namespaces
from moagraph.reading import read_folder
from moagraph.resources import ontology_root
from moagraph.sparql.engine import Engine
from moagraph.sparql.named import bind, names, question

VALID = Path(__file__).resolve().parents[1] / "invalid" / "valid"
VIOLATIONS = sorted((ontology_root() / "queries" / "violations").glob("*.rq"))
VALUES = {
    "drug": "lenalidomide",
    "other": "lenalidomide",
    "end": "IKZF1",
    "a": "lenalidomide",
    "b": "IKZF1",
    "target": "IKZF1",
    "machine": "moa:crl4-crbn",
    "gene": "CRBN",
}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    tables, findings = read_folder(VALID)
    assert findings == []
    return KnowledgeBase(tables, name="valid", version="test")


@pytest.fixture(scope="module")
def ours(kb: KnowledgeBase) -> Engine:
    return Engine.of(kb)


@pytest.fixture(scope="module")
def theirs(kb: KnowledgeBase) -> Iterator[rdflib.Dataset]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, about itself
        data = rdflib.Dataset()
        text = nquads_text(kb)
        assert isinstance(text, bytes)
        data.parse(data=text, format="nquads")
        yield data


def rows(found: object) -> list[tuple[str, ...]]:
    return sorted(
        tuple("" if t is None else plain(t) for t in row)
        for row in found  # type: ignore[attr-defined]
    )


def identifier(text: str) -> rdflib.term.Identifier:
    """Return the term that is written so."""
    term = rdflib.util.from_n3(text)
    assert isinstance(term, rdflib.term.Identifier)
    return term


def plain(term: object) -> str:
    """Return a term without its datatype; a decimal without zeros that say nothing."""
    text = str(getattr(term, "value", term) if not isinstance(term, rdflib.term.Node) else term)
    return (
        text.rstrip("0").rstrip(".") if text.replace(".", "", 1).isdigit() and "." in text else text
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", names())
def test_named_questions_mean_the_same(
    kb: KnowledgeBase, ours: Engine, theirs: rdflib.Dataset, name: str
) -> None:
    asked = question(name)
    values = {p.name: VALUES[p.name] for p in asked.parameters if p.name in VALUES}
    for parameter in asked.parameters:
        if parameter.name == "source":
            values["source"] = next(iter(kb.sources))
        elif parameter.kind == "entity" and parameter.name not in values:
            values[parameter.name] = "lenalidomide"
    terms = bind(kb, asked, values)
    bound = {n: identifier(str(t)) for n, t in terms.items()}
    found = theirs.query(asked.text, initNs=namespaces(), initBindings=bound)
    assert rows(ours.query(asked.text, bindings=terms)) == rows(found)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("file", VIOLATIONS, ids=lambda f: f.stem)
def test_violations_mean_the_same(ours: Engine, theirs: rdflib.Dataset, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert rows(ours.query(text)) == rows(theirs.query(text, initNs=namespaces())) == []
