"""schema.ttl says in OWL what vocabulary.py says in Python, and is a sound ontology."""

from __future__ import annotations

import io
import os
import shutil
from collections import Counter

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from tests.conftest import missing

from moagraph.identifiers import BASE
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import to_rdflib, triples
from moagraph.rdf.predicates import KIND_CLASSES, moa, observable, observed_name
from moagraph.rdf.project import sign_text
from moagraph.rdf.terms import TYPE
from moagraph.relations import RELATIONS, Relation
from moagraph.resources import ontology_root
from moagraph.vocabulary import ENTITY_KINDS

OBO = "http://purl.obolibrary.org/obo/"
DEFINITION = URIRef(OBO + "IAO_0000115")
SOURCE = URIRef(OBO + "IAO_0000119")
SIGN = URIRef(moa("hasSign"))
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)


@pytest.fixture(scope="module")
def schema() -> rdflib.Graph:
    """Return the schema."""
    return rdflib.Graph().parse(ontology_root() / "schema.ttl", format="turtle")


def own_terms(schema: rdflib.Graph) -> set[URIRef]:
    """Return the terms that we coin: everything typed under the base."""
    return {
        s
        for s in schema.subjects(RDF.type)
        if isinstance(s, URIRef) and s.startswith(BASE) and s != URIRef(BASE)
    }


def kinds_below(schema: rdflib.Graph, name: str) -> set[str]:
    """Return the kinds of entity whose class lies below a class."""
    below = set(schema.transitive_subjects(RDFS.subClassOf, URIRef(moa(name))))
    return {kind for kind, local in KIND_CLASSES.items() if URIRef(moa(local)) in below}


def local(schema: rdflib.Graph, relation: str, what: URIRef) -> str:
    """Return the local name of the domain or range of a property."""
    return str(schema.value(URIRef(relation), what)).removeprefix(BASE)


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=list(RELATIONS))
def test_a_relation_is_the_same_in_both(schema: rdflib.Graph, relation: Relation) -> None:
    """Label, definition, sign, inverse, domain, range and mappings."""
    node = URIRef(moa(relation.local_name))
    assert str(schema.value(node, RDFS.label)) == relation.label
    assert str(schema.value(node, SKOS.definition)) == relation.definition
    assert str(schema.value(node, SIGN)) == sign_text(relation.label)
    inverse = schema.value(node, OWL.inverseOf)
    if inverse is None:
        assert (node, RDF.type, OWL.SymmetricProperty) in schema
        assert relation.inverse == relation.label
    else:
        assert str(schema.value(inverse, RDFS.label)) == relation.inverse
    for what, kinds in ((RDFS.domain, relation.domain), (RDFS.range, relation.range)):
        assert kinds_below(schema, local(schema, node, what)) == (kinds or ENTITY_KINDS)
    matches = {str(m) for p in MATCHES for m in schema.objects(node, p)}
    biolink = relation.biolink.replace("biolink:", "https://w3id.org/biolink/vocab/")
    expected = {biolink} | ({OBO + relation.ro.replace(":", "_")} if relation.ro else set())
    assert matches == expected
    qualifiers = {str(q) for q in schema.objects(node, URIRef(moa("hasQualifier")))}
    assert qualifiers == set(relation.qualifiers)


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=list(RELATIONS))
def test_an_observation_twin_has_the_sign_of_its_relation(
    schema: rdflib.Graph, relation: Relation
) -> None:
    """Every relation that can be observed has one twin, and no other has."""
    node = URIRef(moa(observed_name(relation.local_name)))
    if not observable(relation.label):
        assert (node, None, None) not in schema
        return
    assert str(schema.value(node, SIGN)) == sign_text(relation.label)
    twin = schema.value(node, URIRef(moa("observationOf")))
    assert twin == URIRef(moa(relation.local_name))


def test_kinds_and_classes_are_the_same(schema: rdflib.Graph) -> None:
    """Each kind of entity has a class below Entity, and the classes exclude one another."""
    assert set(KIND_CLASSES) == ENTITY_KINDS
    assert kinds_below(schema, "Entity") == ENTITY_KINDS
    names = [URIRef(moa(name)) for name in KIND_CLASSES.values()]
    for one in names:
        for other in names:
            if one != other:
                pair = {(one, OWL.disjointWith, other), (other, OWL.disjointWith, one)}
                assert any(axiom in schema for axiom in pair)


