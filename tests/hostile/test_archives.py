"""Archives from a stranger: read inside themselves only, never unpacked to disk, no bombs."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from tests.hostile.bounded import is_refused, run

NODES = b"id\tcategory\nCHEBI:1\tbiolink:Drug\n"
EDGES = b"subject\tpredicate\tobject\nCHEBI:1\tbiolink:affects\tGO:0006915\n"


def tar(path: Path, members: dict[str, bytes], kind: bytes = tarfile.REGTYPE) -> None:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.type = kind
            member.size = len(content) if kind == tarfile.REGTYPE else 0
            member.linkname = "/etc/passwd"
            archive.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize("before", ["", "./", "graph/"])
def test_an_honest_archive_is_read(tmp_path: Path, before: str) -> None:
    tar(tmp_path / "g.tar.gz", {f"{before}g_nodes.tsv": NODES, f"{before}g_edges.tsv": EDGES})
    done = run("import", "g.tar.gz", "-o", "d", at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 claim" in done.stderr


@pytest.mark.parametrize("way", ["../", "/", "in/../../"])
def test_a_member_leads_nowhere_but_into_its_archive(tmp_path: Path, way: str) -> None:
    """What lies outside is not read in its place, though it is there."""
    (tmp_path / "in").mkdir()
    for name, content in (("g_nodes.tsv", NODES), ("g_edges.tsv", EDGES)):
        (tmp_path / name).write_bytes(content)
    outside = way if way != "/" else f"{tmp_path}/"
    members = {f"{outside}g_nodes.tsv": NODES, f"{outside}g_edges.tsv": EDGES}
    tar(tmp_path / "in" / "g.tar", members)
    is_refused(run("import", "in/g.tar", "-o", "d", at=tmp_path), 4, "g.tar")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_a_link_in_an_archive_is_not_followed(tmp_path: Path, kind: bytes) -> None:
    tar(tmp_path / "g.tar.gz", {"g_nodes.tsv": NODES, "g_edges.tsv": EDGES}, kind)
    is_refused(run("import", "g.tar.gz", "-o", "d", at=tmp_path), 4, "g.tar.gz")


def bomb(path: Path) -> None:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name in ("a", "g_nodes.tsv", "g_edges.tsv"):
            member = tarfile.TarInfo(name)
            member.size = 60_000_000
            archive.addfile(member, io.BytesIO(bytes(member.size)))
    path.write_bytes(gzip.compress(whole.getvalue()))


def cut(path: Path) -> None:
    tar(path, {"g_nodes.tsv": NODES, "g_edges.tsv": EDGES * 5000})
    path.write_bytes(path.read_bytes()[:-60])


@pytest.mark.parametrize(
    "make",
    [
        bomb,
        cut,
        lambda path: path.write_bytes(b"no archive"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(gzip.compress(b"no archive" * 99)),
        lambda path: tar(path, {f"{n}": b"" for n in range(10_001)}),
    ],
    ids=["bomb", "cut", "none", "empty", "gzip of none", "members"],
)
def test_a_hostile_archive_is_one_message(tmp_path: Path, make: object) -> None:
    make(tmp_path / "g.tar.gz")  # type: ignore[operator]
    is_refused(run("import", "g.tar.gz", "-o", "d", at=tmp_path), 4, "g.tar.gz")
    assert not (tmp_path / "d").exists()
