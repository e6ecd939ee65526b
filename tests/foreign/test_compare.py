"""A foreign record beside our graph: each section, on small graphs and on the real records."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from moagraph.foreign.compare import compare_record
from moagraph.foreign.comparison import SECTIONS, RecordComparison
from moagraph.formats.drugmechdb.reader import RecordReader
from moagraph.formats.drugmechdb.records import DrugMechRecord, Node
from moagraph.graph import Graph
from moagraph.knowledge import KnowledgeBase
from moagraph.records import Assertion, Entity, Evidence, MachinePart, Source
from moagraph.tables import Tables
from moagraph_cli.main import cli
from tests.conftest import missing
from tests.foreign.small import record

ENTITIES = (
    Entity("CHEBI:1", "testomab", "SmallMolecule", "drug", xrefs=("mesh:C1",)),
    Entity("uniprot:P01375", "TNF", "Protein", "protein", members=("moa:tnf-degron",)),
    Entity("uniprot:P15692", "VEGFA", "Protein", "protein", xrefs=("PR:P15692",)),
    Entity("moa:tnf-degron", "TNF degron", "NamedThing", "feature"),
    Entity("moa:ligase", "ligase", "MacromolecularComplex", "complex", members=("uniprot:P15692",)),
    Entity("GO:0006954", "inflammation", "BiologicalProcess", "process"),
    Entity("GO:0001525", "angiogenesis", "BiologicalProcess", "process"),
    Entity("MONDO:1", "Testitis", "Disease", "disease", xrefs=("mesh:D1",)),
)


def kb(*claims: Assertion) -> KnowledgeBase:
    """Return a knowledge base with these claims, each supported by a paper."""
    return KnowledgeBase(
        Tables(
            entities=ENTITIES,
            assertions=claims,
            evidence=tuple(Evidence(f"{c.id}.e", c.id, "PMID:7") for c in claims),
            sources=(Source("PMID:7", pmid="7", first_author="Doe J", year="2020"),),
            machines=(MachinePart("moa:ligase", 1, "uniprot:P15692"),),
        )
    )


def claim(text: str, **rest: Any) -> Assertion:
    """Return the claim of `a relation b` with short names."""
    names = {
        "drug": "CHEBI:1",
        "tnf": "uniprot:P01375",
        "vegf": "uniprot:P15692",
        "inflammation": "GO:0006954",
        "angiogenesis": "GO:0001525",
        "disease": "MONDO:1",
    }
    first, *middle, last = text.split()
    return Assertion(text.replace(" ", "-"), names[first], " ".join(middle), names[last], **rest)


def sections(base: KnowledgeBase, *links: str) -> list[tuple[str, str]]:
    """Return section and note of each step of a comparison."""
    return [(s.section, s.note) for s in compare_record(base, record(*links)).steps]


def test_the_same_step_is_in_common_with_its_evidence() -> None:
    """Found through the cross-reference of the drug."""
    found = compare_record(
        kb(claim("drug inhibits tnf")), record("drug -decreases activity of-> tnf")
    )
    (step,) = found.steps
    assert (step.section, step.claims) == ("common", ("drug-inhibits-tnf",))
    assert step.references == ("Doe J 2020, PMID:7",)
    assert found.drug.id == "CHEBI:1"


@pytest.mark.parametrize(
    ("ours", "rest", "note"),
    [
        ("drug activates tnf", {}, "the opposite sign"),
        ("drug inhibits tnf", {"polarity": "negated"}, "shown not to happen"),
        (
            "tnf confers sensitivity to drug",
            {"kind": "gate"},
            "the drug needs it: without it the drug does less",
        ),
    ],
)
def test_what_our_graph_contradicts(ours: str, rest: dict[str, str], note: str) -> None:
    """The opposite sign, a negated claim, and a target that the drug needs."""
    base = kb(claim(ours, **rest))
    assert sections(base, "drug -decreases activity of-> tnf") == [("contradicting", note)]


def test_a_refuted_claim_is_no_agreement() -> None:
    """All evidence speaks against it."""
    refuted = claim("drug inhibits tnf")
    base = KnowledgeBase(
        Tables(
            entities=ENTITIES,
            assertions=(refuted,),
            evidence=(Evidence("e", refuted.id, "PMID:7", "refutes"),),
            sources=(Source("PMID:7", pmid="7"),),
        )
    )
    found = sections(base, "drug -decreases activity of-> tnf")
    assert found == [("contradicting", "all evidence refutes it")]


def test_agreement_that_something_speaks_against_is_said() -> None:
    """Both of our claims are shown."""
    base = kb(claim("drug inhibits tnf"), claim("drug activates tnf", cell="moa:x"))
    ((section, note),) = sections(base, "drug -decreases activity of-> tnf")
    assert section == "common"
    assert note.startswith("spoken against by: testomab activates TNF")


def test_a_condition_that_the_record_leaves_out() -> None:
    """Ours by a machine and a degron; theirs bare, and by the machine's part alone."""
    glue = claim("drug increases degradation of tnf", via="moa:ligase", requires="moa:tnf-degron")
    base = kb(glue)
    assert sections(base, "drug -increases degradation of-> tnf") == [
        ("unconditional", "ours needs: ligase, TNF degron")
    ]
    assert sections(base, "vegf -increases degradation of-> tnf")[0] == (
        "unconditional",
        "VEGFA takes part here, and does it only with: testomab, ligase, TNF degron",
    )
    assert sections(base, "vegf -increases activity of-> tnf")[0][0] == "theirs-only"


