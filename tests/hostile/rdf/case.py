"""What a case is, and the smallest documents in our form."""

from __future__ import annotations

import json
from typing import NamedTuple

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MOA = "https://w3id.org/moagraph/"
A = f"{MOA}a"
LABEL = f"{RDFS}label"


class Case(NamedTuple):
    """A file and what becomes of it.

    In texts, URL stands for the address of a listener that must see nobody. A refused file has
    words that its message holds; a harmless one has the label that is read from it.
    """

    name: str
    content: str | bytes
    words: tuple[str, ...] = ()
    label: str = ""

    def data(self, url: str) -> bytes:
        """Return the bytes of the file."""
        if isinstance(self.content, bytes):
            return self.content
        return self.content.replace("URL", url).encode("utf-8", "surrogatepass")


def refused(name: str, content: str | bytes, *words: str) -> Case:
    """Return a file that must be refused with these words."""
    return Case(name, content, words)


def harmless(name: str, content: str | bytes, label: str) -> Case:
    """Return a file that must be read."""
    return Case(name, content, label=label)


def xml(body: str = "", label: str = "x", head: str = "", attributes: str = "") -> str:
    """Return RDF/XML with one protein, after a head and before a body."""
    return (
        f'{head}<r:RDF xmlns:r="{RDF}" xmlns:s="{RDFS}" xmlns:m="{MOA}"{attributes}>'
        f'<m:Protein r:about="{A}"><s:label>{label}</s:label></m:Protein>{body}</r:RDF>'
    )


def ttl(body: str = "", label: str = '"x"') -> str:
    """Return Turtle with one protein before a body."""
    return (
        f"@prefix moa: <{MOA}> .\n@prefix rdfs: <{RDFS}> .\n"
        f"moa:a a moa:Protein ; rdfs:label {label} .\n{body}"
    )


def nt(body: str = "", label: str = '"x"', graph: str = "") -> str:
    """Return N-Triples, or N-Quads with a graph, with one protein before a body."""
    return f"<{A}> <{RDF}type> <{MOA}Protein> {graph}.\n<{A}> <{LABEL}> {label} {graph}.\n{body}"


def jsonld(label: str = "x", **more: object) -> str:
    """Return JSON-LD with one protein that has more keys."""
    node: dict[str, object] = {"@id": A, "@type": f"{MOA}Protein", LABEL: label}
    return json.dumps({**more, **node})
