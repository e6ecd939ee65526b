"""Turtle, TriG, N-Triples, N-Quads and gzip: bytes, IRIs, prefixes, terms, length and depth."""

from __future__ import annotations

import gzip
import io
import zlib

from tests.hostile.rdf.case import LABEL, MOA, RDF, A, harmless, nt, refused, ttl

PACKED = gzip.compress(ttl().encode())


def named(name: str) -> bytes:
    """Return gzip whose header names a file."""
    held = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=held) as stream:
        stream.write(ttl().encode())
    return held.getvalue()


LONG = "x" * 10_000_000

TURTLE_CASES = {
    # -- bytes ------------------------------------------------------------------------
    "utf-16": refused("a.ttl", ttl().encode("utf-16"), "UTF-16"),
    "utf-16 without a mark": refused("a.ttl", ttl().encode("utf-16-be"), "UTF-8"),
    "utf-32": refused("a.ttl", ttl().encode("utf-32"), "UTF-32"),
    "latin-1": refused("a.ttl", ttl(label='"é"').encode("latin-1"), "a.ttl:3"),
    "a letter that is cut": refused("a.ttl", ttl('<a:b> <a:c> "é').encode()[:-1], "a.ttl:4"),
    "a long form of a letter": refused(
        "a.ttl", ttl(label='"~"').encode().replace(b"~", b"\xc0\xaf"), "a.ttl:3"
    ),
    "another encoding in a comment": harmless("a.ttl", ttl().encode() + b"# caf\xe9\n", "x"),
    "half a pair": refused("a.ttl", ttl(label='"\ud800"'), "a.ttl:3"),
    "half a pair by escape": refused("a.ttl", ttl(label='"\\uD800"'), "a.ttl:3"),
    "beyond all letters": refused("a.ttl", ttl(label='"\\U00110000"'), "a.ttl:3"),
    "an escape that is none": refused("a.ttl", ttl(label='"\\uZZZZ"'), "a.ttl:3"),
    "NUL by escape": refused("a.ttl", ttl(label='"\\u0000"'), "U+0000"),
    "a terminal's command": refused("a.ttl", ttl(label='"\\u001B[31m"'), "U+001B"),
    "a terminal's command in a name": refused("a.ttl", ttl("\x1b[31mred"), "a.ttl:4"),
    "a mark of UTF-8 inside": refused("a.ttl", ttl("\ufeff<a:b> <a:c> 1 ."), "a.ttl:4"),
    "a mark of UTF-8 twice": refused("a.ttl", "\ufeff\ufeff" + ttl(), "a.ttl:1"),
    "a mark of UTF-8": harmless("a.ttl", "\ufeff" + ttl(), "x"),
    "carriage returns": harmless("a.ttl", ttl().replace("\n", "\r"), "x"),
    "both line ends": harmless("a.ttl", ttl().replace("\n", "\r\n"), "x"),
    "a form feed": refused("a.ttl", ttl("\f"), "a.ttl:4"),
    # -- what only looks hostile ------------------------------------------------------
    "a document type": harmless(
        "a.ttl", ttl(label='"<!DOCTYPE r [ <!ENTITY"'), "<!DOCTYPE r [ <!ENTITY"
    ),
    "a context": harmless(
        "a.ttl", ttl(label='\'"@context": "http://e.org"\''), '"@context": "http://e.org"'
    ),
    "terms in a text": harmless("a.ttl", ttl(label="'''<<( << {| '''"), "<<( << {| "),
    "terms in a comment": harmless("a.ttl", ttl("# <<( <a:b> <a:c> <a:d> )>>\n"), "x"),
    "terms in an id": harmless("a.ttl", ttl("<a:b> <a:c> '<<' , <a:%3C%3C> ."), "x"),
    "brackets in a text": harmless("a.ttl", ttl(label=f'"{"[(" * 50_000}"'), "[(" * 50_000),
    "a query in a text": harmless("a.ttl", ttl(label="'} ; DROP ALL #'"), "} ; DROP ALL #"),
    # -- IRIs and prefixes ------------------------------------------------------------
    "no base": refused("a.ttl", ttl("<b> <c> <d> ."), "a.ttl:4"),
    "a base": harmless("a.ttl", f"@base <{MOA}> .\n<a> a <Protein> ; <{LABEL}> 'x' .", "x"),
    "a base of files": refused(
        "a.ttl",
        f"@base <file:///etc/> .\n<passwd> a <{MOA}Protein> ; <{LABEL}> 'x' .",
        "file:///etc",
    ),
    "a prefix again": harmless("a.ttl", ttl("@prefix moa: <a:> .\nmoa:b moa:c moa:d ."), "x"),
    "a prefix in between": refused(
        "a.ttl", ttl().replace("@prefix rdfs", "@prefix moa: <a:> .\n@prefix rdfs"), "no claims"
    ),
    "a prefix that looks the same": refused("a.ttl", ttl("m\u043ea:b a moa:Drug ."), "a.ttl:4"),
    "a prefix without end": refused(
        "a.ttl", "@prefix moa: <https://w3id.org/moagraph/>\n", "a.ttl"
    ),
    "a bad percent": refused("a.ttl", ttl("moa:a%zz a moa:Drug ."), "a.ttl:4"),
    "a slash by percent": refused(
        "a.ttl", ttl(f"<{MOA}assertion/..%2F..%2Fx> a moa:Assertion ."), "a.ttl"
    ),
    "dots in an id": harmless("a.ttl", ttl("<a:b/../../c> <a:d> <a:e/./f> ."), "x"),
    "a quote in an id": refused("a.ttl", ttl('<a:b"c> <a:d> <a:e> .'), "a.ttl:4"),
    "a space in an id": refused("a.ttl", ttl("<a:b c> <a:d> <a:e> ."), "a.ttl:4"),
    "a space by escape": refused("a.ttl", ttl("<a:b\\u0020c> <a:d> <a:e> ."), "a.ttl:4"),
    "an end by escape": refused("a.ttl", ttl("<a:b\\u003Ec> <a:d> <a:e> ."), "a.ttl:4"),
    "a script in an id": refused("a.ttl", ttl("<a:<script>> <a:d> <a:e> ."), "a.ttl:4"),
    "an id of javascript": harmless("a.ttl", ttl("<javascript:alert(1)> <a:d> <a:e> ."), "x"),
    "a foreign id": refused(
        "a.ttl", ttl(f"<javascript:alert(1)> a moa:Drug ; <{LABEL}> 'y' ."), "javascript:alert"
    ),
    "imports and includes": harmless(
        "a.ttl",
        ttl("<URL> <http://www.w3.org/2002/07/owl#imports> <URL> , <file:///etc/passwd> ."),
        "x",
    ),
    # -- terms ------------------------------------------------------------------------
    "a cut statement": refused("a.ttl", ttl()[:-3], "a.ttl"),
    "a cut text": refused("a.ttl", ttl('moa:b rdfs:label "y'), "a.ttl:4"),
    "a cut long text": refused("a.ttl", ttl('moa:b rdfs:label """y\n\n\n'), "a.ttl"),
    "a literal as subject": refused("a.ttl", ttl('"a" <a:b> "c" .'), "a.ttl:4"),
    "a node as predicate": refused("a.ttl", ttl("<a:b> _:c <a:d> ."), "a.ttl:4"),
    "a language that is none": refused("a.ttl", ttl("<a:b> <a:c> 'd'@e_f ."), "a.ttl:4"),
    "a language that is too long": refused(
        "a.ttl", ttl("<a:b> <a:c> 'd'@abcdefghijk ."), "a.ttl:4"
    ),
    "two languages of a label": refused("a.ttl", ttl(label="'x'@en , 'y'@de"), "more than one"),
    "a language and a datatype": refused("a.ttl", ttl("<a:b> <a:c> 'd'@en^^<a:e> ."), "a.ttl:4"),
    "an empty datatype": refused("a.ttl", ttl("<a:b> <a:c> 'd'^^<> ."), "a.ttl:4"),
    "a formula": refused("a.ttl", ttl("{ <a:b> <a:c> <a:d> } => { } ."), "a.ttl:4"),
    "a variable": refused("a.ttl", ttl("?x <a:b> <a:c> ."), "a.ttl:4"),
    "a triple as subject": refused(
        "a.ttl", ttl("<< <a:b> <a:c> <a:d> >> <a:e> 1 ."), "a.ttl:4", "triple"
    ),
    "a triple as object": refused(
        "a.ttl", ttl("<a:e> <a:f> <<( <a:b> <a:c> <a:d> )>> ."), "triple"
    ),
    "an annotation": refused(
        "a.ttl", ttl("<a:b> <a:c> <a:d> {| <a:e> 1 |} ."), "a.ttl:4", "triple"
    ),
    "a reifier": refused("a.ttl", ttl("<a:b> <a:c> <a:d> ~ <a:e> ."), "a.ttl:4", "triple"),
    "deep annotations": refused(
        "a.ttl", ttl("<a:b> <a:c> <a:d> " + "{| <a:c> <a:d> " * 50_000), "a.ttl"
    ),
    "deep triples that are cut": refused("a.ttl", ttl("<< " * 50_000), "triple"),
    "a version": harmless("a.ttl", '@version "1.1" .\n' + ttl(), "x"),
    "a page": refused("a.ttl", "<!DOCTYPE html><html></html>", "a.ttl:1", "web page"),
    "RDF/XML": refused("a.ttl", f'<rdf:RDF xmlns:rdf="{RDF}"/>', "a.ttl:1", "RDF/XML; name it"),
    "JSON": refused("a.ttl", '{"@id": "a:b"}', "a.ttl:1", "JSON-LD; name it"),
    "Turtle in lines": refused("a.nt", ttl(), "a.nt:1", "Turtle; name it"),
    "nothing": refused("a.ttl", "", "no claims"),
    "blanks": refused("a.ttl", " \n" * 1_000_000, "no claims"),
    # -- length and depth -------------------------------------------------------------
    "a label of ten megabytes": harmless("a.ttl", ttl(label=f'"{LONG}"'), LONG),
    "a label of twenty megabytes": refused("a.ttl", ttl(label=f'"{LONG * 2}"'), "too long"),
    "megabytes of terms in a text": refused(
        "a.ttl", ttl(label=f'"{"<<" * 10_000_000}"'), "too long"
    ),
    "an id of ten megabytes": harmless("a.ttl", ttl(f"<a:{'b' * 10_000_000}> <a:c> 1 ."), "x"),
    "a prefix of ten megabytes": refused(
        "a.ttl", ttl("a" * 10_000_000 + ":b <a:c> 1 ."), "a.ttl:4"
    ),
    "a comment of ten megabytes": harmless("a.ttl", ttl("#" * 10_000_000), "x"),
    "ten megabytes of quotes": refused("a.ttl", ttl('"' * 10_000_001), "a.ttl"),
    "ten megabytes of backslashes": refused("a.ttl", ttl('"<<' + "\\" * 10_000_001), "a.ttl"),
    "a hundred thousand prefixes": harmless(
        "a.ttl", "".join(f"@prefix p{n}: <a:{n}> .\n" for n in range(100_000)) + ttl(), "x"
    ),
    "a flood of nodes": harmless("a.ttl", ttl("[] <a:b> [] .\n" * 200_000), "x"),
    "deep nodes": harmless(
        "a.ttl", ttl("<a:b> <a:c> " + "[ <a:c> " * 50_000 + "1" + "]" * 50_000 + " ."), "x"
    ),
    # -- several graphs ---------------------------------------------------------------
    "graphs": harmless(
        "a.trig", f"<a:g> {{ <{A}> a <{MOA}Protein> }} GRAPH _:g {{ <{A}> <{LABEL}> 'x' }}", "x"
    ),
    "a graph in a graph": refused("a.trig", "<a:g> { <a:b> <a:c> <a:d> . <a:h> { } }", "a.trig:1"),
    "a graph of a text": refused("a.trig", "'g' { <a:b> <a:c> <a:d> }", "a.trig:1"),
    "a graph without end": refused("a.trig", ttl("<a:g> { <a:b> <a:c> <a:d> ."), "a.trig"),
    "an end without graph": refused("a.trig", ttl("}"), "a.trig:4"),
    "ten thousand graphs": refused("a.trig", "{" * 10_000, "a.trig:1"),
    "a graph of conclusions": refused(
        "a.trig", f"<{MOA}reasonedLayer> {{ <{A}> a <{MOA}Protein> }}", "no claims"
    ),
    # -- lines ------------------------------------------------------------------------
    "a graph name": harmless("a.nq", nt(graph="<a:g> "), "x"),
    "a graph that is a node": harmless("a.nq", nt(graph="_:g "), "x"),
    "a graph that is a text": refused("a.nq", nt(graph='"g" '), "a.nq:1"),
    "five terms": refused("a.nq", nt("<a:b> <a:c> <a:d> <a:e> <a:f> .\n"), "a.nq:3"),
    "a graph in triples": refused("a.nt", nt("<a:b> <a:c> <a:d> <a:e> .\n"), "a.nt:3"),
    "a relative id": refused("a.nt", nt("<b> <a:c> <a:d> .\n"), "a.nt:3"),
    "a prefix in lines": refused("a.nt", nt("@prefix a: <a:> .\n"), "a.nt:3"),
    "a line without end": refused("a.nt", nt()[:-3], "a.nt:2"),
    "two statements in a line": refused("a.nt", nt().replace(" .\n", " . ", 1), "a.nt:1"),
    "a text over two lines": refused("a.nt", nt(label='"x\ny"'), "a.nt:2"),
    "a million lines": harmless(
        "a.nt", nt("".join(f'<a:b> <a:c> "{n}" .\n' for n in range(1_000_000))), "x"
    ),
    "a million lines and a fault": refused(
        "a.nt", nt('<a:b> <a:c> "d" .\n' * 1_000_000 + "oops\n"), "a.nt:1000003"
    ),
    "a million subjects": harmless(
        "a.nt", nt("".join(f"_:b{n} <a:c> <a:d> .\n" for n in range(1_000_000))), "x"
    ),
    # -- gzip -------------------------------------------------------------------------
    "packed without saying so": harmless("a.ttl", PACKED, "x"),
    "packed in two parts": harmless(
        "a.ttl.gz", PACKED + gzip.compress(b"<a:b> <a:c> <a:d> ."), "x"
    ),
    "packed with a path": harmless("a.ttl.gz", named("../../../tmp/evil.ttl"), "x"),
    "not packed": harmless("a.ttl.gz", ttl(), "x"),
    "packed twice": refused("a.ttl.gz", gzip.compress(PACKED), "a.ttl.gz"),
    "packed and cut": refused("a.ttl.gz", PACKED[:-1], "cut"),
    "packed with something behind": refused("a.ttl.gz", PACKED + b"more", "a.ttl.gz"),
    "packed and changed": refused("a.ttl.gz", PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], "damaged"),
    "packed by deflate": refused("a.ttl.gz", zlib.compress(ttl().encode()), "a.ttl.gz"),
    "packed nothing": refused("a.ttl.gz", gzip.compress(b""), "no claims"),
    "only the beginning of gzip": refused("a.ttl.gz", b"\x1f\x8b", "cut"),
    "a bomb": refused("a.ttl.gz", gzip.compress(b"\n" * 300_000_000, 9), "a.ttl.gz"),
}
