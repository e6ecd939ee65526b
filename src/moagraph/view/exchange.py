"""What a picture shows, for Cytoscape and other tools: GraphML and CX2 with the same places.

The places of boxes travel along (`x`, `y`), and CX2 carries the look too: colours by column,
arrow or tee by sign, dashes by directness.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.model import sign_of_relation
from moagraph.records import Assertion
from moagraph.view.layout import Layout
from moagraph.view.picture import Picture
from moagraph.view.rows import style_of

_COLOURS = {
    "drug": ("#FFF1C2", "#8A6300"),
    "ligase": ("#E6E9EE", "#535F6E"),
    "neosubstrate": ("#FBDCEA", "#A01F5F"),
    "downstream": ("#DCEBFA", "#15588F"),
    "effect": ("#D8F1E4", "#0B6B45"),
    "indication": ("#24364B", "#24364B"),
}
_NODE_KEYS = ("label", "kind", "column", "category", "description", "synonyms", "xrefs")
_EDGE_KEYS = (
    "relation",
    "sign",
    "kind",
    "style",
    "status",
    "directness",
    "polarity",
    "via",
    "requires",
    "cell",
    "disease",
    "species",
    "sources",
)
_SIGN_COLOURS = {"1": "#0A63B5", "-1": "#B3400A"}
_SIGN_HEADS = {"1": "triangle", "-1": "tee", "unknown": "diamond"}
_DASHED = {"indirect", "inferred"}


def to_graphml(kb: KnowledgeBase, picture: Picture, layout: Layout) -> str:
    """Return what a picture draws as GraphML; what XML cannot hold becomes U+FFFD."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for domain, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for key in keys:
            lines.append(f'<key id="{domain[0]}_{key}" for="{domain}" attr.name="{key}"')
            lines[-1] += ' attr.type="string"/>'
    for axis in "xy":
        lines.append(f'<key id="n_{axis}" for="node" attr.name="{axis}" attr.type="double"/>')
    lines.append(f'<graph id={_quoted(picture.title)} edgedefault="directed">')
    for entity, values in _nodes(kb, layout):
        lines.append(f"<node id={_quoted(entity)}>{_data('n', values)}</node>")
    for claim, values in _edges(kb, picture, layout):
        ends = f"source={_quoted(claim.subject)} target={_quoted(claim.object)}"
        lines.append(f"<edge id={_quoted(claim.id)} {ends}>{_data('e', values)}</edge>")
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def to_cx2(kb: KnowledgeBase, picture: Picture, layout: Layout) -> str:
    """Return what a picture draws as CX2, version 2.0, with its look."""
    numbers = {entity: number for number, entity in enumerate(layout.boxes)}
    nodes = [
        {
            "id": numbers[entity],
            "x": layout.boxes[entity].x,
            "y": layout.boxes[entity].y,
            "v": {"id": entity, **_without_places(values)},
        }
        for entity, values in _nodes(kb, layout)
    ]
    edges = [
        {
            "id": number,
            "s": numbers[claim.subject],
            "t": numbers[claim.object],
            "v": {"id": claim.id, **values},
        }
        for number, (claim, values) in enumerate(_edges(kb, picture, layout))
    ]
    parts: list[tuple[str, list[Any]]] = [
        ("attributeDeclarations", [_declared()]),
        (
            "networkAttributes",
            [{"name": picture.title, "description": picture.summary, "version": kb.version}],
        ),
        ("nodes", nodes),
        ("edges", edges),
        ("visualProperties", [_look()]),
    ]
    value = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [{"name": name, "elementCount": len(rows)} for name, rows in parts]},
        *({name: rows} for name, rows in parts),
        {"status": [{"success": True}]},
    ]
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _declared() -> dict[str, Any]:
    text = {"d": "string"}
    return {
        "networkAttributes": {"name": text, "description": text, "version": text},
        "nodes": dict.fromkeys(("id", *_NODE_KEYS), text),
        "edges": dict.fromkeys(("id", *_EDGE_KEYS), text),
    }


# -- values -------------------------------------------------------------------


def _nodes(kb: KnowledgeBase, layout: Layout) -> Iterator[tuple[str, dict[str, str]]]:
    for entity, box in layout.boxes.items():
        record = kb.entities.get(entity)
        yield (
            entity,
            {
                "label": kb.label(entity),
                "kind": record.kind if record else "",
                "column": box.column,
                "category": record.category if record else "",
                "description": record.description if record else "",
                "synonyms": "|".join(record.synonyms) if record else "",
                "xrefs": "|".join(record.xrefs) if record else "",
                "x": str(box.x),
                "y": str(box.y),
            },
        )


def _edges(
    kb: KnowledgeBase, picture: Picture, layout: Layout
) -> Iterator[tuple[Assertion, dict[str, str]]]:
    for claim in picture.claims:
        if claim.id not in layout.routes:
            continue
        status = kb.status(claim)
        evidence = kb.evidence_about.get(claim.id, ())
        values = {key: str(getattr(claim, key, "")) for key in _EDGE_KEYS}
        values |= {
            "sign": str(sign_of_relation(claim.relation)),
            "style": style_of(claim, status),
            "status": status,
            "sources": "|".join(dict.fromkeys(row.source for row in evidence)),
        }
        yield claim, values


def _without_places(values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if key not in "xy"}


def _data(domain: str, values: dict[str, str]) -> str:
    return "".join(
        f'<data key="{domain}_{key}">{escape(_plain(value))}</data>'
        for key, value in values.items()
        if value
    )


def _quoted(text: str) -> str:
    return quoteattr(_plain(text))


def _plain(text: str) -> str:
    """Return a text without the characters that XML 1.0 cannot hold."""
    return "".join(
        c
        if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
        else "\ufffd"
        for c in text
    )


# -- the look in Cytoscape ----------------------------------------------------


def _mapped(attribute: str, values: dict[str, Any]) -> dict[str, Any]:
    rows = [{"v": value, "vpValue": shown} for value, shown in values.items()]
    return {"type": "DISCRETE", "definition": {"attribute": attribute, "map": rows}}


def _look() -> dict[str, Any]:
    fills = {column: fill for column, (fill, _) in _COLOURS.items()}
    borders = {column: border for column, (_, border) in _COLOURS.items()}
    label = {"type": "PASSTHROUGH", "definition": {"attribute": "label", "type": "string"}}
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {"NODE_SHAPE": "round-rectangle", "NODE_WIDTH": 110, "NODE_HEIGHT": 34},
            "edge": {"EDGE_LINE_COLOR": "#5F6B7A", "EDGE_WIDTH": 1.6},
        },
        "nodeMapping": {
            "NODE_LABEL": label,
            "NODE_BACKGROUND_COLOR": _mapped("column", fills),
            "NODE_BORDER_COLOR": _mapped("column", borders),
            "NODE_LABEL_COLOR": _mapped("column", {"indication": "#FFFFFF"}),
        },
        "edgeMapping": {
            "EDGE_LINE_COLOR": _mapped("sign", _SIGN_COLOURS),
            "EDGE_TARGET_ARROW_COLOR": _mapped("sign", _SIGN_COLOURS),
            "EDGE_TARGET_ARROW_SHAPE": _mapped("sign", _SIGN_HEADS),
            "EDGE_LINE_STYLE": _mapped("directness", dict.fromkeys(sorted(_DASHED), "dashed")),
        },
    }
