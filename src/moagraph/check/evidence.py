"""Evidence: every claim has some, it speaks of the claim, and disputes have two sides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator, Iterator
from itertools import combinations

from moagraph.check.book import Book, fault, short
from moagraph.findings import Finding
from moagraph.identifiers import fold
from moagraph.records import Assertion, Evidence, Fact
from moagraph.relations import RELATIONS

_AXES = ("cell", "disease", "species")
_SHORT_NAME = 4
_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ω": "omega",
}
_GREEK_TABLE = str.maketrans(_GREEK)
_NOT_WORD = re.compile(r"[\W_]+")


def check_evidence(book: Book) -> Iterator[Finding]:
    """Find claims without evidence and evidence that is thin or off its claim."""
    disputed = yield from _contradictions(book)
    claims: tuple[Assertion | Fact, ...] = (*book.tables.assertions, *book.tables.facts)
    for claim in claims:
        if claim.id not in book.evidence_about and claim.id not in disputed:
            message = f"{claim.id} has no evidence"
            yield fault("claim-without-evidence", claim, "id", message)
    names = _Names(book)
    for row in book.tables.evidence:
        # A label or a registry is what it is: an evidence code says nothing more of a fact.
        about_claim = row.about in book.assertions
        for column in ("eco", "basis", "statement") if about_claim else ("basis", "statement"):
            if not getattr(row, column):
                message = f"{row.id} has no {column}"
                yield fault("evidence-incomplete", row, column, message)
        if row.statement and not _on_topic(book, names, row):
            message = f"{short(row.statement)} names neither subject nor object of {row.about}"
            yield fault("statement-off-topic", row, "statement", message)


class _Names:
    """The names of an entity as patterns that find them in a statement."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, entity_id: str) -> tuple[str, ...]:
        """Return the names of an entity and of what stands for it."""
        known = self._known.get(entity_id)
        if known is None:
            ids = dict.fromkeys((entity_id, *self._near(entity_id)))
            known = tuple(name for each in ids for name in self._own(each))
            self._known[entity_id] = known
        return known

    def _own(self, entity_id: str) -> Iterator[str]:
        entity = self.book.entities.get(entity_id)
        for name in (entity.label, *entity.synonyms) if entity else (entity_id,):
            words = _words(name)
            if words:
                yield words
            if entity and entity.kind in ("process", "state", "phenotype") and " " in words:
                yield words.rpartition(" ")[0]

    def _near(self, entity_id: str) -> Iterator[str]:
        entity = self.book.entities.get(entity_id)
        if entity is None:
            return
        yield from entity.parents
        yield from entity.members
        owner = self.book.owner_of_feature.get(entity_id)
        if owner:
            yield owner
        state = self.book.states.get(entity_id)
        if state:
            yield from (c[1:] for c in state.brought_by if c.startswith("!"))


def _words(text: str) -> str:
    return _NOT_WORD.sub(" ", fold(text).translate(_GREEK_TABLE)).strip()


def _on_topic(book: Book, names: _Names, row: Evidence) -> bool:
    claim = book.assertions.get(row.about)
    if claim is None:
        return True
    spaced = f" {_words(row.statement)} "
    joined = spaced.replace(" ", "")
    for end in (claim.subject, claim.object):
        for name in names.of(end):
            if f" {name} " in spaced or f" {name}s " in spaced:
                return True
            tight = name.replace(" ", "")
            if len(tight) >= _SHORT_NAME and tight in joined:
                return True
    return False


def _contradictions(book: Book) -> Generator[Finding, None, set[str]]:
    """Yield the sides without evidence; return their ids."""
    pairs: dict[tuple[str, str], list[Assertion]] = defaultdict(list)
    for claim in book.tables.assertions:
        relation = RELATIONS.get(claim.relation)
        if relation is not None and relation.sign in (1, -1):
            pairs[claim.subject, claim.object].append(claim)
    bare: set[str] = set()
    for claims in pairs.values():
        for one, other in combinations(claims, 2):
            if not (_opposed(one, other) and _overlap(book, one, other)):
                continue
            for side, against in ((one, other), (other, one)):
                if side.id not in book.evidence_about and side.id not in bare:
                    bare.add(side.id)
                    message = f"{side.id} contradicts {against.id} and has no evidence"
                    yield fault("one-sided-contradiction", side, "id", message)
    return bare


def _opposed(one: Assertion, other: Assertion) -> bool:
    """Tell whether two claims on one pair cannot both be so."""
    same_sign = RELATIONS[one.relation].sign == RELATIONS[other.relation].sign
    if one.polarity == other.polarity == "asserted":
        return not same_sign
    return same_sign and one.polarity != other.polarity


def _overlap(book: Book, one: Assertion, other: Assertion) -> bool:
    for axis in _AXES:
        a, b = getattr(one, axis), getattr(other, axis)
        if a and b and a not in book.ancestors(b) and b not in book.ancestors(a):
            return False
    return True