def test_a_longer_path_of_ours_counts() -> None:
    """With its sign, for and against."""
    base = kb(claim("tnf increases angiogenesis"), claim("angiogenesis sustains disease"))
    assert sections(base, "tnf -causes-> disease") == [("common", "ours in 2 steps")]
    assert sections(base, "tnf -prevents-> disease") == [
        ("contradicting", "by our 2 steps it rises")
    ]


def test_touching_without_a_sign() -> None:
    """Binding is in common with binding, and differs from inhibition."""
    base = kb(claim("drug binds tnf"))
    assert sections(base, "drug -molecularly interacts with-> tnf") == [("common", "")]
    assert sections(base, "drug -decreases activity of-> tnf")[0][0] == "differs"


def test_a_reverse_key_is_turned() -> None:
    """`caused by` leads from the target."""
    base = kb(claim("tnf causes disease"))
    assert sections(base, "disease -caused by-> tnf") == [("common", "")]


def test_what_only_one_side_has() -> None:
    """Unknown ends, steps of theirs, steps of ours with what they need."""
    base = kb(
        claim("drug increases degradation of tnf", via="moa:ligase"),
        claim("tnf sustains disease"),
    )
    found = compare_record(
        base,
        record(
            "drug -decreases activity of-> GO:0001525",
            "GO:0001525 -causes-> HP:0001945",
            "HP:0001945 -causes-> disease",
        ),
    )
    assert found.counts == {
        **dict.fromkeys(SECTIONS, 0),
        "missing": 2,
        "theirs-only": 1,
        "unmapped": 2,
    }
    assert [e.label for e in found.missing_entities] == ["TNF", "ligase", "VEGFA"]
    assert found.in_section("missing")[0].note == "not in the record: TNF, ligase, VEGFA"
    assert found.exit_code == 1


def test_a_name_leads_to_an_entity_of_a_like_kind_alone() -> None:
    """Without a known id; the name of a process is no protein."""
    base = record("drug -decreases activity of-> X:1")
    for label, entity in (("Protein", "uniprot:P01375"), ("Disease", "")):
        nodes = (base.nodes[0], Node("X:1", label, "tnf"))
        found = compare_record(kb(), base._replace(nodes=nodes))
        mapped = found.nodes[1]
        assert (mapped.entity.id if mapped.entity else "") == entity
        assert mapped.by == ("name" if entity else "")


def test_a_drug_that_we_do_not_know() -> None:
    """The rest is compared; the answer is negative."""
    one = record("tnf -causes-> disease")._replace(drug="unheard", drug_mesh="MESH:C99")
    found = compare_record(kb(claim("tnf causes disease")), one)
    assert (found.drug.id, found.drug.label) == ("", "unheard")
    assert [s.section for s in found.steps] == ["common"]
    assert found.exit_code == 1


def test_an_empty_record_is_compared() -> None:
    """Nothing to say, nothing raised."""
    empty = DrugMechRecord("E", "", "", "", "", "", (), ())
    assert compare_record(kb(), empty).steps == ()


# -- the real records against the built-in graph -----------------------------


def real(graph: Graph, record_id: str) -> RecordComparison:
    """Return the comparison of a real record."""
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if not folder:
        missing("MOAGRAPH_DRUGMECHDB, a folder of DrugMechDB records,")
    assert folder
    (one,) = RecordReader().records([Path(folder) / f"{record_id}.yaml"])
    return compare_record(graph.kb, one)


