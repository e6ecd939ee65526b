"""From records to one graph: claims merged by what they say, each knowing its records.

Records stay separate mechanisms: `memberships` tells which records hold a claim. One id with
several names or types becomes one entity, and a remark says what was chosen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from moagraph.formats.categories import choose
from moagraph.formats.drugmechdb.identifiers import LOCAL, Identifier, normalise, several
from moagraph.formats.drugmechdb.link_keys import (
    CHEMICAL_LABELS,
    CONDITION_LABELS,
    LinkKey,
    by_key,
    spelled_key,
)
from moagraph.formats.drugmechdb.records import DrugMechRecord, Link, Node, Remark
from moagraph.identifiers import fold
from moagraph.records import Assertion, Entity, Origin

TYPES: dict[str, tuple[str, str]] = {
    "BiologicalProcess": ("process", "BiologicalProcess"),
    "Cell": ("cell", "Cell"),
    "CellularComponent": ("anatomy", "CellularComponent"),
    "ChemicalSubstance": ("chemical", "ChemicalEntity"),
    "ChemicalEntity": ("chemical", "ChemicalEntity"),
    "SmallMolecule": ("chemical", "SmallMolecule"),
    "Disease": ("disease", "Disease"),
    "Drug": ("drug", "Drug"),
    "GeneFamily": ("protein family", "GeneFamily"),
    "GrossAnatomicalStructure": ("anatomy", "GrossAnatomicalStructure"),
    "MacromolecularComplex": ("complex", "MacromolecularComplex"),
    "MolecularActivity": ("process", "MolecularActivity"),
    "OrganismTaxon": ("taxon", "OrganismTaxon"),
    "Pathway": ("process", "Pathway"),
    "PhenotypicFeature": ("phenotype", "PhenotypicFeature"),
    "Protein": ("protein", "Protein"),
}
"""Kind and Biolink 4.4.4 category of each node type of DrugMechDB."""


def type_of(label: str) -> tuple[str, str]:
    """Return kind and category of a node type, also one of Biolink alone; "" and NamedThing."""
    if label in TYPES:
        return TYPES[label]
    category, kind = choose([label])
    return kind, category


class Held(NamedTuple):
    """A link of a record that holds a claim."""

    record: DrugMechRecord
    link: Link


class _Seen:
    """What the records say of one id."""

    __slots__ = ("alt_names", "labels", "names", "origin", "written", "xrefs")

    def __init__(self, written: str, origin: Origin) -> None:
        self.written = written
        self.origin = origin
        # How often each was met.
        self.labels: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.alt_names: dict[str, None] = {}
        self.xrefs: dict[str, None] = {}


class Merge:
    """The graph of some records: ask for entities, then assertions and what holds them.

    `links` counts all links that came, `unread_links` those that are no claim, and
    `repeated_links` those that their record lists a second time.
    """

    def __init__(self, records: Iterable[DrugMechRecord]) -> None:
        self.remarks: list[Remark] = []
        self.links = 0
        self.unread_links = 0
        self.repeated_links = 0
        self.records: list[DrugMechRecord] = []
        self._seen: dict[str, _Seen] = {}
        self._claims: dict[tuple[str, str, str, str], list[Held]] = defaultdict(list)
        for record in records:
            self._add(record)

    # -- adding -------------------------------------------------------------

    def _add(self, record: DrugMechRecord) -> None:
        self.records.append(record)
        self.remarks.extend(record.remarks)
        labels: dict[str, str] = {}
        for node in record.nodes:
            labels.setdefault(node.id, node.label)
            self._add_node(record, node)
        self._add_indication(record)
        written: set[tuple[str, ...]] = set()
        for link in record.links:
            self.links += 1
            if link[:5] in written:
                self._say(record, "duplicate-link", f"{_words(link)} is listed twice", link.line)
                if not link.evidence:
                    self.repeated_links += 1
                    continue
            written.add(link[:5])
            self._add_link(record, link, labels)

    def _say(self, record: DrugMechRecord, code: str, message: str, line: int) -> None:
        self.remarks.append(Remark(code, message, record.file, record.id, line))

    def _identify(self, record: DrugMechRecord, text: str, line: int) -> Identifier:
        found = normalise(text)
        if found.problem:
            code = "mended-id" if found.known else "malformed-id"
            kept = found.curie or "nothing"
            self._say(record, code, f"{text!r} {found.problem}: kept as {kept}", line)
        return found

    def _add_node(self, record: DrugMechRecord, node: Node) -> None:
        curie = self._identify(record, node.id, node.line).curie
        if not curie:
            return
        seen = self._seen.get(curie)
        if seen is None:
            seen = self._seen[curie] = _Seen(node.id, Origin(record.file, node.line))
        seen.labels[node.label] = seen.labels.get(node.label, 0) + 1
        seen.names[node.name] = seen.names.get(node.name, 0) + 1
        for name in node.alt_names:
            seen.alt_names[name] = None
        for text in node.alt_ids:
            other = self._identify(record, text, node.line)
            if other.known:
                seen.xrefs[other.curie] = None
            else:
                seen.alt_names[text] = None

    def _add_indication(self, record: DrugMechRecord) -> None:
        """Note the ids of the indication as cross-references of its drug and disease."""
        for node_id, ids in (
            (record.drug_node, (record.drug_mesh, record.drugbank)),
            (record.disease_node, (record.disease_mesh,)),
        ):
            seen = self._seen.get(normalise(node_id).curie) if node_id else None
            for text in ids:
                found, joined = normalise(text), several(text)
                if joined and seen is not None:
                    what = f"{text!r} joins {len(joined)} ids: each is a cross-reference"
                    self._say(record, "several-ids", what, record.line)
                    seen.xrefs.update(dict.fromkeys(joined))
                elif text and not found.known:
                    self._identify(record, text, record.line)
                elif seen is not None and text and text != node_id:
                    seen.xrefs[found.curie] = None

    def _add_link(self, record: DrugMechRecord, link: Link, labels: dict[str, str]) -> None:
        row = self._row(record, link, labels)
        source, target = normalise(link.source).curie, normalise(link.target).curie
        if not source or not target:
            self._say(record, "link-without-end", f"{_words(link)}: not read", link.line)
            self.unread_links += 1
            return
        for written, curie in ((link.source, source), (link.target, target)):
            if curie not in self._seen:
                self._say(record, "dangling-link", f"no node is {written}: made from it", link.line)
                self._add_node(record, Node(written, "", "", (), (), link.line))
        if source == target:
            self._say(record, "self-loop", f"{_words(link)}: not a step, not read", link.line)
            self.unread_links += 1
            return
        if row.reverse:
            source, target = target, source
        self._claims[source, row.relation, target, row.kind].append(Held(record, link))

    def _row(self, record: DrugMechRecord, link: Link, labels: dict[str, str]) -> LinkKey:
        key = spelled_key(link.key, link.aspect, link.direction)
        if not key and (link.aspect or link.direction):
            key = spelled_key(link.key, "", "")
            what = f"{link.key!r} with {link.aspect or '-'}, {link.direction or '-'}"
            self._say(record, "unknown-qualifiers", f"{what}: direction unknown", link.line)
            key = "affects" if key else ""
        if not key:
            self._say(
                record,
                "unknown-key",
                f"the key {link.key[:80]!r} is unknown: direction unknown",
                link.line,
            )
            key = "affects"
        chemical = (
            labels.get(link.source) in CHEMICAL_LABELS
            and labels.get(link.target) in CONDITION_LABELS
        )
        return by_key()[key, chemical]

    # -- asking -------------------------------------------------------------

    def entities(self) -> Iterator[Entity]:
        """Yield an entity for each id, with the commonest of its names and types."""
        for curie, seen in self._seen.items():
            label, *others = _by_count(seen.names) or [seen.written]
            kinds = _by_count(seen.labels)
            kind, category = type_of(kinds[0] if kinds else "")
            # An id that is none of ours is found by the name that it was written with.
            written = [seen.written] if curie.startswith(LOCAL) else []
            others = _distinct([*others, *seen.alt_names, *written], label)
            seen.xrefs.pop(curie, None)
            yield Entity(
                curie,
                label,
                category,
                kind,
                synonyms=tuple(others),
                xrefs=tuple(seen.xrefs),
                origin=seen.origin,
            )

    def name_remarks(self) -> Iterator[Remark]:
        """Yield what was chosen where ids have several names or types, and names several ids."""
        yield from self._id_remarks()
        sharing: dict[str, list[str]] = defaultdict(list)
        for curie, seen in self._seen.items():
            for name in _by_count(seen.names)[:1]:
                sharing[fold(name)].append(curie)
        for name, curies in sharing.items():
            if len(curies) > 1:
                text = f"{name!r} is the name of {_few(curies)}: kept apart"
                yield Remark("shared-name", text, *self._seen[curies[0]].origin[:1])

    def _id_remarks(self) -> Iterator[Remark]:
        for curie, seen in self._seen.items():
            file, line = seen.origin
            names, labels = _by_count(seen.names), _by_count(seen.labels)
            spelled = _distinct(names[1:], names[0]) if names else []
            if spelled:
                text = f"{curie} is called {names[0]!r}; also {_few(spelled)}: kept as synonyms"
                yield Remark("several-names", text, file, "", line)
            if len(labels) > 1:
                text = f"{curie} is a {labels[0]}; also {', '.join(labels[1:])}: the first is kept"
                yield Remark("several-types", text, file, "", line)
            if type_of(labels[0] if labels else "")[1] == "NamedThing":
                text = f"{curie} has the type {labels[0] if labels else 'none'!r}: kept without"
                yield Remark("unknown-type", text, file, "", line)

    def assertions(self) -> Iterator[tuple[Assertion, list[Held]]]:
        """Yield each claim with the links that hold it, in order of first sight."""
        ids: set[str] = set()
        for (source, relation, target, kind), holders in self._claims.items():
            name = claim_id(source, relation, target, kind)
            while name in ids:
                name += "-2"
            ids.add(name)
            first = holders[0]
            words = _key_words(first.link)
            if len(holders) > 1:
                words = ", ".join(dict.fromkeys([_key_words(held.link) for held in holders]))
            note = f"DrugMechDB: {words}" if words != relation else ""
            yield (
                Assertion(
                    name,
                    source,
                    relation,
                    target,
                    kind,
                    note=note,
                    origin=Origin(first.record.file, first.link.line),
                ),
                holders,
            )


_UNSAFE = re.compile(r"[^a-z0-9.+-]+")


def claim_id(source: str, relation: str, target: str, kind: str) -> str:
    """Return a readable id that is the same whenever the claim is read."""
    text = f"{source} {relation} {target}".casefold().replace(":", ".")
    suffix = "" if kind == "mechanism" else f"-{kind}"
    return _UNSAFE.sub("-", text).strip("-") + suffix


def _words(link: Link) -> str:
    return f"{link.source} {_key_words(link)} {link.target}"


def _key_words(link: Link) -> str:
    if not link.aspect and not link.direction:
        return link.key
    extra = ", ".join(part for part in (link.aspect, link.direction) if part)
    return f"{link.key} ({extra})"


def _by_count(counts: dict[str, int]) -> list[str]:
    """Return the texts, the commonest first, of those met as often the first."""
    texts = sorted(counts, key=counts.__getitem__, reverse=True) if len(counts) > 1 else counts
    return [text for text in texts if text]


def _distinct(texts: Iterable[str], label: str) -> list[str]:
    """Return texts that differ from the label and from each other by more than case."""
    known = {fold(label)}
    found = []
    for text in texts:
        folded = fold(text)
        if folded and folded not in known:
            known.add(folded)
            found.append(text)
    return found


def _few(texts: list[str]) -> str:
    shown = ", ".join(repr(t) for t in texts[:6])
    return shown if len(texts) <= 6 else f"{shown} and {len(texts) - 6} more"
