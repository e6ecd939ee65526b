"""The shell blocks of README and docs run as they stand, by a real shell, in a folder of their own.

The blocks of a page are one session, in order. What a page speaks of as the reader's own (records,
tables, a graph of another tool) is laid into the folder first. A server stays until the session
ends, and asks for a free port where the page names one; all else is the text of the page.
Blocks that install run in `test_docs_install`.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.exchange.test_walk_through import FENCE as WALK
from tests.exchange.test_walk_through import PAGE as CURATION
from tests.exchange.test_walk_through import TABLES, add_row
from tests.remote.conftest import free_port

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCED = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SHELL = ("sh", "bash")
# What a fence may hold, and who checks it.
CHECKED = {
    "console": "test_docs or test_walk_through",
    "python": "test_docs",
    "sh": "here or in test_docs_install",
    "tsv": "test_walk_through",
    "ini": "here",
}
INSTALLS = re.compile(r"\bpip install\b")
SERVES = re.compile(r"^(moagraph|oxigraph) (-d \S+ )?serve(-read-only)?\b", re.MULTILINE)
PORT = re.compile(r"(?:127\.0\.0\.1:|--port )(\d{4,5})\b")
# One record each of what the pages ask DrugMechDB about.
RECORDS = (
    "DB00619_MESH_D015464_1",
    "DB01041_MESH_D009101_1",
    "DB08901_MESH_D015464_1",
    "DB08910_MESH_D009101_1",
)

START = r"""
set -u -o pipefail
# 1 is a negative answer, which a page may show; anything above is a failure.
failed() { [ "$1" -le 1 ] || { echo "exit $1: $2" >&2; exit "$1"; }; }
ended() { trap - ERR; kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; }
trap 'failed $? "$BASH_COMMAND"' ERR
trap ended EXIT
ready() {
  for _ in $(seq 600); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.1
  done
  cat "$1.log" >&2; echo "nothing listens on port $1" >&2; exit 99
}
"""


def blocks(page: Path) -> list[str]:
    """Return the shell blocks of a page that run here."""
    found = FENCED.findall(page.read_text(encoding="utf-8"))
    return [text for kind, text in found if kind in SHELL and not INSTALLS.search(text)]


def lay_tables(folder: Path) -> None:
    """Make the folder `my-drug` as the page on curation tells."""
    subprocess.run([*PROGRAM, "init", "my-drug"], cwd=folder, check=True, capture_output=True)
    rows = [text for kind, text in WALK.findall(CURATION.read_text("utf-8")) if kind == "tsv"]
    for name, row in zip(TABLES, rows, strict=True):
        add_row(folder / "my-drug", name, row.rstrip("\n"))


def lay_kgx(folder: Path) -> None:
    """Make a graph in the files of another tool."""
    subprocess.run(
        [*PROGRAM, "export", "kgx-tsv", "-o", "."], cwd=folder, check=True, capture_output=True
    )
    for part in ("nodes", "edges"):
        (folder / f"moagraph_{part}.tsv").rename(folder / f"graph_{part}.tsv")


def lay_plain_graph(folder: Path) -> None:
    """Make a small graph of made-up edges under the identifiers that the page asks about."""
    nodes = [
        ("drugbank:DB00635", "DB00635", "Drug"),
        ("HGNC:7978", "first", "Gene"),
        ("HGNC:11998", "second", "Gene"),
        ("DOID:10283", "end", "Disease"),
    ]
    ids = [node for node, _, _ in nodes]
    edges = list(zip(ids, ("activates", "activates", "causes"), ids[1:], strict=False))
    tables = {
        "nodes": [("id", "name", "category"), *((i, n, f"biolink:{c}") for i, n, c in nodes)],
        "edges": [
            ("subject", "predicate", "object"),
            *((s, f"biolink:{p}", o) for s, p, o in edges),
        ],
    }
    for name, rows in tables.items():
        text = "".join("\t".join(row) + "\n" for row in rows)
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")


def real_records() -> list[Path]:
    """Return the real records that the pages ask about."""
    real = Path(os.environ.get("MOAGRAPH_DRUGMECHDB", "/no/such/folder"))
    if not real.is_dir():
        missing("a folder of DrugMechDB records (MOAGRAPH_DRUGMECHDB)")
    return [real / f"{name}.yaml" for name in RECORDS]


def lay_records(folder: Path) -> None:
    """Lay real records there, one file each, as DrugMechDB keeps them."""
    own = folder / "drugmechdb" / "records"
    own.mkdir(parents=True)
    for path in real_records():
        shutil.copy(path, own)


def lay_list(folder: Path) -> None:
    """Lay real records there in one file, as DrugMechDB releases them."""
    import yaml

    listed = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in real_records()]
    text = yaml.safe_dump(listed, allow_unicode=True, sort_keys=False)
    (folder / "indication_paths.yaml").write_text(text, encoding="utf-8")


def lay_ini(folder: Path) -> None:
    """Write the shown file of Virtuoso, with less memory than a server for many wants."""
    if shutil.which("virtuoso-t") is None:
        missing("Virtuoso (virtuoso-t)")
    (text,) = (t for kind, t in FENCED.findall(SCALING.read_text("utf-8")) if kind == "ini")
    smaller = re.sub(r"(?m)^(NumberOfBuffers|MaxDirtyBuffers) += \d+", r"\1 = 4000", text)
    assert smaller != text
    (folder / "virtuoso.ini").write_text(smaller, encoding="utf-8")


PROGRAM = [sys.executable, "-m", "moagraph_cli"]
SCALING = ROOT / "docs" / "scaling.md"
LAID: dict[str, list[Callable[[Path], None]]] = {
    "README.md": [lay_list],
    "docs/howto/exchange.md": [lay_kgx],
    "docs/howto/foreign-records.md": [lay_records],
    "docs/howto/large-graphs.md": [lay_plain_graph],
    "docs/howto/page.md": [lay_tables],
    "docs/scaling.md": [lay_ini],
    "docs/serving.md": [lay_tables],
}


def started(line: str) -> str:
    """Return a line that starts a server in the background and waits for it; others as they are."""
    if not SERVES.match(line):
        return line
    bare = line.partition(" #")[0].rstrip()
    asked = PORT.search(bare)
    number = asked[1] if asked else "7474"
    port = "" if asked else f" --port {number}"
    return f"{bare}{port} >{number}.log 2>&1 &\nready {number}"


def script(page: Path, ports: dict[str, str]) -> str:
    """Return the session of a page: servers go to the background, ports are free ones."""
    lines = "\n".join(blocks(page)).splitlines()
    text = "\n".join(map(started, lines))
    for number in {*PORT.findall(text), *re.findall(r"\bready (\d+)", text)}:
        ports.setdefault(number, str(free_port()))
    return START + renumbered(text, ports)


def renumbered(text: str, ports: dict[str, str]) -> str:
    """Return a text with a free port in the place of each that it names."""
    return re.sub(r"\b\d{4,5}\b", lambda match: ports.get(match[0], match[0]), text)


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if blocks(page)],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_the_shell_blocks_of_a_page_run(page: Path, tmp_path: Path) -> None:
    ports: dict[str, str] = {}
    (tmp_path / "ontology").symlink_to(ROOT / "ontology")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    for lay in LAID.get(str(page.relative_to(ROOT)), ()):
        lay(tmp_path)
    text = script(page, ports)
    for ini in tmp_path.glob("*.ini"):
        ini.write_text(renumbered(ini.read_text("utf-8"), ports), encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "MOAGRAPH_CACHE": str(tmp_path / "cache"),
    }
    session = subprocess.Popen(
        ["bash", "-c", text],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = session.communicate(timeout=300)
    finally:
        if session.poll() is None:
            os.killpg(session.pid, signal.SIGKILL)
    assert session.returncode == 0, f"{err[-3000:]}\n{out[-500:]}"
    assert "Traceback" not in err
    for named in re.findall(r"(?m)^moagraph .* -o (\S+)", text):
        assert (tmp_path / named).exists(), named


def test_every_fence_is_of_a_kind_that_a_test_checks() -> None:
    for page in PAGES:
        for kind, text in FENCED.findall(page.read_text(encoding="utf-8")):
            assert kind in CHECKED, f"{page.name}: a block of kind {kind!r}: {text[:60]!r}"
            assert (kind == "console") == text.startswith("$ "), text
