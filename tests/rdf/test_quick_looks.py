"""What a quick look calls safe, the scan by patterns accepts: nothing slips by."""

from __future__ import annotations

import json
from unittest.mock import patch

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.errors import DataError
from moagraph.knowledge import KnowledgeBase
from moagraph.rdf import json_check, write, xml_check
from moagraph.rdf.json_check import check_json
from moagraph.rdf.xml_check import check_xml

XML_PARTS = [
    *("<a>", "</a>", "<a/>", '<b c="d">', "</b>", "<b c='d'/>", '<b c="/>">', '<b c=">">'),
    *(
        '<b c="</">',
        '<b c="<">',
        '"',
        "'",
        "/",
        "<",
        ">",
        "=",
        "!",
        "?",
        "<!-- x -->",
        "-->",
        "<!--",
    ),
    *("<?p q?>", "<?", "?>", "<![CDATA[x]]>", "<![CDATA[", "]]>", "<!DOCTYPE a>", "it's", " a/b> "),
    *("/>", "</", "<a/b>", "<a /b>", "< a>", "</ a>", "\x01", "\x02", '<x a="" b="" c="" d="">'),
    *('<x a="1"/>', "\n", '<?xml version="1.0"?>', "<></>", "<a></a>", "<a><b></b></a>", "&lt;"),
]
XML_TREES = st.recursive(
    st.sampled_from(["", "text", "it's", 'a "quote', '<e f="g/h"/>']),
    lambda inner: st.builds(
        lambda tag, parts: tag.replace("HERE", "".join(parts)),
        st.sampled_from(["<a>HERE</a>", '<x:b r="u/v">HERE</x:b>', '<c d="\'">HERE</c>']),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)
JSON_PARTS = [
    *("[", "]", "{", "}", '"', '""', '"a"', '"["', '"]"', '"{a"', ":", ",", "\\", '\\"', '"\\""'),
    *("\\\\", '"@id":"x"', '"@id":"a b"', '"@id" : ["x","y z"]', '"@type":["a","b c"]', "1", " "),
    *('"@context":', '"@context":"http://x"', '"@context":{"a":"http://b"}', '"@context":{"a":[]}'),
    *('"@import":"http://x"', '"@language":"e n"', '"@language":"en"', "\\u0040id", '"@graph":['),
]
JSON_PARTS += [
    '"@id":"http://x/y#z"',
    '"@id":"http://x/y z"',
    '"@type":"http://x/:a b"',
    '"@value":"v"',
]
JSON_TREES = st.recursive(
    st.sampled_from(['"a"', '"[x]"', '"{"', "1", '""', *(f"{{{p}}}" for p in JSON_PARTS[15:])]),
    lambda inner: st.builds(
        lambda form, value: form.replace("HERE", value),
        st.sampled_from(
            ["[HERE]", "[1,HERE]", '{"@id":"x","k":HERE}', '{"@type":HERE}', '{"a]":HERE}']
        ),
        inner,
    ),
    max_leaves=8,
)


def mixed(trees: st.SearchStrategy[str], parts: list[str]) -> st.SearchStrategy[bytes]:
    """Return documents made of parts, and sound ones with a part put in somewhere."""

    def put(text: str, part: str, place: float, length: int) -> str:
        at = int(place * len(text))
        return text[:at] + part + text[at + length :]

    odd = st.sampled_from(["", "", *parts])
    touched = st.builds(put, trees, odd, st.floats(0, 1), st.integers(0, 3))
    loose = st.lists(st.sampled_from(parts), max_size=10).map("".join)
    return (trees | touched | loose).map(str.encode)


def says(check: object, data: bytes) -> str:
    """Return the message of a refusal, "" if there is none."""
    try:
        check(data, "given")  # type: ignore[operator]
    except DataError as error:
        return error.message
    return ""


@settings(max_examples=1_500, deadline=None, derandomize=True)
@given(mixed(XML_TREES.map("<r>{}</r>".format) | XML_TREES, XML_PARTS))
def test_xml_that_is_plainly_safe_is_safe(data: bytes) -> None:
    """With small bounds; a tag without a name is for the parser, which refuses it."""
    with (
        patch.object(xml_check, "MAX_DEPTH", 3),
        patch.object(xml_check, "MAX_ATTRIBUTES", 3),
        patch.object(xml_check, "_SHORT", 10),
    ):
        if not xml_check._is_plainly_safe(data):
            return
        with patch.object(xml_check, "_is_plainly_safe", lambda _data: False):
            message = says(check_xml, data)
    if "no end" in message:
        with pytest.raises(SyntaxError):
            list(ox.parse(data, format=ox.RdfFormat.RDF_XML))
    else:
        assert not message


@settings(max_examples=1_000, deadline=None, derandomize=True)
@given(mixed(JSON_TREES, JSON_PARTS))
def test_json_is_as_deep_by_its_marks_as_by_its_strings(data: bytes) -> None:
    """The look at marks tells the same of any bytes, JSON or not."""
    with patch.object(json_check, "MAX_DEPTH", 3):
        brackets = json_check._STRING.sub(b"", data).translate(None, json_check._NO_BRACKETS)
        for _ in range(3):
            brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        assert json_check._is_deep(data) == bool(brackets)


@settings(max_examples=1_000, deadline=None, derandomize=True)
@given(mixed(JSON_TREES, JSON_PARTS))
def test_bare_json_is_refused_as_any_other(data: bytes) -> None:
    """What is let through unread is refused neither for its contexts nor for its ids."""
    try:
        json.loads(data)
    except ValueError:
        return
    quick = says(check_json, data)
    with patch.object(json_check, "_unsure_ids", lambda _data: None):
        assert says(check_json, data) == quick


@pytest.mark.parametrize("format", ["rdfxml", "jsonld"])
def test_what_we_write_takes_the_quick_way(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patterns are not asked for our own exports."""
    data = write(KnowledgeBase.read(), format).encode()
    if format == "rdfxml":
        assert xml_check._is_plainly_safe(data)
        return
    monkeypatch.setattr(json_check, "_contexts", lambda _data: pytest.fail("was read"))
    check_json(data, "given")


def test_a_term_that_leads_to_a_list_is_no_fault_of_ours() -> None:
    """A context may hold anything; what is no definition is for the parser."""
    check_json(b'{"@context": {"a": ["x"], "b": {"@id": {}}}}', "given")


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 65 + b"</a>" * 65,
        b'<a b="></">' * 65,
        b"<x:a/b>" * 65 + b"</x:a/b>" * 65,
        b"<a>/></a>" + b"<a>" * 65,
        b"<a/><b/>",
        b"<a><b></b></a><c/>",
        b"<!DOCTYPE a><a/>",
        b'<a b="<!DOCTYPE a>"/>',
        b"<a " + b'b="c" ' * 1_001 + b"/>",
    ],
)
def test_what_is_not_plainly_safe(data: bytes) -> None:
    """Depth under cover of quotes and slashes, second roots, types, swarms of attributes."""
    assert not xml_check._is_plainly_safe(data)
