"""Compiled datasets from a stranger, or from a bad disk: an answer, or one message."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.bounded import is_refused, run

MANIFEST = "moagraph-dataset.json"
RECORDS, INDEX, REPORT = "records.sqlite", "index.bin", "report.json"
COMMANDS: dict[str, list[str]] = {
    "stats": ["stats"],
    "info": ["info", "DrugX"],
    "explain": ["explain", "DrugX", "Growth"],
    "search": ["search", "node"],
    "validate": ["validate"],
    "view": ["view", "DrugX", "-o", "page.html"],
    "effects": ["effects", "DrugX"],
    "export": ["export", "kgx-tsv", "-o", "exported"],
    "query": ["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
    "batch": ["batch", "-", "-O", "jsonl"],
    "audit": ["audit"],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound dataset."""
    folder = tmp_path_factory.mktemp("whole")
    rows = ["DrugX\tinhibits\tKinase", "Kinase\tactivates\tGrowth"]
    rows += [f"node {n}\tactivates\tnode {n + 1}" for n in range(400)]
    (folder / "g.sif").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = run("import", "g.sif", "-o", "d", at=folder)
    assert done.returncode == 0, done.stderr
    return folder / "d"


@pytest.fixture
def dataset(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "d"))


def data_of(dataset: Path) -> Path:
    (found,) = [p for p in dataset.iterdir() if p.is_dir()]
    return found


def forge(dataset: Path, **changes: object) -> None:
    """Change the manifest, with checksums that fit the files as they now are."""
    path = dataset / MANIFEST
    told = json.loads(path.read_text(encoding="utf-8"))
    for name in (RECORDS, INDEX, REPORT):
        file = data_of(dataset) / name
        if file.is_file():
            content = file.read_bytes()
            ends = zlib.crc32(content[max(0, len(content) - 65536) :], zlib.crc32(content[:65536]))
            told["files"][name] = [len(content), ends, hashlib.sha256(content).hexdigest()]
    path.write_text(json.dumps({**told, **changes}), encoding="utf-8")


def told(dataset: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((dataset / MANIFEST).read_text(encoding="utf-8"))
    return found


def by_sql(*statements: str) -> Callable[[Path], None]:
    """Return what changes the records as somebody would who means harm."""

    def change(dataset: Path) -> None:
        connection = sqlite3.connect(data_of(dataset) / RECORDS)
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        forge(dataset)

    return change


def in_index(change: Callable[[list[object]], list[object]]) -> Callable[[Path], None]:
    def apply(dataset: Path) -> None:
        index = told(dataset)["index"]
        assert isinstance(index, dict)
        forge(dataset, index={name: change(list(part)) for name, part in index.items()})

    return apply


def in_manifest(**changes: object) -> Callable[[Path], None]:
    return lambda dataset: forge(dataset, **changes)


def replaced(name: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    def apply(dataset: Path) -> None:
        path = dataset / name if name == MANIFEST else data_of(dataset) / name
        path.unlink()
        make(path)

    return apply


def swapped(dataset: Path) -> None:
    data = data_of(dataset)
    (data / INDEX).rename(data / "other")
    (data / RECORDS).rename(data / INDEX)
    (data / "other").rename(data / RECORDS)


def swapped_and_signed(dataset: Path) -> None:
    swapped(dataset)
    forge(dataset)


def cut(name: str, part: float) -> Callable[[Path], None]:
    def apply(dataset: Path) -> None:
        path = data_of(dataset) / name
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * part)])

    return apply


def cut_and_signed(name: str, part: float) -> Callable[[Path], None]:
    def apply(dataset: Path) -> None:
        cut(name, part)(dataset)
        forge(dataset)

    return apply


