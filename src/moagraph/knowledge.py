"""The knowledge base: all records of one or more folders, indexed for questions.

It answers look-ups (what is this, what stands about it, what status has a claim) and never
reasons; paths, verdicts and what-ifs are in `moagraph.mechanism`. It is immutable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from moagraph.errors import DataError
from moagraph.findings import Finding
from moagraph.names import NameIndex
from moagraph.records import (
    Assertion,
    Entity,
    Evidence,
    Fact,
    MachinePart,
    Quantity,
    SeedClaim,
    Source,
    State,
    Variant,
)
from moagraph.shipped import ShippedTables, shipped_version
from moagraph.tables import EVIDENCE, FACTS, QUANTITIES, SOURCES, Tables
from moagraph.vocabulary import status_of

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from moagraph.tables import AnyTables

T = TypeVar("T")

_MAX_SHOWN = 5


class KnowledgeBase:
    """Records with their indexes. Build one with `KnowledgeBase.read` or `moagraph.load`.

    `name` says where the data came from. `version` is its release date, where it has one, and
    a digest of the tables, so that the same tables give the same version on every machine.
    """

    def __init__(
        self,
        tables: AnyTables,
        *,
        name: str = "built-in",
        version: str = "unversioned",
    ) -> None:
        self.tables: AnyTables = tables
        self.name = name
        self.version = version
        self.entities: Mapping[str, Entity] = {e.id: e for e in tables.entities}
        self.assertions: Mapping[str, Assertion] = {a.id: a for a in tables.assertions}

    @classmethod
    def read(cls, *folders: str | Path) -> KnowledgeBase:
        """Read folders of tables into one knowledge base; the built-in one if none is given.

        Raises:
            DataError: a folder cannot be read, or its tables have faults of severity error.
                The message shows the first few with file, line and remedy.
        """
        if not folders:
            return cls(ShippedTables(), version=shipped_version())
        from pathlib import Path

        from moagraph.digest import digest_of

        parts = [read_tables(folder) for folder in folders]
        if len(parts) > 1:
            parts = [part.within(folder) for part, folder in zip(parts, folders, strict=True)]
        return cls.joined(
            parts,
            where=" -d ".join(map(str, folders)),
            name=", ".join(Path(f).name for f in folders),
            version=digest_of([Path(f) for f in folders]),
        )

    @classmethod
    def joined(
        cls, parts: Sequence[Tables], *, where: str, name: str, version: str
    ) -> KnowledgeBase:
        """Return the knowledge base of tables from one or more places; `where` names them.

        Raises:
            DataError: together they have faults of severity error.
        """
        from moagraph.check import check_tables

        tables = parts[0] if len(parts) == 1 else Tables.joined(parts)
        _refuse(check_tables(tables), where)
        return cls(tables, name=name, version=version)

    # -- look-up ------------------------------------------------------------

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Return sources by id."""
        return self.tables.keyed(SOURCES, "id")

    @cached_property
    def names(self) -> NameIndex:
        """Return the index of names; see `resolve`."""
        return NameIndex(self.tables.entities)

    def resolve(self, name: str) -> Entity:
        """Return the entity that a name means: id, label, synonym, brand, code, regimen, xref.

        Raises:
            UnknownName: nothing is called so; the error carries the nearest names.
            AmbiguousName: several are; the error lists them.
        """
        return self.names.resolve(name)

    def label(self, entity_id: str) -> str:
        """Return the label of an entity, or the id itself for an unknown one."""
        entity = self.entities.get(entity_id)
        return entity.label if entity else entity_id

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Assertion, ...]]:
        """Return assertions by subject, in file order."""
        return _group((a.subject, a) for a in self.tables.assertions)

    @cached_property
    def by_object(self) -> Mapping[str, tuple[Assertion, ...]]:
        """Return assertions by object, in file order."""
        return _group((a.object, a) for a in self.tables.assertions)

    @cached_property
    def evidence_about(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Return evidence by the assertion or fact that it is about."""
        return self.tables.grouped(EVIDENCE, "about")

    def with_evidence(self) -> Iterator[tuple[Assertion, tuple[Evidence, ...]]]:
        """Yield every claim with its evidence, in file order."""
        about = self.evidence_about
        return ((claim, about.get(claim.id, ())) for claim in self.tables.assertions)

    @cached_property
    def evidence_by_id(self) -> Mapping[str, Evidence]:
        """Return evidence by its id."""
        return {e.id: e for e in self.tables.evidence}

    @cached_property
    def evidence_from(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Return evidence by its source."""
        return self.tables.grouped(EVIDENCE, "source")

    @cached_property
    def quantities_of(self) -> Mapping[str, tuple[Quantity, ...]]:
        """Return quantities by evidence id."""
        return self.tables.grouped(QUANTITIES, "evidence")

    @cached_property
    def machine_parts(self) -> dict[str, tuple[MachinePart, ...]]:
        """Return the participants of each machine, by phase and then participant."""
        parts = sorted(self.tables.machines, key=lambda p: (p.machine, p.phase, p.participant))
        return _group((p.machine, p) for p in parts)

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Return states by id."""
        return {s.id: s for s in self.tables.states}

    @cached_property
    def variants_of(self) -> Mapping[str, tuple[Variant, ...]]:
        """Return variants by gene."""
        return _group((v.gene, v) for v in self.tables.variants)

    @cached_property
    def facts_of(self) -> Mapping[str, tuple[Fact, ...]]:
        """Return facts by entity."""
        return self.tables.grouped(FACTS, "entity")

    @cached_property
    def seed_claims(self) -> dict[str, SeedClaim]:
        """Return the claims of the founding article by id."""
        return {c.id: c for c in self.tables.seed_claims}

    @cached_property
    def owner_of_feature(self) -> dict[str, str]:
        """Return the protein of each feature."""
        return {
            member: entity.id
            for entity in self.composed_entities()
            if entity.kind in ("protein", "gene", "protein family")
            for member in entity.members
        }

    @cached_property
    def complexes_of(self) -> dict[str, tuple[str, ...]]:
        """Return the complexes that have a component."""
        return _group(
            (member, entity.id)
            for entity in self.composed_entities()
            if entity.kind == "complex"
            for member in entity.members
        )

    def ancestors(self, entity_id: str) -> frozenset[str]:
        """Return an entity and everything it is, following `parents` upwards."""
        known = self._ancestors.get(entity_id)
        if known is None:
            found = {entity_id}
            stack = [entity_id]
            while stack:
                entity = self.entities.get(stack.pop())
                for parent in entity.parents if entity else ():
                    if parent not in found:
                        found.add(parent)
                        stack.append(parent)
            known = self._ancestors[entity_id] = frozenset(found)
        return known

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {}

    def is_a(self, entity_id: str, ancestor: str) -> bool:
        """Tell whether an entity is the ancestor or a kind of it."""
        return ancestor in self.ancestors(entity_id)

    def descendants(self, entity_id: str) -> frozenset[str]:
        """Return an entity and everything that is a kind of it."""
        found = {entity_id}
        stack = [entity_id]
        while stack:
            for child in self._children.get(stack.pop(), ()):
                if child not in found:
                    found.add(child)
                    stack.append(child)
        return frozenset(found)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        return _group((parent, e.id) for e in self.tables.entities for parent in e.parents)

    # -- selections ---------------------------------------------------------

    def claims_of_kind(self, kind: str) -> Iterable[Assertion]:
        """Return the claims of one kind, in file order."""
        return (a for a in self.tables.assertions if a.kind == kind)

    def negated_claims(self) -> Iterable[Assertion]:
        """Return the claims that something was shown not to happen, in file order."""
        return (a for a in self.tables.assertions if a.polarity == "negated")

    def claims_with_machine(self) -> Iterable[Assertion]:
        """Return the claims that work through a machine, in file order."""
        return (a for a in self.tables.assertions if a.via)

    def claims_with_species(self) -> Iterable[Assertion]:
        """Return the claims that are restricted to a species, in file order."""
        return (a for a in self.tables.assertions if a.species)

    def entities_of_kind(self, *kinds: str) -> Iterable[Entity]:
        """Return the entities of some kinds, in file order."""
        return (e for e in self.tables.entities if e.kind in kinds)

    def composed_entities(self) -> Iterable[Entity]:
        """Return the entities that have members, in file order."""
        return (e for e in self.tables.entities if e.members)

    @cached_property
    def types(self) -> Mapping[tuple[str, str], int]:
        """Return how many entities there are by class and kind."""
        from collections import Counter

        return Counter((e.category, e.kind) for e in self.tables.entities)

    def tallies(self) -> dict[str, Counter[str]]:
        """Return how many claims there are by kind, polarity and status, evidence by stance."""
        from collections import Counter

        rows = self.tables.assertions
        return {
            "kind": Counter(a.kind for a in rows),
            "polarity": Counter(a.polarity for a in rows),
            "status": Counter(self.status(a) for a in rows),
            "stance": Counter(e.stance for e in self.tables.evidence),
        }

    @property
    def fingerprint(self) -> str:
        """Return what tells these data from all others: here their version."""
        return self.version

    def is_compiled(self) -> bool:
        """Tell whether the records are read from a compiled dataset."""
        return False

    @property
    def closed_kinds(self) -> frozenset[str]:
        """Return the kinds of entities that paths go through only when asked to."""
        return frozenset()

    def records_of(self, assertion_id: str) -> tuple[str, ...]:  # noqa: ARG002
        """Return the foreign records that hold a claim; tables of our own have none."""
        return ()

    @property
    def address(self) -> str:
        """Return the address of the endpoint where the records lie, "" if they are here."""
        return ""

    # -- parts --------------------------------------------------------------

    def around(self, starts: Iterable[str], ends: Iterable[str], length: int) -> KnowledgeBase:  # noqa: ARG002
        """Return what a question from starts to ends (none: to anything) needs: here, all of it.

        A knowledge base that lies elsewhere brings what lies within so many steps.
        """
        return self

    def near(self, names: Sequence[str], steps: int = 0) -> KnowledgeBase:  # noqa: ARG002
        """Return what is known of some entities or records: here, all there is.

        With `steps`, what so many steps lead to from them is needed too.
        """
        return self

    def forget(self) -> None:
        """Let go of what was read from a dataset, if it is much: between questions only."""

    # -- status -------------------------------------------------------------

    def status(self, assertion: Assertion) -> str:
        """Return supported, contested, refuted, negated or unsourced, from the evidence."""
        stances = self._stances.get(assertion.id, ())
        return status_of(assertion.polarity, "supports" in stances, "refutes" in stances)

    @cached_property
    def _stances(self) -> Mapping[str, tuple[str, ...]]:
        return self.tables.column_by(EVIDENCE, "about", "stance")

    def __repr__(self) -> str:
        name = "".join(c if c.isprintable() else " " for c in self.name)
        return (
            f"<KnowledgeBase {name}: {len(self.entities)} entities, "
            f"{len(self.assertions)} assertions, {len(self.tables.evidence)} evidence rows>"
        )


def _group(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def read_tables(folder: str | Path) -> Tables:
    """Return the records of a folder of tables.

    Raises:
        DataError: it cannot be read, or a file of it has faults of severity error.
    """
    from pathlib import Path

    from moagraph.reading import read_folder

    tables, findings = read_folder(Path(folder))
    _refuse(findings, str(folder))
    return tables


def _refuse(findings: Iterable[Finding], where: str) -> None:
    errors = [f for f in findings if f.severity == "error"]
    if not errors:
        return
    first = errors[0]
    raise DataError(
        "\n".join(_lines(errors, where)),
        file=first.file,
        line=first.line or None,
    )


def _lines(errors: list[Finding], where: str) -> Iterator[str]:
    first = errors[0]
    yield f"{first.message} [{first.code}]" + (f"; {first.remedy}" if first.remedy else "")
    for finding in errors[1:_MAX_SHOWN]:
        place = f"{finding.file}:{finding.line}" if finding.line else finding.file
        yield f"{place}: {finding.message} [{finding.code}]"
    if len(errors) > _MAX_SHOWN:
        yield f"and {len(errors) - _MAX_SHOWN} more"
    yield f"`moagraph -d {where} validate` lists all findings"
