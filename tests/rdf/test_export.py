"""Exports: every syntax loads in both libraries, is stable, and loses nothing of the tables."""

from __future__ import annotations

import re
import warnings
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from moagraph.errors import QuestionError
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import export, read_rdf, triples
from moagraph.rdf.layers import REASONED, SCHEMA
from moagraph.rdf.reasoned import reasoned_triples
from moagraph.rdf.terms_page import terms_page
from moagraph.resources import ontology_root
from moagraph_cli.commands.export import EXPORTS
from moagraph_cli.main import cli

FORMATS = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml"),
}


def text_of(name: str, kb: KnowledgeBase, layer: str = "") -> bytes:
    options = {"layer": layer} if layer else {}
    made = getattr(export, f"{name}_text")(kb, **options)
    return made.encode() if isinstance(made, str) else made


@pytest.mark.parametrize("name", FORMATS)
def test_every_syntax_holds_the_same_claims(small: KnowledgeBase, name: str) -> None:
    """Both libraries read as many triples as the projection has; nothing is a blank node."""
    data = text_of(name, small, "claims")
    ours, theirs = FORMATS[name]
    quads = set(ox.parse(data, format=ours))
    graph = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, about itself
        graph.parse(data=data, format=theirs)
        loaded = set(graph.triples((None, None, None)))
    assert len(quads) == len(loaded) == len(set(triples(small)))
    assert not any(isinstance(q.subject, ox.BlankNode) for q in quads)
    assert text_of(name, small, "claims") == data


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_all_layers_stand_each_in_its_graph(small: KnowledgeBase, name: str) -> None:
    """Claims in the default graph; reading back takes the claims and nothing of the others."""
    data = text_of(name, small)
    store = ox.Store()
    store.load(data, format=FORMATS[name][0])
    assert {g.value for g in store.named_graphs()} == {REASONED, SCHEMA}
    reasoned = store.quads_for_pattern(None, None, None, ox.NamedNode(REASONED))
    assert len(list(reasoned)) == len(set(reasoned_triples(small)))
    claims = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert len(list(claims)) == len(set(triples(small)))
    assert read_rdf(data, name) == read_rdf(text_of("turtle", small), "turtle")


def test_the_commands_write_files_and_stdout(tmp_path: Path) -> None:
    run = CliRunner().invoke(cli, ["export", "turtle", "-o", str(tmp_path / "g.ttl")])
    assert run.exit_code == 0, run.output
    assert (tmp_path / "g.ttl").read_bytes() == (ontology_root() / "moagraph.ttl").read_bytes()
    shown = CliRunner().invoke(cli, ["export", "turtle", "--layer", "reasoned"])
    assert shown.stdout_bytes == (ontology_root() / "moagraph-reasoned.ttl").read_bytes()


def test_an_option_of_another_format_is_refused() -> None:
    run = CliRunner().invoke(cli, ["export", "terms", "--layer", "all"])
    assert run.exit_code == 2
    assert "takes no --layer" in run.output


def test_the_manual_names_every_format() -> None:
    shown = CliRunner().invoke(cli, ["export", "--help"]).output
    assert all(name in shown for name in EXPORTS)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")


def test_the_terms_page_has_an_anchor_for_every_term() -> None:
    """Every class and relation of the schema, each once, and no link into nothing."""
    page = _Page()
    page.feed(terms_page())
    schema = (ontology_root() / "schema.ttl").read_text(encoding="utf-8")
    terms = set(re.findall(r"^moa:(\w+)$", schema, re.MULTILINE))
    assert len(page.ids) == len(set(page.ids))
    assert set(page.ids) == terms
    assert {link[1:] for link in page.links if link.startswith("#")} <= terms
    assert not page.tags & {"script", "link", "img", "iframe"}


def test_the_terms_page_tells_sign_inverse_and_mappings() -> None:
    text = terms_page()
    section = text[text.index('<section id="increasesDegradationOf">') :]
    section = section[: section.index("</section>")]
    for part in ("<dt>Sign</dt><dd>-1</dd>", "<dt>Inverse</dt>", "<dt>From</dt>", "biolink:"):
        assert part in section


@pytest.mark.parametrize("name", FORMATS)
def test_a_large_graph_is_written_as_it_comes_and_says_the_same(
    name: str, small: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same statements as of the file that is held and sorted, in blocks of bytes."""
    whole = {quad_of(q) for q in ox.parse(text_of(name, small, "claims"), format=FORMATS[name][0])}
    monkeypatch.setattr(export, "MAX_SORTED", 0)
    pieces = getattr(export, f"{name}_text")(small, layer="claims")
    text = b"".join(pieces.texts[""])
    assert {quad_of(q) for q in ox.parse(text, format=FORMATS[name][0])} == whole
    assert pieces.losses() == []


def quad_of(quad: ox.Quad) -> str:
    return str(quad)


@pytest.mark.parametrize("name", ["trig", "nquads", "jsonld", "turtle"])
def test_a_reasoned_layer_that_is_too_large_is_left_out_aloud(
    name: str, small: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MAX_REASONED", 1)
    pieces = getattr(export, f"{name}_text")(small, layer="all")
    found = list(ox.parse(b"".join(pieces.texts[""]), format=FORMATS[name][0]))
    assert not any(str(q.graph_name) == f"<{REASONED}>" for q in found)
    assert pieces.losses()[0].startswith("the reasoned layer")
    with pytest.raises(QuestionError, match="the reasoned layer is made of up to 1 claims"):
        getattr(export, f"{name}_text")(small, layer="reasoned")
