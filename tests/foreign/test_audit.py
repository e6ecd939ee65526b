"""The audit finds each kind of fault, and of the real records what is known of them."""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise

import pytest

from moagraph.errors import DataError, QuestionError, UnknownName
from moagraph.foreign.audit import RecordAudit, audit_records
from moagraph.foreign.codes import CODES
from moagraph.foreign.compare import compare_record
from moagraph.foreign.finding import RecordFinding
from moagraph.foreign.paths import record_paths
from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.formats.drugmechdb.records import DrugMechRecord, Node, Remark
from moagraph.knowledge import KnowledgeBase
from tests.conftest import missing
from tests.foreign.small import SOUND, audit, codes, record

THALIDOMIDE = "DB01041_MESH_D009101_1"
LENALIDOMIDE = "DB00480_MESH_D009101_1"
MANTLE = "DB00480_MESH_D020522_1"
POMALIDOMIDE = "DB08910_MESH_D009101_1"


def test_a_sound_record_has_no_fault() -> None:
    """It nets negative; only its predicates are old."""
    report = audit(record(*SOUND))
    assert {f.code for f in report.findings} == {"old-predicate"}
    assert report.records[0].net == "negative"
    assert not report.fails("error")
    assert report.fails("warn")
    assert not report.fails("none")


POSITIVE = (*SOUND[:2], "inflammation -negatively correlated with-> disease")
BRANCH = (
    "drug -increases activity of-> vegf",
    "vegf -positively regulates-> angiogenesis",
    "angiogenesis -causes-> disease",
)


@pytest.mark.parametrize(
    ("links", "code"),
    [
        (POSITIVE, "net-positive"),
        ((*SOUND, *BRANCH), "net-positive"),
        ((SOUND[0], SOUND[2]), "no-path"),
        ((SOUND[0], SOUND[2]), "disconnected"),
        ((*SOUND[:2], "inflammation -causes-> fever"), "missing-end"),
        ((*SOUND, "inflammation -causes-> tnf"), "cycle"),
        ((*SOUND, "tnf -positively regulates-> tnf"), "self-loop"),
        ((*SOUND, SOUND[1]), "duplicate-link"),
        ((*SOUND[:2], "inflammation -treats-> disease"), "type-violation"),
        ((*SOUND, "drug -negatively regulates-> angiogenesis", BRANCH[2]), "short-circuit"),
        ((*SOUND, "drug -treats-> disease"), "treats-shortcut"),
        ((*SOUND[:2], "inflammation -frobs-> disease"), "unknown-key"),
        ((*SOUND[:2], "inflammation -correlated with-> disease"), "open-sign"),
        ((*SOUND[:2], "inflammation -caused by-> disease"), "open-sign"),
        ((*SOUND, "tnf -causes-> fever"), "off-path"),
        (("drug -treats-> disease",), "length"),
    ],
)
def test_each_fault_of_the_links_is_found(links: tuple[str, ...], code: str) -> None:
    """The code is there, and a sound record does not have it."""
    assert code in codes(record(*links))
    assert code not in codes(record(*SOUND))


def test_the_link_that_breaks_a_path_is_named() -> None:
    """The last that lowers; where a sound path shares it, the last that none shares."""
    (finding,) = audit(record(*POSITIVE), only=("net-positive",)).findings
    assert finding.link == "inflammation -[negatively correlated with]-> Testitis"
    assert finding.path == (
        "testomab -[decreases activity of -]-> TNF -[positively regulates +]-> inflammation "
        "-[negatively correlated with -]-> Testitis = +"
    )
    assert "here the fall that the drug causes turns into a rise" in finding.message
    assert finding.line == 12
    shared = record(
        "drug -increases activity of-> vegf",
        "vegf -decreases activity of-> inflammation",
        "drug -decreases activity of-> tnf",
        "tnf -increases activity of-> inflammation",
        "inflammation -prevents-> fever",
        "fever -prevents-> disease",
    )
    assert audit(shared, only=("net-positive",)).findings == ()
    mixed = record(
        "drug -increases activity of-> vegf",
        "vegf -positively regulates-> inflammation",
        "drug -decreases activity of-> tnf",
        "tnf -positively regulates-> inflammation",
        "inflammation -prevents-> disease",
    )
    (finding,) = audit(mixed, only=("net-positive",)).findings
    assert finding.link == "testomab -[decreases activity of]-> TNF"


def test_nothing_that_lowers_is_named_as_such() -> None:
    """All signs plus: the first link is where it begins."""
    (finding,) = audit(record(*BRANCH), only=("net-positive",)).findings
    assert finding.link == "testomab -[increases activity of]-> VEGFA"
    assert "nothing on the path lowers anything" in finding.message