ENDLESS = (
    "WITH RECURSIVE r (n, text) AS (SELECT 0, 'x' UNION ALL SELECT n + 1, text FROM r) "
    "SELECT n, text FROM r"
)
REFUSED: dict[str, Callable[[Path], None]] = {
    "another version": in_manifest(format=2),
    "a version that is no number": in_manifest(format=[1]),
    "data outside of the folder": in_manifest(generation="../../etc"),
    "data with a line break": in_manifest(generation="data-0123456789abcdef\n"),
    "files outside of the folder": in_manifest(files={"../../etc/passwd": [1, 2, "x"]}),
    "another byte order": in_manifest(byte_order="middle"),
    "arrays before the file": in_index(lambda part: [part[0], -8, 5]),
    "arrays behind the file": in_index(lambda part: [part[0], part[1], 2**62]),
    "arrays of another kind": in_index(lambda part: ["d", part[1], part[2]]),
    "counts below nought": in_manifest(counts={"entities": -5}),
    "counts that are statements": in_manifest(counts={f"({ENDLESS})": 1}),
    "counts beyond all numbers": in_manifest(counts={"entities": float("inf")}),
    "a manifest of ten megabytes": in_manifest(more="x" * 10_000_000),
    "a manifest that is a pipe": replaced(MANIFEST, os.mkfifo),
    "a manifest without end": replaced(MANIFEST, lambda path: path.symlink_to("/dev/zero")),
    "records that are a pipe": replaced(RECORDS, os.mkfifo),
    "records without end": replaced(RECORDS, lambda path: path.symlink_to("/dev/zero")),
    "an index that is a folder": replaced(INDEX, Path.mkdir),
    "a report that is a pipe": replaced(REPORT, os.mkfifo),
    "a report that is missing": replaced(REPORT, lambda _: None),
    "files swapped": swapped,
    "files swapped, and signed": swapped_and_signed,
    "records cut": cut(RECORDS, 0.9),
    "index cut": cut(INDEX, 0.9),
    "report cut": cut(REPORT, 0.5),
    "records empty, and signed": cut_and_signed(RECORDS, 0),
    "records cut, and signed": cut_and_signed(RECORDS, 0.3),
    "index cut, and signed": cut_and_signed(INDEX, 0.5),
    "a trigger": by_sql("CREATE TRIGGER t AFTER INSERT ON texts BEGIN DELETE FROM claims; END"),
    "a view without end": by_sql(
        "ALTER TABLE texts RENAME TO old", f"CREATE VIEW texts AS {ENDLESS}"
    ),
    "a view that loads code": by_sql(
        "ALTER TABLE texts RENAME TO old",
        "CREATE VIEW texts AS SELECT n, load_extension('evil.so') AS text FROM old",
    ),
    "a virtual table": by_sql("CREATE VIRTUAL TABLE more USING fts5 (text)"),
    "a column that is computed": by_sql(
        "ALTER TABLE texts ADD COLUMN more TEXT AS (hex(zeroblob(900000000)))"
    ),
    "a table less": by_sql("DROP TABLE names"),
    "a table of another form": by_sql(
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE claims (n' WHERE name = 'claims'"
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_dataset_is_refused(dataset: Path, case: str) -> None:
    REFUSED[case](dataset)
    at = dataset.parent
    done = run("-d", "d", "explain", "DrugX", "Growth", at=at)
    if case.startswith("a manifest") and not (dataset / MANIFEST).is_file():
        is_refused(done, 4, "d: holds no tables")
        return
    is_refused(done, 4, "import it again", "d/")
    is_refused(run("-d", "d", "validate", at=at), 4, "import it again")


def files_beside(dataset: Path) -> None:
    for end in ("-wal", "-journal", "-shm"):
        (data_of(dataset) / f"{RECORDS}{end}").write_bytes(b"x" * 5000)


ODD: dict[str, Callable[[Path], None]] = {
    "records of claims": by_sql('UPDATE claims SET rest = \'{"id":"x"}\''),
    "a list for a record": by_sql("UPDATE claims SET rest = '[1,2]'"),
    "depth": by_sql(f"UPDATE claims SET rest = '{'[' * 50_000}'"),
    "a number for a list": by_sql("UPDATE claims SET rest = '{\"requires\":5}'"),
    "lists of lists": by_sql('UPDATE claims SET rest = \'{"requires":[[1]],"note":["a"]}\''),
    "a field that no record has": by_sql('UPDATE entities SET rest = \'{"evil":"x"}\''),
    "bytes for a name": by_sql("UPDATE entities SET label = x'ff00'"),
    "a name that is no Unicode": by_sql("UPDATE entities SET label = CAST(x'fffe' AS TEXT)"),
    "a number for a name": by_sql("UPDATE entities SET label = 7", "UPDATE claims SET id = n"),
    "ids that are bytes": by_sql("UPDATE claims SET id = CAST(n AS BLOB)"),
    "things that nobody knows": by_sql("UPDATE claims SET subject = 99999, object = -1"),
    "words that nobody knows": by_sql("UPDATE claims SET relation = 99999"),
    "relations that nobody knows": by_sql("UPDATE texts SET text = 'begets' WHERE n > 2"),
    "bytes for a relation": by_sql("UPDATE texts SET text = x'00'"),
    "a thing above itself": by_sql(
        "INSERT INTO parents SELECT id, 0 FROM entities",
        "UPDATE entities SET rest = json_object('parents', json_array(id))",
    ),
    "one name for all": by_sql("UPDATE names SET key = 'drugx'"),
    "a name of fifty megabytes": by_sql(
        "UPDATE entities SET label = hex(zeroblob(25000000)) WHERE n = 0"
    ),
    "kinds that nobody knows": by_sql("UPDATE entities SET kind = 'zzz'"),
    "lines that are no numbers": by_sql("UPDATE claims SET line = 'x', file = 'y'"),
    "documents that are no records": by_sql(
        "INSERT INTO documents VALUES ('a', '{'), ('b', '[1]'), ('c', '{}'), ('d', x'00')"
    ),
    "counts that are not so": in_manifest(counts={"entities": 10**9, "assertions": 0}),
    "no kinds": in_manifest(kinds=[]),
    "kinds too many": in_manifest(kinds=["drug"] * 300, closed_kinds=["x"] * 9999),
    "arrays that are empty": in_index(lambda part: [part[0], 0, 0]),
    "arrays that are moved": in_index(
        lambda part: [part[0], int(str(part[1])) + 8, max(0, int(str(part[2])) - 20)]
    ),
    "files beside the data": files_beside,
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_dataset_is_an_answer_or_one_message(dataset: Path, case: str) -> None:
    ODD[case](dataset)
    at = dataset.parent
    before = {p: p.read_bytes() for p in dataset.rglob("*") if p.is_file()}
    # Every command meets a third of the cases: each is a process of its own.
    asked = ("info", "explain", *list(COMMANDS)[list(ODD).index(case) % 3 :: 3])
    for command in dict.fromkeys(asked):
        done = run("-d", "d", *COMMANDS[command], at=at, given=b"DrugX\tGrowth\n")
        assert done.returncode in (0, 1, 3, 4), (command, done.returncode, done.stderr[-2000:])
        assert "Traceback" not in done.stderr, (command, done.stderr)
        assert "a fault in moagraph" not in done.stderr, (command, done.stderr)
        if done.returncode == 4 and command != "batch":
            assert done.stdout == "", command
            assert done.stderr.startswith("moagraph: "), (command, done.stderr)
            assert command != "export" or not (at / "exported").exists()
    assert {p: p.read_bytes() for p in dataset.rglob("*") if p.is_file()} == before
    left = [p.name for p in at.rglob(".moagraph-*")]
    assert left == [".moagraph-lock"]


@pytest.mark.parametrize("name", [RECORDS, INDEX, REPORT, MANIFEST])
@pytest.mark.parametrize("signed", [False, True])
def test_bits_that_turned_are_told_or_do_no_harm(dataset: Path, name: str, signed: bool) -> None:
    """Whatever bit turns, nothing falls over; where nobody forged a checksum, it is told."""
    draw = random.Random(name + str(signed))
    path = dataset / name if name == MANIFEST else data_of(dataset) / name
    good = path.read_bytes()
    for round_ in range(6):
        bad = bytearray(good)
        for _ in range(draw.choice([1, 1, 5, 40])):
            bad[draw.randrange(len(bad))] ^= 1 << draw.randrange(8)
        path.write_bytes(bad)
        if signed and name != MANIFEST:
            forge(dataset)
        command = draw.choice(list(COMMANDS))
        done = run("-d", "d", *COMMANDS[command], at=dataset.parent, given=b"DrugX\tGrowth\n")
        assert done.returncode in (0, 1, 3, 4), (command, round_, done.stderr[-2000:])
        assert "Traceback" not in done.stderr, (command, done.stderr)
        if name != MANIFEST and not signed:
            assert done.returncode == 4, command
            assert "damaged" in done.stderr
        path.write_bytes(good)


def test_a_dataset_that_others_may_read_is_read_by_them(whole: Path) -> None:
    """The data have the permissions of the folder that they lie in."""
    assert data_of(whole).stat().st_mode & 0o777 == whole.stat().st_mode & 0o777
