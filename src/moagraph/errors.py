"""What can go wrong, as one small tree.

    MoagraphError
    ├── NameNotResolved       a name that a question uses
    │   ├── UnknownName       (KeyError)    nothing is called so; carries suggestions
    │   └── AmbiguousName     (LookupError) several things are; carries the choices
    ├── DataError             (ValueError)  tables, files or datasets that cannot be used
    └── QuestionError         (ValueError)  a question that contradicts itself

Each leaf is also the builtin that a caller would expect. `exit_code` is what the
command line returns for it: 2 usage, 3 name, 4 data or file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

LONGEST_PATH = 500


def _one_line(path: str) -> str:
    """Show a path so that no line break in it can pass for a message, and no length hides one."""
    path = path.replace("\n", "\\n").replace("\r", "\\r")
    half = LONGEST_PATH // 2
    return path if len(path) <= LONGEST_PATH else f"{path[:half]}…{path[-half:]}"


class MoagraphError(Exception):
    """Base of every error that moagraph raises on purpose."""

    code = "error"
    exit_code = 4

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        suggestions: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.suggestions = tuple(suggestions)

    def __str__(self) -> str:
        where = ""
        if self.file is not None:
            file = _one_line(self.file)
            where = f"{file}:{self.line}: " if self.line else f"{file}: "
        return where + self.message

    def to_dict(self) -> dict[str, Any]:
        """Return the keys `code, message, file, line, suggestions`."""
        return {
            "code": self.code,
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "suggestions": list(self.suggestions),
        }


class NameNotResolved(MoagraphError):
    """A name in a question does not lead to exactly one entity."""

    code = "unknown_name"
    exit_code = 3


class UnknownName(NameNotResolved, KeyError):
    """Nothing in the graph has this name; `suggestions` holds the nearest ones."""

    __str__ = MoagraphError.__str__


class UnknownEntity(UnknownName):
    """No entity has this name: the graph may just not be about it."""


class AmbiguousName(NameNotResolved, LookupError):
    """Several entities have this name; `suggestions` lists them as `label (id)`."""

    code = "ambiguous_name"


class DataError(MoagraphError, ValueError):
    """Data cannot be read or does not hold together."""

    code = "bad_data"


class QuestionError(MoagraphError, ValueError):
    """A question is malformed: an option that contradicts another, a bound below one."""

    code = "bad_question"
    exit_code = 2
