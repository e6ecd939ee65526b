"""What each link key of DrugMechDB means in our vocabulary: `link_keys.tsv`, read once.

The table holds one row per key, two where a drug or substance as subject makes it an outcome
or an observation. `direction` is reverse where the cause stands at the target. `biolink` and
`qualifiers` are the form that Biolink 4.4.4 has for the key; newer records are written in that
form, and are read through the same columns.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

CHEMICAL_LABELS = frozenset({"Drug", "ChemicalSubstance", "ChemicalEntity", "SmallMolecule"})
CONDITION_LABELS = frozenset({"Disease", "PhenotypicFeature"})


class LinkKey(NamedTuple):
    """One row of the table; `subject` is `any`, or `chemical` for a drug on a condition."""

    key: str
    subject: str
    relation: str
    sign: str
    kind: str
    direction: str
    biolink: str
    qualifiers: tuple[str, ...]
    reason: str

    @property
    def reverse(self) -> bool:
        """Tell whether the cause stands at the target of the link."""
        return self.direction == "reverse"

    @property
    def current(self) -> str:
        """Return the Biolink 4.4.4 form in words, "" if there is none."""
        name = self.biolink.removeprefix("biolink:").replace("_", " ")
        return f"{name} with {', '.join(self.qualifiers)}" if self.qualifiers else name

    @property
    def in_biolink(self) -> bool:
        """Tell whether the key itself is a predicate of Biolink 4.4.4."""
        return self.biolink == f"biolink:{self.key.replace(' ', '_')}"


@cache
def rows() -> tuple[LinkKey, ...]:
    """Return the rows of the table."""
    text = (Path(__file__).parent / "link_keys.tsv").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines()[1:]:
        key, subject, relation, sign, kind, direction, biolink, qualifiers, reason = line.split(
            "\t"
        )
        listed = tuple(part for part in qualifiers.split("|") if part)
        found.append(
            LinkKey(key, subject, relation, sign, kind, direction, biolink, listed, reason)
        )
    return tuple(found)


@cache
def by_key() -> dict[tuple[str, bool], LinkKey]:
    """Return the row of a key, and of the key with a drug or substance on a condition."""
    table = {(row.key, False): row for row in rows() if row.subject == "any"}
    for key, _ in list(table):
        table[key, True] = table[key, False]
    table |= {(row.key, True): row for row in rows() if row.subject == "chemical"}
    return table


@cache
def spelled_key(key: str, aspect: str, direction: str) -> str:
    """Return the plain key that a written key and its qualifiers mean, "" if none does.

    >>> spelled_key("affects", "activity", "decreased")
    'decreases activity of'
    >>> spelled_key("POSITIVELY_REGULATES", "", "")
    'positively regulates'
    """
    name = " ".join(key.removeprefix("biolink:").replace("_", " ").casefold().split())
    aspect, direction = aspect.casefold(), direction.casefold()
    direction = {"upregulated": "increased", "downregulated": "decreased"}.get(direction, direction)
    if name == "affects" and direction and aspect in ("", "activity_or_abundance"):
        name, aspect = "regulates", ""
    if not name:
        return ""
    if not aspect and not direction:
        if (name, False) in by_key():
            return name
        forms = (row.key for row in rows() if not row.qualifiers and row.current == name)
        return next(forms, "")
    wanted = {f"object_aspect_qualifier={aspect}"} if aspect else set()
    wanted |= {f"object_direction_qualifier={direction}"} if direction else set()
    for row in rows():
        qualifiers = {q for q in row.qualifiers if q.startswith("object_")}
        if row.biolink == f"biolink:{name.replace(' ', '_')}" and qualifiers == wanted:
            return row.key
    return ""
