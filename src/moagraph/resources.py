"""Where the shipped ontology lies. Nobody else asks for `__file__`."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from moagraph.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


@cache
def _root() -> str:
    package = os.path.dirname(os.path.realpath(__file__))
    checkout = os.path.dirname(os.path.dirname(package))
    places = (os.path.join(package, "ontology"), os.path.join(checkout, "ontology"))
    for place in places:
        if os.path.isdir(place):
            return place
    raise DataError(f"the ontology folder is missing; looked in {places[0]} and {places[1]}")


def ontology_file(*parts: str) -> str:
    """Return the path of a file of the ontology as text.

    The start of the program asks this way: importing `pathlib` costs more than reading a table.

    Raises:
        DataError: the ontology folder is missing.
    """
    return os.path.join(_root(), *parts)


def ontology_root() -> Path:
    """Return the folder that holds `data/`, `queries/` and `schema.ttl`.

    In a wheel it lies inside the package, in a checkout beside `src/`.

    Raises:
        DataError: neither place has it; the message names both.
    """
    from pathlib import Path

    return Path(_root())


def data_root() -> Path:
    """Return the folder of the built-in tables."""
    return ontology_root() / "data"
