"""Edges of KGX, and of formats that are read as if they were KGX, as claims with evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from moagraph.check.gates import parse_requires
from moagraph.counting import counted
from moagraph.dataset.imported import Report
from moagraph.errors import DataError
from moagraph.formats.citing import Sources, parted
from moagraph.formats.claim_ids import ClaimIds
from moagraph.formats.curies import Identifiers
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
from moagraph.formats.kgx.nodes import Nodes, text, texts
from moagraph.formats.kgx.rows import Row
from moagraph.formats.predicates import UNKNOWN, Meaning, Qualifiers, meaning, own_relation, sign_of
from moagraph.formats.spool import Spool
from moagraph.records import Assertion, Evidence, Origin, Source
from moagraph.relations import RELATIONS
from moagraph.vocabulary import CHEMICAL_KINDS, walkable

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
MAX_DROPPED = 100_000
_TRUE = frozenset({"true", "1", "yes"})
_FALSE = frozenset({"", "false", "0", "no"})


class Edges:
    """Reads edges; walk over `claims`, then `sources`, then `evidence`."""

    def __init__(self, ids: Identifiers, nodes: Nodes, report: Report) -> None:
        self.ids = ids
        self.nodes = nodes
        self.report = report
        self._claim_ids = ClaimIds()
        self._sources = Sources()
        self._spool = Spool()
        self._columns: Counter[str] = Counter()
        self._unknown: Counter[str] = Counter()
        self._remarks: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._missing: dict[str, None] = {}
        self._dropped = 0

    def claims(self, found: Iterable[tuple[int, Row]], file: str) -> Iterator[Assertion]:
        """Yield a claim for each row that can be understood; a report line for each other."""
        rows = claims = 0
        for number, row in found:
            rows += 1
            claim = self._claim(row, file, number)
            if claim is not None:
                claims += 1
                yield claim
        merged = rows - claims - self._dropped
        self.report.counts.update(
            {"edges": rows, "edges not read": self._dropped, "edges merged": merged}
        )
        self.report.counts["claims"] = claims
        self._finish(file)

    def _drop(self, why: str, row: Row, file: str, number: int) -> None:
        self._dropped += 1
        if self._dropped > MAX_DROPPED:
            message = f"more than {MAX_DROPPED:,} edges cannot be used; the last: {why}"
            raise DataError(message, file=file, line=number)
        self.report.add("dropped", why, file=file, line=number, record=text(row, "id"))

    def _claim(self, row: Row, file: str, number: int) -> Assertion | None:
        for column in row.keys() & OTHER_NAMES.keys():
            if OTHER_NAMES[column] not in row:
                row[OTHER_NAMES[column]] = row.pop(column)
        _cite(row)
        subject, predicate = text(row, "subject"), text(row, "predicate")
        target = text(row, "object")
        if not (subject and predicate and target):
            self._drop("an edge without subject, predicate or object", row, file, number)
            return None
        negated = text(row, "negated").casefold()
        if negated not in _TRUE and negated not in _FALSE:
            self._drop(f"negated is {negated[:40]!r}, neither true nor false", row, file, number)
            return None
        try:
            parse_requires(text(row, "moagraph:requires"))
        except ValueError as error:
            # Without its gate a claim would say more than was said.
            self._drop(f"moagraph:requires cannot be read: {error}", row, file, number)
            return None
        self._columns.update(row.keys() - EDGE_READ)
        found = self._meaning(row, predicate, number)
        ends = self._end(subject), self._end(target)
        if found.reverse:
            ends = ends[1], ends[0]
        kind = self._kind(row, found, ends)
        origin = Origin(file, number)
        content = hash((*ends, found.relation, kind, negated, *row.values()))
        given = text(row, "id")
        claim_id = self._claim_ids.take(given, ends[0], found.relation, ends[1], kind, content)
        if not claim_id:
            self.report.add(
                "merged", "the same edge stands there before", file=file, line=number, record=given
            )
            return None
        claim = Assertion(
            claim_id,
            ends[0],
            found.relation,
            ends[1],
            kind,
            polarity="negated" if negated in _TRUE else "asserted",
            note=_note(row, found),
            origin=origin,
            **self._more(row),
        )
        self._keep_evidence(claim_id, row, number, file)
        return claim

    # -- what it says -------------------------------------------------------

    def _meaning(self, row: Row, predicate: str, number: int) -> Meaning:
        own = own_relation(text(row, "original_predicate"))
        if own:
            return Meaning(own)
        found = meaning(predicate, _qualifiers(row))
        if not found.known:
            self._unknown[predicate] += 1
            self._first.setdefault(predicate, number)
        elif found.remark:
            said = f"{predicate} with {found.remark}"
            self._remarks[said] += 1
            self._first.setdefault(said, number)
        if text(row, "directed").casefold() in _UNDIRECTED:
            self._remarks[f"an edge without direction ({predicate[:60]})"] += 1
            return UNKNOWN._replace(known=True)
        if "sign" in row:
            found = self._beside_sign(row, predicate, found, number)
        level = text(row, "knowledge_level")
        if level in CORRELATIONAL:
            return UNKNOWN._replace(known=True)
        if level and level not in KNOWLEDGE_LEVELS:
            self._remarks[f"knowledge_level {level[:60]!r} is no level of Biolink"] += 1
        return found

    def _beside_sign(self, row: Row, predicate: str, found: Meaning, number: int) -> Meaning:
        """Hold a relation against the sign beside it; where they part none is read."""
        sign, said = sign_of(text(row, "sign")), RELATIONS[found.relation].sign
        if sign == said:
            return found
        if not sign or said not in (1, -1):
            self._columns["sign"] += 1
            return found
        what = f"{predicate} beside the sign {text(row, 'sign')}: no direction is read"
        self._remarks[what] += 1
        self._first.setdefault(what, number)
        return Meaning("affects", found.kind, found.reverse)

    def _kind(self, row: Row, found: Meaning, ends: tuple[str, str]) -> str:
        own = self._word(row, "moagraph:kind")
        if own:
            return own
        subject, target = (self.nodes.kinds.get(end, "") for end in ends)
        kind = found.kind_for(subject, target)
        observed = text(row, "knowledge_level") == "observation" and subject in CHEMICAL_KINDS
        signed = walkable(RELATIONS[found.relation].sign)
        return "observation" if observed and signed and kind == "mechanism" else kind

    def _word(self, row: Row, column: str) -> str:
        word = text(row, column)
        if word and word not in WORDS[column]:
            self._remarks[f"{column} {word[:60]!r} is none of: {', '.join(WORDS[column])}"] += 1
            return ""
        return word

    def _more(self, row: Row) -> dict[str, str]:
        """Return the fields that few edges fill: machine, gate, contexts and the like."""
        more: dict[str, str] = {}
        for column in row.keys() & _FIELDS.keys():
            value = text(row, column)
            if column in WORDS:
                value = self._word(row, column)
            elif column != "moagraph:requires":
                value = self.ids(value)
            more[_FIELDS[column]] = value
        if not more.get("directness") and text(row, "knowledge_level") == "prediction":
            more["directness"] = "inferred"
        return more

    def _end(self, written: str) -> str:
        name = self.ids(written)
        if name not in self.nodes.kinds:
            self._missing.setdefault(name)
        return name

    # -- who says it --------------------------------------------------------

    def _keep_evidence(self, claim_id: str, row: Row, number: int, file: str) -> None:
        publications = parted(texts(row, "publications"))
        refuting = parted(texts(row, "moagraph:refuted_by"))
        source = text(row, "primary_knowledge_source") or text(row, "knowledge_source")
        source = source or text(row, "provided_by")
        if not (publications or refuting or source):
            return  # What it says all the same stands in the note.
        for column in ("knowledge_source", "provided_by"):
            if column in row and text(row, column) != source:
                self._columns[column] += 1
        origin = Origin(file, number)
        add = self._sources.publication
        kept = (
            claim_id,
            tuple(add(each, origin) for each in publications),
            tuple(add(each, origin) for each in refuting),
            self._sources.knowledge_source(source, origin) if source else "",
            tuple(texts(row, "has_evidence")),
            text(row, "supporting_text"),
            text(row, "knowledge_level"),
            file,
            number,
        )
        self._spool.add(kept)

    def sources(self) -> Iterator[Source]:
        """Yield the sources that the claims named, once all claims are walked over."""
        yield from self._sources.found.values()

    def evidence(self) -> Iterator[Evidence]:
        """Yield the evidence of all claims: publications, else the knowledge source alone."""
        for (
            claim,
            supporting,
            refuting,
            source,
            codes,
            said,
            level,
            file,
            line,
        ) in self._spool.rows():
            eco = codes[0] if len(codes) == 1 and codes[0].startswith("ECO:") else ""
            parts = [said] if said else []
            parts += [f"Listed by {self._sources.found[source].title}."] if source else []
            if codes and not eco:
                parts.append(f"Evidence codes: {', '.join(codes)}.")
            statement = " ".join(parts)
            named = [(each, "supports") for each in dict.fromkeys(supporting)]
            named += [(each, "refutes") for each in dict.fromkeys(refuting)]
            named = named or [(source, "supports")]
            for count, (each, stance) in enumerate(named, 1):
                stance = "inconclusive" if level == "prediction" else stance  # noqa: PLW2901
                yield Evidence(
                    f"{claim}.{count}",
                    claim,
                    each,
                    stance,
                    eco,
                    "secondary",
                    statement=statement,
                    origin=Origin(file, line),
                )

    def _finish(self, file: str) -> None:
        report = self.report
        for word, count in sorted(self._unknown.items()):
            why = f"predicate {word[:100]} of {counted(count, 'edge')} is unknown; kept as"
            report.add(
                "unknown", f"{why} associated with, never a step", file=file, line=self._first[word]
            )
        for said, count in sorted(self._remarks.items()):
            line = self._first.get(said, 0)
            report.add("unknown", f"{said} ({counted(count, 'edge')})", file=file, line=line)
        for column, count in sorted(self._columns.items()):
            if column.endswith("_qualifier") or column == "qualifiers":
                what = f"{column}: {counted(count, 'value stands', 'values stand')} in notes alone"
                report.add("unknown", what, file=file)
                continue
            report.add(
                "dropped",
                f"column {column}: {counted(count, 'value is', 'values are')} not read",
                file=file,
            )
        for name in self._missing:
            report.add(
                "repaired", f"no node is {name}; kept with its id alone", file=file, record=name
            )


def _cite(row: Row) -> None:
    """Read the publications of an edge under whatever name they stand, if under one alone."""
    for column in row.keys() & _CITATIONS:
        if "publications" not in row:
            found = [part for each in texts(row, column) for part in _PARTS.split(each) if part]
            row["publications"] = tuple(f"PMID:{p}" if p.isdigit() else p for p in found)
            del row[column]


_CITATIONS = frozenset(CITATIONS)
_PARTS = re.compile(r"\s*[;|\s]\s*|,\s*(?=\d)")
_UNDIRECTED = frozenset({"false", "0", "no", "undirected"})


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
    return [name for name in extra if name.endswith("_qualifier") or name == "qualifiers"]


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
