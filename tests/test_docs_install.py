"""The install lines of README and tutorial: run in a clean copy, or the very lines that CI runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.test_docs_shell import FENCED, INSTALLS, PAGES, SHELL

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("src", "cli", "ontology", "README.md", "LICENSE", "pyproject.toml")
NO_INDEX = ("Could not find a version", "Connection", "Temporary failure", "No matching")


def installing() -> dict[str, list[str]]:
    """Return the blocks that install, by page."""
    found: dict[str, list[str]] = {}
    for page in PAGES:
        for kind, text in FENCED.findall(page.read_text(encoding="utf-8")):
            if kind in SHELL and INSTALLS.search(text):
                found.setdefault(page.name, []).append(text.strip())
    return found


def commands(block: str) -> list[str]:
    return [part.strip() for part in re.split(r"&&|\n", block) if part.strip()]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what a clone has, without anything that was built or installed."""
    folder = tmp_path_factory.mktemp("clone")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder)
    return folder


def test_the_first_command_of_the_readme_installs_and_answers(copy: Path) -> None:
    own = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(
        ["bash", "-e", "-c", installing()["README.md"][0]],
        cwd=copy,
        env=own,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode and any(said in done.stderr for said in NO_INDEX):
        missing("an index to install packages from")
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("lenalidomide -> multiple myeloma\nDECREASES\n")


def test_the_tutorial_installs_as_the_readme_does() -> None:
    first = commands(installing()["README.md"][0])
    (tutorial,) = installing()["tutorial.md"]
    create, install, activate = commands(tutorial)
    assert [create, install] == first[:2]
    assert activate == ". .venv/bin/activate"
    assert first[2].startswith(".venv/bin/moagraph ")


def test_the_second_command_of_the_readme_is_what_ci_runs() -> None:
    runs = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    create, install, test = commands(installing()["README.md"][1])
    assert create in runs
    assert "-m pip install" in runs
    assert install.rpartition(" ")[2] == "'.[dev]'"
    assert f"{install.split(' -q ')[1]}\n" in runs
    assert test in runs


def test_no_other_block_installs() -> None:
    assert {page: len(found) for page, found in installing().items()} == {
        "README.md": 2,
        "tutorial.md": 1,
    }
