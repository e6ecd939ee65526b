"""From a picture to the page: data, template, policy.

The page asks for nothing: scripts and styles are inside, and a Content-Security-Policy with
their hashes forbids everything else. The same data give the same bytes.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from moagraph import __version__
from moagraph.knowledge import KnowledgeBase
from moagraph.lookup import FactSheet, facts
from moagraph.mechanism.model import sign_of_relation
from moagraph.records import Assertion
from moagraph.view.columns import COLUMNS, HEADINGS, columns_of
from moagraph.view.layers import Line
from moagraph.view.layout import Layout, lay_out
from moagraph.view.links import entity_link
from moagraph.view.ordering import WORK
from moagraph.view.packing import pack, pack_scripts, policy
from moagraph.view.picture import Picture
from moagraph.view.rows import Row, Rows

if TYPE_CHECKING:
    from markupsafe import Markup

    from moagraph.view.network import Network

SCRIPTS = (
    "data.js",
    "geometry.js",
    "layout.js",
    "draw.js",
    "look.js",
    "view.js",
    "map.js",
    "panel.js",
    "filter.js",
    "steps.js",
    "search.js",
    "route.js",
    "keys.js",
    "export.js",
    "question.js",
    "main.js",
)
STYLES = ("page.css", "panel.css", "print.css")
MAX_NAMES = 4_000
_CHIPS = 20


def page(kb: KnowledgeBase, picture: Picture) -> str:
    """Return the HTML of a page."""
    return str(network(kb, picture).generate_html())


def network(kb: KnowledgeBase, picture: Picture) -> Network:
    """Return the pyvis network that holds a page."""
    from moagraph.view.network import Network, licence_notice, script, vis_library

    made = Rows(kb)
    rows = [made.row(a) for a in picture.claims]
    listed = [made.row(a, drawn=False) for a in picture.listed]
    scripts = (vis_library(), interpreter_script(), application())
    loader = script(_text("loader.js"))
    shown = _page_data(kb, picture)
    net = Network(
        {
            "picture": picture,
            "rows": [*rows, *listed],
            "sheets": _sheets(kb, picture),
            "kb_name": kb.name,
            "data_version": kb.version,
            "tool_version": __version__,
            "packed": pack_scripts(scripts),
            "values": pack({"knowledge": _compact(kb), "names": _names(kb, picture)}),
            "licence": licence_notice(scripts[0]),
            "loader": loader,
            "style": stylesheet(),
            "policy": policy(loader, *scripts),
            "page": shown,
        }
    )
    placed = layout_of(kb, picture)
    shown["columns"] = [[name, HEADINGS[name], left, right] for name, left, right in placed.columns]
    _fill(net, kb, picture, placed, rows)
    return net


def layout_of(kb: KnowledgeBase, picture: Picture) -> Layout:
    """Return where a picture's entities and claims stand."""
    columns = columns_of(kb, picture.entities, picture.claims)
    lines = [
        Line(a.id, a.subject, a.object, a.via, a.kind in picture.quiet) for a in picture.claims
    ]
    labels = {entity: kb.label(entity) for entity in picture.entities}
    chips = dict.fromkeys(_drugs_of(picture, kb), _CHIPS)
    return lay_out(
        labels,
        columns,
        lines,
        picture.spine,
        work=WORK // 20 if picture.cut else WORK,
        extra=chips,
        hear=picture.mode == "all",
    )


def _fill(
    net: Network, kb: KnowledgeBase, picture: Picture, placed: Layout, rows: list[Row]
) -> None:
    """Put boxes and lines into the network, through pyvis's own methods."""
    drugs = _drugs_of(picture, kb)
    for entity_id, box in placed.boxes.items():
        entity = kb.entities.get(entity_id)
        net.add_node(
            entity_id,
            label=kb.label(entity_id),
            shape="custom",
            x=box.x,
            y=box.y,
            w=box.width,
            h=box.height,
            lines=list(box.lines),
            col=box.column,
            kind=entity.kind if entity else "",
            about=entity.description if entity else "",
            names=list(entity.synonyms) if entity else [],
            ids=_ids(kb, entity_id),
            members=[[m, kb.label(m)] for m in (entity.members if entity else ())],
            drugs=drugs.get(entity_id, []),
        )
    for claim, row in zip(picture.claims, rows, strict=True):
        if claim.id not in placed.routes:
            continue
        route = placed.routes[claim.id]
        net.add_edge(
            claim.subject,
            claim.object,
            id=claim.id,
            hidden=True,
            via=claim.via,
            sign=sign_of_relation(claim.relation),
            style=row.style,
            rel=row.relation,
            kind=claim.kind,
            level=row.directness,
            status=row.status,
            cell=kb.label(claim.cell) if claim.cell else "",
            disease=kb.label(claim.disease) if claim.disease else "",
            species=kb.label(claim.species) if claim.species else "",
            text=row.sentence,
            knots=list(route.knots),
            bulge=route.bulge,
        )