def test_pomalidomide_lacks_cereblon_and_ikaros(graph: Graph) -> None:
    """*And pomalidomide's?* No cereblon, no IKZF1/3."""
    found = real(graph, "DB08910_MESH_D009101_1")
    assert (found.drug.id, found.disease.id) == ("CHEBI:72690", "MONDO:0009693")
    assert {"CRBN", "IKZF1", "IKZF3"} <= {e.label for e in found.missing_entities}
    step = next(s for s in found.in_section("missing") if "pom-degrades-ikzf1" in s.claims)
    assert "CRBN" in step.note
    assert step.references
    assert found.exit_code == 1


def test_thalidomide_does_not_switch_cereblon_off(graph: Graph) -> None:
    """The record has the drug lower what the drug needs; IKZF1 and IKZF3 are missing."""
    found = real(graph, "DB01041_MESH_D009101_1")
    (step,) = found.in_section("contradicting")
    assert step.theirs == "thalidomide -[decreases activity of]-> Protein cereblon"
    assert step.claims[0] == "crbn-required-thalidomide"
    assert "thal-binds-crbn" in step.claims
    labels = {e.label for e in found.missing_entities}
    assert {"IKZF1", "IKZF3"} <= labels
    assert "CRBN" not in labels
    assert found.net == "mixed"
    assert found.verdict == "decreases"


def test_lenalidomide_degrades_ikaros_only_with_the_drug(graph: Graph) -> None:
    """Cereblon has no degradation of its own; the drug is found by its DrugBank id."""
    found = real(graph, "DB00480_MESH_D009101_1")
    assert found.drug.id == "CHEBI:63791"
    steps = found.in_section("unconditional")
    assert [s.theirs.split("-> ")[1] for s in steps] == [
        "DNA-binding protein Ikaros",
        "Zinc finger protein Aiolos",
    ]
    for step in steps:
        assert step.note.startswith("CRBN takes part here, and does it only with: lenalidomide")
    common = {s.theirs.split(" -[")[0] for s in found.in_section("common")}
    assert "DNA-binding protein Ikaros" in common
    assert {"MYC", "IRF4"} <= {e.label for e in found.missing_entities}


def test_every_real_record_can_be_laid_beside(graph: Graph) -> None:
    """A part of all, of drugs that the graph mostly does not know."""
    folder = os.environ.get("MOAGRAPH_DRUGMECHDB")
    if not folder:
        missing("MOAGRAPH_DRUGMECHDB, a folder of DrugMechDB records,")
    assert folder
    paths = sorted(Path(folder).glob("*.yaml"))[::40]
    for one in RecordReader().records(paths):
        found = compare_record(graph.kb, one)
        assert len([s for s in found.steps if s.theirs]) >= len({x[:3] for x in one.links})
        json.dumps(found.to_dict())


# -- the command -------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    """Return exit code and stdout."""
    result = CliRunner().invoke(cli, list(arguments))
    return result.exit_code, result.stdout


LENALIDOMIDE = """\
graph: {_id: R9, drug: lenalidomide, drugbank: DB:DB00480, disease: MM, disease_mesh: MESH:D009101}
nodes:
  - {id: DB:DB00480, label: Drug, name: "len <b>\\u202e"}
  - {id: UniProt:Q13422, label: Protein, name: Ikaros}
  - {id: MESH:D009101, label: Disease, name: MM}
links:
  - {source: DB:DB00480, key: decreases abundance of, target: UniProt:Q13422}
  - {source: UniProt:Q13422, key: contributes to, target: MESH:D009101}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with a record."""
    file = tmp_path / "r9.yaml"
    file.write_text(LENALIDOMIDE, encoding="utf-8")
    return file


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "tsv", "csv", "md"])
def test_each_form_shows_what_is_missing(path: Path, form: str) -> None:
    """By file, and by id within `-d`; nothing reaches a terminal raw."""
    code, text = run("compare-record", str(path), "-O", form)
    assert code == 1
    assert "IKZF3" in text
    assert form != "table" or "\u202e" not in text
    assert run("-d", str(path.parent), "compare-record", "R9", "-O", form) == (code, text)


def test_wrong_use_ends_with_its_code(path: Path) -> None:
    """2 usage, 3 unknown, 4 data."""
    assert run("compare-record")[0] == 2
    assert run("compare-record", "R9")[0] == 3
    assert run("-d", str(path), "compare-record", "R8")[0] == 3
    assert run("compare-record", str(path.parent / "none.yaml"))[0] == 4
    two = path.parent / "two.yaml"
    two.write_text(LENALIDOMIDE + "---\n" + LENALIDOMIDE, encoding="utf-8")
    assert run("compare-record", str(two))[0] == 4
