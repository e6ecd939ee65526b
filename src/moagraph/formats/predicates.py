"""What the predicates of other tools mean in our vocabulary: `predicates.tsv`, read once.

The table holds every predicate of Biolink 4.4.4, those of its earlier versions whose names give
a sign, and the words of interaction files. `kind` is that of the claim; `effect` is an
observation where the subject is a chemical and the object a condition (the effect of a drug
without its chain), else mechanism. `direction` is reverse where the cause stands at the object.
Qualifiers of Biolink give aspect and direction to `affects` and its kin.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from moagraph.relations import RELATIONS
from moagraph.vocabulary import CHEMICAL_KINDS, DISEASE_KINDS

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WITH_KIND = re.compile(r"(.+) \((mechanism|observation|outcome|gate)\)")
_BREAKS = re.compile(r"[\s_]+|(?<=\w)-(?=\w)")


class Meaning(NamedTuple):
    """What a predicate says: relation, kind of claim, and whether it is read backwards.

    `known` is False for a word that no table has; its claim is kept as `associated with`,
    which is never a step. `remark` tells what of the qualifiers was not understood.
    """

    relation: str
    kind: str = "mechanism"
    reverse: bool = False
    known: bool = True
    remark: str = ""

    def kind_for(self, subject_kind: str, object_kind: str) -> str:
        """Return the kind of a claim between entities of two kinds."""
        if self.kind != "effect":
            return self.kind
        drug = subject_kind in CHEMICAL_KINDS and object_kind in DISEASE_KINDS
        return "observation" if drug else "mechanism"


class Qualifiers(NamedTuple):
    """The qualifiers of Biolink that bear on relation and sign, each "" if not given.

    `form` is whatever makes subject or object something else than it is named: a variant, a
    part, a metabolite of it.
    """

    qualified_predicate: str = ""
    subject_aspect: str = ""
    subject_direction: str = ""
    object_aspect: str = ""
    object_direction: str = ""
    mechanism: str = ""
    form: str = ""


_SIGNS: dict[str, int] = {
    **dict.fromkeys(("+", "+1", "1", "1.0", "+1.0", "positive"), 1),
    **dict.fromkeys(("-", "-1", "-1.0", "\u2212", "\u22121", "negative"), -1),
}


def sign_of(written: str) -> int:
    """Return the sign that an attribute of that name says: 1, -1, or 0 for what says none."""
    return _SIGNS.get(written.strip().casefold(), 0)


def word_of_sign(written: str) -> str:
    """Return the relation of an edge that says nothing but its sign, "" where it has none."""
    return {1: "increases", -1: "decreases"}.get(sign_of(written), "")


UNKNOWN = Meaning("associated with", known=False)
_PLAIN = Qualifiers()


@cache
def table() -> dict[str, Meaning]:
    """Return the meaning of each word of the table, and of our own labels and inverses."""
    found: dict[str, Meaning] = {}
    text = (Path(__file__).parent / "predicates.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        word, relation, kind, direction, _ = line.split("\t")
        found[word] = Meaning(relation, kind, direction == "reverse")
    for own in RELATIONS.values():
        kind = "outcome" if own.label == "treats" else "mechanism"
        kind = "gate" if own.label.startswith("confers ") else kind
        found.setdefault(own.label, Meaning(own.label, kind))
        found.setdefault(own.inverse, Meaning(own.label, kind, True))
    return found


@cache
def own_relation(name: str) -> str:
    """Return the label of a relation by its name in our vocabulary, `moa:inhibits`; else ""."""
    local = name.removeprefix("moa:") if name.startswith("moa:") else ""
    return next((r.label for r in RELATIONS.values() if r.local_name == local), "")


def own_name(relation: str) -> str:
    """Return the name that `own_relation` reads."""
    return f"moa:{RELATIONS[relation].local_name}"


def spelled(word: str) -> str:
    """Return a predicate as the table spells it: no prefix, blanks, lower case."""
    if "://" in word:
        word = re.split(r"[/#]", word)[-1]
    elif ":" in word:
        word = word.rpartition(":")[2]
    return _BREAKS.sub(" ", _CAMEL.sub(" ", word.strip())).casefold()


def said_with_kind(relation: str, kind: str) -> str:
    """Return a relation in words that tell the kind of a claim too, as `meaning` reads them."""
    usual = table()[relation].kind if relation in table() else "mechanism"
    return relation if kind == usual else f"{relation} ({kind})"


_ONTOLOGY_ID = re.compile(r"(?:^|/)(RO|BFO)[:_](\d{7})$")
_RO = {
    "RO:0002211": "regulates",
    "RO:0002212": "negatively regulates",
    "RO:0002213": "positively regulates",
    "RO:0002305": "acts upstream of negative effect",
    "RO:0002407": "positively regulates",
    "RO:0002409": "negatively regulates",
    "RO:0002411": "acts upstream of",
    "RO:0002629": "positively regulates",
    "RO:0002630": "negatively regulates",
}
"""Relations of the Relation Ontology beside those that ours are aligned with, in words."""


@cache
def _by_ontology_id() -> dict[str, str]:
    return {own.ro: own.label for own in RELATIONS.values() if own.ro} | _RO


def _by_word(word: str) -> Meaning:
    identifier = _ONTOLOGY_ID.search(word)
    if identifier is not None:
        return table().get(_by_ontology_id().get(":".join(identifier.groups()), ""), UNKNOWN)
    spelling = spelled(word)
    said = _WITH_KIND.fullmatch(spelling)
    if said is None:
        return table().get(spelling, UNKNOWN)
    found = next((r for r in RELATIONS if r == said.group(1)), "")
    return Meaning(found, said.group(2)) if found else UNKNOWN


@lru_cache(maxsize=50_000)
def meaning(word: str, qualifiers: Qualifiers = _PLAIN) -> Meaning:
    """Return what a predicate with its qualifiers says; `UNKNOWN` for a word of no table."""
    found = _by_word(word)
    if not found.known or qualifiers == _PLAIN:
        return found
    if not _causal(qualifiers.qualified_predicate, found.reverse):
        # The qualified predicate is the statement in full: what it says is no cause.
        return _not_read(UNKNOWN._replace(known=True), qualifiers)
    if _says_more(found, qualifiers):
        return _qualified(Meaning("affects"), qualifiers)
    if RELATIONS[found.relation].sign != "unknown" and found.relation != "causes":
        return _with_form(found, qualifiers)
    if found.relation not in ("affects", "causes"):
        return _not_read(found, qualifiers)
    if not found.reverse:
        return _qualified(found, qualifiers)
    # Of the inverse the cause stands at the object, and so do its qualifiers.
    q = qualifiers
    turned = Qualifiers("", *q[3:5], *q[1:3], q.mechanism, q.form)
    return _qualified(found._replace(reverse=False), turned)._replace(reverse=True)


def _says_more(found: Meaning, q: Qualifiers) -> bool:
    """Tell whether a qualified predicate claims a cause where the predicate is mere contact.

    `physically interacts with`, and in full: causes decreased activity of.
    """
    plain = RELATIONS[found.relation].sign == "none" and not found.reverse
    return plain and bool(q.qualified_predicate) and q.object_direction in _UP | _DOWN


_CAUSES = frozenset({"causes", "contributes to"})
_CAUSED = frozenset({"caused by", "contribution from"})


def _causal(qualified_predicate: str, reverse: bool) -> bool:
    """Tell whether a qualified predicate claims a cause, in the direction of its predicate."""
    word = spelled(qualified_predicate)
    return not word or word in (_CAUSED if reverse else _CAUSES)


_UP = frozenset({"increased", "upregulated"})
_DOWN = frozenset({"decreased", "downregulated"})
_LESSENING = frozenset({"degradation"})
_AMOUNTS = frozenset(
    {"", "activity", "abundance", "activity_or_abundance", "expression", "synthesis", "stability"}
)
_BY_ASPECT = {
    "": ("increases", "decreases"),
    "activity_or_abundance": ("increases", "decreases"),
    "activity": ("activates", "inhibits"),
    "abundance": ("increases abundance of", "decreases abundance of"),
    "synthesis": ("increases abundance of", "decreases abundance of"),
    "stability": ("increases abundance of", "decreases abundance of"),
    "expression": ("increases expression of", "decreases expression of"),
    "degradation": ("increases degradation of", "decreases degradation of"),
}
_MODIFIED = {"ubiquitination": "ubiquitinates", "phosphorylation": "phosphorylates"}
_OPPOSITE = {
    "increases degradation of": "increases abundance of",
    "decreases degradation of": "decreases abundance of",
}


def _qualified(found: Meaning, q: Qualifiers) -> Meaning:
    """Read aspect and direction of the object; whatever is not understood has no sign."""
    flip = _subject_sign(q)
    if flip == 0 or q.form:
        return _not_read(Meaning("affects", found.kind), q)
    up, down = q.object_direction in _UP, q.object_direction in _DOWN
    if up and q.object_aspect in _MODIFIED and flip > 0:
        return Meaning(_MODIFIED[q.object_aspect])
    pair = _BY_ASPECT.get(q.object_aspect)
    if not (up or down):
        if found.relation == "causes" and not q.object_aspect and not q.object_direction:
            return _flipped(found, flip)
        return _not_read(Meaning("affects", found.kind), q)
    if pair is None:
        return _not_read(Meaning("affects", found.kind), q)
    relation = pair[0] if up else pair[1]
    if q.mechanism == "transcriptional_regulation" and q.object_aspect == "expression":
        relation = "activates transcription of" if up else "represses transcription of"
    return _flipped(Meaning(relation, found.kind), flip)


def _subject_sign(q: Qualifiers) -> int:
    """Return 1 if the qualified subject moves with its amount, -1 if against it, 0 if unknown."""
    if q.subject_direction not in _UP | _DOWN | {""}:
        return 0
    sign = -1 if q.subject_direction in _DOWN else 1
    if q.subject_aspect in _LESSENING:
        return -sign
    return sign if q.subject_aspect in _AMOUNTS else 0


def _flipped(found: Meaning, flip: int) -> Meaning:
    """Turn the sign of a relation: less of the subject raises, so more of it lowers."""
    if flip > 0:
        return found
    relation = found.relation
    if relation in _OPPOSITE:
        return found._replace(relation=_OPPOSITE[relation])
    if relation == "causes":
        return found._replace(relation="decreases")
    for first, second in (*_BY_ASPECT.values(), _TRANSCRIPTION):
        if relation == first:
            return found._replace(relation=second)
        if relation == second:
            return found._replace(relation=first)
    return Meaning("affects", found.kind)


_TRANSCRIPTION = ("activates transcription of", "represses transcription of")


def _with_form(found: Meaning, q: Qualifiers) -> Meaning:
    """A signed or plain predicate keeps its sign unless qualifiers could turn it."""
    if RELATIONS[found.relation].sign not in (1, -1):
        return _not_read(found, q) if q.subject_direction or q.object_direction else found
    if q.form or q.subject_direction or q.subject_aspect or q.object_direction or q.object_aspect:
        return _not_read(Meaning("affects", found.kind, found.reverse), q)
    return found


def _not_read(found: Meaning, q: Qualifiers) -> Meaning:
    given = ", ".join(f"{name}={value}" for name, value in zip(q._fields, q, strict=True) if value)
    return found._replace(remark=f"{given}: no direction is read from it")
