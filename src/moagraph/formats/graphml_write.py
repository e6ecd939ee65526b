"""A graph as GraphML, for yEd, Gephi, Cytoscape and networkx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from moagraph.formats.flat import EDGE_COLUMNS, NODE_COLUMNS, Cell, FlatRow, edge_rows, node_rows
from moagraph.formats.predicates import own_name
from moagraph.formats.selection import Selection
from moagraph.relations import RELATIONS

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
)
_EXTRA = ("interaction", "sign")
"""Our relation and its sign in words, beside the columns of KGX."""


def graphml(chosen: Selection) -> Iterator[str]:
    """Yield the document in pieces; lists are parted by `|`."""
    yield _HEAD
    for name in NODE_COLUMNS[1:]:
        yield _key("node", name)
    for name in (*EDGE_COLUMNS, *_EXTRA):
        if name not in ("subject", "object"):
            yield _key("edge", name)
    yield '<graph id="moagraph" edgedefault="directed">\n'
    for row in node_rows(chosen):
        yield f"<node id={_attribute(row['id'])}>\n{_data('n', row, NODE_COLUMNS[1:])}</node>\n"
    columns = tuple(c for c in (*EDGE_COLUMNS, *_EXTRA) if c not in ("subject", "object"))
    for row in edge_rows(chosen):
        ends = f"source={_attribute(row['subject'])} target={_attribute(row['object'])}"
        row.update(signed(row))
        yield f"<edge {ends}>\n{_data('e', row, columns)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def signed(row: FlatRow) -> dict[str, Cell]:
    """Return `interaction` and `sign` of an edge: +1, -1, unknown, none or structural."""
    interaction, sign = _signs()[str(row["original_predicate"])]
    return {"interaction": interaction, "sign": sign}


@cache
def _signs() -> dict[str, tuple[str, str]]:
    """Return label and sign of each relation by the name that is written."""
    return {
        own_name(r.label): (r.label, f"{r.sign:+d}" if isinstance(r.sign, int) else r.sign)
        for r in RELATIONS.values()
    }


def _key(kind: str, name: str) -> str:
    ident = f"{kind[0]}_{name.replace(':', '.')}"
    return f'<key id="{ident}" for="{kind}" attr.name={quoteattr(name)} attr.type="string"/>\n'


def _data(kind: str, row: FlatRow, columns: tuple[str, ...]) -> str:
    parts = []
    for name in columns:
        value = row[name]
        if not value:
            continue
        text = "|".join(p.replace("|", "¦") for p in value) if isinstance(value, tuple) else value
        if text:
            ident = f"{kind}_{name.replace(':', '.')}"
            parts.append(f'<data key="{ident}">{escape(_legal(text))}</data>\n')
    return "".join(parts)


def _attribute(value: Cell) -> str:
    return quoteattr(_legal(str(value)))


def _legal(text: str) -> str:
    """Replace characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
