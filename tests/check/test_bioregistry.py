"""The prefix table says what the Bioregistry says; every id of the data fits it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from moagraph.identifiers import prefixes
from moagraph.reading import read_table
from moagraph.resources import data_root
from moagraph.tables import ENTITIES, EVIDENCE, SOURCES

OURS = "moa"
ELSEWHERE = {"icd11.foundation": "icd11"}


@pytest.fixture(scope="module")
def bioregistry() -> Any:
    """Return the Bioregistry; it is needed by the tests alone."""
    import bioregistry

    return bioregistry


@pytest.mark.parametrize("prefix", [p for p in prefixes() if p != OURS])
def test_a_pattern_is_that_of_the_bioregistry(bioregistry: Any, prefix: str) -> None:
    """Word for word; where ids carry a fixed beginning (CVCL_), it is written into ours."""
    resource = bioregistry.get_resource(bioregistry.normalize_prefix(prefix) or ELSEWHERE[prefix])
    theirs = resource.get_pattern()
    ours = prefixes()[prefix].pattern
    if prefix == "cellosaurus":
        theirs = theirs.replace("^", f"^{resource.get_banana()}_")
    assert ours == theirs


def test_prefixes_are_unique_and_no_namespace_hides_another() -> None:
    """An IRI leads back to one prefix."""
    namespaces = [p.namespace for p in prefixes().values()]
    assert len(set(namespaces)) == len(namespaces)
    for prefix in prefixes().values():
        re.compile(prefix.pattern)
        assert prefix.name
        inner = [n for n in namespaces if n != prefix.namespace and n.startswith(prefix.namespace)]
        assert inner == [], prefix


def test_every_id_of_the_built_in_tables_fits_its_pattern() -> None:
    """Ids, cross-references, evidence types and sources, by the patterns just compared."""
    root = data_root()
    entities, _ = read_table(ENTITIES, root / "entities.tsv")
    evidence, _ = read_table(EVIDENCE, root / "evidence.tsv")
    sources, _ = read_table(SOURCES, root / "sources.tsv")
    curies = {e.id for e in entities} | {x for e in entities for x in e.xrefs}
    curies |= {e.eco for e in evidence if e.eco} | {s.id for s in sources}
    patterns = {p: re.compile(row.pattern) for p, row in prefixes().items()}
    bad = []
    for curie in sorted(curies):
        prefix, _, local = curie.partition(":")
        if prefix not in patterns or not patterns[prefix].fullmatch(local):
            bad.append(curie)
    assert bad == []
