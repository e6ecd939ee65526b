"""Edges of KGX, and of formats that are read as if they were KGX, as claims with evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from moagraph.counting import counted
from moagraph.dataset.imported import Report
from moagraph.errors import DataError
from moagraph.formats.citing import Sources
from moagraph.formats.claim_ids import ClaimIds
from moagraph.formats.curies import Identifiers
from moagraph.formats.kgx.nodes import Nodes, text, texts
from moagraph.formats.kgx.rows import Row
from moagraph.formats.kgx.said import NO_ENDS, RENAMED, Said, Shape, rename
from moagraph.formats.spool import Spool
from moagraph.records import Assertion, Evidence, Origin, Source

MAX_DROPPED = 100_000
_MOST = 10_000
"""How many kinds of rows are kept in mind: most edges of a graph are of a few."""


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
        self._shapes: dict[tuple[str, ...], Shape] = {}
        self._alike: dict[object, Said] = {}

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
        if not RENAMED.isdisjoint(row):
            rename(row)
        said = self._said(row)
        subject, target = text(row, "subject"), text(row, "object")
        if not (subject and target) or said.fault:
            why = said.fault if subject and target else NO_ENDS
            self._drop(why, row, file, number)
            return None
        if not said.times:
            for word in said.firsts:
                self._first.setdefault(word, number)
        said.times += 1
        ours = self.ids.ours
        ends = ours.get(subject) or self.ids(subject), ours.get(target) or self.ids(target)
        kinds = self.nodes.kinds.get(ends[0]), self.nodes.kinds.get(ends[1])
        if None in kinds:
            for name in ends:
                if name not in self.nodes.kinds:
                    self._missing.setdefault(name)
        if said.meaning.reverse:
            ends, kinds = ends[::-1], kinds[::-1]
        kind = said.kind(kinds)
        relation = said.meaning.relation
        given = text(row, "id")
        content = hash((said.names, *row.values()))
        claim_id = self._claim_ids.take(given, ends[0], relation, ends[1], kind, content)
        if not claim_id:
            self.report.add(
                "merged", "the same edge stands there before", file=file, line=number, record=given
            )
            return None
        said.kept += 1
        if said.more is None:
            said.more = said.fields(row, self.ids)
        claim = Assertion(
            claim_id,
            ends[0],
            relation,
            ends[1],
            kind,
            polarity=said.polarity,
            note=said.note(row),
            origin=Origin(file, number),
            **said.more,
        )
        if said.cites:
            self._keep_evidence(claim_id, row, said, number, file)
        return claim

    def _said(self, row: Row) -> Said:
        """Return what the columns say that many edges have alike."""
        names = tuple(row)
        shape = self._shapes.get(names)
        if shape is None:
            if len(self._shapes) >= _MOST:
                self._shapes.clear()
            shape = self._shapes[names] = Shape(names)
        key = (names, shape.values(row))
        said = self._alike.get(key)
        if said is None:
            if len(self._alike) >= _MOST:
                self._count()
            said = self._alike[key] = Said(row, shape)
        return said

    def _count(self) -> None:
        """Add up what the rows said that were alike, and forget them."""
        for said in self._alike.values():
            for counter, found, times in (
                (self._unknown, said.unknown, said.times),
                (self._remarks, said.remarks, said.times),
                (self._columns, said.columns, said.times),
                (self._remarks, said.more_remarks, said.kept),
                (self._columns, said.more_columns, said.cited),
            ):
                for word in found if times else ():
                    counter[word] += times
        self._alike.clear()

    # -- who says it --------------------------------------------------------

    def _keep_evidence(self, claim_id: str, row: Row, said: Said, number: int, file: str) -> None:
        place = Origin(file, number)
        cited = self._sources.publications
        supporting = cited(texts(row, "publications"), place)
        refuting = cited(texts(row, "moagraph:refuted_by"), place)
        if not (supporting or refuting or said.source):
            return  # What it says all the same stands in the note.
        said.cited += 1
        source = self._sources.knowledge_source(said.source, place) if said.source else ""
        quoted = text(row, "supporting_text")
        self._spool.add(
            (claim_id, supporting, refuting, source, said.codes, quoted, said.level, file, number)
        )

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
            statement = said
            if source or codes:
                statement = _statement(said, self._sources.found.get(source), codes, eco)
            named = [(each, "supports") for each in supporting]
            named += [(each, "refutes") for each in refuting]
            if len(named) > 1:
                named = list(dict.fromkeys(named))
            for count, (each, stance) in enumerate(named or [(source, "supports")], 1):
                if level == "prediction":
                    stance = "inconclusive"  # noqa: PLW2901
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
        self._count()
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


def _statement(said: str, source: Source | None, codes: tuple[str, ...], eco: str) -> str:
    parts = [said] if said else []
    if source:
        parts.append(f"Listed by {source.title}.")
    if codes and not eco:
        parts.append(f"Evidence codes: {', '.join(codes)}.")
    return " ".join(parts)
