"""JSON-LD: contexts from elsewhere in every place, keys twice, odd numbers, depth and length."""

from __future__ import annotations

import gzip
import json

from tests.hostile.rdf.case import LABEL, MOA, A, harmless, jsonld, refused

FAR = "never fetched"


def context(value: object) -> str:
    """Return a document with a context, which may hold what is not to be fetched."""
    return json.dumps({"@context": value, "@id": A, "@type": f"{MOA}Protein", LABEL: "x"})


def raw(members: str) -> str:
    """Return a document with members as they are written."""
    return f'{{"@id": "{A}", "@type": "{MOA}Protein", "{LABEL}": "x", {members}}}'


def beside(id: str = f"{MOA}b", type: object = f"{MOA}Protein") -> str:
    """Return a sound node and another that may not be."""
    return json.dumps([json.loads(jsonld()), {"@id": id, "@type": type, LABEL: "y"}])


def with_graph(value: object) -> str:
    """Return a sound node with a graph that may not be."""
    return json.dumps({"@graph": value, **json.loads(jsonld())})


JSON_CASES = {
    # -- contexts ---------------------------------------------------------------------
    "context in a list": refused("a.jsonld", context([{}, "URL"]), FAR),
    "context in two lists": refused("a.jsonld", context([["URL"]]), "a.jsonld"),
    "relative context": refused("a.jsonld", context("context.jsonld"), FAR),
    "empty context": refused("a.jsonld", context(""), FAR),
    "context of data": refused("a.jsonld", context("data:application/json,{}"), FAR),
    "context of a term": refused(
        "a.jsonld", context({"t": {"@id": "a:b", "@context": "URL"}}), FAR
    ),
    "context of a term in a context of a term": refused(
        "a.jsonld",
        context({"t": {"@id": "a:b", "@context": {"u": {"@id": "a:c", "@context": ["URL"]}}}}),
        FAR,
    ),
    "context of a type": refused(
        "a.jsonld", context({"T": {"@id": "a:T", "@context": "file:///etc/passwd"}}), FAR
    ),
    "import": refused("a.jsonld", context({"@version": 1.1, "@import": "URL"}), FAR),
    "relative import": refused("a.jsonld", context([{"@import": "c.jsonld"}]), FAR),
    "context deep in the data": refused(
        "a.jsonld", raw('"a:b": [{"a:c": {"@context": "URL", "a:d": 1}}]'), FAR
    ),
    "context by escapes": refused("a.jsonld", raw('"\\u0040context": "URL"'), FAR),
    "context by other escapes": refused("a.jsonld", raw('"@\\u0063ontext": "URL"'), FAR),
    "context twice": refused("a.jsonld", raw('"@context": {}, "@context": "URL"'), FAR),
    "context in included nodes": refused(
        "a.jsonld", raw('"@included": [{"@context": "URL", "@id": "a:b"}]'), FAR
    ),
    "context in a graph": refused("a.jsonld", raw('"@graph": [{"@context": "URL"}]'), FAR),
    "no base": refused("a.jsonld", context({"@base": None}), "a.jsonld", "@base to null"),
    "no base by escapes": refused(
        "a.jsonld", context({"@base": None}).replace("@base", "\\u0040base"), "@base to null"
    ),
    "a text about no base": harmless("a.jsonld", jsonld('"@base": null'), '"@base": null'),
    "context as a number": refused("a.jsonld", context(17), "a.jsonld"),
    "context as truth": refused("a.jsonld", context(True), "a.jsonld"),
    "terms in a circle": refused("a.jsonld", context({"a": "b", "b": "a"}), "a.jsonld"),
    "a term for a keyword": refused("a.jsonld", context({"@id": "a:b"}), "a.jsonld"),
    "a base of files": refused(
        "a.jsonld", context({"@base": "file:///etc/"}).replace(A, "passwd"), "file:///etc"
    ),
    "a base": harmless("a.jsonld", context({"@base": MOA}).replace(f'"{A}"', '"a"'), "x"),
    "a context of none": harmless("a.jsonld", context(None), "x"),
    "a context of terms": harmless(
        "a.jsonld",
        json.dumps(
            {
                "@context": {"moa": MOA, "label": {"@id": LABEL}, "id": "@id", "type": "@type"},
                "id": "moa:a",
                "type": "moa:Protein",
                "label": "x",
            }
        ),
        "x",
    ),
    "a context as text": harmless(
        "a.jsonld", jsonld('"@context": "http://e.org/c"'), '"@context": "http://e.org/c"'
    ),
    "a document type as text": harmless("a.jsonld", jsonld("<!DOCTYPE [ {{"), "<!DOCTYPE [ {{"),
    # -- what is no JSON --------------------------------------------------------------
    "not a number": refused("a.jsonld", raw('"a:b": NaN'), "a.jsonld"),
    "infinity": refused("a.jsonld", raw('"a:b": -Infinity'), "a.jsonld"),
    "a zero too many": refused("a.jsonld", raw('"a:b": 012'), "a.jsonld"),
    "hexadecimal": refused("a.jsonld", raw('"a:b": 0x1F'), "a.jsonld"),
    "a comma too many": refused("a.jsonld", raw('"a:b": 1,'), "a.jsonld"),
    "a comment": refused("a.jsonld", raw('"a:b": 1 // one'), "a.jsonld"),
    "single quotes": refused("a.jsonld", "{'@id': 'a:b'}", "a.jsonld:1"),
    "a line in a text": refused("a.jsonld", raw('"a:b": "c\nd"'), "a.jsonld"),
    "an unknown escape": refused("a.jsonld", raw('"a:b": "\\x41"'), "a.jsonld"),
    "two documents": refused("a.jsonld", jsonld() + jsonld(), "a.jsonld"),
    "JSON lines": refused("a.jsonld", f"{jsonld()}\n{jsonld()}\n", "a.jsonld"),
    "a guard of scripts": refused("a.jsonld", ")]}'\n" + jsonld(), "a.jsonld"),
    "JSON in a page": refused(
        "a.jsonld", f'<script type="application/ld+json">{jsonld()}</script>', "a.jsonld"
    ),
    "YAML": refused("a.jsonld", "'@id': a:b\n", "a.jsonld"),
    "cut in a text": refused("a.jsonld", jsonld()[:-4], "a.jsonld"),
    "a word": refused("a.jsonld", "true", "a.jsonld"),
    "a text": refused("a.jsonld", '"x"', "a.jsonld"),
    "an empty list": refused("a.jsonld", "[]", "no claims"),
    "nothing": refused("a.jsonld", "", "a.jsonld"),
    "utf-16": refused("a.jsonld", jsonld().encode("utf-16"), "UTF-16"),
    "utf-16 without a mark": refused("a.jsonld", jsonld().encode("utf-16-le"), "UTF-8"),
    "utf-32": refused("a.jsonld", jsonld().encode("utf-32"), "UTF-32"),
    "not UTF-8": refused("a.jsonld", jsonld("é").encode().replace(b"\\u00e9", b"\xe9"), "UTF-8"),
    "a mark of UTF-8": harmless("a.jsonld", b"\xef\xbb\xbf" + jsonld().encode(), "x"),
    "packed": harmless("a.jsonld.gz", gzip.compress(jsonld("é").encode()), "é"),
    # -- texts and values -------------------------------------------------------------
    "half a pair": refused("a.jsonld", raw('"a:b": "\\uDC00x"'), "surrogate"),
    "a pair the wrong way round": refused("a.jsonld", raw('"a:b": "\\uDC00\\uD800"'), "surrogate"),
    "half a pair in a key": refused("a.jsonld", raw('"a:\\ud800": "b"'), "surrogate"),
    "half a pair in bytes": refused("a.jsonld", raw('"a:b": "\ud800"'), "UTF-8"),
    "a pair": harmless("a.jsonld", jsonld("\U0001f600"), "\U0001f600"),
    "NUL in a text": refused("a.jsonld", jsonld("a\0b"), "U+0000"),
    "a key twice": refused("a.jsonld", raw(f'"{LABEL}": "y"'), "a.jsonld"),
    "an id twice": refused("a.jsonld", raw('"@id": "https://w3id.org/moagraph/b"'), "a.jsonld"),
    "a type twice": refused("a.jsonld", raw(f'"@type": "{MOA}Drug"'), "a.jsonld"),
    "an id that is a number": refused("a.jsonld", with_graph({"@id": 5}), "a.jsonld"),
    # What a reader of JSON-LD passes over without a word: the rest of the file is sound.
    "an id with a space": refused("a.jsonld", beside(id="a:b c"), "a.jsonld:1", "no IRI"),
    "an id with a brace": refused("a.jsonld", beside(id="a:{b}"), "a.jsonld:1", "no IRI"),
    "an id with a space by an escape": refused(
        "a.jsonld", beside(id="a:b~c").replace("~", "\\u0020"), "no IRI"
    ),
    "a relative id": refused("a.jsonld", beside(id="b"), "relative"),
    "an empty id": refused("a.jsonld", beside(id=""), "relative"),
    "a type with a space": refused("a.jsonld", beside(type=[f"{MOA}Pro tein"]), "no IRI"),
    "a type that is a word": refused("a.jsonld", beside(type="Protein"), "relative"),
    "a node with a space": refused("a.jsonld", beside(id="_:b c"), "no IRI"),
    "an id by another name": refused(
        "a.jsonld", context({"id": "@id"})[:-1] + ', "a:b": {"id": "a:b c"}}', "no IRI"
    ),
    "a value that is an id": refused(
        "a.jsonld",
        context({"p": {"@id": "a:p", "@type": "@id"}})[:-1] + ', "p": ["a:c", "a:b c"]}',
        "no IRI",
    ),
    "a prefix that is no IRI": refused(
        "a.jsonld", context({"m": f"{MOA} x/"})[:-1] + ', "m:b": 1}', "an IRI"
    ),
    "a language in a context": refused("a.jsonld", context({"@language": "e n"}), "a.jsonld"),
    "a value with an id": refused("a.jsonld", raw('"a:b": {"@value": 1, "@id": "a:c"}'), "a.json"),
    "a list in a list": harmless("a.jsonld", raw('"a:b": {"@list": [{"@list": [1]}]}'), "x"),
    "a language that is none": refused(
        "a.jsonld", raw('"a:b": {"@value": "c", "@language": "e n"}'), "no language"
    ),
    "a datatype that is none": refused(
        "a.jsonld", raw('"a:b": {"@value": "c", "@type": "d e"}'), "a.jsonld"
    ),
    "reverse": refused("a.jsonld", raw('"@reverse": {"a:b": "c"}'), "a.jsonld"),
    # -- length and depth -------------------------------------------------------------
    "deep lists": refused("a.jsonld", '{"a:b":' + "[" * 100_000 + "]" * 100_000 + "}", "deeper"),
    "deep lists that are cut": refused("a.jsonld", "[" * 1_000_000, "a.jsonld"),
    "deep graphs": refused("a.jsonld", '{"@graph":[' * 100 + "]}" * 100, "deeper"),
    "brackets in a text": harmless("a.jsonld", jsonld("[" * 100_000), "[" * 100_000),
    "a number of a million digits": refused(
        "a.jsonld", raw(f'"a:b": {"9" * 1_000_000}').replace('"x"', '"x", "a:c": NaN'), "a.jsonld"
    ),
    "a number beyond all": harmless("a.jsonld", raw('"a:b": 1e999999'), "x"),
    "a text of ten megabytes": refused("a.jsonld", raw(f'"a:b": "{"x" * 10_000_000}"'), "too long"),
    "a key of ten megabytes": refused("a.jsonld", raw(f'"{"x" * 10_000_000}": 1'), "too long"),
    "ten megabytes of escapes": refused(
        "a.jsonld", raw(f'"a:b": "{chr(92) * 10_000_000}"'), "too long"
    ),
    "a million values": harmless("a.jsonld", raw(f'"a:b": [{"1," * 1_000_000}1]'), "x"),
    "a hundred thousand keys": harmless(
        "a.jsonld", raw(", ".join(f'"a:{n}": 1' for n in range(100_000))), "x"
    ),
}
