"""The W3C formats of results and the RDF syntaxes.

What the engine can write as it is, it writes: ten times as fast as we could. A result that is
cut, or was read before, is written here in the same form.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from moagraph.rdf.namespaces import XSD, namespaces

if TYPE_CHECKING:
    from moagraph.sparql.results import Result

_BARE = {
    "boolean": re.compile("true|false"),
    "integer": re.compile("[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    "double": re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
}
_XML_NAMESPACE = "http://www.w3.org/2005/sparql-results#"


def write(result: Result, whole: Any, format: str, stream: IO[bytes] | None) -> bytes | None:
    """Write a result, natively if `whole` holds the engine's own; return bytes if no stream."""
    if result.kind == "triples":
        return _triples(result, whole, format, stream)
    import pyoxigraph as ox

    native = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "csv": ox.QueryResultsFormat.CSV,
        "tsv": ox.QueryResultsFormat.TSV,
    }[format]
    if result.kind == "truth":
        return _out(truth(result.boolean, format).encode(), stream)
    if whole is not None:
        return _sink(lambda out: whole.serialize(out, format=native), stream)
    chunks = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}[format]
    return _sink(lambda out: _copy(chunks(result.variables, result), out), stream)


def truth(value: bool, format: str) -> str:
    """Return the result of an ASK."""
    word = "true" if value else "false"
    if format == "json":
        return f'{{"head":{{}},"boolean":{word}}}'
    if format == "xml":
        return (
            f'<?xml version="1.0"?><sparql xmlns="{_XML_NAMESPACE}"><head></head>'
            f"<boolean>{word}</boolean></sparql>"
        )
    return f"{word}\n"


def _triples(result: Result, whole: Any, format: str, stream: IO[bytes] | None) -> bytes | None:
    import pyoxigraph as ox

    native = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }[format]
    found = sorted(set(result if whole is None else whole), key=str)
    used = _used_prefixes(found) if format not in ("ntriples", "nquads") else {}
    return _sink(lambda out: ox.serialize(found, out, format=native, prefixes=used), stream)


def _used_prefixes(triples: Iterable[Any]) -> dict[str, str]:
    """Return the prefixes that occur, so that a short answer has a short head."""
    from moagraph.sparql.display import short

    texts = {t.value for triple in triples for t in triple if type(t).__name__ == "NamedNode"}
    used = {short(text).partition(":")[0] for text in texts}
    return {prefix: iri for prefix, iri in namespaces().items() if prefix in used}


def _sink(write: Any, stream: IO[bytes] | None) -> bytes | None:
    if stream is not None:
        write(stream)
        return None
    out = io.BytesIO()
    write(out)
    return out.getvalue()


def _out(data: bytes, stream: IO[bytes] | None) -> bytes | None:
    if stream is None:
        return data
    stream.write(data)
    return None


def _copy(chunks: Iterator[str], stream: IO[bytes]) -> None:
    for chunk in chunks:
        stream.write(chunk.encode())


def _json(variables: tuple[str, ...], rows: Iterable[Any]) -> Iterator[str]:
    import json

    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    yield f'{{"head":{{"vars":{text(list(variables))}}},"results":{{"bindings":['
    for number, row in enumerate(rows):
        bound = {v: _json_term(t) for v, t in zip(variables, row, strict=True) if t is not None}
        yield ("," if number else "") + text(bound)
    yield "]}}"


def _json_term(term: Any) -> dict[str, Any]:
    kind = type(term).__name__
    if kind == "NamedNode":
        return {"type": "uri", "value": term.value}
    if kind == "BlankNode":
        return {"type": "bnode", "value": term.value}
    if kind == "Triple":
        parts = ("subject", "predicate", "object")
        value = {name: _json_term(getattr(term, name)) for name in parts}
        return {"type": "triple", "value": value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif not term.datatype.value.endswith("XMLSchema#string"):
        found["datatype"] = term.datatype.value
    return found


def _xml(variables: tuple[str, ...], rows: Iterable[Any]) -> Iterator[str]:
    from xml.sax.saxutils import quoteattr

    names = [quoteattr(name) for name in variables]
    head = "".join(f"<variable name={name}/>" for name in names)
    yield f'<?xml version="1.0"?><sparql xmlns="{_XML_NAMESPACE}"><head>{head}</head><results>'
    for row in rows:
        bound = "".join(
            f"<binding name={name}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        yield f"<result>{bound}</result>"
    yield "</results></sparql>"


def _xml_term(term: Any) -> str:
    from xml.sax.saxutils import escape, quoteattr

    kind = type(term).__name__
    if kind == "NamedNode":
        return f"<uri>{escape(term.value)}</uri>"
    if kind == "BlankNode":
        return f"<bnode>{escape(term.value)}</bnode>"
    if kind == "Triple":
        parts = ("subject", "predicate", "object")
        inner = "".join(f"<{name}>{_xml_term(getattr(term, name))}</{name}>" for name in parts)
        return f"<triple>{inner}</triple>"
    mark = ""
    if term.language:
        mark = f" xml:lang={quoteattr(term.language)}"
    elif not term.datatype.value.endswith("XMLSchema#string"):
        mark = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{mark}>{escape(term.value, {chr(13): '&#xD;'})}</literal>"


def _csv(variables: tuple[str, ...], rows: Iterable[Any]) -> Iterator[str]:
    yield ",".join(map(_csv_cell, variables)) + "\r\n"
    for row in rows:
        yield ",".join(_csv_cell(_csv_term(term)) for term in row) + "\r\n"


def _csv_term(term: Any) -> str:
    if term is None:
        return ""
    value = getattr(term, "value", None)
    if value is None:
        return str(term)
    return f"_:{value}" if type(term).__name__ == "BlankNode" else str(value)


def _csv_cell(text: str) -> str:
    quoted = any(character in text for character in ',"\r\n')
    return '"' + text.replace('"', '""') + '"' if quoted else text


def _tsv(variables: tuple[str, ...], rows: Iterable[Any]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in variables) + "\n"
    for row in rows:
        yield "\t".join("" if t is None else _tsv_term(t) for t in row) + "\n"


def _tsv_term(term: Any) -> str:
    """Return a term as Turtle writes it, numbers and truth values without quotes."""
    datatype = getattr(term, "datatype", None)
    bare = _BARE.get(datatype.value.rpartition("#")[2]) if datatype is not None else None
    if bare and datatype and datatype.value.startswith(XSD) and bare.fullmatch(term.value):
        return str(term.value)
    return str(term).replace("\t", "\\t")
