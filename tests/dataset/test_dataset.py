"""A dataset gives back what was put in, whole or not at all, and answers as the tables do."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moagraph.dataset import index_file, is_dataset, manifest, write
from moagraph.dataset import open as open_dataset
from moagraph.dataset.imported import Imported, imported_tables
from moagraph.dataset.manifest import INDEX, MANIFEST, RECORDS
from moagraph.dataset.verify import verify
from moagraph.errors import AmbiguousName, DataError, UnknownName
from moagraph.graph import Graph
from moagraph.records import Assertion, Entity, Evidence
from moagraph.tables import TABLES

DRUG = "CHEBI:1"


def small(count: int = 3, *, id_prefix: str = "c") -> Imported:
    """Return a chain of claims below a drug."""
    entities = [Entity(DRUG, "alpha", kind="drug", synonyms=("Alphadrug",))]
    entities += [Entity(f"moa:n{i}", f"node {i}", kind="protein") for i in range(count)]
    names = [e.id for e in entities]
    return Imported(
        entities=entities,
        assertions=[
            Assertion(f"{id_prefix}{i}", a, "increases", b)
            for i, (a, b) in enumerate(pairwise(names))
        ],
        evidence=[Evidence("e0", f"{id_prefix}0", "PMID:1")],
        memberships=[(f"{id_prefix}0", "r1"), (f"{id_prefix}0", "r1"), (f"{id_prefix}1", "r2")],
    )


@pytest.fixture(scope="module")
def compiled(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("dataset") / "own"
    write(imported_tables(graph.kb.tables, name="own", version=graph.kb.version), folder)
    return Graph(open_dataset(folder))


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_every_record_comes_back(graph: Graph, compiled: Graph, name: str) -> None:
    before, after = getattr(graph.kb.tables, name), getattr(compiled.kb.tables, name)
    assert list(after) == list(before)
    assert [row.origin for row in after] == [row.origin for row in before]
    assert len(after) == len(before)


def test_look_ups_are_those_of_the_tables(graph: Graph, compiled: Graph) -> None:
    ours, theirs = graph.kb, compiled.kb
    for name in ("by_subject", "by_object", "evidence_about", "quantities_of", "facts_of"):
        assert dict(getattr(theirs, name)) == dict(getattr(ours, name)), name
    for name in ("entities", "assertions", "evidence_by_id", "sources", "states"):
        assert dict(getattr(theirs, name)) == dict(getattr(ours, name)), name
    for name in ("machine_parts", "variants_of", "owner_of_feature", "complexes_of"):
        assert dict(getattr(theirs, name)) == dict(getattr(ours, name)), name
    for entity in ours.entities:
        assert theirs.ancestors(entity) == ours.ancestors(entity)
        assert theirs.descendants(entity) == ours.descendants(entity)
    for claim in ours.assertions.values():
        assert theirs.status(claim) == ours.status(claim)
    assert theirs.tallies() == ours.tallies()
    assert compiled.stats().counts == graph.stats().counts


@pytest.mark.parametrize("name", ["Revlimid", "MM", "5q-", "CK1α", "CC-5013", "R2", "vrd"])
def test_names_lead_to_the_same(graph: Graph, compiled: Graph, name: str) -> None:
    assert compiled.kb.resolve(name) == graph.kb.resolve(name)


def test_names_that_lead_nowhere_say_the_same(graph: Graph, compiled: Graph) -> None:
    for name in ("lenalidomid", "nothing at all", "", "*", "IKZF"):
        with pytest.raises((UnknownName, AmbiguousName)) as ours:
            graph.kb.resolve(name)
        with pytest.raises((UnknownName, AmbiguousName)) as theirs:
            compiled.kb.resolve(name)
        assert str(theirs.value) == str(ours.value)
    for text in ("ikzf", "myeloma", "len", "%", "_"):
        assert compiled.search(text).to_dict() == graph.search(text).to_dict()


PAIRS = [
    ("lenalidomide", "multiple myeloma"),
    ("lenalidomide", "IKZF1"),
    ("lenalidomide", "GSPT1"),
    ("thalidomide", "teratogenicity"),
    ("CRBN", "multiple myeloma"),
]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_questions_have_the_same_answers(graph: Graph, compiled: Graph, a: str, b: str) -> None:
    try:
        ours = graph.explain(a, b).to_dict()
    except UnknownName:
        pytest.fail(f"{a} or {b} is gone from the tables")
    assert compiled.explain(a, b).to_dict() == ours
    assert [p.to_dict() for p in compiled.paths(a, b)] == [p.to_dict() for p in graph.paths(a, b)]
    assert compiled.info(a).to_dict() == graph.info(a).to_dict()
    assert compiled.evidence(a, b).to_dict() == graph.evidence(a, b).to_dict()
    without = {"without": ["CRBN"]} if a != "CRBN" else {"without": ["DDB1"]}
    assert compiled.whatif(a, b, **without).to_dict() == graph.whatif(a, b, **without).to_dict()


def test_broad_questions_have_the_same_answers(graph: Graph, compiled: Graph) -> None:
    drug = "lenalidomide"
    assert compiled.effects(drug).to_dict() == graph.effects(drug).to_dict()
    assert compiled.resistance(drug).to_dict() == graph.resistance(drug).to_dict()
    assert compiled.binders("CRBN").to_dict() == graph.binders("CRBN").to_dict()
    assert compiled.drugs_for("IKZF1").to_dict() == graph.drugs_for("IKZF1").to_dict()
    assert compiled.facts(drug).to_dict() == graph.facts(drug).to_dict()


# -- writing -----------------------------------------------------------------


def test_entities_that_nothing_describes_are_kept(tmp_path: Path) -> None:
    claims = [Assertion("c", "X:1", "increases", "X:2")]
    write(Imported([Entity("X:1", "one")], claims), tmp_path / "d")
    kb = open_dataset(tmp_path / "d")
    assert list(kb.entities) == ["X:1", "X:2"]
    assert kb.by_object["X:2"] == tuple(claims)
    assert kb.resolve("x:2").label == "X:2"


def test_memberships_are_counted_once(tmp_path: Path) -> None:
    manifest = write(small(), tmp_path / "d")
    kb = open_dataset(tmp_path / "d")
    assert manifest.counts["memberships"] == 2
    assert [kb.records_of(f"c{i}") for i in range(3)] == [("r1",), ("r2",), ()]
    assert verify(tmp_path / "d") == []


def test_a_second_import_replaces_the_first_and_readers_keep_the_old(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    write(small(3), folder)
    reader = open_dataset(folder)
    write(small(5, id_prefix="other"), folder)
    assert list(reader.assertions) == ["c0", "c1", "c2"]
    assert reader.by_subject[DRUG][0].id == "c0"
    assert list(open_dataset(folder).assertions) == [f"other{i}" for i in range(5)]
    assert len([p for p in folder.iterdir() if p.is_dir()]) == 1


@pytest.mark.parametrize("what", ["entity", "claim", "evidence", "generator"])
def test_a_failed_import_leaves_the_old_dataset(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "d"
    write(small(), folder)
    bad = small()
    if what == "entity":
        bad.entities = [Entity("X:1", "one"), Entity("X:1", "two")]
    elif what == "claim":
        bad.assertions = [*bad.assertions, Assertion("c0", DRUG, "binds", DRUG)]
    elif what == "evidence":
        bad.evidence = [Evidence("e", "c0", "s"), Evidence("e", "c1", "s")]
    else:
        bad.evidence = _broken()
    with pytest.raises((DataError, RuntimeError)):
        write(bad, folder)
    assert len(open_dataset(folder).assertions) == 3
    assert not [p for p in folder.iterdir() if p.name.startswith(".new-")]


def test_a_failed_first_import_leaves_nothing(tmp_path: Path) -> None:
    bad = small()
    bad.evidence = _broken()
    with pytest.raises(RuntimeError):
        write(bad, tmp_path / "d")
    assert list(tmp_path.iterdir()) == []


def _broken() -> Iterator[Evidence]:
    yield Evidence("e", "c0", "s")
    raise RuntimeError("the reader stumbled")


def test_text_that_is_no_unicode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no Unicode"):
        write(Imported([Entity("X:1", "bad \ud800 label")], []), tmp_path / "d")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(DataError, match="other things"):
        write(small(), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]
    file = tmp_path / "thesis.txt"
    with pytest.raises(DataError, match="is a file"):
        write(small(), file)


SLOW = """
import sys, time
sys.path.insert(0, {root!r})
from moagraph.dataset import write
from moagraph.dataset.imported import Imported
from moagraph.records import Entity

