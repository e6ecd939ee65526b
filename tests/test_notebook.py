"""The notebook of docs/ runs from top to bottom, each cell on a kernel as a reader runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbclient import NotebookClient
from nbformat import read

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "howto" / "lenalidomide.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[Any]:
    notebook = read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cells: list[Any], start: str) -> dict[str, str]:
    """Return what the cell with this text displays, by media type."""
    (cell,) = (c for c in cells if start in c.source)
    return dict(cell.outputs[-1].data)


def test_the_file_holds_no_outputs() -> None:
    notebook = read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    assert not [c for c in notebook.cells if c.cell_type == "code" and c.outputs]


def test_answers_show_themselves(cells: list[Any]) -> None:
    answer = shown(cells, "answer = g.explain")
    assert "CRBN" in answer["text/html"]
    assert answer["text/plain"].startswith("<Answer: lenalidomide decreases multiple myeloma")
    assert len(answer["text/plain"]) < 300
    assert "&lt;table" in shown(cells, "g.query(name=")["text/html"]
    assert "IKZF1" in shown(cells, "g.query(name=")["text/html"]


def test_species_differ_by_one_residue(cells: list[Any]) -> None:
    verdicts = eval(shown(cells, '"mouse, CRBN I391V"')["text/plain"])
    assert verdicts == {"human": "decreases", "mouse": "none", "mouse, CRBN I391V": "decreases"}


def test_the_page_stands_in_a_frame_of_its_own(cells: list[Any]) -> None:
    assert "<iframe" in shown(cells, "g.view(")["text/html"]
