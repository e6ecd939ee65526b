"""A finding of a check: what is wrong, where, and how to mend it."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warn"]


class Finding(NamedTuple):
    """One fault of the data. `line` and `column` are one-based, 0 where there is none.

    An error makes the data unusable, a warning does not.
    """

    code: str
    severity: Severity
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    remedy: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as a dict in their order."""
        return dict(self._asdict())
