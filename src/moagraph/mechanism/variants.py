"""Variants of a background: from `GENE:CHANGE` texts to features gained and lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from moagraph.errors import UnknownName
from moagraph.identifiers import fold
from moagraph.knowledge import KnowledgeBase
from moagraph.mechanism.model import Model
from moagraph.records import Variant


class GivenVariant(NamedTuple):
    """A change of a gene product that the background has."""

    gene: str
    change: str


def variant_label(kb: KnowledgeBase, gene: str, change: str) -> str:
    """Return a variant as it is asked for, `CRBN:I391V`."""
    return f"{kb.label(gene)}:{change}"


def known_variants(kb: KnowledgeBase) -> dict[GivenVariant, str]:
    """Return the variants that can be asked for, with their text.

    A row with `native_in` is the normal sequence of a species and no mutation; what only brings
    a state counts as known.
    """
    found: dict[GivenVariant, str] = {}
    for row in kb.tables.variants:
        if not row.native_in:
            found[GivenVariant(row.gene, row.change)] = variant_label(kb, row.gene, row.change)
    for state in kb.tables.states:
        for item in state.brought_by:
            given = as_variant(kb, item)
            if given is not None and given not in found:
                found[given] = variant_label(kb, *given)
    return found


def as_variant(kb: KnowledgeBase, item: str) -> GivenVariant | None:
    """Read an entry of `brought_by` as a variant, or return None if it is something else."""
    if item.startswith("!") or item in kb.entities or ":" not in item:
        return None
    gene, _, change = item.rpartition(":")
    found = gene_id(kb, gene)
    return GivenVariant(found, change) if found else None


def gene_id(kb: KnowledgeBase, name: str) -> str:
    """Return the gene product of a name by id, label or synonym; "" if there is none."""
    if name in kb.entities:
        return name
    key = fold(name)
    second = ""
    for entity in kb.tables.entities:
        if entity.kind in ("protein", "gene", "protein family", "complex"):
            if fold(entity.label) == key:
                return entity.id
            if not second and any(fold(s) == key for s in entity.synonyms):
                second = entity.id
    return second


def parse_variants(kb: KnowledgeBase, texts: Iterable[str]) -> frozenset[GivenVariant]:
    """Resolve the variants of a question.

    Raises:
        UnknownName: a text is no known variant; the error lists the known ones, those of the
            same gene first.
    """
    texts = tuple(texts)
    if not texts:
        return frozenset()
    known = known_variants(kb)
    found = []
    for text in texts:
        gene, _, change = text.rpartition(":")
        identity = gene_id(kb, gene.strip()) if gene else ""
        match = next(
            (v for v in known if v.gene == identity and fold(v.change) == fold(change)), None
        )
        if match is None:
            own = sorted(label for v, label in known.items() if v.gene == identity)
            others = sorted(label for v, label in known.items() if v.gene != identity)
            listed = ", ".join([*own, *others]) or "none"
            raise UnknownName(
                f"{text!r} is no known variant; known are: {listed}", suggestions=[*own, *others]
            )
        found.append(match)
    return frozenset(found)


def rows_of(kb: KnowledgeBase, given: Iterable[GivenVariant]) -> list[Variant]:
    """Return the rows of the variants table that given variants stand for."""
    return [
        row
        for variant in given
        for row in kb.variants_of.get(variant.gene, ())
        if row.change == variant.change and not row.native_in
    ]


class Features:
    """Which features the gene products of a background have.

    A variant that is given outweighs the normal sequence of the species; of two given ones the
    one that removes wins. In a species other than human a feature without a row is *unknown*:
    it is kept, and marked by whoever asks.
    """

    def __init__(self, model: Model, species: str, given: frozenset[GivenVariant]) -> None:
        self._kb = model.kb
        self._given = {(r.feature, r.effect) for r in rows_of(model.kb, given)}
        lineage = model.kb.ancestors(species)
        self._native = {
            (r.feature, r.effect)
            for r in model.kb.tables.variants
            if not lineage.isdisjoint(r.native_in)
        }

    def lacking(self, feature: str) -> bool:
        """Tell whether the sequence, as given or as native, lacks the feature."""
        if (feature, "removes") in self._given:
            return True
        if (feature, "restores") in self._given or (feature, "keeps") in self._given:
            return False
        return self.native_lacks(feature)

    def native_lacks(self, feature: str) -> bool:
        """Tell whether the species lacks the feature by its normal sequence."""
        return (feature, "removes") in self._native

    def given(self) -> set[str]:
        """Return the features that the given variants remove, restore or keep."""
        return {feature for feature, _ in self._given}

    def removed_by_variant(self, feature: str) -> bool:
        """Tell whether a given variant removes the feature."""
        return (feature, "removes") in self._given

    def unknown(self, feature: str) -> bool:
        """Tell whether nothing is known about the feature in this background's species."""
        rows = self._given | self._native
        return not any((feature, effect) in rows for effect in ("removes", "restores", "keeps"))

    def restorers(self, feature: str) -> tuple[str, ...]:
        """Return the variants that restore a feature, as they are asked for."""
        return tuple(
            sorted(
                variant_label(self._kb, r.gene, r.change)
                for r in self._kb.tables.variants
                if r.feature == feature and r.effect == "restores" and not r.native_in
            )
        )
