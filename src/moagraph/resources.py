"""Where the shipped ontology lies. Nobody else asks for `__file__`."""

from __future__ import annotations

from pathlib import Path

from moagraph.errors import DataError


def ontology_root() -> Path:
    """Return the folder that holds `data/`, `queries/` and `schema.ttl`.

    In a wheel it lies inside the package, in a checkout beside `src/`.

    Raises:
        DataError: neither place has it; the message names both.
    """
    package = Path(__file__).resolve().parent
    places = (package / "ontology", package.parents[1] / "ontology")
    for place in places:
        if place.is_dir():
            return place
    raise DataError(f"the ontology folder is missing; looked in {places[0]} and {places[1]}")


def data_root() -> Path:
    """Return the folder of the built-in tables."""
    return ontology_root() / "data"
