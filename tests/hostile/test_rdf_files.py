"""RDF from a stranger, given to every command that reads it, in 10 s of processor time and 1 GB.

The cases stand in `tests.hostile.rdf`, the harmless ones that look like them among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.bounded import Trap, is_refused, run
from tests.hostile.rdf.case import Case
from tests.hostile.rdf.json_files import JSON_CASES
from tests.hostile.rdf.turtle_files import TURTLE_CASES
from tests.hostile.rdf.xml_files import XML_CASES

CASES = {
    f"{kind}: {name}": case
    for kind, cases in (("xml", XML_CASES), ("json-ld", JSON_CASES), ("turtle", TURTLE_CASES))
    for name, case in cases.items()
}
LABELS = "SELECT ?l { ?s rdfs:label ?l }"
ASKED = (("stats",), ("validate",), ("query", LABELS, "-O", "json"), ("search", "x"))


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.close()


def place(folder: Path, case: Case, trap: Trap) -> bytes:
    data = case.data(trap.url)
    (folder / case.name).write_bytes(data)
    return data


def labels_in(text: str) -> list[str]:
    return [row["l"]["value"] for row in json.loads(text)["results"]["bindings"]]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.words])
def test_a_hostile_file_is_one_message(tmp_path: Path, trap: Trap, name: str) -> None:
    case = CASES[name]
    data = place(tmp_path, case, trap)
    done = run("import", case.name, "-o", "out", at=tmp_path)
    is_refused(done, 4, case.name, *case.words)
    assert trap.visits == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([case.name, "guard"])
    assert (tmp_path / case.name).read_bytes() == data


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.words])
def test_a_harmless_file_is_read(tmp_path: Path, trap: Trap, name: str) -> None:
    case = CASES[name]
    place(tmp_path, case, trap)
    done = run("import", case.name, "-o", "out", at=tmp_path)
    assert done.returncode == 0, done.stderr
    asked = run("-d", "out", "query", LABELS, "-O", "json", at=tmp_path)
    assert labels_in(asked.stdout) == [case.label]
    assert trap.visits == 0


@pytest.mark.parametrize("number", range(0, len(CASES), 3))
def test_a_file_that_is_asked_is_as_safe(tmp_path: Path, trap: Trap, number: int) -> None:
    """Each file by another command: what is no good for `import` is no data either."""
    case = list(CASES.values())[number]
    data = place(tmp_path, case, trap)
    asked = ASKED[number // 3 % len(ASKED)]
    done = run("-d", case.name, *asked, at=tmp_path)
    if not case.words:
        assert done.returncode in (0, 1), done.stderr
        if asked[0] == "query":
            assert labels_in(done.stdout) == [case.label]
    elif "-O" in asked:
        assert done.returncode == 4
        assert json.loads(done.stdout)["error"]["message"]
    else:
        is_refused(done, 4, case.name, *case.words)
    assert "Traceback" not in done.stderr
    assert trap.visits == 0
    assert (tmp_path / case.name).read_bytes() == data


@pytest.mark.parametrize("command", [("import", "URL", "-o", "out"), ("query", "--file", "URL")])
def test_an_address_is_no_file(tmp_path: Path, trap: Trap, command: tuple[str, ...]) -> None:
    """Only -d leads to an endpoint; a file by its address is not fetched."""
    for address in (trap.url, "file:///etc/passwd", f"{trap.url}/a.ttl"):
        arguments = [part.replace("URL", address) for part in command]
        is_refused(run(*arguments, at=tmp_path), 4, "No such file")
    assert trap.visits == 0
    assert not (tmp_path / "out").exists()


def test_the_cases_are_many() -> None:
    assert len([case for case in CASES.values() if case.words]) > 130
    assert len([case for case in CASES.values() if not case.words]) > 50
