"""RDF/XML: document types in every disguise, encodings, inclusion, bases, depth and length."""

from __future__ import annotations

from tests.hostile.rdf.case import A, harmless, refused, xml

TYPE = '<!DOCTYPE r SYSTEM "URL" [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
DECLARED = '<?xml version="1.0"?>'


def encoded(encoding: str, declared: str = "") -> bytes:
    """Return a document with a document type in another encoding."""
    head = f'<?xml version="1.0" encoding="{declared or encoding}"?><!DOCTYPE r [<!ENTITY e "x">]>'
    return xml(head=head).encode(encoding)


XML_CASES = {
    # -- document types ---------------------------------------------------------------
    "utf-16 with a mark": refused("a.rdf", encoded("utf-16"), "UTF-16"),
    "utf-16 without a mark, little end": refused("a.rdf", encoded("utf-16-le"), "UTF-8"),
    "utf-16 without a mark, big end": refused("a.rdf", encoded("utf-16-be"), "UTF-8"),
    "utf-32 with a mark": refused("a.rdf", encoded("utf-32"), "UTF-32"),
    "utf-32 without a mark": refused("a.rdf", encoded("utf-32-be"), "UTF-8"),
    "utf-7": refused(
        "a.rdf",
        '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE r+AD4-' + xml(),
        "a.rdf",
    ),
    "ebcdic": refused("a.rdf", encoded("cp037"), "a.rdf"),
    "utf-16 by its word alone": refused(
        "a.rdf", xml(head='<?xml version="1.0" encoding="UTF-16"?>'), "a.rdf"
    ),
    "lower case": refused("a.rdf", xml(head="<!doctype r>"), "document type"),
    "mixed case": refused("a.rdf", xml(head="<!DoCtYpE r>"), "document type"),
    "after a comment": refused("a.rdf", xml(head=f"<!-- x -->{TYPE}"), "document type"),
    "after an instruction": refused("a.rdf", xml(head=f"<?x y?>\n{TYPE}"), "document type", ":2"),
    "after the root": refused("a.rdf", xml() + TYPE, "document type"),
    "in the root": refused("a.rdf", xml(TYPE), "document type"),
    "between comments": refused("a.rdf", xml(head=f"<!-- -->{TYPE}<!-- -->"), "document type"),
    "in a comment that seems to end": harmless("a.rdf", xml(head=f"<!-->{TYPE}<!-- -->"), "x"),
    "in a comment that seems to end late": harmless(
        "a.rdf", xml(head=f"<!--->{TYPE}<!-- -->"), "x"
    ),
    "in a comment without end": refused("a.rdf", xml() + f"<!-- {TYPE}", "a.rdf"),
    "a text that sections part": harmless(
        "a.rdf", xml(label="a<!-- b -->c<?d e?>f<![CDATA[g]]>&amp;<![CDATA[&lt;]]>"), "acfg&&lt;"
    ),
    "an attribute with an end of a tag": harmless(
        "a.rdf", xml('<q:x xmlns:q="q:" r:about="a:b" q:y="&lt;!-- > -->"/>'), "x"
    ),
    "behind CDATA that is in a comment": refused(
        "a.rdf", xml(head=f"<!-- <![CDATA[ -->{TYPE}<!-- ]]> -->"), "document type"
    ),
    "behind a comment that is in CDATA": refused(
        "a.rdf", xml(f"<s:x><![CDATA[<!--]]></s:x>{TYPE}<!-- -->"), "document type"
    ),
    "behind an instruction in a comment": refused(
        "a.rdf", xml(head=f"<!-- <?x -->{TYPE}<?y ?>"), "document type"
    ),
    "parameter entities": refused(
        "a.rdf", xml(head='<!DOCTYPE r [<!ENTITY % p SYSTEM "URL"> %p;]>'), "document type"
    ),
    "an attribute with a default": refused(
        "a.rdf", xml(head='<!DOCTYPE r [<!ATTLIST m:Protein s:label CDATA "y">]>'), "document type"
    ),
    "a notation": refused("a.rdf", xml('<!NOTATION n SYSTEM "URL">'), "document type"),
    "an entity that nobody declared": refused("a.rdf", xml(label="&e;"), "a.rdf:1"),
    "a document type in a comment": harmless(
        "a.rdf", xml(f"<!-- {TYPE} -->", head=f"{DECLARED}<!-- <!DOCTYPE x> -->"), "x"
    ),
    "a document type in CDATA": harmless(
        "a.rdf", xml(label="p<![CDATA[<!DOCTYPE a & b>]]>q"), "p<!DOCTYPE a & b>q"
    ),
    "a document type in an instruction": harmless("a.rdf", xml("<?x <!DOCTYPE y> ?>"), "x"),
    "a document type written out": harmless(
        "a.rdf", xml(label="&lt;!DOCTYPE &amp;e;&gt;"), "<!DOCTYPE &e;>"
    ),
    "CDATA in CDATA": harmless(
        "a.rdf", xml(label="<![CDATA[a]]]]><![CDATA[><!ENTITY]]>"), "a]]><!ENTITY"
    ),
    # -- what leads elsewhere ---------------------------------------------------------
    "a style sheet": harmless("a.rdf", xml(head='<?xml-stylesheet href="URL"?>'), "x"),
    "a place of a schema": harmless(
        "a.rdf",
        xml(attributes=' xmlns:i="http://www.w3.org/2001/XMLSchema-instance"').replace(
            "r:about", 'i:schemaLocation="URL" r:about'
        ),
        "x",
    ),
    "an inclusion": harmless(
        "a.rdf",
        xml('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>')
        .replace(' href="file', ' r:resource="file')
        .replace("r:resource", "r:about"),
        "x",
    ),
    "an inclusion that has no name": refused(
        "a.rdf",
        xml('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
        "a.rdf",
    ),
    "imports": harmless(
        "a.owl",
        xml(
            '<o:Ontology xmlns:o="http://www.w3.org/2002/07/owl#" r:about="">'
            '<o:imports r:resource="URL"/></o:Ontology>',
            attributes=' xml:base="URL"',
        ),
        "x",
    ),
    "a base": harmless(
        "a.rdf",
        xml(attributes=' xml:base="https://w3id.org/moagraph/deep/er"').replace(A, "../a"),
        "x",
    ),
    "a base of files": refused(
        "a.rdf", xml(attributes=' xml:base="file:///etc/"').replace(A, "passwd"), "file:///etc"
    ),
    "a base that is none": refused("a.rdf", xml(attributes=' xml:base="::"'), "a.rdf"),
    "no base": refused("a.rdf", xml().replace(A, "a"), "a.rdf"),
    # -- what is not well formed ------------------------------------------------------
    "a cut element": refused("a.rdf", xml()[:-9], "a.rdf:1"),
    "a cut tag": refused("a.rdf", xml()[:-3], "a.rdf:1"),
    "a comment without end": refused("a.rdf", xml("<!-- "), "a.rdf:1"),
    "CDATA without end": refused("a.rdf", xml("<![CDATA[ "), "a.rdf:1"),
    "two roots": refused("a.rdf", xml() + xml(), "a.rdf"),
    "text after the root": refused("a.rdf", xml() + "x", "a.rdf"),
    "an attribute twice": refused("a.rdf", xml(f'<m:Protein r:about="{A}" r:about="x"/>'), "a.rdf"),
    "an unknown prefix": refused("a.rdf", xml("<q:x/>"), "a.rdf"),
    "a control character": refused("a.rdf", xml(label="&#1;"), "a.rdf"),
    "an escape": refused("a.rdf", xml(label="\x1b[31m"), "a.rdf"),
    "half a pair": refused("a.rdf", xml(label="&#xD800;"), "a.rdf"),
    "NUL by number": refused("a.rdf", xml(label="&#0;"), "a.rdf"),
    "an id twice": refused(
        "a.rdf", xml('<s:x r:ID="i"/><s:x r:ID="i"/>', attributes=' xml:base="a:b"'), "a.rdf"
    ),
    "an id with a space": refused("a.rdf", xml().replace(A, "a:b c"), "a.rdf"),
    "an id with a tag": refused("a.rdf", xml().replace(A, "a:&lt;script&gt;"), "a.rdf"),
    "a language that is none": refused(
        "a.rdf", xml().replace("<s:label>", '<s:label xml:lang="e n_!">'), "a.rdf"
    ),
    "a page": refused("a.rdf", "<html><p>Not found<br></html>", "a.rdf"),
    "Turtle": refused("a.rdf", "<urn:a> <urn:b> <urn:c> .", "a.rdf"),
    "nothing": refused("a.rdf", "", "a.rdf"),
    # -- length and depth -------------------------------------------------------------
    "a hundred thousand attributes": refused(
        "a.rdf",
        xml('<q:x xmlns:q="q:" ' + " ".join(f'q:a{n}=""' for n in range(100_000)) + "/>"),
        "a.rdf",
    ),
    "a hundred thousand namespaces": refused(
        "a.rdf",
        xml('<q:x xmlns:q="q:" ' + " ".join(f'xmlns:a{n}="a:{n}"' for n in range(100_000)) + "/>"),
        "a.rdf",
    ),
    "depth of empty names": refused("a.rdf", xml("<a>" * 50_000), "deeper"),
    "depth in a literal": refused(
        "a.rdf",
        xml('<s:x r:about="a:b"><s:y r:parseType="Literal">' + "<b>" * 50_000),
        "deeper",
    ),
    "depth in resources": refused("a.rdf", xml('<s:x r:parseType="Resource">' * 50_000), "deeper"),
    "a comment of ten megabytes": harmless("a.rdf", xml(f"<!-- {'- ' * 5_000_000} -->"), "x"),
    "ten megabytes that open comments": harmless(
        "a.rdf", xml(f"<!-- {'<!- ' * 2_500_000} -->"), "x"
    ),
    "a name of ten megabytes": refused("a.rdf", f"<{'a' * 10_000_000}", "a.rdf"),
    "a value of ten megabytes": harmless(
        "a.rdf", xml(f'<q:x xmlns:q="q:" r:about="a:b" q:y="{"z" * 10_000_000}"/>'), "x"
    ),
    "a literal of XML": harmless(
        "a.rdf",
        xml(
            '<q:x xmlns:q="q:" r:about="a:b"><q:y r:parseType="Literal">'
            '<script src="URL">x</script></q:y></q:x>'
        ),
        "x",
    ),
    "a script as a label": harmless(
        "a.rdf", xml(label="&lt;script&gt;alert(1)&lt;/script&gt;"), "<script>alert(1)</script>"
    ),
}
