"""What `view` returns: a picture that can be written as a page, shown in a notebook, exported."""

from __future__ import annotations

from html import escape
from pathlib import Path

from moagraph.errors import QuestionError
from moagraph.files import write_atomically
from moagraph.knowledge import KnowledgeBase
from moagraph.view.picture import Picture

FORMATS = (".html", ".htm")


class View:
    """A picture of a mechanism. Write it, or let a notebook show it."""

    def __init__(self, kb: KnowledgeBase, picture: Picture) -> None:
        self.kb = kb
        self.picture = picture

    def __repr__(self) -> str:
        return (
            f"<View {self.picture.title!r}: {len(self.picture.entities)} entities, "
            f"{len(self.picture.claims)} claims>"
        )

    def to_html(self) -> str:
        """Return the page: one HTML text that needs nothing else."""
        from moagraph.view.page import page

        return page(self.kb, self.picture)

    def write(self, path: str | Path) -> Path:
        """Write the page and return its path; missing parent folders are made.

        Raises:
            QuestionError: the ending is not one of `FORMATS`.
            DataError: the file cannot be written.
        """
        target = Path(path)
        ending = target.suffix.casefold()
        if ending not in FORMATS:
            raise QuestionError(f"{target.name}: a view is written as {', '.join(FORMATS)}")
        write_atomically(target, self.to_html())
        return target

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, which nothing of the notebook can reach."""
        return (
            f'<iframe srcdoc="{escape(self.to_html(), quote=True)}" '
            f'title="{escape(self.picture.title, quote=True)}" '
            'sandbox="allow-scripts allow-downloads allow-popups" '
            'style="width:100%;height:720px;border:1px solid #999" loading="lazy"></iframe>'
        )
