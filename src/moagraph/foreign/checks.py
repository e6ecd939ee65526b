"""The checks of one record. Each yields findings and never raises on odd data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from moagraph.counting import counted
from moagraph.foreign.codes import CODES
from moagraph.foreign.finding import RecordFinding
from moagraph.foreign.paths import (
    MAX_SIZE,
    RecordPath,
    RecordPaths,
    breaking_link,
    distinct,
    key_words,
    lowering_links,
    name_of,
    too_large,
    write_link,
    write_path,
)
from moagraph.foreign.polarity import polarity_of, reading_of, retired_ids
from moagraph.formats.drugmechdb.identifiers import normalise
from moagraph.formats.drugmechdb.link_keys import by_key, spelled_key
from moagraph.formats.drugmechdb.records import DrugMechRecord, Link

Check = Callable[[DrugMechRecord, RecordPaths], Iterator[RecordFinding]]

SHORTEST, LONGEST = 3, 7
_THERAPEUTIC = frozenset({"treats", "prevents", "ameliorates"})
_REFERENCE = re.compile(r"^(https?://\S+|PMID:\d+|doi:\S+|10\.\d{2,9}/\S+)$", re.IGNORECASE)
_WEAK = ("wikipedia.org", "drugbank.")
_PREFIXES: dict[str, frozenset[str]] = {
    "BiologicalProcess": frozenset({"GO"}),
    "Cell": frozenset({"CL"}),
    "CellularComponent": frozenset({"GO"}),
    "ChemicalSubstance": frozenset({"mesh", "CHEBI"}),
    "Disease": frozenset({"mesh"}),
    "Drug": frozenset({"mesh", "drugbank"}),
    "GeneFamily": frozenset({"interpro", "pfam", "tigrfam"}),
    "GrossAnatomicalStructure": frozenset({"UBERON"}),
    "MacromolecularComplex": frozenset({"PR"}),
    "MolecularActivity": frozenset({"GO"}),
    "OrganismTaxon": frozenset({"NCBITaxon"}),
    "Pathway": frozenset({"reactome"}),
    "PhenotypicFeature": frozenset({"HP"}),
    "Protein": frozenset({"uniprot", "uniprot.isoform"}),
}
"""The sources of each node type, by DrugMechDB's curation guide."""


def find(
    record: DrugMechRecord,
    code: str,
    message: str,
    link: Link | None = None,
    path: RecordPath | None = None,
    line: int = 0,
) -> RecordFinding:
    """Return a finding about a record; the line is that of the link, else of the record."""
    return RecordFinding(
        code,
        CODES[code].severity,
        record.id,
        message,
        write_path(record, path) if path else "",
        write_link(record, link) if link else "",
        CODES[code].remedy,
        record.file,
        line or (link.line if link else 0) or record.line,
    )


def check_record(record: DrugMechRecord, paths: RecordPaths) -> Iterator[RecordFinding]:
    """Yield everything that is wrong with a record by itself."""
    if too_large(record):
        size = f"{counted(len(record.nodes), 'node')} and {counted(len(record.links), 'link')}"
        yield find(record, "too-large", f"{size}; {MAX_SIZE:,} of both are the limit")
        return
    for check in _CHECKS:
        yield from check(record, paths)


# -- signs and paths ---------------------------------------------------------


def _net(record: DrugMechRecord, paths: RecordPaths) -> Iterator[RecordFinding]:
    positive, negative = paths.with_net("positive"), paths.with_net("negative")
    if positive and "contraindicat" not in record.comment.casefold():
        total = len(positive) + len(negative)
        for path in positive:
            link, why = breaking_link(path, negative)
            text = (
                f"says that {record.drug or 'the drug'} raises {record.disease or 'the disease'}"
                f" ({len(positive)} of {total} signed paths do); {write_link(record, link)}: {why}"
            )
            others = [write_link(record, x) for x in lowering_links(path) if x is not link]
            text += f"; what lowers before or after: {'; '.join(others)}" if others else ""
            yield find(record, "net-positive", text, link, path)
    if paths.paths and not positive and not negative:
        path = next((p for p in paths.paths if p.open_at), paths.paths[0])
        at = f" at {write_link(record, path.open_at)}" if path.open_at else ": no link has a sign"
        yield find(record, "open-sign", f"the sign stays open{at}", path.open_at, path)
    if not paths.complete:
        yield find(
            record,
            "too-many-paths",
            f"only {counted(len(paths.paths), 'path was', 'paths were')} looked at",
        )


