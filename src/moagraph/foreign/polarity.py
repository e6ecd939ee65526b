"""DrugMechDB's own signs and types of its link keys, apart from ours.

An audit asks whether a record keeps the rules of its own house, so it uses the table of that
house: `polarity.tsv`, taken from `scripts/quality/predicate_polarity.yaml` of
SuLab/DrugMechDB-agentic (commit 71a083f). How we read a key ourselves is another matter, see
`moagraph.formats.drugmechdb.link_keys`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from moagraph.formats.drugmechdb.link_keys import spelled_key
from moagraph.formats.drugmechdb.records import Link

SOURCE = "SuLab/DrugMechDB-agentic, scripts/quality/predicate_polarity.yaml, commit 71a083f"
RULE = (
    "the product of the signs of a path from the drug to the disease must be negative "
    "(DrugMechDB curation guide)"
)
Reading = Literal["forward", "neutral", "reverse", "opaque", "unlisted"]


class Polarity(NamedTuple):
    """A row of the table: +1, -1 or 0, its role, and the node types that it may join."""

    key: str
    sign: int
    role: str
    confidence: str
    subject_types: frozenset[str]
    object_types: frozenset[str]

    @property
    def reading(self) -> Reading:
        """Return how a path passes: forward counts its sign, neutral is passed over.

        Reverse (the cause stands at the target) and opaque (no sign, though it acts) leave the
        sign of the path open.
        """
        if self.role in ("contextual", "structural"):
            return "neutral"
        if self.role == "reverse":
            return "reverse"
        return "forward" if self.sign else "opaque"


_UNLISTED = Polarity("", 0, "", "", frozenset(), frozenset())


@cache
def table() -> dict[str, Polarity]:
    """Return the rows by key."""
    text = (Path(__file__).parent / "polarity.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines()[1:]:
        key, sign, role, confidence, subjects, objects = line.split("\t")
        found[key] = Polarity(
            key,
            int(sign),
            role,
            confidence,
            frozenset(filter(None, subjects.split("|"))),
            frozenset(filter(None, objects.split("|"))),
        )
    return found


def polarity_of(link: Link) -> Polarity:
    """Return the row of a link; a newer link counts as the plain key that it spells out."""
    return table().get(spelled_key(link.key, link.aspect, link.direction), _UNLISTED)


def reading_of(link: Link) -> Reading:
    """Return how a path passes a link, unlisted if the table does not know its key."""
    found = polarity_of(link)
    return found.reading if found.key else "unlisted"


@cache
def retired_ids() -> dict[str, str]:
    """Return ids of DrugMechDB nodes that their sources retired or never had.

    They are those of `docs/term_existence_audit.md` of SuLab/DrugMechDB-agentic (commit
    95e2383); `obsolete` or `absent` by id.
    """
    text = (Path(__file__).parent / "retired_ids.tsv").read_text(encoding="utf-8")
    return dict(_pair(line) for line in text.splitlines()[1:])


def _pair(line: str) -> tuple[str, str]:
    node_id, status = line.split("\t")
    return node_id, status
