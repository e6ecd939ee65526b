"""The page: its layout against other layouts, its making against pyvis, its start in a browser.

    python benchmarks/page.py [--browser]

Layouts are compared on the built-in graph: the same columns, the same lines, straight from middle
to middle. A claim through a machine is drawn into the machine and on; the others draw it straight.
Graphs of 1,000 and 10,000 entities with two claims each are made; above its limit the page draws
a neighbourhood, and says so, where pyvis writes everything.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
from measure import head, row

import moagraph
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity
from moagraph.tables import Tables
from moagraph.view.columns import COLUMNS, columns_of
from moagraph.view.layout import Layout
from moagraph.view.page import layout_of

Point = tuple[float, float]
Pairs = list[tuple[str, str]]
BAR_CROSSINGS = 0.35
BAR_PYVIS = 20
WIDE, HIGH = 120, 40


def crossings(places: Mapping[str, Point], pairs: Iterable[tuple[str, str]]) -> int:
    """Return how many of the straight lines between places cross."""
    lines = sorted({(a, b) if a < b else (b, a) for a, b in pairs if a != b})
    found = [(places[a], places[b], a, b) for a, b in lines]

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    total = 0
    for (p, q, a, b), (r, s, c, d) in itertools.combinations(found, 2):
        if a in (c, d) or b in (c, d):
            continue
        total += side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0
    return total


def overlaps(places: Mapping[str, Point], sizes: Mapping[str, tuple[float, float]]) -> int:
    """Return how many boxes overlap another."""
    return sum(
        abs(places[a][0] - places[b][0]) < (sizes[a][0] + sizes[b][0]) / 2
        and abs(places[a][1] - places[b][1]) < (sizes[a][1] + sizes[b][1]) / 2
        for a, b in itertools.combinations(places, 2)
    )


def length(places: Mapping[str, Point], pairs: Pairs) -> float:
    """Return the mean length of the lines in units of the picture's diagonal."""
    xs, ys = zip(*places.values(), strict=True)
    diagonal = math.hypot(max(xs) - min(xs), max(ys) - min(ys)) or 1
    return sum(math.dist(places[a], places[b]) for a, b in pairs) / len(pairs) / diagonal


def stretched(places: Mapping[str, Point], layout: Layout) -> dict[str, Point]:
    """Return places over the same width and height as ours."""
    ours = [(b.x, b.y) for b in layout.boxes.values()]
    scales = []
    for axis in (0, 1):
        values = [p[axis] for p in places.values()]
        mine = [p[axis] for p in ours]
        scales.append((max(mine) - min(mine)) / ((max(values) - min(values)) or 1))
    return {e: (float(p[0] * scales[0]), float(p[1] * scales[1])) for e, p in places.items()}


