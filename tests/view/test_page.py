"""What a page must be, as far as its file tells it without a browser."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from moagraph.errors import DataError, QuestionError, UnknownName
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.tables import Tables
from moagraph.view.network import VIS_PATH, VIS_SHA256, licence_notice, script, vis_library
from moagraph.view.page import page
from moagraph.view.select import of_all
from tests.view.pages import EVIL, LEN, graph_of_size, hostile_graph, json_block

PageFile = Callable[[str], Path]
PAGES = ("myeloma", "drug", "compare", "all", "hostile")


class Seen(HTMLParser):
    """Start tags with their attributes, and the texts of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        else:
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - of the base class
        self._inside = ""


@pytest.mark.parametrize("name", PAGES)
def test_01_nothing_is_loaded_from_elsewhere(page_file: PageFile, name: str) -> None:
    html = page_file(name).read_text(encoding="utf-8")
    for tag, attributes in Seen(html).tags:
        assert "src" not in attributes, tag
        href = attributes.get("href") or "#"
        assert href.startswith("#") or (tag == "a" and href.startswith("https://")), (tag, href)
        assert not any(key.startswith("on") for key in attributes), (tag, attributes)
    styles = "".join(re.findall(r"<style>(.*?)</style>", html, re.S))
    assert "url(" not in styles
    assert "@import" not in styles


def scripts_of(html: str) -> list[str]:
    found = re.search(r'id="packed">([^<]+)<', html)
    assert found
    scripts: list[str] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return scripts


@pytest.mark.parametrize("name", PAGES)
def test_03_the_policy_names_each_script_and_nothing_else(page_file: PageFile, name: str) -> None:
    html = page_file(name).read_text(encoding="utf-8")
    seen = Seen(html)
    (policy,) = (
        a["content"] or ""
        for tag, a in seen.tags
        if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    loader = [text for text in seen.scripts if "DecompressionStream" in text and len(text) < 3000]
    packed = scripts_of(html)
    wanted = {
        f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'"
        for t in [*loader, *packed]
    }
    (scripts,) = (part for part in policy.split("; ") if part.startswith("script-src"))
    assert set(scripts.split()[1:]) == wanted
    assert len(loader) == 1
    assert policy.startswith("default-src 'none';")
    assert "unsafe-eval" not in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'none'" in policy


def test_03_the_library_is_that_of_pyvis_with_its_notice(page_file: PageFile) -> None:
    html = page_file("myeloma").read_text(encoding="utf-8")
    wheel_file = (files("pyvis") / VIS_PATH).read_bytes()
    assert hashlib.sha256(wheel_file).hexdigest() == VIS_SHA256
    assert vis_library() in scripts_of(html)
    notice = licence_notice(vis_library())
    assert "Apache" in notice
    assert "MIT" in notice
    assert "Apache 2.0" in " ".join(Seen(html).texts)


def shuffled(tables: Tables) -> Tables:
    return Tables(
        **{
            name: tuple(reversed(getattr(tables, name)))
            for name in ("entities", "assertions", "evidence", "sources")
        }
    )


def test_04_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys, moagraph; g = moagraph.load(); "
        "sys.stdout.buffer.write(g.view('lenalidomide', 'multiple myeloma').to_html().encode())"
    )
    made = set()
    for seed in ("0", "1", "77"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            check=True,
            timeout=120,
        )
        made.add(run.stdout)
    assert len(made) == 1
    (html,) = made
    assert str(tmp_path).encode() not in html
    assert str(Path(__file__).parents[2]).encode() not in html
    # The one time of day in the page is that of the library's own notice.
    assert set(re.findall(rb"20\d\d-\d\d-\d\dT\d\d:\d\d", html)) == {b"2022-03-28T20:17"}
    assert not list(tmp_path.iterdir())


def test_04_the_order_of_rows_changes_nothing_of_the_picture() -> None:
    tables = graph_of_size(60).kb.tables
    assert isinstance(tables, Tables)
    pages = []
    for rows in (tables, shuffled(tables)):
        kb = KnowledgeBase(rows, version="1")
        html = page(kb, of_all(kb, "moa:n00000"))
        nodes = sorted(json_block(html, "nodes"), key=lambda n: str(n["id"]))
        edges = sorted(json_block(html, "edges"), key=lambda e: str(e["id"]))
        pages.append((nodes, edges))
    assert pages[0] == pages[1]