def test_a_contraindication_may_net_positive() -> None:
    """The curation guide marks such records by their comment."""
    marked = record(*POSITIVE)._replace(comment="Contraindication: see label")
    assert "net-positive" not in codes(marked)


def test_copies_name_each_other() -> None:
    """The same drug and links with another disease, and with the same."""
    other = record(*SOUND[:2], "inflammation -causes-> other", disease="other", record_id="R2")
    report = audit(record(*SOUND), other, only=("copy",))
    assert [f.record for f in report.findings] == ["R1", "R2"]
    assert "R2 (Probosis)" in report.findings[0].message
    again = record(*reversed(SOUND), record_id="R3")
    assert codes(record(*SOUND), again) == ["duplicate-record"] * 2
    assert "copy" not in codes(record(*SOUND), record(*POSITIVE, record_id="R4"))


def test_faults_of_nodes_ids_and_sources_are_found() -> None:
    """Types, prefixes, ids, evidence, references, and what the reader said."""
    base = record(*SOUND)
    odd = Node("UniProt:P01375", "Disease", "TNF")
    assert codes(base._replace(nodes=(base.nodes[0], odd, *base.nodes[2:])))[-1] == "label-prefix"
    bad = base._replace(drugbank="DB:B1")
    assert codes(bad) == ["malformed-id"]
    lost = base._replace(nodes=base.nodes[:2] + base.nodes[3:])
    assert codes(lost).count("dangling-link") == 2
    bare = base._replace(links=tuple(one._replace(evidence=()) for one in base.links))
    assert codes(bare) == ["no-evidence"]
    assert codes(bare._replace(references=())) == ["no-evidence", "no-reference"]
    weak = ("https://en.wikipedia.org/wiki/X", "https://go.drugbank.com/drugs/DB1")
    assert codes(bare._replace(references=weak)) == ["no-evidence", "weak-reference"]
    # A link that cites a paper is a citation of the record, too.
    assert codes(base._replace(references=())) == codes(base._replace(references=weak)) == []
    assert codes(base._replace(references=("Smith 1990, a book",))) == ["odd-reference"]
    said = (Remark("misspelt-field", "'refrences', read as 'references'", line=3),)
    assert codes(base._replace(remarks=said)) == ["form"]
    retired = record("drug -decreases activity of-> GO:0036473", "GO:0036473 -causes-> disease")
    assert "retired-id" in codes(retired)


def test_newer_links_are_read_by_what_they_spell() -> None:
    """`affects` with activity decreased is the old `decreases activity of`, and is no old key."""
    base = record(*SOUND)
    first = base.links[0]._replace(key="affects", aspect="activity", direction="decreased")
    newer = base._replace(links=(first, *base.links[1:]))
    assert record_paths(newer).net == "negative"
    found = [f.message for f in audit(newer).findings]
    assert found == [
        "'positively regulates'; Biolink 4.4.4 has: regulates with "
        "object_direction_qualifier=increased"
    ]


def test_empty_records_are_audited() -> None:
    """Nothing is raised, and the ends are missing."""
    empty = DrugMechRecord("E", "", "", "", "", "", (), ())
    report = audit(empty)
    assert {f.code for f in report.findings} == {"missing-end", "no-reference"}
    assert report.records[0].net == "no path"


def test_a_record_with_too_many_paths_is_cut_and_said() -> None:
    """Layers of nodes that all lead on: the search ends."""
    layers = [
        ["drug"],
        *([f"UniProt:P0{n}{m:03}" for m in range(8)] for n in range(6)),
        ["disease"],
    ]
    links = [
        f"{a} -positively regulates-> {b}"
        for one, two in pairwise(layers)
        for a in one
        for b in two
    ]
    assert "too-many-paths" in codes(record(*links))


def test_a_record_beyond_all_size_is_said_and_passed_over() -> None:
    """Ten thousand links; the others are audited."""
    large = record(*(f"UniProt:P{n} -causes-> UniProt:P{n + 1}" for n in range(10_000)))
    assert codes(large, record(*SOUND, record_id="R2")) == ["too-large"]
    with pytest.raises(DataError, match="too large"):
        compare_record(KnowledgeBase.read(), large)


def test_only_record_and_wrong_names() -> None:
    """What is asked for by name must exist."""
    one, two = record(*SOUND), record(*POSITIVE, record_id="R22")
    report = audit_records([one, two], record=["R22"], only=["net-positive", "copy"])
    assert [r.id for r in report.records] == ["R22"]
    assert list(report.counts) == ["net-positive", "copy"]
    with pytest.raises(QuestionError, match="no code 'frob'"):
        audit_records([one], only=["frob"])
    with pytest.raises(UnknownName) as caught:
        audit_records([one, two], record=["R2"])
    assert caught.value.suggestions == ("R22",)


