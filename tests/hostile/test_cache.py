"""A cache that somebody has spoilt: the answer is right or one message, and nothing else changes.

The triples of a graph are kept between two queries in a folder of the user. What lies there in
their place is none of ours.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from moagraph.sparql.sealed import is_whole, seal
from tests.conftest import missing
from tests.hostile.bounded import is_refused, run

SIF = "DrugX\tinhibits\tKinase\nKinase\tactivates\tGrowth\n"
ASKED = ("query", "SELECT ?l { ?s rdfs:label ?l } ORDER BY ?l", "-O", "tsv")
LABELS = ("DrugX", "DrugX inhibits Kinase", "Growth", "Kinase", "Kinase activates Growth")
RIGHT = "".join(f"{cell}\n" for cell in ("?l", *(f'"{label}"' for label in LABELS)))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two datasets, each with its triples in a cache of its own."""
    at = tmp_path_factory.mktemp("filled")
    (at / "g.sif").write_text(SIF, encoding="utf-8")
    (at / "other.sif").write_text("Poison\tactivates\tVictim\n", encoding="utf-8")
    for name, word in (("g", "DrugX"), ("other", "Poison")):
        assert run("import", f"{name}.sif", "-o", name, at=at).returncode == 0
        done = run("-d", name, *ASKED, at=at, environment={"MOAGRAPH_CACHE": f"cache-{name}"})
        assert f'"{word}"' in done.stdout, done.stderr
    return at


@pytest.fixture
def at(filled: Path, tmp_path: Path) -> Path:
    """Return a folder with a dataset, its cache, and somebody's years of work beside it."""
    shutil.copytree(filled / "g", tmp_path / "g")
    shutil.copytree(filled / "cache-g", tmp_path / "cache")
    shutil.copytree(filled / "cache-other", tmp_path / "outside")
    (tmp_path / "outside" / "work").write_text("kept\n", encoding="utf-8")
    (tmp_path / "outside" / "sparql" / "work").write_text("kept\n", encoding="utf-8")
    return tmp_path


def store(cache: Path) -> Path:
    (found,) = [p for p in (cache / "sparql").iterdir() if p.is_dir()]
    return found


def files(cache: Path) -> list[Path]:
    return sorted(store(cache).iterdir())


def each(change: Callable[[Path], object]) -> Callable[[Path], None]:
    def spoil(cache: Path) -> None:
        for path in files(cache):
            change(path)

    return spoil


def each_but_the_mark(change: Callable[[Path], object]) -> Callable[[Path], None]:
    return each(lambda path: path.name != "whole" and change(path))


def one(name: str, change: Callable[[Path], object]) -> Callable[[Path], None]:
    """Change one file, `*` for the largest."""

    def spoil(cache: Path) -> None:
        largest = max(files(cache), key=lambda path: path.stat().st_size * (path.suffix == ".sst"))
        change(largest if name == "*" else store(cache) / name)

    return spoil


