"""Everything that is listed as an attack or a fault has its test, and the test has its case."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.inventory import FORMATS
from tests.hostile.inventory_beyond import SURFACES

INVENTORY = {**FORMATS, **SURFACES}
TESTS = Path(__file__).resolve().parents[1]
LEAST = {
    *("DrugMechDB YAML", "KGX in TSV", "KGX in JSON lines", "tables", "Turtle", "RDF/XML"),
    *("JSON-LD", "N-Triples and N-Quads", "TriG", "GraphML", "CX2", "SIF", "gzip and archives"),
    *("SPARQL text", "names", "paths and the cache", "output files", "remote endpoints"),
    *("the page", "CSV", "the terminal", "the environment", "compiled datasets", "the endpoint"),
}


@cache
def text_of(file: str) -> str:
    return (TESTS / file).read_text(encoding="utf-8")


@cache
def cases_of(file: str, name: str) -> frozenset[str]:
    module = import_module(f"tests.{file.removesuffix('.py').replace('/', '.')}")
    return frozenset(cases(getattr(module, name)))


def cases(test: Any) -> Iterator[str]:
    """Yield the ids of the cases of a test."""
    parts = [list(_ids(m)) for m in getattr(test, "pytestmark", ()) if m.name == "parametrize"]
    for chosen in product(*parts):
        yield "-".join(chosen)


def _ids(mark: Any) -> Iterator[str]:
    names = mark.kwargs.get("ids")
    for place, value in enumerate(mark.args[1]):
        if callable(names):
            yield str(names(value))
        elif names is not None:
            yield str(list(names)[place])
        else:
            yield value if isinstance(value, str) else getattr(value, "__name__", repr(value))


def is_missing(place: str) -> bool:
    file, _, name = place.partition("::")
    name, bracket, case = name.partition("[")
    if not (TESTS / file).is_file():
        return True
    if not name:
        return False
    if f"\ndef {name}(" not in text_of(file):
        return True
    if not bracket:
        return False
    return case.removesuffix("]") not in cases_of(file, name)


def test_every_surface_is_there() -> None:
    assert LEAST - set(INVENTORY) == set()
    assert sum(map(len, INVENTORY.values())) > 350


@pytest.mark.parametrize("surface", INVENTORY)
def test_what_is_listed_is_tested(surface: str) -> None:
    missing = {what: place for what, place in INVENTORY[surface].items() if is_missing(place)}
    assert missing == {}