def _ends(record: DrugMechRecord, paths: RecordPaths) -> Iterator[RecordFinding]:
    drug, disease = record.drug_node, record.disease_node
    for what, node, ids in (
        ("drug", drug, (record.drug_mesh, record.drugbank)),
        ("disease", disease, (record.disease_mesh,)),
    ):
        written = ", ".join(i for i in ids if i) or "no id"
        if not node:
            name = record.drug if what == "drug" else record.disease
            yield find(
                record,
                "missing-end",
                f"no node is the {what} {name or 'without a name'} ({written})",
            )
        elif node not in ids:
            yield find(
                record,
                "missing-end",
                f"the {what} is {node} among the nodes and {written} in the indication: "
                "found by its name",
            )
    if drug and disease and not paths.paths:
        text = f"no path from {name_of(record, drug)} to {name_of(record, disease)}"
        yield find(record, "no-path", text)


def _short(record: DrugMechRecord, paths: RecordPaths) -> Iterator[RecordFinding]:
    lengths = [len(p.links) for p in paths.paths]
    if lengths and lengths[0] <= 2 < lengths[-1]:
        short = [p for p in paths.paths if len(p.links) <= 2]
        names = " -> ".join(
            [name_of(record, short[0].links[0].source)]
            + [name_of(record, link.target) for link in short[0].links]
        )
        more = f", and {len(short) - 1} more" if len(short) > 1 else ""
        text = f"{names}{more} beside paths of up to {counted(lengths[-1], 'link')}"
        yield find(record, "short-circuit", text, path=short[0])
    if lengths and not SHORTEST <= lengths[-1] <= LONGEST:
        text = f"the longest path has {counted(lengths[-1], 'link')}"
        yield find(record, "length", text)
    for link in distinct(record.links):
        key = spelled_key(link.key, link.aspect, link.direction)
        direct = link.source == record.drug_node and link.target == record.disease_node
        if direct and key in _THERAPEUTIC and len(record.links) > 1:
            others = counted(len(record.links) - 1, "other link")
            text = f"{write_link(record, link)} stands beside {others}"
            yield find(record, "treats-shortcut", text, link)


def _shape(record: DrugMechRecord, paths: RecordPaths) -> Iterator[RecordFinding]:
    present = {n.id for n in record.nodes}
    seen: set[tuple[str, ...]] = set()
    for link in record.links:
        if link[:5] in seen:
            yield find(record, "duplicate-link", f"{write_link(record, link)} again", link)
        seen.add(link[:5])
        if link.source == link.target:
            yield find(record, "self-loop", write_link(record, link), link)
        for end in dict.fromkeys((link.source, link.target)):
            if end not in present:
                yield find(record, "dangling-link", f"{end} is no node of the record", link)
    circle = _circle(record)
    if circle:
        text = " -> ".join(name_of(record, node) for node in circle)
        yield find(record, "cycle", text)
    parts = _parts(record)
    if len(parts) > 1:
        smaller = "; ".join(_listed(record, part) for part in parts[1:4])
        yield find(record, "disconnected", f"{len(parts)} parts; apart are: {smaller}")
    if paths.paths and paths.complete:
        on_path = {end for p in paths.paths for link in p.links for end in link[0:3:2]}
        off = [n.id for n in record.nodes if n.id not in on_path]
        if off:
            yield find(record, "off-path", _listed(record, list(dict.fromkeys(off))))


def _listed(record: DrugMechRecord, nodes: list[str]) -> str:
    names = [name_of(record, node) for node in nodes]
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return ", ".join(names[:8]) + more


def _circle(record: DrugMechRecord) -> list[str]:
    """Return the nodes of one circle of two or more, first and last the same, or nothing."""
    leaving: dict[str, list[str]] = defaultdict(list)
    for link in record.links:
        if link.source != link.target:
            leaving[link.source].append(link.target)
    done: set[str] = set()
    for start in list(leaving):
        trail, stack = [start], [iter(leaving[start])]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                done.add(trail.pop())
                stack.pop()
            elif node in trail:
                return [*trail[trail.index(node) :], node]
            elif node not in done:
                trail.append(node)
                stack.append(iter(leaving.get(node, ())))
    return []


def _parts(record: DrugMechRecord) -> list[list[str]]:
    """Return the connected parts, the largest first."""
    near: dict[str, set[str]] = {n.id: set() for n in record.nodes}
    for link in record.links:
        near.setdefault(link.source, set()).add(link.target)
        near.setdefault(link.target, set()).add(link.source)
    left, parts = dict.fromkeys(near), []
    while left:
        part, stack = [], [next(iter(left))]
        del left[stack[0]]
        while stack:
            node = stack.pop()
            part.append(node)
            for other in near[node]:
                if other in left:
                    del left[other]
                    stack.append(other)
        parts.append(part)
    return sorted(parts, key=len, reverse=True)