def _page_data(kb: KnowledgeBase, picture: Picture) -> dict[str, Any]:
    return {
        "title": picture.title,
        "summary": picture.summary,
        "mode": picture.mode,
        "drugs": [[d, kb.label(d), mark] for d, mark in marks(kb, picture.drugs).items()],
        "ends": [[e, kb.label(e)] for e in picture.ends],
        "spine": list(picture.spine),
        "verdict": picture.verdict,
        "bound": picture.bound,
        "quiet": list(picture.quiet),
        "data": kb.version,
        "tool": __version__,
        "paths": [
            {
                "claims": list(p.claims),
                "sign": p.sign,
                "arithmetic": p.arithmetic.replace("-", "−"),
                "disputed": p.disputed,
                "voting": p.voting,
                "sentences": list(p.sentences),
                "phases": list(p.phases),
            }
            for p in picture.paths[:60]
        ],
    }


def marks(kb: KnowledgeBase, drugs: tuple[str, ...]) -> dict[str, str]:
    """Return the shortest beginning of each drug's name that tells it from the others."""
    names = {d: kb.label(d).upper() for d in drugs}
    found = {}
    for drug, name in names.items():
        others = [other for d, other in names.items() if d != drug]
        size = 1
        while size < len(name) and any(o.startswith(name[:size]) for o in others):
            size += 1
        if size > 3:
            size = 2 if len(drugs) == 1 else size
        found[drug] = name[:size][-2:] if size > 3 else name[:size]
    return found


def _drugs_of(picture: Picture, kb: KnowledgeBase) -> dict[str, list[list[Any]]]:
    """Return, for each neosubstrate of a comparison, which drugs take it and which do not."""
    if picture.mode != "compare":
        return {}
    found: dict[str, dict[str, bool]] = {}
    for claim in picture.claims:
        if claim.via and claim.subject in picture.drugs:
            shown = claim.polarity == "asserted" and kb.status(claim) != "refuted"
            known = found.setdefault(claim.object, {})
            known[claim.subject] = known.get(claim.subject, False) or shown
    return {
        entity: [[d, known[d]] for d in picture.drugs if d in known]
        for entity, known in found.items()
    }


def _ids(kb: KnowledgeBase, entity_id: str) -> list[list[str]]:
    entity = kb.entities.get(entity_id)
    found = [entity_id, *(entity.xrefs if entity else ())]
    return [[name, entity_link(name)] for name in found]


def _sheets(kb: KnowledgeBase, picture: Picture) -> list[tuple[str, FactSheet]]:
    if picture.mode == "all":
        return []
    return [(d, facts(kb, d)) for d in picture.drugs if kb.facts_of.get(d)]


def _names(kb: KnowledgeBase, picture: Picture) -> list[list[Any]]:
    """Return id, label, kind, number of the column, xrefs and synonyms of each entity, by id."""
    known = sorted(kb.tables.entities, key=lambda e: e.id)
    if len(known) > MAX_NAMES:
        drawn = set(picture.entities)
        known = [e for e in known if e.id in drawn]
    columns = columns_of(kb, [e.id for e in known], kb.claims_with_machine())
    return [
        [e.id, e.label, e.kind, COLUMNS.index(columns[e.id]), list(e.xrefs), *e.synonyms]
        for e in known
    ]


def _compact(kb: KnowledgeBase) -> dict[str, Any] | None:
    """Return the claims for the page's interpreter; none for a graph that is too big for it."""
    from moagraph.view.claims import compact_claims

    return compact_claims(kb) if len(kb.tables.assertions) <= MAX_NAMES else None


# -- texts --------------------------------------------------------------------


def _text(name: str) -> str:
    found = (files("moagraph.view") / "static" / name).read_text(encoding="utf-8")
    return found.replace("\r\n", "\n")


@cache
def application() -> str:
    """Return the page's own script, one function of all its files."""
    body = "\n".join(_text(name) for name in SCRIPTS)
    return f'(function () {{\n"use strict";\n{body}\n}})();\n'


@cache
def interpreter_script() -> str:
    """Return the interpreter, which defines `MoaInterpreter`."""
    from moagraph.view.interpreter import interpreter_source

    return interpreter_source().replace("\r\n", "\n")


@cache
def stylesheet() -> Markup:
    """Return the styles."""
    from markupsafe import Markup

    text = "\n".join(_text(name) for name in STYLES)
    if "</style" in text.casefold():
        raise ValueError("a style sheet holds the end of a style sheet")
    return Markup(text)


def claims_of(picture: Picture) -> tuple[Assertion, ...]:
    """Return the claims that a page draws or lists."""
    return (*picture.claims, *picture.listed)
