"""What a run of the program knows: where the data are, how loud to be."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moagraph.graph import Graph


class Settings:
    """Options that hold for the whole run."""

    def __init__(self) -> None:
        self.data: list[str] = []
        self.verbosity = 0
        self.quiet = False

    def typed(self, command: str) -> str:
        """Return a command that an answer names as it is typed to ask the same data."""
        import shlex

        data = "".join(f" -d {shlex.quote(name)}" for name in self.data)
        return command.replace("moagraph", f"moagraph{data}", 1)

    @cached_property
    def graph(self) -> Graph:
        """Return the graph that the options name, read at first use."""
        from moagraph.graph import load

        return load(*self.data)
