"""What is imported is declared, what is declared is used, and each lower bound was tried."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BOUND = re.compile(r"([\w.-]+)(?:>=|==)([\d.]+)")

# In the standard library of Python 3.14, and asked for there alone.
YOUNGER = {"annotationlib"}
# uvicorn reads HTTP with it and leaves it to its users to install it.
BEHIND_ANOTHER = {"httptools"}


def bounds(requirements: list[str]) -> dict[str, str]:
    """Return the lower bound of each requirement by the name of its distribution."""
    found = {}
    for requirement in requirements:
        bound = BOUND.match(requirement)
        assert bound, f"{requirement} has no lower bound"
        found[bound[1].lower()] = bound[2]
    return found


def imported() -> set[str]:
    """Return the distributions that the package and its command line import."""
    modules = set()
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "cli").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    foreign = modules - sys.stdlib_module_names - YOUNGER - {"moagraph", "moagraph_cli"}
    owners = packages_distributions()
    return {owner.lower() for module in foreign for owner in owners.get(module, [module])}


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    assert imported() | BEHIND_ANOTHER == set(bounds(PROJECT["dependencies"]))


def test_each_lower_bound_is_one_that_was_tried() -> None:
    lines = (ROOT / "tests" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    tried = dict(line.split("==") for line in lines if not line.startswith("#"))
    declared = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    assert tried == bounds(declared)
