"""Publications and knowledge sources that other tools name, as sources of ours."""

from __future__ import annotations

import re

from moagraph.formats.curies import slug
from moagraph.frozen import replace
from moagraph.records import Origin, Source

_PMID = re.compile(r"^(?:PMID|pubmed|MEDLINE):\s*(\d+)$|pubmed[^ ]*/(\d+)/?$", re.IGNORECASE)
_DOI = re.compile(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)\s*(10\.\d{2,9}/\S+)$", re.IGNORECASE)
_PMC = re.compile(r"^(?:(?:PMCID:|PMC:)?\s*PMC|PMC(?:ID)?:\s*)(\d+)$", re.IGNORECASE)
_INFORES = "infores:"
LISTED = re.compile(r"Listed by (infores:[A-Za-z0-9._-]+)\.")
"""How a statement names the knowledge source beside the publications that it is about."""


_SEPARATED = re.compile(r"[;,|\s]")
_JOINED = re.compile(r"\s*[;,|]\s*|\s+(?=(?:PMID|PMC|doi):)")


def parted(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return publications one by one where some tool has joined them by `|`, `;`, `,` or blanks.

    A text is parted only where each part names a publication: an address may hold a comma.
    """
    found: list[str] = []
    for text in texts:
        if not _SEPARATED.search(text):
            found.append(text)
            continue
        parts = [part for part in _JOINED.split(text) if part]
        known = len(parts) > 1 and all(_PMID.search(p) or _PMC.match(p) for p in parts)
        found += parts if known else [text]
    return tuple(found)


class Sources:
    """The sources of one import, each once, in order of first sight."""

    def __init__(self) -> None:
        self.found: dict[str, Source] = {}
        self._known: dict[str, str] = {}
        self._resources: dict[str, str] = {}
        self._next: dict[str, int] = {}

    def publications(self, written: tuple[str, ...], origin: Origin) -> tuple[str, ...]:
        """Return the ids of the publications of an edge, parted where they are joined."""
        if not written:
            return ()
        if len(written) == 1 and (known := self._known.get(written[0])):
            return (known,)
        return tuple([self.publication(each, origin) for each in parted(written)])

    def publication(self, text: str, origin: Origin) -> str:
        """Return the id of a publication, by whatever it was named."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._publication(text, origin)
        return known

    def _publication(self, text: str, origin: Origin) -> str:
        pmid, doi, pmc = _PMID.search(text), _DOI.search(text), _PMC.match(text)
        if pmid:
            number = pmid.group(1) or pmid.group(2)
            return self._add(Source(f"PMID:{number}", pmid=number, origin=origin))
        if doi:
            return self._add(Source(f"doi:{doi.group(1)}", doi=doi.group(1), origin=origin))
        if pmc:
            name = f"PMC{pmc.group(1)}"
            return self._add(Source(f"pmc:{name}", title=name, origin=origin))
        url = text if text.startswith(("https://", "http://")) else ""
        name = f"moa:source-{slug(text)}"
        return self._add(Source(name, "database record", title=text, url=url, origin=origin))

    def knowledge_source(self, text: str, origin: Origin) -> str:
        """Return the id of a knowledge source such as `infores:hetionet`."""
        known = self._resources.get(text)
        if known is None:
            source = Source(f"moa:{slug(text)}", "database record", title=text, origin=origin)
            known = self._resources[text] = self._add(source)
        return known

    def _add(self, source: Source) -> str:
        name = base = source.id
        while self.found.setdefault(name, source).title != source.title:
            number = self._next[base] = self._next.get(base, 1) + 1
            name = f"{base}-{number}"
            source = replace(source, id=name)
        return name


def infores_of(source: Source) -> str:
    """Return the `infores:` name of a source that `knowledge_source` made, else ""."""
    return source.title if source.title.startswith(_INFORES) else ""