# -- words and ids -----------------------------------------------------------


def _types(record: DrugMechRecord, _paths: RecordPaths) -> Iterator[RecordFinding]:
    labels: dict[str, str] = {}
    for node in record.nodes:
        labels.setdefault(node.id, node.label)
    for link in distinct(record.links):
        row = polarity_of(link)
        for role, end, wanted in (
            ("subject", link.source, row.subject_types),
            ("object", link.target, row.object_types),
        ):
            label = labels.get(end, "")
            if wanted and label and label not in wanted:
                allowed = " or ".join(sorted(wanted))
                text = f"'{link.key}' has a {label} as {role}, {name_of(record, end)}"
                text += f"; it takes {allowed}"
                yield find(record, "type-violation", text, link)


def _keys(record: DrugMechRecord, _paths: RecordPaths) -> Iterator[RecordFinding]:
    first: dict[str, list[Link]] = defaultdict(list)
    for link in distinct(record.links):
        first[key_words(link)].append(link)
    for words, links in first.items():
        link, times = links[0], f" ({len(links)} links)" if len(links) > 1 else ""
        plain = spelled_key(link.key, link.aspect, link.direction)
        if reading_of(link) == "unlisted" and plain not in by_key_names():
            yield find(record, "unknown-key", f"'{words}'{times}", link)
        if plain != link.key or (link.aspect or link.direction):
            continue
        row = by_key()[plain, False]
        if not row.in_biolink:
            now = f"Biolink 4.4.4 has: {row.current}" if row.current else row.reason
            yield find(record, "old-predicate", f"'{words}'{times}; {now}", link)


def by_key_names() -> frozenset[str]:
    """Return the plain keys that our table reads."""
    return frozenset(key for key, _ in by_key())


def _ids(record: DrugMechRecord, _paths: RecordPaths) -> Iterator[RecordFinding]:
    written = [(n.id, n.line, f"node {n.name}") for n in record.nodes]
    written += [
        (text, record.line, f"the {what} of the indication")
        for text, what in (
            (record.drug_mesh, "drug_mesh"),
            (record.drugbank, "drugbank"),
            (record.disease_mesh, "disease_mesh"),
        )
        if text
    ]
    seen: set[str] = set()
    for text, line, what in written:
        if text in seen:
            continue
        seen.add(text)
        found = normalise(text)
        if found.problem:
            yield find(record, "malformed-id", f"{text!r} ({what}) {found.problem}", line=line)
        status = retired_ids().get(text)
        if status:
            yield find(record, "retired-id", f"{text} ({what}) is {status}", line=line)
    for node in record.nodes:
        found = normalise(node.id)
        fitting = _PREFIXES.get(node.label)
        if fitting is None:
            text = f"{node.id} ({node.name}) has the type {node.label or 'none'}, which is unknown"
            yield find(record, "label-prefix", text, line=node.line)
        elif found.known and found.curie.partition(":")[0] not in fitting:
            text = f"{node.id} ({node.name}) is called a {node.label}"
            yield find(record, "label-prefix", text, line=node.line)


def _sources(record: DrugMechRecord, _paths: RecordPaths) -> Iterator[RecordFinding]:
    bare = [link for link in record.links if not link.evidence]
    if record.links and len(bare) == len(record.links):
        yield find(
            record, "no-evidence", f"0 of {counted(len(record.links), 'link')} have evidence"
        )
    elif bare:
        text = f"{len(bare)} of {counted(len(record.links), 'link')} have none"
        yield find(record, "no-evidence", text, bare[0])
    odd = [ref for ref in record.references if not _REFERENCE.match(ref)]
    if odd:
        yield find(record, "odd-reference", ", ".join(repr(ref[:80]) for ref in odd[:3]))
    cited = [item.reference for link in record.links for item in link.evidence]
    if not record.references and not cited:
        yield find(record, "no-reference", "no reference is given")
    elif all(any(weak in ref.casefold() for weak in _WEAK) for ref in (*record.references, *cited)):
        yield find(record, "weak-reference", ", ".join(record.references[:3]))


def _form(record: DrugMechRecord, _paths: RecordPaths) -> Iterator[RecordFinding]:
    for remark in record.remarks:
        yield find(record, "form", f"{remark.message} [{remark.code}]", line=remark.line)


_CHECKS: tuple[Check, ...] = (_net, _ends, _short, _shape, _types, _keys, _ids, _sources, _form)
