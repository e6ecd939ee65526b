"""A finding of an audit of records."""

from __future__ import annotations

from typing import Any, NamedTuple

from moagraph.findings import Severity


class RecordFinding(NamedTuple):
    """One fault of a record, with the path and the link that it is about, if any."""

    code: str
    severity: Severity
    record: str
    message: str
    path: str = ""
    link: str = ""
    remedy: str = ""
    file: str = ""
    line: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as a dict in their order."""
        return dict(self._asdict())