def entities():
    for number in range(60000):
        yield Entity(f"X:{{number}}", f"n{{number}}")
    print("half way", flush=True)
    time.sleep(60)

write(Imported(entities(), []), {folder!r})
"""


def test_a_killed_import_leaves_the_old_dataset_and_two_writers_do_not_meet(
    tmp_path: Path, root: Path
) -> None:
    folder = tmp_path / "d"
    write(small(), folder)
    code = SLOW.format(root=str(root / "src"), folder=str(folder))
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert run.stdout is not None
        assert run.stdout.readline() == "half way\n"
        with pytest.raises(DataError, match="another import"):
            write(small(), folder)
        assert len(open_dataset(folder).assertions) == 3
        run.send_signal(signal.SIGKILL)
    finally:
        run.kill()
        run.communicate()
    assert len(open_dataset(folder).assertions) == 3
    write(small(4), folder)
    assert len(open_dataset(folder).assertions) == 4
    assert not [p for p in folder.iterdir() if p.name.startswith(".new-")]


# -- opening what is not whole -----------------------------------------------


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    folder = tmp_path / "d"
    write(small(50), folder)
    return folder


def data_of(folder: Path) -> Path:
    (found,) = [p for p in folder.iterdir() if p.is_dir()]
    return found


def refused(folder: Path, match: str) -> None:
    with pytest.raises(DataError, match=match):
        open_dataset(folder)


def test_what_is_no_dataset_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "no dataset")
    refused(tmp_path / "nowhere", "no such folder")
    (tmp_path / "file").write_text("")
    refused(tmp_path / "file", MANIFEST)


def test_another_version_is_refused(whole: Path) -> None:
    manifest = whole / MANIFEST
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**content, "format": 99}))
    refused(whole, "format version 99")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": "1"}', "[" * 100_000, "\x00" * 50],
)
def test_a_damaged_manifest_is_refused(whole: Path, text: str) -> None:
    (whole / MANIFEST).write_text(text)
    refused(whole, "damaged|format version")


def test_a_manifest_cannot_lead_elsewhere(whole: Path) -> None:
    manifest = whole / MANIFEST
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**content, "generation": "../../etc"}))
    refused(whole, "damaged")


@pytest.mark.parametrize("name", [RECORDS, INDEX])
def test_damaged_files_are_refused(whole: Path, name: str) -> None:
    path = data_of(whole) / name
    good = path.read_bytes()
    for bad, why in (
        (good[:-1], "bytes"),
        (good + b"x", "bytes"),
        (b"", "bytes"),
        (b"x" * len(good), "changed"),
        (good[:100] + b"\xff" + good[101:], "changed"),
    ):
        path.write_bytes(bad)
        refused(whole, f"damaged.*{why}")
    path.unlink()
    refused(whole, "missing")


def test_validate_reads_every_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "d"
    write(small(3000), folder)
    path = data_of(folder) / RECORDS
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    refused(folder, "changed")
    # Of a large file only the ends are looked at when it is opened.
    monkeypatch.setattr(manifest, "_SMALL", 0)
    assert any("not what was written" in f.message for f in verify(folder))


def test_opening_is_quick_and_takes_nothing_heavy(whole: Path) -> None:
    code = (
        "import sys\n"
        "from moagraph.dataset import open\n"
        f"kb = open({str(whole)!r})\n"
        "kb.resolve('alphadrug')\n"
        "print(sorted({'numpy', 'networkx', 'rdflib', 'dataclasses'} & set(sys.modules)))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_read_only_dataset_opens(whole: Path) -> None:
    for path in [*whole.rglob("*"), whole]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert len(open_dataset(whole).assertions) == 50


# -- what users may hand in --------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.lists(st.builds(Entity, TEXT, TEXT, synonyms=st.tuples(TEXT)), unique_by=lambda e: e.id),
    st.data(),
)
def test_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, entities: list[Entity], data: st.DataObject
) -> None:
    names = st.sampled_from([e.id for e in entities]) if entities else st.just("x")
    claims = data.draw(
        st.lists(
            st.builds(Assertion, TEXT, names, TEXT, names, note=TEXT, cell=TEXT, species=TEXT),
            unique_by=lambda a: a.id,
            max_size=8,
        )
    )
    folder = tmp_path_factory.mktemp("any") / "d"
    write(Imported(entities, claims), folder)
    kb = open_dataset(folder)
    assert list(kb.tables.assertions) == claims
    assert [e for e in kb.tables.entities if e in entities] == entities
    for claim in claims:
        assert kb.assertions[claim.id] == claim
        assert claim in kb.by_subject[claim.subject]
    assert verify(folder) == []


def test_is_dataset(whole: Path, tmp_path: Path) -> None:
    assert is_dataset(whole)
    assert not is_dataset(tmp_path)


FORKED = """
import os, sys
sys.path.insert(0, {root!r})
from moagraph.dataset import open

kb = open({folder!r})
names = list(kb.entities)
children = []
for part in range(3):
    child = os.fork()
    if not child:
        good = all(kb.by_object[n][0].object == n for n in names[1 + part :: 3])
        os._exit(0 if good else 1)
    children.append(child)
good = all(kb.by_subject[n][0].subject == n for n in names[:-1])
ends = [os.waitstatus_to_exitcode(os.waitpid(c, 0)[1]) for c in children]
print(good, ends)
"""


def test_forked_processes_do_not_disturb_each_other(tmp_path: Path, root: Path) -> None:
    write(small(2000), tmp_path / "d")
    code = FORKED.format(root=str(root / "src"), folder=str(tmp_path / "d"))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "True [0, 0, 0]"


def test_threads_share_a_dataset(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    write(small(600), tmp_path / "d")
    kb = open_dataset(tmp_path / "d")
    names = list(kb.entities)[1:]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda n: kb.by_object[n][0].object, names * 3))
    finally:
        sys.setswitchinterval(usual)
    assert found == names * 3


@given(st.data())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_few_and_many_steps_are_written_alike(data: st.DataObject) -> None:
    """The rows of a small graph are those that numpy gives a large one."""
    nodes = data.draw(st.integers(1, 6))
    node = st.integers(0, nodes - 1)
    pairs = data.draw(st.lists(st.tuples(node, node), max_size=20))
    row, other = array("i", [a for a, _ in pairs]), array("i", [b for _, b in pairs])
    claim, sign = array("i", range(len(pairs))), array("b", [1] * len(pairs))
    few = index_file._rows(row, other, nodes, (other, claim, sign))
    assert few == index_file._rows_of_many(row, other, nodes, (other, claim, sign))
