"""The site is built from docs/ and from the code, and every warning is an error."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import moagraph
import moagraph_cli
from moagraph.answers.auditing import SECTIONS
from moagraph.check import CODES
from moagraph.foreign.codes import CODES as RECORD_CODES
from moagraph.graph import Graph
from moagraph_cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def test_every_command_and_code_has_its_place(site: Path) -> None:
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f'id="moagraph-{name}"' in commands
    for code in CODES:
        page = (site / "reference" / "findings" / f"{code}.html").read_text(encoding="utf-8")
        assert "To mend it" in page
        assert "An example" in page


def test_every_key_of_an_answer_is_on_the_page_of_keys(site: Path, graph: Graph) -> None:
    page = (site / "reference" / "json.html").read_text(encoding="utf-8")
    answer = graph.explain("lenalidomide", "multiple myeloma")
    whatif = graph.whatif("lenalidomide", "multiple myeloma", without=["CRBN"])
    path = answer.to_dict()["paths"][0]
    for found in (answer.to_dict(), whatif.to_dict(), path, path["steps"][0]):
        for key in found:
            assert f"<code>{key}</code>" in page, key


def test_the_signatures_of_the_reference_are_python(site: Path) -> None:
    page = (site / "reference" / "python.html").read_text(encoding="utf-8")
    assert "limit: int = 0" in re.sub(r"<[^>]+>", "", page)
    assert " = ," not in re.sub(r"<[^>]+>", "", page)


# Where they are installed, which need not be beside the tests.
PACKAGES = [Path(str(package.__file__)).parent for package in (moagraph, moagraph_cli)]
MODULES = [
    ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")
    for package in PACKAGES
    for path in sorted(package.rglob("*.py"))
    if re.search(r"^ *>>> ", path.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed


def test_every_section_and_code_of_an_audit_has_its_place(site: Path) -> None:
    page = (site / "reference" / "audit.html").read_text(encoding="utf-8")
    for name in SECTIONS:
        assert f"<code>{name}</code>" in page
    for name in RECORD_CODES:
        assert f'id="{name}"' in page


def test_the_site_asks_no_other_host_for_its_looks(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert 'src="http' not in text
        assert 'rel="stylesheet" href="http' not in text