def in_its_place(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        make(path)

    return change


def noise(path: Path) -> None:
    path.write_bytes(random.Random(path.name).randbytes(path.stat().st_size))


def halved(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def one_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def of_another_graph(cache: Path) -> None:
    """Put the store of another graph there, under the name of this one."""
    place = store(cache)
    shutil.rmtree(place)
    shutil.copytree(store(cache.parent / "outside"), place)


def of_another_graph_but_the_mark(cache: Path) -> None:
    mark = (store(cache) / "whole").read_bytes()
    of_another_graph(cache)
    (store(cache) / "whole").write_bytes(mark)


def led_outside(path: Path) -> None:
    outside = next(p for p in path.parents if (p / "outside").exists()) / "outside"
    path.symlink_to(store(outside))


def mark(content: object) -> Callable[[Path], None]:
    return one("whole", lambda path: path.write_text(json.dumps(content), encoding="utf-8"))


SPOILT: dict[str, Callable[[Path], None]] = {
    "noise": each(noise),
    "noise, and the mark as it was": each_but_the_mark(noise),
    "cut": each(halved),
    "cut, and the mark as it was": each_but_the_mark(halved),
    "empty": each(lambda path: path.write_bytes(b"")),
    "one bit": one("*", one_bit),
    "a file less": one("*", Path.unlink),
    "a file more": one("000099.sst", lambda path: path.write_bytes(b"x")),
    "nothing in it": each(Path.unlink),
    "another graph": of_another_graph,
    "another graph, and the mark as it was": of_another_graph_but_the_mark,
    "a link to another graph": lambda cache: in_its_place(led_outside)(store(cache)),
    "a link to nothing": lambda cache: in_its_place(lambda p: p.symlink_to("no"))(store(cache)),
    "a link to itself": lambda cache: in_its_place(lambda p: p.symlink_to(p.name))(store(cache)),
    "a file": lambda cache: in_its_place(Path.touch)(store(cache)),
    "a pipe": lambda cache: in_its_place(os.mkfifo)(store(cache)),
    "files that are links": each(in_its_place(lambda p: p.symlink_to("/dev/zero"))),
    "a file that is a link": one("CURRENT", in_its_place(lambda p: p.symlink_to("/dev/zero"))),
    "files that are pipes": each_but_the_mark(in_its_place(os.mkfifo)),
    "files that are folders": each_but_the_mark(in_its_place(Path.mkdir)),
    "a mark that is a pipe": one("whole", in_its_place(os.mkfifo)),
    "a mark without end": one("whole", in_its_place(lambda p: p.symlink_to("/dev/zero"))),
    "a mark of another kind": mark([1]),
    "a mark of depth": one("whole", lambda path: path.write_text("[" * 100_000, encoding="utf-8")),
    "a mark with files elsewhere": mark(
        {"name": "", "files": {"../../../outside/work": [5, 0, 0]}}
    ),
}


def outside(at: Path) -> dict[Path, bytes | None]:
    """Return all that is none of the cache's."""
    found = [*(at / "outside").rglob("*"), *(at / "g").rglob("*")]
    return {p: p.read_bytes() if p.is_file() else None for p in found}


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_store_is_built_anew(at: Path, case: str) -> None:
    SPOILT[case](at / "cache")
    before = outside(at)
    done = run("-d", "g", *ASKED, at=at)
    assert (done.returncode, done.stdout, done.stderr) == (0, RIGHT, "")
    assert outside(at) == before
    place = store(at / "cache")
    assert is_whole(str(place), place.name)


def folder_of_all(path: Path) -> None:
    path.mkdir()
    path.chmod(0o777)


FOLDERS: dict[str, Callable[[Path], object]] = {
    "a link": lambda path: path.symlink_to(path.parents[-3] / "outside"),
    "a file": Path.touch,
    "a pipe": os.mkfifo,
    "a folder of all": folder_of_all,
}


@pytest.mark.parametrize("level", ["cache", "cache/sparql"])
@pytest.mark.parametrize("case", FOLDERS)
def test_a_cache_that_is_no_folder_of_ours_is_not_used(at: Path, level: str, case: str) -> None:
    place = at / level
    in_its_place(FOLDERS[case])(place)
    before = outside(at)
    done = run("-d", "g", *ASKED, at=at)
    assert (done.returncode, done.stdout, done.stderr) == (0, RIGHT, "")
    assert outside(at) == before


def owned_by(path: Path, user: int) -> None:
    for place in (path, *path.rglob("*")):
        os.chown(place, user, user, follow_symlinks=False)


@pytest.mark.parametrize("level", ["cache", "cache/sparql", "cache/sparql/*"])
def test_a_cache_of_another_user_is_not_believed(at: Path, level: str) -> None:
    """Another user has made the folder first, with a store of another graph in it."""
    if os.getuid() != 0:
        missing("the right to give files to another user")
    of_another_graph(at / "cache")
    (place,) = at.glob(level)
    owned_by(place, 12345)
    done = run("-d", "g", *ASKED, at=at)
    assert (done.returncode, done.stdout, done.stderr) == (0, RIGHT, "")


def test_a_folder_made_first_in_the_shared_place_is_not_used(at: Path) -> None:
    """Without a home the cache lies where all may write; there its name can be guessed."""
    if os.getuid() != 0:
        missing("the right to give files to another user")
    shared = at / "shared"
    shared.mkdir(mode=0o1777)
    of_another_graph(at / "cache")
    shutil.copytree(at / "cache", shared / f"moagraph-{os.getuid()}")
    owned_by(shared, 12345)
    before = set(shared.rglob("*"))
    environment = {"MOAGRAPH_CACHE": None, "XDG_CACHE_HOME": None, "HOME": "/proc"}
    done = run("-d", "g", *ASKED, at=at, environment={**environment, "TMPDIR": str(shared)})
    assert (done.returncode, done.stdout, done.stderr) == (0, RIGHT, "")
    assert set(shared.rglob("*")) == before


BUILT_IN = ("query", "SELECT * { ?s ?p ?o }", "-O", "tsv")


def built_in(at: Path) -> tuple[str, Path]:
    """Return all rows of the built-in graph, and where its store lies."""
    shown = run(*BUILT_IN, at=at).stdout
    (place,) = (at / "cache" / "sparql").glob("*_claims")
    return shown, place


def test_the_built_in_graph_is_not_that_of_another(at: Path) -> None:
    shown, place = built_in(at)
    in_its_place(led_outside)(place)
    before = outside(at)
    assert run(*BUILT_IN, at=at).stdout == shown
    assert outside(at) == before


def test_damage_that_is_met_on_the_way_is_told_and_mended(at: Path) -> None:
    """Of a large store not every byte is read before it is opened."""
    shown, place = built_in(at)
    told = json.loads((place / "whole").read_text(encoding="utf-8"))
    with (place / "large").open("wb") as file:
        file.truncate(40 << 20)
    (place / "whole").unlink()
    seal(str(place), told["name"])
    assert run(*BUILT_IN, at=at).stdout == shown
    for path in place.glob("*.sst"):
        content = bytearray(path.read_bytes())
        content[70_000:-70_000:999] = b"\xff" * len(content[70_000:-70_000:999])
        path.write_bytes(content)
    is_refused(run(*BUILT_IN, at=at), 4, "damaged and have been removed; ask again")
    assert not place.exists()
    assert run(*BUILT_IN, at=at).stdout == shown
