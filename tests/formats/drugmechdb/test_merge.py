"""Claims merge by what they say; records stay known; nothing is lost without a remark."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from moagraph.formats.drugmechdb.evidence import Evidences
from moagraph.formats.drugmechdb.link_keys import rows
from moagraph.formats.drugmechdb.merge import Merge
from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.records import Assertion
from tests.conftest import missing
from tests.formats.drugmechdb.odd import SOUND, read

LINK = "  - {source: GO:0006954, key: causes, target: MESH:D000001}\n"


def merged(tmp_path: Path, *texts: str) -> Merge:
    """Return the graph of some records."""
    records, _ = read(tmp_path, *texts)
    return Merge(records)


def claims(merge: Merge) -> dict[str, Assertion]:
    """Return the claims by what they say."""
    return {f"{a.subject} {a.relation} {a.object}": a for a, _ in merge.assertions()}


def said(merge: Merge) -> list[str]:
    """Return the codes of all remarks."""
    return [r.code for r in merge.remarks]


def test_a_record_becomes_entities_and_claims(tmp_path: Path) -> None:
    """Ids, kinds, relations, signs, ids of the indication as cross-references."""
    merge = merged(tmp_path, SOUND)
    entities = {e.id: e for e in merge.entities()}
    assert [(e.id, e.kind, e.category) for e in entities.values()] == [
        ("mesh:C000001", "drug", "Drug"),
        ("uniprot:P01375", "protein", "Protein"),
        ("GO:0006954", "process", "BiologicalProcess"),
        ("mesh:D000001", "disease", "Disease"),
    ]
    assert entities["mesh:C000001"].xrefs == ("drugbank:DB00001",)
    assert list(claims(merge)) == [
        "mesh:C000001 inhibits uniprot:P01375",
        "uniprot:P01375 increases GO:0006954",
        "GO:0006954 causes mesh:D000001",
    ]
    first = claims(merge)["mesh:C000001 inhibits uniprot:P01375"]
    assert first.id == "mesh.c000001-inhibits-uniprot.p01375"
    assert first.note == "DrugMechDB: decreases activity of"
    assert first.origin.line == 16
    assert said(merge) == []


def test_the_same_claim_of_two_records_is_one_that_knows_both(tmp_path: Path) -> None:
    """The second record differs in drug and disease."""
    other = SOUND.replace("C000001", "C000002").replace("D000001", "D000002")
    other = other.replace("DB00001", "DB00002").replace("testomab", "otherine")
    merge = merged(tmp_path, SOUND, other)
    holders = {a.id: [h.record.id for h in held] for a, held in merge.assertions()}
    assert holders["uniprot.p01375-increases-go.0006954"] == [
        "DB00001_MESH_D000001_1",
        "DB00002_MESH_D000002_1",
    ]
    assert Counter(len(v) for v in holders.values()) == {1: 4, 2: 1}


@pytest.mark.parametrize("row", [r for r in rows() if r.subject == "any"], ids=lambda r: r.key)
def test_every_key_becomes_its_relation(tmp_path: Path, row: object) -> None:
    """In the direction of the cause."""
    from moagraph.formats.drugmechdb.link_keys import LinkKey

    assert isinstance(row, LinkKey)
    text = SOUND.replace("key: positively regulates", f"key: {row.key}")
    merge = merged(tmp_path, text)
    ends = ("uniprot:P01375", "GO:0006954")
    source, target = reversed(ends) if row.reverse else ends
    claim = claims(merge)[f"{source} {row.relation} {target}"]
    assert claim.kind == row.kind
    assert said(merge) == []


def test_a_drug_that_treats_is_an_outcome_and_a_process_that_treats_a_step(
    tmp_path: Path,
) -> None:
    """By the type of the subject and of the object."""
    text = SOUND.replace(LINK, LINK.replace("causes", "treats")) + "# \n"
    text = text.replace(
        "links:\n",
        f"links:\n{LINK.replace('GO:0006954, key: causes', 'MESH:C000001, key: treats')}",
    )
    found = claims(merged(tmp_path, text))
    assert found["GO:0006954 restrains mesh:D000001"].kind == "mechanism"
    assert found["mesh:C000001 treats mesh:D000001"].kind == "outcome"


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (LINK, "duplicate-link"),
        ("  - {source: GO:0006954, key: causes, target: GO:0006954}\n", "self-loop"),
        ("  - {source: GO:0006954, key: frobs, target: MESH:D000001}\n", "unknown-key"),
        ("  - {source: GO:0006954, key: causes, target: HP:0001945}\n", "dangling-link"),
        ("  - {source: GO:0006954, key: causes, target: MESH:null}\n", "link-without-end"),
        (
            "  - {source: GO:0006954, key: affects, target: MESH:D000001, "
            "object_aspect_qualifier: colour, object_direction_qualifier: increased}\n",
            "unknown-qualifiers",
        ),
    ],
)
def test_odd_links_are_said(tmp_path: Path, link: str, code: str) -> None:
    """Unknown keys are kept without a direction; a loop is no claim."""
    merge = merged(tmp_path, SOUND.replace(LINK, LINK + link))
    assert said(merge) == [code]
    (remark,) = merge.remarks
    assert (remark.record, remark.line) == ("DB00001_MESH_D000001_1", 19)
    assert ("GO:0006954 affects mesh:D000001" in claims(merge)) == code.startswith("unknown")


def test_a_qualifier_that_is_not_read_takes_the_direction(tmp_path: Path) -> None:
    """It may turn the sign: less of the subject, more of the object."""
    link = LINK.replace("}", ", subject_direction_qualifier: decreased}")
    merge = merged(tmp_path, SOUND.replace(LINK, link))
    assert set(said(merge)) == {"unknown-field", "unknown-qualifiers"}
    assert "GO:0006954 affects mesh:D000001" in claims(merge)


@pytest.mark.parametrize(("value", "number"), [("true", 2), ("yes", 2), ("false", 3), ("", 3)])
def test_a_negated_link_is_no_claim(tmp_path: Path, value: str, number: int) -> None:
    """What was shown not to happen must not be read as happening; false is no negation."""
    merge = merged(tmp_path, SOUND.replace(LINK, LINK.replace("}", f", negated: {value}}}")))
    assert len(claims(merge)) == number
    assert said(merge) == (["negated-link"] if number == 2 else [])


def test_parallel_links_stay_two_claims_unless_they_say_the_same(tmp_path: Path) -> None:
    """Another relation is another claim; two keys of one relation are one, named in the note."""
    more = LINK.replace("causes", "contributes to") + LINK.replace("causes", "part of")
    more += LINK.replace("causes", "subclass of")
    found = claims(merged(tmp_path, SOUND.replace(LINK, LINK + more)))
    assert {key for key in found if key.startswith("GO:")} == {
        "GO:0006954 causes mesh:D000001",
        "GO:0006954 promotes mesh:D000001",
        "GO:0006954 linked to mesh:D000001",
    }
    assert found["GO:0006954 linked to mesh:D000001"].note == "DrugMechDB: part of, subclass of"


def test_one_id_with_several_names_and_types(tmp_path: Path) -> None:
    """The commonest wins; the others become synonyms, and both are said."""
    other = SOUND.replace("inflammatory response", "Inflammation").replace("_1\n", "_2\n", 1)
    third = SOUND.replace("label: BiologicalProcess", "label: Pathway").replace("_1\n", "_3\n", 1)
    merge = merged(tmp_path, SOUND, other, third)
    entity = next(e for e in merge.entities() if e.id == "GO:0006954")
    assert (entity.label, entity.category) == ("inflammatory response", "BiologicalProcess")
    assert entity.synonyms == ("Inflammation",)
    assert [r.code for r in merge.name_remarks()] == ["several-names", "several-types"]


def test_a_name_that_several_ids_share_is_said(tmp_path: Path) -> None:
    """They stay apart: whoever asks by the name is asked which."""
    merge = merged(tmp_path, SOUND.replace("name: inflammatory response", "name: TESTITIS"))
    (remark,) = merge.name_remarks()
    assert remark.code == "shared-name"
    assert "GO:0006954" in remark.message
    assert "mesh:D000001" in remark.message


def test_ids_that_are_none_get_local_names_and_a_remark(tmp_path: Path) -> None:
    """The claim is kept; the identifier is not invented."""
    merge = merged(tmp_path, SOUND.replace("UniProt:P01375", "UniProt:P0"))
    assert "moa:drugmechdb-uniprot-p0 increases GO:0006954" in claims(merge)
    assert set(said(merge)) == {"malformed-id"}


def test_evidence_is_that_of_the_link_or_the_record(tmp_path: Path) -> None:
    """A cited paper with its stance; else the record, with what it cites as a whole."""
    items = "[{reference: PMID:2, supports: REFUTE, evidence_source: IN_VITRO, snippet: not so}]"
    text = SOUND.replace("target: UniProt:P01375}", f"target: UniProt:P01375, evidence: {items}}}")
    merge = merged(tmp_path, text)
    maker = Evidences()
    rows_ = list(maker.evidence(merge.assertions()))
    assert [(e.about, e.source, e.stance) for e in rows_][:2] == [
        ("mesh.c000001-inhibits-uniprot.p01375", "PMID:2", "refutes"),
        (
            "uniprot.p01375-increases-go.0006954",
            "moa:drugmechdb-db00001-mesh-d000001-1",
            "supports",
        ),
    ]
    assert rows_[0].statement == '"not so"'
    assert "pubmed.ncbi.nlm.nih.gov/1/" in rows_[1].statement
    assert {s.kind for s in maker.sources.values()} == {"primary", "database record"}
    assert len({e.id for e in rows_}) == len(rows_)


def test_all_real_records_account_for_every_link() -> None:
    """Each link is held by a claim, or a remark says why not."""
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if not folder:
        missing("MOAGRAPH_DRUGMECHDB, a folder of DrugMechDB records,")
    assert folder
    merge = Merge(RecordReader().records([folder]))
    held = sum(len(links) for _, links in merge.assertions())
    lost = Counter(r.code for r in merge.remarks)
    unread = lost["duplicate-link"] + lost["self-loop"] + lost["link-without-end"]
    assert merge.links == held + unread
    assert lost["unknown-key"] == 0
    ids = [a.id for a, _ in merge.assertions()]
    assert len(set(ids)) == len(ids)
    known = {e.id for e in merge.entities()}
    assert all({a.subject, a.object} <= known for a, _ in merge.assertions())
