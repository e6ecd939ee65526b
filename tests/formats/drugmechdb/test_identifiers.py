"""Identifiers become CURIEs of the prefix table, or stay what they are and are said to."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.formats.drugmechdb.identifiers import denormalise, normalise
from moagraph.identifiers import CURIE_PATTERN, prefixes


@pytest.mark.parametrize(
    ("written", "curie"),
    [
        ("DB:DB00480", "drugbank:DB00480"),
        ("MESH:D009101", "mesh:D009101"),
        ("taxonomy:9606", "NCBITaxon:9606"),
        ("reactome:R-HSA-75893", "reactome:R-HSA-75893"),
        ("REACT:R-HSA-75893", "reactome:R-HSA-75893"),
        ("UniProt:Q96SW2", "uniprot:Q96SW2"),
        ("UniProt:Q07817-1", "uniprot.isoform:Q07817-1"),
        ("TIGR:TIGR00654", "tigrfam:TIGR00654"),
        ("Pfam:PF00001", "pfam:PF00001"),
        ("InterPro:IPR001321", "interpro:IPR001321"),
        ("GO:0006954", "GO:0006954"),
    ],
)
def test_a_sound_id_is_normalised(written: str, curie: str) -> None:
    """Without a word; all but the second name of a prefix can be written back."""
    assert normalise(written) == (curie, "", True)
    if not written.startswith("REACT"):
        assert denormalise(curie) == written


@pytest.mark.parametrize(
    ("written", "curie"),
    [
        ("MESH: D007249", "mesh:D007249"),
        (" GO:0006954 ", "GO:0006954"),
        ("CHEBI:CHEBI:26523", "CHEBI:26523"),
        ("reactome:R-HSA-629587\ufeff", "reactome:R-HSA-629587"),
    ],
)
def test_blanks_and_repetitions_are_mended_aloud(written: str, curie: str) -> None:
    """The identifier is beyond doubt; the slip is named."""
    found = normalise(written)
    assert (found.curie, found.known) == (curie, True)
    assert found.problem


@pytest.mark.parametrize(
    "written",
    [
        "DB:B02362",
        "InterPro:SSF50353",
        "UniProt:P3535",
        "TIGR:02074",
        "FOO:1",
        "aspirin",
        "MESH:D1,D2",
    ],
)
def test_what_no_pattern_fits_is_kept_under_a_local_name(written: str) -> None:
    """Never mended by guessing."""
    found = normalise(written)
    assert found.curie.startswith("moa:drugmechdb-")
    assert found.problem
    assert not found.known


@pytest.mark.parametrize("written", ["", "null", "MESH:null", "MESH:", "~", "N/A"])
def test_what_names_nothing_is_nothing(written: str) -> None:
    """No entity is made of it."""
    assert normalise(written)[0::2] == ("", False)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=20) | st.from_regex(r"(MESH|GO|UniProt|x):[A-Z0-9 :]{0,9}", fullmatch=True))
def test_any_text_gives_a_valid_curie_or_none(text: str) -> None:
    """Whatever a file holds, what comes out fits the pattern of its prefix."""
    found = normalise(text)
    if found.curie:
        assert CURIE_PATTERN.match(found.curie)
        prefix, _, local = found.curie.partition(":")
        assert re.fullmatch(prefixes()[prefix].pattern, local)
