"""YAML is read as text, and hostile YAML is refused with its line."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.errors import DataError
from moagraph.formats import yaml_strings
from moagraph.formats.yaml_blocks import Mapping
from moagraph.formats.yaml_strings import read_bytes, read_documents

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


def read(text: str) -> yaml_strings.Value:
    """Return the one document of a text."""
    (document,) = read_documents(text.encode(), "given")
    return document


@pytest.mark.parametrize(
    "scalar",
    ["NO", "yes", "012", "1e3", "12:30:45", "2021-03-04", "null", "~", "0x1F", ".inf", "1_000"],
)
def test_a_scalar_stays_what_was_typed(scalar: str) -> None:
    """YAML 1.1 makes booleans, numbers, dates and nothing of these."""
    assert read(f"- {scalar}\n- '{scalar}'\n") == [scalar, scalar]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(VALUES)
def test_what_pyyaml_writes_is_read_back(value: object) -> None:
    """Text, lists and mappings of text come back as they were, shared parts and all."""
    assert read(yaml.safe_dump([value, value], allow_unicode=True)) == [value, value]


def test_a_mapping_knows_its_line() -> None:
    """Lines count from one and are those of the first key."""
    document = read("# a\na:\n  - b: c\n  - d: e\n")
    assert isinstance(document, Mapping)
    assert document.line == 2
    assert [item.line for item in document["a"]] == [3, 4]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "key 'a' twice"),
        ("a: !!python/object/apply:os.system [true]\n", 1, "tags are not read"),
        ("a: b\nc: !evil d\n", 2, "tags are not read"),
        ("? [a, b]\n: c\n", 1, "as a key"),
        ("a: *b\n", 1, "before its anchor"),
        ("a: &a [*a]\n", 1, "before its anchor"),
        ("a: b: c\n", 1, "no valid YAML"),
        ("a: [b\n", 2, "no valid YAML"),
        ("[" * 60 + "]" * 60, 1, "nested more than"),
        ("[" * 20_000, 1, "nest"),
        ("{a: " * 500, 1, "nest"),
    ],
)
def test_what_is_refused_names_its_line(text: str, line: int, words: str) -> None:
    """One clear message with file and line, for each kind of refusal."""
    with pytest.raises(DataError, match=words) as caught:
        read(text)
    assert (caught.value.file, caught.value.line) == ("given", line)


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    """Ten levels of nine are three thousand million values."""
    levels = ["a0: &a0 [" + "x," * 9 + "]"]
    levels += [f"a{n}: &a{n} [" + f"*a{n - 1}," * 9 + "]" for n in range(1, 10)]
    with pytest.raises(DataError, match="unfold beyond"):
        read("\n".join(levels))


@pytest.mark.parametrize("data", [b"a: \x07", b"\xff\xfea", b"a: \xc3\x28", b"\x00", b"%YAML 9.9"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    """Control characters, broken encodings, unknown versions."""
    with pytest.raises(DataError):
        read_documents(data, "given")


def test_utf_16_and_a_byte_order_mark_are_read() -> None:
    """Editors leave them."""
    assert read_documents("a: ü".encode("utf-16"), "given") == [{"a": "ü"}]
    assert read_documents("\ufeffa: ü".encode(), "given") == [{"a": "ü"}]


def test_only_regular_files_of_a_bearable_size_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folder, no pipe, nothing that is missing, nothing that is too large."""
    os.mkfifo(tmp_path / "pipe")
    large = tmp_path / "large.yaml"
    large.write_bytes(b"a: b")
    monkeypatch.setattr(yaml_strings, "MAX_BYTES", 3)
    for path, words in (
        (tmp_path, "regular file"),
        (tmp_path / "pipe", "regular file"),
        (tmp_path / "none", "cannot be read"),
        (large, "the limit"),
    ):
        with pytest.raises(DataError, match=words):
            read_bytes(path)
    with pytest.raises(DataError, match="cannot be read"):
        read_bytes("a\0b")


def test_gzip_is_unpacked_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sound files are read, and joined ones; cut, swollen and damaged ones are refused."""
    path, packed = tmp_path / "a.yaml.gz", gzip.compress(b"a: b")
    path.write_bytes(packed)
    assert read_bytes(path) == b"a: b"
    path.write_bytes(packed + gzip.compress(b"\nc: d") + b"\0" * 512)
    assert read_bytes(path) == b"a: b\nc: d"
    for data, words in (
        (packed[:-4], "cut short"),
        (packed + b"tail", "damaged gzip"),
        (packed[:6] + b"xxxxxxxxxx", "damaged gzip"),
    ):
        path.write_bytes(data)
        with pytest.raises(DataError, match=words):
            read_bytes(path)
    path.write_bytes(gzip.compress(b"x" * 5_000_000))
    monkeypatch.setattr(yaml_strings, "MAX_BYTES", 1_000_000)
    with pytest.raises(DataError, match="unpacks to more"):
        read_bytes(path)


def test_the_parser_in_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was built without libyaml."""
    text = "a: [b, {c: NO}]\nd: &x 'e'\nf: *x\n"
    fast = read(text)
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert read(text) == fast == {"a": ["b", {"c": "NO"}], "d": "e", "f": "e"}
