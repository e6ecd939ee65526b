"""The shapes fire: each on a graph broken for it, none on a sound one."""

from __future__ import annotations

import pyshacl
import pytest
import rdflib
from rdflib import RDF, URIRef

from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import to_rdflib
from moagraph.rdf.predicates import moa
from moagraph.rdf.terms import assertion_iri, entity_iri, evidence_iri
from moagraph.resources import ontology_root

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
CLAIM = URIRef(assertion_iri("len-degrades-ikzf1"))
EVIDENCE = URIRef(evidence_iri("len-degrades-ikzf1.kronke2014"))
OTHER = URIRef(entity_iri("moa:other"))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    """Return the shapes."""
    return rdflib.Graph().parse(ontology_root() / "shapes.ttl", format="turtle")


def messages(graph: rdflib.Graph, shapes: rdflib.Graph) -> set[str]:
    """Validate a graph and return what the shapes say."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    return {str(m) for m in report.objects(None, SH.resultMessage)}


def test_a_sound_graph_has_the_right_shape(small: KnowledgeBase, shapes: rdflib.Graph) -> None:
    """No result on the folder that uses every table."""
    assert messages(to_rdflib(small), shapes) == set()


@pytest.mark.parametrize(
    ("node", "name", "word"),
    [
        (CLAIM, "hasSubject", "subject"),
        (CLAIM, "hasObject", "object"),
        (CLAIM, "hasPredicate", "relation"),
        (CLAIM, "claimKind", "kind"),
        (CLAIM, "hasPolarity", "asserted"),
        (CLAIM, "hasStatus", "status"),
        (EVIDENCE, "hasStance", "supports"),
        (EVIDENCE, "hasBasis", ""),
    ],
)
def test_a_record_without_a_part_is_told(
    small: KnowledgeBase, shapes: rdflib.Graph, node: URIRef, name: str, word: str
) -> None:
    """Taking away what is needed gives one message that names it; the rest may be lacking."""
    graph = to_rdflib(small)
    graph.remove((node, URIRef(moa(name)), None))
    found = messages(graph, shapes)
    assert [word in text for text in found] == ([True] if word else [])


@pytest.mark.parametrize("name", ["hasSubject", "hasObject", "viaMachine", "holdsInCell"])
def test_a_record_with_two_of_a_kind_is_told(
    small: KnowledgeBase, shapes: rdflib.Graph, name: str
) -> None:
    """A second subject, object, machine or cell gives one message."""
    graph = to_rdflib(small)
    graph.add((CLAIM, URIRef(moa(name)), OTHER))
    graph.add((CLAIM, URIRef(moa(name)), CLAIM))
    assert len(messages(graph, shapes)) == 1


def test_evidence_about_nothing_is_told(small: KnowledgeBase, shapes: rdflib.Graph) -> None:
    """An evidence node that no claim points at, from no source."""
    graph = to_rdflib(small)
    graph.add((OTHER, RDF.type, URIRef(moa("Evidence"))))
    assert len(messages(graph, shapes)) == 3
