"""pyvis with its defects closed: own template that escapes, no file but the one asked for.

pyvis keeps nodes and edges and calls the template; vis-network of its wheel draws in the page.
This module imports pyvis and is itself imported inside functions only.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup
from pyvis.network import Network as PyvisNetwork

from moagraph.files import write_atomically
from moagraph.view.packing import pack

VIS_PATH = "templates/lib/vis-9.1.2/vis-network.min.js"
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


class _Compiled(BytecodeCache):
    """Keeps the compiled template for the life of the process; nothing is written to disk."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled before."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class Network(PyvisNetwork):  # type: ignore[misc]
    """A pyvis network whose page is ours.

    `values` are what the template needs beside nodes and edges. Everything in them is escaped
    unless it is Markup.
    """

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = Environment(
            loader=PackageLoader("moagraph.view", "static"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_COMPILED,
        )
        self.templateEnv.filters["pack"] = pack
        self.path = "page.html"
        self.templateEnv.globals.update(values)
        # pyvis changes text in `set_options` and decides on menus from it; a dict is passed on.
        self.options = {"physics": {"enabled": False}}

    def write_html(self, name: str | Path, *_: object, **__: object) -> None:
        """Write the page: UTF-8, LF, whole or not at all."""
        write_atomically(name, self.generate_html())


@cache
def vis_library() -> str:
    """Return vis-network as it is in pyvis's wheel, with its licence notice."""
    text = (files("pyvis") / VIS_PATH).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def licence_notice(library: str) -> str:
    """Return the notice with which a library begins, as plain text."""
    notice = library[library.index("/*") : library.index("*/")]
    lines = [line.strip().lstrip("/*").strip() for line in notice.splitlines()]
    return " ".join(line for line in lines if line)


def script(text: str) -> Markup:
    """Return the text of a script as it may stand in an HTML page, with LF only.

    Raises:
        ValueError: it holds what would end the script.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lowered = text.casefold()
    if "</script" in lowered or "<!--" in lowered:
        raise ValueError("a script holds the end of a script")
    return Markup(text)
