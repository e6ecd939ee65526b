"""Graphs for pages, and a page in a browser that remembers what it asked for and complained of."""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
from pathlib import Path
from typing import Any

from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity, Evidence, Fact, Source
from moagraph.tables import Tables

LEN, IKZF1, MYELOMA = "CHEBI:63791", "uniprot:Q13422", "MONDO:0009693"
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}{% x %}<!--"


def json_block(html: str, name: str) -> Any:
    """Return the value of a JSON block of a page."""
    found = re.search(
        rf'<script type="application/([a-z-]+)" id="{name}">(.*?)</script>', html, re.S
    )
    assert found, name
    text = found[2]
    if found[1] != "json":
        text = gzip.decompress(base64.b64decode(text)).decode("utf-8")
    return json.loads(text)


def hostile_graph() -> Graph:
    """Return a graph that has an attack in every field that reaches a page."""
    entities = (
        Entity(
            f"evil:{EVIL}",
            EVIL,
            kind="drug",
            synonyms=(EVIL + "syn",),
            xrefs=(f"x:{EVIL}", "javascript:alert(3)"),
            members=("evil:b",),
            description=EVIL,
        ),
        Entity("evil:b", "b " + EVIL, kind="protein", description="javascript:alert(4)"),
        Entity("evil:c", "\u202eright to left\u0000 \u2028 ]]> " + EVIL, kind="disease"),
    )
    claims = (
        Assertion(
            f"claim-{EVIL}",
            f"evil:{EVIL}",
            "decreases",
            "evil:b",
            cell=f"cell {EVIL}",
            note=EVIL,
            directness=EVIL,
            requires=EVIL.replace(",", " ").replace("|", " "),
        ),
        Assertion("claim-2", "evil:b", f"relates {EVIL}", "evil:c"),
        Assertion("claim-3", "evil:b", "sustains", "evil:c", directness="direct"),
    )
    sources = (
        Source(f"s{EVIL}", pmid=f"1{EVIL}", doi=f"10.1/{EVIL}", title=EVIL, first_author=EVIL),
        Source("s2", url="javascript:alert(5)", journal=EVIL, year="2020"),
        Source("s3", pmid="123", first_author="Fine", year="2021"),
    )
    evidence = tuple(
        Evidence(f"e{i}-{EVIL}", claims[0].id, source.id, statement=EVIL, system=EVIL)
        for i, source in enumerate(sources)
    )
    facts = (Fact("f1", f"evil:{EVIL}", EVIL, value=EVIL, unit=EVIL, condition=""),)
    tables = Tables(
        entities=entities, assertions=claims, sources=sources, evidence=evidence, facts=facts
    )
    return Graph(KnowledgeBase(tables, name=EVIL, version=EVIL))


def graph_of_size(nodes: int, seed: int = 7) -> Graph:
    """Return a graph of drugs, proteins, processes and diseases with 1.6 claims an entity."""
    chance = random.Random(seed)
    kinds = ("drug", "protein", "protein", "protein", "process", "disease")
    entities = tuple(
        Entity(f"moa:n{i:05}", f"{kinds[i % 6]} {i}", kind=kinds[i % 6]) for i in range(nodes)
    )
    by_kind = {k: [e.id for e in entities if e.kind == k] for k in kinds}
    steps = (
        ("drug", "protein"),
        ("protein", "protein"),
        ("protein", "process"),
        ("process", "disease"),
    )
    claims, evidence = [], []
    for i in range(int(nodes * 1.6)):
        a, b = chance.choice(steps)
        start, end = chance.choice(by_kind[a]), chance.choice(by_kind[b])
        if start == end:
            continue
        relation = chance.choice(("increases", "decreases"))
        claims.append(Assertion(f"c{i:06}", start, relation, end, directness="direct"))
        evidence.append(Evidence(f"e{i:06}", f"c{i:06}", "PMID:1", statement="It was seen."))
    tables = Tables(
        entities=entities,
        assertions=tuple(claims),
        evidence=tuple(evidence),
        sources=(Source("PMID:1", pmid="1", first_author="A", year="2000"),),
    )
    return Graph(KnowledgeBase(tables, name=f"made {nodes}", version="1"))


class Opened:
    """A page in a browser."""

    def __init__(self, context: Any, page: Any, address: str) -> None:
        self.context = context
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("console", self._console)
        page.on("pageerror", lambda e: self.complain(str(e)))
        page.on("dialog", self._dialog)
        page.on("websocket", lambda w: self.requests.append(w.url))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complain(message.text)

    def complain(self, text: str) -> None:
        """Keep an error of the page."""
        self.complaints.append(text)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def load(self, fragment: str = "") -> None:
        """Load the page anew and wait until it can be used."""
        self.page.goto("about:blank")
        self.page.goto(self.address + fragment)
        self.page.wait_for_selector("html[data-interactive=yes]", state="attached")

    def fresh(self) -> None:
        """Bring the page back to its first state without loading it."""
        self.page.evaluate(
            "() => { for (const d of document.querySelectorAll('details[open]')) d.open = false;"
            " location.hash = '#'; document.getElementById('find').value = '';"
            " document.getElementById('panel-close').click();"
            " document.getElementById('fit').click(); scrollTo(0, 0); }"
        )
        self.settle()

    def settle(self) -> None:
        """Wait for what moves."""
        self.page.wait_for_timeout(60)

    def do(self, script: str, argument: Any = None) -> Any:
        """Run a function of the page."""
        return self.page.evaluate(script, argument)

    def text(self, selector: str) -> str:
        """Return the text of an element."""
        return str(self.page.inner_text(selector))

    def click_on(self, name: str) -> None:
        """Click on an entity or a claim in the picture."""
        self.do("id => moagraph.bring(id)", name)
        self.settle()
        where = self.do("id => moagraph.whereIs(id)", name)
        self.page.mouse.click(where["x"], where["y"])
        self.settle()

    def edges(self) -> list[dict[str, Any]]:
        """Return the claims of the scene."""
        found: list[dict[str, Any]] = self.do(
            "() => [...moagraph.state.scene.edges.values()].map(({path, ...e}) => e)"
        )
        return found

    def axe(self) -> list[Any]:
        """Return what axe has against the page as it stands."""
        if not self.do("() => typeof axe !== 'undefined'"):
            import axe_playwright_python

            script = Path(axe_playwright_python.__file__).with_name("axe.min.js")
            self.page.evaluate(script.read_text(encoding="utf-8"))
        run = self.do("() => axe.run(document, {preload: false})")
        return [
            (v["id"], v["impact"], [n["html"][:120] for n in v["nodes"][:3]])
            for v in run["violations"]
        ]


def open_page(
    browser: Any, file: Path, *, width: int = 1280, height: int = 800, **settings: Any
) -> Opened:
    """Open a file in a context of its own, with motion reduced unless told otherwise."""
    settings.setdefault("reduced_motion", "reduce")
    context = browser.new_context(
        viewport={"width": width, "height": height}, accept_downloads=True, **settings
    )
    opened = Opened(context, context.new_page(), file.as_uri())
    opened.load()
    return opened
