"""What `view` returns: a picture that can be written as a page, shown in a notebook, exported."""

from __future__ import annotations

from pathlib import Path

from moagraph.counting import counted
from moagraph.errors import QuestionError
from moagraph.files import write_atomically
from moagraph.knowledge import KnowledgeBase
from moagraph.view.picture import Picture

FORMATS = (".html", ".htm", ".graphml", ".cx2")


class View:
    """A picture of a mechanism. Write it, or let a notebook show it."""

    def __init__(self, kb: KnowledgeBase, picture: Picture) -> None:
        self.kb = kb
        self.picture = picture

    def __repr__(self) -> str:
        return (
            f"<View {self.picture.title!r}: "
            f"{counted(len(self.picture.entities), 'entity', 'entities')}, "
            f"{counted(len(self.picture.claims), 'claim')}>"
        )

    def to_html(self) -> str:
        """Return the page: one HTML text that needs nothing else."""
        from moagraph.view.page import page

        return page(self.kb, self.picture)

    def to_graphml(self) -> str:
        """Return what is drawn as GraphML, with the places of the boxes."""
        from moagraph.view.exchange import to_graphml
        from moagraph.view.page import layout_of

        return to_graphml(self.kb, self.picture, layout_of(self.kb, self.picture))

    def to_cx2(self) -> str:
        """Return what is drawn as CX2 for Cytoscape, with places and look."""
        from moagraph.view.exchange import to_cx2
        from moagraph.view.page import layout_of

        return to_cx2(self.kb, self.picture, layout_of(self.kb, self.picture))

    def text(self, ending: str) -> str:
        """Return the picture in the format of an ending.

        Raises:
            QuestionError: the ending is not one of `FORMATS`.
        """
        if ending in (".html", ".htm"):
            return self.to_html()
        if ending == ".graphml":
            return self.to_graphml()
        if ending == ".cx2":
            return self.to_cx2()
        raise QuestionError(f"a view is written as {', '.join(FORMATS)}, not as {ending!r}")

    def write(self, path: str | Path) -> Path:
        """Write in the format of the ending and return the path; missing folders are made.

        Raises:
            QuestionError: the ending is not one of `FORMATS`.
            DataError: the file cannot be written.
        """
        target = Path(path)
        write_atomically(target, self.text(target.suffix.casefold()))
        return target

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, which nothing of the notebook can reach."""
        from moagraph.frame import page_frame

        return page_frame(self.to_html(), self.picture.title, scripts=True)
