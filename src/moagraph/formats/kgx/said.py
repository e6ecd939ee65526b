"""What an edge of KGX says apart from its ends, its id and its publications.

Millions of edges say the same few things, so each is understood once: edges whose columns are the
same, with the same values in those that bear on relation, sign, kind, note or context, share a
`Said`, which counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from moagraph.check.gates import parse_requires
from moagraph.formats.kgx.columns import (
    CITATIONS,
    CORRELATIONAL,
    EDGE_READ,
    KNOWLEDGE_LEVELS,
    OTHER_NAMES,
    QUALIFIERS,
    WORDS,
    names_other_end,
)
from moagraph.formats.kgx.nodes import text, texts
from moagraph.formats.kgx.rows import Row
from moagraph.formats.predicates import UNKNOWN, Meaning, Qualifiers, meaning, own_relation, sign_of
from moagraph.relations import RELATIONS
from moagraph.vocabulary import CHEMICAL_KINDS, walkable

Kinds = tuple[str | None, str | None]
NO_ENDS = "an edge without subject, predicate or object"
_FIELDS = {
    "moagraph:via": "via",
    "moagraph:requires": "requires",
    "moagraph:transfer": "transfer",
    "moagraph:object_cell": "object_cell",
    "moagraph:extent": "extent",
    "moagraph:directness": "directness",
    "anatomical_context_qualifier": "cell",
    "disease_context_qualifier": "disease",
    "species_context_qualifier": "species",
}
_TRUE = frozenset({"true", "1", "yes", "t", "y"})
_FALSE = frozenset({"", "false", "0", "no", "f", "n"})
_OWN_EACH = (
    frozenset({"id", "subject", "object", "publications", "moagraph:refuted_by"})
    | frozenset({"supporting_text", "moagraph:note", "sources"})
    | frozenset({"moagraph:status", "interaction"})
)
"""Columns that say nothing of what a `Said` holds; a note is made of some of them."""


class Shape:
    """The columns of a row, in order, and which of them are compared."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.unread = tuple(name for name in names if name not in EDGE_READ)
        compared = [
            name
            for name in names
            if (name in EDGE_READ and name not in _OWN_EACH) or _is_qualifier(name)
        ]
        self.values: Callable[[Row], Any] = itemgetter(*compared) if compared else _no_values
        self.cites = not _CITING.isdisjoint(names)
        self.noted = "moagraph:note" in names or ("supporting_text" in names and not self.cites)


def _no_values(_row: Row) -> None:
    return None


class Said:
    """What one row says and all that are like it.

    `fault` tells why none of them can be used. `times` counts those that can, `kept` those that
    became a claim, `cited` those whose claim has evidence; the remarks are meant once for each.
    """

    def __init__(self, row: Row, shape: Shape) -> None:
        self.names = shape.names
        self.times = self.kept = self.cited = 0
        self.columns = [*shape.unread]
        self.cites = shape.cites
        self._noted = shape.noted
        self.unknown: list[str] = []
        self.remarks: list[str] = []
        self.more_remarks: list[str] = []
        self.more_columns: list[str] = []
        self.firsts: list[str] = []
        self.more: dict[str, str] | None = None
        self.meaning = UNKNOWN
        self.fault = self._fault(row)
        if self.fault:
            return
        self.polarity = "negated" if text(row, "negated").casefold() in _TRUE else "asserted"
        self.level = text(row, "knowledge_level")
        self.meaning = self._meaning(row, text(row, "predicate"))
        self._kinds: dict[Kinds, str] = {}
        self._own_kind = _word(row, "moagraph:kind", self.remarks)
        self._note = _note(row, self.meaning)
        self._cite(row)

    def _fault(self, row: Row) -> str:
        if not text(row, "predicate"):
            return NO_ENDS
        negated = text(row, "negated").casefold()
        if negated not in _TRUE and negated not in _FALSE:
            return f"negated is {negated[:40]!r}, neither true nor false"
        try:
            parse_requires(text(row, "moagraph:requires"))
        except ValueError as error:
            # Without its gate a claim would say more than was said.
            return f"moagraph:requires cannot be read: {error}"
        return ""

    def _meaning(self, row: Row, predicate: str) -> Meaning:
        own = own_relation(text(row, "original_predicate"))
        if own:
            return Meaning(own)
        found = meaning(predicate, _qualifiers(row))
        if not found.known:
            self.unknown.append(predicate)
            self.firsts.append(predicate)
        elif found.remark:
            said = f"{predicate} with {found.remark}"
            self.remarks.append(said)
            self.firsts.append(said)
        if text(row, "directed").casefold() in _UNDIRECTED:
            self.remarks.append(f"an edge without direction ({predicate[:60]})")
            return UNKNOWN._replace(known=True)
        if "sign" in row:
            found = self._beside_sign(row, predicate, found)
        level = self.level
        if level in CORRELATIONAL:
            return UNKNOWN._replace(known=True)
        if level and level not in KNOWLEDGE_LEVELS:
            self.remarks.append(f"knowledge_level {level[:60]!r} is no level of Biolink")
        return found

    def _beside_sign(self, row: Row, predicate: str, found: Meaning) -> Meaning:
        """Hold a relation against the sign beside it; where they part none is read."""
        sign, said = sign_of(text(row, "sign")), RELATIONS[found.relation].sign
        if sign == said:
            return found
        if not sign or said not in (1, -1):
            self.columns.append("sign")
            return found
        what = f"{predicate} beside the sign {text(row, 'sign')}: no direction is read"
        self.remarks.append(what)
        self.firsts.append(what)
        return Meaning("affects", found.kind, found.reverse)

    def kind(self, ends: Kinds) -> str:
        """Return the kind of the claim between entities of two kinds, None for unknown ones."""
        known = self._kinds.get(ends)
        if known is None:
            known = self._kinds[ends] = self._kind(ends[0] or "", ends[1] or "")
        return known

    def _kind(self, subject: str, target: str) -> str:
        if self._own_kind:
            return self._own_kind
        kind = self.meaning.kind_for(subject, target)
        observed = self.level == "observation" and subject in CHEMICAL_KINDS
        signed = walkable(RELATIONS[self.meaning.relation].sign)
        return "observation" if observed and signed and kind == "mechanism" else kind

    def note(self, row: Row) -> str:
        """Return the note of the claim of a row."""
        return _note(row, self.meaning) if self._noted else self._note

    def fields(self, row: Row, ids: Callable[[str], str]) -> dict[str, str]:
        """Return the fields that few edges fill: machine, gate, contexts and the like."""
        more: dict[str, str] = {}
        for column in row.keys() & _FIELDS.keys():
            value = text(row, column)
            if column in WORDS:
                value = _word(row, column, self.more_remarks)
            elif column != "moagraph:requires":
                value = ids(value)
            more[_FIELDS[column]] = value
        if not more.get("directness") and self.level == "prediction":
            more["directness"] = "inferred"
        return more

    def _cite(self, row: Row) -> None:
        """Read who says it."""
        source = text(row, "primary_knowledge_source") or text(row, "knowledge_source")
        self.source = source or text(row, "provided_by")
        self.codes = tuple(texts(row, "has_evidence"))
        for column in ("knowledge_source", "provided_by"):
            if column in row and text(row, column) != self.source:
                self.more_columns.append(column)


