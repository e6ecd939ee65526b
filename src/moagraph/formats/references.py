"""Sources as BibTeX and RIS."""

from __future__ import annotations

from collections.abc import Iterable

from moagraph.records import Source

_RIS_TYPES = {"label": "GEN", "database record": "DBASE", "press": "NEWS", "preprint": "UNPB"}
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_ESCAPED = "&%$#_{}"


def _unique(sources: Iterable[Source]) -> list[Source]:
    return sorted({s.id: s for s in sources}.values(), key=lambda s: (s.year, s.first_author, s.id))


def _latex(text: str) -> str:
    return "".join(_SPECIAL.get(c, "\\" + c if c in _ESCAPED else c) for c in text)


def _key(source: Source) -> str:
    mark = source.pmid or source.id.rpartition(":")[2]
    name = source.first_author.split()[0] if source.first_author else "source"
    raw = f"{name}{source.year}-{mark}"
    return "".join(c for c in raw if c.isascii() and (c.isalnum() or c == "-"))


def to_bibtex(sources: Iterable[Source]) -> str:
    """Return BibTeX entries, oldest first, one per source."""
    entries = []
    for s in _unique(sources):
        kind = "article" if s.journal else "misc"
        fields = (
            ("author", f"{s.first_author} and others" if s.first_author else ""),
            ("title", s.title),
            ("journal", s.journal),
            ("year", s.year),
            ("doi", s.doi),
            ("pmid", s.pmid),
            ("url", s.url),
            ("urldate", s.retrieved),
        )
        body = ",\n".join(f"  {name} = {{{_latex(value)}}}" for name, value in fields if value)
        entries.append(f"@{kind}{{{_key(s)},\n{body}\n}}\n")
    return "\n".join(entries)


def to_ris(sources: Iterable[Source]) -> str:
    """Return RIS records, oldest first, one per source."""
    records = []
    for s in _unique(sources):
        fields = (
            ("TY", _RIS_TYPES.get(s.kind, "JOUR" if s.journal else "GEN")),
            ("AU", s.first_author),
            ("TI", s.title),
            ("JO", s.journal),
            ("PY", s.year),
            ("DO", s.doi),
            ("AN", f"PMID:{s.pmid}" if s.pmid else ""),
            ("UR", s.url),
        )
        lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
        records.append("\n".join([*lines, "ER  - ", ""]))
    return "\n".join(records)
