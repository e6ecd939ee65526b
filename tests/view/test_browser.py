"""The page in Debian's chromium: what only a browser can tell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from moagraph.graph import Graph
from tests.view.pages import IKZF1, LEN, MYELOMA, Opened, open_page

Shown = Callable[..., Opened]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["myeloma", "drug", "compare", "all", "hostile"])
def test_02_03_07_asks_for_nothing_and_complains_of_nothing(shown: Shown, name: str) -> None:
    page = shown(name)
    for node in page.do("() => [...moagraph.state.scene.nodes.keys()].slice(0, 4)"):
        page.do("id => moagraph.bring(id)", node)
    for edge in page.edges()[:4]:
        page.do("id => { location.hash = '#edge=' + encodeURIComponent(id); }", edge["id"])
        page.settle()
    assert page.requests == [page.address]
    assert page.complaints == []
    assert page.dialogs == []


def test_07_hostile_names_are_text_in_the_panel_too(shown: Shown) -> None:
    page = shown("hostile")
    for node in page.do("() => [...moagraph.state.scene.nodes.keys()]"):
        page.do("id => { location.hash = '#node=' + encodeURIComponent(id); }", node)
        page.settle()
        assert page.do("() => document.querySelectorAll('#panel img, #panel script').length") == 0
        links = page.do("() => [...document.querySelectorAll('a[href]')].map(a => a.href)")
        assert not [link for link in links if link.startswith("javascript")]
    page.page.fill("#find", "<img src=x onerror=alert(9)>")
    page.page.fill("#q-a", "<script>")
    page.page.click("#question .primary")
    page.settle()
    assert page.dialogs == []
    assert page.complaints == []
    ElementTree.fromstring(page.do("() => moagraph.svg()"))


@pytest.mark.parametrize("name", ["myeloma", "compare"])
def test_10_same_places_on_every_load(shown: Shown, name: str) -> None:
    page = shown(name)
    where = "() => moagraph.network.getPositions()"
    first = page.do(where)
    page.load()
    assert page.do(where) == first
    assert page.do("() => moagraph.network.physics.physicsEnabled") is False
    headings = page.do("() => [...document.querySelectorAll('.heading')].map(h => h.textContent)")
    assert headings == [
        "Drug",
        "Ligase",
        "Neosubstrate",
        "Downstream",
        "Cell and immune effect",
        "Indication",
    ]


@pytest.mark.parametrize("name", ["myeloma", "drug", "compare", "all"])
def test_12_labels_can_be_read_at_once(shown: Shown, name: str) -> None:
    page = shown(name)
    page.load()
    assert 14 * page.do("() => moagraph.network.getScale()") >= 10.99


def test_12_a_small_screen_shows_the_start(shown: Shown) -> None:
    page = shown("myeloma", width=400, height=800)
    page.load()
    assert page.do("() => document.documentElement.scrollWidth") <= 400
    where = page.do("id => moagraph.whereIs(id)", LEN)
    box = page.do("() => document.getElementById('canvas').getBoundingClientRect().toJSON()")
    assert box["x"] < where["x"] < box["x"] + box["width"]
    assert box["y"] < where["y"] < box["y"] + box["height"]
    assert 14 * page.do("() => moagraph.network.getScale()") >= 10.99


def test_11_no_word_is_wider_than_its_box(shown: Shown) -> None:
    page = shown("all")
    wide = page.do(
        "() => { const c = document.createElement('canvas').getContext('2d');"
        " const out = [];"
        " for (const n of moagraph.state.scene.nodes.values()) for (const l of n.lines) {"
        "   c.font = '600 14px system-ui, \"DejaVu Sans\", sans-serif';"
        "   const w = c.measureText(l).width + (n.col === 'effect' ? 10 : 4);"
        "   if (w > n.w) out.push([n.label, w, n.w]); } return out; }"
    )
    assert wide == []


def test_13_head_colour_and_text_tell_the_sign(shown: Shown) -> None:
    page = shown("compare")
    svg = ElementTree.fromstring(page.do("() => moagraph.svg()"))
    colours = page.do("() => moagraph.colours('light')")
    rows = page.do(
        "() => Object.fromEntries([...document.querySelectorAll('#claims tr[data-id]')]"
        ".map(r => [r.dataset.id, r.cells[3].textContent.trim()]))"
    )
    groups = {
        title.text: g for g in svg.iter(f"{SVG}g") if (title := g.find(f"{SVG}title")) is not None
    }
    for edge in page.edges():
        group = groups[edge["text"]]
        drawn = {p.get("stroke") for p in group.iter(f"{SVG}path")} | {
            p.get("fill") for p in group.iter(f"{SVG}path")
        }
        word, sign = {1: ("+ increases", "plus"), -1: ("− decreases", "minus")}[edge["sign"]]
        assert rows[edge["id"]] == word
        if edge["style"] not in ("negated", "refuted"):
            assert colours[sign] in drawn
        # An arrow is a filled shape; a tee is a bar that crosses the end of its line.
        head = page.do("id => moagraph.headOf(id)", edge["id"])
        gap = abs(head["end"][0] - head["head"]["x"])
        assert gap <= (9.1 if edge["sign"] == 1 else 4.9), "the head touches its line"


def test_14_the_legend_has_what_occurs_and_is_seen_at_once(shown: Shown) -> None:
    page = shown("myeloma")
    keys = page.do(
        "() => [...document.querySelectorAll('#legend .key')]"
        ".map(k => k.lastElementChild.textContent)"
    )
    styles = {e["style"] for e in page.edges()}
    names = {
        "observed": "observed, no mechanism shown",
        "outcome": "treatment outcome",
        "negated": "shown not to",
        "contested": "contested",
        "gate": "resistance or sensitivity",
        "refuted": "refuted",
    }
    for style, name in names.items():
        assert (name in keys) == (style in styles), name
    for column in ("Drug", "Ligase", "Neosubstrate", "Downstream", "Indication"):
        assert column in keys
    assert "+ increases" in keys
    assert "− decreases" in keys
    bottom = page.do("() => document.querySelector('#legend').getBoundingClientRect().bottom")
    assert bottom <= 800


def _rgb(colour: str) -> tuple[float, ...]:
    value = colour.removeprefix("#")
    parts = [int(value[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def _contrast(a: str, b: str) -> float:
    light = sorted(
        (0.2126 * r + 0.7152 * g + 0.0722 * b_ for r, g, b_ in (_rgb(a), _rgb(b))), reverse=True
    )
    return (light[0] + 0.05) / (light[1] + 0.05)


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light.
DEFICIENCIES = {
    "protan": "0.152286 1.052583 -0.204868 0.114503 0.786281 0.099216 -0.003882 -0.048116 1.051998",
    "deutan": "0.367322 0.860646 -0.227968 0.280085 0.672501 0.047413 -0.011820 0.042940 0.968881",
    "tritan": "1.255528 -0.076749 -0.178779 -0.078411 0.930809 0.147602 0.004733 0.691367 0.3039",
}


def _lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    r, g, b = (min(1.0, max(0.0, v)) for v in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_15_colours_are_told_apart_by_everyone(shown: Shown, theme: str) -> None:
    page = shown("myeloma")
    colours = page.do("t => moagraph.colours(t)", theme)
    for line in ("plus", "minus", "neutral", "trunk", "mark"):
        for ground in ("paper", "band"):
            assert _contrast(colours[line], colours[ground]) >= 3, line
    for box in ("drug", "ligase", "neosubstrate", "downstream", "effect"):
        assert _contrast(colours["ink"], colours[box]) >= 4.5, box
        assert _contrast(colours[f"{box}-line"], colours["paper"]) >= 3, box
    assert _contrast(colours["indication-ink"], colours["indication"]) >= 4.5
    for numbers in DEFICIENCIES.values():
        matrix = [float(n) for n in numbers.split()]
        seen = []
        for name in ("plus", "minus"):
            rgb = _rgb(colours[name])
            seen.append(
                _lab(tuple(sum(matrix[3 * i + k] * rgb[k] for k in range(3)) for i in range(3)))
            )
        apart = sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5
        assert apart >= 40


def test_16_17_a_click_on_any_claim_opens_its_evidence(graph: Graph, shown: Shown) -> None:
    page = shown("myeloma")
    for edge in page.edges():
        page.do("() => document.getElementById('clear').click()")
        page.click_on(edge["id"])
        chosen = page.do("() => moagraph.state.edges")
        offered = page.do("() => moagraph.state.offered")
        assert edge["id"] in (offered or chosen), edge["id"]
        if len(offered) > 1:
            names = page.do(
                "() => [...document.querySelectorAll('#panel .claim')].map(b => b.dataset.claim)"
            )
            assert set(names) == set(offered)
            page.page.click(f'#panel .claim[data-claim="{edge["id"]}"]')
            page.settle()
        panel = page.text("#panel")
        for part in (edge["text"], edge["status"], edge["kind"]):
            assert part in panel
        for evidence in graph.kb.evidence_about.get(edge["id"], ()):
            assert " ".join(evidence.statement.split()) in " ".join(panel.split())
            pmid = graph.kb.sources[evidence.source].pmid
            if pmid:
                link = f'#panel a[href="https://pubmed.ncbi.nlm.nih.gov/{pmid}/"]'
                assert page.page.locator(link).count()


def test_16_counter_evidence_comes_first(graph: Graph, shown: Shown) -> None:
    page = shown("myeloma")
    contested = [e["id"] for e in page.edges() if e["status"] == "contested"]
    assert contested
    page.do("id => { location.hash = '#edge=' + id; }", contested[0])
    page.settle()
    words = page.do(
        "() => [...document.querySelectorAll('#panel .papers b')].map(b => b.textContent)"
    )
    assert words[0] == "Speaks against:"
    assert "Supports:" in words
    assert graph.kb.status(graph.kb.assertions[contested[0]]) == "contested"


def test_18_an_entity_shows_what_it_is_and_its_claims(shown: Shown) -> None:
    page = shown("myeloma")
    page.click_on(IKZF1)
    panel = page.text("#panel")
    assert page.text("#panel-heading") == "IKZF1"
    for part in ("What acts on it", "What it does", "Identifiers", "Also called", "protein"):
        assert part in panel
    assert page.page.locator('#panel a[href*="uniprot"]').count()
    page.page.click("#panel .claim >> nth=0")
    page.settle()
    assert page.do("() => moagraph.state.edges.length") == 1
    page.click_on("moa:crl4-crbn")
    assert "Made of" in page.text("#panel")
    page.click_on(LEN)
    assert "Facts, with their conditions" in page.text("#panel")
    assert "Not medical advice" in page.text("#panel")


def test_19_search_by_synonym_and_the_words_for_nothing(shown: Shown) -> None:
    page = shown("myeloma")
    page.page.fill("#find", "revlimid")
    page.page.press("#find", "Enter")
    page.settle()
    assert page.text("#panel-heading") == "lenalidomide"
    page.page.fill("#find", "qqqqzz")
    page.page.wait_for_timeout(120)
    assert "Nothing found" in page.text("#hits")
    assert "Nothing found" in page.do("() => document.getElementById('status').textContent")
    page.page.fill("#find", "gspt1")
    assert "not in this picture" in page.text("#hits")


def test_20_filters_combine_count_and_reset(shown: Shown) -> None:
    page = shown("myeloma")
    total = len(page.edges())
    page.page.click("#filters summary")
    page.page.uncheck('#filter-form input[data-group="kind"][value="observation"]')
    page.page.uncheck('#filter-form input[data-group="sign"][value="-1"]')
    kept = {e["id"] for e in page.edges() if e["kind"] != "observation" and e["sign"] != -1}
    shown_ = page.do("() => moagraph.looks().filter(l => l[1]).map(l => l[0])")
    assert set(shown_) == kept
    rows = page.do(
        "() => [...document.querySelectorAll('#claims tbody tr')].filter(r => !r.hidden)"
        ".map(r => r.dataset.id)"
    )
    assert set(rows) == kept
    assert page.text("#filter-count") == f"{len(kept)}/{total}"
    assert f"{len(kept)} of" in page.text("#table-count")
    page.page.uncheck('#filter-form input[data-group="sign"][value="1"]')
    assert "None of the" in page.text("#empty")
    page.page.click("#empty button")
    assert len(page.do("() => moagraph.looks().filter(l => l[1])")) == total
    assert not page.page.is_visible("#empty")
    assert "dimmed" in page.do("() => document.getElementById('filter-form').textContent")


def test_21_paths_are_those_of_the_command_in_its_order(graph: Graph, shown: Shown) -> None:
    page = shown("myeloma")
    answer = graph.explain("lenalidomide", "multiple myeloma")
    page.page.click("#paths-button")
    texts = page.do("() => [...document.querySelectorAll('#panel .path')].map(p => p.textContent)")
    assert len(texts) == len(answer.paths)
    assert f"{len(answer.paths)} paths, best first; at most {answer.bound} steps" in page.text(
        "#panel"
    )
    for text, path in zip(texts, answer.paths, strict=True):
        assert f"{path.length} step" in text
        for step in path.steps:
            assert step.object.label in text
    page.page.click("#panel .path >> nth=0")
    page.settle()
    lit = page.do("() => moagraph.looks().filter(l => l[2].alpha === 1).map(l => l[0])")
    assert set(lit) == {s.id for s in answer.paths[0].steps}
    assert answer.paths[0].arithmetic.replace("-", "−") in page.text("#panel")


ASKED: tuple[tuple[dict[str, str], dict[str, Any]], ...] = (
    ({"a": "lenalidomide", "b": "GSPT1"}, {}),
    ({"a": "CC-885", "b": "GSPT1"}, {}),
    ({"a": "pomalidomide", "b": "DVT"}, {}),
    ({"a": "thalidomide", "b": "DVT"}, {}),
    ({"a": "lenalidomide", "b": "cereblon"}, {}),
    ({"a": "lenalidomide", "b": "multiple myeloma", "without": "CRBN"}, {"without": ["CRBN"]}),
    ({"a": "Revlimid", "b": "del(5q) MDS"}, {}),
    ({"a": "thalidomide", "b": "SALL4", "species": "mouse"}, {"species": "mouse"}),
    ({"a": "lenalidomide", "b": "IL2", "cell": "T cell"}, {"cell": "T cell"}),
    (
        {"a": "lenalidomide", "b": "5q- syndrome", "state": "TP53 inactivation"},
        {"state": ["TP53 inactivation"]},
    ),
    (
        {"a": "pomalidomide", "b": "IKZF1", "variant": "IKZF1:Q146H"},
        {"variant": ["IKZF1:Q146H"]},
    ),
)


@pytest.mark.parametrize(("fields", "options"), ASKED)
def test_22_the_question_bar_answers_as_the_command_does(
    graph: Graph, shown: Shown, fields: dict[str, str], options: dict[str, Any]
) -> None:
    page = shown("myeloma")
    for name in ("a", "b", "without", "cell", "with", "species", "state", "variant"):
        page.do("n => { document.getElementById('q-' + n).value = ''; }", name)
    if not page.do("() => document.getElementById('question').classList.contains('open')"):
        page.page.click("#q-more")
    for name, value in fields.items():
        page.page.fill(f"#q-{name}", value)
    page.page.click("#question .primary")
    page.settle()
    answer = graph.explain(fields["a"], fields["b"], **options)
    assert page.do("() => moagraph.state.answer.explain.verdict") == answer.verdict
    assert page.text("#verdict") == answer.verdict.replace("_", " ")
    assert page.text("#summary") == answer.text
    paths = page.do("() => moagraph.state.scene.paths.map(p => p.claims)")
    assert paths == [[s.id for s in p.steps] for p in answer.paths[:60]]
    drawn = {e["id"] for e in page.edges()}
    assert {claim.id for claim in answer.shown_not_by} <= drawn
    assert {step.id for path in answer.paths for step in path.steps} <= drawn
    if not answer.paths:
        assert "Why not" in page.text("#panel")
        for reason in answer.reasons[:3]:
            assert reason.text in page.text("#panel")
    for other in answer.nearby:
        assert other.command in page.text("#panel")
    for claim in (*answer.other_claims, *answer.combination_outcomes, *answer.class_observations):
        assert claim.sentence in page.text("#panel")
    boxes = page.do("() => [...moagraph.state.scene.nodes.values()]")
    for a, b in combinations(boxes, 2):
        assert (
            abs(a["x"] - b["x"]) >= (a["w"] + b["w"]) / 2
            or abs(a["y"] - b["y"]) >= (a["h"] + b["h"]) / 2
        ), (a["label"], b["label"])
    assert page.complaints == []


def test_22_bad_questions_are_answered_with_a_remedy(shown: Shown) -> None:
    page = shown("myeloma")
    page.page.fill("#q-a", "lenalidomid")
    page.page.click("#question .primary")
    page.settle()
    assert "Nothing is called “lenalidomid”" in page.text("#panel")
    assert "lenalidomide" in page.text("#panel")
    page.page.fill("#q-a", "")
    page.page.click("#question .primary")
    page.settle()
    assert "Say where the question begins" in page.text("#panel")
    page.page.fill("#q-a", "lenalidomide")
    if page.page.locator("#q-variant").is_hidden():
        page.page.click("#q-more")
    page.page.fill("#q-variant", "IKZF1:Q1H")
    page.page.click("#question .primary")
    page.settle()
    assert "is no known variant" in page.text("#panel")
    page.page.fill("#q-with", "IKZF1")
    page.page.click("#question .primary")
    page.settle()
    assert "is of kind protein: a drug belongs there" in page.text("#panel")
    page.page.fill("#q-with", "")
    page.page.click("#question .primary")
    page.settle()
    assert "IKZF1:Q146H" in page.text("#panel")
    assert page.complaints == []


def test_23_states_have_addresses_and_back_works(shown: Shown) -> None:
    page = shown("myeloma")
    page.load(f"#node={IKZF1.replace(':', '%3A')}")
    assert page.text("#panel-heading") == "IKZF1"
    claim = page.edges()[0]["id"]
    page.load(f"#edge={claim}&hide.kind=observation")
    assert page.do("() => moagraph.state.edges") == [claim]
    assert not [e for e in page.do("() => moagraph.looks().filter(l => l[1])") if e[0] == "tnf"]
    page.load(f"#path={LEN},{MYELOMA}&without=uniprot%3AQ96SW2")
    assert page.do("() => moagraph.state.question.without") == ["uniprot:Q96SW2"]
    page.load()
    page.click_on(IKZF1)
    page.click_on(LEN)
    assert "node=CHEBI" in page.page.url
    page.page.go_back()
    page.settle()
    assert page.text("#panel-heading") == "IKZF1"
    page.page.go_forward()
    page.settle()
    assert page.text("#panel-heading") == "lenalidomide"
    for fragment in ("#node=nobody", "#edge=nothing", "#path=x,y", "#n=999", "#%%%", "#step=1"):
        page.load(fragment)
        page.settle()
        assert page.complaints == []
    page.load("#node=nobody")
    assert "is not in this picture" in page.text("#panel")


def test_24_everything_by_keyboard(shown: Shown) -> None:
    page = shown("myeloma")
    page.load()
    active = "() => document.activeElement.id"
    for _ in range(40):
        page.page.keyboard.press("Tab")
        if page.do(active) == "canvas":
            break
    assert page.do(active) == "canvas"
    for name in ("role", "aria-label", "aria-roledescription"):
        assert page.page.get_attribute("#canvas", name)
    keys = page.page.keyboard
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert page.do("() => moagraph.state.cursor") != LEN
    keys.press("Enter")
    assert page.do(active) == "panel-heading"
    keys.press("Escape")
    assert page.do(active) == "canvas"
    assert not page.page.is_visible("#panel")
    keys.press("e")
    first = page.do("() => moagraph.state.edges[0]")
    keys.press("e")
    assert page.do("() => moagraph.state.edges[0]") != first
    keys.press("Enter")
    assert page.do(active) == "panel-heading"
    keys.press("Escape")
    keys.press("Tab")
    assert page.do(active) not in ("canvas", "")
    # In an input, letters and arrows belong to the input.
    page.page.focus("#find")
    before = page.do("() => [moagraph.state.cursor, moagraph.network.getScale()]")
    keys.type("e+0")
    assert page.page.input_value("#find") == "e+0"
    assert page.do("() => [moagraph.state.cursor, moagraph.network.getScale()]") == before


def test_24_every_claim_is_reached_by_keys(shown: Shown) -> None:
    page = shown("myeloma")
    reached = set()
    for node in page.do("() => [...moagraph.state.scene.nodes.keys()]"):
        page.do(
            "id => { moagraph.state.cursor = id; document.getElementById('canvas').focus(); }", node
        )
        for _ in range(page.do("id => moagraph.state.scene.touching.get(id).length", node)):
            page.page.keyboard.press("e")
            reached.add(page.do("() => moagraph.state.edges[0]"))
    assert reached == {e["id"] for e in page.edges()}


def test_25_what_happens_is_announced(shown: Shown) -> None:
    page = shown("myeloma")
    said = "() => document.getElementById('status').textContent"
    assert page.page.get_attribute("#status", "aria-live") == "polite"
    page.click_on(IKZF1)
    page.page.wait_for_timeout(100)
    assert page.do(said).startswith("IKZF1, Neosubstrate")
    page.page.click("#paths-button")
    page.page.wait_for_timeout(100)
    assert "paths listed" in page.do(said)
    page.page.click("#filters summary")
    page.page.uncheck('#filter-form input[data-group="kind"][value="observation"]')
    page.page.wait_for_timeout(100)
    assert "shown" in page.do(said)
    page.page.click("#filter-reset")


def test_26_table_and_picture_are_linked_both_ways(shown: Shown) -> None:
    page = shown("myeloma")
    claim = page.edges()[3]["id"]
    page.page.click(f'#claims tr[data-id="{claim}"] .show')
    page.settle()
    assert page.do("() => moagraph.state.edges") == [claim]
    assert page.do("() => document.activeElement.id") == "panel-heading"
    page.page.click("text=Show in the table")
    page.settle()
    assert page.page.get_attribute(f'#claims tr[data-id="{claim}"]', "class") == "current"
    assert page.page.is_visible(f'#claims tr[data-id="{claim}"] .papers')


def test_26_without_a_script_the_table_is_there(browser: Any, page_file: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file("myeloma").as_uri())
    assert page.is_visible("text=The picture needs JavaScript")
    assert page.locator("#claims tbody tr").count() >= 40
    assert not page.is_visible("#canvas")
    page.click("#claims tbody tr:first-child summary")
    assert page.is_visible("#claims tbody tr:first-child .papers")
    context.close()


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_27_axe_finds_nothing(shown: Shown, scheme: str, width: int) -> None:
    page = shown("small", width=width, height=800, color_scheme=scheme)
    page.do("id => { location.hash = '#node=' + id; }", LEN)
    page.settle()
    assert page.axe() == []
    if scheme == "light":
        page.page.click("#panel-close")
        page.page.click("#filters summary")
        assert page.axe() == []
        page.page.click("#filters summary")


def test_27_axe_finds_nothing_in_a_large_page(shown: Shown) -> None:
    page = shown("myeloma")
    page.page.click("#paths-button")
    assert page.axe() == []


def test_27_targets_are_large_enough(shown: Shown) -> None:
    page = shown("myeloma")
    page.do("id => { location.hash = '#node=' + id; }", IKZF1)
    page.settle()
    small = page.do(
        "() => [...document.querySelectorAll('button, input, select, summary, #headings a')]"
        ".filter(e => e.offsetParent && e.getAttribute('type') !== 'checkbox')"
        ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
        ".filter(([, b]) => b.width < 24 || b.height < 24).map(([t]) => t)"
    )
    assert small == []


def test_27_forced_colours_are_honoured(shown: Shown) -> None:
    page = shown("myeloma", forced_colors="active")
    colours = page.do("() => moagraph.colours('light')")
    assert colours["paper"] == "Canvas"
    assert colours["plus"] == "CanvasText"
    assert page.complaints == []
    page.do("() => moagraph.svg()")


def test_27_motion_is_reduced_on_wish(browser: Any, page_file: Any) -> None:
    for wish, at_once in (("reduce", True), ("no-preference", False)):
        page = open_page(browser, page_file("drug"), reduced_motion=wish)
        last = page.do("() => [...moagraph.state.scene.nodes.keys()].at(-1)")
        moved = page.do(
            "id => { const from = moagraph.network.getViewPosition(); moagraph.bring(id);"
            " const to = moagraph.network.getViewPosition();"
            " return Math.hypot(from.x - to.x, from.y - to.y) > 20; }",
            last,
        )
        assert moved == at_once
        page.context.close()


def test_28_dark_by_system_and_by_button(shown: Shown) -> None:
    middle = (
        "() => { const c = document.querySelector('#canvas canvas');"
        " const d = getComputedStyle(document.body).backgroundColor;"
        " return [d, document.documentElement.dataset.theme || '']; }"
    )
    dark = shown("myeloma", color_scheme="dark", width=1280, height=800)
    assert dark.do(middle)[0] == "rgb(18, 23, 30)"
    light = shown("myeloma")
    assert light.do(middle)[0] == "rgb(255, 255, 255)"
    light.page.click("#theme")
    light.settle()
    assert light.do(middle) == ["rgb(18, 23, 30)", "dark"]
    assert light.page.get_attribute("#theme", "aria-pressed") == "true"
    band = light.do("() => moagraph.colours('dark').band")
    pixel = light.do(
        "() => { const c = document.querySelector('#canvas canvas');"
        " return [...c.getContext('2d').getImageData(20, c.height - 6, 1, 1).data].slice(0, 3); }"
    )
    assert pixel == [int(band[i : i + 2], 16) for i in (1, 3, 5)]
    light.page.click("#theme")


def saved(page: Opened, kind: str) -> bytes:
    page.page.click("#exports summary")
    with page.page.expect_download() as download:
        page.page.click(f'[data-export="{kind}"]')
    return Path(download.value.path()).read_bytes()


def test_29_svg_is_whole_and_text(shown: Shown) -> None:
    page = shown("myeloma")
    text = saved(page, "svg").decode("utf-8")
    root = ElementTree.fromstring(text)
    assert root.find(f"{SVG}title").text == "lenalidomide and multiple myeloma"  # type: ignore[union-attr]
    assert root.find(f"{SVG}desc") is not None
    assert "foreignObject" not in text
    words = " ".join(t.text or "" for t in root.iter(f"{SVG}text"))
    for node in page.do("() => [...moagraph.state.scene.nodes.values()].map(n => n.lines)"):
        assert " ".join(node) in words
    for part in ("Cell and immune effect", "observed, no mechanism shown", "main path"):
        assert part in words
    titles = [t.text for t in root.iter(f"{SVG}title")]
    lines = {
        next(iter(g.findall(f"{SVG}path"))).get("d")
        for g in root.iter(f"{SVG}g")
        if (t := g.find(f"{SVG}title")) is not None and t.text
    }
    for edge in page.edges():
        assert edge["text"] in titles
    assert len(lines) >= len(page.edges())
    left, top, width, height = map(float, root.get("viewBox", "").split())
    for t in root.iter(f"{SVG}text"):
        assert left - 1 <= float(t.get("x", "0")) or t.get("font-size") == "13"
    assert width > 400
    assert height > 200
    assert top < 0


def test_29_png_has_twice_the_size(shown: Shown) -> None:
    page = shown("myeloma")
    data = saved(page, "png")
    assert data.startswith(b"\x89PNG")
    wide = int.from_bytes(data[16:20], "big")
    root = ElementTree.fromstring(page.do("() => moagraph.svg()"))
    assert abs(wide - 2 * float(root.get("width", "0"))) <= 2


def test_29_tables_hold_the_visible_claims(shown: Shown) -> None:
    page = shown("myeloma")
    edges = {e["id"]: e for e in page.edges()}
    rows = saved(page, "tsv").decode("utf-8").splitlines()
    assert rows[0].split("\t")[:4] == ["id", "subject", "subject_label", "relation"]
    assert {row.split("\t")[0] for row in rows[1:]} == set(edges)
    page.do("id => { location.hash = '#node=' + id; }", IKZF1)
    page.settle()
    value = json.loads(saved(page, "json"))
    touching = {i for i, e in edges.items() if IKZF1 in (e["from"], e["to"], e["via"])}
    assert {c["id"] for c in value["claims"]} == touching
    assert value["data_version"]
    cited = [c for c in value["claims"] if c["sources"]]
    assert cited


def test_29_print_has_picture_and_legend_first(shown: Shown) -> None:
    page = shown("myeloma")
    data = page.page.pdf(prefer_css_page_size=True)
    assert data.startswith(b"%PDF")
    page.page.emulate_media(media="print")
    page.do("() => dispatchEvent(new Event('beforeprint'))")
    assert page.page.is_visible("#print svg")
    for hidden in ("#canvas", "#question", "#filters", "#legend"):
        assert not page.page.is_visible(hidden)
    assert "main path" in page.do("() => document.getElementById('print').textContent")
    bottom = page.do("() => document.querySelector('#print svg').getBoundingClientRect().bottom")
    claims = page.do("() => document.querySelector('#claims').getBoundingClientRect().top")
    assert bottom <= claims
    page.page.emulate_media(media="screen")


def test_a_mechanism_is_played_step_by_step(graph: Graph, shown: Shown) -> None:
    page = shown("myeloma")
    best = graph.explain("lenalidomide", "multiple myeloma").paths[0]
    page.page.click("#play")
    for number, step in enumerate(best.steps):
        text = page.text("#step-text")
        assert f"Step {number + 1} of {best.length}" in text
        assert step.sentence.split(": bind")[0] in text
        for phase in step.phases:
            assert phase.name in text
        ringed = page.do("() => moagraph.looks().filter(l => l[2].ring).map(l => l[0])")
        assert ringed == [step.id]
        if number + 1 < best.length:
            page.page.click("#step-next")
    assert page.page.is_disabled("#step-next")
    assert best.arithmetic.replace("-", "−") in page.text("#step-text")
    page.page.keyboard.press("Escape")
    assert not page.page.is_visible("#stepper")


def test_a_comparison_tells_shared_from_own(graph: Graph, shown: Shown) -> None:
    page = shown("compare")
    for node in page.do("() => [...moagraph.state.scene.nodes.values()]"):
        for drug, takes in node["drugs"]:
            claims = [
                a
                for a in graph.kb.by_subject[drug]
                if a.object == node["id"] and a.via and graph.kb.status(a) != "refuted"
            ]
            assert takes == any(a.polarity == "asserted" for a in claims)
    keys = page.text("#legend")
    assert re.search(r"struck: shown not to", keys)


@pytest.mark.parametrize(("name", "limit"), [("hundred", 100), ("thousand", 1000)])
def test_30_big_pictures_can_be_used(shown: Shown, name: str, limit: int) -> None:
    page = shown(name)
    assert page.do("() => moagraph.state.scene.nodes.size") >= limit * 0.9
    page.page.fill("#find", "protein 1")
    page.page.press("#find", "Enter")
    page.settle()
    assert page.page.is_visible("#panel")
    assert page.complaints == []


def test_a_notebook_shows_the_page_in_a_frame(graph: Graph, browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "cell.html"
    shown_ = graph.view("lenalidomide", "IKZF1")._repr_html_()
    file.write_text(f"<!DOCTYPE html><title>cell</title>{shown_}", encoding="utf-8")
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def on_console(message: Any) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", on_console)
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-interactive=yes]").wait_for(state="attached")
    frame.locator("#paths-button").click()
    frame.locator("#panel .path >> nth=0").click()
    assert "Path 1" in frame.locator("#panel-heading").inner_text()
    assert complaints == []
    page.close()


def test_a_graph_of_ones_own(browser: Any, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from moagraph.tables import write_folder
    from moagraph_cli.main import cli
    from tests.view.pages import graph_of_size

    write_folder(tmp_path / "own", graph_of_size(40).kb.tables)  # type: ignore[arg-type]
    target = tmp_path / "own.html"
    run = CliRunner().invoke(
        cli, ["view", "drug 0", "-d", str(tmp_path / "own"), "-o", str(target)]
    )
    assert run.exit_code == 0, run.output
    page = open_page(browser, target)
    assert page.text("#title") == "drug 0: mechanism of action"
    assert page.complaints == []
    page.context.close()


def test_10_a_picture_nobody_moved_fits_its_window_anew(shown: Shown) -> None:
    page = shown("myeloma", width=1100, height=801)
    page.page.set_viewport_size({"width": 1280, "height": 800})
    page.settle()
    places = [page.do("id => window.moagraph.whereIs(id).x", name) for name in (LEN, MYELOMA)]
    assert 30 < places[0] < places[1] < 1250


NAMES = (
    "MM",
    "Ikaros",
    "CK1α",
    "ck1a",
    "5q- syndrome",
    "MONDO_0009693",
    "http://purl.obolibrary.org/obo/MONDO_0009693",
    "DB00480",
    "D009101",
    "mesh:D009101",
    "multiple-myelomas",
    "DVT",
    "R2",
    "ＭＭ",
    "CC–5013",
)


def test_22_names_mean_what_they_mean_to_the_command(graph: Graph, shown: Shown) -> None:
    page = shown("myeloma")
    for field in ("b", "without", "cell", "with", "species", "state", "variant"):
        page.do("n => { document.getElementById('q-' + n).value = ''; }", field)
    for name in NAMES:
        page.page.fill("#q-a", name)
        page.page.fill("#q-b", "")
        page.page.click("#question .primary")
        page.settle()
        asked = page.do("() => moagraph.state.answer && moagraph.state.answer.question.a")
        assert asked == graph.kb.resolve(name).id, name
    assert page.complaints == []
