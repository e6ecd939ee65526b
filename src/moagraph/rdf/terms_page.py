"""A page that documents every class and relation of the schema, with an anchor for each.

It is one HTML file without scripts and without anything from another host. The anchor of a term
is its local name, so that `https://w3id.org/moagraph/increases` can lead to `terms.html#increases`.
"""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from moagraph.identifiers import BASE
from moagraph.rdf.namespaces import OWL, RDF, RDFS, SKOS, namespaces
from moagraph.resources import ontology_file

if TYPE_CHECKING:
    from moagraph.knowledge import KnowledgeBase

_OBO = "http://purl.obolibrary.org/obo/"
_DEFINITION, _SOURCE = _OBO + "IAO_0000115", _OBO + "IAO_0000119"
_OBSERVATION_OF, _SIGN = BASE + "observationOf", BASE + "hasSign"
_ROWS = (
    ("Sign", _SIGN),
    ("Kind of", RDFS + "subClassOf"),
    ("Kind of", RDFS + "subPropertyOf"),
    ("Inverse", OWL + "inverseOf"),
    ("From", RDFS + "domain"),
    ("To", RDFS + "range"),
    ("Observation of", _OBSERVATION_OF),
    ("Not both", OWL + "disjointWith"),
    ("Same as", SKOS + "exactMatch"),
    ("Close to", SKOS + "closeMatch"),
    ("Wider", SKOS + "broadMatch"),
    ("Narrower", SKOS + "narrowMatch"),
    ("Related", SKOS + "relatedMatch"),
    ("Qualifier", BASE + "hasQualifier"),
    ("Note", SKOS + "note"),
    ("Source of the definition", _SOURCE),
)
_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
section{border-top:1px solid #8886;padding:.6rem 0}
h3{margin:.2rem 0}code{font-size:.9em}
dl{display:grid;grid-template-columns:11rem 1fr;margin:.3rem 0}dt{opacity:.7}dd{margin:0}
nav a{display:inline-block;margin-right:.8rem}
section:target{background:#fc03;outline:2px solid #c80}
@media(max-width:40rem){dl{grid-template-columns:1fr}}
"""

Term = dict[str, list[str]]


def terms_page(kb: KnowledgeBase | None = None) -> str:  # noqa: ARG001 - every export takes one
    """Return the page as HTML; it depends on the schema alone."""
    found = _terms()
    head = found.pop(BASE, {})
    groups = _groups(found)
    parts = [_head(head), "<nav aria-label='Terms'>"]
    for title, names in groups:
        links = " ".join(f'<a href="#{_anchor(n)}">{escape(_anchor(n))}</a>' for n in names)
        parts.append(f"<h2>{escape(title)} ({len(names)})</h2><p>{links}</p>")
    parts.append("</nav><main>")
    for title, names in groups:
        parts.append(f"<h2>{escape(title)}</h2>")
        parts.extend(_section(name, found) for name in names)
    parts.append("</main></body></html>\n")
    return "\n".join(parts)


def _terms() -> dict[str, Term]:
    """Return what the schema says of each term of ours, in its order."""
    import pyoxigraph as ox

    found: dict[str, Term] = {}
    for quad in ox.parse(path=ontology_file("schema.ttl"), format=ox.RdfFormat.TURTLE):
        subject = getattr(quad.subject, "value", "")
        if subject.startswith(BASE):
            term = found.setdefault(subject, defaultdict(list))
            term[quad.predicate.value].append(getattr(quad.object, "value", ""))
    for name, term in list(found.items()):
        for other in term.get(OWL + "inverseOf", []):
            if other in found and name not in found[other].get(OWL + "inverseOf", []):
                found[other].setdefault(OWL + "inverseOf", []).append(name)
    return found


def _groups(found: dict[str, Term]) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {
        "Classes": [],
        "Relations of claims": [],
        "Relations of observations": [],
        "Inverse relations": [],
        "Phases": [],
        "Properties": [],
    }
    inverses = {other for term in found.values() for other in term.get(OWL + "inverseOf", [])}
    for name, term in found.items():
        kinds = term.get(RDF + "type", [])
        if OWL + "Class" in kinds:
            groups["Classes"].append(name)
        elif _OBSERVATION_OF in term:
            groups["Relations of observations"].append(name)
        elif _SIGN in term:
            groups["Relations of claims"].append(name)
        elif OWL + "inverseOf" in term or name in inverses:
            groups["Inverse relations"].append(name)
        elif BASE + "Phase" in kinds:
            groups["Phases"].append(name)
        else:
            groups["Properties"].append(name)
    return [(title, names) for title, names in groups.items() if names]


def _head(about: Term) -> str:
    title = "moagraph: terms"
    text = about.get("http://purl.org/dc/terms/description", [""])[0]
    version = about.get(OWL + "versionInfo", [""])[0]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>{title}</h1><p>{escape(text)}</p>"
        f"<p>Namespace <code>{escape(BASE)}</code>, prefix <code>moa:</code>, "
        f"release {escape(version)}.</p>"
    )


def _section(name: str, found: dict[str, Term]) -> str:
    term = found[name]
    rows = []
    for title, predicate in _ROWS:
        values = term.get(predicate, [])
        if values:
            cells = ", ".join(_value(value, found) for value in values)
            rows.append(f"<dt>{title}</dt><dd>{cells}</dd>")
    label = term.get(RDFS + "label", [_anchor(name)])[0]
    definition = term.get(_DEFINITION, [""])[0]
    return (
        f'<section id="{_anchor(name)}"><h3>{escape(label)}</h3>'
        f'<p><code><a href="{escape(name)}">moa:{escape(_anchor(name))}</a></code></p>'
        f"<p>{escape(definition)}</p><dl>{''.join(rows)}</dl></section>"
    )


def _value(value: str, found: dict[str, Term]) -> str:
    if value in found:
        return f'<a href="#{_anchor(value)}">{escape(_anchor(value))}</a>'
    if value.startswith(("http://", "https://")):
        return f'<a href="{escape(value)}">{escape(_short(value))}</a>'
    return escape(value)


def _short(iri: str) -> str:
    best = max(
        (item for item in namespaces().items() if iri.startswith(item[1])),
        key=lambda item: len(item[1]),
        default=None,
    )
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri


def _anchor(iri: str) -> str:
    """Return the local name of a term: letters and digits, an anchor as it stands."""
    return "".join(c for c in iri.removeprefix(BASE) if c.isalnum() or c in "-_.")
