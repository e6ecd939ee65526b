"""The interpreter in a real browser, under the policy of the page: no eval, no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from moagraph.graph import Graph
from moagraph.view.claims import compact_claims
from moagraph.view.interpreter import interpreter_source
from tests.view import node
from tests.view.test_interpreter_vectors import FILES, case

PAGE = (
    "<!doctype html><meta http-equiv='Content-Security-Policy' "
    "content=\"default-src 'none'; script-src 'unsafe-inline'\"><title>t</title><script>{}</script>"
)
ASK = """batches => batches.map(([claims, questions]) => {
  const engine = MoaInterpreter.open(claims);
  return questions.map(([op, question]) => {
    try { return engine[op](question); } catch (error) {
      return {error: {code: error.code, message: error.message, suggestions: error.suggestions}};
    }
  });
})"""


def in_browser(browser: Any, batches: list[tuple[Any, list[node.Ask]]]) -> list[list[node.Json]]:
    """Return the answers to the questions about each graph, given by the browser."""
    page = browser.new_page()
    page.set_content(PAGE.format(interpreter_source()))
    answers: list[list[node.Json]] = page.evaluate(ASK, batches)
    page.close()
    return answers


def test_the_browser_answers_as_node_does(browser: Any, graph: Graph, tmp_path: Path) -> None:
    """Every vector and a large question have the same answer in both."""
    batches = [case(path) for path in FILES]
    drug = "CHEBI:63791"
    asks: list[node.Ask] = [("explain", {"a": drug, "b": "MONDO:0009693"})]
    asks.append(("whatif", {"a": drug, "without": ["uniprot:Q96SW2"]}))
    batches.append((compact_claims(graph.kb), asks))
    assert in_browser(browser, batches) == list(node.ask(batches, tmp_path))