def test_every_term_is_labelled_defined_and_sourced(schema: rdflib.Graph) -> None:
    """One label and one definition each, all different, with where the definition is from."""
    terms = own_terms(schema)
    assert len(terms) > 150
    labels: Counter[str] = Counter()
    definitions: Counter[str] = Counter()
    for term in terms:
        (label,) = schema.objects(term, RDFS.label)
        (definition,) = schema.objects(term, DEFINITION)
        assert list(schema.objects(term, SKOS.definition)) == [definition]
        assert list(schema.objects(term, SOURCE))
        assert (term, RDFS.isDefinedBy, URIRef(BASE)) in schema
        assert str(definition).endswith(".")
        assert str(label) == str(label).strip()
        labels[str(label)] += 1
        definitions[str(definition)] += 1
    assert [text for text, n in (labels + definitions).items() if n > 1] == []


def test_no_property_is_of_two_kinds(schema: rdflib.Graph) -> None:
    """Object, datatype or annotation property, and no class at once."""
    for term in set(schema.subjects(RDF.type)):
        kinds = [k for k in (*PROPERTY_KINDS, OWL.Class) if (term, RDF.type, k) in schema]
        assert len(kinds) <= 1, term


def test_the_header_says_whose_it_is(schema: rdflib.Graph) -> None:
    """Title, description, licence, creator, version and preferred prefix."""
    node = URIRef(BASE)
    version = (ontology_root() / "VERSION").read_text(encoding="utf-8").strip()
    dcterms = rdflib.DCTERMS
    for name in (dcterms.title, dcterms.description, dcterms.creator):
        assert schema.value(node, name)
    assert "publicdomain/zero" in str(schema.value(node, dcterms.license))
    assert str(schema.value(node, OWL.versionInfo)) == version
    assert version in str(schema.value(node, OWL.versionIRI))
    vann = rdflib.Namespace("http://purl.org/vocab/vann/")
    assert str(schema.value(node, vann.preferredNamespacePrefix)) == "moa"


def undeclared(schema: rdflib.Graph, kb: KnowledgeBase) -> set[str]:
    """Return the terms of ours that a projection uses and the schema does not declare."""
    used = {p for _, p, _ in triples(kb)}
    used |= {str(o) for _, p, o in triples(kb) if p == TYPE}
    declared = {str(term) for term in schema.subjects(RDF.type)}
    return {term for term in used if term.startswith(BASE)} - declared


def test_the_projection_uses_declared_terms_only(
    schema: rdflib.Graph, small: KnowledgeBase, built_in: KnowledgeBase
) -> None:
    """Neither the synthetic nor the real graph holds a word that the schema lacks."""
    assert undeclared(schema, small) == set()
    assert undeclared(schema, built_in) == set()


def test_literals_and_iris_stand_where_the_schema_wants_them(
    schema: rdflib.Graph, built_in: KnowledgeBase
) -> None:
    """No literal on an object property, no IRI on a datatype property."""
    for _, predicate, node in to_rdflib(built_in):
        if (predicate, RDF.type, OWL.ObjectProperty) in schema:
            assert isinstance(node, URIRef), predicate
        elif (predicate, RDF.type, OWL.DatatypeProperty) in schema:
            assert isinstance(node, rdflib.Literal), predicate


def test_the_schema_is_consistent_with_data(schema: rdflib.Graph, built_in: KnowledgeBase) -> None:
    """HermiT finds no class that nothing can be in, and no contradiction with the real graph.

    Literals are left out: they stand on annotation and datatype properties only.
    """
    if shutil.which("java") is None and not os.environ.get("MOAGRAPH_REQUIRE_ALL"):
        missing("Java, which HermiT runs on,")
    import owlready2

    graph = rdflib.Graph()
    for row in schema:
        graph.add(row)
    for row in to_rdflib(built_in):
        if isinstance(row[2], URIRef):
            graph.add(row)
    world = owlready2.World()
    text = graph.serialize(format="nt").encode()
    ontology = world.get_ontology(BASE).load(fileobj=io.BytesIO(text))
    with ontology:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    assert list(world.inconsistent_classes()) == []
