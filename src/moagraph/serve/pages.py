"""The pages of the site: the form, the interactive graph, and the list of named questions."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moagraph.graph import Graph

Page = tuple[str, bytes, dict[str, str]]

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MOST_CLAIMS = 20_000
"""The page of a graph with more claims than this would be too large to open."""


def pages(graph: Graph) -> dict[str, Page]:
    """Return each page: path to media type, bytes and further headers."""
    found: dict[str, Page] = {
        "/page.css": ("text/css; charset=utf-8", _file("page.css").encode(), {}),
        "/page.js": ("text/javascript; charset=utf-8", _file("page.js").encode(), {}),
        "/questions": ("application/json", _json(_questions()), {}),
        "/prefixes": ("application/json", _json(_prefixes()), {}),
    }
    page = _file("page.html").replace("{version}", escape(graph.version))
    kept, cut = ("with", "without") if drawable(graph) else ("without", "with")
    page = _only(page, kept, cut)
    csp = {"Content-Security-Policy": _CSP}
    found["/"] = ("text/html; charset=utf-8", page.encode(), csp)
    return found


def drawable(graph: Graph) -> bool:
    """Tell whether the graph is small enough for one page."""
    return len(graph.kb.assertions) <= _MOST_CLAIMS


def _file(name: str) -> str:
    return (files("moagraph.serve") / "static" / name).read_text(encoding="utf-8")


def _only(page: str, kept: str, cut: str) -> str:
    """Return the page with one of two parts that are marked in it, and without the other."""
    before, _, rest = page.partition(f"<!-- {cut} graph -->")
    _, _, after = rest.partition(f"<!-- end {cut} graph -->")
    page = before + after
    return page.replace(f"<!-- {kept} graph -->", "").replace(f"<!-- end {kept} graph -->", "")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _questions() -> list[dict[str, Any]]:
    from moagraph.sparql.named import names, question

    found = []
    for name in names():
        asked = question(name)
        parameters = [
            {"name": p.name, "kind": p.kind, "optional": p.optional, "help": p.help}
            for p in asked.parameters
        ]
        found.append(
            {
                "name": name,
                "title": asked.title,
                "description": asked.description,
                "parameters": parameters,
                "example": asked.settings,
                "text": _body(asked.text),
            }
        )
    return found


def _body(text: str) -> str:
    """Return a query without the comments at its head, which say what is shown beside it."""
    lines = text.splitlines(keepends=True)
    while lines and lines[0].startswith("# "):
        lines.pop(0)
    return "".join(lines)


def _prefixes() -> dict[str, str]:
    from moagraph.rdf.namespaces import namespaces

    return dict(sorted(namespaces().items()))
