"""Plain YAML read by lines says what libyaml says, or nothing."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.errors import DataError
from moagraph.formats import yaml_strings
from moagraph.formats.yaml_blocks import Mapping, read_plain
from tests.conftest import missing

PLAIN = """\
directed: true
graph:
  _id: A_1
links:
- key: increases activity of
  source: MESH:D1
  evidence:
  - reference: https://example.org/a?b=c#d
    snippet: folded over
      several lines [of] text
       of any indentation
- key:
  source: 5-HT2A's {receptor}, "alpha"
comment:
  stands under its key
  and goes on
references:
  - http://example.org/1
  - goes on
    below
last:
"""
NEAR = [
    *("x", "x y", "u:v", "http://a/b", "5'", "x'", "x#y", "x [a]", "~", "<<", "=", "α", "é x"),
    *("a: b", "x:", ":x", "x #y", "#", "'q'", '"q"', "[a]", "{a: b}", "|", ">", "-x", "?x", "? x"),
    *(
        "&a",
        "*a",
        "!t",
        "!!str x",
        "%x",
        "@x",
        "`x",
        "...",
        "---",
        "--- x",
        "x\ty",
        "x ",
        " x",
        ",",
    ),
    *("x\r", "\r", "x\x85y", "x\u2028y", "\ufeffx", "x\xa0", "\x07", "\x7f", "😀"),
]
MARKS = ["", "", "", "- ", "- ", "- - ", "-", "-  ", "? "]
KEYS = ["", "a:", "a: ", "b: ", "c: ", "a:  ", "a :", "'a': ", "a b: ", "é: ", "1: "]
LINES = st.builds(
    lambda indent, mark, key, text: " " * indent + mark + key + text,
    st.sampled_from([0, 0, 0, 1, 2, 2, 3, 4, 4, 6]),
    st.sampled_from(MARKS),
    st.sampled_from(KEYS),
    st.sampled_from(["", "x", "x", *NEAR]),
)
TEXTS = st.builds(
    lambda lines, end: "\n".join(lines) + end,
    st.lists(LINES, max_size=8),
    st.sampled_from(["", "\n", "\n\n", "\r\n", "\n..."]),
)
PLACES = [
    *("HERE", "a: HERE", "a:\n  HERE", "a: x\n  HERE", "a: x\nHERE", "a:\n- HERE", "HERE: x"),
    *("- HERE", "- a: HERE", "- a: x\n  HERE", "- x\n  HERE", "a:\n  b: x\n  HERE", "a:\nHERE"),
    *("a:\n  b:\n    HERE", "a:\n  b:\n  HERE", "a:\n- b:\n  HERE", "a:\n  - x\n  HERE"),
]
WORDS = st.text("abcxyzABC", min_size=1, max_size=8).map("w".__add__)
CONTENT = st.recursive(
    WORDS | st.lists(WORDS, min_size=2, max_size=30).map(" ".join),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(WORDS, inner, min_size=1, max_size=4)
    ),
    max_leaves=20,
)


def by_libyaml(data: bytes) -> list[yaml_strings.Value] | None:
    """Return the documents that libyaml reads, None if it refuses."""
    with patch.object(yaml_strings, "read_plain", lambda _data: None):
        try:
            return yaml_strings.read_documents(data, "given")
        except DataError:
            return None


def with_lines(value: object) -> object:
    """Return a value in which mappings are lists of their line and items, in order."""
    if isinstance(value, Mapping):
        return [value.line, *((key, with_lines(each)) for key, each in value.items())]
    return [with_lines(each) for each in value] if isinstance(value, list) else value


def check(data: bytes) -> bool:
    """Assert that what is read by lines is what libyaml reads; tell whether it was read."""
    found = read_plain(data)
    if found is None:
        return False
    assert [with_lines(found)] == with_lines(by_libyaml(data))
    return True


def test_plain_text_is_read() -> None:
    """Both ways to write a list, folded text, keys without a value."""
    assert check(PLAIN.encode())
    found = read_plain(PLAIN.encode())
    assert isinstance(found, dict)
    assert found["links"][0]["evidence"][0]["snippet"] == (
        "folded over several lines [of] text of any indentation"
    )
    assert (found["links"][1]["key"], found["last"]) == ("", "")
    assert found["comment"] == "stands under its key and goes on"
    assert [link.line for link in found["links"]] == [5, 12]


@pytest.mark.parametrize("place", PLACES)
def test_each_odd_text_in_each_place_is_read_as_libyaml_does_or_not_at_all(place: str) -> None:
    """Each is read by itself and before more text, with each end of line."""
    for text in (*NEAR, *KEYS, *(mark + key for mark in MARKS for key in KEYS)):
        for end in ("", "\n", "\r\n", " \n", "\nb: y\n", "\n  b: y\n", "\n- y\n", "\n  y\n"):
            check((place.replace("HERE", text) + end).encode())


@settings(max_examples=500, deadline=None, derandomize=True)
@given(TEXTS)
def test_near_misses_are_read_as_libyaml_does_or_not_at_all(text: str) -> None:
    """Odd lines in every combination: the same values and lines, or left alone."""
    check(text.encode())


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_a_sound_text_with_odd_places_is_read_as_libyaml_does(data: st.DataObject) -> None:
    """A few characters put into, or in place of, those of a plain text."""
    text = PLAIN
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        put = data.draw(st.sampled_from([*NEAR, *MARKS, *KEYS, "\n", "\n  ", " ", "  ", ": "]))
        text = text[:place] + put + text[place + data.draw(st.integers(0, 3)) :]
    check(text.encode())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(CONTENT, st.integers(20, 90))
def test_plain_content_is_never_left_to_libyaml(value: object, width: int) -> None:
    """What PyYAML writes of words, folded at any width, is read here."""
    if isinstance(value, str):
        return
    written = yaml.safe_dump(value, width=width)
    if "- - " not in written:
        assert check(written.encode())
        assert read_plain(written.encode()) == value


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"a", b"a\nb", b"a: \xff", b"a: \xed\xa0\x80", b"a: \x00"]
)
def test_what_is_no_plain_document_is_left_alone(data: bytes) -> None:
    """No text, a scalar alone, bytes that are no characters."""
    assert read_plain(data) is None


def test_what_is_deep_or_folded_without_end_is_left_alone() -> None:
    """Too deep is refused by the other side; a long text would be copied with every line."""
    deep = "".join(f"{' ' * n}a:\n" for n in range(60))
    assert read_plain(deep.encode()) is None
    assert by_libyaml(deep.encode()) is None
    assert read_plain(b"a: b\n" + b" c\n" * 20_000) is None


def test_lines_count_on_beyond_a_piece_of_a_long_text() -> None:
    """A text is taken apart piece by piece."""
    data = b"".join(b"- a: number %d\n  b: text\n" % n for n in range(10_000))
    found = read_plain(data)
    assert isinstance(found, list)
    assert [item.line for item in found] == list(range(1, 20_001, 2))
    assert read_plain(data + b"- a: 'quoted'\n") is None


def test_real_records_are_read_as_libyaml_does() -> None:
    """All of them the same, and nearly all of them by lines."""
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if not folder:
        missing("MOAGRAPH_DRUGMECHDB, a folder of DrugMechDB records,")
        return
    read = [check(path.read_bytes()) for path in sorted(Path(folder).glob("*.yaml"))]
    assert sum(read) > 0.95 * len(read)