def dot_places(columns: Mapping[str, str], pairs: Pairs) -> dict[str, Point] | None:
    """Return the places by Graphviz with each column on one rank, or nothing without it."""
    if shutil.which("dot") is None:
        return None
    ids = {entity: f"n{i}" for i, entity in enumerate(columns)}
    names = {name: entity for entity, name in ids.items()}
    lines = ["digraph { rankdir=LR; newrank=true; node [shape=box, width=1.2, height=0.4];"]
    for column in COLUMNS:
        members = " ".join(ids[e] for e in columns if columns[e] == column)
        lines.append(f"{{rank=same; {members}}}")
    lines += [f"{ids[a]} -> {ids[b]};" for a, b in pairs]
    text = "\n".join([*lines, "}"])
    run = subprocess.run(
        ["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True, timeout=300
    )
    rows = [line.split() for line in run.stdout.splitlines() if line.startswith("node ")]
    return {names[r[1]]: (float(r[2]), float(r[3])) for r in rows}


def layouts(graph: Graph) -> None:
    """Print crossings, overlaps and line lengths on the built-in graph."""
    picture = graph.view().picture
    kb = graph.kb
    layout = layout_of(kb, picture)
    columns = columns_of(kb, picture.entities, picture.claims)
    ours = {e: (float(b.x), float(b.y)) for e, b in layout.boxes.items()}
    sizes = {e: (float(b.width), float(b.height)) for e, b in layout.boxes.items()}
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in picture.entities:
        drawn.add_node(entity, subset=COLUMNS.index(columns[entity]))
    drawn.add_edges_from((a.subject, a.object) for a in picture.claims)
    multipartite: Any = nx.multipartite_layout(drawn)
    others: dict[str, dict[str, Point] | None] = {
        "networkx multipartite": stretched(multipartite, layout),
        "dot, a rank a column": dot_places(columns, [(a, b) for a, b, _ in drawn.edges]),
    }
    head("built-in graph", "layout", "lines", "crossings", "ratio", "overlaps", "mean length")
    for name, claims in (
        ("as it opens", [a for a in picture.claims if a.kind not in picture.quiet]),
        ("every claim", list(picture.claims)),
    ):
        pairs = [(a.subject, a.object) for a in claims]
        through: Pairs = []
        for a in claims:
            ends = [a.subject, a.object]
            if a.via and a.via not in ends:
                ends.insert(1, a.via)
            through += list(itertools.pairwise(ends))
        mine = crossings(ours, through)
        row(
            name, "ours", len(claims), mine, "", overlaps(ours, sizes), f"{length(ours, pairs):.3f}"
        )
        for other, places in others.items():
            if places is None:
                row(name, other, "", "not installed", "", "", "")
                continue
            count = crossings(places, pairs)
            ratio = mine / max(1, count)
            bar = "" if "dot" in other else f" (bar {BAR_CROSSINGS})"
            row(
                name,
                other,
                len(claims),
                count,
                f"{ratio:.2f}{bar}",
                overlaps(places, sizes),
                f"{length(places, pairs):.3f}",
            )


def made(nodes: int) -> Graph:
    """Return a graph of so many entities with two claims each."""
    chance = random.Random(1)
    kinds = ("drug", "protein", "protein", "protein", "process", "disease")
    entities = tuple(
        Entity(f"moa:n{i:05}", f"{kinds[i % 6]} {i}", kind=kinds[i % 6]) for i in range(nodes)
    )
    claims = []
    for i in range(2 * nodes):
        a, b = sorted(chance.sample(range(nodes), 2), key=lambda n: (n % 6, n))
        relation = chance.choice(("increases", "decreases"))
        claims.append(
            Assertion(f"c{i:06}", entities[a].id, relation, entities[b].id, directness="direct")
        )
    tables = Tables(entities=entities, assertions=tuple(claims))
    return Graph(KnowledgeBase(tables, name=f"made {nodes}", version="1"))


def by_pyvis(graph: Graph) -> str:
    """Return the page that pyvis makes of a graph by itself."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for entity in graph.kb.tables.entities:
        net.add_node(entity.id, label=entity.label)
    for claim in graph.kb.tables.assertions:
        net.add_edge(claim.subject, claim.object, title=claim.relation)
    return str(net.generate_html())


def spent(call: object, graph: Graph) -> tuple[float, str]:
    """Return the CPU seconds of one call and its text."""
    start = time.process_time()
    text = call(graph)  # type: ignore[operator]
    return time.process_time() - start, text


def making() -> None:
    """Print time and size of pages at 100, 1,000 and 10,000 entities against pyvis."""
    spent(by_pyvis, made(20))
    spent(lambda g: g.view().to_html(), made(20))
    head("making a page", "entities", "ours s", "pyvis s", "times faster", "ours kB", "pyvis kB")
    for nodes in (100, 1_000, 10_000):
        graph = made(nodes)
        theirs, other = spent(by_pyvis, graph)
        mine, text = spent(lambda g: g.view().to_html(), graph)
        bar = f" (bar {BAR_PYVIS})" if nodes == 10_000 else ""
        row(
            "",
            nodes,
            f"{mine:.2f}",
            f"{theirs:.2f}",
            f"{theirs / mine:.1f}{bar}",
            len(text.encode()) // 1000,
            len(other.encode()) // 1000,
        )


def starting() -> None:
    """Print how soon a page can be used in Debian's chromium, the best of three."""
    from playwright.sync_api import sync_playwright

    head("in a browser", "entities", "interactive s", "bar s")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for nodes, bar in ((100, 1.5), (1_000, 3.0)):
            file = made(nodes).view().write(Path(folder) / f"{nodes}.html")
            times = []
            for _ in range(3):
                page = browser.new_page()
                page.goto(file.as_uri())
                page.wait_for_selector("html[data-interactive=yes]", state="attached")
                times.append(page.evaluate("() => moagraph.ready") / 1000)
                page.close()
            row("", nodes, f"{min(times):.2f}", bar)
        browser.close()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", action="store_true", help="measure the start in chromium too")
    asked = parser.parse_args()
    layouts(moagraph.load())
    making()
    if asked.browser:
        starting()


if __name__ == "__main__":
    main()