def test_04_versions_are_told(graph: Graph, page_file: PageFile) -> None:
    import moagraph

    text = " ".join(Seen(page_file("myeloma").read_text(encoding="utf-8")).texts)
    assert graph.version in text
    assert f"moagraph {moagraph.__version__}" in text


def test_05_written_as_utf8_with_lf_under_the_c_locale(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "x.html"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = subprocess.run(
        [sys.executable, "-m", "moagraph_cli", "view", "lenalidomide", "IKZF1", "-o", str(target)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    data = target.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert "−" in data.decode("utf-8")
    assert [p.name for p in target.parent.iterdir()] == ["x.html"]


def test_05_paths_and_texts_and_a_folder_in_the_way(graph: Graph, tmp_path: Path) -> None:
    view = graph.view("lenalidomide", "IKZF1")
    assert view.write(str(tmp_path / "a.html")).read_bytes() == (
        view.write(tmp_path / "b.htm").read_bytes()
    )
    (tmp_path / "c.html").mkdir()
    with pytest.raises(DataError, match="folder"):
        view.write(tmp_path / "c.html")
    with pytest.raises(QuestionError, match="written as"):
        view.write(tmp_path / "d.doc")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "b.htm", "c.html"]


@pytest.mark.parametrize("name", PAGES)
def test_06_the_frame_of_a_document(page_file: PageFile, name: str) -> None:
    data = page_file(name).read_bytes()
    assert data.startswith(b'<!DOCTYPE html>\n<html lang="en">')
    assert b'<meta charset="utf-8">' in data[:1024]
    assert b'name="viewport"' in data[:1024]
    titles = re.findall(rb"<title>([^<]+)</title>", data)
    assert titles
    assert data.count(b"<h1") == 1


def test_07_hostile_text_stays_text(page_file: PageFile) -> None:
    html = page_file("hostile").read_text(encoding="utf-8")
    seen = Seen(html)
    assert len([tag for tag, _ in seen.tags if tag == "script"]) == 6
    assert not [tag for tag, _ in seen.tags if tag == "img"]
    links = [a["href"] or "" for tag, a in seen.tags if tag == "a"]
    assert [link for link in links if not link.startswith("#")] == [
        "https://pubmed.ncbi.nlm.nih.gov/123/"
    ]
    assert any(EVIL in text for text in seen.texts)
    assert "49" not in "".join(re.findall(r"\{\{.{0,5}|49\{", html))


def test_07_a_script_that_would_end_itself_is_refused() -> None:
    for text in ("a</script>", "b</SCRIPT >", "<!-- c"):
        with pytest.raises(ValueError, match="end of a script"):
            script(text)


def test_08_size(page_file: PageFile) -> None:
    assert page_file("hundred").stat().st_size <= 700_000
    assert page_file("myeloma").stat().st_size <= 700_000


@pytest.mark.parametrize("name", ["myeloma", "compare", "all"])
def test_09_every_entity_and_every_claim_is_drawn(page_file: PageFile, name: str) -> None:
    html = page_file(name).read_text(encoding="utf-8")
    nodes, edges = json_block(html, "nodes"), json_block(html, "edges")
    drawn = re.findall(r'<tr id="row-\d+" data-id="([^"]*)">', html)
    assert {e["id"] for e in edges} == set(drawn)
    assert len(edges) == len({e["id"] for e in edges})
    ends = {e[k] for e in edges for k in ("from", "to", "via") if e[k]}
    assert ends <= {n["id"] for n in nodes}
    routes = [tuple(e["knots"]) for e in edges]
    assert len(routes) == len(set(routes)), "two claims have one and the same line"


@pytest.mark.parametrize("name", ["myeloma", "drug", "compare", "all", "hundred"])
def test_10_columns_from_drug_to_patient(page_file: PageFile, name: str) -> None:
    html = page_file(name).read_text(encoding="utf-8")
    columns = json_block(html, "page")["columns"]
    order = ["drug", "ligase", "neosubstrate", "downstream", "effect", "indication"]
    assert [c[0] for c in columns] == [c for c in order if c in {c[0] for c in columns}]
    assert all(a[3] < b[2] for a, b in pairwise(columns))
    spans = {c[0]: (c[2], c[3]) for c in columns}
    for node in json_block(html, "nodes"):
        left, right = spans[node["col"]]
        assert left <= node["x"] - node["w"] / 2 + 1
        assert node["x"] + node["w"] / 2 <= right + 1
        assert isinstance(node["x"], int)
        assert isinstance(node["y"], int)


@pytest.mark.parametrize("name", ["myeloma", "drug", "compare", "all", "hundred"])
def test_11_no_box_overlaps_another(page_file: PageFile, name: str) -> None:
    nodes = json_block(page_file(name).read_text(encoding="utf-8"), "nodes")
    for a, b in combinations(nodes, 2):
        apart_x = abs(a["x"] - b["x"]) >= (a["w"] + b["w"]) / 2
        apart_y = abs(a["y"] - b["y"]) >= (a["h"] + b["h"]) / 2 + 4
        assert apart_x or apart_y, (a["label"], b["label"])


@pytest.mark.parametrize("name", ["myeloma", "compare", "all"])
def test_11_labels_break_between_words(page_file: PageFile, name: str) -> None:
    for node in json_block(page_file(name).read_text(encoding="utf-8"), "nodes"):
        whole = " ".join(node["lines"]).removesuffix(" …")
        assert " ".join(node["label"].split()).startswith(whole)
        assert node["h"] >= 17 * len(node["lines"])


def test_10_the_main_path_runs_straight(page_file: PageFile) -> None:
    html = page_file("myeloma").read_text(encoding="utf-8")
    spine = json_block(html, "page")["spine"]
    assert len(spine) >= 3
    edges = {e["id"]: e for e in json_block(html, "edges")}
    heights = {y for claim in spine for y in edges[claim]["knots"][1::2]}
    assert heights == {0}
    nodes = {n["id"]: n for n in json_block(html, "nodes")}
    assert nodes[LEN]["y"] == 0


@pytest.mark.parametrize("name", ["myeloma", "drug", "compare", "all"])
def test_26_the_table_is_complete_without_a_script(
    graph: Graph, page_file: PageFile, name: str
) -> None:
    html = page_file(name).read_text(encoding="utf-8")
    body = html[html.index('<section id="claims"') :]
    rows = re.findall(r'<tr id="row-\d+" data-id="([^"]+)".*?</tr>', body, re.S)
    assert len(rows) == len(set(rows))
    edges = {e["id"] for e in json_block(html, "edges")}
    assert edges <= set(rows)
    assert "<caption>" in body
    assert body.count('<th scope="col">') >= 7
    assert body.count('<th scope="row">') >= len(rows)
    for claim in rows[:40]:
        start = body.index(f'data-id="{claim}"')
        text = body[start : body.index("</tr>", start)]
        for evidence in graph.kb.evidence_about.get(claim, ()):
            source = graph.kb.sources[evidence.source]
            if source.pmid:
                assert f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" in text


def test_30_above_the_limit_a_neighbourhood_is_drawn_and_told() -> None:
    graph = graph_of_size(4000)
    view = graph.view()
    assert view.picture.cut
    assert len(view.picture.entities) <= 301
    text = " ".join(Seen(view.to_html()).texts)
    assert re.search(r"Too big to be drawn whole: 3\d\d\d entities", text)
    assert "the limit is 1500 entities or 3000 claims" in text


def test_what_cannot_be_drawn_is_said(graph: Graph) -> None:
    with pytest.raises(UnknownName):
        graph.view("lenalidomid")
    with pytest.raises(QuestionError, match="two or more"):
        graph.view("lenalidomide", compare=True)
    with pytest.raises(QuestionError, match="at most two"):
        graph.view("lenalidomide", "thalidomide", "pomalidomide")


def test_an_empty_graph_and_one_without_claims() -> None:
    empty = Graph(KnowledgeBase(Tables(), version="0"))
    assert "All claims" in empty.view().to_html()
    assert hostile_graph().view("evil:b").picture.claims


def test_a_notebook_gets_a_frame_of_its_own(graph: Graph) -> None:
    shown = graph.view("lenalidomide", "IKZF1")._repr_html_()
    ((tag, attributes),) = Seen(shown).tags
    assert tag == "iframe"
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
    assert (attributes["srcdoc"] or "").startswith("<!DOCTYPE html>")
