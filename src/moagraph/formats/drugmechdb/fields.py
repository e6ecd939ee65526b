"""The fields of DrugMechDB records under all the names that they have been given."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from moagraph.formats.yaml_blocks import Mapping

RECORD = {
    "directed": "directed",
    "multigraph": "multigraph",
    "graph": "graph",
    "nodes": "nodes",
    "links": "links",
    "edges": "links",
    "references": "references",
    "reference": "references",
    "comment": "comment",
    "comments": "comment",
    "commments": "comment",
    "comemnt": "comment",
}
GRAPH = {
    "_id": "id",
    "id": "id",
    "drug": "drug",
    "drug_mesh": "drug_mesh",
    "drugbank": "drugbank",
    "disease": "disease",
    "disease_mesh": "disease_mesh",
}
NODE = {
    "id": "id",
    "label": "label",
    "name": "name",
    "alt_names": "alt_names",
    "alt_name": "alt_names",
    "alt-names": "alt_names",
    "alt-name": "alt_names",
    "alt_ids": "alt_ids",
    "alt_id": "alt_ids",
    "alt-ids": "alt_ids",
    "all_ids": "alt_ids",
    "all_id": "alt_ids",
    "references": "references",
    "reference": "references",
}
LINK = {
    "source": "source",
    "target": "target",
    "key": "key",
    "predicate": "key",
    "evidence": "evidence",
    "object_aspect_qualifier": "aspect",
    "object_direction_qualifier": "direction",
    "qualified_predicate": "qualified_predicate",
    "negated": "negated",
}
EVIDENCE = {
    "reference": "reference",
    "snippet": "snippet",
    "supports": "supports",
    "evidence_source": "evidence_source",
    "explanation": "explanation",
    "source_tier": "source_tier",
}
_ODD_SPELLINGS = frozenset(
    {"edges", "comments", "commments", "comemnt", "predicate", "alt_id", "alt-ids", "all_id"}
    | {"all_ids", "alt_name", "alt-name", "alt-names"}
)
"""Names that neither layout documents, though records have used them."""

_TABLES = {
    "the record": RECORD,
    "graph": GRAPH,
    "a node": NODE,
    "a link": LINK,
    "evidence": EVIDENCE,
}
_CURRENT = {
    what: frozenset(name for name, ours in table.items() if name == ours)
    for what, table in _TABLES.items()
}

_CONTROLS = frozenset({*range(32), *range(127, 160)})
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Say = Callable[[str, str, int], None]


def sort_fields(raw: Mapping, what: str, say: Say) -> dict[str, Any]:
    """Return the values of a mapping by the names that we use; odd names are remarked on.

    A field under two spellings keeps both values when they are lists or text of lists; else
    the first one stays.
    """
    names = _TABLES[what]
    if raw.keys() <= _CURRENT[what]:
        return raw
    found: dict[str, Any] = {}
    for name, value in raw.items():
        ours = names.get(name)
        if ours is None:
            ours = _guess(name, names)
            if not ours:
                say(
                    "unknown-field",
                    f"{what} has the unknown field {name[:60]!r}: not read",
                    _at(raw),
                )
                continue
            say("misspelt-field", f"{what} has {name[:60]!r}, read as {ours!r}", _at(raw))
        elif name in _ODD_SPELLINGS:
            say("other-spelling", f"{what} has {name!r}, read as {ours!r}", _at(raw))
        if ours not in found:
            found[ours] = value
        elif ours in ("references", "alt_names", "alt_ids", "links"):
            found[ours] = [*as_list(found[ours]), *as_list(value)]
            say("two-spellings", f"{what} has {ours!r} under two names: joined", _at(raw))
        elif ours == "comment":
            found[ours] = f"{found[ours]} {value}"
            say("two-spellings", f"{what} has {ours!r} under two names: joined", _at(raw))
        else:
            say(
                "two-spellings", f"{what} has {ours!r} under two names: {name!r} not read", _at(raw)
            )
    return found


def _guess(name: str, names: dict[str, str]) -> str:
    """Return the field that a misspelt name means, "" if it is none.

    Qualifiers are never guessed: those of subject and object differ by little and turn signs.
    """
    if "qualifier" in name.casefold():
        return ""
    near = difflib.get_close_matches(name.casefold(), names, 1, 0.85)
    return names[near[0]] if near else ""


def _at(raw: Mapping) -> int:
    return raw.line


def as_list(value: Any) -> list[Any]:
    """Return a list for a list or a single value; nothing for null."""
    if value.__class__ is list:
        return list(value)
    if value is None or (value.__class__ is str and value in NULLS):
        return []
    return [value]


def as_text(value: Any, what: str, say: Say, line: int) -> str:
    """Return the text of a field, "" for null; a list of one counts as its value."""
    if value.__class__ is str:
        text = str(value)
        if not text.isprintable():
            text = _clean(text, what, say, line)
        return "" if text in NULLS else text.strip()
    if value is None:
        return ""
    if value.__class__ is list and len(value) == 1 and value[0].__class__ is str:
        say("list-for-text", f"{what} is a list of one: its value is read", line)
        return str(value[0]).strip()
    say("wrong-form", f"{what} is a {_form(value)} where text belongs: not read", line)
    return ""


def three_texts(raw: Mapping, three: itemgetter[Any]) -> tuple[str, str, str] | None:
    """Return the texts of a mapping that has just three fields, each with a text, else None.

    Nearly all nodes and links are such mappings; what is odd of any is for the functions above.
    """
    if len(raw) != 3:
        return None
    try:
        texts = three(raw)
        printable = "".join(texts).isprintable()
    except (KeyError, TypeError):
        return None
    if not printable or not NULLS.isdisjoint(texts):
        return None
    first, second, third = texts
    first, second, third = first.strip(), second.strip(), third.strip()
    return (first, second, third) if first and second and third else None


def as_texts(value: Any, what: str, say: Say, line: int, *, split: bool = False) -> tuple[str, ...]:
    """Return the texts of a list, a scalar as a list of one; `split` parts text at blanks."""
    if value is None:
        return ()
    if value.__class__ is str and value not in NULLS:
        say("text-for-list", f"{what} is text where a list belongs: read as a list", line)
    found: list[str] = []
    for item in as_list(value):
        if item.__class__ is not str:
            say("wrong-form", f"{what} holds a {_form(item)} where text belongs: not read", line)
            continue
        if not item.isprintable():
            item = _clean(item, what, say, line)  # noqa: PLW2901 - the same item, mended
        parts = item.split() if split and " " in item.strip() else [item.strip()]
        if len(parts) > 1 and not all("://" in part for part in parts):
            parts = [item.strip()]
        elif len(parts) > 1:
            say("joined-references", f"{what} holds {len(parts)} addresses in one: parted", line)
        found.extend(part for part in parts if part not in NULLS)
    return tuple(found)


def _clean(text: str, what: str, say: Say, line: int) -> str:
    """Return a text without control characters; line ends and tabs become blanks."""
    found = "".join(
        " " if c in "\t\n\r\x85" else c
        for c in text
        if c in "\t\n\r\x85" or ord(c) not in _CONTROLS
    )
    if len(found) < len(text):
        say("control-characters", f"{what} holds control characters: left out", line)
    return found


def _form(value: Any) -> str:
    return "list" if value.__class__ is list else "mapping" if isinstance(value, dict) else "text"
