"""The pages of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moagraph.graph import Graph


def pages(_: Graph) -> dict[str, tuple[str, bytes, dict[str, str]]]:
    """Return each page: path to media type, bytes and further headers."""
    return {
        "/": (
            "text/html; charset=utf-8",
            b"<!doctype html><title>moagraph</title><p>SPARQL is at /sparql.",
            {},
        )
    }
