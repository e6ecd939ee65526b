"""The page of the endpoint, its headers, and how it behaves in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.conftest import missing
from tests.serve.client import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

WAIT = 30_000
"""Milliseconds that a browser may take on a busy machine."""


class Parts(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))


def test_the_policy_allows_no_other_host_and_no_inline_script(server: Server) -> None:
    reply = server.request("GET", "/")
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    parts = Parts()
    parts.feed(reply.text)
    for tag, attributes in parts.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "style"
        assert "style" not in attributes
        if tag == "script":
            assert attributes["src"] == "/page.js"
        for name in ("src", "href"):
            assert re.match(r"/|data:,", attributes.get(name) or "/")


def test_the_graph_has_a_policy_of_its_own(server: Server) -> None:
    reply = server.request("GET", "/graph")
    assert reply.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert 'http-equiv="Content-Security-Policy"' in reply.text
    assert "lenalidomide" in reply.text


def test_files_have_their_types(server: Server) -> None:
    assert server.request("GET", "/page.js").media == "text/javascript"
    assert server.request("GET", "/page.css").media == "text/css"
    assert server.request("GET", "/prefixes").json["moa"] == "https://w3id.org/moagraph/"


@pytest.fixture(scope="module")
def page(server: Server) -> Iterator[Page]:
    """The page in a browser that may ask nobody but the server; faults of its scripts fail."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("chromium")
    from playwright.sync_api import sync_playwright

    faults: list[str] = []
    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=program, args=["--no-sandbox"])
        found = browser.new_page()
        found.set_default_timeout(WAIT)
        found.on("pageerror", lambda error: faults.append(str(error)))
        home = f"http://127.0.0.1:{server.port}/"

        def elsewhere(request: Request) -> None:
            if not request.url.startswith(home):
                faults.append(request.url)

        found.on("request", elsewhere)
        found.goto(home)
        found.wait_for_selector("#question option[value=neosubstrates]", state="attached")
        yield found
        browser.close()
    assert [fault for fault in faults if not fault.startswith(("data:", "blob:"))] == []


def ask(page: Page, query: str) -> str:
    """Ask a query of one's own and return what the page says of the answer."""
    page.select_option("#question", "")
    page.select_option("#format", "")
    page.fill("#query", query)
    page.click("#run")
    page.locator("#stop").wait_for(state="hidden")
    return page.inner_text("#state")


def test_a_named_question_is_asked_and_shown(page: Page) -> None:
    page.select_option("#question", "neosubstrates")
    assert page.input_value("#parameters input") == "lenalidomide"
    page.fill("#parameters input", "Pomalyst")
    page.click("#run")
    page.wait_for_selector("#result td")
    assert "IKZF1" in page.inner_text("#result")
    assert page.get_attribute("#result a", "href") == "http://purl.obolibrary.org/obo/CHEBI_72690"
    assert "noreferrer" in (page.get_attribute("#result a", "rel") or "")


def test_rows_are_a_table(page: Page) -> None:
    assert ask(page, "SELECT ?l { CHEBI:63791 rdfs:label ?l }") == "1 row."
    assert page.inner_text("#result th") == "l"
    assert page.inner_text("#result td") == "lenalidomide"


def test_a_truth_value_and_triples(page: Page) -> None:
    assert ask(page, "ASK { FILTER(1=2) }") == "No."
    said = ask(page, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 2")
    assert "text/turtle" in said
    assert page.locator("#result pre").count() == 1


def test_a_fault_is_shown_with_its_place(page: Page) -> None:
    said = ask(page, "SELECT * {\n  ?s rdfz:label ?o }")
    assert said.startswith("Line 2, column 6")
    assert "^" in page.inner_text("#result pre")


def test_a_remark_is_shown(page: Page) -> None:
    assert "moa:hasSubject" in ask(page, "SELECT * { ?s moa:hasSubjekt ?o }")


def test_hostile_values_stay_text(page: Page) -> None:
    query = """SELECT ?a ?b ?c {
      BIND("<img src=x onerror=alert(1)><script>document.title='taken'</script>" AS ?a)
      BIND(IRI("javascript:alert(1)") AS ?b)
      BIND("\\u202Eevil"@en AS ?c) }"""
    title = page.title()
    assert ask(page, query) == "1 row."
    assert page.locator("#result img, #result script, #result a").count() == 0
    assert page.inner_text("#result td >> nth=0").startswith("<img")
    assert page.inner_text("#result td >> nth=1") == "<javascript:alert(1)>"
    assert page.title() == title


def test_another_format_is_shown_as_it_is(page: Page) -> None:
    page.select_option("#question", "")
    page.fill("#query", "SELECT ?l { CHEBI:63791 rdfs:label ?l }")
    page.select_option("#format", "text/csv")
    page.click("#run")
    page.wait_for_selector("#result pre")
    assert page.inner_text("#result pre").split() == ["l", "lenalidomide"]


def test_the_keyboard_runs_a_query(page: Page) -> None:
    page.select_option("#question", "")
    page.select_option("#format", "")
    page.fill("#query", "SELECT (7 AS ?seven) { }")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#result td")
    assert page.inner_text("#result td") == "7"


def test_the_graph_is_in_the_page(page: Page) -> None:
    frame = page.frame_locator("iframe")
    page.locator("iframe").scroll_into_view_if_needed()
    frame.locator("canvas").first.wait_for(timeout=WAIT)
