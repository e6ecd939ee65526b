"""RDF/XML before a parser sees it: no document type, no depth, no swarm of attributes.

Comments and instructions are taken out and CDATA is written as plain text. A document type in one
of them is harmless then, no two readers can differ about where such a section ends, and a text
that one of them parts is whole, which the parser wants.
"""

from __future__ import annotations

import re

from moagraph.errors import DataError

MAX_DEPTH = 64
MAX_ATTRIBUTES = 1000
"""The most attributes of an element: a parser compares each with all others."""

_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
_SECTION = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<close>/?)[^\s<>!?/\"'][^<>\"'/]*+"
    rb"(?:\"[^\"]*+\"|'[^']*+'|/(?!>)|[^<>\"'/]++)*+(?P<empty>/?)>"
    rb"|(?P<broken><)",
    re.DOTALL,
)
_XML = re.compile(rb"<\?xml\s")
_QUOTED = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
_NO_LINE_END = bytes(set(range(256)) - {10})
_SHORT = 4096
_NO_MARKS = bytes(set(range(256)) - set(b"<>/\"'!?"))
_EMPTY_AS_CLOSED = bytes.maketrans(b"\2", b"\1")
_HEAD = re.compile(rb"<\?xml[^<>?]*+\?>")


def check_xml(data: bytes, name: str) -> bytes:
    """Return a document that means the same and is safe to parse.

    Raises:
        DataError: it declares a document type or entities, nests too deeply, has an element
            with too many attributes, a tag without end, or a second root.
    """
    if _is_plainly_safe(data):
        return data
    if b"<!" in data or b"<?" in data[1:]:
        data = _SECTION.sub(_plain, data)
    found = _DECLARATION.search(data)
    if found:
        raise _fault(
            "holds a document type or entity declaration, which is refused; remove it "
            "and write its entities out",
            data,
            found.start(),
            name,
        )
    _check_tags(data, name)
    return data


def _is_plainly_safe(data: bytes) -> bool:
    """Tell whether the marks of tags and quotes alone show that a document is safe.

    These are: no section, nothing but `<`, `>` and pairs of double quotes in the place of a tag,
    depth and attributes within bounds, one root. It takes a few passes at the speed of memory.
    What is not so plain may be safe too; the pattern of a tag tells.
    """
    head = _HEAD.match(data)
    if head:
        data = data[head.end() :]
    marks = data.translate(None, _NO_MARKS)
    if b"<!" in marks or b"<?" in marks:
        return False
    # Marks that stand together may have been apart in the document: it has as many of each.
    if marks.count(b"</") != data.count(b"</"):
        return False
    marks = marks.replace(b"</", b"\1")
    if marks.count(b"/>") != data.count(b"/>"):
        return False
    marks = marks.replace(b"/>", b"\2").translate(None, b"/!?")
    if b'"' * (2 * MAX_ATTRIBUTES) in marks:
        return False
    # Quotes of attributes go in pairs. If anything is left in a tag, its end may be within them.
    marks = marks.replace(b'""', b"")
    opened, empty, closed = marks.count(b"<>"), marks.count(b"<\2"), marks.count(b"\1>")
    if (opened + empty, closed) != (marks.count(b"<"), marks.count(b"\1")):
        return False
    if (opened + closed, empty) != (marks.count(b">"), marks.count(b"\2")):
        return False
    tags = marks.translate(_EMPTY_AS_CLOSED, b"\"'>")
    if not (tags.startswith(b"<") and tags.endswith(b"\1")):
        return False
    # One root: what is within the first and the last tag is whole by itself.
    tags = tags[1:-1]
    for _ in range(MAX_DEPTH - 1):
        if not tags:
            break
        tags = tags.replace(b"<\1", b"")
    return not tags


def _plain(section: re.Match[bytes]) -> bytes:
    """Return CDATA as text, and of a comment or an instruction its line ends."""
    text = section.group()
    if text.startswith(b"<![CDATA["):
        if not text.endswith(b"]]>"):
            return text
        held = text[9:-3]
        return held.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    if not text.endswith((b"-->", b"?>")) or _XML.match(text):
        return text
    return text.translate(None, _NO_LINE_END)


def _check_tags(data: bytes, name: str) -> None:
    depth = 0
    rooted = False
    for token in _TOKEN.finditer(data):
        kind = token.lastgroup
        if kind == "broken":
            raise _fault(
                "a tag has no end; it seems to be cut: fetch it again", data, token.start(), name
            )
        if kind is None:
            continue
        if token["close"]:
            depth -= 1
            continue
        if token.end() - token.start() > _SHORT:
            _check_attributes(token.group(), data, token.start(), name)
        if depth == 0 and rooted:
            raise _fault("a second root element begins; XML has one", data, token.start(), name)
        rooted = True
        depth += not token["empty"]
        if depth > MAX_DEPTH:
            raise _fault(f"nests deeper than {MAX_DEPTH}; write it flat", data, token.start(), name)


def _check_attributes(tag: bytes, data: bytes, place: int, name: str) -> None:
    if _QUOTED.sub(b"", tag).count(b"=") > MAX_ATTRIBUTES:
        raise _fault(
            f"an element has more than {MAX_ATTRIBUTES} attributes; write them as elements",
            data,
            place,
            name,
        )


def _fault(message: str, data: bytes, place: int, name: str) -> DataError:
    return DataError(message, file=name, line=data.count(b"\n", 0, place) + 1)
