"""A graph as BEL script: the exchange form that keeps the AND of a glue.

A claim through a machine becomes `composite(a(drug), p(CRBN), ...) => deg(p(substrate))`: the
drug and every essential participant of the machine that has no alternative. BEL asks for a
citation, so claims without one are left out, like everything that BEL cannot say (see `LOSSES`);
`Bel.left_out` counts them by reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from moagraph.formats.selection import Selection
from moagraph.identifiers import prefixes
from moagraph.records import Assertion, Evidence, Source
from moagraph.relations import RELATIONS

LOSSES = (
    "alternative and supportive participants of a machine, its phases and features are not "
    "written; the composite holds its essential participants",
    "claims gated by a state, a feature, an alternative or an absence are left out, as are "
    "negated and refuted claims, claims without a citation and those on cells, states, features",
    "numbers, facts, notes, extent and inconclusive or refuting evidence are not written",
)
_ARROW = {(1, True): "=>", (1, False): "->", (-1, True): "=|", (-1, False): "-|"}
_OBJECT = {
    "activates": "act({})",
    "inhibits": "act({})",
    "increases degradation of": "deg({})",
    "decreases degradation of": "deg({})",
}
_TURNED = {"increases degradation of": 1, "decreases degradation of": -1}
_TIES = {
    "associated with": "--",
    "correlated with": "--",
    "positively correlated with": "positiveCorrelation",
}
_TIES["negatively correlated with"] = "negativeCorrelation"
_BY_TRANSCRIPTION = frozenset(
    {"increases expression of", "decreases expression of"}
    | {"activates transcription of", "represses transcription of"}
)
_ABUNDANCES = ("a(", "p(", "complex(", "composite(")
"""What can be part of a composite, and what has an activity."""
_FUNCTIONS = {
    "drug": "a",
    "drug class": "a",
    "chemical": "a",
    "protein": "p",
    "protein family": "p",
    "gene": "p",
    "complex": "complex",
    "process": "bp",
    "disease": "path",
    "phenotype": "path",
}
_WORD = re.compile(r"^[A-Za-z0-9_]+$")


class Bel:
    """Writes one script; `left_out` is whole when `text` has ended."""

    def __init__(self, chosen: Selection) -> None:
        self.chosen = chosen
        self.kb = chosen.kb
        self.left_out: Counter[str] = Counter()

    def text(self) -> Iterator[str]:
        """Yield the script in pieces."""
        yield from self._head()
        for claim, rows, _ in self.chosen.with_evidence():
            statement = self._statement(claim)
            if not statement:
                continue
            cited = list(self._cited(rows))
            if not cited:
                self.left_out["without a citation"] += 1
            for evidence, citation in cited:
                said = evidence.statement or f"Shown for: {self.kb.label(claim.subject)}"
                yield f"SET Citation = {citation}\n"
                yield f"SET SupportingText = {_quoted(said)}\n"
                for name, values in self._contexts(claim, evidence):
                    yield f"SET {name} = {values}\n"
                yield f"SET Kind = {_quoted(claim.kind)}\n"
                yield f"SET Claim = {_quoted(claim.id)}\n{statement}\nUNSET ALL\n\n"

    def _head(self) -> Iterator[str]:
        date = re.match(r"(\d{4})-(\d\d)-(\d\d)", self.kb.version)
        version = "".join(date.groups()) if date else "0.0.0"
        yield f"SET DOCUMENT Name = {_quoted(f'moagraph: {self.kb.name}')}\n"
        yield f'SET DOCUMENT Version = "{version}"\n'
        yield f"SET DOCUMENT Description = {_quoted(f'Data version {self.kb.version}')}\n"
        yield 'SET DOCUMENT Authors = "The moagraph authors"\n'
        yield 'SET DOCUMENT ContactInfo = "see the repository of moagraph"\n\n'
        used = {entity.id.partition(":")[0] for entity in self.chosen.entities}
        for prefix in sorted(used & prefixes().keys()):
            yield f'DEFINE NAMESPACE {_namespace(prefix)} AS PATTERN ".*"\n'
        for name in ("Cell", "Disease", "Species", "Kind", "Claim"):
            yield f'DEFINE ANNOTATION {name} AS PATTERN ".*"\n'
        yield "\n"

    # -- statements ---------------------------------------------------------

    def _statement(self, claim: Assertion) -> str:
        why = ""
        subject, target = self._term(claim.subject), self._term(claim.object)
        with_it = self._together(claim)
        if claim.polarity == "negated":
            why = "negated"
        elif not subject or not target:
            why = "on something that BEL has no term for"
        elif with_it is None:
            why = "gated by what BEL cannot say"
        if why:
            self.left_out[why] += 1
            return ""
        if with_it:
            subject = f"composite({', '.join([subject, *with_it])})"
        statement = self._tie(claim, subject, target)
        if not statement:
            self.left_out[f"{claim.relation}: no such relation in BEL"] += 1
        return statement

    def _tie(self, claim: Assertion, subject: str, target: str) -> str:
        relation = claim.relation
        sign = _TURNED.get(relation, RELATIONS[relation].sign)
        if isinstance(sign, int):
            direct = claim.directness == "direct" or bool(claim.via)
            arrow = _ARROW[sign, direct and relation not in _BY_TRANSCRIPTION]
            form = _OBJECT.get(relation, "{}")
            if form == "act({})" and not target.startswith(_ABUNDANCES):
                form = "{}"
            return f"{subject} {arrow} {form.format(target)}"
        if relation == "affects":
            return f"{subject} regulates {target}"
        if relation == "part of":
            return f"{subject} partOf {target}"
        if relation == "is a":
            return f"{subject} isA {target}"
        return f"{subject} {_TIES[relation]} {target}" if relation in _TIES else ""

    def _together(self, claim: Assertion) -> list[str] | None:
        """Return the terms that must be there beside the subject; None if BEL cannot say so."""
        names: list[str] = []
        if claim.via:
            parts = self.kb.machine_parts.get(claim.via, ())
            needed = [p for p in parts if p.strength == "essential" and not p.alternative_group]
            names += [p.participant for p in needed if self._kind(p.participant) != "feature"]
        for clause in filter(None, claim.requires.split(",")):
            term = clause.strip()
            if term.startswith("!") or "|" in term:
                return None
            if self._kind(term) == "feature" and claim.via:
                continue
            names.append(term)
        ends = (claim.subject, claim.object)
        terms = {name: self._term(name) for name in names if name not in ends}
        found = list(terms.values())
        if found and not all(
            t.startswith(_ABUNDANCES) for t in [*found, self._term(claim.subject)]
        ):
            return None
        return found

    def _kind(self, name: str) -> str:
        entity = self.kb.entities.get(name)
        return entity.kind if entity else ""

    def _term(self, name: str) -> str:
        entity = self.kb.entities.get(name)
        if entity is None:
            return ""
        if entity.kind == "combination":
            parts = [self._term(member) for member in entity.members]
            return f"composite({', '.join(parts)})" if len(parts) > 1 and all(parts) else ""
        function = _FUNCTIONS.get(entity.kind, "")
        prefix, _, local = entity.id.partition(":")
        if not function or prefix not in prefixes():
            return ""
        label = _quoted(entity.label) if not _WORD.match(entity.label) else entity.label
        ident = local if _WORD.match(local) else _quoted(local)
        return f"{function}({_namespace(prefix)}:{ident} ! {label})"

    # -- evidence -----------------------------------------------------------

    def _cited(self, rows: tuple[Evidence, ...]) -> Iterator[tuple[Evidence, str]]:
        for evidence in rows:
            source = self.kb.sources.get(evidence.source)
            citation = _citation(source) if source and evidence.stance == "supports" else ""
            if citation:
                yield evidence, citation

    def _contexts(self, claim: Assertion, evidence: Evidence) -> Iterator[tuple[str, str]]:
        for name, axis in (("Cell", "cell"), ("Disease", "disease"), ("Species", "species")):
            held = getattr(claim, axis)
            ids = (held,) if held else getattr(evidence, axis)
            labels = [_quoted(self.kb.label(each)) for each in ids]
            if labels:
                yield name, labels[0] if len(labels) == 1 else "{" + ", ".join(labels) + "}"


def _citation(source: Source) -> str:
    if source.pmid:
        return f'{{"PubMed", {_quoted(source.pmid)}}}'
    if source.doi:
        return f'{{"DOI", {_quoted(source.doi)}}}'
    return f'{{"URL", {_quoted(source.url)}}}' if source.url else ""


def _namespace(prefix: str) -> str:
    """Return a prefix as a name that BEL takes: letters, digits and underscores."""
    return prefix.replace(".", "_")


def _quoted(text: str) -> str:
    """Return a text as BEL quotes it; readers keep a backslash, so neither it nor `"` is in it."""
    clean = text.replace("\\", "/").replace('"', "'")
    if not clean.isprintable():
        clean = "".join(c if c.isprintable() else " " for c in clean)
    return f'"{clean}"'
