"""Pages made once, and one browser for all tests that need one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from moagraph.graph import Graph
from tests.conftest import missing
from tests.view.pages import Opened, graph_of_size, hostile_graph, open_page

MAKERS: dict[str, Callable[[Graph], Any]] = {
    "myeloma": lambda g: g.view("lenalidomide", "multiple myeloma"),
    "small": lambda g: g.view("lenalidomide", "IKZF1"),
    "drug": lambda g: g.view("lenalidomide"),
    "compare": lambda g: g.view("thalidomide", "lenalidomide", "pomalidomide", compare=True),
    "all": lambda g: g.view(),
    "hostile": lambda _: hostile_graph().view(),
    "hundred": lambda _: graph_of_size(100).view(),
    "thousand": lambda _: graph_of_size(1000).view(),
}


@pytest.fixture(scope="session")
def page_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function from the name of a page to its file; each is made once."""
    folder = tmp_path_factory.mktemp("pages")

    def make(name: str) -> Path:
        file = folder / f"{name}.html"
        if not file.exists():
            MAKERS[name](graph).write(file)
        return file

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return Debian's chromium with the network cut off."""
    executable = shutil.which("chromium")
    if executable is None:
        missing("chromium")
    try:
        from playwright import sync_api
    except ImportError:
        missing("playwright")
    with sync_api.sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=executable,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--proxy-server=http://127.0.0.1:9",
            ],
        )
        yield made
        made.close()


@pytest.fixture(scope="session")
def shown(browser: Any, page_file: Callable[[str], Path]) -> Iterator[Callable[..., Opened]]:
    """Return a function that opens a page; pages with the same settings are used again."""
    kept: dict[tuple[Any, ...], Opened] = {}

    def show(name: str, **settings: Any) -> Opened:
        key = (name, *sorted(settings.items()))
        if key not in kept:
            kept[key] = open_page(browser, page_file(name), **settings)
        opened = kept[key]
        opened.fresh()
        return opened

    yield show
    for opened in kept.values():
        opened.context.close()