def test_the_report_says_all_in_each_form() -> None:
    """Counts for every code, rows as columns, the rule and the table in JSON."""
    report = audit(record(*POSITIVE))
    assert set(report.counts) == set(CODES)
    assert all(len(row) == len(report.columns) for row in report.rows())
    values = report.to_dict()
    assert values["net"] == {"negative": 0, "positive": 1, "mixed": 0, "open": 0, "no path": 0}
    assert values["counts"]["net-positive"] == {"findings": 1, "records": 1}
    assert "curation guide" in values["rule"]
    assert "predicate_polarity.yaml" in values["sign_table"]
    text = report.to_markdown()
    assert "| error | A path from the drug to the disease nets positive" in text
    sections = [code for code, (number, _) in report.counts.items() if number]
    assert [line[4:] for line in text.splitlines() if line.startswith("### ")] == sections
    assert text.count("| R1 |") == len(report.findings)


# -- the real records --------------------------------------------------------


@cache
def real() -> RecordAudit:
    """Return the audit of the real records."""
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if not folder:
        missing("MOAGRAPH_DRUGMECHDB, a folder of DrugMechDB records,")
    assert folder
    reader = RecordReader()
    return audit_records(list(reader.records([folder])), remarks=reader.remarks)


def of(record_id: str, code: str) -> list[RecordFinding]:
    """Return the findings of a real record."""
    return [f for f in real().findings if (f.record, f.code) == (record_id, code)]


def test_thalidomide_nets_positive_through_cereblon() -> None:
    """Is DB01041_MESH_D009101_1 sound? No: the path and the link are named."""
    (finding,) = of(THALIDOMIDE, "net-positive")
    assert finding.path == (
        "thalidomide -[decreases activity of -]-> Protein cereblon -[positively regulates +]-> "
        "protein ubiquitination -[negatively correlated with -]-> cell division "
        "-[positively correlated with +]-> cell population proliferation "
        "-[positively correlated with +]-> Multiple myeloma = +"
    )
    assert finding.link == "protein ubiquitination -[negatively correlated with]-> cell division"
    other = "thalidomide -[decreases activity of]-> Protein cereblon"
    assert finding.message.endswith(f"what lowers before or after: {other}")
    (summary,) = [r for r in real().records if r.id == THALIDOMIDE]
    assert (summary.paths, summary.negative, summary.positive) == (6, 5, 1)
    assert summary.net == "mixed"


def test_lenalidomide_short_circuits_and_a_process_treats() -> None:
    """8 of 10 paths skip cereblon; natural killer cells `treat`."""
    (short,) = of(LENALIDOMIDE, "short-circuit")
    assert "Lenalidomide -> Angiogenesis -> Multiple myeloma, and 7 more" in short.message
    (types,) = of(LENALIDOMIDE, "type-violation")
    assert "'treats' has a BiologicalProcess as subject" in types.message
    (summary,) = [r for r in real().records if r.id == LENALIDOMIDE]
    assert (summary.nodes, summary.links, summary.paths, summary.net) == (13, 21, 10, "negative")


def test_the_mantle_cell_record_is_a_copy() -> None:
    """Only the disease differs, and each names the other."""
    assert MANTLE in of(LENALIDOMIDE, "copy")[0].message
    assert f"{LENALIDOMIDE} (Multiple myeloma)" in of(MANTLE, "copy")[0].message


def test_five_predicates_of_lenalidomide_are_gone_from_biolink() -> None:
    """Each with the form that Biolink 4.4.4 has."""
    found = {f.message.split("'")[1]: f.message for f in of(LENALIDOMIDE, "old-predicate")}
    assert set(found) == {
        "negatively regulates",
        "positively regulates",
        "decreases activity of",
        "molecularly interacts with",
        "increases degradation of",
    }
    assert "directly physically interacts with" in found["molecularly interacts with"]
    assert "object_aspect_qualifier=degradation" in found["increases degradation of"]


def test_bone_resorption_does_not_occur_in_myeloma() -> None:
    """Pomalidomide's record has a disease as a place."""
    (finding,) = of(POMALIDOMIDE, "type-violation")
    assert finding.link == "Bone resorption -[occurs in]-> Multiple myeloma"


def test_no_link_of_any_record_has_evidence() -> None:
    """None of 8,280."""
    assert real().counts["no-evidence"] == (1214, 1214)


def test_the_counts_of_all_records() -> None:
    """What the 1,214 records hold; a change of a rule shows here."""
    assert real().nets == {"negative": 1078, "positive": 16, "mixed": 10, "open": 110, "no path": 0}
    found = {code: records for code, (_, records) in real().counts.items() if records}
    assert found["net-positive"] == 25
    assert found["self-loop"] == 1
    assert found["copy"] == 174
    assert found["short-circuit"] == 22
    assert real().counts["duplicate-link"][0] == 11