def rename(row: Row) -> None:
    """Call columns by the names that Biolink gives them.

    Publications are read under whatever name they stand, if under one alone.
    """
    for column in row.keys() & OTHER_NAMES.keys():
        if OTHER_NAMES[column] not in row:
            row[OTHER_NAMES[column]] = row.pop(column)
    for column in row.keys() & _CITATIONS:
        if "publications" not in row:
            found = [part for each in texts(row, column) for part in _PARTS.split(each) if part]
            row["publications"] = tuple(f"PMID:{p}" if p.isdigit() else p for p in found)
            del row[column]


_CITATIONS = frozenset(CITATIONS)
RENAMED = _CITATIONS | OTHER_NAMES.keys()
_PARTS = re.compile(r"\s*[;|\s]\s*|,\s*(?=\d)")
_UNDIRECTED = frozenset({"false", "0", "no", "undirected"})


def _word(row: Row, column: str, remarks: list[str]) -> str:
    word = text(row, column)
    if word and word not in WORDS[column]:
        remarks.append(f"{column} {word[:60]!r} is none of: {', '.join(WORDS[column])}")
        return ""
    return word


def _is_qualifier(name: str) -> bool:
    return name.endswith("_qualifier") or name == "qualifiers"


def _qualifiers(row: Row) -> Qualifiers:
    others = _others(row)
    if not others and _QUALIFIERS.isdisjoint(row):
        return _NONE
    words = tuple([text(row, name) for name in QUALIFIERS])
    ends = [name for name in others if names_other_end(name)]
    return _spelled(words, tuple([f"{name}={text(row, name)}" for name in ends]))


@lru_cache(maxsize=50_000)
def _spelled(words: tuple[str, ...], forms: tuple[str, ...]) -> Qualifiers:
    """Return qualifiers without prefix and case; `forms` joins what the last of them says."""
    *said, form = words
    plain = [word.removeprefix("biolink:").casefold() for word in said]
    return Qualifiers(*[*plain, "; ".join(filter(None, (form, *forms)))])


def _others(row: Row) -> list[str]:
    """Return the columns of qualifiers that have no field of ours, in order."""
    if row.keys() <= EDGE_READ:
        return []
    extra = [name for name in row if name not in EDGE_READ]
    return [name for name in extra if _is_qualifier(name)]


_QUALIFIERS = frozenset(QUALIFIERS)
_CITING = frozenset({"publications", "moagraph:refuted_by", "primary_knowledge_source"}) | {
    "knowledge_source",
    "provided_by",
}
_NONE = Qualifiers()


def _note(row: Row, found: Meaning) -> str:
    """Return the note of a claim: its own, else what of the edge its relation does not say."""
    if own_relation(text(row, "original_predicate")):
        return text(row, "moagraph:note")
    predicate = text(row, "predicate")
    parts = [] if _says(predicate, found.relation) else [predicate]
    if not _QUALIFIERS.isdisjoint(row):
        parts += [f"{name}={value}" for name in QUALIFIERS if (value := text(row, name))]
    parts += [f"{name}={text(row, name)}" for name in _others(row)]
    level, agent = text(row, "knowledge_level"), text(row, "agent_type")
    parts += [f"knowledge_level={level}"] if level not in ("", "knowledge_assertion") else []
    parts += [f"agent_type={agent}"] if agent else []
    if row.keys().isdisjoint(_CITING):
        said = [(name, text(row, name)) for name in ("has_evidence", "supporting_text")]
        parts += [f"{name}={value.replace(';', ',')}" for name, value in said if value]
    return f"KGX: {'; '.join(parts)}" if parts else ""


@lru_cache(maxsize=10_000)
def _says(predicate: str, relation: str) -> bool:
    return predicate.rpartition(":")[2].replace("_", " ") == relation
