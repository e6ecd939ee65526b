"""What users install: the wheel has exactly what it should, and answers without the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = {
    "src/moagraph": "moagraph",
    "cli/moagraph_cli": "moagraph_cli",
    "ontology": "moagraph/ontology",
}
# What the sdist has beside them: the tests pass from it, and the site is made from it.
BESIDE = ("benchmarks", "docs", "tests")
PAPERS = {
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "mkdocs.yml",
    "pyproject.toml",
}
# Tests that ask the installed package alone, and never look at the sources.
FROM_THE_WHEEL = ("test_questions.py", "test_vectors.py", "cli", "lookup", "mechanism")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sdist and the wheel that is made from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel installed, and nothing of the sources."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = built.glob("*.whl")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    command += ["--target", str(folder), str(wheel)]
    subprocess.run(command, check=True, timeout=300, capture_output=True)
    return folder


def in_checkout(folder: str) -> set[str]:
    return {
        str(path.relative_to(ROOT / folder))
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def run(folder: Path, arguments: list[str], at: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=at,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_the_wheel_holds_exactly_the_package_and_the_ontology(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    wanted = {f"{place}/{name}" for part, place in PARTS.items() for name in in_checkout(part)}
    assert names == wanted


def test_the_sdist_holds_exactly_what_builds_tests_and_tells(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {entry.name.partition("/")[2] for entry in archive if entry.isfile()}
    wanted = {f"{part}/{name}" for part in (*PARTS, *BESIDE) for name in in_checkout(part)}
    # Hatchling adds what the archive is called, and what git must not see.
    assert names == wanted | PAPERS | {"PKG-INFO", ".gitignore"}


def test_the_version_stands_in_one_place(built: Path) -> None:
    import moagraph

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    (wheel,) = built.glob("*.whl")
    assert wheel.name.startswith(f"moagraph-{moagraph.__version__}-")
    assert f"version: {moagraph.__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_the_wheel_answers_without_the_sources(installed: Path, tmp_path: Path) -> None:
    where = run(installed, ["-c", "import moagraph; print(moagraph.__file__)"], tmp_path)
    assert where.stdout.startswith(str(installed))
    question = ["-m", "moagraph", "explain", "lenalidomide", "multiple myeloma"]
    answer = run(installed, question, tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "CRL4-CRBN" in answer.stdout


def test_tests_pass_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    chosen = [f"tests/{name}" for name in FROM_THE_WHEEL]
    options = ["-q", "-x", "-p", "no:cacheprovider", "--import-mode=importlib"]
    done = run(installed, ["-m", "pytest", *options, *chosen], tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout
